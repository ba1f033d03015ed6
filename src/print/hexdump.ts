import type { ByteWriter } from '../byte-writer.ts'

/**
 * Hex dumps as the two tcpdumps print them, byte for byte. Each dumps `length` bytes from `start`, all of which must lie
 * in `bytes`. Offsets count from `start` in four digits, in more beyond 0xffff, as both programs have it. Every line
 * ends with a newline; no bytes, no line.
 */

/** How a line of sixteen bytes begins, and whether it ends with them as ASCII. */
type Layout = {
  /** Before the offset, or before the bytes where there is none. */
  readonly margin: string
  /** Between the offset and the bytes; undefined: no offset. */
  readonly colon: string | undefined
  /** The character for each byte value; undefined: no ASCII. */
  readonly characters: Uint8Array | undefined
}

const perLine = 16
const space = 0x20
const newline = 0x0a
/** More than the longest line takes. */
const lineRoom = 96

const characters = (shown: (byte: number) => boolean): Uint8Array =>
  Uint8Array.from({ length: 256 }, (_, byte) => (shown(byte) ? byte : '.'.charCodeAt(0)))

const openBsd: Layout = {
  margin: '  ',
  colon: ': ',
  characters: characters(byte => byte >= 0x20 && byte <= 0x7e),
}
const openBsdHex: Layout = { margin: '\t\t\t ', colon: undefined, characters: undefined }
const tcpdump: Layout = {
  margin: '\t0x',
  colon: ':  ',
  characters: characters(byte => byte > 0x20 && byte <= 0x7e),
}
const tcpdumpHex: Layout = { ...tcpdump, characters: undefined }

let pairTable: Uint32Array | undefined

/** For each 16-bit number its four hexadecimal digits, to be stored as one little-endian word. 256 KB. */
const pairs = (): Uint32Array => {
  if (pairTable) return pairTable
  const digits = Array.from('0123456789abcdef', digit => digit.charCodeAt(0))
  const octets = Array.from({ length: 256 }, (_, byte) => digits[byte >> 4]! | (digits[byte & 15]! << 8))
  pairTable = Uint32Array.from(
    { length: 65536 },
    (_, pair) => octets[pair >> 8]! | (octets[pair & 255]! << 16),
  )
  return pairTable
}

/** OpenBSD's `tcpdump -X`: `  0000: 4500 0068  E..h`. */
export const dumpOpenBsd = (out: ByteWriter, bytes: Uint8Array, start: number, length: number): void =>
  dump(out, openBsd, bytes, start, length)

/** OpenBSD's `tcpdump -x`: three tabs, then ` 4500 0068`. */
export const dumpOpenBsdHex = (out: ByteWriter, bytes: Uint8Array, start: number, length: number): void =>
  dump(out, openBsdHex, bytes, start, length)

/** `tcpdump -X` elsewhere: tab, `0x0000:  4500 0068  E..h`; it shows a space as a dot. */
export const dumpTcpdump = (out: ByteWriter, bytes: Uint8Array, start: number, length: number): void =>
  dump(out, tcpdump, bytes, start, length)

/** `tcpdump -x` elsewhere: tab, `0x0000:  4500 0068`. */
export const dumpTcpdumpHex = (out: ByteWriter, bytes: Uint8Array, start: number, length: number): void =>
  dump(out, tcpdumpHex, bytes, start, length)

const dump = (out: ByteWriter, layout: Layout, bytes: Uint8Array, start: number, length: number): void => {
  const table = pairs()
  for (let offset = 0; offset < length; offset += perLine) {
    out.reserve(lineRoom)
    out.ascii(layout.margin)
    if (layout.colon !== undefined) out.hex(offset, 4).ascii(layout.colon)
    const from = start + offset
    const count = Math.min(perLine, length - offset)
    hexColumn(out, table, bytes, from, count)
    if (layout.characters) asciiColumn(out, layout.characters, bytes, from, count)
    out.bytes[out.length++] = newline
  }
}

/** `4500 0068 3d`, without a space at the end. */
const hexColumn = (
  out: ByteWriter,
  table: Uint32Array,
  bytes: Uint8Array,
  from: number,
  count: number,
): void => {
  const target = out.bytes
  const view = out.view
  let at = out.length
  for (let i = from + 1; i < from + count; i += 2) {
    view.setUint32(at, table[(bytes[i - 1]! << 8) | bytes[i]!]!, true)
    target[at + 4] = space
    at += 5
  }
  if (count & 1) {
    view.setUint32(at, table[bytes[from + count - 1]! << 8]!, true)
    at += 3
  }
  out.length = at - 1
}

const hexWidth = 39

/** Pads the hex column to its full width, then two spaces and the characters. */
const asciiColumn = (
  out: ByteWriter,
  shown: Uint8Array,
  bytes: Uint8Array,
  from: number,
  count: number,
): void => {
  const target = out.bytes
  const written = (count >> 1) * 5 + (count & 1) * 3 - 1
  let at = out.length
  for (const end = at + hexWidth - written + 2; at < end; at++) target[at] = space
  for (let i = from; i < from + count; i++) target[at++] = shown[bytes[i]!]!
  out.length = at
}
