import { type ByteLayout, bytesPerRow as perRow } from './byte-rows.ts'
import { explanationRows as rowsOfLesson } from './explanation-rows.ts'
import { bufferBytes, bufferOf } from './folding.ts'
import { helpRows as rowsOfHelp } from './help-rows.ts'
import { overOf } from './keymap.ts'
import { arrangementOf, type Rect } from './layout.ts'
import { quizRows } from './quiz-rows.ts'
import type { Pane, State } from './state.ts'
import type { Row } from './text.ts'
import { tourRows } from './touring.ts'
import { introductionRows } from './walk-rows.ts'

/** Columns before the text of a pane: a bar where another pane is to the left, and a blank. */
export const inset = (rect: Rect): number => (rect.left > 0 ? 2 : 1)

/** Columns that the text of a pane has. */
export const innerWidth = (rect: Rect): number => Math.max(1, rect.width - inset(rect))

const widthOf = (state: State, pane: Pane): number => {
  const rect = arrangementOf(state).panes.get(pane)
  return rect ? innerWidth(rect) : state.size.columns - 1
}

/** Bytes that the bytes pane shows: those of the buffer that the selected node lies in. */
export function bufferLength(state: State): number {
  const { detail } = state
  return detail ? bufferBytes(detail, bufferOf(detail, state.selected)).length : 0
}

export function byteLayout(state: State): ByteLayout {
  const { radix, group, colour, tops } = state
  return {
    length: bufferLength(state),
    radix,
    group,
    colour,
    top: tops.bytes,
    width: widthOf(state, 'bytes'),
  }
}

export const bytesPerRow = (state: State): number => perRow(byteLayout(state))

/** What the explanation pane shows, all lines of it. */
export function explanationRows(state: State): readonly Row[] {
  const { detail, selected } = state
  const columns = widthOf(state, 'explanation')
  if (detail === undefined) return []
  const asked = quizRows(state, columns)
  if (asked) return asked
  return [
    ...tourRows(state, columns),
    ...introductionRows(state, columns),
    ...rowsOfLesson(detail, selected, columns),
  ]
}

/** All lines of the help. */
export const helpRows = (state: State): readonly Row[] =>
  rowsOfHelp(overOf(state) ?? (state.capture ? state.focus : 'start'), state.size.columns - 2)

/** Rows that the help has on the screen. */
export const helpHeight = ({ size }: State): number => size.rows - 2
