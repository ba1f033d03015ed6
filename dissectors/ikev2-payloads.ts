import { type Field, glossary } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { authFields, walkAuth } from './ikev2-auth.ts'
import { configFields, walkConfig } from './ikev2-config.ts'
import { deleteFields, walkDelete } from './ikev2-delete.ts'
import { eapFields, walkEap } from './ikev2-eap.ts'
import { identityFields, walkCertificate, walkCertificateRequest, walkIdentity } from './ikev2-identity.ts'
import { keyExchangeFields, walkKeyExchange, walkNonce } from './ikev2-key-exchange.ts'
import { walkNotify } from './ikev2-notify.ts'
import { notifyFields } from './ikev2-notify-fields.ts'
import { rohcFields } from './ikev2-rohc.ts'
import { saFields, walkSa } from './ikev2-sa.ts'
import { selectorFields, walkSelectors } from './ikev2-selectors.ts'
import { walkVendorId } from './vendor-id.ts'

/** Reads the contents of one IKEv2 payload, behind its header of four bytes, up to the end that the header claims. */
type Walk = (r: Reader) => void

/** What is inside each type of payload. Types that are not here are bytes. */
export const ikev2Payloads = new Map<number, Walk>([
  [33, walkSa],
  [34, walkKeyExchange],
  [35, walkIdentity],
  [36, walkIdentity],
  [37, walkCertificate],
  [38, walkCertificateRequest],
  [39, walkAuth],
  [40, walkNonce],
  [41, walkNotify],
  [42, walkDelete],
  [43, walkVendorId],
  [44, walkSelectors],
  [45, walkSelectors],
  [47, walkConfig],
  [48, walkEap],
  [50, walkIdentity],
])

/** The glossary of all that the payloads hold. */
export const ikev2Fields: Readonly<Record<string, Field>> = glossary(
  saFields,
  keyExchangeFields,
  notifyFields,
  rohcFields,
  identityFields,
  authFields,
  deleteFields,
  selectorFields,
  configFields,
  eapFields,
)
