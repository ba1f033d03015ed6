import { explanationView } from '../geometry.ts'
import { arrangementOf, rowsOf } from '../layout.ts'
import type { Row } from '../text.ts'
import type { View } from '../view.ts'
import { Pane } from './pane.tsx'

/** What the selected field is, what it says here, and why it exists. */
export function Explanation({ state, theme }: View) {
  if (!arrangementOf(state).panes.has('explanation')) return null
  const { title, place, rows: all } = explanationView(state)
  const top = state.tops.explanation
  const height = rowsOf(state, 'explanation')
  const below = all.length - top - height
  const right: Row = [
    ...(place === '' ? [] : [{ text: place, role: 'dim' as const }]),
    ...(place !== '' && below > 0 ? [{ text: ' ─ ', role: 'dim' as const }] : []),
    ...(below > 0 ? [{ text: `${below} more`, role: 'info' as const }] : []),
  ]
  const rows = all.slice(top, top + height)
  return <Pane state={state} pane="explanation" title={title} right={right} rows={rows} theme={theme} />
}
