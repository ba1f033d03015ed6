import { escapeControls } from '../byte-writer.ts'
import { emptyFrame, type Frame } from '../frame.ts'
import { CaptureError } from './errors.ts'
import { type HexLine, readHexLine } from './hex-line.ts'
import { guessLinkType, promisedLength } from './link-type-guess.ts'

/** Seconds since 1970-01-01 UTC, and the rest in units of 10^-digits seconds. */
export type DumpTime = { readonly seconds: number; readonly fraction: number; readonly digits: number }

export type DumpedFrame = {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Of the tcpdump line before the dump, read as UTC; a time without a date is one of 1970-01-01. */
  readonly time?: DumpTime
}

export type HexDump = { readonly frames: readonly DumpedFrame[] }

/** Most bytes of one frame, as in capture files. */
const longestFrame = 1 << 18
/** Most bytes that `*` may stand for in all, so that a short text cannot fill the memory. */
const mostRepeated = 1 << 26

/**
 * Reads packets out of text with hex dumps in it: those of tcpdump (-x, -X, -xx, -XX; OpenBSD's with and without its
 * margin), hexdump (plain, -C), od -A x, xxd and Wireshark, several of them if need be, with any text around. A frame begins
 * where the offset returns to 0. Left out is what is no frame of its own: the buffers that Wireshark prints below a frame
 * (`Reassembled IPv4 (1500 bytes):`) and the options that tcpdump -v dumps above it.
 *
 * Throws a CaptureError that begins with `name` and the line: no dump at all, an offset that does not follow, digits that
 * are no bytes, a frame of more than 256 KiB.
 */
export const readHexDump = (text: string, name = 'hex dump'): HexDump => {
  const reader = new HexDumpReader(name)
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    reader.line(text.slice(start, end))
    start = end + 1
  }
  return { frames: reader.finish() }
}

/** The frames of a text as a capture; without `linkType` each frame's is guessed. Errors: as `readHexDump`. */
export const hexDumpFrames = (text: string, name: string, linkType?: number): Frame[] =>
  readHexDump(text, name).frames.map(({ bytes, time }, index) => {
    const link = linkType ?? guessLinkType(bytes)
    return {
      ...emptyFrame(),
      seconds: Number.NaN,
      ...time,
      number: index + 1,
      capturedLength: bytes.length,
      wireLength: promisedLength(bytes, link),
      linkType: link,
      bytes,
    }
  })

type BytesLine = HexLine & { readonly kind: 'bytes' }

/** Most bytes of an option: longer ones would take long to search for. */
const longestOption = 2048

/** A frame read, which may turn out to be none. */
type Draft = DumpedFrame & { readonly margin: number; readonly flaw: string | undefined }

class HexDumpReader {
  readonly #name: string
  readonly #drafts: Draft[] = []
  readonly #buffer = new Uint8Array(longestFrame)
  #lineNumber = 0
  #previous: HexLine['kind'] = 'text'

  /** The frame being read, if one is open. */
  #open = false
  #length = 0
  #time: DumpTime | undefined
  #margin = 0
  /** Why it is none, unless it is an option that tcpdump -v dumps, where text may follow. */
  #flaw: string | undefined
  /** It is a buffer that Wireshark made. */
  #derived = false
  /** Its ASCII column follows a single blank. */
  #crowded = false
  /** The bytes of its last line, for `*`. */
  #row: readonly number[] = []
  #words = false
  #repeating = false
  /** Bytes that `*` stood for, in all frames. */
  #repeated = 0

  /** What the text since the last dump says about the next one. */
  #nextTime: DumpTime | undefined
  #nextDerived = false
  #nextRecord = true
  /** Index of the first draft of the packet that tcpdump is describing. */
  #record = 0
  /** That packet began with a time, so that it is one. */
  #timed = false

  constructor(name: string) {
    this.#name = name
  }

  line(raw: string): void {
    this.#lineNumber++
    const line = readHexLine(raw, this.#crowded)
    const inDump = this.#open && this.#previous !== 'text'
    this.#previous = line.kind
    if (line.kind === 'bytes' && !this.#isProse(line, inDump)) this.#bytes(line, inDump)
    else if (line.kind === 'repeat' && inDump) this.#repeating = true
    else if (line.kind === 'end' && inDump) this.#end(line.offset)
    else this.#text(raw)
  }

  finish(): DumpedFrame[] {
    this.#close()
    const flawed = this.#drafts.find(draft => draft.flaw)
    if (flawed) throw new CaptureError(flawed.flaw)
    if (this.#drafts.length === 0) throw new CaptureError(`${this.#name}: ${noDump}`)
    return this.#drafts.map(({ bytes, time }) => (time ? { bytes, time } : { bytes }))
  }

  /** Words around a dump may look like the beginning of a line of it (`2020: a year`). */
  #isProse(line: BytesLine, inDump: boolean): boolean {
    return line.flaw !== undefined && !inDump && line.offset !== 0 && line.offset !== this.#length
  }

  #bytes(line: BytesLine, inDump: boolean): void {
    const expected = this.#open && !this.#nextTime ? this.#length : 0
    const offset = line.offset ?? (inDump ? expected : 0)
    if (offset === 0) this.#begin(line.margin)
    else if (this.#repeating) this.#repeat(offset)
    else if (offset !== expected && !this.#flaw) this.#fail(jump(offset, expected))
    if (line.flaw) this.#flaw ??= this.#at(`${escapeControls(line.flaw)}; copy the dump again`)
    this.#append(line.bytes)
    this.#row = line.bytes
    this.#words = line.words
    this.#crowded ||= line.crowded
  }

  #begin(margin: number): void {
    this.#close()
    if (this.#nextRecord) {
      this.#record = this.#drafts.length
      this.#timed = this.#nextTime !== undefined
    }
    this.#open = true
    this.#time = this.#nextTime
    this.#margin = margin
    this.#derived = this.#nextDerived
    this.#crowded = false
    this.#nextTime = undefined
    this.#nextDerived = false
    this.#nextRecord = false
  }

  #append(bytes: readonly number[]): void {
    if (this.#length + bytes.length > longestFrame)
      this.#fail(`more than ${longestFrame} bytes in one packet`)
    this.#buffer.set(bytes, this.#length)
    this.#length += bytes.length
  }

  #repeat(offset: number): void {
    this.#repeating = false
    const missing = offset - this.#length
    if (missing < 0 || missing % this.#row.length !== 0) this.#fail(jump(offset, this.#length))
    if ((this.#repeated += missing) > mostRepeated)
      this.#fail(`"*" stands for more than ${mostRepeated} bytes`)
    while (this.#length < offset) this.#append(this.#row)
  }

  #end(offset: number): void {
    if (this.#repeating) this.#repeat(offset)
    else if (this.#words && offset === this.#length - 1) this.#length = offset
    else if (offset !== this.#length) this.#fail(jump(offset, this.#length))
    this.#close()
  }

  #text(line: string): void {
    this.#previous = 'text'
    const time = timeOf(line)
    if (time) this.#nextTime = time
    if (time || line.trim() === '') this.#nextRecord = true
    const buffer = /^\s*(\S.*) \(\d+ bytes\):\s*$/.exec(line)
    if (buffer) this.#nextDerived = buffer[1] !== 'Frame'
  }

  #close(): void {
    if (this.#repeating)
      this.#fail('the dump ends with "*", so its length is unknown; copy its last line too')
    if (this.#open && !this.#derived) this.#keep()
    this.#open = false
    this.#length = 0
    this.#flaw = undefined
  }

  #keep(): void {
    const bytes = this.#buffer.slice(0, this.#length)
    let time = this.#time
    while (this.#drafts.length > this.#record && this.#isOption(this.#drafts.at(-1)!, bytes)) {
      const option = this.#drafts.pop()
      time ??= option?.time
    }
    this.#drafts.push({ bytes, ...(time && { time }), margin: this.#margin, flaw: this.#flaw })
  }

  /** Whether tcpdump -v dumped an option of the packet `bytes`; some protocols do not indent theirs. */
  #isOption(before: Draft, bytes: Uint8Array): boolean {
    if (this.#margin < 0) return false
    if (before.margin !== this.#margin) return before.margin > this.#margin
    const part = Buffer.from(before.bytes.buffer)
    return (
      this.#timed &&
      part.length <= longestOption &&
      part.length < bytes.length &&
      Buffer.from(bytes.buffer).includes(part)
    )
  }

  #fail(what: string): never {
    throw new CaptureError(this.#at(what))
  }

  #at(what: string): string {
    return `${this.#name}:${this.#lineNumber}: ${what}`
  }
}

const noDump =
  'no hex dump in it; wanted are lines like "0000: 4500 0068 …", as tcpdump -x, hexdump -C or xxd print them'

const hex4 = (offset: number) => offset.toString(16).padStart(4, '0')

const jump = (offset: number, expected: number): string =>
  expected === 0
    ? `the dump begins at offset ${hex4(offset)}, not at 0000; its first lines are missing`
    : `offset ${hex4(offset)} where ${hex4(expected)} should follow; a line is missing, or the offsets are not hexadecimal (od: add -A x)`

/** tcpdump's `17:35:01.121296`, with -tttt the date before it; an editor or -# may have put a number in front. */
const clock =
  /^\s*(?:\d{1,9}\s+)?(?:(\d{4}-\d\d-\d\d)[ T])?([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)\.(\d{1,12})\b/
/** tcpdump -tt: `1579455301.121296`. */
const epoch = /^\s*(?:\d{1,9}\s+)?(\d{9,11})\.(\d{6}|\d{9})\s/

const timeOf = (line: string): DumpTime | undefined => {
  const since1970 = epoch.exec(line)
  if (since1970) return timeFrom(Number(since1970[1]), since1970[2]!)
  const [, date, hours, minutes, seconds, fraction] = clock.exec(line) ?? []
  const midnight = Date.parse(`${date ?? '1970-01-01'}T00:00:00Z`) / 1000
  if (fraction === undefined || Number.isNaN(midnight)) return undefined
  return timeFrom(midnight + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds), fraction)
}

const timeFrom = (seconds: number, fraction: string): DumpTime => ({
  seconds,
  fraction: Number(fraction),
  digits: fraction.length,
})
