import { wantDetails, writeGroup } from '../src/dissect/detail-lines.ts'
import type { Field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { f } from './isakmp-fields.ts'
import { payloadFields } from './isakmp-payloads.ts'

/** IKE as OpenBSD's tcpdump prints it: two lines, and with -v one more for each payload. */
export function printIsakmp(v: LayerView, line: Line): void {
  const { out, options } = line
  if (v.has(f.keepalive)) {
    out.ascii('NAT-T Keepalive')
    return
  }
  out.ascii('isakmp')
  if (!v.has(f.exchangeType)) return
  const version = v.number(f.version)
  const exchange = v.number(f.exchangeType)
  out
    .ascii(' v')
    .decimal(version >> 4)
    .char(dot)
    .decimal(version & 15)
    .ascii(' exchange ')
  if (exchange <= 38) out.ascii(exchangeNames[exchange] ?? 'unknown')
  else out.decimal(exchange).ascii(' (unknown)')
  const flags = v.number(f.flags1)
  if (flags & 1) out.ascii(' encrypted')
  if (flags & 2) out.ascii(' commit')
  out.ascii('\n\tcookie: ').hexBytes(v.bytes, v.start(f.initiatorSpi), 8)
  out.ascii('->').hexBytes(v.bytes, v.start(f.responderSpi), 8)
  if (!v.has(f.messageId)) return
  out.ascii(' msgid: ').hex(v.number(f.messageId), 8)
  if (!v.has(f.length)) return
  out.ascii(' len: ').decimal(v.number(f.length))
  line.complete = options.verbose === 0
  if (version > 0x20) out.ascii(' new version')
  else if (options.verbose > 0) printPayloads(v, line)
}

/** Each payload is named by the one before it, the first one by the header. */
function printPayloads(v: LayerView, line: Line): void {
  const { out } = line
  const { values, last } = v.found
  wantDetails(v)
  let announced = v.at(f.nextPayload)
  let own = v.at(f.nextPayload, announced)
  while (own >= 0) {
    const length = v.at(payloadFields.payloadLength, own)
    if (length < 0) return
    const next = v.at(f.nextPayload, own)
    out.ascii('\n\tpayload: ').ascii(payloadNames[values[announced]!] ?? '<unknown>')
    out.ascii(' len: ').decimal(values[length]!)
    // The group begins before the field that names the next one.
    printContents(v, line, own - 1, next < 0 ? last[v.index]! : next - 1)
    announced = own
    own = next
  }
}

/** What OpenBSD's tcpdump leaves out of IKEv2: algorithms, notifications, identities. Nothing of a payload that is cut short. */
function printContents(v: LayerView, line: Line, from: number, until: number): void {
  const { found } = v
  const length = found.values[v.at(payloadFields.payloadLength, from)]!
  if (found.fields[from]!.type !== 'group' || found.bitLengths[from]! >> 3 < length) return
  writeGroup(v, line, { from, until, leaves })
}

/** Numbers that nobody compares by eye, and what stands for any. */
const leaves = ({ label }: Field, value: string): boolean =>
  value === 'none (0)' ||
  value.endsWith(' bytes)') ||
  // Of an identity: of any protocol, any port.
  (label === 'Protocol ID' && value.endsWith('(0)')) ||
  (label === 'Port' && value === '0')

const dot = 0x2e

const exchangeNames: Readonly<Record<number, string>> = {
  0: 'NONE',
  1: 'BASE',
  2: 'ID_PROT',
  3: 'AUTH_ONLY',
  4: 'AGGRESSIVE',
  5: 'INFO',
  6: 'TRANSACTION',
  32: 'QUICK_MODE',
  33: 'NEW_GROUP_MODE',
  34: 'IKE_SA_INIT',
  35: 'IKE_AUTH',
  36: 'CREATE_CHILD_SA',
  37: 'INFORMATIONAL',
  38: 'IKE_SESSION_RESUME',
}

/** tcpdump's names; those from 49 on are newer than its table. */
const payloadNames: Readonly<Record<number, string>> = {
  0: 'NONE',
  1: 'SA',
  2: 'PROPOSAL',
  3: 'TRANSFORM',
  4: 'KEY_EXCH',
  5: 'ID',
  6: 'CERT',
  7: 'CERTREQUEST',
  8: 'HASH',
  9: 'SIG',
  10: 'NONCE',
  11: 'NOTIFICATION',
  12: 'DELETE',
  13: 'VENDOR',
  14: 'ATTRIBUTE',
  15: 'SAK',
  16: 'SAT',
  17: 'KD',
  18: 'SEQ',
  19: 'POP',
  20: 'NAT-D',
  21: 'NAT-OA',
  33: 'SA',
  34: 'KE',
  35: 'IDi',
  36: 'IDr',
  37: 'CERT',
  38: 'CERTREQ',
  39: 'AUTH',
  40: 'NONCE',
  41: 'N',
  42: 'D',
  43: 'V',
  44: 'TSi',
  45: 'TSr',
  46: 'E',
  47: 'CP',
  48: 'EAP',
  49: 'GSPM',
  50: 'IDg',
  51: 'GSA',
  52: 'KD',
  53: 'SKF',
  54: 'PS',
  130: 'NAT-D-DRAFT',
  131: 'NAT-OA-DRAFT',
}
