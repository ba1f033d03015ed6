import { nodeRanges } from '../../print/node-ranges.ts'
import { bitView, byteRows, type Mark } from '../byte-rows.ts'
import { bufferBytes, bufferOf } from '../folding.ts'
import { byteLayout } from '../geometry.ts'
import { keyText } from '../help-rows.ts'
import { bindingOf } from '../keymap.ts'
import { rowsOf } from '../layout.ts'
import type { Detail, State } from '../state.ts'
import { layerRole, type Row } from '../text.ts'
import type { View } from '../view.ts'
import { Pane } from './pane.tsx'

/** The bytes, in the colours of their layers, with those of the selected field standing out. */
export function Bytes({ state, theme }: View) {
  const { detail } = state
  const height = rowsOf(state, 'bytes')
  if (height === 0) return null
  const rows = detail ? bytesOf(state, detail, height) : []
  return <Pane state={state} pane="bytes" title={titleOf(state)} rows={rows} theme={theme} />
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
  for (const { start, end } of nodeRanges(found, node)) marks.push({ start, end, ground })
  if (state.focus === 'bytes') marks.push({ start: state.byte, end: state.byte + 1, ground: 'cursor' })
  return marks
}

/** `Bytes ─ frame · reassembled (B)`: a tab for each buffer; the one that is shown stands out. */
function titleOf({ detail, selected, radix, byte, focus }: State): Row {
  if (detail === undefined) return [{ text: 'Bytes', role: 'title' }]
  const shown = bufferOf(detail, selected)
  const tabs = tabNames(detail)
  const value = bufferBytes(detail, shown)[byte]
  return [
    { text: radix === 'hex' ? 'Bytes' : `Bytes, ${radix}`, role: 'title' },
    ...tabs.flatMap(
      (name, i): Row => [
        { text: i === 0 ? ' ─ ' : ' · ', role: 'dim' },
        { text: name, role: i === shown && tabs.length > 1 ? 'key' : 'dim' },
      ],
    ),
    ...(tabs.length > 1 ? [{ text: ` (${nextKey})`, role: 'dim' as const }] : []),
    ...(focus === 'bytes' && value !== undefined
      ? [{ text: ` ─ ${value} = `, role: 'dim' as const }, ...bitView(value)]
      : []),
  ]
}

/** The key that goes to the next buffer. */
const nextKey = keyText(bindingOf('buffer')?.keys[0] ?? '')

/** The frame, and what each other buffer is in one word: `reassembled`, `reassembled 2`. */
function tabNames({ found }: Detail): readonly string[] {
  const words = found.buffers.map(({ name }) => name.split('-')[0]!)
  const before = (i: number) => words.slice(0, i).filter(word => word === words[i]).length
  return ['frame', ...words.map((word, i) => (before(i) === 0 ? word : `${word} ${before(i) + 1}`))]
}
