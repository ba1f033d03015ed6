import { expectedChecksum } from '../src/dissect/checksum.ts'
import { bytes, field, hex, seconds } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { recordTypes, timeOf } from './numbers/multicast.ts'
import { dvmrpMeanings, igmpTypeMeanings, multicastModeMeanings } from './numbers/routing-meanings.ts'
import { reservedBits, reservedBytes } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Type      | Max Resp Code |           Checksum            |
// |                         Group Address                         |
// | Resv  |S| QRV |     QQIC      |     Number of Sources (N)     |  query, version 3
// |                       Source Address [N]                      |
//
// |  Type = 0x22  |    Reserved   |           Checksum            |  report, version 3
// |           Reserved            |  Number of Group Records (M)  |
// |  Record Type  |  Aux Data Len |     Number of Sources (N)     |  M times
// |           Multicast Address, Source Address [N], Auxiliary Data

const types: Readonly<Record<number, string>> = {
  17: 'Membership query',
  18: 'Version 1 membership report',
  19: 'DVMRP',
  20: 'PIM version 1',
  21: 'Cisco trace messages',
  22: 'Version 2 membership report',
  23: 'Leave group',
  30: 'Multicast traceroute response',
  31: 'Multicast traceroute',
  34: 'Version 3 membership report',
  48: 'Multicast router advertisement',
  49: 'Multicast router solicitation',
  50: 'Multicast router termination',
}
const dvmrpCodes: Readonly<Record<number, string>> = {
  1: 'probe',
  2: 'report',
  3: 'ask-neighbors',
  4: 'neighbors',
  5: 'ask-neighbors2',
  6: 'neighbors2',
  7: 'prune',
  8: 'graft',
  9: 'graft-ack',
}
const tenths = (code: number): string => `${(timeOf(code) / 10).toFixed(1)} seconds (${code})`

const waiting =
  'How long listeners may wait before they answer; each picks a random moment, so that not all talk at once.'
const exponent = field('igmp.max_resp.exp', 'Exponent', {
  explain: 'How far the mantissa is shifted left, less 3.',
  section: 'RFC 3376 §4.1.1',
})
const mantissa = field('igmp.max_resp.mant', 'Mantissa', {
  explain: 'The four bits behind a leading 1.',
  section: 'RFC 3376 §4.1.1',
})

const f = {
  type: field('igmp.type', 'Type', {
    explain: 'Says whether a router asks who listens, or a host tells, and in which version.',
    meanings: igmpTypeMeanings,
    values: types,
    show: value => `${types[value] ?? 'unassigned'} (0x${value.toString(16)})`,
  }),
  reserved: field('igmp.reserved', 'Reserved', {
    type: 'bytes',
    explain: 'Kept free for later use; has to be 0.',
  }),
  maxResponse: field('igmp.max_resp', 'Max resp time', {
    explain: `${waiting} In tenths of a second.`,
    section: 'RFC 2236 §2.2',
    show: tenths,
  }),
  maxResponseFloat: field('igmp.max_resp', 'Max resp code', {
    explain: `${waiting} From 128 on the number is written as exponent and mantissa.`,
    section: 'RFC 3376 §4.1.1',
    show: tenths,
    parts: [
      [undefined, 1],
      [exponent, 3],
      [mantissa, 4],
    ],
  }),
  exponent,
  mantissa,
  code: field('igmp.code', 'Code', {
    explain: 'Narrows the type down, for the protocols that borrow IGMP’s header.',
  }),
  dvmrpCode: field('igmp.code', 'Code', {
    explain: 'What the multicast routers tell one another.',
    section: 'RFC 1075 §3',
    meanings: dvmrpMeanings,
    values: dvmrpCodes,
  }),
  checksum: field('igmp.checksum', 'Checksum', {
    explain: 'Covers the whole message, so that damage on the way is noticed.',
    show: hex(4),
  }),
  group: field('igmp.maddr', 'Group address', {
    type: 'ipv4',
    explain: 'The multicast group that is asked or told about; 0.0.0.0 asks for all of them.',
  }),
  queryReserved: field('igmp.query_reserved', 'Resv', {
    explain: 'Kept free for later use; has to be 0.',
    section: 'RFC 3376 §4.1.4',
  }),
  suppress: field('igmp.s', 'Suppress router-side processing', {
    type: 'flag',
    explain: 'Set: other routers leave their timers alone when they hear this query.',
    section: 'RFC 3376 §4.1.5',
  }),
  robustness: field('igmp.qrv', 'Querier’s robustness variable', {
    explain: 'How many losses of a message the querier reckons with; others repeat theirs as often.',
    section: 'RFC 3376 §4.1.6',
  }),
  queryInterval: field('igmp.qqic', 'Querier’s query interval code', {
    explain: 'How often the querier asks; from 128 on written as exponent and mantissa.',
    section: 'RFC 3376 §4.1.7',
    show: value => `${seconds(timeOf(value))} (${value})`,
  }),
  sourceCount: field('igmp.num_src', 'Number of sources', {
    explain: 'How many senders the query names; 0 asks about the group whoever sends to it.',
    section: 'RFC 3376 §4.1.8',
  }),
  source: field('igmp.saddr', 'Source address', {
    type: 'ipv4',
    explain: 'A sender to the group that is wanted, or not wanted, as the kind of record says.',
    section: 'RFC 3376 §4.1.9',
  }),
  recordCount: field('igmp.num_grp_recs', 'Number of group records', {
    explain: 'How many groups the report has a record for; one report can tell of all.',
    section: 'RFC 3376 §4.2.3',
  }),
  record: field('igmp.grp_rec', 'Group record', {
    type: 'group',
    explain: 'One IPv4 group: from which senders the host wants to hear it.',
    section: 'RFC 3376 §4.2.4',
  }),
  recordType: field('igmp.record_type', 'Record type', {
    explain:
      'Says whether the sources listed are the only ones wanted or the only ones not wanted, and whether that is news.',
    section: 'RFC 3376 §4.2.12',
    meanings: multicastModeMeanings,
    values: recordTypes,
  }),
  auxiliaryLength: field('igmp.aux_data_len', 'Aux data len', {
    explain: 'Words of 4 bytes behind the sources. IGMP version 3 has nothing to put there, so it is 0.',
    section: 'RFC 3376 §4.2.6',
    show: value => `${bytes(value * 4)} (${value})`,
  }),
  auxiliary: field('igmp.aux_data', 'Auxiliary data', {
    type: 'bytes',
    explain: 'Room for a later version; receivers pass over it.',
    section: 'RFC 3376 §4.2.10',
  }),
  data: field('igmp.data', 'Data', {
    type: 'bytes',
    explain: 'The rest of a message whose type has no layout here.',
  }),
}

const query = 0x11

export const igmp = protocol({
  id: 'igmp',
  name: 'Internet Group Management Protocol',
  short: 'IGMP',
  reference: 'RFC 3376, RFC 2236, RFC 1112',
  about: 'Tells routers which multicast groups somebody on a network listens to.',
  fields: f,
  claims: [[ipProtocols, 2]],
  walk(r) {
    const version3 = r.left >= 12
    const type = r.u8(f.type)
    if (type === query && r.peek() !== 0)
      r.u8(version3 && r.peek() > 127 ? f.maxResponseFloat : f.maxResponse)
    else if (type === 0x16 || type === 0x17) r.u8(f.maxResponse)
    else if (type === query || type === 0x12 || type === 0x22) reservedBytes(r, f.reserved, 1)
    else r.u8(type === 0x13 ? f.dvmrpCode : f.code)
    const checksum = r.u16(f.checksum)
    if (r.checking && r.whole && !r.excerpted)
      r.verify(f.checksum, checksum, expectedChecksum(r, r.start, r.limit, checksum))
    if (type === 0x22) walkReport(r)
    else if (type === query || type === 0x12 || type === 0x16 || type === 0x17) {
      r.ipv4(f.group)
      if (type === query && version3) walkSources(r)
    }
    r.rest(f.data)
    return undefined
  },
  summary: v => {
    const name = types[v.number(f.type)] ?? `Type ${v.number(f.type)}`
    if (v.has(f.recordCount)) return `${name}, ${v.number(f.recordCount)} group records`
    return v.has(f.group) ? `${name}, ${v.show(f.group)}` : name
  },
  line: printIgmp,
})

function walkSources(r: Reader): void {
  reservedBits(r, r.bits(f.queryReserved, 4))
  r.flag(f.suppress)
  r.bits(f.robustness, 3)
  r.u8(f.queryInterval)
  const count = r.u16(f.sourceCount)
  for (let i = 0; i < count; i++) r.ipv4(f.source)
}

function walkReport(r: Reader): void {
  reservedBytes(r, f.reserved, 2)
  const records = r.u16(f.recordCount)
  for (let i = 0; i < records; i++) {
    r.open(f.record)
    r.u8(f.recordType)
    const words = r.u8(f.auxiliaryLength)
    const sources = r.u16(f.sourceCount)
    r.ipv4(f.group)
    for (let k = 0; k < sources; k++) r.ipv4(f.source)
    r.octets(f.auxiliary, words * 4)
    r.close()
  }
}

function printIgmp(v: LayerView, line: Line): void {
  const { out, options } = line
  const type = v.number(f.type)
  const group = v.at(f.group)
  const { length } = v
  const words: Readonly<Record<number, string>> = { 18: 'report ', 22: 'nreport ', 23: 'leave ' }
  line.complete = true
  if (!v.has(f.checksum)) {
    out.ascii('[|igmp]')
    return
  }
  out.ascii('igmp')
  if (type === query) {
    out.ascii(' query')
    if (group >= 0 && v.number(f.group) !== 0)
      out.ascii(' [gaddr ').ipv4(v.bytes, v.position(group)).ascii(']')
  } else if (words[type] !== undefined && group >= 0)
    out.char(0x20).ascii(words[type]).ipv4(v.bytes, v.position(group))
  else if (type === 0x13) printDvmrp(v, line)
  else if (type === 0x14) out.ascii(' pim')
  else out.char(0x2d).decimal(type & 15)
  if ((type === query || type === 0x12) && length !== 8) out.ascii(' [len ').decimal(length).ascii(']')
  if (type >> 4 !== 1)
    out
      .ascii(' [v')
      .decimal(type >> 4)
      .ascii(']')
  const check = v.check(f.checksum)
  if (options.verbose > 0 && check && !check.good)
    out.ascii(' bad igmp cksum ').hex(v.number(f.checksum)).char(0x21)
}

function printDvmrp(v: LayerView, line: Line): void {
  const code = v.number(f.dvmrpCode)
  line.out.ascii(' dvmrp')
  const name = dvmrpCodes[code]
  if (name === undefined) line.out.ascii(' [type ').decimal(code).ascii(']')
  else line.out.char(0x20).ascii(name)
}
