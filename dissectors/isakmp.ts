import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { notifyText } from './ikev1-notify.ts'
import { ikev1Fields } from './ikev1-payloads.ts'
import { notifyFields } from './ikev2-notify-fields.ts'
import { ikev2Fields } from './ikev2-payloads.ts'
import { f } from './isakmp-fields.ts'
import { printIsakmp } from './isakmp-line.ts'
import { looksLikeIke } from './isakmp-looks.ts'
import { checkHeader, checkMessageId, checkPayloads } from './isakmp-message.ts'
import {
  ciscoFragment,
  payloadFields,
  payloadGroups,
  payloadTypeOf,
  walkPayloads,
} from './isakmp-payloads.ts'
import { ikeLesson } from './lessons/ipsec.ts'
import { firstStatus, notifyNotations, notifyTypes } from './numbers/ikev2-notifies.ts'
import { exchangeTypes, payloadNotations } from './numbers/isakmp.ts'
import { udpPorts } from './numbers/ports.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |                       IKE SA Initiator's SPI                  |
// |                                                               |
// |                       IKE SA Responder's SPI                  |
// |                                                               |
// |  Next Payload | MjVer | MnVer | Exchange Type |     Flags     |
// |                          Message ID                           |
// |                            Length                             |

export const isakmp = protocol({
  id: 'isakmp',
  name: 'Internet Key Exchange',
  short: 'IKE',
  reference: 'RFC 7296 (IKEv2), RFC 2408 and 2409 (IKEv1)',
  about:
    'Two IPsec peers prove who they are, agree on algorithms and make the keys that ESP and AH then use.',
  lesson: ikeLesson,
  fields: glossary(f, payloadFields, payloadGroups, ikev1Fields, ikev2Fields),
  claims: [[udpPorts, 500]],
  guess: { space: udpPorts, begins: r => looksLikeIke(r, 0) },
  walk(r) {
    if (r.left === 1 && r.peek() === 0xff) {
      r.u8(f.keepalive)
      return r.carry(undefined)
    }
    const begun = !r.checking || !zeros(r)
    r.octets(f.initiatorSpi, 8)
    if (!begun) r.noteField('error', 'An initiator’s SPI is never 0')
    r.octets(f.responderSpi, 8)
    const next = r.u8(f.nextPayload)
    const version = r.u8(f.version)
    const major = version >> 4
    const exchange = r.u8(f.exchangeType)
    if (r.checking) checkExchange(r, major, exchange)
    const flags = r.u8(major === 1 ? f.flags1 : f.flags2)
    if (r.checking && flags & (major === 1 ? 0xf8 : 0xc7)) r.note('warning', 'Reserved flag bits are set')
    const known = major === 1 || major === 2
    if (r.checking && known) checkHeader(r, version, exchange, flags)
    const id = r.u32(f.messageId)
    if (r.checking && known) checkMessageId(r, version, exchange, id)
    const length = r.u32(f.length)
    r.limitTo(length, f.length)
    const onward = walkBody(r, major, flags, next)
    if (r.checking && major === 2) checkPayloads(r, exchange, flags)
    return onward
  },
  isFragment: v => v.has(payloadFields.ciscoFragmentNumber) || v.has(payloadFields.fragmentNumber),
  summary: summarize,
  line: printIsakmp,
})

function walkBody(r: Reader, major: number, flags: number, next: number): Next {
  if (major !== 1 && major !== 2) {
    if (r.checking)
      r.note('error', `IKE version ${major}: only 1 and 2 are defined, the payloads are not read`)
    return r.carry(undefined)
  }
  // A fragment is cut from a message that was encrypted before, and is open itself.
  if (major === 1 && flags & 1 && next !== ciscoFragment)
    return r.opaque(f.encrypted, 'Encrypted: the payloads can be read only with the keys of this IKE SA')
  const whole = walkPayloads(r, next, major)
  return whole ? r.inside(whole, isakmp) : r.carry(undefined)
}

/** True when the first SPI is all zeros. */
function zeros(r: Reader): boolean {
  for (let i = 0; i < 8; i++) if (r.peek(i) !== 0) return false
  return true
}

function checkExchange(r: Reader, major: number, exchange: number): void {
  if (exchange >= 240 || major > 2) return
  if (exchangeTypes[exchange] === undefined) r.noteField('warning', 'An exchange of this number is not known')
  else if (exchange > 0 && (major === 1) === exchange > 33)
    r.noteField('error', `IKEv${major} has no exchange ${exchangeTypes[exchange]}`)
}

function summarize(v: LayerView): string {
  if (v.has(f.keepalive)) return 'NAT keepalive'
  const major = v.number(f.version) >> 4
  const exchange = v.number(f.exchangeType)
  const name = exchangeTypes[exchange] ?? `exchange ${exchange}`
  if (major === 1) return `IKEv1 ${name}: ${v.number(f.flags1) & 1 ? 'encrypted' : notations(v)}`
  const side = v.number(f.flags2) & 0x20 ? 'response' : 'request'
  return `IKEv${major} ${name} ${side} ${v.number(f.messageId)}: ${notations(v)}`
}

/** `SA, KE, Nonce, N(COOKIE)`. */
function notations(v: LayerView): string {
  const names: string[] = []
  const { fields, first, last, depths, values } = v.found
  for (let i = first[v.index]!; i < last[v.index]!; i++) {
    const type = depths[i] === 0 ? payloadTypeOf(fields[i]!) : undefined
    if (type !== undefined) names.push(payloadNotations[type] ?? '?')
    if (type === notificationPayload)
      names[names.length - 1] = `N(${notifyText(v, i, groupEnd(v, i)) ?? '?'})`
    if (type !== notifyPayload) continue
    const notify = v.at(notifyFields.type, i, groupEnd(v, i))
    if (notify >= 0) names[names.length - 1] = `N(${notifyNotation(values[notify]!)})`
  }
  return names.length > 0 ? names.join(', ') : 'no payloads'
}

/** The record behind all that is inside the group `record`. */
function groupEnd(v: LayerView, record: number): number {
  const { depths, last } = v.found
  let end = record + 1
  while (end < last[v.index]! && depths[end]! > depths[record]!) end++
  return end
}

const notificationPayload = 11
const notifyPayload = 41

/** Short names for what every negotiation has, full ones for what matters. */
const notifyNotation = (type: number): string =>
  notifyNotations[type] ?? notifyTypes[type] ?? `${type < firstStatus ? 'error' : 'status'} ${type}`
