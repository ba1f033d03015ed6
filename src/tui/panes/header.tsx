import { headerRow } from '../header-rows.ts'
import { arrangementOf } from '../layout.ts'
import type { View } from '../view.ts'
import { Block } from './pane.tsx'

/** The first line of the screen. */
export function Header({ state, theme }: View) {
  const rect = arrangementOf(state).header
  return <Block rect={rect} rows={[headerRow(state, rect.width)]} theme={theme} />
}
