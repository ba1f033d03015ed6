import { type NodeText, nodeText, type TreeNode } from '../print/tree-nodes.ts'
import { hasChildren, isOpen } from './folding.ts'
import { withHits } from './hits.ts'
import type { Detail, State } from './state.ts'
import { fit, type Ground, layerRole, type Row, type Span, textOf, width as widthOf } from './text.ts'

/** Columns before a field's label. */
const indent = ({ depth }: Pick<TreeNode, 'depth'>): number => 4 + 2 * depth

/** Columns between a label and its value, and at least between the value and its bits: one blank would read as a sentence. */
const gap = 2
/** Columns that values have before their bits where there is room, and those that two bytes and one byte of bits take. */
const widestValue = 22
const bitsOfTwo = 19
const bitsOfOne = 9
/** Columns from which on a layer in other bytes says in which; in narrower ones one word has to do. */
const roomForAside = 80
/** Columns from which on the share of the frame stands at the right: beside sixteen bytes a row on a screen of 120, for one. */
const roomForShare = 52
/** Columns from which on labels are never cut, and what is left of one in narrower trees. */
const roomForLabels = 56
const leastLabel = 12
/** What a fold hides is told in so many characters, or counted. */
const longestRemark = 20
const noteSigns = { info: '·', warning: '!', error: '✗' } as const

/** One layer, field or note in `width` columns. */
export function nodeRow(state: State, detail: Detail, index: number, width: number): Row {
  const node = detail.nodes[index]!
  const text = nodeText(detail.found, detail.nodes, node)
  const current = index === state.selected
  const ground: Ground = current ? (state.focus === 'tree' ? 'cursor' : 'cursor-idle') : 'none'
  const foldable = hasChildren(detail, index)
  const fold = foldable ? (isOpen(state.folding, node.path) ? '▾ ' : '▸ ') : '  '
  const lead: Span[] = [
    { text: current ? '► ' : '  ', role: 'key' },
    { text: '  '.repeat(node.depth) + fold, role: node.layer < 0 ? 'dim' : layerRole(node.layer) },
  ]
  const remarks = foldable && !isOpen(state.folding, node.path) ? remarkSpans(detail, index) : []
  const said =
    node.kind === 'layer'
      ? layerSpans(numberText(detail, node), node, text, remarks)
      : fieldSpans(detail, node, text, { width, remarks })
  const body = current ? withHits(said, state.find, 'tree') : said
  if (node.kind !== 'layer') return fit([...lead, ...body], width, ground)
  const place = text.aside === '' ? text.place : `${asideText(text.aside, width)}  ${text.place}`
  const right = width < roomForShare ? place : `${place} ${text.share.padStart(5)}`
  return withRight([...lead, ...body], right, width, ground)
}

/** Which layer it is, as wide as the number of the last one. */
const numberText = ({ found }: Detail, { layer }: TreeNode): string =>
  String(layer + 1).padStart(String(found.layerCount).length)

function layerSpans(
  number: string,
  node: TreeNode,
  { label, value }: NodeText,
  remarks: readonly Span[],
): Span[] {
  return [
    { text: `${number} `, role: 'dim' },
    { text: label, role: layerRole(node.layer) },
    ...remarks,
    { text: `  ${value}` },
  ]
}

/** Where a layer lies that is not in the frame: what is inside it matters more, so this stands with its place. */
const asideText = (aside: string, width: number): string =>
  (aside[0]?.toLowerCase() ?? '') + (width < roomForAside ? aside.slice(1).split(' ')[0] : aside.slice(1))

/** What a fold hides: how many errors and warnings; of a single one what it is, or the field that it is about. */
function remarkSpans({ found, nodes }: Detail, index: number): readonly Span[] {
  const { errors, warnings, end } = nodes[index]!
  if (errors + warnings === 1) {
    const notes = nodes
      .slice(index + 1, end)
      .flatMap(node => (node.kind === 'note' ? found.notes[node.note]! : []))
    const note = notes.find(({ severity }) => severity !== 'info')
    const stopped = note && /^(Truncated|Malformed): /.exec(note.text)?.[1]
    const word = stopped ?? (note && note.field >= 0 ? found.fields[note.field]!.label : undefined)
    if (note && word && word.length <= longestRemark)
      return [{ text: ` ${noteSigns[note.severity]} ${word.toLowerCase()}`, role: note.severity }]
  }
  return [
    ...(errors > 0 ? [{ text: ` ✗ ${errors}`, role: 'error' as const }] : []),
    ...(warnings > 0 ? [{ text: ` ! ${warnings}`, role: 'warning' as const }] : []),
  ]
}

type Room = { readonly width: number; readonly remarks: readonly Span[] }

function fieldSpans(detail: Detail, node: TreeNode, said: NodeText, { width, remarks }: Room): Span[] {
  const { label, value, bits, severity } = said
  if (node.kind === 'comment') return [{ text: `# ${value}`, role: 'info' }]
  if (severity !== undefined) return [{ text: `${noteSigns[severity]} ${value}`, role: severity }]
  const column = Math.min(labelColumns(detail, node.layer), widestLabel(width))
  const own = Math.max(0, column - 2 * (node.depth - 1))
  // A label gives way to its value, which is what one looks for.
  const isNarrow = width < roomForLabels
  const room = Math.max(Math.min(own, leastLabel), width - indent(node) - widthOf(value) - gap)
  const shown = isNarrow && label.length > room ? `${label.slice(0, room - 1)}…` : label
  const spans: Span[] = [
    { text: shown.padEnd(isNarrow ? Math.min(own, room) : own) + ' '.repeat(gap), role: 'label' },
    { text: value, role: 'value' },
    ...remarks,
  ]
  const end = indent(node) + widthOf(textOf(spans))
  const at = Math.max(bitsColumn(indent({ depth: 1 }) + column + gap, width), end + 1)
  // A drawing of bits that is not whole says nothing.
  if (bits !== '' && at + bits.length <= width) spans.push({ text: ' '.repeat(at - end) + bits, role: 'dim' })
  return spans
}

/** Labels longer than this push their value aside. */
function widestLabel(width: number): number {
  if (width < roomForLabels) return Math.floor(width * 0.45)
  return width < roomForAside ? 28 : 40
}

/** The column of the bits in a layer whose values begin in another one. */
function bitsColumn(values: number, width: number): number {
  const left = width - values
  const most = left >= bitsOfTwo + 14 ? left - bitsOfTwo : Math.min(14, left - bitsOfOne)
  return values + Math.min(widestValue, most)
}

let measuredDetail: Detail | undefined
let measuredLabels: number[] = []

/** Columns that the labels of a layer need, those in its groups with their indentation. Remembers the last packet. */
function labelColumns(detail: Detail, layer: number): number {
  if (detail !== measuredDetail) {
    measuredDetail = detail
    measuredLabels = []
    for (const { layer: of, depth, labelWidth } of detail.nodes)
      if (labelWidth > 0) measuredLabels[of] = Math.max(measuredLabels[of] ?? 0, labelWidth + 2 * depth)
  }
  return measuredLabels[layer] ?? 0
}

/** What is around a row without being in sight above it: ` ─ 2 IPv4 › Flags`. */
export function aboveSpans({ found, nodes }: Detail, first: number): Row {
  const around: Span[] = []
  for (let at = nodes[first]?.parent ?? -1; at >= 0; at = nodes[at]!.parent) {
    const node = nodes[at]!
    const { label } = nodeText(found, nodes, node)
    const text = node.kind === 'layer' ? `${node.layer + 1} ${label}` : label
    around.unshift({ text, role: node.kind === 'layer' ? layerRole(node.layer) : 'label' })
  }
  return around.flatMap((piece, i): Row => [{ text: i === 0 ? ' ─ ' : ' › ', role: 'dim' }, piece])
}

/** Text at the left, and at the right what is left out first where there is no room. */
function withRight(row: Row, right: string, width: number, ground: Ground): Row {
  const room = width - widthOf(right) - 1
  if (room < 20 && widthOf(textOf(row)) > room) return fit(row, width, ground)
  return fit([...fit(row, room, ground), { text: ` ${right}`, role: 'dim' }], width, ground)
}
