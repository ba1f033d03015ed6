import type { Reader } from '../src/dissect/reader.ts'
import { derAt, derFields, readContents, readGroup, readLeaf, readNumber, readTime, tags } from './der.ts'
import { readName } from './distinguished-name.ts'
import { readAlgorithm, readMoment, readSignature } from './x509.ts'
import { readExtension } from './x509-extensions.ts'
import { certificateFields } from './x509-fields.ts'
import { isTime, listFields } from './x509-list-fields.ts'

// CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signature BIT STRING }
// TBSCertList ::= SEQUENCE { version INTEGER OPTIONAL, signature AlgorithmIdentifier, issuer Name,
//   thisUpdate Time, nextUpdate Time OPTIONAL, revokedCertificates SEQUENCE OF SEQUENCE { userCertificate INTEGER,
//   revocationDate Time, crlEntryExtensions SEQUENCE OF Extension OPTIONAL } OPTIONAL, crlExtensions [0] OPTIONAL }

const f = listFields

const extensions0 = 0xa0

/** Reads a list of revoked certificates up to the limit, or the first one there; only where someone looks. */
export function walkRevocationList(r: Reader): void {
  if (r.sink === null) return void r.rest(derFields.unread)
  readGroup(r, f.list, tags.sequence, () => {
    readGroup(r, f.body, tags.sequence, readBody)
    readSignature(r)
  })
}

function readBody(r: Reader): void {
  if (r.peek() === tags.integer) readNumber(r, f.version, tags.integer)
  readAlgorithm(r, certificateFields.innerAlgorithm)
  readName(r, certificateFields.issuer)
  const from = momentAt(r)
  readMoment(r, f.thisUpdate)
  if (r.noting && r.frame.seconds < from)
    r.noteOn(f.thisUpdate, 'warning', 'The list is from a time after this was captured')
  if (isTime(r.peek())) {
    const until = momentAt(r)
    readMoment(r, f.nextUpdate)
    if (r.noting && r.frame.seconds > until)
      r.noteOn(f.nextUpdate, 'warning', 'The list was out of date when this was captured')
  }
  if (r.peek() === tags.sequence) readGroup(r, f.revoked, tags.sequence, readRevoked)
  if (r.left > 0)
    readGroup(r, f.extensionsValue, extensions0, () =>
      readContents(r, f.extensions, tags.sequence, readExtensions),
    )
}

function readRevoked(r: Reader): void {
  while (r.more())
    readGroup(r, f.entry, tags.sequence, () => {
      readLeaf(r, f.serial, tags.integer)
      readMoment(r, f.revocationDate)
      if (r.left > 0) readGroup(r, f.entryExtensions, tags.sequence, readExtensions)
    })
}

function readExtensions(r: Reader): void {
  while (r.more()) readExtension(r)
}

/** Seconds since 1970 of the time at the cursor; NaN: there is none. */
function momentAt(r: Reader): number {
  const value = derAt(r.bytes, r.pos, r.limit, r.stop)
  if (value === undefined || value.end > r.stop) return Number.NaN
  return Date.parse(readTime(r.bytes, value.start, value.end - value.start)) / 1000
}
