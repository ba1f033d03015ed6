import { field } from '../src/dissect/field.ts'
import { type Der, derAt, oidText, readOid, readTime, tags } from './der.ts'
import { nameField, nameText } from './distinguished-name.ts'

const signed = 'RFC 5280 §4.1.2'
/** The tag around a certificate's version, and around the hash of RSASSA-PSS. */
export const version0 = 0xa0

/** Where a certificate's subject lies: behind version, serial number, algorithm, issuer and validity. */
function subjectText(bytes: Uint8Array, start: number, length: number): string {
  const certificate = derAt(bytes, start, start + length)
  const body = certificate && derAt(bytes, certificate.start, certificate.end)
  if (body === undefined) return ''
  let at = body.start
  for (let passed = bytes[at] === version0 ? -1 : 0; passed < 4; passed++) {
    const value = derAt(bytes, at, body.end)
    if (value === undefined) return ''
    at = value.end
  }
  return nameText(bytes, at, body.end - at)
}

/** The identifier that an AlgorithmIdentifier in DER begins with. */
function identifierAt(bytes: Uint8Array, start: number, end: number): Der | undefined {
  const whole = derAt(bytes, start, end)
  const oid = whole && derAt(bytes, whole.start, whole.end)
  return oid?.tag === tags.objectIdentifier ? oid : undefined
}

const pss = '1.2.840.113549.1.1.10'

/** The algorithm that an AlgorithmIdentifier in DER names: `Ed25519 (1.3.101.112)`. Empty where there is none. */
export function algorithmText(bytes: Uint8Array, start: number, length: number): string {
  const oid = identifierAt(bytes, start, start + length)
  if (oid === undefined) return ''
  const name = readOid(bytes, oid.start, oid.end - oid.start)
  return oidText(bytes, oid.start, oid.end) === pss
    ? `${name} and ${hashOfPss(bytes, oid.end, start + length)}`
    : name
}

/** RSASSA-PSS has its hash in its parameters: SEQUENCE { [0] AlgorithmIdentifier, … }; without, it is SHA-1 (RFC 4055 §3.1). */
function hashOfPss(bytes: Uint8Array, start: number, end: number): string {
  const parameters = derAt(bytes, start, end)
  const hash = parameters && derAt(bytes, parameters.start, parameters.end)
  const oid = hash?.tag === version0 ? identifierAt(bytes, hash.start, hash.end) : undefined
  return oid === undefined ? 'SHA-1' : readOid(bytes, oid.start, oid.end - oid.start)
}

const algorithm = (name: string, label: string, explain: string, section: string) =>
  field(name, label, { type: 'group', explain, section, read: algorithmText })
export const time = (name: string, label: string, explain: string) =>
  field(name, label, {
    type: 'group',
    explain,
    section: 'RFC 5280 §4.1.2.5',
    read: (bytes, start, length) => readTime(bytes, start + 2, length - 2),
  })
export const group = (name: string, label: string, explain: string, section: string) =>
  field(name, label, { type: 'group', explain, section })
const bytesOf = (name: string, label: string, explain: string, section: string) =>
  field(name, label, { type: 'bytes', explain, section })
const moment = (name: string, label: string, explain: string) =>
  field(name, label, {
    type: 'bytes',
    explain,
    section: 'RFC 5280 §4.1.2.5',
    read: readTime,
  })

/** The glossary of certificates and keys. */
export const certificateFields = {
  certificate: field('x509af.Certificate', 'X.509 certificate', {
    type: 'group',
    explain:
      'Says that a public key belongs to a name. An authority has signed it, and whoever trusts the authority believes it.',
    section: 'RFC 5280 §4.1',
    read: subjectText,
  }),
  body: group(
    'x509af.signedCertificate_element',
    'To be signed',
    'Everything that the issuer signed: a bit changed in here, and the signature behind it no longer fits.',
    'RFC 5280 §4.1.1.1',
  ),
  versionValue: group(
    'x509af.version_element',
    'Version value',
    'The version inside a tag of its own, for version 1 leaves it out.',
    `${signed}.1`,
  ),
  version: field('x509af.version', 'Version', {
    explain: 'Which form the certificate has; it counts from 0, so 2 stands for version 3.',
    section: `${signed}.1`,
    values: { 0: 'v1', 1: 'v2', 2: 'v3' },
    meanings: {
      0: 'Without extensions: it does not say whether its owner is an authority, so it should be none.',
      2: 'With extensions, as all certificates are today.',
    },
  }),
  serial: bytesOf(
    'x509af.serialNumber',
    'Serial number',
    'The issuer’s own number of this certificate. Lists of withdrawn ones name it.',
    `${signed}.2`,
  ),
  innerAlgorithm: algorithm(
    'x509af.signature_element',
    'Signature algorithm',
    'How it is signed, repeated inside the signature so that nobody can swap it.',
    `${signed}.3`,
  ),
  outerAlgorithm: algorithm(
    'x509af.algorithmIdentifier_element',
    'Signature algorithm',
    'How the signature behind it was made. MD5 and SHA-1 can be forged.',
    'RFC 5280 §4.1.1.2',
  ),
  keyAlgorithm: algorithm(
    'x509af.algorithm_element',
    'Key algorithm',
    'What sort of key this is, and on which curve it lies where it is on one.',
    `${signed}.7`,
  ),
  algorithmId: field('x509af.algorithm.id', 'Algorithm', {
    type: 'bytes',
    explain: 'The name of the algorithm, as a number from a worldwide tree.',
    section: 'RFC 5280 §4.1.1.2',
    read: readOid,
  }),
  curve: field('x509af.namedCurve', 'Curve', {
    type: 'bytes',
    explain: 'The elliptic curve on which the key is a point.',
    section: 'RFC 5480 §2.1.1',
    read: readOid,
  }),
  parameters: bytesOf(
    'x509af.parameters',
    'Parameters',
    'What the algorithm still needs to know, such as a hash; for RSA it is empty.',
    'RFC 5280 §4.1.1.2',
  ),
  issuer: nameField(
    'x509af.issuer',
    'Issuer',
    'Who signed the certificate. Where it is the subject itself, nobody else vouches for it.',
    `${signed}.4`,
  ),
  validity: group(
    'x509af.validity_element',
    'Validity',
    'The time during which the issuer vouches for it.',
    `${signed}.5`,
  ),
  notBefore: time(
    'x509af.notBefore',
    'Not before',
    'From when on the certificate counts. A device whose clock has stopped refuses it as too new.',
  ),
  notAfter: time(
    'x509af.notAfter',
    'Not after',
    'Until when the certificate counts. The most common reason for tunnels that fail overnight.',
  ),
  utcTime: moment(
    'x509af.utcTime',
    'UTC time',
    'A moment in digits, two of them for the year: from 50 on they mean 19.., below 20... For years up to 2049.',
  ),
  generalizedTime: moment(
    'x509af.generalizedTime',
    'Generalized time',
    'A moment in digits, four of them for the year, as it has to be from 2050 on.',
  ),
  subject: nameField(
    'x509af.subject',
    'Subject',
    'The name of the one who holds the private half of the key: a gateway, a user, an authority.',
    `${signed}.6`,
  ),
  keyInfo: group(
    'x509af.subjectPublicKeyInfo_element',
    'Public key',
    'The key that this is all about: with it the receiver checks the sender’s signature.',
    `${signed}.7`,
  ),
  keyBits: group(
    'x509af.subjectPublicKey_element',
    'Key bits',
    'The key as a string of bits, in the form of its algorithm.',
    `${signed}.7`,
  ),
  rsaKey: group(
    'pkcs1.RSAPublicKey',
    'RSA public key',
    'Two numbers: whoever could split the first into its primes would have the private key.',
    'RFC 8017 §A.1.1',
  ),
  modulus: bytesOf(
    'pkcs1.modulus',
    'Modulus',
    'The product of two secret primes. Below 2048 bits it is too short today.',
    'RFC 8017 §A.1.1',
  ),
  exponent: field('pkcs1.publicExponent', 'Public exponent', {
    explain: 'The power to which a signature is raised when it is checked; 65537 nearly always.',
    section: 'RFC 8017 §A.1.1',
  }),
  key: bytesOf(
    'x509af.subjectPublicKey',
    'Subject public key',
    'The key: on an elliptic curve the coordinates of a point, behind a byte that says how they are written.',
    `${signed}.7`,
  ),
  uniqueId: bytesOf(
    'x509af.uniqueIdentifier',
    'Unique identifier',
    'Kept names apart that were given to someone new. Standards advise against it since 1999, and nobody fills it in.',
    `${signed}.8`,
  ),
  extensionsValue: group(
    'x509af.extensions_element',
    'Extensions value',
    'The tag around the extensions, which only version 3 has.',
    `${signed}.9`,
  ),
  extensions: group(
    'x509af.extensions',
    'Extensions',
    'What else is said about the key: further names, what it may be used for, where to ask whether it still counts.',
    `${signed}.9`,
  ),
  signatureBits: group(
    'x509af.signature_bits',
    'Signature value',
    'The issuer’s signature, wrapped as a string of bits.',
    'RFC 5280 §4.1.1.3',
  ),
  signature: bytesOf(
    'x509af.encrypted',
    'Signature',
    'Made by the issuer with its private key over everything before the algorithm.',
    'RFC 5280 §4.1.1.3',
  ),
}
