import { type Field, field, glossary } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { configFields, walkConfig } from './ikev1-config.ts'
import {
  identityFields,
  walkCertificate,
  walkCertificateRequest,
  walkIdentity,
  walkOriginalAddress,
} from './ikev1-identity.ts'
import { notifyFields, walkDelete, walkNotification } from './ikev1-notify.ts'
import { saFields, walkSa } from './ikev1-sa.ts'
import { natHash } from './nat-detection.ts'
import { vendorIdFields, walkVendorId } from './vendor-id.ts'

/** Reads the contents of one IKEv1 payload, behind its header of four bytes, up to the end that the header claims. */
type Walk = (r: Reader) => void

const f = {
  keyExchange: field('isakmp.key_exchange.data', 'Key exchange data', {
    type: 'bytes',
    explain:
      'The sender’s public Diffie-Hellman value. As long as the group’s numbers: 128 bytes in group 2, 256 in group 14.',
    section: 'RFC 2408 §3.7',
  }),
  hash: field('isakmp.hash', 'Hash data', {
    type: 'bytes',
    explain:
      'Made with a key that only the two sides have: proof that the sender is one of them and nothing was changed.',
    section: 'RFC 2408 §3.11',
  }),
  signature: field('isakmp.sig', 'Signature data', {
    type: 'bytes',
    explain: 'The hash over the exchange, signed with the key of the sender’s certificate.',
    section: 'RFC 2408 §3.12',
  }),
  nonce: field('isakmp.nonce', 'Nonce data', {
    type: 'bytes',
    explain: 'Random bytes, 8 to 256 of them, that make the keys of this exchange new ones.',
    section: 'RFC 2408 §3.13',
  }),
  natHash,
  sequence: field('isakmp.seq.seq', 'Sequence number', {
    explain: 'Counts the messages by which a group gets new keys, so that old ones cannot be replayed.',
    section: 'RFC 6407 §5.7',
  }),
}

const walkNatHash: Walk = r => void r.rest(natHash)

const walkNonce: Walk = r => {
  const length = r.left
  r.rest(f.nonce)
  if (r.checking && (length < 8 || length > 256))
    r.noteField('error', `A nonce has 8 to 256 bytes (RFC 2409 §5), not ${length}`)
}

/** What is inside each type of payload. Types that are not here are bytes. */
export const ikev1Payloads: ReadonlyMap<number, Walk> = new Map<number, Walk>([
  [1, walkSa],
  [4, r => void r.rest(f.keyExchange)],
  [5, walkIdentity],
  [6, walkCertificate],
  [7, walkCertificateRequest],
  [8, r => void r.rest(f.hash)],
  [9, r => void r.rest(f.signature)],
  [10, walkNonce],
  [11, walkNotification],
  [12, walkDelete],
  [13, walkVendorId],
  [14, walkConfig],
  [18, r => void r.u32(f.sequence)],
  [20, walkNatHash],
  [21, walkOriginalAddress],
  [130, walkNatHash],
  [131, walkOriginalAddress],
])

/** The glossary of all that the payloads hold. */
export const ikev1Fields: Readonly<Record<string, Field>> = glossary(
  f,
  saFields,
  identityFields,
  notifyFields,
  vendorIdFields,
  configFields,
)
