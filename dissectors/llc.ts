import { hex } from '../src/dissect/field.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { f } from './llc-fields.ts'
import { printLlc } from './llc-line.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { linuxProtocols } from './numbers/linux-protocols.ts'
import { accessPoints } from './numbers/llc.ts'

//  +--------+--------+-----------------+---------------------+--------------+---------+
//  | DSAP 1 | SSAP 1 | control 1 or 2  | organization code 3 | protocol 2   | payload |
//  +--------+--------+-----------------+---------------------+--------------+---------+
//                                      |<------ SNAP: DSAP, SSAP 0xaa ----->|

const snap = 0xaa
const information = 0x03

/** Organizations that number protocols by EtherType: the encapsulation of RFC 1042 and Cisco's of 802.1H. */
const byEtherType = [0x000000, 0x0000f8]
const cisco = 0x00000c

/** The EtherTypes of the access points that carry what has one. */
const etherTypeOf: Readonly<Record<number, number>> = { 6: 0x0800, 152: 0x0806 }

export const llc = protocol({
  id: 'llc',
  name: 'Logical Link Control',
  short: 'LLC',
  reference: 'IEEE 802.2',
  about: 'Names the protocol of an 802.3 frame that has a length in the place of a type.',
  fields: f,
  claims: [[linuxProtocols, 4]],
  walk(r) {
    const destination = r.u8(f.destination)
    const source = r.u8(f.source)
    const kind = r.peek() & 3
    if (kind === 3) {
      const command = r.u8(f.unnumbered) & 0xef
      if (command !== information) return r.carry(undefined)
      return destination === snap && (source & 0xfe) === snap ? walkSnap(r) : payloadOf(r, destination)
    }
    if (kind === 1) {
      const control = r.u16le(f.supervisory)
      if (r.checking && control & 0xf0) r.note('warning', 'Reserved bits of the control field are set')
      return r.carry(undefined)
    }
    r.u16le(f.information)
    return payloadOf(r, destination)
  },
  summary(v) {
    if (v.has(f.organization))
      return `SNAP, ${v.show(f.type) || v.show(f.ciscoProtocol) || v.show(f.protocol) || v.show(f.organization)}`
    return `${v.show(f.source)} → ${v.show(f.destination)}`
  },
  line: printLlc,
})

function payloadOf(r: Reader, destination: number): Next {
  const type = etherTypeOf[destination]
  return type === undefined ? r.payload(accessPoints, destination & 0xfe) : r.payload(etherTypes, type)
}

function walkSnap(r: Reader): Next {
  const organization = r.u24(f.organization)
  if (byEtherType.includes(organization)) return r.payload(etherTypes, r.u16(f.type))
  const number = r.u16(organization === cisco ? f.ciscoProtocol : f.protocol)
  if (r.sink !== null) r.status('unknown')
  if (r.checking)
    r.note('info', `No dissector claims protocol ${hex(4)(number)} of organization ${hex(6)(organization)}`)
  return r.carry(undefined)
}

/** The largest length of an 802.3 frame; types start at 0x0600 (IEEE 802.3 §3.2.6). */
const largestLength = 1500

/** True when a length stands where a type could stand. */
export const isLength = (r: Reader): boolean => {
  const low = r.peek(1)
  return low >= 0 && ((r.peek() << 8) | low) <= largestLength
}

/** What follows a length: LLC, or IPX without it, which begins with a checksum of 0xffff. */
export function carryLlc(r: Reader, length: number): Next {
  if (r.peek() !== 0xff || r.peek(1) !== 0xff) return r.carry(llc, length)
  if (r.sink !== null) r.status('unknown')
  r.note('info', 'IPX without an LLC header (Novell “raw” 802.3): no dissector claims it')
  return r.carry(undefined, length)
}
