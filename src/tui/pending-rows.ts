import { type Binding, keymap } from './bindings.ts'
import { filterFor } from './field-filters.ts'
import { keyText } from './help-rows.ts'
import { contextOf } from './keymap.ts'
import { ruleRow } from './rule-row.ts'
import type { State } from './state.ts'
import { fit, type Row, width } from './text.ts'

/** Fewer ways to go on are not listed. */
const leastOffered = 4
/** Rows that a small screen keeps for itself. */
const leastScreen = 5
const gap = 3

/** The keys typed so far of a command of several, below how it can go on. */
export function pendingRows(state: State): readonly Row[] {
  const { pending, times, size } = state
  const typed = `${times ?? ''}${pending.map(keyText).join(' ')}`
  const last: Row = [
    { text: ` ${typed}`, role: 'key' },
    { text: ' … Esc forgets it', role: 'dim' },
  ]
  const begun = `${pending.join(' ')} `
  const offered = keymap.filter(
    ({ keys, in: contexts }) =>
      contexts.includes(contextOf(state)) && keys.some(each => each.startsWith(begun)),
  )
  if (pending.length === 0 || offered.length < leastOffered) return [last]
  const entries = offered.map(binding => entryRow(binding, begun))
  const rows = inColumns(entries, size.columns)
  return [
    ruleRow(titleOf(state), size.columns),
    ...rows.slice(0, Math.max(0, size.rows - leastScreen - 2)),
    last,
  ]
}

const entryRow = ({ keys, does }: Binding, begun: string): Row => [
  { text: ` ${keyText(keys.find(each => each.startsWith(begun))!.slice(begun.length))}`, role: 'key' },
  { text: `  ${does}` },
]

/** As many columns as there is room for, each filled from its top. */
function inColumns(entries: readonly Row[], columns: number): readonly Row[] {
  const widest = Math.max(...entries.map(entry => width(entry.map(({ text }) => text).join('')))) + gap
  const beside = Math.max(1, Math.floor(columns / widest))
  const height = Math.ceil(entries.length / beside)
  return entries
    .slice(0, height)
    .map((_, row) =>
      Array.from({ length: beside }, (__, column) =>
        fit(entries[column * height + row] ?? [], widest),
      ).flat(),
    )
}

/** The value that a filter would be about. */
function titleOf({ pending, detail, selected }: State): string {
  const filter = pending[0] === 'a' && detail ? filterFor(detail, selected, 'value') : ''
  return filter
}
