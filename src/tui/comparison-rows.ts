import { diffPackets, type Said } from '../print/packet-diff.ts'
import { type ComparedLine, compare } from '../print/side-by-side.ts'
import { gutter } from './ladder-lines.ts'
import { remembered } from './layout.ts'
import type { Detail, Place, State } from './state.ts'
import { fit, type Row, type Span, wrap } from './text.ts'

/** Two messages of a negotiation, or two packets, side by side. */
export type ComparisonView = Place & {
  readonly of: 'messages' | 'packets'
  readonly left: Detail
  readonly right: Detail
  /** What is the same on both sides is shown too. */
  readonly whole: boolean
}

/** Sentences are no longer than people like to read. */
const longestLine = 110

/** The two messages or packets that are compared, all of their lines or those that matter, in rows. */
export const comparedRows = remembered(
  ({ comparison: view, size }: State) =>
    [view?.left, view?.right, view?.of, view?.whole, size.columns] as const,
  (left, right, of, whole = false, columns): readonly Row[] => {
    if (left === undefined || right === undefined) return []
    const lines = of === 'packets' ? diffPackets(left, right, whole) : messages(left, right, whole)
    const room = Math.min(columns - gutter, longestLine)
    return lines.flatMap(line => ('said' in line ? saidRows(line, room) : comparedLine(line, columns)))
  },
)

function messages(left: Detail, right: Detail, whole: boolean): readonly ComparedLine[] {
  const lines = compare(left, right)
  return whole ? lines : lines.filter(({ differs, around, names }) => differs || around || names)
}

/** A sentence, indented. */
function saidRows({ said, role, depth }: Said, columns: number): Row[] {
  const blank = '  '.repeat(depth)
  return wrap(said, columns - blank.length).map(line => [{ text: blank + line, role }])
}

/** Which packets these are, and whether all of them is shown. */
export const comparisonTitle = ({ comparison }: State): Row => [
  {
    text: comparison ? `Packets ${comparison.left.number} and ${comparison.right.number}` : '',
    role: 'title',
  },
  { text: comparison?.whole ? ' ─ all lines' : ' ─ what differs', role: 'dim' },
]

export const comparisonHeads = ({ comparison, size }: State): Row =>
  cells(size.columns, [
    { text: '' },
    { text: `packet ${comparison?.left.number}`, role: 'title' },
    { text: `packet ${comparison?.right.number}`, role: 'title' },
  ])[0]!

/** One row of both. */
export const comparisonRow = (state: State, index: number): Row => comparedRows(state)[index] ?? []

/** A label for both, then what each message says, with a sign between where that differs. */
function comparedLine({ depth, label, left, right, differs, around }: ComparedLine, columns: number): Row[] {
  const name: Span = { text: label, role: differs || around ? 'label' : 'dim' }
  if (left === '' && right === '') return [[{ ...name, text: '  '.repeat(depth) + label }]]
  const sign = !differs ? ' ' : left === undefined ? '>' : right === undefined ? '<' : '≠'
  const said = (text: string | undefined): Span =>
    text === undefined
      ? { text: differs ? '–' : '', role: 'dim' }
      : {
          text: text === '' && (left === undefined || right === undefined) ? 'there' : text,
          role: differs ? 'match' : 'dim',
        }
  return cells(columns, [name, said(left), said(right)], sign, depth)
}

/** Rows that a cell takes at most, and bytes in hex: nobody reads all of these here. */
const mostRows = 8
const isHex = /^[\da-f]{24,}$/

/** What does not fit beside each other goes on below. */
function cells(
  columns: number,
  [label, left, right]: readonly [Span, Span, Span],
  sign = ' ',
  depth = 0,
): Row[] {
  const room = columns - gutter
  const labels = Math.min(40, Math.floor(room * 0.38))
  const each = Math.floor((room - labels - 4) / 2)
  const indent = Math.min(2 * depth, labels >> 1)
  const [names, lefts, rights] = [
    lines(label.text, labels - indent),
    lines(left.text, each),
    lines(right.text, each),
  ]
  const height = Math.max(names.length, lefts.length, rights.length)
  return Array.from({ length: height }, (_, i) => [
    ...fit([{ ...label, text: ' '.repeat(indent) + (names[i] ?? '') }], labels),
    { text: ' ' },
    ...fit([{ ...left, text: lefts[i] ?? '' }], each),
    { text: ` ${i === 0 ? sign : ' '} `, role: 'key' },
    ...fit([{ ...right, text: rights[i] ?? '' }], each),
  ])
}

function lines(text: string, columns: number): readonly string[] {
  if (isHex.test(text)) return [text]
  const all = wrap(text, columns)
  return all.length <= mostRows ? all : [...all.slice(0, mostRows - 1), all.slice(mostRows - 1).join(' ')]
}
