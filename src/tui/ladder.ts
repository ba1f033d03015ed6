import type { Story } from '../follow/story.ts'
import { overOf } from './keymap.ts'
import { ladderOf, rungs } from './ladder-lines.ts'
import { lineOf, overPlace, withOverPlace } from './ladder-moving.ts'
import { ladderPlace } from './ladder-place.ts'
import { follow } from './meaning.ts'
import { jump } from './moving.ts'
import { offeredBy } from './negotiation-rows.ts'
import type { Reducers } from './reduce.ts'
import type { Place, State } from './state.ts'

/** The ladder of one negotiation. */
export type LadderView = Place & {
  /** The number of the negotiation; 0: what belongs to none. */
  readonly negotiation: number
  /** Packets of the messages that are marked, at most two, in the order in which they were. */
  readonly marked: readonly number[]
  /** Verdicts come with cause and advice. */
  readonly reasons: boolean
}

/** Messages that are compared. */
const two = 2

/** Negotiations: the list of them, the ladder of one, two of its messages side by side. */
export const reducers: Reducers<
  'told' | 'line' | 'scroll-over' | 'enter' | 'turn' | 'mark-message' | 'reasons' | 'compared' | 'whole'
> = {
  told: (state, { story, open }) => {
    const known = retold(state, story)
    if (open === undefined) return known
    return open === 'packet' ? openOfPacket(known, story) : openAll(known, story)
  },
  line: (state, { index }) => withOverPlace(state, { ...(overPlace(state) ?? start), cursor: index }),
  'scroll-over': (state, { by }) => {
    const place = overPlace(state)
    return place ? withOverPlace(state, { ...place, top: Math.max(0, place.top + by) }) : state
  },
  enter,
  turn: (state, { by }) => {
    const { ladder, story } = state
    if (ladder === undefined || story === undefined) return state
    const numbers = offeredBy(story)
    const next = numbers[numbers.indexOf(ladder.negotiation) + by]
    if (next === undefined) return say(state, by > 0 ? 'this is the last one' : 'this is the first one')
    return openLadder({ ...state, ladder: undefined }, next, 0, ladder.reasons)
  },
  'mark-message': markMessage,
  reasons: state => {
    const { ladder } = state
    if (ladder === undefined) return state
    // They stand at the top, and whoever asks for them wants to read them.
    if (!ladder.reasons) return { ...state, ladder: { ...ladder, ...start, reasons: true } }
    return onSameLine(state, { ...state, ladder: { ...ladder, reasons: false } })
  },
  compared: (state, { left, right, of }) =>
    state.ladder || of === 'packets'
      ? { ...state, comparison: { ...start, of: of ?? 'messages', left, right, whole: false } }
      : state,
  whole: state => {
    const { comparison } = state
    return comparison
      ? { ...state, comparison: { ...comparison, ...start, whole: !comparison.whole } }
      : state
  },
}

const start = { cursor: 0, top: 0 } as const
const closed = { comparison: undefined }

const say = (state: State, text: string): State => ({ ...state, message: { text, severity: 'info' } })

/** More has been read: what is open stays, with the cursor on the row that it was on. */
function retold(state: State, story: Story): State {
  const after = { ...state, story }
  if (state.ladder === undefined || !offeredBy(story).includes(state.ladder.negotiation))
    return { ...after, ladder: undefined, ...(state.comparison?.of === 'messages' && closed) }
  return onSameLine(state, after)
}

/** Finds the row of the cursor again where lines have come or gone. */
function onSameLine(before: State, after: State): State {
  if (before.ladder === undefined || after.ladder === undefined) return after
  const line = ladderOf(before).lines[before.ladder.cursor]
  const { lines } = ladderOf(after)
  const same = lines.findIndex(
    ({ kind, packet, nth }) => line && kind === line.kind && packet === line.packet && nth === line.nth,
  )
  return { ...after, ladder: { ...after.ladder, cursor: same < 0 ? after.ladder.cursor : same } }
}

function openOfPacket(state: State, story: Story): State {
  const { detail, packet } = state
  const place = detail?.number === packet ? ladderPlace(story, detail) : undefined
  return place ? openLadder(state, place.negotiation, place.packet) : openAll(state, story)
}

function openAll(state: State, story: Story): State {
  if (offeredBy(story).length > 0)
    return { ...state, negotiations: start, ladder: undefined, comparison: undefined }
  const packets = story.packets === 1 ? '1 packet' : `${story.packets} packets`
  const soFar = state.capture?.complete ? '' : ' read so far'
  return say(state, `there is no IKE negotiation, ESP or AH in ${packets}${soFar}`)
}

/** Opens a ladder with the cursor on the row of a packet, else on its first line. */
function openLadder(state: State, negotiation: number, packet: number, reasons = false): State {
  const ladder: LadderView = { ...start, negotiation, marked: [], reasons }
  const opened = { ...state, ladder }
  return { ...opened, ladder: { ...ladder, cursor: Math.max(0, lineOf(opened, packet)) } }
}

/** Enter: from the list to a ladder, from a ladder to a packet. */
function enter(state: State): State {
  const { story, negotiations, ladder } = state
  switch (overOf(state)) {
    case 'negotiations': {
      const number = story && negotiations ? offeredBy(story)[negotiations.cursor] : undefined
      return number === undefined ? state : openLadder(state, number, 0)
    }
    case 'ladder': {
      const packet = ladder ? (ladderOf(state).lines[ladder.cursor]?.packet ?? 0) : 0
      if (packet === 0) return say(state, 'no packet belongs to this line')
      if (packet < (state.capture?.first ?? 1)) return say(state, `packet ${packet} has left the ring`)
      const closed = { ...state, negotiations: undefined, ladder: undefined }
      return jump({ ...closed, focus: 'packets' }, packet)
    }
    case 'meaning':
      return follow(state)
    default:
      return state
  }
}

/** Marks the message of the line, and goes to the next one; of three the oldest mark goes. */
function markMessage(state: State): State {
  const { ladder } = state
  const { lines } = ladderOf(state)
  const line = ladder && lines[ladder.cursor]
  if (ladder === undefined || line === undefined) return state
  const { packet, kind } = line
  if (packet === 0 || !rungs.includes(kind))
    return say(state, 'this is no message; those with an arrow can be marked')
  const next = lines.findIndex((other, i) => i > ladder.cursor && rungs.includes(other.kind))
  const cursor = next < 0 ? ladder.cursor : next
  const others = ladder.marked.filter(other => other !== packet)
  if (others.length < ladder.marked.length) return { ...state, ladder: { ...ladder, cursor, marked: others } }
  const marked = [...others, packet].slice(-two)
  const after = { ...state, ladder: { ...ladder, cursor, marked } }
  if (marked.length < two) return after
  const [one, other] = [...marked].sort((a, b) => a - b)
  return say(after, `packets ${one} and ${other} are marked: d shows them side by side`)
}

/** Closes what lies on top of the panes; undefined: nothing does. */
export function closeOver(state: State): State | undefined {
  const quiet = { ...state, message: undefined }
  if (state.settings) return { ...quiet, settings: undefined }
  if (state.raw) return { ...quiet, raw: undefined }
  if (state.meaning) return { ...quiet, meaning: undefined }
  if (state.comparison) return { ...quiet, comparison: undefined }
  if (state.ladder) return { ...quiet, ladder: undefined }
  return state.negotiations && { ...quiet, negotiations: undefined }
}
