import { helpHeight, helpRows } from './geometry.ts'
import { keyText } from './help-rows.ts'
import { bindingOf, overOf } from './keymap.ts'
import type { FilterView } from './listed.ts'
import type { LiveFacts, State } from './state.ts'
import { fit, type Row, type Span, textOf, width } from './text.ts'

/** The first line in so many columns: which capture, how much of it is known, what goes on. */
export function headerRow(state: State, columns: number): Row {
  const left = leftOf(state)
  const right = rightOf(state, columns - width(textOf(left)) - 2)
  const room = columns - width(textOf(right)) - 1
  return [...fit(left, Math.max(leastLeft, room)), ...right]
}

/** Columns in which a name can be told, however much goes on. */
const leastLeft = 10

function leftOf({ capture, marked, packet, filter, sorted }: State): Row {
  if (capture === undefined) return [{ text: ' vpnscope', role: 'title' }]
  const { name, count, damage, full, live } = capture
  const spans: Span[] = [
    { text: ` ${live ? name : baseName(name)}`, role: 'title' },
    {
      text: filter
        ? ` · packet ${inGroups.format(packet)} · `
        : ` · ${inGroups.format(packet)} of ${inGroups.format(count)} packet${count === 1 ? '' : 's'}`,
    },
    ...(filter ? matchingSpans(filter) : []),
  ]
  if (marked.size > 0) spans.push({ text: ' · ' }, { text: `${marked.size} marked`, role: 'key' })
  // What is wrong matters more than where the file lies, which the start of the sentence says.
  if (damage !== undefined) spans.push({ text: ` · ! ${damage.replace(`${name}: `, '')}`, role: 'warning' })
  if (full !== undefined) spans.push({ text: ` · ! ${full}`, role: 'error' })
  if (sorted) spans.push({ text: ` · sorted by ${sorted.by}`, role: 'key' })
  if (filter) spans.push({ text: ' · ' }, { text: filter.text, role: 'value' })
  return spans
}

const inGroups = new Intl.NumberFormat('en')

/** `120 of 10,000 match`, of the packets that have been looked at. */
function matchingSpans({ packets, read }: FilterView): Row {
  const count = inGroups.format(packets.end - packets.first)
  return [{ text: `${count} of ${inGroups.format(read)} match`, role: 'key' }]
}

const baseName = (path: string): string => path.split('/').at(-1) ?? path

const barWidth = 16
/** So many packets are filtered before anyone has read that it is being done. */
const soon = 1000

/** Panes whose keys at the bottom leave no room for it can be filtered too. */
const unfiltered: Span = {
  text: `no filter, ${keyText(bindingOf('edit-filter')?.keys[0] ?? '')} asks for one `,
  role: 'dim',
}

/** What goes on: a search or a save, a capture that is live, the reading of a file. */
function rightOf(state: State, room: number): Row {
  const { capture, busy, follow, paused, arrived, seen, help, filter } = state
  if (help !== undefined) return helpPlace(state, help)
  if (busy) return progress(busy.what, busy.done, busy.total)
  if (capture === undefined) return []
  if (filter && filter.read < capture.count) {
    if (filter.stopped) return [{ text: 'filter stopped ', role: 'warning' }]
    if (capture.count - filter.read > soon) return progress('filtering', filter.read, capture.count)
  }
  const fresh: Row =
    arrived > seen && (!follow || paused) ? [{ text: `${arrived - seen} new`, role: 'key' }, dot] : []
  if (capture.live) return liveRow(capture.live, { fresh, paused, follow, room })
  if (paused) return [...fresh, { text: 'paused ', role: 'warning' }]
  if (capture.complete) return isFilterable(state) && room >= width(unfiltered.text) ? [unfiltered] : []
  const atEnd = capture.following && capture.done >= capture.total
  if (capture.total > 0 && !atEnd) return progress('reading', capture.done, capture.total)
  return [...fresh, { text: follow ? 'following ' : 'waiting for more ', role: 'info' }]
}

/** The panes are there, and nothing else is to be told here. */
const isFilterable = (state: State): boolean =>
  [overOf(state), state.filter, state.prompt, state.capture?.damage].every(each => each === undefined)

/** Which lines of the help are seen: `lines 1–26 of 70`. */
function helpPlace(state: State, top: number): Row {
  const all = helpRows(state).length
  const last = Math.min(all, top + helpHeight(state))
  const text = top === 0 && last === all ? 'all keys ' : `lines ${top + 1}–${last} of ${all} `
  return [{ text, role: 'info' }]
}

type LiveView = {
  readonly fresh: Row
  readonly paused: boolean
  readonly follow: boolean
  readonly room: number
}

/** Why it was interrupted is told where there is room for the whole sentence. */
function liveRow(live: LiveFacts, { fresh, paused, follow, room }: LiveView): Row {
  const { running, awaited, interruptions, interruption, isOnce } = live
  const going = paused ? 'paused' : follow ? 'following' : 'capturing'
  const over = isOnce ? 'the pipe has ended' : awaited ? 'waiting, r tries at once' : 'stopped, r begins anew'
  const state = running ? going : over
  const first: Span = { text: state, role: running && !paused ? 'good' : 'warning' }
  const row = (times: string) => [...fresh, ...livePieces(live, first, times)]
  if (interruptions === 0) return fitting(row(''), room)
  const told = row(`${interruptions} interrupted (${bare(live, interruption)})`)
  return fitting(width(textOf(told)) < room ? told : row(`${interruptions} interrupted`), room)
}

/** What is told of the only interface: its name is in the line already. */
const bare = ({ devices }: LiveFacts, sentence: string): string =>
  sentence.startsWith(`${devices}: `) ? sentence.slice(devices.length + 2) : sentence

/** Whether packets come, what is wrong, how many come, where they go to: what matters most comes first. */
function livePieces(live: LiveFacts, first: Span, interrupted: string): Row {
  const { running, rate, dropped, troubles, recording, fault } = live
  const trouble = fault ?? troubles[0]
  const pieces: readonly (Span | undefined)[] = [
    first,
    dropped ? { text: `${dropped} dropped`, role: 'warning' } : undefined,
    interrupted === '' ? undefined : { text: interrupted, role: 'warning' },
    trouble === undefined ? undefined : { text: `! ${bare(live, trouble)}`, role: 'warning' },
    running ? { text: `${Math.round(rate)}/s`, role: 'dim' } : undefined,
    // That nothing was lost is worth knowing, too; not every engine can tell.
    running && dropped === 0 ? { text: '0 dropped', role: 'dim' } : undefined,
    recording === undefined ? undefined : { text: `into ${recording}`, role: 'dim' },
  ]
  return pieces.flatMap((piece, at): Row => (piece ? [...(at > 0 ? [dot] : []), piece] : []))
}

const dot: Span = { text: ' · ', role: 'dim' }

/** As much of it as there is room for, with a blank at the end: the last pieces go first, the first one stays. */
function fitting(row: Row, room: number): Row {
  let shown = row
  while (shown.length > 2 && width(textOf(shown)) + 1 > room) shown = shown.slice(0, -2)
  const next = row[shown.length + 1]
  const left = room - width(textOf(shown)) - 1
  // A sentence, or a path, says something with its beginning, too.
  const part: Row = next && left > leastPart ? [dot, ...fit([next], left - dot.text.length)] : []
  return [...shown, ...part, { text: ' ' }]
}

/** Columns from which on the beginning of a piece tells something. */
const leastPart = 24

function progress(what: string, done: number, total: number): Row {
  const share = total > 0 ? Math.min(1, done / total) : 0
  const full = Math.round(share * barWidth)
  return [
    { text: `${what} `, role: 'info' },
    { text: '█'.repeat(full), role: 'good' },
    { text: '░'.repeat(barWidth - full), role: 'dim' },
    { text: ` ${String(Math.floor(share * 100)).padStart(3)} % `, role: 'info' },
  ]
}
