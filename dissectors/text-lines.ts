import type { Field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { type Parted, walkParted } from './text-parts.ts'

/** Longer lines are taken for something else. */
const longestLine = 16384

/** Bytes of the line at the cursor with its end; 0 where none is here. */
export function lineLength(r: Reader): number {
  for (let i = 0; i < longestLine; i++) {
    const byte = r.peek(i)
    if (byte < 0) return 0
    if (byte === 0x0a) return i + 1
  }
  return 0
}

/** The text of the next `length` bytes, without the end of a line. */
export const textOf = (r: Reader, length: number): string =>
  Buffer.from(r.bytes.buffer, r.bytes.byteOffset + r.pos, length)
    .toString('latin1')
    .replace(/\r?\n$/, '')

/** Reads a line without its end. */
export const readLine = (bytes: Uint8Array, start: number, length: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, length)
    .toString()
    .trimEnd()

/** Reads the value of a header from its line: all that follows the colon. */
export function headerValue(bytes: Uint8Array, start: number, length: number): string {
  const line = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString()
  return line.slice(line.indexOf(':') + 1).trim()
}

/**
 * Reads header lines up to the empty one behind them, each as the field of its name, which is in lower case in `known`.
 * For those who look: it makes strings.
 */
export function walkHeaders(
  r: Reader,
  known: ReadonlyMap<string, Field<'text'> | Parted>,
  other: Field<'text'>,
  end: Field<'bytes'>,
): void {
  while (r.more()) {
    const length = lineLength(r)
    const line = textOf(r, length)
    if (length === 0) r.rest(other)
    else if (line === '') {
      r.octets(end, length)
      return
    } else {
      const name = line.slice(0, Math.max(0, line.indexOf(':')))
      walkWord(r, known.get(name.trim().toLowerCase()) ?? other, line, length, end)
    }
  }
}

function walkWord(
  r: Reader,
  word: Field<'text'> | Parted,
  text: string,
  length: number,
  end: Field<'bytes'>,
): void {
  if ('field' in word) walkParted(r, word, text, length, end)
  else r.text(word, length)
}

/** Reads the words of a line as the given fields, the last of them up to its end, and the end. Blanks stay with the word before. */
export function walkWords(
  r: Reader,
  length: number,
  words: readonly (Field<'text'> | Parted)[],
  end: Field<'bytes'>,
): void {
  const line = textOf(r, length)
  let at = 0
  for (const [i, word] of words.entries()) {
    const blank = i + 1 < words.length ? line.indexOf(' ', at) : -1
    const stop = blank < 0 ? line.length : blank
    if (stop > at) walkWord(r, word, line.slice(at, stop), stop - at, end)
    at = stop
    if (blank < 0) break
    r.octets(end, 1)
    at++
  }
  r.octets(end, length - at)
}

/** Bytes of the text at the cursor with the zero that ends it; all that is left where no zero does. */
function zeroEndedLength(r: Reader): number {
  for (let i = 0; i < r.left; i++) if (r.peek(i) <= 0) return r.peek(i) < 0 ? r.left : i + 1
  return r.left
}

/** Reads a text and the zero that ends it. */
export function walkZeroEnded(r: Reader, f: Field<'text'>): void {
  const length = Math.max(1, zeroEndedLength(r))
  if (length > r.left || r.peek(length - 1) === 0) r.text(f, length)
  else if (r.noting) unended(r, f)
  else r.rest(f)
}

function unended(r: Reader, f: Field<'text'>): void {
  r.rest(f)
  r.noteField('warning', `No zero byte ends the ${f.label.toLowerCase()}`)
}

/** Shows a text without the zero that ends it. */
export const readZeroEnded = (bytes: Uint8Array, start: number, length: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + start, length)
    .toString()
    .replace(/\0.*$/s, '')
