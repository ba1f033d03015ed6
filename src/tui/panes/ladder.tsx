import { arrangementOf } from '../layout.ts'
import { overRows } from '../over-rows.ts'
import type { View } from '../view.ts'
import { Block } from './pane.tsx'

/** What lies over the panes: all negotiations, the ladder of one, two messages side by side, or what a name means. */
export function Ladder({ state, theme }: View) {
  const { width, top } = arrangementOf(state).header
  const rect = { left: 0, top: top + 1, width, height: state.size.rows - 2 }
  return <Block rect={rect} rows={overRows(state)} theme={theme} />
}
