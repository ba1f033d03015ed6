import { type DiffLine, diffPackets, type Said } from '../print/packet-diff.ts'
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

/** The lines of the two messages or packets that are compared, all of them or those that matter. */
export const comparedLines = remembered(
  ({ comparison: view, size }: State) =>
    [view?.left, view?.right, view?.of, view?.whole, size.columns] as const,
  (left, right, of, whole = false, columns): readonly DiffLine[] => {
    if (left === undefined || right === undefined) return []
    const room = Math.min(columns - gutter, longestLine)
    if (of === 'packets')
      return diffPackets(left, right, whole).flatMap((line): DiffLine[] =>
        'said' in line ? wrapped(line, room) : [line],
      )
    const lines = compare(left, right)
    return whole ? lines : lines.filter(({ differs, around, names }) => differs || around || names)
  },
)

/** A sentence, indented, in lines. */
const wrapped = ({ said, role, depth }: Said, columns: number): Said[] => {
  const blank = '  '.repeat(depth)
  return wrap(said, columns - blank.length).map(line => ({ said: blank + line, role, depth }))
}

/** Which packets these are, and whether all of them is shown. */
export const comparisonTitle = ({ comparison }: State): Row => [
  {
    text: comparison ? `Packets ${comparison.left.number} and ${comparison.right.number}` : '',
    role: 'title',
  },
  { text: comparison?.whole ? ' ─ all lines' : ' ─ what differs', role: 'dim' },
]

export const comparisonHeads = (state: State): Row =>
  comparedCells(state, [
    { text: '' },
    { text: `packet ${state.comparison?.left.number}`, role: 'title' },
    { text: `packet ${state.comparison?.right.number}`, role: 'title' },
  ])

/** One line of both. */
export function comparisonRow(state: State, index: number): Row {
  const line = comparedLines(state)[index]
  if (line === undefined) return []
  return 'said' in line ? [{ text: line.said, role: line.role }] : comparedRow(state, line)
}

/** A label for both, then what each message says, with a sign between where that differs. */
function comparedRow(state: State, { depth, label, left, right, differs, around }: ComparedLine): Row {
  const role = differs || around ? 'label' : 'dim'
  const name: Span = { text: '  '.repeat(depth) + label, role }
  if (left === '' && right === '') return [name]
  const sign = !differs ? ' ' : left === undefined ? '>' : right === undefined ? '<' : '≠'
  const said = (text: string | undefined): Span =>
    text === undefined
      ? { text: differs ? '–' : '', role: 'dim' }
      : {
          text: text === '' && (left === undefined || right === undefined) ? 'there' : text,
          role: differs ? 'match' : 'dim',
        }
  return comparedCells(state, [name, said(left), said(right)], sign)
}

function comparedCells({ size }: State, [label, left, right]: readonly [Span, Span, Span], sign = ' '): Row {
  const room = size.columns - gutter
  const labels = Math.min(40, Math.floor(room * 0.38))
  const each = Math.floor((room - labels - 4) / 2)
  return [
    ...fit([label], labels),
    { text: ' ' },
    ...fit([left], each),
    { text: ` ${sign} `, role: 'key' },
    ...fit([right], each),
  ]
}
