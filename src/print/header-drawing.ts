import { bytes } from '../dissect/field.ts'
import type { Cell } from './header-cells.ts'
import { centred, type Mark } from './prose.ts'

/** Bits in a line, as in RFCs, each two columns wide. */
const wordBits = 32
/** Columns for the number of the first bit of a line. */
const margin = 6
/** Fields longer than so many lines are drawn with lines left out of their middle. */
const tallest = 3
/** More lines of bits than this nobody reads. */
const mostLines = 20

/** A piece of a cell in one line of 32 bits. */
type Segment = {
  readonly cell: Cell | undefined
  /** Bits of the line: [from, to). */
  readonly from: number
  readonly to: number
  /** The cell goes on in the next line. */
  readonly goesOn: boolean
  /** What is written there: label and value, or what is left out. */
  readonly texts: readonly string[]
}

type Line = { readonly first: number; readonly segments: readonly Segment[] }

/**
 * A header as RFCs draw it, 32 bits a line with the fields’ values in them; the number of each line’s first bit, counted from the
 * start of the frame or buffer, stands before it. Empty where a drawing would say nothing: of a single field, or of text.
 * `isCut` tells that fields are missing at the end.
 */
export function drawHeader(cells: readonly Cell[]): { readonly lines: Mark[][]; readonly isCut: boolean } {
  if (cells.length < 2 || cells.slice(0, 4).some(cell => cell.isText)) return { lines: [], isCut: false }
  const all = linesOf(cells)
  const drawn = all.slice(0, mostLines)
  const marks: Mark[][] = [...ruler]
  drawn.forEach((line, i) => {
    marks.push(...border(drawn[i - 1], line), ...contents(line))
  })
  marks.push(...border(drawn.at(-1), undefined))
  return { lines: marks, isCut: drawn.length < all.length }
}

const ruler: readonly Mark[][] = [
  [
    {
      text:
        ' '.repeat(margin + 1) +
        ['0', '1', '2', '3']
          .map(ten => ten.padEnd(20))
          .join('')
          .trimEnd(),
    },
  ],
  [{ text: ' '.repeat(margin + 1) + Array.from({ length: wordBits }, (_, bit) => bit % 10).join(' ') }],
]

/** Lays the cells out in lines; the middle of long ones is left out in whole lines, so that columns stay. */
function linesOf(cells: readonly Cell[]): Line[] {
  const start = cells[0]!.from
  const lines: { first: number; segments: Segment[] }[] = []
  /** Bits from the start, without those that were left out, and how many these were. */
  let at = 0
  let left = 0
  const add = (cell: Cell | undefined, bits: number, texts: Texts) => {
    const end = at + bits
    while (at < end) {
      const line = Math.floor(at / wordBits)
      const to = Math.min(end, (line + 1) * wordBits)
      const own = (lines[line] ??= { first: start + left + line * wordBits, segments: [] })
      const segment = { from: at % wordBits, to: to - line * wordBits, cell, goesOn: to < end }
      own.segments.push({ ...segment, texts: texts(segment) })
      at = to
    }
  }
  for (const cell of cells) {
    add(undefined, Math.max(0, cell.from - start - left - at), () => [])
    const bits = cell.to - cell.from
    const skipped = Math.max(0, Math.ceil(bits / wordBits) - tallest) * wordBits
    add(cell, bits - skipped, textsOf(cell, bits - skipped, skipped))
    left += skipped
  }
  return lines
}

type Texts = (segment: Pick<Segment, 'from' | 'to'>) => readonly string[]

/** Writes label and value into the widest of the lines that a cell has, the first one of these, and what was left out below. */
function textsOf(cell: Cell, bits: number, skipped: number): Texts {
  let isWritten = false
  let isTold = skipped === 0
  const widest = Math.min(bits, wordBits)
  return ({ from, to }) => {
    const width = 2 * (to - from) - 1
    const isBest = to - from >= widest || (bits > wordBits && to - from >= wordBits / 2)
    if (!isWritten && isBest) {
      isWritten = true
      return [labelIn(cell.label, width), valueIn(cell.values, width)]
    }
    if (!isWritten || isTold) return []
    isTold = true
    return [`(${bytes((cell.to - cell.from) / 8)} in all)`]
  }
}

/** The label, else its initials, else its first letter. */
function labelIn(label: string, width: number): string {
  if (label.length <= width) return label
  const initials = (label.match(/[A-Za-z0-9]+/g) ?? []).map(word => word[0]!.toUpperCase()).join('')
  if (initials.length > 1 && initials.length <= width) return initials
  return width < 4 ? label.slice(0, 1) : `${label.slice(0, width - 1)}…`
}

function valueIn(values: readonly string[], width: number): string {
  const fitting = values.find(value => value.length <= width)
  if (fitting !== undefined) return fitting
  const [longest = ''] = values
  return width < 12 || /^\d+$/.test(longest) ? '' : `${longest.slice(0, width - 1)}…`
}

/** The rows of one line: as many as its fullest cell has texts, at least one. */
function contents({ first, segments }: Line): Mark[][] {
  const rows = Math.max(1, ...segments.map(({ texts }) => texts.length))
  return Array.from({ length: rows }, (_, row) => [
    { text: `${row === 0 ? String(first).padStart(margin - 1) : ' '.repeat(margin - 1)} ` },
    ...segments.flatMap(({ cell, from, to, texts }): Mark[] => [
      { text: '│' },
      { text: centred(texts[row] ?? '', 2 * (to - from) - 1), ...(cell && { node: cell.node }) },
    ]),
    ...(segments.length > 0 ? [{ text: '│' }] : []),
  ])
}

const corners = ' │││─┘┐┤─└┌├─┴┬┼'

/** The border between two lines; none where one cell fills both. */
function border(above: Line | undefined, below: Line | undefined): Mark[][] {
  const horizontal = (bit: number): boolean => {
    const upper = segmentAt(above, bit)
    const lower = segmentAt(below, bit)
    return (upper !== undefined || lower !== undefined) && !(upper?.goesOn && lower?.cell === upper.cell)
  }
  let text = ' '.repeat(margin)
  for (let bit = 0; bit <= wordBits; bit++) {
    const up = hasBar(above, bit) ? 1 : 0
    const down = hasBar(below, bit) ? 2 : 0
    const left = bit > 0 && horizontal(bit - 1) ? 4 : 0
    const right = bit < wordBits && horizontal(bit) ? 8 : 0
    text += corners[up | down | left | right] + (right ? '─' : ' ')
  }
  return text.includes('─') ? [[{ text: text.trimEnd() }]] : []
}

const segmentAt = (line: Line | undefined, bit: number): Segment | undefined =>
  line?.segments.find(({ from, to }) => from <= bit && bit < to)

const hasBar = (line: Line | undefined, bit: number): boolean =>
  line?.segments.some(({ from, to }) => from === bit || to === bit) ?? false
