import { field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { type Der, derAt, derFields, readGroup, readIdentifier, readNumber, readOid, tags } from './der.ts'
import { readAlgorithm, walkX509 } from './x509.ts'
import { group } from './x509-fields.ts'
import { walkRevocationList } from './x509-list.ts'
import { counted, countValues } from './x509-list-fields.ts'

// ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] SignedData }
// SignedData ::= SEQUENCE { version INTEGER, digestAlgorithms SET OF AlgorithmIdentifier, contentInfo SEQUENCE,
//   certificates [0] IMPLICIT SET OF Certificate, crls [1] IMPLICIT SET OF CertificateList, signerInfos SET }

const content0 = 0xa0
const certificates0 = 0xa0
const lists1 = 0xa1

const bundle = 'RFC 2315 §9.1'

/** The content of SignedData, where its certificates and lists are. */
function signedData(bytes: Uint8Array, start: number, length: number): Der | undefined {
  const info = derAt(bytes, start, start + length)
  const type = info && derAt(bytes, info.start, info.end)
  const content = info && type && derAt(bytes, type.end, info.end)
  return content && derAt(bytes, content.start, content.end)
}

/** `2 certificates, 1 revocation list`. */
function contentText(bytes: Uint8Array, start: number, length: number): string {
  const data = signedData(bytes, start, length)
  if (data === undefined) return ''
  let [certificates, lists] = [0, 0]
  for (
    let value = derAt(bytes, data.start, data.end);
    value !== undefined;
    value = derAt(bytes, value.end, data.end)
  ) {
    if (value.tag === certificates0) certificates = countValues(bytes, value.start, value.end)
    if (value.tag === lists1) lists = countValues(bytes, value.start, value.end)
  }
  return `${counted(certificates, 'certificate')}, ${counted(lists, 'revocation list')}`
}

const f = {
  info: field('cms.ContentInfo_element', 'PKCS #7 content', {
    type: 'group',
    explain:
      'An envelope for signed data. Here nothing is signed: it only holds certificates, and lists of revoked ones, together.',
    section: 'RFC 2315 §7',
    read: contentText,
  }),
  contentType: field('cms.contentInfo.contentType', 'Content type', {
    type: 'bytes',
    explain: 'Says that the envelope is one for signed data, as a number from a worldwide tree.',
    section: 'RFC 2315 §7',
    read: readOid,
  }),
  content: group(
    'cms.content_element',
    'Content',
    'The tag around the signed data, whose form the content type decides.',
    'RFC 2315 §7',
  ),
  signedData: group(
    'cms.SignedData_element',
    'Signed data',
    'What was signed, by whom, and the certificates that help to check it.',
    bundle,
  ),
  version: field('cms.version', 'Version', {
    explain: 'Version of the form of what follows; 1 where only certificates are here.',
    section: bundle,
  }),
  digests: group(
    'cms.digestAlgorithms',
    'Digest algorithms',
    'The hashes that signatures are made of; none where nothing is signed.',
    bundle,
  ),
  digest: group(
    'cms.DigestAlgorithmIdentifier_element',
    'Digest algorithm',
    'One hash that a signature in the envelope is made with.',
    bundle,
  ),
  inner: group('cms.encapContentInfo_element', 'Content info', 'What is signed; here it is empty.', bundle),
  innerType: field('cms.eContentType', 'Content type', {
    type: 'bytes',
    explain: 'What sort of content would be signed, as a number from a worldwide tree.',
    section: bundle,
    read: readOid,
  }),
  certificates: group(
    'cms.certificates',
    'Certificates',
    'The sender’s certificate and those of the authorities above it, in any order.',
    bundle,
  ),
  lists: group(
    'cms.crls',
    'Revocation lists',
    'Lists of certificates that no longer count, brought along with the chain.',
    bundle,
  ),
  signers: group(
    'cms.signerInfos',
    'Signer infos',
    'Signatures over the content. An envelope that only carries certificates has none.',
    bundle,
  ),
}

/** The glossary of PKCS #7 envelopes. */
export const pkcs7Fields = f

const signedDataId = '1.2.840.113549.1.7.2'

/** Reads a PKCS #7 envelope of certificates up to the limit; only where someone looks. */
export function walkPkcs7(r: Reader): void {
  if (r.sink === null) return void r.rest(derFields.unread)
  readGroup(r, f.info, tags.sequence, () => {
    const type = readIdentifier(r, f.contentType)
    if (r.left === 0) return
    readGroup(r, f.content, content0, () => {
      if (type === signedDataId) readGroup(r, f.signedData, tags.sequence, readSignedData)
      else r.rest(derFields.other)
    })
  })
}

function readSignedData(r: Reader): void {
  readNumber(r, f.version, tags.integer)
  readGroup(r, f.digests, tags.set, () => {
    while (r.more()) readAlgorithm(r, f.digest)
  })
  readGroup(r, f.inner, tags.sequence, () => {
    readIdentifier(r, f.innerType)
    if (r.left > 0) r.rest(derFields.other)
  })
  if (r.peek() === certificates0)
    readGroup(r, f.certificates, certificates0, () => {
      while (r.more()) walkX509(r)
    })
  if (r.peek() === lists1)
    readGroup(r, f.lists, lists1, () => {
      while (r.more()) walkRevocationList(r)
    })
  if (r.left > 0)
    readGroup(r, f.signers, tags.set, () => {
      if (r.left > 0) r.rest(derFields.other)
    })
}
