import { bytes, field, hex } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { authenticationMeanings2 } from './numbers/ike-meanings.ts'
import { authenticationMethods } from './numbers/ikev2.ts'
import { algorithmText } from './x509-fields.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  Auth Method  |                  RESERVED                     |
// ~                      Authentication Data                      ~
//
// The data of method 14:
// | ASN.1 Length  | AlgorithmIdentifier ASN.1 object …            |
// ~                        Signature Value                        ~

export const authFields = {
  method: field('isakmp.auth.method', 'Authentication method', {
    explain: 'How the sender proves who it is. The two sides may do it in different ways.',
    section: 'RFC 7296 §3.8',
    values: authenticationMethods,
    meanings: authenticationMeanings2,
  }),
  reserved: field('isakmp.reserved', 'Reserved', {
    explain: 'Free for later use: sent as 0, ignored by receivers.',
    section: 'RFC 7296 §3.8',
    show: hex(6),
  }),
  data: field('isakmp.auth.data', 'Authentication data', {
    type: 'bytes',
    explain:
      'The proof: a signature or keyed hash over the sender’s first message, the other side’s nonce and the sender’s identity.',
    section: 'RFC 7296 §2.15',
  }),
  algorithmLength: field('isakmp.auth.data.sig.asn1.len', 'ASN.1 length', {
    explain:
      'Bytes of the algorithm that stands in front of the signature: where they end, the signature begins.',
    section: 'RFC 7427 §3',
    show: bytes,
  }),
  algorithm: field('isakmp.auth.data.sig.asn1.data', 'Signature algorithm', {
    type: 'bytes',
    explain: 'By which algorithm and over which hash it was signed, by the name that certificates use too.',
    section: 'RFC 7427 §3',
    read: algorithmText,
  }),
  signature: field('isakmp.auth.data.sig.value', 'Signature', {
    type: 'bytes',
    explain:
      'The signature over the sender’s first message, the other side’s nonce and the sender’s identity.',
    section: 'RFC 7427 §3',
  }),
}

const f = authFields
const digitalSignature = 14

/** Reads an Authentication payload. */
export function walkAuth(r: Reader): void {
  const method = r.u8(f.method)
  r.u24(f.reserved)
  if (method !== digitalSignature) r.rest(f.data)
  else {
    const length = r.u8(f.algorithmLength)
    const at = r.octets(f.algorithm, length)
    if (r.checking && length > 0 && algorithmText(r.bytes, at, length) === '')
      r.noteField('warning', 'No algorithm in DER')
    r.rest(f.signature)
  }
}
