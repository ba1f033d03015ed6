import { startRows } from '../start-rows.ts'
import type { View } from '../view.ts'
import { Block } from './pane.tsx'

/** The page without a capture: what could be opened. */
export function Start({ state, theme }: View) {
  const { columns, rows } = state.size
  const rect = { left: 0, top: 1, width: columns, height: rows - 2 }
  return <Block rect={rect} rows={startRows(state)} theme={theme} />
}
