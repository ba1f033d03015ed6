import { helpHeight, helpRows } from '../geometry.ts'
import { arrangementOf } from '../layout.ts'
import { spelled } from '../spelled.ts'
import type { View } from '../view.ts'
import { Block } from './pane.tsx'

/** All keys, made from the keymap: those of the focused pane first. */
export function Help({ state, theme }: View) {
  const { width, top } = arrangementOf(state).header
  const rect = { left: 0, top: top + 1, width, height: helpHeight(state) }
  const rows = helpRows(state).slice(state.help)
  return <Block rect={rect} rows={rows.map(row => [{ text: ' ' }, ...spelled(row, theme)])} theme={theme} />
}
