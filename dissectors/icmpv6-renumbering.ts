import { bytes, field, hex } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { lifetime } from './icmpv6-option-fields.ts'
import { reservedBits, reservedBytes } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |                        SequenceNumber                         |
// | SegmentNumber |     Flags     |            MaxDelay           |
// |                           reserved                            |
// |    OpCode     |   OpLength    |    Ordinal    |    MatchLen   |  command: match prefix,
// |    MinLen     |    MaxLen     |           reserved            |
// |                          MatchPrefix                          |
// |    UseLen     |    KeepLen    |   FlagMask    |    RAFlags    |  then what to use instead
// |             Valid Lifetime, Preferred Lifetime                |
// |V|P|                        reserved                           |
// |                           UsePrefix                           |

const header = 'RFC 2894 §3.1'
const match = 'RFC 2894 §3.2.1.1'
const use = 'RFC 2894 §3.2.1.2'
const result = 'RFC 2894 §3.3'
const uint = (name: string, label: string, section: string, explain: string, show?: (v: number) => string) =>
  field(`icmpv6.rr.${name}`, label, show === undefined ? { section, explain } : { section, explain, show })
const flag = (name: string, label: string, section: string, explain: string) =>
  field(`icmpv6.rr.${name}`, label, { type: 'flag', section, explain })
const unused = 'Kept free for later use; has to be 0.'

const mask = {
  onLink: flag('pco.up.flagmask.l', 'On-link', use, 'Stands for the on-link flag of the prefix.'),
  autonomous: flag(
    'pco.up.flagmask.a',
    'Autonomous',
    use,
    'Stands for the flag by which hosts make themselves addresses.',
  ),
  reserved: uint('pco.up.flagmask.reserved', 'Reserved', use, unused),
}
const maskParts = [
  [mask.onLink, 1],
  [mask.autonomous, 1],
  [mask.reserved, 6],
] as const

/** The glossary of router renumbering. */
export const renumberingFields = {
  sequence: uint(
    'sequence_number',
    'SequenceNumber',
    header,
    'Grows with each command, so that old ones cannot be replayed.',
  ),
  segment: uint(
    'segment_number',
    'SegmentNumber',
    header,
    'Tells apart the packets of one command that does not fit into one.',
  ),
  flags: field('icmpv6.rr.flag', 'Flags', {
    section: header,
    explain: 'How routers are to carry the command out.',
    show: hex(2),
    parts: [
      [flag('flag.t', 'Test command', header, 'Set: change nothing, only tell what would change.'), 1],
      [flag('flag.r', 'Result requested', header, 'Set: the routers have to answer.'), 1],
      [flag('flag.a', 'All interfaces', header, 'Set: interfaces that are down count too.'), 1],
      [
        flag(
          'flag.s',
          'Site-specific',
          header,
          'Set: only interfaces of the same site as the one it came in by.',
        ),
        1,
      ],
      [
        flag(
          'flag.p',
          'Processed previously',
          header,
          'Set in a result: the command was carried out before.',
        ),
        1,
      ],
      [uint('flag.rsv', 'Reserved', header, unused), 3],
    ],
  }),
  maxDelay: uint(
    'maxdelay',
    'MaxDelay',
    header,
    'Routers wait up to this long before they answer, so that not all talk at once.',
    v => `${v} ms`,
  ),
  reserved: field('icmpv6.reserved', 'reserved', { type: 'bytes', section: header, explain: unused }),
  matchPart: field('icmpv6.rr.pco.mp', 'Match-prefix part', {
    type: 'group',
    section: match,
    explain: 'Which prefixes of a router are to be changed.',
  }),
  opCode: field('icmpv6.rr.pco.mp.opcode', 'OpCode', {
    section: match,
    explain: 'What is to be done where a prefix matches.',
    values: { 1: 'Add', 2: 'Change', 3: 'Set global' },
  }),
  opLength: uint(
    'pco.mp.oplength',
    'OpLength',
    match,
    'The whole operation in 8-byte words: 3 for the match, 4 for each prefix to use.',
    v => `${bytes(v * 8)} (${v})`,
  ),
  ordinal: uint(
    'pco.mp.ordinal',
    'Ordinal',
    match,
    'Tells apart the operations of one command; results name it.',
  ),
  matchLength: uint('pco.mp.matchlen', 'MatchLen', match, 'How many leading bits have to be the same.'),
  minLength: uint('pco.mp.minlen', 'MinLen', match, 'Shorter prefixes do not match.'),
  maxLength: uint('pco.mp.maxlen', 'MaxLen', match, 'Longer prefixes do not match.'),
  matchPrefix: field('icmpv6.rr.pco.mp.matchprefix', 'MatchPrefix', {
    type: 'ipv6',
    section: match,
    explain: 'The prefix that the router’s own are compared with, as far as MatchLen goes.',
  }),
  usePart: field('icmpv6.rr.pco.up', 'Use-prefix part', {
    type: 'group',
    section: use,
    explain: 'A prefix that the router is to have from now on.',
  }),
  useLength: uint('pco.up.uselen', 'UseLen', use, 'How many bits of the new prefix come from here.'),
  keepLength: uint('pco.up.keeplen', 'KeepLen', use, 'How many bits behind them stay as they were.'),
  flagMask: field('icmpv6.rr.pco.up.flagmask', 'FlagMask', {
    section: use,
    explain: 'Which flags are to be taken from here and not from the old prefix.',
    show: hex(2),
    parts: maskParts,
  }),
  raFlags: field('icmpv6.rr.pco.up.raflags', 'RAFlags', {
    section: use,
    explain: 'The flags for the new prefix.',
    show: hex(2),
    parts: maskParts,
  }),
  valid: uint(
    'pco.up.validlifetime',
    'Valid lifetime',
    use,
    'How long addresses of the new prefix work.',
    lifetime,
  ),
  preferred: uint(
    'pco.up.preferredlifetime',
    'Preferred lifetime',
    use,
    'How long new connections may start from the new prefix.',
    lifetime,
  ),
  useFlags: field('icmpv6.rr.pco.up.flag', 'Flags', {
    section: use,
    explain: 'Whether the lifetimes count down.',
    show: hex(8),
    parts: [
      [
        flag(
          'pco.up.flag.v',
          'Decrement valid lifetime',
          use,
          'Set: the valid lifetime counts down from now on.',
        ),
        1,
      ],
      [
        flag(
          'pco.up.flag.p',
          'Decrement preferred lifetime',
          use,
          'Set: the preferred lifetime counts down from now on.',
        ),
        1,
      ],
      [uint('pco.up.flag.reserved', 'Reserved', use, unused), 30],
    ],
  }),
  usePrefix: field('icmpv6.rr.pco.up.useprefix', 'UsePrefix', {
    type: 'ipv6',
    section: use,
    explain: 'Where the first bits of the new prefix come from.',
  }),
  result: field('icmpv6.rr.rm', 'Result message', {
    type: 'group',
    section: result,
    explain: 'What an operation did to one prefix.',
  }),
  resultFlags: field('icmpv6.rr.rm.flag', 'Flags', {
    section: result,
    explain: 'Two faults that kept the router from carrying the operation out; with none set it was done.',
    show: hex(4),
    parts: [
      [uint('rm.flag.reserved', 'Reserved', result, unused), 14],
      [flag('rm.flag.b', 'Bounds', result, 'Set: a length in the command was out of bounds.'), 1],
      [flag('rm.flag.f', 'Forbidden', result, 'Set: the router may not do this.'), 1],
    ],
  }),
  resultOrdinal: uint('rm.ordinal', 'Ordinal', result, 'The operation that the result is about.'),
  resultLength: uint('rm.matchedlen', 'MatchedLen', result, 'Length of the prefix that matched.'),
  interface: uint('rm.interfaceindex', 'InterfaceIndex', result, 'The interface that has the prefix.'),
  resultPrefix: field('icmpv6.rr.rm.matchedprefix', 'MatchedPrefix', {
    type: 'ipv6',
    section: result,
    explain: 'The prefix of the router that fitted the command, and was changed or would have been.',
  }),
}

const f = renumberingFields

export function walkRenumbering(r: Reader, code: number): void {
  r.u32(f.sequence)
  r.u8(f.segment)
  reservedBits(r, r.u8(f.flags) & 7)
  r.u16(f.maxDelay)
  reservedBytes(r, f.reserved, 4)
  if (code === 0) while (r.more()) walkOperation(r)
  else if (code === 1) while (r.more()) walkResult(r)
}

function walkOperation(r: Reader): void {
  r.open(f.matchPart)
  r.u8(f.opCode)
  const words = r.u8(f.opLength)
  r.u8(f.ordinal)
  r.u8(f.matchLength)
  r.u8(f.minLength)
  r.u8(f.maxLength)
  reservedBytes(r, f.reserved, 2)
  r.ipv6(f.matchPrefix)
  r.close()
  for (let used = 3; used + 4 <= words; used += 4) {
    r.open(f.usePart)
    r.u8(f.useLength)
    r.u8(f.keepLength)
    reservedBits(r, r.u8(f.flagMask) & 0x3f)
    reservedBits(r, r.u8(f.raFlags) & 0x3f)
    r.u32(f.valid)
    r.u32(f.preferred)
    reservedBits(r, r.u32(f.useFlags) & 0x3fffffff)
    r.ipv6(f.usePrefix)
    r.close()
  }
}

function walkResult(r: Reader): void {
  r.open(f.result)
  reservedBits(r, r.u16(f.resultFlags) & 0xfffc)
  r.u8(f.resultOrdinal)
  r.u8(f.resultLength)
  r.u32(f.interface)
  r.ipv6(f.resultPrefix)
  r.close()
}
