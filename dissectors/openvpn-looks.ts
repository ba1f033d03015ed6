import type { Reader } from '../src/dissect/reader.ts'
import { earlyNegotiation } from './openvpn-fields.ts'

/**
 * How a control packet is wrapped: bytes of its HMAC for tls-auth, or one of these. `undecided`: the capture ends in front of
 * what would tell.
 */
export const [plain, tlsCrypt, noForm, undecided] = [0, -1, -2, -3]

const [ack, resetClient, resetServer, resetClientV3] = [5, 7, 8, 10]

/** Bytes of the hashes that people choose for tls-auth: SHA-1 by default, then SHA-256, SHA-512, MD5, SHA-224, SHA-384. */
const hmacSizes = [20, 32, 64, 16, 28, 48]

/** Opcode, key ID and session ID. */
const headLength = 9

/** Acknowledgments in one message at most. */
const maxAcks = 8

/** Control messages of a session are few: higher numbers are no numbers of messages. */
const maxMessage = 0x10000

/** Bytes of tls-crypt in front of what it encrypts: packet ID, time, tag. */
const cryptLength = 4 + 4 + 32

/** What a test says; `cut`: the capture ends in the bytes that it needs. */
type Answer = 'yes' | 'no' | 'cut'

const number = (r: Reader, at: number): number => {
  if (r.peek(at + 3) < 0) return -1
  return r.peek(at) * 0x1000000 + ((r.peek(at + 1) << 16) | (r.peek(at + 2) << 8) | r.peek(at + 3))
}

/** Whether a packet ID from 1 on and a time between 2001 and 2038 stand here. */
function isReplayId(r: Reader, at: number): Answer {
  if (at + 8 > r.left) return 'no'
  const id = number(r, at)
  const time = number(r, at + 4)
  if (id < 0) return 'cut'
  const counts = (id > 0 && id < maxMessage) || (id >= earlyNegotiation && id < earlyNegotiation + maxMessage)
  if (!counts) return 'no'
  if (time < 0) return 'cut'
  return time >= 1_000_000_000 && time < 0x80000000 ? 'yes' : 'no'
}

/** Whether the number of a message stands here. */
function isMessageId(r: Reader, at: number): Answer {
  if (at + 4 > r.left) return 'no'
  const id = number(r, at)
  if (id < 0) return 'cut'
  return id < maxMessage ? 'yes' : 'no'
}

/** Whether acknowledgments and the number of the message stand here, and fill an acknowledgment to its last byte. */
function areAcks(r: Reader, at: number, opcode: number): Answer {
  if (at >= r.left) return 'no'
  const count = r.peek(at)
  if (count < 0) return 'cut'
  if (count > maxAcks) return 'no'
  const end = at + 1 + count * 4 + (count > 0 ? 8 : 0)
  if (opcode === ack && (count === 0 || r.left !== end)) return 'no'
  for (let i = 0; i < count; i++) {
    const acked = isMessageId(r, at + 1 + i * 4)
    if (acked !== 'yes') return acked
  }
  return opcode === ack ? 'yes' : isMessageId(r, end)
}

/** Whether packet ID and time stand here, as behind an HMAC, and then acknowledgments. */
function isAuth(r: Reader, at: number, opcode: number): Answer {
  const replay = isReplayId(r, at)
  return replay === 'yes' ? areAcks(r, at + 8, opcode) : replay
}

/**
 * How the control packet at the cursor is wrapped. Nothing in it says so: the form is the first one that fits. First tls-crypt,
 * whose packet ID and time stand where a plain packet has zeros; then none; then tls-auth with each size of HMAC. A form behind
 * one that the capture cuts off is not tried: the whole packet might be of the other.
 */
export const formOf = (r: Reader, opcode: number): number => formAt(r, 0, opcode)

function formAt(r: Reader, at: number, opcode: number): number {
  const head = at + headLength
  const crypts = r.left > head + cryptLength ? isReplayId(r, head) : 'no'
  if (crypts !== 'no') return crypts === 'yes' ? tlsCrypt : undecided
  const isPlain = areAcks(r, head, opcode)
  if (isPlain !== 'no') return isPlain === 'yes' ? plain : undecided
  for (let i = 0; i < hmacSizes.length; i++) {
    const auth = isAuth(r, head + hmacSizes[i]!, opcode)
    if (auth !== 'no') return auth === 'yes' ? hmacSizes[i]! : undecided
  }
  return noForm
}

/** The least length of a reset, by its form: those of the client acknowledge nothing, the server’s one message. */
function isReset(r: Reader, at: number, opcode: number): boolean {
  const body = opcode === resetServer ? 17 : 5
  const form = formAt(r, at, opcode)
  if (form === noForm || form === undecided) return false
  const left = r.left - at
  if (form === tlsCrypt) {
    const least = headLength + cryptLength + body
    return opcode === resetClient ? left === least : left >= least
  }
  return left === headLength + (form > 0 ? form + 8 : 0) + body && number(r, r.left - 4) === 0
}

/**
 * True for the first message of a client or a server, `at` bytes on and to the end: opcode, key 0, a session ID, and to the
 * byte the length that resets have, with message number 0 or with packet ID and time in their places.
 */
export function looksLikeReset(r: Reader, at: number): boolean {
  const opcode = r.peek(at) >> 3
  const isKnown = opcode === resetClient || opcode === resetServer || opcode === resetClientV3
  if (!isKnown || (r.peek(at) & 7) !== 0) return false
  return r.whole && number(r, at + 1) > 0 && isReset(r, at, opcode)
}

/** True between two that were seen to begin: data long enough for its tag, or a control packet that has a form. */
export function looksLikeOpenvpn(r: Reader): boolean {
  const opcode = r.peek() >> 3
  if (opcode === 6 || opcode === 9) return r.left >= 20
  return opcode > 0 && opcode <= 11 && formOf(r, opcode) !== noForm
}
