import { clamp } from './layout.ts'
import { ruleRow } from './rule-row.ts'
import { fit, type Row, width as widthOf } from './text.ts'

/** Completions that are shown at once. */
const mostOffers = 8
/** Rows that a small screen keeps for itself. */
const leastScreen = 5
/** Columns of the name of a completion, at most, where something is said of it; and what stands before it. */
const mostName = 32
const signs = 3

/** What a line may become, what it is, and what that is for. */
export type Offer = { readonly text: string; readonly label: string; readonly explain: string }

/**
 * Some of the completions of a line around the one that was chosen (-1: none), each with what it is, below a rule that says
 * by which keys they are chosen. `taken`: rows that are needed besides.
 */
export function offerRows(
  all: readonly Offer[],
  chosen: number,
  keys: string,
  { columns, rows, taken }: { readonly columns: number; readonly rows: number; readonly taken: number },
): readonly Row[] {
  const room = clamp(rows - leastScreen - taken, 0, mostOffers)
  const top = clamp(chosen - Math.floor(room / 2), 0, Math.max(0, all.length - room))
  const shown = all.slice(top, top + room)
  const most = shown.some(({ label }) => label !== '') ? mostName : columns - signs
  const longest = Math.min(most, Math.max(0, ...shown.map(({ text }) => widthOf(text))))
  if (shown.length === 0) return []
  const title = `${keys}  ${top + 1}–${top + shown.length} of ${all.length}`
  const lines = shown.map(({ text, label, explain }, i): Row => {
    const isChosen = top + i === chosen
    const row: Row = [
      { text: isChosen ? ' ► ' : '   ', role: 'key' },
      ...fit([{ text, role: isChosen ? 'title' : 'value' }], longest),
      { text: `  ${label}` },
      { text: explain === '' ? '' : `  ${explain}`, role: 'dim' },
    ]
    return isChosen ? fit(row, columns, 'cursor') : row
  })
  return [ruleRow(title, columns), ...lines]
}
