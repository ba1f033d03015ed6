import { visibleNodes } from '../folding.ts'
import { innerWidth, titleRoom } from '../geometry.ts'
import { arrangementOf, rowsOf } from '../layout.ts'
import type { Row } from '../text.ts'
import { aboveSpans, nodeRow } from '../tree-rows.ts'
import type { View } from '../view.ts'
import { isWalking } from '../walk-mode.ts'
import { breadcrumb, drawingRows } from '../walk-rows.ts'
import { Pane } from './pane.tsx'

/** The layers and fields of the packet. */
export function Tree({ state, theme }: View) {
  const rect = arrangementOf(state).panes.get('tree')
  const { detail } = state
  if (rect === undefined) return null
  const width = innerWidth(rect)
  const nodes = detail ? visibleNodes(detail, state.folding) : []
  const shown = nodes.slice(state.tops.tree, state.tops.tree + rowsOf(state, 'tree'))
  const drawn = drawingRows(state, width, rowsOf(state, 'tree'))
  const tree = detail ? shown.map(index => nodeRow(state, detail, index, width)) : []
  const title: Row =
    detail && isWalking(state)
      ? breadcrumb(detail, state.selected, titleRoom(rect))
      : [{ text: 'Layers', role: 'title' }, ...(detail ? aboveSpans(detail, shown[0] ?? 0) : [])]
  return <Pane state={state} pane="tree" title={title} rows={drawn ?? tree} theme={theme} />
}
