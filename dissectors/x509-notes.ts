import type { KeyObject, X509Certificate } from 'node:crypto'
import type { Field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { nodeCrypto } from './node-modules.ts'

/** No honest certificate is longer, in bytes; what is longer is not given to OpenSSL. */
const longest = 16384
/** Shorter RSA keys are within reach of those who have much to spend (NIST SP 800-57 part 1 §5.6.1). */
const shortestRsa = 2048
/** Keys beyond this are not worked with: checking a signature would take too long. */
const longestRsa = 8192

/** Notes on a certificate that was just read whole as `field`: what it is in one line, and what is doubtful about it. */
export function noteCertificate(r: Reader, field: Field, bytes: Uint8Array): void {
  const certificate = bytes.length <= longest ? parsed(bytes) : undefined
  if (certificate === undefined) {
    r.noteOn(field, 'warning', 'OpenSSL does not take these bytes for a certificate')
    return
  }
  const key = keyOf(certificate)
  r.noteOn(
    field,
    'info',
    `${keyText(key)}, ${signer(certificate, key)}${certificate.ca ? ', may sign others' : ''}`,
  )
  r.noteOn(field, 'info', `SHA-256 fingerprint ${certificate.fingerprint256}`)
  if (certificate.subjectAltName) r.noteOn(field, 'info', `Also for ${certificate.subjectAltName}`)
  const bits = key?.asymmetricKeyDetails?.modulusLength
  if (bits !== undefined && bits < shortestRsa)
    r.noteOn(field, 'warning', `An RSA key of ${bits} bits is too short today`)
  noteTimes(r, field, certificate)
}

/** Whether the certificate counted when the packet was captured. */
function noteTimes(r: Reader, field: Field, { validFrom, validTo }: X509Certificate): void {
  const seconds = r.frame.seconds
  if (seconds < Date.parse(validFrom) / 1000)
    r.noteOn(field, 'warning', `Not valid yet when this was captured: it is from ${validFrom} on`)
  if (seconds > Date.parse(validTo) / 1000)
    r.noteOn(field, 'warning', `Expired when this was captured: it was valid until ${validTo}`)
}

// OpenSSL throws at what it does not understand, and there is no asking before: the one place where that is no bug of ours.

function parsed(bytes: Uint8Array): X509Certificate | undefined {
  try {
    return new (nodeCrypto().X509Certificate)(bytes)
  } catch {
    return undefined
  }
}

function keyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey
  } catch {
    return undefined
  }
}

function keyText(key: KeyObject | undefined): string {
  const { modulusLength, namedCurve } = key?.asymmetricKeyDetails ?? {}
  if (key === undefined) return 'A key of a kind that OpenSSL does not know'
  const type = key.asymmetricKeyType?.toUpperCase()
  if (modulusLength !== undefined) return `${type} key of ${modulusLength} bits`
  return namedCurve === undefined ? `${type} key` : `${type} key on ${namedCurve}`
}

/** Who signed: itself, which anyone can do, or the issuer. */
function signer(certificate: X509Certificate, key: KeyObject | undefined): string {
  if (certificate.subject !== certificate.issuer) return 'signed by the issuer'
  if (key === undefined || (key.asymmetricKeyDetails?.modulusLength ?? 0) > longestRsa)
    return 'the issuer is the subject itself'
  try {
    return certificate.verify(key)
      ? 'signed with its own key'
      : 'said to be signed with its own key, and it is not'
  } catch {
    return 'the issuer is the subject itself'
  }
}
