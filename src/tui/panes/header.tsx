import { helpHeight, helpRows } from '../geometry.ts'
import { arrangementOf } from '../layout.ts'
import type { LiveFacts, State } from '../state.ts'
import { fit, type Row, type Span, textOf, width } from '../text.ts'
import type { View } from '../view.ts'
import { Block } from './pane.tsx'

/** The first line: which capture, how much of it is known, what goes on. */
export function Header({ state, theme }: View) {
  const rect = arrangementOf(state).header
  const right = rightOf(state)
  const room = rect.width - width(textOf(right)) - 1
  return <Block rect={rect} rows={[[...fit(leftOf(state), Math.max(10, room)), ...right]]} theme={theme} />
}

function leftOf({ capture, marked, packet }: State): Row {
  if (capture === undefined) return [{ text: ' vpnscope', role: 'title' }]
  const { name, count, damage, full } = capture
  const spans: Span[] = [
    { text: ` ${baseName(name)}`, role: 'title' },
    { text: ` · ${packet} of ${count} packet${count === 1 ? '' : 's'}` },
  ]
  if (marked.size > 0) spans.push({ text: ' · ' }, { text: `${marked.size} marked`, role: 'key' })
  // What is wrong matters more than where the file lies, which the start of the sentence says.
  if (damage !== undefined) spans.push({ text: ` · ! ${damage.replace(`${name}: `, '')}`, role: 'warning' })
  if (full !== undefined) spans.push({ text: ` · ! ${full}`, role: 'error' })
  return spans
}

const baseName = (path: string): string => path.split('/').at(-1) ?? path

const barWidth = 16

/** What goes on: a search or a save, a capture that is live, the reading of a file. */
function rightOf(state: State): Row {
  const { capture, busy, follow, paused, arrived, seen, help } = state
  if (help !== undefined) return helpPlace(state, help)
  if (busy) return progress(busy.what, busy.done, busy.total)
  if (capture === undefined) return []
  const fresh: Row =
    arrived > seen && (!follow || paused)
      ? [{ text: `${arrived - seen} new`, role: 'key' }, { text: ' · ' }]
      : []
  if (capture.live) return [...fresh, ...liveRow(capture.live, paused, follow)]
  if (capture.complete) return []
  const atEnd = follow && capture.done >= capture.total
  if (capture.total > 0 && !atEnd) return progress('reading', capture.done, capture.total)
  return [...fresh, { text: follow ? 'following ' : 'waiting for more ', role: 'info' }]
}

/** Which lines of the help are seen: `lines 1–26 of 70`. */
function helpPlace(state: State, top: number): Row {
  const all = helpRows(state).length
  const last = Math.min(all, top + helpHeight(state))
  const text = top === 0 && last === all ? 'all keys ' : `lines ${top + 1}–${last} of ${all} `
  return [{ text, role: 'info' }]
}

/** Where packets come from, whether they do, how many, and what is wrong. */
function liveRow(live: LiveFacts, paused: boolean, follow: boolean): Row {
  const { devices, running, rate, dropped, ended, interruptions, recording, fault } = live
  const state = running ? (paused ? 'paused' : follow ? 'following' : 'capturing') : 'stopped, r begins anew'
  const trouble = fault ?? ended[0]
  const pieces: Row = [
    { text: `${devices} `, role: 'info' },
    { text: state, role: running && !paused ? 'good' : 'warning' },
  ]
  const more: Row = [
    running ? { text: `${Math.round(rate)}/s`, role: 'dim' } : undefined,
    recording === undefined ? undefined : { text: `into ${recording}`, role: 'dim' },
    dropped ? { text: `${dropped} dropped`, role: 'warning' } : undefined,
    interruptions > 0 ? { text: `${interruptions} interrupted`, role: 'warning' } : undefined,
    trouble === undefined ? undefined : { text: `! ${trouble}`, role: 'warning' },
  ].flatMap(piece => (piece ? [{ text: ' · ', role: 'dim' }, piece as Span] : []))
  return [...pieces, ...more, { text: ' ' }]
}

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
