import { field } from '../src/dissect/field.ts'
import { derAt, tags } from './der.ts'
import { nameText } from './distinguished-name.ts'
import { group, time } from './x509-fields.ts'

const section = 'RFC 5280 §5.1'

/** `3 certificates`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Values behind each other between `at` and `end`. */
export function countValues(bytes: Uint8Array, at: number, end: number): number {
  let count = 0
  for (let value = derAt(bytes, at, end); value !== undefined; value = derAt(bytes, value.end, end)) count++
  return count
}

/** `CN=Example CA,C=CH, 3 certificates revoked`: behind version and algorithm comes the issuer, behind two times the list. */
function listText(bytes: Uint8Array, start: number, length: number): string {
  const list = derAt(bytes, start, start + length)
  const body = list && derAt(bytes, list.start, list.end)
  let value = body && derAt(bytes, body.start, body.end)
  if (body === undefined || value === undefined) return ''
  if (value.tag === tags.integer) value = derAt(bytes, value.end, body.end)
  const issuer = value && derAt(bytes, value.end, body.end)
  if (value === undefined || issuer === undefined) return ''
  let last = derAt(bytes, issuer.end, body.end)
  while (last !== undefined && isTime(last.tag)) last = derAt(bytes, last.end, body.end)
  const revoked = last?.tag === tags.sequence ? countValues(bytes, last.start, last.end) : 0
  const name = nameText(bytes, value.end, issuer.end - value.end)
  return `${name}, ${counted(revoked, 'certificate')} revoked`
}

/** UTCTime or GeneralizedTime. */
export const isTime = (tag: number): boolean => tag === tags.utcTime || tag === 0x18

/** The glossary of lists of revoked certificates. */
export const listFields = {
  list: field('x509af.CertificateList_element', 'Certificate revocation list', {
    type: 'group',
    explain:
      'Names the certificates that an authority has withdrawn before their time. Who comes with one of them is turned away.',
    section,
    read: listText,
  }),
  body: group(
    'x509af.signedCertificateList_element',
    'To be signed',
    'Everything that the authority signed: no entry can be taken out or put in afterwards.',
    'RFC 5280 §5.1.1.1',
  ),
  version: field('x509af.version', 'Version', {
    explain: 'Version 2 is the one with extensions. A list without it has none.',
    section: 'RFC 5280 §5.1.2.1',
    values: { 0: 'v1', 1: 'v2' },
  }),
  thisUpdate: time(
    'x509af.thisUpdate',
    'This update',
    'When the list was made. An attacker may hold back a newer one, so its age matters.',
  ),
  nextUpdate: time(
    'x509af.nextUpdate',
    'Next update',
    'When the next list comes at the latest. From then on this one proves nothing.',
  ),
  revoked: field('x509af.revokedCertificates', 'Revoked certificates', {
    type: 'group',
    explain: 'The certificates that no longer count. Those that have expired need not be here.',
    section: 'RFC 5280 §5.1.2.6',
    read: (bytes, start, length) => {
      const list = derAt(bytes, start, start + length)
      return list === undefined ? '' : counted(countValues(bytes, list.start, list.end), 'certificate')
    },
  }),
  entry: group(
    'x509af.revokedCertificates_item_element',
    'Revoked certificate',
    'The entry of one certificate that no longer counts.',
    'RFC 5280 §5.1.2.6',
  ),
  serial: field('x509af.userCertificate', 'Serial number', {
    type: 'bytes',
    explain: 'Which certificate is meant, by the number that the authority gave it.',
    section: 'RFC 5280 §5.1.2.6',
  }),
  revocationDate: time(
    'x509af.revocationDate',
    'Revocation date',
    'Since when the certificate no longer counts; signatures made before may still stand.',
  ),
  entryExtensions: group(
    'x509af.crlEntryExtensions',
    'Entry extensions',
    'What else is said about the withdrawn certificate, such as the reason.',
    'RFC 5280 §5.3',
  ),
  extensionsValue: group(
    'x509af.crlExtensions_element',
    'Extensions value',
    'The tag around the list’s extensions, which only version 2 has.',
    'RFC 5280 §5.2',
  ),
  extensions: group(
    'x509af.crlExtensions',
    'Extensions',
    'What else is said about the list: its number, and which key signed it.',
    'RFC 5280 §5.2',
  ),
}
