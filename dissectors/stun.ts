import { printDetails } from '../src/dissect/detail-lines.ts'
import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { udpPorts } from './numbers/ports.ts'
import { a, classOf, f, methodOf, stunClasses, stunMethods, wholes } from './stun-fields.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |0 0|     STUN Message Type     |         Message Length        |
// |                    Magic Cookie 0x2112a442                    |
// |                  Transaction ID (96 bits)                     |
// |         Type                  |            Length             |
// |                    Value, filled up to 4 bytes                |
//
// |      Channel Number 0x4…      |            Length             |  data of a TURN channel
// |  Data …

const headerLength = 20

/** The cookie, and a length of whole words that fits exactly: 48 bits, of which chance does not make one in a lifetime. */
function looksLikeStun(r: Reader): boolean {
  if (r.peek() < 0 || r.peek() > 0x3f || r.left < headerLength) return false
  const cookie = ((r.peek(4) << 24) | (r.peek(5) << 16) | (r.peek(6) << 8) | r.peek(7)) >>> 0
  const length = (r.peek(2) << 8) | r.peek(3)
  return cookie === 0x2112a442 && length % 4 === 0 && length === r.left - headerLength
}

export const stun = protocol({
  id: 'stun',
  name: 'Session Traversal Utilities for NAT',
  short: 'STUN',
  reference: 'RFC 8489, RFC 8656, RFC 8445',
  about:
    'Asks a server from which address packets arrive there, because behind NAT nobody knows their own. VPNs that connect two machines behind NAT begin so; with TURN the server passes packets on.',
  fields: glossary(f, a, wholes),
  claims: [[udpPorts, 3478]],
  guess: { space: udpPorts, first: [[0, 0x3f]], begins: looksLikeStun },
  walk(r) {
    if (r.peek() >> 6 === 1) walkChannel(r)
    else walkMessage(r)
    return r.carry(undefined)
  },
  summary: summarize,
  line: printDetails,
})

function walkChannel(r: Reader): void {
  r.u16(f.channel)
  const length = r.u16(f.channelLength)
  r.limitTo(4 + length, f.channelLength)
}

function walkMessage(r: Reader): void {
  r.u16(f.type)
  r.limitTo(headerLength + r.u16(f.length), f.length)
  r.octets(f.cookie, 4)
  r.octets(f.id, 12)
  while (r.more()) walkAttribute(r)
}

function walkAttribute(r: Reader): void {
  r.open(a.attribute)
  const type = r.u16(a.type)
  const length = r.u16(a.length)
  const filled = (length + 3) & ~3
  r.claim(4 + filled, a.length)
  const end = r.pos + length
  walkValue(r, type, length)
  if (r.pos < end) r.octets(a.value, end - r.pos)
  if (filled > length) r.octets(a.padding, r.left)
  r.close()
}

/** Types of addresses in clear, and of masked ones. */
const clear = [0x0001, 0x8023, 0x802b, 0x802c]
const masked = [0x0012, 0x0016, 0x0020]

function walkValue(r: Reader, type: number, length: number): void {
  const whole = wholes[type === 0x802a ? 0x8029 : type]
  if (whole !== undefined) r.octets(whole, length)
  else if (length >= 8 && (clear.includes(type) || masked.includes(type)))
    walkAddress(r, masked.includes(type), length)
  else if (type === 0x0009 && length >= 4) walkError(r, length)
  else if (type === 0x000a) for (let i = 0; i + 2 <= length; i += 2) r.u16(a.unknown)
  else if (length === 4) walkWord(r, type)
}

function walkAddress(r: Reader, isMasked: boolean, length: number): void {
  r.octets(a.reserved, 1)
  const family = r.u8(a.family)
  if (isMasked) r.octets(a.portMasked, 2)
  else r.u16(a.port)
  if (family === 1) {
    if (isMasked) r.octets(a.ipv4Masked, 4)
    else r.ipv4(a.ipv4)
  } else if (family === 2 && length === 20) {
    if (isMasked) r.octets(a.ipv6Masked, 16)
    else r.ipv6(a.ipv6)
  }
}

function walkError(r: Reader, length: number): void {
  r.octets(a.reserved, 2)
  r.bits(a.errorReserved, 5)
  r.bits(a.errorClass, 3)
  r.u8(a.errorCode)
  r.text(a.reason, length - 4)
}

function walkWord(r: Reader, type: number): void {
  if (type === 0x000d) r.u32(a.lifetime)
  else if (type === 0x8028) r.u32(a.crc)
  else if (type === 0x0024) r.u32(a.priority)
  else if (type === 0x000c) {
    r.u16(a.channel)
    r.octets(a.reserved, 2)
  } else if (type === 0x0019) {
    r.u8(a.transport)
    r.octets(a.reserved, 3)
  }
}

function summarize(v: LayerView): string {
  if (v.has(f.channel)) return `channel ${v.show(f.channel)}, ${v.show(f.channelLength)}`
  const type = v.number(f.type)
  const method = stunMethods[methodOf(type)] ?? `method ${methodOf(type)}`
  const seen = [a.ipv4Masked, a.ipv6Masked].find(each => v.has(each))
  const what = seen ? `, ${v.show(seen)} port ${v.show(a.portMasked)}` : ''
  const error = v.has(a.reason)
    ? `, ${v.number(a.errorClass) * 100 + v.number(a.errorCode)} ${v.show(a.reason)}`
    : ''
  return `${method} ${stunClasses[classOf(type)] ?? ''}${what}${error}`
}
