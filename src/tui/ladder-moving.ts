import { comparedRows } from './comparison-rows.ts'
import { overOf } from './keymap.ts'
import { ladderOf, rungs } from './ladder-lines.ts'
import { clamp } from './layout.ts'
import { meaningLines } from './meaning-rows.ts'
import { offeredBy } from './negotiation-rows.ts'
import { rawLines } from './raw-text.ts'
import { settingsOf } from './settings.ts'
import type { Place, State } from './state.ts'

/** Rows of the screen above the lines: its header, their title and their heads. Below them is the footer. */
const headRows = 3

/** Rows that the lines have which lie over the panes. */
export const overHeight = ({ size }: State): number => Math.max(1, size.rows - headRows - 1)

/** The line in a row of the screen; -1: none. */
export function lineAt(state: State, row: number): number {
  const line = row - headRows
  const index = (overPlace(state)?.top ?? 0) + line
  return line >= 0 && line < overHeight(state) && index < overLength(state) ? index : -1
}

/** How many lines lie over the panes. */
export function overLength(state: State): number {
  switch (overOf(state)) {
    case 'settings':
      return settingsOf(state).length
    case 'raw':
      return rawLines(state).length
    case 'meaning':
      return meaningLines(state).length
    case 'comparison':
      return comparedRows(state).length
    case 'ladder':
      return ladderOf(state).lines.length
    case 'negotiations':
      return state.story ? offeredBy(state.story).length : 0
    case undefined:
      return 0
  }
}

/** Where one is in what lies on top of the panes; undefined: nothing does. */
export const overPlace = (state: State): Place | undefined =>
  state.settings ?? state.raw ?? state.meaning ?? state.comparison ?? state.ladder ?? state.negotiations

/** Puts the place on top elsewhere. */
export function withOverPlace(state: State, place: Place): State {
  const over = overOf(state)
  return over ? { ...state, [over]: { ...state[over], ...place } } : state
}

/** Moves the cursor of what lies over the panes. */
export function moveOver(state: State, by: number): State {
  const place = overPlace(state)
  if (place === undefined) return state
  return withOverPlace(state, { ...place, cursor: clamp(place.cursor + by, 0, overLength(state) - 1) })
}

/** The cursor of a ladder goes to the row of a packet. */
export function toRowOf(state: State, packet: number): State {
  const { ladder } = state
  if (overOf(state) !== 'ladder' || ladder === undefined) return state
  const cursor = lineOf(state, packet)
  if (cursor >= 0) return { ...state, ladder: { ...ladder, cursor } }
  return { ...state, message: { text: `packet ${packet} has no row in this ladder`, severity: 'info' } }
}

/** The line of a packet among the rungs of the open ladder; -1: it has none. */
export const lineOf = (state: State, packet: number): number =>
  ladderOf(state).lines.findIndex(line => line.packet === packet && packet > 0 && rungs.includes(line.kind))
