import type { Field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { frameFields, listFields } from './ssh-fields.ts'
import { messageFields as m } from './ssh-message-fields.ts'

/** Reads a message up to the limit. */
export function walkMessage(r: Reader): void {
  const code = r.u8(frameFields.messageCode)
  messages[code]?.(r)
  if (r.left > 0) r.rest(frameFields.payload)
}

/** A length of 4 bytes, and so many bytes. */
function vector(r: Reader, length: Field<'uint'>, contents: Field<'bytes' | 'text'>): void {
  r.octets(contents, r.u32(length))
}

/** The 4 bytes `ahead` bytes on as a number; meaningless where they are not there. */
const wordAt = (r: Reader, ahead: number): number =>
  ((r.peek(ahead) << 24) | (r.peek(ahead + 1) << 16) | (r.peek(ahead + 2) << 8) | r.peek(ahead + 3)) >>> 0

function walkKexInit(r: Reader): void {
  r.octets(m.cookie, 16)
  const start = r.pos
  for (let i = 0; i < listFields.length; i++) {
    const [length, list] = listFields[i]!
    vector(r, length, list)
    if (i === 0 && r.checking) noteStrict(r, start)
  }
  r.u8(m.firstFollows)
  r.u32(m.reserved)
}

function noteStrict(r: Reader, start: number): void {
  const names = Buffer.from(r.bytes.buffer, r.bytes.byteOffset + start, r.pos - start)
  if (!names.includes('kex-strict-'))
    r.noteField(
      'info',
      'Without strict key exchange: someone in between can cut off the first encrypted messages (Terrapin, CVE-2023-48795) with ChaCha20-Poly1305 or encrypt-then-MAC',
    )
}

/** Sizes of the client's half where it is a string: X25519, points on NIST curves, sntrup761 and ML-KEM-768 with X25519. */
const isKeySize = (size: number, first: number): boolean =>
  size === 32 ||
  size === 1190 ||
  size === 1216 ||
  ((size === 65 || size === 97 || size === 133) && first === 4)

/** 30 is what the method makes of it, which is agreed on in other packets: the size tells. */
function walkMethodInit(r: Reader): void {
  if (r.left === 4) r.u32(m.preferred)
  else if (isKeySize(wordAt(r, 0), r.peek(4))) vector(r, m.clientKeyLength, m.clientKey)
  else vector(r, m.integerLength, m.e)
}

/** 31 is a reply with a host key, or a group: a host key begins with the short name of its kind. */
function walkMethodReply(r: Reader): void {
  const name = wordAt(r, 4)
  if (name >= 4 && name <= 64 && name < wordAt(r, 0)) walkReply(r)
  else {
    vector(r, m.integerLength, m.p)
    vector(r, m.integerLength, m.g)
  }
}

/** Sizes of the server's half where it is a string; the hybrids answer with a ciphertext and a point. */
const isAnswerSize = (size: number, first: number): boolean =>
  isKeySize(size, first) || size === 1071 || size === 1120

function walkReply(r: Reader): void {
  r.open(m.hostKey)
  const length = r.u32(m.hostKeyLength)
  r.claim(4 + length, m.hostKeyLength)
  walkHostKey(r)
  r.close()
  if (isAnswerSize(wordAt(r, 0), r.peek(4))) vector(r, m.serverKeyLength, m.serverKey)
  else vector(r, m.integerLength, m.f)
  r.open(m.signature)
  const size = r.u32(m.signatureLength)
  r.claim(4 + size, m.signatureLength)
  vector(r, m.signatureTypeLength, m.signatureType)
  vector(r, m.signatureDataLength, m.signatureData)
  r.close()
}

function walkHostKey(r: Reader): void {
  const length = r.u32(m.hostKeyTypeLength)
  const at = r.octets(m.hostKeyType, length)
  // ssh-rsa, ssh-ed25519 and ssh-ed448, ecdsa-sha2-…: the fifth letter tells them apart; certificates have longer names.
  const kind = length > 25 ? 0 : r.bytes[at + 4]
  if (kind === 0x72) {
    vector(r, m.integerLength, m.rsaExponent)
    vector(r, m.integerLength, m.rsaModulus)
  } else if (kind === 0x65) vector(r, m.edLength, m.ed)
  else if (kind === 0x61) {
    vector(r, m.curveNameLength, m.curveName)
    vector(r, m.pointLength, m.point)
  } else if (r.left > 0) r.rest(m.keyData)
}

function walkGroupRequest(r: Reader): void {
  r.u32(m.least)
  r.u32(m.preferred)
  r.u32(m.most)
}

function walkDisconnect(r: Reader): void {
  r.u32(m.reason)
  vector(r, m.descriptionLength, m.description)
  // Some leave the language out.
  if (r.left > 0) vector(r, m.languageLength, m.language)
}

function walkDebug(r: Reader): void {
  r.u8(m.alwaysDisplay)
  vector(r, m.debugLength, m.debug)
  vector(r, m.languageLength, m.language)
}

const messages: Readonly<Record<number, (r: Reader) => void>> = {
  1: walkDisconnect,
  2: r => vector(r, m.ignoreLength, m.ignore),
  3: r => r.u32(m.unimplemented),
  4: walkDebug,
  20: walkKexInit,
  30: walkMethodInit,
  31: walkMethodReply,
  32: r => vector(r, m.integerLength, m.e),
  33: walkReply,
  34: walkGroupRequest,
}
