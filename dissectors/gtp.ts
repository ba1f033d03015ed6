import { glossary } from '../src/dissect/field.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { eth } from './eth.ts'
import { looksLikeFrame } from './frame-looks.ts'
import { element, extended, f } from './gtp-fields.ts'
import { ip } from './ip.ts'
import { ipv6 } from './ipv6.ts'
import { gtpLesson } from './lessons/links.ts'
import { udpPorts } from './numbers/ports.ts'
import { ppp } from './ppp.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Ver |T|*|E|S|N|  Message Type |            Length             |
// |                 Tunnel Endpoint Identifier                    |
// |        Sequence Number        | N-PDU Number  | Next Ext Type |  if E, S or N
//
// An extension: length in words, content, next type.

const optional = 7
const bit = { extension: 4, gtp: 0x10 } as const
const userPacket = 255
const headerLength = 8

export const gtp = protocol({
  id: 'gtp',
  name: 'GPRS Tunnelling Protocol for users’ packets',
  short: 'GTP-U',
  reference: 'https://www.3gpp.org/dynareport/29281.htm (3GPP TS 29.281)',
  about:
    'Carries what phones send and receive between base station and core of a mobile network, a tunnel for each user.',
  lesson: gtpLesson,
  fields: glossary(f, extended, element),
  claims: [[udpPorts, 2152]],
  walk(r) {
    const flags = r.u8(f.flags)
    const message = r.u8(f.message)
    if (flags >> 5 !== 1 || !(flags & bit.gtp)) {
      r.note('error', 'Only GTP version 1 carries users’ packets: the rest is not read')
      return r.carry(undefined)
    }
    r.limitTo(headerLength + r.u16(f.length), f.length)
    r.u32(f.tunnel)
    if (flags & optional) {
      r.u16(f.sequence)
      r.u8(f.unit)
      let next = r.u8(f.next)
      if (flags & bit.extension) while (next !== 0) next = walkExtension(r, next)
    }
    if (message === userPacket) return inside(r)
    while (r.more()) walkElement(r)
    return r.carry(undefined)
  },
  summary: v => `${v.show(f.message)}, tunnel ${v.show(f.tunnel)}`,
})

/** The tunnel’s set-up says what it carries; here it is told by the first bytes, which fit one of four only. */
function inside(r: Reader): Next {
  const first = r.peek() >> 4
  if (first === 4) return r.carry(ip)
  if (first === 6) return r.carry(ipv6)
  if (r.peek() === 0xff && r.peek(1) === 3) return r.carry(ppp)
  if (looksLikeFrame(r, 0)) {
    r.note('info', 'No field says so, but what follows looks like an Ethernet frame')
    return r.carry(eth)
  }
  if (r.left > 0) r.status('unknown')
  return r.carry(undefined)
}

/** Reads an extension of this type and returns the next one’s. */
function walkExtension(r: Reader, type: number): number {
  r.open(extended.group)
  const length = r.u8(extended.length) * 4
  if (length === 0) r.malformed('an extension header has at least one word')
  r.claim(length, extended.length)
  const content = length - 2
  if (type === 0xc0) r.u16(extended.pdcp)
  else if (type === 0x40) r.u16(extended.port)
  else if (type === 0x85) walkSession(r, content)
  else r.octets(extended.content, content)
  const next = r.u8(f.next)
  r.close()
  return next
}

/** The container by which 5G marks each packet with its quality of service. */
function walkSession(r: Reader, length: number): void {
  const type = r.bits(extended.pduType, 4)
  r.bits(extended.options, 4)
  if (type === 0) {
    r.flag(extended.paging)
    r.flag(extended.reflective)
  } else r.bits(extended.spare, 2)
  r.bits(extended.flow, 6)
  r.octets(extended.content, length - 2)
}

function walkElement(r: Reader): void {
  r.open(element.group)
  const type = r.u8(element.type)
  if (type === 14) r.u8(element.recovery)
  else if (type === 16) r.u32(element.tunnel)
  else if (type === 141) {
    const count = r.u8(element.count)
    r.claim(2 + count, element.count)
    while (r.more()) r.u8(element.kind)
  } else if (type > 127) {
    const length = r.u16(element.length)
    r.claim(3 + length, element.length)
    if (type === 133 && length === 4) r.ipv4(element.ipv4)
    else if (type === 133 && length === 16) r.ipv6(element.ipv6)
    else r.octets(element.value, length)
  } else r.rest(element.value)
  r.close()
}
