import { block } from '../src/dissect/block.ts'
import { bytes, field, hex, words } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { syncMeanings } from './numbers/firewall-meanings.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |    Version    |       0       |            Length             |
// |                  Checksum of the rules, 16 bytes              |
// and as often as needed, the last one saying that it is the last:
// |    Action     | Length, words |             Count             |
// |  so many messages …

const actions: Readonly<Record<number, string>> = {
  0: 'clear',
  1: 'insert, old form',
  2: 'insert acknowledged',
  3: 'update, old form',
  4: 'update, compressed',
  5: 'update request',
  6: 'delete',
  7: 'delete, compressed',
  8: 'insert fragment',
  9: 'delete fragment',
  10: 'bulk update status',
  11: 'IPsec counters, old form',
  12: 'end of frame',
  13: 'insert',
  14: 'update',
  15: 'IPsec counters',
}

const endOfFrame = 12

const f = {
  version: field('pfsync.version', 'Version', {
    explain: 'Which layout the messages have. Firewalls of different versions do not understand each other.',
  }),
  padding: field('pfsync.pad', 'Padding', {
    explain: 'Brings the length to its place; 0.',
    show: hex(2),
  }),
  length: field('pfsync.length', 'Length', {
    explain: 'Bytes of all that follows the IP header.',
    show: bytes,
  }),
  checksum: field('pfsync.pf_checksum', 'Checksum of the rules', {
    type: 'bytes',
    explain:
      'A hash over the rules of pf. Where the other firewall has the same, it can tie states to its own rules.',
  }),
  section: field('pfsync.section', 'Section', {
    type: 'group',
    explain: 'Messages of one kind, put together to save packets.',
    read: (from, start, length) => (length > 0 ? (actions[from[start]!] ?? '') : ''),
  }),
  action: field('pfsync.action', 'Action', {
    explain:
      'What is to be done with the states that follow. Updates of IPsec counters keep a takeover from looking like a replay.',
    meanings: syncMeanings,
    values: actions,
  }),
  size: field('pfsync.message_length', 'Message length', {
    explain: 'Words of four bytes of each message in the section.',
    show: words(4),
  }),
  count: field('pfsync.count', 'Count', {
    explain: 'How many messages of the same kind and length follow in this section.',
  }),
  messages: field('pfsync.messages', 'Messages', {
    type: 'bytes',
    explain: 'The states themselves: addresses, ports, sequence numbers, timeouts of connections.',
  }),
  rest: field('pfsync.data', 'Data', {
    type: 'bytes',
    explain: 'What follows the end of the frame, or is of a version without lengths.',
  }),
}

const header = block([f.version, 8], [f.padding, 8], [f.length, 16], [f.checksum, 128])

/** The first version that says how long messages are. */
const withLengths = 6

export const pfsync = protocol({
  id: 'pfsync',
  name: 'Packet Filter State Table Synchronisation',
  short: 'pfsync',
  reference: 'OpenBSD pfsync(4), net/if_pfsync.h',
  about:
    'Firewalls with pf tell each other of their connections, so that another one can take over without breaking them.',
  fields: f,
  claims: [[ipProtocols, 240]],
  walk(r) {
    r.block(header)
    const version = r.of(f.version)
    r.limitTo(r.of(f.length), f.length)
    let action = -1
    while (version === withLengths && action !== endOfFrame && r.more()) action = walkSection(r)
    if (r.left > 0) r.rest(f.rest)
    return r.carry(undefined)
  },
  summary: v => `version ${v.number(f.version)}, ${v.show(f.length)}`,
})

function walkSection(r: Reader): number {
  r.open(f.section)
  const action = r.u8(f.action)
  const size = r.u8(f.size) * 4
  const count = r.u16(f.count)
  r.claim(4 + size * count, f.count)
  r.octets(f.messages, size * count)
  r.close()
  return action
}
