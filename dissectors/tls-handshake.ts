import type { Reader } from '../src/dissect/reader.ts'
import { readName } from './distinguished-name.ts'
import { tlsHandshakeTypes } from './numbers/tls.ts'
import { vector, walkExtensions, walkSchemes } from './tls-extensions.ts'
import { recordFields } from './tls-fields.ts'
import { handshakeFields as f } from './tls-handshake-fields.ts'
import { walkX509 } from './x509.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Type      |                     Length                    |
// |   the message …

/** A message of the handshake is never longer: four times what real chains of certificates take. */
const longest = 1 << 17

/** Reads the messages of a handshake record up to the limit. */
export function walkHandshakes(r: Reader): void {
  while (r.more()) {
    const length = lengthAt(r, 0)
    if (length < 0 || 4 + length > r.left) {
      r.rest(recordFields.handshakePart)
      r.noteField('info', 'The message goes on in a later record; it is not put together')
      return
    }
    r.open(f.message, 4 + length)
    const type = r.u8(f.type)
    r.u24(f.length)
    if (r.left > 0) messages[type]?.(r)
    if (r.left > 0) r.rest(f.unread)
    r.close()
  }
}

/** The length of the message `ahead` bytes on; negative where its header is not there. */
const lengthAt = (r: Reader, ahead: number): number =>
  r.left < ahead + 4 ? -1 : (r.peek(ahead + 1) << 16) | (r.peek(ahead + 2) << 8) | r.peek(ahead + 3)

/**
 * True where a handshake record holds messages that can be read: known types whose lengths fit to the byte, or the
 * last of which goes on. What is encrypted passes once in some thousand times. `encrypted`: a change of keys came
 * before; then only a hello on its own is believed, which a client may send again.
 */
export function looksReadable(r: Reader, encrypted: boolean): boolean {
  if (encrypted) return r.peek() === 1 && lengthAt(r, 0) === r.left - 4
  let at = 0
  while (at + 4 <= r.left) {
    const type = r.peek(at)
    // The capture ends here.
    if (type < 0) return true
    const length = lengthAt(r, at)
    if (tlsHandshakeTypes[type] === undefined || length > longest) return false
    // Only these two have nothing inside; zeros in front of what is encrypted would pass for them.
    if ((length === 0) !== (type === 0 || type === 14)) return false
    at += 4 + length
  }
  return at > 0
}

/** The random by which a server hello asks the client to say hello again (RFC 8446 §4.1.3). */
const retryRandom = 'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c'
/** The end of a random that says that the server knew a newer version. */
const downgrade = '444f574e475244'

const hexAt = (from: Uint8Array, at: number, length: number): string =>
  Buffer.from(from.buffer, from.byteOffset + at, length).toString('hex')

/** True where the random at `at` makes a server hello a Hello Retry Request. */
export const isRetry = (from: Uint8Array, at: number): boolean =>
  from[at] === 0xcf && hexAt(from, at, 32) === retryRandom

function walkClientHello(r: Reader): void {
  r.u16(f.version)
  r.octets(f.random, 32)
  vector(r, r.u8(f.sessionIdLength), f.sessionId)
  const suites = r.u16(f.cipherSuitesLength)
  r.open(f.cipherSuites)
  r.claim(suites, f.cipherSuitesLength)
  while (r.more()) r.u16(f.cipherSuite)
  r.close()
  const compressions = r.u8(f.compressionsLength)
  r.open(f.compressions)
  r.claim(compressions, f.compressionsLength)
  while (r.more()) r.u8(f.compression)
  r.close()
  if (r.left > 0) walkExtensions(r, 'client')
}

function walkServerHello(r: Reader): void {
  const version = r.u16(f.version)
  const random = r.octets(f.random, 32)
  const retry = isRetry(r.bytes, random)
  if (retry)
    r.noteField('info', 'This random says that it is a Hello Retry Request: the client is to say hello again')
  else if (r.checking && version <= 0x303 && hexAt(r.bytes, random + 24, 7) === downgrade)
    r.noteField('info', 'This random ends with DOWNGRD: the server knows a newer version than it chose')
  vector(r, r.u8(f.sessionIdLength), f.sessionId)
  r.u16(f.cipherSuite)
  r.u8(f.compression)
  if (r.left > 0) walkExtensions(r, retry ? 'retry' : 'server')
}

/** Certificates as up to TLS 1.2; from 1.3 on they are encrypted. */
function walkCertificates(r: Reader): void {
  const length = r.u24(f.certificatesLength)
  r.open(f.certificates)
  r.claim(length, f.certificatesLength)
  while (r.more()) {
    const size = r.u24(f.certificateLength)
    r.open(f.certificate)
    r.claim(size, f.certificateLength)
    walkX509(r)
    r.close()
  }
  r.close()
}

/** Which key exchange it is, only the lengths tell here: the cipher suite is in another message. */
function walkServerKeyExchange(r: Reader): void {
  if (r.peek() === 3 && r.left > 4 && 4 + r.peek(3) <= r.left) {
    r.u8(f.curveType)
    r.u16(f.curve)
    vector(r, r.u8(f.serverPointLength), f.serverPoint)
  } else if (isDiffieHellman(r)) {
    vector(r, r.u16(f.pLength), f.p)
    vector(r, r.u16(f.gLength), f.g)
    vector(r, r.u16(f.ysLength), f.ys)
  } else return
  // Before TLS 1.2 no algorithm stood in front of the length.
  if (r.left > 4 && wordAt(r, 2) === r.left - 4) walkSignature(r)
  else if (r.left > 2 && wordAt(r, 0) === r.left - 2) vector(r, r.u16(f.signatureLength), f.signature)
}

const wordAt = (r: Reader, ahead: number): number => (r.peek(ahead) << 8) | r.peek(ahead + 1)

function isDiffieHellman(r: Reader): boolean {
  let at = 0
  for (let i = 0; i < 3; i++) {
    const length = r.left >= at + 2 ? wordAt(r, at) : 0
    if (length <= 0) return false
    at += 2 + length
  }
  return at <= r.left
}

function walkSignature(r: Reader): void {
  r.u16(f.signatureScheme)
  vector(r, r.u16(f.signatureLength), f.signature)
}

function walkCertificateVerify(r: Reader): void {
  if (wordAt(r, 2) === r.left - 4) walkSignature(r)
  else if (wordAt(r, 0) === r.left - 2) vector(r, r.u16(f.signatureLength), f.signature)
}

function walkClientKeyExchange(r: Reader): void {
  if (r.peek() === r.left - 1) vector(r, r.u8(f.clientPointLength), f.clientPoint)
  else if (wordAt(r, 0) === r.left - 2) vector(r, r.u16(f.ycLength), f.yc)
}

function walkCertificateRequest(r: Reader): void {
  const count = r.u8(f.certificateTypesCount)
  r.open(f.certificateTypes)
  r.claim(count, f.certificateTypesCount)
  while (r.more()) r.u8(f.certificateType)
  r.close()
  // Before TLS 1.2 there was no list of algorithms.
  if (wordAt(r, 0) !== r.left - 2) walkSchemes(r)
  const length = r.u16(f.namesLength)
  if (length === 0) return
  r.open(f.names)
  r.claim(length, f.namesLength)
  while (r.more()) walkAuthority(r)
  r.close()
}

function walkAuthority(r: Reader): void {
  const length = r.u16(f.nameLength)
  if (r.sink === null) return void r.octets(f.unread, length)
  // A name that is no name becomes unread bytes in the group around it.
  r.open(f.nameEntry, length)
  readName(r, f.name)
  r.close()
}

function walkTicket(r: Reader): void {
  r.u32(f.ticketLifetime)
  vector(r, r.u16(f.ticketLength), f.ticket)
}

function walkStatus(r: Reader): void {
  if (r.u8(f.statusType) !== 1) return
  vector(r, r.u24(f.ocspLength), f.ocsp)
}

const messages: Readonly<Record<number, (r: Reader) => void>> = {
  1: walkClientHello,
  2: walkServerHello,
  4: walkTicket,
  11: walkCertificates,
  12: walkServerKeyExchange,
  13: walkCertificateRequest,
  15: walkCertificateVerify,
  16: walkClientKeyExchange,
  20: r => r.rest(f.verifyData),
  22: walkStatus,
}
