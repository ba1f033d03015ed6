import { hexText } from '../src/addresses.ts'
import { counts, field, hex } from '../src/dissect/field.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { noteFragment } from './ip.ts'
import { nextExtension } from './ipv6-extension.ts'
import { bytesBehind, printCarried } from './ipv6-line.ts'
import { ipProtocolMeanings } from './numbers/ip-protocol-meanings.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  Next Header  |   Reserved    |      Fragment Offset    |Res|M|
// |                         Identification                        |

const f = {
  next: field('ipv6.fraghdr.nxt', 'Next header', {
    explain:
      'Names what the whole packet has behind this header. It stands only at the start of the first fragment.',
    section: 'RFC 8200 §4.5',
    meanings: ipProtocolMeanings,
    values: ipProtocols,
  }),
  reserved: field('ipv6.fraghdr.reserved_octet', 'Reserved', {
    explain: 'Other extension headers have their length here; this one always has 8 bytes. Has to be 0.',
    section: 'RFC 8200 §4.5',
  }),
  offset: field('ipv6.fraghdr.offset', 'Fragment offset', {
    explain: 'Where this fragment belongs in the packet, in units of 8 bytes.',
    section: 'RFC 8200 §4.5',
    show: counts(8),
  }),
  reservedBits: field('ipv6.fraghdr.reserved_bits', 'Res', {
    explain: 'Has to be 0 until someone finds a use for it.',
    section: 'RFC 8200 §4.5',
  }),
  more: field('ipv6.fraghdr.more', 'M flag', {
    type: 'flag',
    explain: 'When set, more of this packet follows; the last fragment has 0.',
    section: 'RFC 8200 §4.5',
    values: { 0: 'last fragment', 1: 'more fragments' },
  }),
  identification: field('ipv6.fraghdr.ident', 'Identification', {
    explain:
      'The same in all fragments of one packet, so that the receiver can tell which belong together. If it can be guessed, others can slip in fragments.',
    section: 'RFC 8200 §4.5',
    show: hex(8),
  }),
}

export const ipv6Fragment = protocol({
  id: 'ipv6.fraghdr',
  name: 'IPv6 Fragment Header',
  short: 'IPv6 Fragment',
  reference: 'RFC 8200 §4.5',
  about:
    'Marks one piece of a packet that was too long for a link on the way. Only the sender cuts, never a router; a tunnel entry is a sender.',
  fields: f,
  claims: [[ipProtocols, 44]],
  walk(r) {
    const next = r.u8(f.next)
    if (r.u8(f.reserved) !== 0) r.noteField('warning', 'The reserved byte is not 0')
    const offset = r.bits(f.offset, 13) * 8
    if (r.bits(f.reservedBits, 2) !== 0) r.noteField('warning', 'Reserved bits are set')
    const more = r.flag(f.more)
    const identification = r.u32(f.identification)
    if (!more && offset === 0) {
      r.note('info', 'A fragment that is the whole packet')
      return nextExtension(r, next)
    }
    if (r.checking) check(r, offset, more)
    return fragment(r, identification, next, offset, more)
  },
  isFragment: v => v.number(f.offset) > 0 || v.flag(f.more),
  summary: v =>
    `fragment ${v.show(f.identification)} at byte ${v.number(f.offset) * 8}, ${v.show(f.more).replace(/ .\d.$/, '')}`,
  line(v, line) {
    const offset = v.number(f.offset) * 8
    const { out } = line
    out.ascii('frag')
    if (!v.has(f.identification)) return
    out.ascii(' (0x').hex(v.number(f.identification), 8).char(0x3a).decimal(bytesBehind(v))
    out
      .char(0x40)
      .decimal(offset)
      .ascii(v.flag(f.more) ? '+)' : ')')
    if (offset > 0) return
    out.char(0x20)
    printCarried(v, line, v.number(f.next))
  },
})

/** The longest packet without the IPv6 header. */
const maxPayload = 65535

function check(r: Reader, offset: number, more: boolean): void {
  if (more && r.left % 8 !== 0)
    r.note('error', `${r.left} bytes are no multiple of 8, as all fragments but the last have to be`)
  if (offset + r.left > maxPayload)
    r.note('error', `Ends at byte ${offset + r.left} of a packet that has at most ${maxPayload}`)
}

/** One piece of a packet: goes on in the whole where this piece completes it, else its bytes are data. */
function fragment(r: Reader, identification: number, next: number, offset: number, more: boolean): Next {
  // What is cut short can never be put together.
  if (r.session === undefined || !r.whole || r.excerpted)
    return offset === 0 ? r.excerpt(nextExtension(r, next), false) : r.carry(undefined)
  const { bytes, source, destination } = r.addresses
  const key = `${identification} ${hexText(bytes, source, 16)} ${hexText(bytes, destination, 16)}`
  const found = r.session.ipv6Fragments.add(r.frame, key, offset, more, r.bytes, r.pos, r.left, next)
  noteFragment(r, found, identification, 8)
  if (found.whole === undefined) return r.carry(undefined)
  if (found.carried !== next)
    r.note('warning', `Says ${next} comes next, but what the first fragment says counts: ${found.carried}`)
  return r.inside(found.whole, nextExtension(r, found.carried))
}
