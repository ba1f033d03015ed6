import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { linkTypes } from './numbers/link-types.ts'
import { linuxProtocols } from './numbers/linux-protocols.ts'
import { f, packetTypes } from './sll-fields.ts'

// Version 1 (LINUX_SLL):
//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |          Packet Type          |           ARPHRD Type         |
// |      Link Address Length      |                               |
// |                    Link Address (8 bytes)                     |
// |                               |          Protocol             |
//
// Version 2 (LINUX_SLL2):
// |           Protocol            |           Reserved            |
// |                        Interface Index                        |
// |          ARPHRD Type          |  Packet Type  | Address Length|
// |                    Link Address (8 bytes)                     |
// |                                                               |

const version1 = 113
const version2 = 276

export const sll = protocol({
  id: 'sll',
  name: 'Linux cooked capture',
  short: 'SLL',
  reference: 'libpcap LINKTYPE_LINUX_SLL, LINKTYPE_LINUX_SLL2',
  about:
    'Stands in for the link header when Linux captures on all interfaces at once, or on one that has none.',
  fields: f,
  claims: [[linkTypes, version1, version2]],
  walk: r => (r.frame.linkType === version2 ? walkVersion2(r) : walkVersion1(r)),
  trailer(r) {
    r.rest(f.trailer)
  },
  summary: summarize,
  line: printCooked,
})

function walkVersion1(r: Reader): Next {
  r.u16(f.packetType)
  const hardwareType = r.u16(f.hardwareType)
  walkAddress(r, r.u16(f.addressLength))
  return payloadOf(r, readProtocol(r, hardwareType))
}

/** Where version 2 has the kind of interface, which has to be known before. */
const hardwareTypeAt = 8

function walkVersion2(r: Reader): Next {
  const type = readProtocol(r, (r.peek(hardwareTypeAt) << 8) | r.peek(hardwareTypeAt + 1))
  if (r.u16(f.reserved) !== 0) r.noteField('warning', 'The reserved bytes are not 0')
  r.u32(f.interfaceIndex)
  r.u16(f.hardwareType)
  r.u8(f.packetType)
  walkAddress(r, r.u8(f.addressLength))
  return payloadOf(r, type)
}

/** Reads the 8 bytes of address, of which `length` count. */
function walkAddress(r: Reader, length: number): void {
  const held = Math.min(length, 8)
  if (held === 6) r.ether(f.etherAddress)
  else if (held === 4) r.ipv4(f.ipv4Address)
  else r.octets(f.otherAddress, held)
  r.octets(f.unused, 8 - held)
}

const greOverIpv4 = 778
const greOverIpv6 = 823
const leastEtherType = 0x600

/** Reads the protocol, whose meaning the kind of interface decides. */
function readProtocol(r: Reader, hardwareType: number): number {
  if (hardwareType === greOverIpv4 || hardwareType === greOverIpv6) return r.u16(f.greType)
  return r.u16(r.peek() << 8 >= leastEtherType ? f.etherType : f.linuxType)
}

const payloadOf = (r: Reader, type: number): Next =>
  type < leastEtherType ? r.payload(linuxProtocols, type) : r.payload(etherTypes, type)

function summarize(v: LayerView): string {
  const type = v.show(f.etherType) || v.show(f.linuxType) || v.show(f.greType)
  const way = packetTypes[v.number(f.packetType)] ?? 'unknown direction'
  return v.has(f.interfaceIndex)
    ? `${way}, interface ${v.number(f.interfaceIndex)}, ${type}`
    : `${way}, ${type}`
}

const directions = ['In', 'B', 'M', 'P', 'Out']

/** With -e: `In 00:00:5e:00:53:01 0800 60: `, in the manner of Ethernet's. */
function printCooked(v: LayerView, line: Line): void {
  if (line.options.link) {
    const { out } = line
    out.ascii(directions[v.number(f.packetType)] ?? '?').char(0x20)
    const address = v.show(f.etherAddress) || v.show(f.ipv4Address)
    if (address !== '') out.ascii(address).char(0x20)
    const type = v.number(v.has(f.etherType) ? f.etherType : v.has(f.linuxType) ? f.linuxType : f.greType)
    if (!line.options.quiet && !Number.isNaN(type)) out.hex(type, 4).char(0x20)
    out.decimal(v.extent).ascii(': ')
  }
  line.inner(v)
}
