import { bytes, field, hex } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { downwardMeanings } from './numbers/routing-meanings.ts'
import { reservedBytes } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | RPLInstanceID |Version Number |             Rank              |  information object
// |G|0| MOP | Prf |     DTSN      |     Flags     |   Reserved    |
// | RPLInstanceID |K|D|   Flags   |   Reserved    | DAOSequence   |  destination advertisement
// |                       DODAGID (16 bytes)                      |
// |  Option Type  | Option Length | Option Data

const reserved = (name: string, section: string) =>
  field(`icmpv6.rpl.${name}`, 'Reserved', { section, explain: 'Kept free for later use; has to be 0.' })
const flag = (name: string, label: string, section: string, explain: string) =>
  field(`icmpv6.rpl.${name}`, label, { type: 'flag', section, explain })
const information = 'RFC 6550 §6.3'
const advertisement = 'RFC 6550 §6.4'
const acknowledgment = 'RFC 6550 §6.5'
const root = 'The address of the root of the routing graph, which names the graph.'
const instance = 'Which of several routing graphs of the network this is about.'

/** The glossary of RPL, the routing protocol of low-power networks. */
export const rplFields = {
  solicitationFlags: field('icmpv6.rpl.dis.flags', 'Flags', {
    section: 'RFC 6550 §6.2',
    explain: 'Bits for later use; the message itself is the request for information about graphs.',
  }),
  reserved: field('icmpv6.reserved', 'Reserved', {
    type: 'bytes',
    section: 'RFC 6550 §6',
    explain: 'Kept free for later use; senders write 0 and receivers do not look.',
  }),
  instance: field('icmpv6.rpl.dio.instance', 'RPLInstanceID', { section: information, explain: instance }),
  version: field('icmpv6.rpl.dio.version', 'Version number', {
    section: information,
    explain: 'Grows when the root builds the graph anew.',
  }),
  rank: field('icmpv6.rpl.dio.rank', 'Rank', {
    section: information,
    explain: 'How far the sender is from the root; it grows away from it, so that no loops arise.',
  }),
  objectFlags: field('icmpv6.rpl.dio.flag', 'Flags', {
    section: information,
    explain: 'What kind of graph this is.',
    show: hex(2),
    parts: [
      [
        flag(
          'dio.flag.g',
          'Grounded',
          information,
          'Set: the graph leads to where the application wants to go.',
        ),
        1,
      ],
      [flag('dio.flag.0', 'Zero', information, 'Kept free for later use; has to be 0.'), 1],
      [
        field('icmpv6.rpl.dio.flag.mop', 'Mode of operation', {
          section: information,
          explain: 'Whether routes down the graph exist, and who keeps them.',
          meanings: downwardMeanings,
          values: {
            0: 'no downward routes',
            1: 'non-storing',
            2: 'storing without multicast',
            3: 'storing with multicast',
          },
        }),
        3,
      ],
      [
        field('icmpv6.rpl.dio.flag.preference', 'DODAG preference', {
          section: information,
          explain: 'Among several graphs nodes take the highest.',
        }),
        3,
      ],
    ],
  }),
  trigger: field('icmpv6.rpl.dio.dtsn', 'DTSN', {
    section: information,
    explain: 'Grows when the sender wants its children to announce their destinations again.',
  }),
  moreFlags: field('icmpv6.rpl.dio.flag', 'Flags', {
    section: information,
    explain: 'A byte of flags none of which has a use yet; sent as 0.',
    show: hex(2),
  }),
  graph: field('icmpv6.rpl.dio.dagid', 'DODAGID', { type: 'ipv6', section: information, explain: root }),
  daoInstance: field('icmpv6.rpl.dao.instance', 'RPLInstanceID', {
    section: advertisement,
    explain: instance,
  }),
  daoFlags: field('icmpv6.rpl.dao.flag', 'Flags', {
    section: advertisement,
    explain: 'Whether an answer is wanted, and whether the graph is named.',
    show: hex(2),
    parts: [
      [flag('dao.flag.k', 'K', advertisement, 'Set: the receiver has to acknowledge.'), 1],
      [flag('dao.flag.d', 'D', advertisement, 'Set: the graph’s DODAGID follows.'), 1],
      [reserved('dao.flag.rsv', advertisement), 6],
    ],
  }),
  daoSequence: field('icmpv6.rpl.dao.sequence', 'DAOSequence', {
    section: advertisement,
    explain: 'Comes back in the acknowledgment.',
  }),
  daoGraph: field('icmpv6.rpl.dao.dodagid', 'DODAGID', {
    type: 'ipv6',
    section: advertisement,
    explain: root,
  }),
  ackInstance: field('icmpv6.rpl.daoack.instance', 'RPLInstanceID', {
    section: acknowledgment,
    explain: instance,
  }),
  ackFlags: field('icmpv6.rpl.daoack.flag', 'Flags', {
    section: acknowledgment,
    explain:
      'Whether the graph’s name, its root’s address, follows; without it the instance alone says which is meant.',
    show: hex(2),
    parts: [
      [flag('daoack.flag.d', 'D', acknowledgment, 'Set: the graph’s DODAGID follows.'), 1],
      [reserved('daoack.flag.rsv', acknowledgment), 7],
    ],
  }),
  ackSequence: field('icmpv6.rpl.daoack.sequence', 'DAOSequence', {
    section: acknowledgment,
    explain: 'Repeats the number of the advertisement that is answered.',
  }),
  ackStatus: field('icmpv6.rpl.daoack.status', 'Status', {
    section: acknowledgment,
    explain:
      'Tells whether the receiver is a parent of the sender now: 0 yes, up to 127 unwilling, above no.',
  }),
  ackGraph: field('icmpv6.rpl.daoack.dodagid', 'DODAGID', {
    type: 'ipv6',
    section: acknowledgment,
    explain: root,
  }),
  option: field('icmpv6.rpl.opt', 'Option', {
    type: 'group',
    section: 'RFC 6550 §6.7',
    explain: 'One piece of information behind a header that tells its kind and length.',
  }),
  type: field('icmpv6.rpl.opt.type', 'Option type', {
    section: 'RFC 6550 §6.7',
    explain: 'Tells which option this is: a destination, a prefix, a way to reach it, or padding.',
    values: {
      0: 'Pad1',
      1: 'PadN',
      2: 'DAG metric container',
      3: 'Route information',
      4: 'DODAG configuration',
      5: 'RPL target',
      6: 'Transit information',
      7: 'Solicited information',
      8: 'Prefix information',
      9: 'RPL target descriptor',
      10: 'P2P route discovery',
    },
  }),
  length: field('icmpv6.rpl.opt.length', 'Option length', {
    section: 'RFC 6550 §6.7',
    explain: 'How far the option reaches behind this byte, so that unknown ones can be passed over.',
    show: bytes,
  }),
  targetFlags: field('icmpv6.rpl.opt.target.flag', 'Flags', {
    section: 'RFC 6550 §6.7.7',
    explain: 'A byte of flags of the target none of which has a use yet; sent as 0.',
    show: hex(2),
  }),
  targetLength: field('icmpv6.rpl.opt.target.prefix_length', 'Prefix length', {
    section: 'RFC 6550 §6.7.7',
    explain: 'How many leading bits of the target count.',
  }),
  target: field('icmpv6.rpl.opt.target.address', 'Target prefix', {
    type: 'bytes',
    section: 'RFC 6550 §6.7.7',
    explain: 'A destination that can be reached through the sender.',
  }),
  data: field('icmpv6.rpl.opt.data', 'Option data', {
    type: 'bytes',
    section: 'RFC 6550 §6.7',
    explain: 'The contents of an option of RPL whose type has no layout here.',
  }),
}

const f = rplFields

/** The messages without security; the others are left as bytes. */
export function walkRpl(r: Reader, code: number): void {
  switch (code) {
    case 0:
      r.u8(f.solicitationFlags)
      reservedBytes(r, f.reserved, 1)
      break
    case 1:
      r.u8(f.instance)
      r.u8(f.version)
      r.u16(f.rank)
      r.u8(f.objectFlags)
      r.u8(f.trigger)
      r.u8(f.moreFlags)
      reservedBytes(r, f.reserved, 1)
      r.ipv6(f.graph)
      break
    case 2: {
      r.u8(f.daoInstance)
      const flags = r.u8(f.daoFlags)
      reservedBytes(r, f.reserved, 1)
      r.u8(f.daoSequence)
      if (flags & 0x40) r.ipv6(f.daoGraph)
      break
    }
    case 3: {
      r.u8(f.ackInstance)
      const flags = r.u8(f.ackFlags)
      r.u8(f.ackSequence)
      r.u8(f.ackStatus)
      if (flags & 0x80) r.ipv6(f.ackGraph)
      break
    }
    default:
      return
  }
  while (r.more()) walkOption(r)
}

function walkOption(r: Reader): void {
  r.open(f.option)
  const type = r.u8(f.type)
  if (type !== 0) {
    const length = r.u8(f.length)
    r.claim(2 + length, f.length)
    if (type === 5) {
      r.u8(f.targetFlags)
      r.u8(f.targetLength)
      r.rest(f.target)
    } else r.rest(f.data)
  }
  r.close()
}
