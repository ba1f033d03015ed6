import type { ByteRanges } from '../src/dissect/number-space.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { lineLength } from './text-lines.ts'

/** The bytes of a text, in lower case where `stands` is to find it in any. */
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))
const version = bytesOf('HTTP/1.')
const contentLength = bytesOf('content-length:')
const transferEncoding = bytesOf('transfer-encoding:')
const [lineFeed, carriageReturn, blank, zero] = [0x0a, 0x0d, 0x20, 0x30]

/** Longer heads are not waited for: servers refuse them long before. */
export const longestHead = 32768

/** RFC 9110 §9.1 sets no limit; the longest in use has 20 characters. */
const longestMethod = 32

/**
 * How much of a connection at the cursor makes one layer: a message with all of its body that is here, or what is here of a
 * body that began before; 0 where the end of the head is not here. A body is not put together: it may be endless.
 */
export function httpMessageLength(r: Reader): number {
  const answers = stands(r, 0, version)
  const begins = answers === 'no' ? beginsRequest(r) : answers
  if (begins === 'no') return r.left
  const head = begins === 'yes' ? headLength(r) : 0
  if (head === 0) return r.peek(longestHead) < 0 ? 0 : r.left
  if (valueAt(r, head, transferEncoding) > 0) return r.left
  const length = valueAt(r, head, contentLength)
  if (length > 0) return Math.min(r.left, head + numberAt(r, length))
  return answers === 'yes' ? r.left : head
}

/** Letters and marks of methods, and the h of a version. */
export const httpBegins: ByteRanges = [
  [0x2d, 0x2d],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x68, 0x68],
]

/** True where the first line of a request stands, or that of an answer begins. */
export function looksLikeHttp(r: Reader): boolean {
  return stands(r, 0, version) === 'yes' || beginsRequest(r) === 'yes'
}

/** What a test says; `cut`: so far as the bytes go, yes. */
type Answer = 'yes' | 'no' | 'cut'

/** Whether these bytes stand `ahead` bytes on, in any case of letters; they are in lower case, or have to be as they are. */
export function stands(r: Reader, ahead: number, bytes: Uint8Array): Answer {
  for (let i = 0; i < bytes.length; i++) {
    const byte = r.peek(ahead + i)
    if (byte < 0) return 'cut'
    if (byte !== bytes[i] && (byte < 0x41 || byte > 0x5a || byte + 0x20 !== bytes[i])) return 'no'
  }
  return 'yes'
}

/** Whether the line at the cursor is the first one of a request. */
function beginsRequest(r: Reader): Answer {
  let at = 0
  while (at < longestMethod && isMethodByte(r.peek(at))) at++
  const behind = r.peek(at)
  if (at === 0 || (behind >= 0 && behind !== blank)) return 'no'
  const line = lineLength(r)
  if (line === 0) return 'cut'
  const end = r.peek(line - 2) === carriageReturn ? line - 2 : line - 1
  return stands(r, end - version.length - 1, version)
}

/** Capital letters, `-` and `_`. */
const isMethodByte = (byte: number): boolean =>
  (byte >= 0x41 && byte <= 0x5a) || byte === 0x2d || byte === 0x5f

/** Bytes of the lines up to the empty one, which counts; 0 where that is not here. */
export function headLength(r: Reader): number {
  let at = 0
  while (at < longestHead) {
    const end = r.peek(at) === carriageReturn ? at + 1 : at
    if (r.peek(end) === lineFeed) return end + 1
    while (r.peek(at) !== lineFeed) if (r.peek(at++) < 0) return 0
    at++
  }
  return 0
}

/** Where in the head the header has its value; 0 where it has none of this name. */
export function valueAt(r: Reader, head: number, name: Uint8Array): number {
  for (let at = 0; at < head; at++)
    if (r.peek(at) === lineFeed && stands(r, at + 1, name) === 'yes') return at + 1 + name.length
  return 0
}

/** The number behind blanks `ahead` bytes on; 0 where none is. */
export function numberAt(r: Reader, ahead: number): number {
  let at = ahead
  while (r.peek(at) === blank) at++
  let value = 0
  for (; r.peek(at) >= zero && r.peek(at) <= zero + 9 && value < 1e12; at++)
    value = value * 10 + r.peek(at) - zero
  return value
}
