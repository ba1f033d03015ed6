import { field, hex, seconds } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { walkNames } from './domain-name.ts'
import { reservedBits } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |             Qtype             |             Flags             |
// |                        Nonce (8 bytes)                        |
// |                             Data                              |

const section = 'RFC 4620 §4'
const flag = (name: string, label: string, explain: string) =>
  field(`icmpv6.ni.flag.${name}`, label, { type: 'flag', section: 'RFC 4620 §6', explain })

/** The glossary of node information queries. */
export const nodeFields = {
  qtype: field('icmpv6.ni.qtype', 'Qtype', {
    section,
    explain: 'What the node is to tell about itself: its name, or its other addresses.',
    values: { 0: 'No operation', 1: 'Unused', 2: 'Node name', 3: 'Node addresses', 4: 'IPv4 addresses' },
  }),
  flags: field('icmpv6.ni.flag', 'Flags', {
    section,
    explain: 'Which addresses are asked for, or were given.',
    show: hex(4),
    parts: [
      [
        field('icmpv6.ni.flag.rsv', 'Reserved', {
          section,
          explain: 'Kept free for later use; has to be 0.',
        }),
        10,
      ],
      [flag('g', 'Global-scope addresses', 'Set: addresses that work everywhere.'), 1],
      [flag('s', 'Site-local addresses', 'Set: addresses of the old site-local kind.'), 1],
      [flag('l', 'Link-local addresses', 'Set: addresses of this link only.'), 1],
      [flag('c', 'Compression', 'Set: IPv4-compatible and IPv4-mapped addresses.'), 1],
      [
        flag(
          'a',
          'All unicast addresses',
          'Set: addresses of all of the node’s interfaces, not only of the one asked.',
        ),
        1,
      ],
      [flag('t', 'Truncated', 'Set in a reply: there were more than fit in.'), 1],
    ],
  }),
  nonce: field('icmpv6.ni.nonce', 'Nonce', {
    section,
    explain: 'A random value that the reply repeats, so that it is a reply to this query.',
  }),
  subject6: field('icmpv6.ni.query.subject_ipv6', 'IPv6 subject address', {
    type: 'ipv6',
    section,
    explain: 'The node that the query is about, by one of its addresses.',
  }),
  subjectName: field('icmpv6.ni.query.subject_fqdn', 'Subject name', {
    type: 'group',
    section,
    explain: 'The node that the query is about, by its name.',
  }),
  subject4: field('icmpv6.ni.query.subject_ipv4', 'IPv4 subject address', {
    type: 'ipv4',
    section,
    explain: 'The node that the query is about, by one of its IPv4 addresses.',
  }),
  lifetime: field('icmpv6.ni.reply.node_ttl', 'TTL', {
    section: 'RFC 4620 §6.3',
    explain: 'How many seconds the answer may be remembered; nodes send 0 where they do not know.',
    show: seconds,
  }),
  name: field('icmpv6.ni.reply.node_name', 'Node name', {
    type: 'group',
    section: 'RFC 4620 §6.3',
    explain: 'What the node calls itself; a second label of length 0 marks a name without its domain.',
  }),
  address6: field('icmpv6.ni.reply.node_address', 'IPv6 node address', {
    type: 'ipv6',
    section: 'RFC 4620 §6.4',
    explain: 'An address of the node, with the seconds in front for which it may be remembered.',
  }),
  address4: field('icmpv6.ni.reply.ipv4_address', 'IPv4 node address', {
    type: 'ipv4',
    section: 'RFC 4620 §6.5',
    explain: 'An IPv4 address of the node, with the seconds in front for which it may be remembered.',
  }),
  data: field('icmpv6.data', 'Data', {
    type: 'bytes',
    section,
    explain: 'What follows an answer of a kind without a layout here.',
  }),
}

const q = nodeFields

export function walkNodeQuery(r: Reader, code: number): void {
  r.u16(q.qtype)
  reservedBits(r, r.u16(q.flags) & 0xffc0)
  r.u64(q.nonce)
  if (code === 0) r.ipv6(q.subject6)
  else if (code === 2) r.ipv4(q.subject4)
  else if (code === 1 && r.left > 0) walkNames(r, q.subjectName)
}

export function walkNodeReply(r: Reader): void {
  const qtype = r.u16(q.qtype)
  reservedBits(r, r.u16(q.flags) & 0xffc0)
  r.u64(q.nonce)
  while (r.more()) {
    if (qtype < 2 || qtype > 4) {
      r.rest(q.data)
      return
    }
    r.u32(q.lifetime)
    if (qtype === 3) r.ipv6(q.address6)
    else if (qtype === 4) r.ipv4(q.address4)
    else walkNames(r, q.name)
  }
}
