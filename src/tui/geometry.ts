import { type ByteLayout, bytesPerRow as perRow } from './byte-rows.ts'
import { explanationTitle, explanationRows as rowsOfLesson, walkText } from './explanation-rows.ts'
import { bufferBytes, bufferOf } from './folding.ts'
import { furtherRows } from './further-rows.ts'
import { helpRows as rowsOfHelp } from './help-rows.ts'
import { contextOf, modeOf } from './keymap.ts'
import { arrangementOf, type Rect } from './layout.ts'
import { quizRows, quizTitle } from './quiz-rows.ts'
import type { Pane, State } from './state.ts'
import type { Row } from './text.ts'
import { tourRows, tourTitle } from './touring.ts'
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

/** Columns that the title of a pane has beside what stands at the right of its line. */
export const titleRoom = (rect: Rect, right = 0): number =>
  Math.max(0, rect.width - 3 - (right > 0 ? right + 3 : 0))

/** The explanation pane: its title, how far a walk has come, and all of its lines. */
export type ExplanationView = { readonly title: Row; readonly place: string; readonly rows: readonly Row[] }

/** What the right end of the title takes where there are more lines than rows. */
const roomForMore = ' ─ 99 more'.length

/** What the explanation pane shows. What its title has no room for stands in its lines, and in a tour, whose name it is, all of it. */
export function explanationView(state: State): ExplanationView {
  const { detail, selected } = state
  const rect = arrangementOf(state).panes.get('explanation')
  const named = (text: string): Row => [{ text, role: 'title' }]
  if (detail === undefined || rect === undefined) return { title: named('Explanation'), place: '', rows: [] }
  const columns = innerWidth(rect)
  const asked = quizRows(state, columns)
  if (asked) return { title: named(quizTitle(state)), place: '', rows: asked }
  const height = rect.height - 1
  const place = walkText(detail, selected)
  const tour = tourTitle(state)
  const before = [...tourRows(state, columns), ...introductionRows(state, columns)]
  const inRoom = (room: number): ExplanationView => {
    const { title, left } = explanationTitle(detail, selected, room)
    const own = rowsOfLesson(detail, selected, columns, left)
    if (tour !== '') return { title: named(tour), place, rows: [...before, title, ...own] }
    return { title, place, rows: [...before, ...own] }
  }
  const whole = inRoom(tour === '' ? titleRoom(rect, place.length) : columns)
  const isLong = tour === '' && whole.rows.length > height
  const view = isLong ? inRoom(titleRoom(rect, place.length + roomForMore)) : whole
  return { ...view, rows: [...view.rows, ...furtherRows(state, columns, height - view.rows.length)] }
}

/** All lines of the help. */
export function helpRows(state: State): readonly Row[] {
  const below = { ...state, help: undefined, prompt: undefined }
  return rowsOfHelp(contextOf(below), state.size.columns - 2, modeOf(below))
}

/** Rows that the help has on the screen. */
export const helpHeight = ({ size }: State): number => size.rows - 2
