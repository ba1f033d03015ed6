import type { ByteWriter } from '../byte-writer.ts'

/**
 * Hex dumps as OpenBSD's tcpdump prints them, byte for byte. Each dumps `length` bytes from `start`, all of which must lie
 * in `bytes`. Offsets count from `start` in four digits, in more beyond 0xffff, as there. Every line ends with a newline;
 * no bytes, no line.
 */

/** How a line of sixteen bytes begins, and whether it ends with them as ASCII. */
type Layout = {
  /** What is before the bytes, with zeros for the offset. */
  readonly head: string
  /** The head as little-endian words, the last one filled up. */
  readonly words: Uint32Array
  /** Where the four digits of the offset are in the head; -1: nowhere. */
  readonly digits: number
  /** The character for each byte value; undefined: no ASCII. */
  readonly characters: Uint8Array | undefined
}

const perLine = 16
/** Of the hex column, the space behind it not counted. */
const hexWidth = 39
const space = 0x20
const newline = 0x0a
/** More than the longest line takes. */
const lineRoom = 96

const begins = (head: string) => {
  const bytes = new Uint8Array(Math.ceil(head.length / 4) * 4)
  new TextEncoder().encodeInto(head, bytes)
  const view = new DataView(bytes.buffer)
  const words = Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true))
  return { head, words, digits: head.indexOf('0000') }
}

/** For each byte value the character that stands for it beside its digits: itself if printable, else a dot. */
export const printable = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x20 && byte <= 0x7e ? byte : '.'.charCodeAt(0),
)

const openBsd: Layout = { ...begins('  0000: '), characters: printable }
const openBsdHex: Layout = { ...begins('\t\t\t '), characters: undefined }

const digit = (value: number): number => '0123456789abcdef'.charCodeAt(value)

/** For each byte value its two hexadecimal digits, the first one in the low byte. */
export const octets = Uint16Array.from(
  { length: 256 },
  (_, byte) => digit(byte >> 4) | (digit(byte & 15) << 8),
)

/** OpenBSD's `tcpdump -X`: `  0000: 4500 0068  E..h`. */
export const dumpOpenBsd = (out: ByteWriter, bytes: Uint8Array, start: number, length: number): void =>
  dump(out, openBsd, bytes, start, length)

/** OpenBSD's `tcpdump -x`: three tabs, then ` 4500 0068`. */
export const dumpOpenBsdHex = (out: ByteWriter, bytes: Uint8Array, start: number, length: number): void =>
  dump(out, openBsdHex, bytes, start, length)

const dump = (out: ByteWriter, layout: Layout, bytes: Uint8Array, start: number, length: number): void => {
  out.reserve(Math.ceil(length / perLine) * lineRoom)
  const { characters } = layout
  for (let offset = 0; offset < length; offset += perLine) {
    lineHead(out, layout, offset)
    lineBytes(out, characters, bytes, start + offset, Math.min(perLine, length - offset))
    out.bytes[out.length++] = newline
  }
}

const lineHead = (out: ByteWriter, { head, words, digits }: Layout, offset: number): void => {
  const { view, length } = out
  if (digits >= 0 && offset > 0xffff) {
    out
      .ascii(head.slice(0, digits))
      .hex(offset)
      .ascii(head.slice(digits + 4))
    return
  }
  for (let i = 0; i < words.length; i++) view.setUint32(length + 4 * i, words[i]!, true)
  if (digits >= 0)
    view.setUint32(length + digits, octets[offset >> 8]! | (octets[offset & 0xff]! << 16), true)
  out.length = length + head.length
}

/** `4500 0068 3d`, then in its column the text, if any. */
const lineBytes = (
  out: ByteWriter,
  shown: Uint8Array | undefined,
  bytes: Uint8Array,
  from: number,
  count: number,
): void => {
  const { bytes: target, view } = out
  const end = from + count
  let at = out.length
  const column = at + hexWidth + 2
  let text = column
  let i = from
  for (; i + 3 < end; i += 4) {
    const a = bytes[i]!
    const b = bytes[i + 1]!
    const c = bytes[i + 2]!
    const d = bytes[i + 3]!
    view.setUint32(at, octets[a]! | (octets[b]! << 16), true)
    target[at + 4] = space
    view.setUint32(at + 5, octets[c]! | (octets[d]! << 16), true)
    target[at + 9] = space
    at += 10
    if (shown === undefined) continue
    view.setUint32(text, shown[a]! | (shown[b]! << 8) | (shown[c]! << 16) | (shown[d]! << 24), true)
    text += 4
  }
  for (; i < end; i++) {
    view.setUint16(at, octets[bytes[i]!]!, true)
    at += 2
    if ((i - from) & 1 || i + 1 === end) target[at++] = space
    if (shown) target[text++] = shown[bytes[i]!]!
  }
  if (shown === undefined) {
    out.length = at - 1
    return
  }
  while (at < column) target[at++] = space
  out.length = text
}
