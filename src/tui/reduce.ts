import type { Action, Wish } from './actions.ts'
import * as columns from './columns.ts'
import * as decoding from './decoding.ts'
import { visibleNodes } from './folding.ts'
import { bufferLength, bytesPerRow, explanationView, helpHeight, helpRows } from './geometry.ts'
import { overOf } from './keymap.ts'
import * as ladder from './ladder.ts'
import { overHeight, overLength, overPlace, withOverPlace } from './ladder-moving.ts'
import { clamp, rowsOf } from './layout.ts'
import { isHidden, lastPacket, listedOf, nearest } from './listed.ts'
import * as looking from './looking.ts'
import * as meaning from './meaning.ts'
import * as moving from './moving.ts'
import * as narrowing from './narrowing.ts'
import * as quizzing from './quiz-mode.ts'
import * as raw from './raw-text.ts'
import * as settings from './settings.ts'
import { startCursorLine, startHeight, startLines } from './start-rows.ts'
import { initialState, type Pane, panes, type State } from './state.ts'
import * as touring from './touring.ts'
import * as typing from './typing.ts'
import * as walking from './walk-mode.ts'

/** One function for each kind of action that changes the state. */
export type Reducers<T extends Action['type']> = {
  readonly [K in T]: (state: State, action: Extract<Action, { readonly type: K }>) => State
}

const reducers: Reducers<Exclude<Action, Wish>['type']> = {
  resized: (state, { size }) => ({ ...state, size }),
  themed: (state, { colour, name }) => ({ ...state, colour, theme: name }),
  started: (state, { entries }) => ({ ...afresh(state), start: { entries, cursor: 0, top: 0 } }),
  entries: offered,
  entry: (state, { index }) => ({
    ...state,
    start: { ...state.start, cursor: clamp(index, 0, Math.max(0, state.start.entries.length - 1)) },
  }),
  opened: (state, { capture }) => ({
    ...afresh(state),
    capture,
    packet: Math.min(1, capture.count),
    arrived: capture.count,
    follow: capture.live !== undefined,
  }),
  surveyed,
  said: (state, { message }) => ({ ...state, message }),
  busy: (state, { busy }) => ({ ...state, busy }),
  ...moving.reducers,
  ...looking.reducers,
  ...decoding.reducers,
  ...typing.reducers,
  ...ladder.reducers,
  ...meaning.reducers,
  ...touring.reducers,
  ...walking.reducers,
  ...quizzing.reducers,
  ...narrowing.reducers,
  ...columns.reducers,
  ...settings.reducers,
  ...raw.reducers,
}

/** What there is to open has changed: the cursor stays on what it was on, as long as that is there. */
function offered(state: State, { entries }: Extract<Action, { type: 'entries' }>): State {
  const { start } = state
  const chosen = start.entries[start.cursor]
  const same = entries.findIndex(({ kind, path }) => kind === chosen?.kind && path === chosen.path)
  const cursor = same < 0 ? clamp(start.cursor, 0, Math.max(0, entries.length - 1)) : same
  return { ...state, start: { ...start, entries, cursor } }
}

/** More of the capture is known. A view that is paused keeps the packets that it has. */
function surveyed(state: State, { capture }: Extract<Action, { type: 'surveyed' }>): State {
  const arrived = capture.count
  const count = state.paused ? (state.capture?.count ?? 0) : arrived
  // Packets that leave a ring leave the order, too.
  const sorted = capture.first === state.capture?.first ? state.sorted : undefined
  const after = { ...state, capture: { ...capture, count }, arrived, sorted }
  const packet =
    state.follow && !state.paused ? lastPacket(after) : Math.max(state.packet, Math.min(1, count))
  return { ...after, packet }
}

/** What outlives a capture: how things look, and what was typed. */
const afresh = (state: State): State => {
  const { layout, time, radix, group, history, columns: own, hidden, theme, message } = state
  return {
    ...initialState(state.size, state.colour),
    layout,
    time,
    radix,
    group,
    history,
    columns: own,
    hidden,
    theme,
    message,
  }
}

/**
 * The next state. Pure: no clock, no reading, no packets. Whatever the action asks for, cursors stay inside what is there.
 * Wishes leave the state as it is.
 */
export function reduce(state: State, action: Action): State {
  const reducer = reducers[action.type as keyof typeof reducers] as
    | ((state: State, action: Action) => State)
    | undefined
  const next = quizzing.arrive(touring.arrive(reducer?.(state, action) ?? state))
  // A click scrolls no further than it must: the next one would hit another line.
  const margin = ['select', 'select-byte', 'entry', 'line'].includes(action.type) ? 0 : context
  return next === state ? state : settledOver(state, settle(state, next, margin), margin)
}

/** Lines that stay in sight above and below the cursor, where a pane has room: what comes next is seen before one is there. */
const context = 2
const roomForContext = 6

/** Keeps cursors inside what is there, and scrolls to those that have moved, with `margin` lines around them. */
function settle(before: State, after: State, margin: number): State {
  const { detail } = after
  const state = {
    ...after,
    packet: settledPacket(after),
    byte: clamp(after.byte, 0, Math.max(0, bufferLength(after) - 1)),
  }
  const reshaped =
    before.size !== state.size || before.layout !== state.layout || before.focus !== state.focus
  const changed = (...keys: readonly (keyof State)[]) =>
    reshaped || keys.some(key => before[key] !== state[key])
  const listed = listedOf(state)
  const row = listed.rowOf(state.packet)
  const lines = detail ? visibleNodes(detail, state.folding) : []
  const perRow = bytesPerRow(state)
  const cursors: Readonly<Record<Pane, number | undefined>> = {
    packets: reshaped || row !== listedOf(before).rowOf(before.packet) ? row : undefined,
    tree: changed('detail', 'selected', 'folding') ? lines.indexOf(state.selected) : undefined,
    bytes: changed('detail', 'selected', 'byte', 'radix', 'group', 'colour')
      ? Math.floor(state.byte / perRow)
      : undefined,
    explanation: undefined,
  }
  const lengths: Readonly<Record<Pane, number>> = {
    packets: listed.end,
    tree: lines.length,
    bytes: Math.ceil(bufferLength(state) / perRow),
    explanation: state.tops.explanation === 0 ? 0 : explanationView(state).rows.length,
  }
  const tops = { ...state.tops }
  for (const pane of panes)
    tops[pane] = windowTop(tops[pane], rowsOf(state, pane), lengths[pane], cursors[pane], margin)
  const help =
    state.help === undefined
      ? undefined
      : clamp(state.help, 0, Math.max(0, helpRows(state).length - helpHeight(state) + 1))
  tops.packets = Math.max(tops.packets, listed.first, 0)
  const atEnd = state.packet === lastPacket(state)
  const start = state.capture ? state.start : settledStart(state, changed('start'), margin)
  return { ...state, start, tops, help, seen: atEnd && !state.paused ? state.arrived : state.seen }
}

/** What lies over the panes with its cursor on a line that is there, and in sight unless it was only scrolled. */
function settledOver(before: State, after: State, margin: number): State {
  const over = overOf(after)
  const place = overPlace(after)
  if (over === undefined || place === undefined) return after
  const length = overLength(after)
  const cursor = clamp(place.cursor, 0, Math.max(0, length - 1))
  const moved = before[over]?.cursor !== cursor || !hasSameLines(before, after)
  const top = windowTop(place.top, overHeight(after), length, moved ? cursor : undefined, margin)
  return withOverPlace(after, { cursor, top })
}

/** The lines over the panes are those that were there before. */
const hasSameLines = (before: State, after: State): boolean =>
  overOf(before) === overOf(after) &&
  before.size === after.size &&
  before.story === after.story &&
  before.raw?.text === after.raw?.text &&
  before.meaning?.name === after.meaning?.name &&
  before.ladder?.negotiation === after.ladder?.negotiation &&
  before.ladder?.reasons === after.ladder?.reasons &&
  before.comparison?.whole === after.comparison?.whole

/** The start page with its cursor in sight, if that has moved. */
function settledStart(state: State, moved: boolean, margin: number): State['start'] {
  const { start, size } = state
  const cursor = moved ? startCursorLine(state) : undefined
  return { ...start, top: windowTop(start.top, startHeight(size), startLines(state).length, cursor, margin) }
}

/** A packet that is there and, once it is known which ones match, one of these. */
function settledPacket(state: State): number {
  const count = state.capture?.count ?? 0
  const packet = clamp(state.packet, Math.min(firstOf(state), count), count)
  return isHidden(state, packet) ? nearest(state, packet) : packet
}

/** The first packet that there is; 0: none. */
const firstOf = ({ capture }: State): number => (capture && capture.count > 0 ? capture.first : 0)

/** The first of `rows` lines to show of `length`, so that the cursor, if it has moved, is among them. */
function windowTop(
  top: number,
  rows: number,
  length: number,
  cursor: number | undefined,
  margin: number,
): number {
  const last = Math.max(0, length - rows)
  if (cursor === undefined || cursor < 0 || rows === 0) return clamp(top, 0, last)
  const far = cursor < top - rows || cursor >= top + 2 * rows
  if (far) return clamp(cursor - Math.floor(rows / 2), 0, last)
  const around = rows >= roomForContext ? margin : 0
  return clamp(clamp(top, cursor - rows + 1 + around, cursor - around), 0, last)
}
