import { visibleNodes } from './folding.ts'
import { bufferLength, bytesPerRow } from './geometry.ts'
import { overOf } from './keymap.ts'
import { moveOver, overHeight, toRowOf } from './ladder-moving.ts'
import { clamp, rowsOf } from './layout.ts'
import { firstPacket, isHidden, lastPacket, listedOf, packetBy, packetIn } from './listed.ts'
import { remarked } from './narrowing.ts'
import { newPrompt } from './prompts.ts'
import type { Reducers } from './reduce.ts'
import { focusOn, foldSideways, select, selectByte } from './selecting.ts'
import { panes, type State } from './state.ts'

/** Jumps that can be gone back from. */
const longestHistory = 100

/** Moves in the pane that has the focus, and from packet to packet. */
export const reducers: Reducers<
  | 'focus'
  | 'focus-by'
  | 'move'
  | 'page'
  | 'edge'
  | 'sideways'
  | 'scroll'
  | 'step'
  | 'row'
  | 'jump'
  | 'history'
  | 'follow'
  | 'pause'
  | 'mark'
  | 'unmark-all'
  | 'mark-by'
  | 'place'
  | 'to-place'
  | 'reference'
> = {
  focus: (state, { pane }) => focusOn(state, pane),
  'focus-by': (state, { by }) => {
    const shown = panes.filter(pane => pane !== 'explanation' || state.layout.explanation)
    const at = shown.indexOf(state.focus)
    return { ...state, focus: shown[(at + by + shown.length) % shown.length]! }
  },
  move: (state, { by }) => move(state, by),
  page: (state, { by }) => move(state, Math.sign(by) * Math.max(1, Math.trunc(Math.abs(by) * pageOf(state)))),
  edge: (state, { to }) => toEdge(state, to),
  sideways: (state, { by }) => sideways(state, by),
  scroll: (state, { pane, by }) => ({
    ...state,
    tops: { ...state.tops, [pane]: Math.max(0, state.tops[pane] + by) },
  }),
  step: (state, { by }) => toPacket(state, packetBy(state, by)),
  row: (state, { row }) => toPacket(state, packetIn(state, row)),
  jump: (state, { packet }) => (overOf(state) ? toRowOf(state, packet) : jumpTo(state, packet)),
  history: (state, { by }) => {
    const [from, onto] = by < 0 ? (['back', 'forward'] as const) : (['forward', 'back'] as const)
    const packet = state[from].at(-1)
    if (packet === undefined)
      return { ...state, message: { text: `nowhere to go ${from} to`, severity: 'info' } }
    const gone = { ...state, [from]: state[from].slice(0, -1), [onto]: [...state[onto], state.packet] }
    return isHidden(state, packet) ? reveal(gone, packet) : toPacket(gone, packet)
  },
  pause: state => {
    const { capture, paused, arrived, follow } = state
    if (capture === undefined) return state
    if (!paused) {
      const grows = capture.live !== undefined || !capture.complete
      if (grows) return { ...state, paused: true }
      return { ...state, message: { text: 'nothing to pause: all packets are here', severity: 'info' } }
    }
    const shown = { ...state, paused: false, capture: { ...capture, count: arrived } }
    return follow ? { ...shown, packet: lastPacket(shown) } : shown
  },
  follow: state =>
    state.follow ? { ...state, follow: false } : { ...state, follow: true, packet: lastPacket(state) },
  mark: state => {
    const marked = new Set(state.marked)
    if (!marked.delete(state.packet)) marked.add(state.packet)
    return remarked({ ...state, marked, packet: packetBy(state, 1) })
  },
  'unmark-all': state => remarked({ ...state, marked: new Set() }),
  'mark-by': (state, { by }) => {
    const listed = listedOf(state)
    const rows = [...state.marked].map(listed.rowOf).filter(row => row >= 0)
    const row = listed.rowOf(state.packet)
    const beyond = rows.filter(other => (by > 0 ? other > row : other < row))
    if (beyond.length === 0)
      return { ...state, message: { text: 'no further marked packet', severity: 'info' } }
    return jump(state, listed.at(by > 0 ? Math.min(...beyond) : Math.max(...beyond)))
  },
  place: (state, { letter }) => ({
    ...state,
    places: new Map(state.places).set(letter, state.packet),
    message: { text: `packet ${state.packet} is at ${letter}: '${letter} comes back`, severity: 'info' },
  }),
  'to-place': (state, { letter }) => {
    if (letter === "'") return jump(state, state.back.at(-1) ?? state.packet)
    const packet = state.places.get(letter)
    if (packet !== undefined) return jump(state, packet)
    return {
      ...state,
      message: { text: `no packet is at ${letter}; m${letter} puts one there`, severity: 'info' },
    }
  },
  reference: state => {
    const others = state.references.filter(packet => packet !== state.packet)
    const references =
      others.length < state.references.length ? others : [...others, state.packet].sort((a, b) => a - b)
    return { ...state, references, time: 'relative' }
  },
}

function pageOf(state: State): number {
  if (state.help !== undefined) return state.size.rows - 4
  if (overOf(state)) return overHeight(state) - 1
  if (state.capture === undefined) return state.size.rows - 4
  return rowsOf(state, state.focus) - 1
}

function move(state: State, by: number): State {
  const { detail, start } = state
  if (state.help !== undefined) return { ...state, help: Math.max(0, state.help + by) }
  if (overOf(state)) return moveOver(state, by)
  if (state.capture === undefined)
    return {
      ...state,
      start: { ...start, cursor: clamp(start.cursor + by, 0, Math.max(0, start.entries.length - 1)) },
    }
  if (state.focus === 'packets') return followed(toPacket(state, packetBy(state, by)), by)
  if (state.focus === 'explanation')
    return { ...state, tops: { ...state.tops, explanation: Math.max(0, state.tops.explanation + by) } }
  if (detail === undefined) return state
  if (state.focus === 'bytes') {
    const perRow = bytesPerRow(state)
    const last = Math.max(0, bufferLength(state) - 1)
    const now = Math.floor(state.byte / perRow)
    const row = clamp(now + by, 0, Math.floor(last / perRow))
    // The column is kept: beyond the first or last row there is nothing to go to.
    return row === now ? state : selectByte(state, Math.min(row * perRow + (state.byte % perRow), last))
  }
  const lines = visibleNodes(detail, state.folding)
  return select(state, lines[clamp(lines.indexOf(state.selected) + by, 0, lines.length - 1)]!)
}

/** Who comes down to the newest packet of a live capture stays there. */
const followed = (state: State, by: number): State =>
  by > 0 && state.capture?.live && !state.paused && state.packet === lastPacket(state)
    ? { ...state, follow: true }
    : state

function toEdge(state: State, to: 'first' | 'last'): State {
  const far = to === 'first' ? -1 : 1
  if (state.help !== undefined || overOf(state) || state.capture === undefined)
    return move(state, far * Number.MAX_SAFE_INTEGER)
  switch (state.focus) {
    case 'packets': {
      const moved = jump(state, to === 'first' ? firstPacket(state) : lastPacket(state))
      return { ...moved, follow: to === 'last' && state.capture?.complete === false }
    }
    case 'bytes':
      return selectByte(state, to === 'first' ? 0 : Math.max(0, bufferLength(state) - 1))
    default:
      return move(state, far * Number.MAX_SAFE_INTEGER)
  }
}

/** Left and right: from byte to byte; elsewhere a fold closes or opens, or the cursor goes to what is around it. */
function sideways(state: State, by: number): State {
  const { detail, focus } = state
  if (detail === undefined) return state
  if (focus === 'bytes') return selectByte(state, clamp(state.byte + by, 0, bufferLength(state) - 1))
  if (focus === 'tree') return foldSideways(state, by)
  return state
}

/** Shows a packet; a capture that grows is followed no further. */
function toPacket(state: State, packet: number): State {
  const count = state.capture?.count ?? 0
  const to = clamp(packet, Math.min(state.capture?.first ?? 1, count), count)
  return to === state.packet
    ? state
    : { ...state, packet: to, follow: state.follow && to === lastPacket(state) }
}

/** The same for a number that was typed, which may be that of no packet: then to the nearest one. */
function jumpTo(state: State, packet: number): State {
  const { first = 1, count = 0, complete = true } = state.capture ?? {}
  const moved = jump(state, packet)
  if (count === 0 || (packet >= first && packet <= count)) return moved
  const soFar = complete ? '' : ' so far'
  const text = packet > count ? `the last packet${soFar} is ${count}` : `the first packet is ${first}`
  return { ...moved, message: { text: `there is no packet ${packet}; ${text}`, severity: 'info' } }
}

/** Shows a packet, and remembers the one that was there before. One that the filter hides is asked about first. */
export function jump(state: State, packet: number): State {
  const { first = 1, count = 0 } = state.capture ?? {}
  const there = clamp(packet, Math.min(first, count), count)
  if (there !== state.packet && isHidden(state, there)) return reveal(state, there)
  const moved = toPacket(state, there)
  if (moved === state) return state
  return { ...moved, back: [...state.back, state.packet].slice(-longestHistory), forward: [] }
}

/** Asks whether the filter may go, for the sake of a packet that it hides. */
const reveal = (state: State, packet: number): State => ({
  ...state,
  prompt: newPrompt(state, 'reveal', String(packet)),
})
