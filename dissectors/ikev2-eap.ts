import { bytes, field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { eapCodes, eapTypes } from './numbers/eap.ts'
import { eapCodeMeanings, eapTypeMeanings } from './numbers/ike-meanings.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Code      | Identifier    |           Length              |
// |     Type      | Type_Data…

const identity = 1
const notification = 2
const nak = 3
const expanded = 254
const failure = 4

export const eapFields = {
  code: field('eap.code', 'Code', {
    explain:
      'Requests come from the gateway, responses from the client; success or failure ends the authentication.',
    section: 'RFC 3748 §4',
    values: eapCodes,
    meanings: eapCodeMeanings,
  }),
  identifier: field('eap.id', 'Identifier', {
    explain:
      'The same in a request and its response, so that a response which comes late is not taken for the answer to something else.',
    section: 'RFC 3748 §4.1',
  }),
  length: field('eap.len', 'Length', {
    explain: 'Bytes of the EAP message, these four of its header included.',
    section: 'RFC 3748 §4.1',
    show: bytes,
  }),
  type: field('eap.type', 'Type', {
    explain:
      'The method by which the client proves who it is. A client that does not like it answers with Nak.',
    section: 'RFC 3748 §5',
    values: eapTypes,
    meanings: eapTypeMeanings,
  }),
  identity: field('eap.identity', 'Identity', {
    type: 'text',
    explain:
      'The name that the client gives. It says which server knows it, and need not be its real name yet.',
    section: 'RFC 3748 §5.1',
  }),
  notification: field('eap.notification', 'Notification', {
    type: 'text',
    explain: 'What the server wants the user to read, such as that a password runs out.',
    section: 'RFC 3748 §5.2',
  }),
  desired: field('eap.desired_type', 'Desired authentication type', {
    explain: 'A method that the client would take instead; 0: there is none, and the authentication fails.',
    section: 'RFC 3748 §5.3.1',
    values: { ...eapTypes, 0: 'none' },
    meanings: eapTypeMeanings,
  }),
  vendor: field('eap.ext.vendor_id', 'Vendor ID', {
    explain: 'Whose method this is, by the company’s number; 0 is the IETF itself.',
    section: 'RFC 3748 §5.7',
  }),
  vendorType: field('eap.ext.vendor_type', 'Vendor type', {
    explain: 'The number of the method in that company’s own list.',
    section: 'RFC 3748 §5.7',
  }),
  data: field('isakmp.eap.data', 'Type data', {
    type: 'bytes',
    explain: 'What the method says; only the client and the server that knows it can tell.',
    section: 'RFC 3748 §4.1',
  }),
}

const f = eapFields

/** Reads an Extensible Authentication payload. */
export function walkEap(r: Reader): void {
  const code = r.u8(f.code)
  if (r.checking && code === failure) r.noteField('warning', 'The authentication failed')
  r.u8(f.identifier)
  const length = r.u16(f.length)
  if (length !== r.left + 4)
    r.malformed(`the EAP message claims ${bytes(length)}, the payload leaves ${r.left + 4}`)
  if (r.left === 0) return
  const type = r.u8(f.type)
  if (type === identity) r.rest(f.identity)
  else if (type === notification) r.rest(f.notification)
  else if (type === nak) while (r.more()) r.u8(f.desired)
  else {
    if (type === expanded) {
      r.u24(f.vendor)
      r.u32(f.vendorType)
    }
    r.rest(f.data)
  }
}
