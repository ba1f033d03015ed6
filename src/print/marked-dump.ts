import type { Dissection } from '../dissect/dissection.ts'
import type { Piece } from './packet-pieces.ts'
import type { Mark } from './prose.ts'

const perLine = 16
/** More bytes than this of a buffer are not dumped: a reassembled datagram may have 64 KiB. */
const mostBytes = 4096

/** The column of a byte, counted from the first one of its line: pairs stand together. */
const columnOf = (i: number): number => 2 * i + (i >> 1)

/**
 * A buffer in hex and ASCII, 16 bytes a line in pairs; below each line brackets tell which bytes belong to which layer. `owners`
 * has the tree node of each byte.
 */
export function markedDump(
  found: Dissection,
  bytes: Uint8Array,
  pieces: readonly Piece[],
  owners: Int32Array,
): { readonly lines: Mark[][]; readonly left: number } {
  const layers = layersOfBytes(pieces, bytes.length)
  const lines: Mark[][] = []
  const end = Math.min(bytes.length, mostBytes)
  for (let start = 0; start < end; start += perLine) {
    const line = { start, end: Math.min(start + perLine, end) }
    lines.push(hexLine(bytes, line, layers, owners), bracketLine(found, line, pieces))
  }
  return { lines, left: bytes.length - end }
}

type Line = { readonly start: number; readonly end: number }

function layersOfBytes(pieces: readonly Piece[], length: number): Int16Array {
  const layers = new Int16Array(length).fill(-1)
  for (const { layer, start, end } of pieces) layers.fill(layer, start, end)
  return layers
}

/** `0010  c0a8 0101 …  ....E..T`. */
function hexLine(bytes: Uint8Array, { start, end }: Line, layers: Int16Array, owners: Int32Array): Mark[] {
  const owned = (at: number, text: string): Mark => ({
    text,
    byte: at,
    ...(layers[at]! >= 0 && { layer: layers[at]! }),
    ...(owners[at]! >= 0 && { node: owners[at]! }),
  })
  const hex: Mark[] = []
  const ascii: Mark[] = []
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!
    if (at > start && at % 2 === 0) hex.push({ text: ' ' })
    hex.push(owned(at, byte.toString(16).padStart(2, '0')))
    ascii.push(owned(at, byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
  }
  const gap = columnOf(perLine) - columnOf(end - start - 1) - 2
  return [{ text: `${indented(start)}  ` }, ...hex, { text: ' '.repeat(gap + 1) }, ...ascii]
}

const indented = (at: number): string => `  ${at.toString(16).padStart(4, '0')}`

/** `└─ 2 IPv4 ────┘` under the bytes of each piece. */
function bracketLine(found: Dissection, line: Line, pieces: readonly Piece[]): Mark[] {
  const marks: Mark[] = [{ text: ' '.repeat(indented(line.start).length + 2) }]
  let column = 0
  for (const piece of pieces) {
    if (piece.end <= Math.max(line.start, piece.start) || piece.start >= line.end) continue
    const first = Math.max(piece.start, line.start) - line.start
    const last = Math.min(piece.end, line.end) - 1 - line.start
    if (columnOf(first) < column) continue
    marks.push({ text: ' '.repeat(columnOf(first) - column) })
    column = columnOf(last) + 2
    const label = `${piece.layer + 1} ${found.protocols[piece.layer]!.short}`
    const text = bracket(label, column - columnOf(first), piece.start >= line.start, piece.end <= line.end)
    marks.push({ text, layer: piece.layer, node: piece.node })
  }
  return marks
}

/** The label stands in every line that has room for it, so that none has to be looked for above. */
function bracket(label: string, width: number, opens: boolean, closes: boolean): string {
  const left = opens ? '└' : '─'
  const right = closes ? '┘' : '─'
  const rest = width - 2
  const named = rest >= label.length + 3 ? `─ ${label} ` : ''
  return left + named + '─'.repeat(rest - named.length) + right
}
