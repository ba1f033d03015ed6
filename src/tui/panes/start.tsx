import type { Row } from '../text.ts'
import type { View } from '../view.ts'
import { Block } from './pane.tsx'

/** The page without a capture: what could be opened. */
export function Start({ state, theme }: View) {
  const { size, start } = state
  const rect = { left: 0, top: 1, width: size.columns, height: size.rows - 2 }
  const rows: Row[] = [[], [{ text: '  Which capture?', role: 'title' }]]
  let cursorRow = 0
  start.entries.forEach((entry, i) => {
    if (entry.section !== start.entries[i - 1]?.section)
      rows.push([], [{ text: `  ${entry.section}`, role: 'dim' }])
    const current = i === start.cursor
    if (current) cursorRow = rows.length
    const ground = current ? 'cursor' : 'none'
    rows.push([
      { text: current ? '  ► ' : '    ', role: 'key' },
      { text: entry.label.padEnd(30), ground },
      { text: `  ${entry.detail}`, role: 'dim', ground },
    ])
  })
  if (start.entries.length === 0) rows.push([], [{ text: '  :open FILE opens one' }])
  const top = Math.max(0, cursorRow - rect.height + 2)
  return <Block rect={rect} rows={rows.slice(top)} theme={theme} />
}
