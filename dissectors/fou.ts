import type { ByteRanges } from '../src/dissect/number-space.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { gre } from './gre.ts'
import { ip } from './ip.ts'
import { ipv6 } from './ipv6.ts'
import { udpPorts } from './numbers/ports.ts'
import { looksLikePacket } from './packet-looks.ts'

// There is no header: the bytes behind UDP are what would stand behind IP.

/** A whole packet of IP: a version, lengths to the byte and, in version 4, a checksum that is right. */
const looksLikeIp = (r: Reader, ahead: number): boolean => {
  const length = r.left - ahead
  const at = r.pos + ahead
  return (
    r.whole && (looksLikePacket(r, 4, r.bytes, at, length) || looksLikePacket(r, 41, r.bytes, at, length))
  )
}

/** No flags of GRE but checksum, key and sequence number, each with a word of its own; version 0, an EtherType of IP, and such a packet behind it. */
function looksLikeGre(r: Reader): boolean {
  const flags = r.peek()
  if (flags & ~0xb0 || r.peek(1) !== 0) return false
  const type = (r.peek(2) << 8) | r.peek(3)
  if (type !== 0x0800 && type !== 0x86dd) return false
  const words = 1 + (flags >> 7) + ((flags >> 5) & 1) + ((flags >> 4) & 1)
  return looksLikeIp(r, words * 4)
}

/** IPv4, IPv6, and GRE without other flags than those three. */
const firstBytes: ByteRanges = [
  [0x40, 0x4f],
  [0x60, 0x6f],
  [0x00, 0x00],
  [0x10, 0x10],
  [0x20, 0x20],
  [0x30, 0x30],
  [0x80, 0x80],
  [0x90, 0x90],
  [0xa0, 0xa0],
  [0xb0, 0xb0],
]

export const fou = protocol({
  id: 'fou',
  name: 'Foo over UDP',
  short: 'FOU',
  reference: 'Linux ip-fou(8)',
  about:
    'Puts IP or GRE behind UDP without a header between them: which of them it is, only the two ends know, by the port.',
  fields: {},
  claims: [],
  guess: {
    space: udpPorts,
    first: firstBytes,
    begins: r => r.left >= 20 && (looksLikeIp(r, 0) || looksLikeGre(r)),
  },
  walk(r) {
    const first = r.peek() >> 4
    if (first === 4) return r.carry(ip)
    return r.carry(first === 6 ? ipv6 : gre)
  },
  summary: v => `${v.next?.protocol.short ?? 'nothing'} right behind UDP`,
  line(v, line) {
    line.inner(v)
  },
})
