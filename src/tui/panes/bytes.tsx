import { nodeRanges } from '../../print/node-ranges.ts'
import { byteRows, type Mark } from '../byte-rows.ts'
import { bytesTitle } from '../byte-title.ts'
import { bufferBytes, bufferOf } from '../folding.ts'
import { byteLayout, titleRoom } from '../geometry.ts'
import { arrangementOf, rowsOf } from '../layout.ts'
import type { Detail, State } from '../state.ts'
import { layerRole, type Row } from '../text.ts'
import type { View } from '../view.ts'
import { Pane } from './pane.tsx'

/** The bytes, in the colours of their layers, with those of the selected field standing out. */
export function Bytes({ state, theme }: View) {
  const { detail } = state
  const rect = arrangementOf(state).panes.get('bytes')
  if (rect === undefined) return null
  const rows = detail ? bytesOf(state, detail, rowsOf(state, 'bytes')) : []
  return (
    <Pane state={state} pane="bytes" title={bytesTitle(state, titleRoom(rect))} rows={rows} theme={theme} />
  )
}

function bytesOf(state: State, detail: Detail, height: number): Row[] {
  const bytes = bufferBytes(detail, bufferOf(detail, state.selected))
  const layout = byteLayout(state)
  return byteRows({ ...layout, bytes, rows: height }, marksOf(state, detail))
}

/** What looks how: layers, what is around the selected field, the field, the cursor. */
function marksOf(state: State, { found, nodes }: Detail): Mark[] {
  const node = nodes[state.selected]
  if (node === undefined) return []
  const buffer = node.layer < 0 ? 0 : found.bufferOf[node.layer]
  const marks: Mark[] = []
  for (const layer of nodes)
    if (layer.kind === 'layer' && found.bufferOf[layer.layer] === buffer)
      for (const { start, end } of nodeRanges(found, layer))
        marks.push({ start, end, role: layerRole(layer.layer) })
  if (node.kind !== 'layer')
    for (let at = nodes[node.parent]; at !== undefined; at = nodes[at.parent])
      for (const { start, end } of nodeRanges(found, at)) marks.push({ start, end, ground: 'ancestor' })
  const ground = node.kind === 'layer' ? 'selected-layer' : 'selected'
  for (const { start, end, bit, bits } of nodeRanges(found, node)) {
    const first = start * 8 + bit
    const isWhole = bits === (end - start) * 8
    marks.push({ start, end, ground, ...(!isWhole && { bits: [first, first + bits] as const }) })
  }
  if (state.focus === 'bytes') marks.push({ start: state.byte, end: state.byte + 1, ground: 'cursor' })
  return marks
}
