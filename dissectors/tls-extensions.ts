import type { Field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { extensionFields as f } from './tls-extension-fields.ts'
import { handshakeFields as h } from './tls-handshake-fields.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |             Type              |            Length             |
// |   Data …

/** Whose hello an extension stands in; several look different in each. */
export type Hello = 'client' | 'server' | 'retry'

/** Reads the extensions of a hello up to the limit, their length first. */
export function walkExtensions(r: Reader, hello: Hello): void {
  const length = r.u16(f.extensionsLength)
  if (r.checking && length !== r.left)
    r.noteField('error', `The extensions have ${length} bytes, the message leaves ${r.left}`)
  while (r.more()) {
    r.open(f.extension)
    const type = r.u16(f.type)
    const size = r.u16(f.length)
    r.claim(4 + size, f.length)
    if (r.left > 0) extensions[type]?.(r, hello)
    if (r.left > 0) r.rest(f.data)
    r.close()
  }
}

/** Reads a length and so many bytes, none where there are none. */
export function vector(r: Reader, length: number, contents: Field<'bytes' | 'text'>): void {
  if (length > 0) r.octets(contents, length)
}

function walkServerName(r: Reader): void {
  r.u16(f.nameListLength)
  while (r.more()) {
    r.u8(f.nameType)
    vector(r, r.u16(f.nameLength), f.name)
  }
}

function walkAlpn(r: Reader): void {
  const length = r.u16(f.alpnLength)
  r.open(f.alpnList)
  r.claim(length, f.alpnLength)
  while (r.more()) vector(r, r.u8(f.alpnNameLength), f.alpnName)
  r.close()
}

function walkGroups(r: Reader): void {
  const length = r.u16(f.groupsLength)
  r.open(f.groups)
  r.claim(length, f.groupsLength)
  while (r.more()) r.u16(f.group)
  r.close()
}

function walkPointFormats(r: Reader): void {
  const length = r.u8(f.pointFormatsLength)
  r.open(f.pointFormats)
  r.claim(length, f.pointFormatsLength)
  while (r.more()) r.u8(f.pointFormat)
  r.close()
}

/** Reads a list of signature algorithms, its length first. */
export function walkSchemes(r: Reader): void {
  const length = r.u16(h.schemesLength)
  r.open(h.schemes)
  r.claim(length, h.schemesLength)
  while (r.more()) r.u16(h.signatureScheme)
  r.close()
}

function walkKeyShare(r: Reader, hello: Hello): void {
  if (hello === 'retry') return void r.u16(f.selectedGroup)
  if (hello === 'client') r.u16(f.sharesLength)
  while (r.more()) walkShare(r)
}

function walkShare(r: Reader): void {
  r.open(f.share)
  r.u16(f.shareGroup)
  vector(r, r.u16(f.shareLength), f.shareKey)
  r.close()
}

function walkVersions(r: Reader, hello: Hello): void {
  if (hello !== 'client') return void r.u16(f.version)
  r.u8(f.versionsLength)
  while (r.more()) r.u16(f.version)
}

function walkPsk(r: Reader, hello: Hello): void {
  if (hello !== 'client') return void r.u16(f.selectedIdentity)
  const end = r.u16(f.identitiesLength)
  const left = r.left - end
  while (r.left > left && r.more()) {
    vector(r, r.u16(f.identityLength), f.identity)
    r.u32(f.ticketAge)
  }
  const length = r.u16(f.bindersLength)
  r.open(f.binders)
  r.claim(length, f.bindersLength)
  while (r.more()) vector(r, r.u8(f.binderLength), f.binder)
  r.close()
}

function walkPskModes(r: Reader): void {
  r.u8(f.pskModesLength)
  while (r.more()) r.u8(f.pskMode)
}

function walkCookie(r: Reader): void {
  vector(r, r.u16(f.cookieLength), f.cookie)
}

function walkRenegotiation(r: Reader): void {
  vector(r, r.u8(f.renegotiationLength), f.renegotiation)
}

function walkStatusRequest(r: Reader, hello: Hello): void {
  // A server that will send the status says so with nothing inside.
  if (hello !== 'client') return
  if (r.u8(h.statusType) !== 1) return
  vector(r, r.u16(f.responderIdsLength), f.responderIds)
  vector(r, r.u16(f.requestExtensionsLength), f.requestExtensions)
}

function walkCompressions(r: Reader): void {
  r.u8(f.compressionsLength)
  while (r.more()) r.u16(f.compression)
}

const extensions: Readonly<Record<number, (r: Reader, hello: Hello) => void>> = {
  0: walkServerName,
  1: r => r.u8(f.maxFragmentLength),
  5: walkStatusRequest,
  10: walkGroups,
  11: walkPointFormats,
  13: walkSchemes,
  16: walkAlpn,
  21: r => r.rest(f.padding),
  27: walkCompressions,
  28: r => r.u16(f.recordSizeLimit),
  35: r => r.rest(h.ticket),
  41: walkPsk,
  43: walkVersions,
  44: walkCookie,
  45: walkPskModes,
  50: walkSchemes,
  51: walkKeyShare,
  65281: walkRenegotiation,
}
