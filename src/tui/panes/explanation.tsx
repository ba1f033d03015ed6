import { explanationTitle } from '../explanation-rows.ts'
import { explanationRows } from '../geometry.ts'
import { rowsOf } from '../layout.ts'
import type { Row } from '../text.ts'
import type { View } from '../view.ts'
import { Pane } from './pane.tsx'

/** What the selected field is, what it says here, and why it exists. */
export function Explanation({ state, theme }: View) {
  const { detail, selected, tops } = state
  const height = rowsOf(state, 'explanation')
  if (height === 0) return null
  const all = explanationRows(state)
  const rows = all.slice(tops.explanation, tops.explanation + height)
  const parts = detail ? explanationTitle(detail, selected) : ['Explanation']
  const title = parts.flatMap(
    (text, i): Row => [
      ...(i > 0 ? [{ text: ' ─ ', role: 'dim' as const }] : []),
      { text, role: i === 0 ? 'title' : 'dim' },
    ],
  )
  const below = all.length - tops.explanation - height
  const more: Row = below > 0 ? [{ text: ` ─ ${below} more`, role: 'info' }] : []
  return <Pane state={state} pane="explanation" title={[...title, ...more]} rows={rows} theme={theme} />
}
