import { octets, printable } from '../print/hexdump.ts'
import type { Radix } from './state.ts'
import { fit, type Ground, type Role, type Row, type Span, span } from './text.ts'

/** How bytes lie in a pane. */
export type ByteLayout = {
  /** How many bytes there are. */
  readonly length: number
  readonly radix: Radix
  /** Bytes without a blank between them, in hex; in the other radixes every byte stands alone. */
  readonly group: 1 | 2 | 4
  /** Columns of the pane. */
  readonly width: number
  /** Without colour bytes stand alone in hex too, and brackets take the gaps beside the selected ones. */
  readonly colour: boolean
  /** The row at the top of the pane, 0 the first one. */
  readonly top: number
  /** The offset that the first byte is printed with, 0 if not said. */
  readonly base?: number
}

/** What is on the screen of some bytes. */
export type ByteView = ByteLayout & {
  readonly bytes: Uint8Array
  /** Rows of the pane. */
  readonly rows: number
}

/**
 * Bytes `start` up to `end`, which is not in, that look somehow. Marks are painted one over the other: a later one's
 * role takes the place of an earlier one's role, and a ground that of a ground.
 */
export type Mark = {
  readonly start: number
  readonly end: number
  readonly role?: Role
  readonly ground?: Ground
  /** Of the buffer's bits only these, [first, end): digits that have none of them do not look so. */
  readonly bits?: readonly [first: number, end: number]
}

/** Columns from `start` up to `end`, which is not in. */
export type Cell = { readonly start: number; readonly end: number }

/** Where each byte is in the pane. Rows count from the top of the pane, columns from its left edge, both from 0. */
export type ByteGeometry = {
  readonly perRow: number
  /** Rows that all bytes together take. */
  readonly totalRows: number
  /** The byte under a click, in either column; a gap belongs to the byte before it. Undefined: there is none. */
  offsetAt(column: number, row: number): number | undefined
  /** Where a byte is, in a row that may be above or below the pane. */
  cellOf(byte: number): { readonly row: number; readonly digits: Cell; readonly text: Cell }
}

const texts = (of: (byte: number) => string): readonly string[] =>
  Array.from({ length: 256 }, (_, i) => of(i))

const digits: Readonly<Record<Radix, readonly string[]>> = {
  hex: texts(byte => String.fromCharCode(octets[byte]! & 0xff, octets[byte]! >> 8)),
  binary: texts(byte => byte.toString(2).padStart(8, '0')),
  decimal: texts(byte => String(byte).padStart(3)),
}
const characters = texts(byte => String.fromCharCode(printable[byte]!))
/** Bits that a digit stands for; in decimal all digits stand for all of the byte. */
const digitBits: Readonly<Record<Radix, number>> = { hex: 4, binary: 1, decimal: 8 }
const digitColumns: Readonly<Record<Radix, number>> = { hex: 2, binary: 8, decimal: 3 }
const rowLengths: Readonly<Record<Radix, readonly number[]>> = {
  hex: [16, 8, 4],
  binary: [8, 4, 2],
  decimal: [16, 8, 4],
}
/** Between the offset and the digits, and between these and the text. */
const gutter = 2

/** The columns of a row. */
type Columns = {
  readonly perRow: number
  readonly offsetDigits: number
  readonly group: number
  readonly perByte: number
  /** The first column of the digits, and of the text. */
  readonly digits: number
  readonly text: number
}

function columnsOf({ length, radix, group: asked, width, colour, base = 0 }: ByteLayout): Columns {
  const offsetDigits = Math.max(4, (base + Math.max(0, length - 1)).toString(16).length)
  const group = radix === 'hex' && colour ? asked : 1
  const perByte = digitColumns[radix]
  const start = offsetDigits + gutter
  const textAt = (perRow: number): number => start + perRow * perByte + Math.ceil(perRow / group) - 1 + gutter
  const [most, ...fewer] = rowLengths[radix]
  let perRow = most!
  for (const less of fewer) if (textAt(perRow) + perRow > width) perRow = less
  return { perRow, offsetDigits, group, perByte, digits: start, text: textAt(perRow) }
}

/** How many bytes a row has: 16, 8 or 4, in binary half of that; the most that fits, and the least if nothing does. */
export const bytesPerRow = (layout: ByteLayout): number => columnsOf(layout).perRow

export function byteGeometry(layout: ByteLayout): ByteGeometry {
  const { length, top } = layout
  const columns = columnsOf(layout)
  const { perRow, group, perByte, digits: start, text } = columns
  const digitsAt = (place: number): number => start + place * perByte + Math.floor(place / group)
  return {
    perRow,
    totalRows: Math.ceil(length / perRow),
    offsetAt(column, row) {
      const place = column >= text ? column - text : placeOf(columns, column)
      const byte = (top + row) * perRow + place
      return place >= 0 && place < perRow && byte >= 0 && byte < length ? byte : undefined
    },
    cellOf(byte) {
      const place = byte % perRow
      const at = digitsAt(place)
      return {
        row: Math.floor(byte / perRow) - top,
        digits: { start: at, end: at + perByte },
        text: { start: text + place, end: text + place + 1 },
      }
    },
  }
}

/** Which byte of its row a column of digits belongs to; -1: none. */
function placeOf({ digits: start, text, group, perByte }: Columns, column: number): number {
  if (column < start || column >= text - gutter) return -1
  const groupColumns = group * perByte + 1
  const inside = (column - start) % groupColumns
  const places = Math.floor((column - start) / groupColumns) * group
  return places + Math.min(group - 1, Math.floor(inside / perByte))
}

type Style = { readonly role: Role | undefined; readonly ground: Ground | undefined }

const noStyle: Style = { role: undefined, ground: undefined }
const offsetStyle: Style = { role: 'dim', ground: undefined }
const bracketStyle: Style = { role: 'title', ground: undefined }

/**
 * The rows of the pane that have bytes, each in exactly `width` columns: `0010  4500 0068  E..h`. Offsets have four
 * digits, and all of them more where the last one needs more. What is not in the window costs nothing.
 */
export function byteRows(view: ByteView, marks: readonly Mark[]): Row[] {
  const columns = columnsOf(view)
  const { perRow } = columns
  const first = view.top * perRow
  const end = Math.min(view.length, view.bytes.length, first + view.rows * perRow)
  const near = marks.filter(mark => mark.start <= end && mark.end >= first)
  const rows: Row[] = []
  for (let at = first; at < end; at += perRow)
    rows.push(fit(byteRow(view, columns, near, at, Math.min(at + perRow, end)), view.width))
  return rows
}

function byteRow(view: ByteView, columns: Columns, marks: readonly Mark[], start: number, end: number): Row {
  const { bytes, base = 0, colour, radix } = view
  const row = new Runs()
  row.add((base + start).toString(16).padStart(columns.offsetDigits, '0'), offsetStyle)
  row.add(' ', noStyle)
  const opening = !colour && edgeBefore(marks, start) === '['
  row.add(opening ? '[' : ' ', opening ? bracketStyle : noStyle)
  for (let at = start; at < end; at++) {
    addDigits(row, radix, marks, at, bytes[at]!)
    const edge = colour ? undefined : edgeBefore(marks, at + 1)
    if (at + 1 === end) row.add(edge === ']' ? edge : ' ', edge ? bracketStyle : noStyle)
    else if (edge) row.add(edge, bracketStyle)
    else if ((at + 1 - start) % columns.group === 0) row.add(' ', styleOf(marks, at, at + 2))
  }
  row.add(' '.repeat(columns.text - row.columns), noStyle)
  for (let at = start; at < end; at++) row.add(characters[bytes[at]!]!, styleOf(marks, at, at + 1))
  return row.spans
}

/** A byte at its place; digit by digit where a mark is on some of its bits only. */
function addDigits(row: Runs, radix: Radix, marks: readonly Mark[], at: number, byte: number): void {
  const text = digits[radix][byte]!
  const each = digitBits[radix]
  const isWhole = each === 8 || !marks.some(mark => mark.bits && mark.start <= at && at < mark.end)
  if (isWhole) row.add(text, styleOf(marks, at, at + 1))
  for (let i = 0; i < text.length && !isWhole; i++) {
    const first = at * 8 + i * each
    row.add(text[i]!, styleOf(marks, at, at + 1, [first, first + each]))
  }
}

/**
 * How bytes `start` to `end` look together: only marks that cover them all count, and of those on single bits the ones that
 * have some of `bits`.
 */
function styleOf(marks: readonly Mark[], start: number, end: number, bits?: Mark['bits']): Style {
  let role: Role | undefined
  let ground: Ground | undefined
  for (const mark of marks) {
    if (mark.start > start || mark.end < end) continue
    if (bits && mark.bits && (mark.bits[0] >= bits[1] || mark.bits[1] <= bits[0])) continue
    role = mark.role ?? role
    ground = mark.ground ?? ground
  }
  return { role, ground }
}

/** The bracket between a byte and the one before it, where the selection begins or ends between them. */
function edgeBefore(marks: readonly Mark[], byte: number): '[' | ']' | undefined {
  const selected = isSelected(marks, byte)
  if (selected === isSelected(marks, byte - 1)) return undefined
  return selected ? '[' : ']'
}

const isSelected = (marks: readonly Mark[], byte: number): boolean =>
  marks.some(
    ({ start, end, ground }) =>
      (ground === 'selected' || ground === 'selected-layer') && start <= byte && byte < end,
  )

/** A row in the making. Pieces that look alike become one, since each costs the screen a change of colour. */
class Runs {
  readonly spans: Span[] = []
  columns = 0
  private style: Style = noStyle

  /** `text` has one column a character. */
  add(text: string, style: Style): void {
    const { spans } = this
    const last = spans.at(-1)
    this.columns += text.length
    if (last && style.role === this.style.role && style.ground === this.style.ground)
      spans[spans.length - 1] = { ...last, text: last.text + text }
    else if (text) spans.push(span(text, style.role, style.ground))
    if (text) this.style = style
  }
}

/**
 * A byte bit by bit, `0100 0101`, with `bits` of them from bit `first` on standing on a ground; 0 is the most
 * significant one, as RFCs draw them.
 */
export function bitView(byte: number, first = 0, bits = 0, ground: Ground = 'selected'): Row {
  const row = new Runs()
  const marks = [{ start: first, end: first + bits, ground }]
  for (let bit = 0; bit < 8; bit++) {
    if (bit === 4) row.add(' ', styleOf(marks, 3, 5))
    row.add(digits.binary[byte]![bit]!, styleOf(marks, bit, bit + 1))
  }
  return row.spans
}
