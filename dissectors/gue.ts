import { field, hex, words } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { ip } from './ip.ts'
import { ipv6 } from './ipv6.ts'
import { ipProtocolMeanings } from './numbers/ip-protocol-meanings.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { udpPorts } from './numbers/ports.ts'
import { looksLikePacket } from './packet-looks.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | 0 |C|   Hlen  |  Proto/ctype  |             Flags             |
// |                  Extensions Fields (optional)                 |
// |                    Private data (optional)                    |
//
// Variant 1 has no header: its two bits are the first ones of the versions 4 and 6 of IP.

const bit = { control: 0x20, private: 0x0001, remoteChecksum: 0x80000000 } as const

const gueDraft = 'draft-ietf-intarea-gue §3.2'
const extensions = 'draft-ietf-intarea-gue-extensions §3'

const flag = (name: string, label: string, explain: string) =>
  field(name, label, { type: 'flag', explain, section: extensions })

const f = {
  variant: field('gue.variant', 'Variant', {
    explain: 'Tells the form with a header (0) from the one without (1), where IP stands right behind UDP.',
    section: gueDraft,
  }),
  control: field('gue.control', 'Control message', {
    type: 'flag',
    explain: 'When set, the two ends of the tunnel talk to each other, and no packet is inside.',
    section: gueDraft,
  }),
  headerLength: field('gue.hlen', 'Header length', {
    explain:
      'Words of four bytes behind the first one: extensions that the flags announce, then private data.',
    section: gueDraft,
    show: words(4),
  }),
  proto: field('gue.proto', 'Protocol', {
    explain:
      'The IP protocol of the packet inside: any protocol of IP can be put behind UDP so, ESP and GRE too.',
    section: gueDraft,
    meanings: ipProtocolMeanings,
    values: ipProtocols,
  }),
  controlType: field('gue.ctype', 'Control type', {
    explain: 'Which control message this is. No standard one was ever defined.',
    section: gueDraft,
  }),
  flags: field('gue.flags', 'Flags', {
    explain:
      'Each flag announces an extension, whose length goes with it; without any, the header ends here.',
    section: gueDraft,
    show: hex(4),
    parts: [
      [
        flag(
          'gue.flags.group',
          'Group identifier',
          'When set, four bytes tell which virtual group the packet is in.',
        ),
        1,
      ],
      [
        field('gue.flags.security', 'Security', {
          explain:
            'The length of a token by which the receiver checks where the packet is from; 0: there is none.',
          section: extensions,
        }),
        3,
      ],
      [
        flag(
          'gue.flags.fragment',
          'Fragment',
          'When set, the payload is a piece of a packet too big for the path.',
        ),
        1,
      ],
      [
        flag(
          'gue.flags.transform',
          'Payload transform',
          'When set, the payload is encrypted or otherwise changed.',
        ),
        1,
      ],
      [
        flag(
          'gue.flags.remote_checksum',
          'Remote checksum offload',
          'When set, the receiver is to fill in an inner checksum that the sender left open.',
        ),
        1,
      ],
      [
        flag(
          'gue.flags.checksum',
          'Checksum',
          'When set, header and addresses are summed, because UDP’s sum may be missing.',
        ),
        1,
      ],
      [
        field('gue.flags.reserved', 'Reserved', {
          explain: 'Flags of later drafts or of nobody: sent as 0.',
          section: extensions,
        }),
        7,
      ],
      [
        field('gue.flags.private', 'Private', {
          type: 'flag',
          explain:
            'When set, flags follow that only this implementation knows. Linux announces remote checksum offload so.',
        }),
        1,
      ],
    ],
  }),
  privateFlags: field('gue.private_flags', 'Private flags', {
    explain: 'Linux’s own flags; the first bit announces where an inner checksum is to be filled in.',
    show: hex(8),
  }),
  checksumStart: field('gue.remote_checksum.start', 'Checksum start', {
    explain: 'How far behind this header the bytes start that the inner checksum covers.',
  }),
  checksumOffset: field('gue.remote_checksum.offset', 'Checksum offset', {
    explain: 'How far behind this header the checksum itself stands, for the receiver to write it.',
  }),
  extensions: field('gue.extensions', 'Extensions and private data', {
    type: 'bytes',
    explain: 'What flags announced, and data that only both ends of the tunnel can read.',
    section: gueDraft,
  }),
}

/** Bytes of the header, in which the length is counted in words behind the first one. */
const headerBytes = (r: Reader): number => 4 + (r.peek() & 0x1f) * 4

/**
 * A whole IP packet that fits to the byte behind a header of variant 0 without control messages: its own lengths and its
 * checksum are hard to meet by chance.
 */
function looksLikeGue(r: Reader): boolean {
  const proto = r.peek(1)
  if (r.peek() >> 5 !== 0 || (proto !== 4 && proto !== 41) || !r.whole) return false
  const header = headerBytes(r)
  return header < r.left && looksLikePacket(r, proto, r.bytes, r.pos + header, r.left - header)
}

export const gue = protocol({
  id: 'gue',
  name: 'Generic UDP Encapsulation',
  short: 'GUE',
  reference: 'draft-ietf-intarea-gue',
  about:
    'Puts a packet of any IP protocol behind UDP, so that routers spread the flows of a tunnel over several paths.',
  fields: f,
  claims: [[udpPorts, 6080]],
  guess: { space: udpPorts, first: [[0, 0x1f]], begins: looksLikeGue },
  walk(r) {
    const variant = r.peek() >> 6
    if (variant === 1) return r.carry(r.peek() >> 4 === 4 ? ip : ipv6)
    r.bits(f.variant, 2)
    const control = r.flag(f.control)
    const length = r.bits(f.headerLength, 5) * 4
    const next = control ? r.u8(f.controlType) : r.u8(f.proto)
    const flags = r.u16(f.flags)
    if (variant > 1) {
      r.note('error', `Variant ${variant}: only 0 and 1 are defined, the rest is not read`)
      return r.carry(undefined)
    }
    if (length > 0) walkExtensions(r, flags, length)
    if (!control) return r.payload(ipProtocols, next)
    r.note('info', 'A control message of the tunnel’s ends: no packet is inside')
    return r.carry(undefined)
  },
  summary: v =>
    v.has(f.proto)
      ? v.show(f.proto)
      : v.has(f.controlType)
        ? `control ${v.number(f.controlType)}`
        : 'no header',
  line(v, line) {
    line.out.ascii('gue')
    if (v.next === undefined) return
    line.out.ascii(': ')
    line.inner(v)
  },
})

function walkExtensions(r: Reader, flags: number, length: number): void {
  let left = length
  // Linux: its flags come first where no standard extension does.
  if (flags === bit.private) {
    const own = r.u32(f.privateFlags)
    left -= 4
    if (own >>> 0 === bit.remoteChecksum && left >= 4) {
      r.u16(f.checksumStart)
      r.u16(f.checksumOffset)
      left -= 4
    }
  }
  r.octets(f.extensions, left)
}
