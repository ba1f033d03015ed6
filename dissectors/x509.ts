import { type Field, glossary } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import {
  anyTag,
  derFields,
  readContents,
  readGroup,
  readIdentifier,
  readLeaf,
  readNumber,
  tags,
} from './der.ts'
import { nameFields, readName } from './distinguished-name.ts'
import { extensionFields } from './x509-extension-fields.ts'
import { readExtension } from './x509-extensions.ts'
import { certificateFields, version0 } from './x509-fields.ts'
import { noteCertificate } from './x509-notes.ts'

// Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signature BIT STRING }
// TBSCertificate ::= SEQUENCE { version [0], serialNumber INTEGER, signature AlgorithmIdentifier, issuer Name,
//   validity SEQUENCE { notBefore, notAfter }, subject Name, subjectPublicKeyInfo,
//   issuerUniqueID [1], subjectUniqueID [2], extensions [3] SEQUENCE OF Extension }

const f = certificateFields

const issuerId = 0x81
const subjectId = 0x82
const extensions3 = 0xa3

/** The glossary of certificates and keys. */
export const x509Fields: Readonly<Record<string, Field>> = glossary(f, derFields, nameFields, extensionFields)

/** Reads a certificate up to the limit; only where someone looks, otherwise it is passed over. */
export function walkX509(r: Reader): void {
  if (r.sink === null) return void r.rest(derFields.unread)
  const start = r.pos
  const whole = r.whole
  if (!readGroup(r, f.certificate, tags.sequence, readCertificate) || !whole || !r.noting) return
  noteCertificate(r, f.certificate, r.bytes.subarray(start, r.pos))
}

function readCertificate(r: Reader): void {
  readGroup(r, f.body, tags.sequence, readBody)
  readSignature(r)
}

/** Reads what is behind everything that is signed: the algorithm and the signature. */
export function readSignature(r: Reader): void {
  readAlgorithm(r, f.outerAlgorithm)
  readGroup(r, f.signatureBits, tags.bitString, () => {
    r.u8(derFields.padding)
    r.rest(f.signature)
  })
}

function readBody(r: Reader): void {
  if (r.peek() === version0)
    readGroup(r, f.versionValue, version0, () => readNumber(r, f.version, tags.integer))
  readLeaf(r, f.serial, tags.integer)
  readAlgorithm(r, f.innerAlgorithm)
  readName(r, f.issuer)
  readGroup(r, f.validity, tags.sequence, () => {
    readMoment(r, f.notBefore)
    readMoment(r, f.notAfter)
  })
  readName(r, f.subject)
  readKey(r)
  for (const tag of [issuerId, subjectId]) if (r.peek() === tag) readLeaf(r, f.uniqueId, tag)
  if (r.left > 0) readGroup(r, f.extensionsValue, extensions3, readExtensions)
}

function readExtensions(r: Reader): void {
  readContents(r, f.extensions, tags.sequence, () => {
    while (r.more()) readExtension(r)
  })
}

/** Reads a moment as a group of one. */
export function readMoment(r: Reader, group: Field<'group'>): void {
  readGroup(r, group, anyTag, (_, tag) => {
    r.rest(tag === tags.utcTime ? f.utcTime : f.generalizedTime)
  })
}

/** Reads an AlgorithmIdentifier, and returns its identifier as text. */
export function readAlgorithm(r: Reader, group: Field<'group'>): string {
  let oid = ''
  readGroup(r, group, tags.sequence, () => {
    oid = readIdentifier(r, f.algorithmId)
    if (r.left === 0) return
    if (r.peek() === tags.objectIdentifier) readIdentifier(r, f.curve)
    else readLeaf(r, f.parameters, anyTag)
  })
  return oid
}

const rsa = '1.2.840.113549.1.1.1'

function readKey(r: Reader): void {
  readGroup(r, f.keyInfo, tags.sequence, () => {
    const oid = readAlgorithm(r, f.keyAlgorithm)
    if (r.left === 0) return
    readGroup(r, f.keyBits, tags.bitString, () => {
      r.u8(derFields.padding)
      if (oid === rsa) readRsaKey(r)
      else r.rest(f.key)
    })
  })
}

/** Reads the two numbers of an RSA key up to the limit. */
function readRsaKey(r: Reader): void {
  readGroup(r, f.rsaKey, tags.sequence, () => {
    readLeaf(r, f.modulus, tags.integer)
    readNumber(r, f.exponent, tags.integer)
  })
}

/** Reads an RSA key that comes without a certificate, up to the limit. */
export function walkRsaKey(r: Reader): void {
  if (r.sink === null) r.rest(derFields.unread)
  else readRsaKey(r)
}

/** Reads a public key that comes without a certificate, as a SubjectPublicKeyInfo, up to the limit. */
export function walkPublicKey(r: Reader): void {
  if (r.sink === null) r.rest(derFields.unread)
  else readKey(r)
}
