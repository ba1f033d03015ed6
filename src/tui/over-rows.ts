import type { Over } from './bindings.ts'
import { comparisonHeads, comparisonRow, comparisonTitle } from './comparison-rows.ts'
import { keyText } from './help-rows.ts'
import { bindingOf, overOf } from './keymap.ts'
import { gutter, ladderOf, rungs } from './ladder-lines.ts'
import { overHeight, overLength, overPlace } from './ladder-moving.ts'
import { meaningHeads, meaningRow, meaningTitle } from './meaning-rows.ts'
import { negotiationHeads, negotiationRow, negotiationsTitle, offeredBy } from './negotiation-rows.ts'
import { rawHeads, rawRow, rawTitle } from './raw-text.ts'
import { settingRow, settingsHeads, settingsTitle } from './settings.ts'
import type { State } from './state.ts'
import { fit, type Row, type Span, textOf, width } from './text.ts'

/** Everything between header and footer while something lies over the panes: title, heads, lines. */
export function overRows(state: State): readonly Row[] {
  const over = overOf(state)
  if (over === undefined) return []
  const { title, heads, line } = parts[over]
  const { top = 0 } = overPlace(state) ?? {}
  const count = Math.max(0, Math.min(overHeight(state), overLength(state) - top))
  const lines = Array.from({ length: count }, (_, i) => lineRow(state, top + i, line(state, top + i)))
  return [titleRow(state, title(state)), [{ text: ' '.repeat(gutter) }, ...heads(state)], ...lines]
}

/** `► Ladder 1 of 2 ─ IKEv2 negotiation 1: refused ──── lines 1–18 of 30 ─` */
function titleRow(state: State, title: Row): Row {
  const { columns } = state.size
  const { top = 0 } = overPlace(state) ?? {}
  const all = overLength(state)
  const last = Math.min(all, top + overHeight(state))
  const right = top === 0 && last === all ? '' : ` lines ${top + 1}–${last} of ${all} ─`
  const lead: Span = { text: '► ', role: 'key' }
  const left = fit(title, Math.min(width(textOf(title)), Math.max(0, columns - 3 - right.length)))
  const line = '─'.repeat(Math.max(0, columns - 3 - width(textOf(left)) - right.length))
  return [lead, ...left, { text: ` ${line}${right}`, role: 'dim' }]
}

/** What each of them has: a title, the heads of its columns, and its lines. */
const parts: Readonly<Record<Over, Parts>> = {
  negotiations: { title: negotiationsTitle, heads: negotiationHeads, line: negotiationRow },
  ladder: { title: ladderTitle, heads: ladderHead, line: ladderRow },
  meaning: { title: meaningTitle, heads: meaningHeads, line: meaningRow },
  raw: { title: rawTitle, heads: rawHeads, line: rawRow },
  settings: { title: settingsTitle, heads: settingsHeads, line: settingRow },
  comparison: { title: comparisonTitle, heads: comparisonHeads, line: comparisonRow },
}

type Parts = {
  readonly title: (state: State) => Row
  readonly heads: (state: State) => Row
  readonly line: (state: State, index: number) => Row
}

function ladderTitle(state: State): Row {
  const { story, ladder } = state
  const offered = story ? offeredBy(story) : []
  const place = ` ${offered.indexOf(ladder?.negotiation ?? 0) + 1} of ${offered.length}, ${turningKeys} turn`
  return [
    { text: 'Ladder', role: 'title' },
    ...(offered.length > 1 ? [{ text: place, role: 'dim' as const }] : []),
    { text: ' ─ ', role: 'dim' },
    { text: ladderOf(state).title, role: 'title' },
  ]
}

const turningKeys = ['previous-negotiation', 'next-negotiation']
  .map(name => keyText(bindingOf(name)?.keys[0] ?? ''))
  .join(' ')

function ladderRow(state: State, index: number): Row {
  return ladderOf(state).lines[index]?.row ?? []
}

/** Who and where; once the peers are scrolled away, who stands at which side. */
function ladderHead(state: State): Row {
  const { place, peers, lines } = ladderOf(state)
  const line = peers < (state.ladder?.top ?? 0) ? lines[peers] : undefined
  return line?.row ?? place
}

/** One line with its cursor and mark. */
function lineRow(state: State, index: number, body: Row): Row {
  const current = index === overPlace(state)?.cursor
  const marked = isMarked(state, index)
  const signs: Row = [
    { text: current ? '►' : ' ', role: 'key' },
    { text: marked ? '*' : ' ', role: 'key' },
  ]
  return fit([...signs, ...body], state.size.columns, current ? 'cursor' : marked ? 'marked' : 'none')
}

function isMarked(state: State, index: number): boolean {
  if (state.ladder === undefined || overOf(state) !== 'ladder') return false
  const line = ladderOf(state).lines[index]
  return line !== undefined && rungs.includes(line.kind) && state.ladder.marked.includes(line.packet)
}
