import { explanationTitle, walkText } from '../explanation-rows.ts'
import { explanationRows } from '../geometry.ts'
import { arrangementOf, rowsOf } from '../layout.ts'
import { quizTitle } from '../quiz-rows.ts'
import type { Row } from '../text.ts'
import { tourTitle } from '../touring.ts'
import type { View } from '../view.ts'
import { Pane, titleRoom } from './pane.tsx'

/** What the selected field is, what it says here, and why it exists. */
export function Explanation({ state, theme }: View) {
  const { detail, selected, tops } = state
  const rect = arrangementOf(state).panes.get('explanation')
  if (rect === undefined) return null
  const height = rowsOf(state, 'explanation')
  const all = explanationRows(state)
  const rows = all.slice(tops.explanation, tops.explanation + height)
  const below = all.length - tops.explanation - height
  const quiz = quizTitle(state)
  const place = detail && quiz === '' ? walkText(detail, selected) : ''
  const right: Row = [
    ...(place === '' ? [] : [{ text: place, role: 'dim' as const }]),
    ...(place !== '' && below > 0 ? [{ text: ' ─ ', role: 'dim' as const }] : []),
    ...(below > 0 ? [{ text: `${below} more`, role: 'info' as const }] : []),
  ]
  const tour = quiz === '' ? tourTitle(state) : quiz
  const plain = tour === '' ? 'Explanation' : tour
  const title: Row =
    detail && tour === ''
      ? explanationTitle(detail, selected, titleRoom(rect, right))
      : [{ text: plain, role: 'title' }]
  return <Pane state={state} pane="explanation" title={title} right={right} rows={rows} theme={theme} />
}
