import { bytes, field, hex, seconds } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { recordTypes, timeOf } from './numbers/multicast.ts'
import { multicastModeMeanings } from './numbers/routing-meanings.ts'
import { reservedBits, reservedBytes } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Maximum Response Code     |           Reserved            |  query
// |                  Multicast Address (16 bytes)                 |
// | Resv  |S| QRV |     QQIC      |     Number of Sources (N)     |  version 2
// |                  Source Address [N] (16 bytes each)           |
//
// |           Reserved            |Nr of Mcast Address Records (M)|  report, version 2
// |  Record Type  |  Aux Data Len |     Number of Sources (N)     |  M times
// |      Multicast Address, Source Address [N], Auxiliary Data    |

/** A code from 0x8000 on holds an exponent and a mantissa (RFC 3810 §5.1.3). */
export const responseDelay = (code: number): number =>
  code < 0x8000 ? code : ((code & 0xfff) | 0x1000) << (((code >> 12) & 7) + 3)

const waiting =
  'How long listeners may wait before they answer; each picks a random moment, so that not all talk at once.'

const flags = {
  reserved: field('icmpv6.mld.flag.reserved', 'Resv', {
    explain: 'Kept free for later use; has to be 0.',
    section: 'RFC 3810 §5.1.6',
  }),
  suppress: field('icmpv6.mld.flag.s', 'Suppress router-side processing', {
    type: 'flag',
    explain: 'Set: other routers leave their timers alone when they hear this query.',
    section: 'RFC 3810 §5.1.7',
  }),
  robustness: field('icmpv6.mld.flag.qrv', 'Querier’s robustness variable', {
    explain: 'How many losses of a message the querier reckons with; others repeat theirs as often.',
    section: 'RFC 3810 §5.1.8',
  }),
}

/** The glossary of multicast listener discovery. */
export const mldFields = {
  delay: field('icmpv6.mld.maximum_response_delay', 'Maximum response delay', {
    explain: `${waiting} In milliseconds.`,
    section: 'RFC 2710 §3.4',
    show: value => `${value} ms`,
  }),
  code: field('icmpv6.mld.maximum_response_code', 'Maximum response code', {
    explain: `${waiting} From 32768 on the milliseconds are written as exponent and mantissa.`,
    section: 'RFC 3810 §5.1.3',
    show: value => `${responseDelay(value)} ms (${value})`,
  }),
  reserved: field('icmpv6.reserved', 'Reserved', {
    type: 'bytes',
    explain: 'Kept free for later use; senders write 0 and receivers do not look.',
  }),
  address: field('icmpv6.mld.multicast_address', 'Multicast address', {
    type: 'ipv6',
    explain: 'The multicast group that is asked or told about; :: asks for all of them.',
    section: 'RFC 3810 §5.1.5',
  }),
  flags: field('icmpv6.mld.flag', 'Flags', {
    explain: 'How the routers share their work.',
    section: 'RFC 3810 §5.1',
    show: hex(2),
    parts: [
      [flags.reserved, 4],
      [flags.suppress, 1],
      [flags.robustness, 3],
    ],
  }),
  suppress: flags.suppress,
  robustness: flags.robustness,
  flagsReserved: flags.reserved,
  interval: field('icmpv6.mld.qqi', 'Querier’s query interval code', {
    explain: 'How often the querier asks; from 128 on written as exponent and mantissa.',
    section: 'RFC 3810 §5.1.9',
    show: value => `${seconds(timeOf(value))} (${value})`,
  }),
  sourceCount: field('icmpv6.mld.nb_sources', 'Number of sources', {
    explain: 'How many senders the query names; 0 asks about the group whoever sends to it.',
    section: 'RFC 3810 §5.1.10',
  }),
  source: field('icmpv6.mld.source_address', 'Source address', {
    type: 'ipv6',
    explain: 'A sender to the group that the router asks about.',
    section: 'RFC 3810 §5.1.11',
  }),
  recordCount: field('icmpv6.mldr.nb_mcast_records', 'Nr of mcast address records', {
    explain: 'How many groups the report tells about.',
    section: 'RFC 3810 §5.2.3',
  }),
  record: field('icmpv6.mldr.mar', 'Multicast address record', {
    type: 'group',
    explain: 'One group, and from which senders the host wants to hear it or not.',
    section: 'RFC 3810 §5.2.4',
  }),
  recordType: field('icmpv6.mldr.mar.record_type', 'Record type', {
    explain:
      'Says whether the sources listed are the only ones wanted or the only ones not wanted, and whether that is news.',
    section: 'RFC 3810 §5.2.5',
    meanings: multicastModeMeanings,
    values: recordTypes,
  }),
  auxiliaryLength: field('icmpv6.mldr.mar.aux_data_len', 'Aux data len', {
    explain: 'Words of 4 bytes behind the sources; version 2 has nothing to put there.',
    section: 'RFC 3810 §5.2.6',
    show: value => `${bytes(value * 4)} (${value})`,
  }),
  recordSourceCount: field('icmpv6.mldr.mar.nb_sources', 'Number of sources', {
    explain: 'How many source addresses this record lists.',
    section: 'RFC 3810 §5.2.7',
  }),
  recordAddress: field('icmpv6.mldr.mar.multicast_address', 'Multicast address', {
    type: 'ipv6',
    explain: 'The group that this record is about.',
    section: 'RFC 3810 §5.2.8',
  }),
  recordSource: field('icmpv6.mldr.mar.source_address', 'Source address', {
    type: 'ipv6',
    explain: 'A sender to the group that is wanted, or not wanted, as the kind of record says.',
    section: 'RFC 3810 §5.2.9',
  }),
  auxiliary: field('icmpv6.mldr.mar.auxiliary_data', 'Auxiliary data', {
    type: 'bytes',
    explain: 'Room for a later version; receivers pass over it.',
    section: 'RFC 3810 §5.2.10',
  }),
}

const m = mldFields

/** Query, report and done of version 1, query of version 2: a query of 28 bytes or more is one (RFC 3810 §8.1). */
export function walkListener(r: Reader, query: boolean): void {
  const version2 = query && r.left >= 24
  r.u16(version2 ? m.code : m.delay)
  reservedBytes(r, m.reserved, 2)
  r.ipv6(m.address)
  if (!version2) return
  reservedBits(r, r.u8(m.flags) & 0xf0)
  r.u8(m.interval)
  const sources = r.u16(m.sourceCount)
  for (let i = 0; i < sources; i++) r.ipv6(m.source)
}

/** Report of version 2. */
export function walkReport(r: Reader): void {
  reservedBytes(r, m.reserved, 2)
  const records = r.u16(m.recordCount)
  for (let i = 0; i < records; i++) {
    r.open(m.record)
    r.u8(m.recordType)
    const words = r.u8(m.auxiliaryLength)
    const sources = r.u16(m.recordSourceCount)
    r.ipv6(m.recordAddress)
    for (let k = 0; k < sources; k++) r.ipv6(m.recordSource)
    r.octets(m.auxiliary, words * 4)
    r.close()
  }
}
