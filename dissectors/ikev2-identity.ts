import { field, hex } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { nameField, walkName } from './distinguished-name.ts'
import { certificateMeanings, identityMeanings2 } from './numbers/ike-meanings.ts'
import { certificateEncodings } from './numbers/ike-shared.ts'
import { identityTypes } from './numbers/ikev2.ts'
import { walkPkcs7 } from './pkcs7.ts'
import { walkPublicKey, walkRsaKey, walkX509 } from './x509.ts'
import { walkGeneralName } from './x509-extensions.ts'
import { walkRevocationList } from './x509-list.ts'

// Identification payloads:
//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |   ID Type     |                 RESERVED                      |
// ~                   Identification Data                         ~
//
// Certificates and requests for them:
// | Cert Encoding |
// ~            Certificate Data, or Certification Authority       ~

const identity = 'RFC 7296 §3.5'
const certificate = 'RFC 7296 §3.6'
const request = 'RFC 7296 §3.7'

export const identityFields = {
  type: field('isakmp.id.type', 'ID type', {
    explain: 'What sort of name this is. It is looked up in the receiver’s configuration exactly as it is.',
    section: identity,
    values: identityTypes,
    meanings: identityMeanings2,
  }),
  reserved: field('isakmp.reserved', 'Reserved', {
    explain: 'Free for later use: sent as 0, ignored by receivers.',
    section: identity,
    show: hex(6),
  }),
  ipv4: field('isakmp.id.data.ipv4_addr', 'IPv4 address', {
    type: 'ipv4',
    explain: 'The sender’s name is this address. It need not be the one that the packet comes from.',
    section: identity,
  }),
  ipv6: field('isakmp.id.data.ipv6_addr', 'IPv6 address', {
    type: 'ipv6',
    explain: 'The sender’s name is this address. It need not be the one that the packet comes from.',
    section: identity,
  }),
  fqdn: field('isakmp.id.data.fqdn', 'Domain name', {
    type: 'text',
    explain: 'The sender’s name, written like a domain name. Nobody asks DNS for it.',
    section: identity,
  }),
  mail: field('isakmp.id.data.user_fqdn', 'Mail address', {
    type: 'text',
    explain: 'The sender’s name, written like a mail address. No mail is sent to it.',
    section: identity,
  }),
  distinguishedName: nameField(
    'isakmp.id.data.der_asn1_dn',
    'Distinguished name',
    'The sender’s name as it is the subject of its certificate.',
    identity,
  ),
  keyId: field('isakmp.id.data.key_id', 'Key ID', {
    type: 'bytes',
    explain: 'Bytes that name the sender in a way that only the two sides know, such as the name of a group.',
    section: identity,
  }),
  other: field('isakmp.id.data.other', 'Identification data', {
    type: 'bytes',
    explain:
      'A name of a sort that is not taken apart here, such as one of the further names of a certificate.',
    section: identity,
  }),
  encoding: field('isakmp.cert.encoding', 'Certificate encoding', {
    explain: 'What the data is: a certificate, a list of revoked ones, or where to fetch one.',
    section: certificate,
    values: certificateEncodings,
    meanings: certificateMeanings,
  }),
  certificate: field('isakmp.cert.data', 'Certificate data', {
    type: 'bytes',
    explain: 'The certificate, or what the encoding says that it is. The receiver checks who signed it.',
    section: certificate,
  }),
  hash: field('isakmp.cert.x509.hash', 'Hash', {
    type: 'bytes',
    explain: 'SHA-1 of what is behind the URL, so that nobody can put something else there.',
    section: certificate,
  }),
  url: field('isakmp.cert.x509.url', 'URL', {
    type: 'text',
    explain: 'Where the receiver can fetch the certificate, which keeps the message short.',
    section: certificate,
  }),
  wanted: field('isakmp.certreq.type', 'Certificate encoding', {
    explain: 'In which form the sender would like the other side’s certificate, in case it has several.',
    section: request,
    values: certificateEncodings,
    meanings: certificateMeanings,
  }),
  authority: field('isakmp.ike.certreq.authority', 'Certification authority', {
    type: 'bytes',
    explain:
      'SHA-1 of the public key of an authority that the sender trusts. The receiver picks a certificate that one of them signed.',
    section: request,
  }),
  authorityData: field('isakmp.ike.certreq.authority', 'Certification authority', {
    type: 'bytes',
    explain: 'Whom the sender trusts, in a form that depends on the encoding.',
    section: request,
  }),
}

const f = identityFields

const idType = { ipv4: 1, fqdn: 2, mail: 3, ipv6: 5, distinguishedName: 9, generalName: 10, keyId: 11 }

/** Reads an Identification payload, of either side. */
export function walkIdentity(r: Reader): void {
  const type = r.u8(f.type)
  r.u24(f.reserved)
  if (type === idType.ipv4) r.ipv4(f.ipv4)
  else if (type === idType.ipv6) r.ipv6(f.ipv6)
  else if (type === idType.fqdn) r.rest(f.fqdn)
  else if (type === idType.mail) r.rest(f.mail)
  else if (type === idType.distinguishedName) walkName(r, f.distinguishedName)
  else if (type === idType.generalName) walkGeneralName(r)
  else if (type === idType.keyId) r.rest(f.keyId)
  else r.rest(f.other)
}

const hashAndUrl = 12
const hashAndUrlOfBundle = 13

/** What the data of a certificate is, by encoding; others are bytes. */
const encodings: Readonly<Record<number, (r: Reader) => void>> = {
  1: walkPkcs7,
  4: walkX509,
  7: walkRevocationList,
  11: walkRsaKey,
  12: walkHashAndUrl,
  13: walkHashAndUrl,
  15: walkPublicKey,
}

/** Reads a Certificate payload. */
export function walkCertificate(r: Reader): void {
  const encoding = r.u8(f.encoding)
  const walk = encodings[encoding]
  if (walk === undefined) r.rest(f.certificate)
  else walk(r)
}

function walkHashAndUrl(r: Reader): void {
  r.octets(f.hash, hashSize)
  r.rest(f.url)
}

const x509Signature = 4
const hashSize = 20

/** Reads a Certificate Request payload: hashes of keys where certificates are X.509. */
export function walkCertificateRequest(r: Reader): void {
  const encoding = r.u8(f.wanted)
  const hashes = encoding === x509Signature || encoding === hashAndUrl || encoding === hashAndUrlOfBundle
  if (!hashes || r.left % hashSize !== 0) r.rest(f.authorityData)
  else while (r.more()) r.octets(f.authority, hashSize)
}
