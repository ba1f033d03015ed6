import type { Field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'

/** Reads the contents of one IKEv1 payload, behind its header of four bytes, up to the end that the header claims. */
type Walk = (r: Reader) => void

/** What is inside each type of payload. Types that are not here are bytes. */
export const ikev1Payloads = new Map<number, Walk>()

/** The glossary of all that the payloads hold. */
export const ikev1Fields: Readonly<Record<string, Field>> = {}
