import { type ComparedLine, compare } from './ladder-compare.ts'
import { gutter } from './ladder-lines.ts'
import { remembered } from './layout.ts'
import type { State } from './state.ts'
import { fit, type Row, type Span } from './text.ts'

/** The lines of the two messages that are compared, all of them or those that matter. */
export const comparedLines = remembered(
  ({ comparison }: State) => [comparison?.left, comparison?.right, comparison?.whole] as const,
  (left, right, whole): readonly ComparedLine[] => {
    if (left === undefined || right === undefined) return []
    const lines = compare(left, right)
    return whole ? lines : lines.filter(({ differs, around, names }) => differs || around || names)
  },
)

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
  return line ? comparedRow(state, line) : []
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
