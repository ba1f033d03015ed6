import { type Explanation, explain } from '../print/explanation.ts'
import type { Detail } from './state.ts'
import { layerRole, type Row, type Span, width as widthOf, wrap } from './text.ts'
import { walkOrder, walkPlace } from './walk-order.ts'

/** Lines are no longer than people like to read. */
const longestLine = 118

let lastDetail: Detail | undefined
let lastNode = -1
let lastExplanation: Explanation | undefined

/** What there is to say about a node. Remembers the last answer. */
export function explanationOf(detail: Detail, node: number): Explanation {
  if (detail === lastDetail && node === lastNode && lastExplanation) return lastExplanation
  const said = explain(detail.found, detail.nodes, node)
  const outermost = detail.nodes[node]?.kind === 'layer' && detail.nodes[node]?.layer === 0
  lastExplanation = outermost && detail.origin ? { ...said, text: [...said.text, detail.origin] } : said
  lastDetail = detail
  lastNode = node
  return lastExplanation
}

/**
 * The title of the pane: what is explained, the layer that it is in, where it is defined, where it lies. Of what does
 * not fit into `columns` columns the last goes first, and whole.
 */
export function explanationTitle(detail: Detail, node: number, columns: number): Row {
  const { title, section, position, width } = explanationOf(detail, node)
  const pieces: Row = [
    { text: title, role: 'title' },
    layerSpan(detail, node),
    { text: section, role: 'dim' },
    { text: position, role: 'dim' },
    { text: width, role: 'dim' },
  ]
  const said = pieces.filter(({ text }) => text !== '')
  while (said.length > 1 && columnsOf(said) > columns) said.pop()
  return said.flatMap((piece, i): Row => (i > 0 ? [{ text: ' ─ ', role: 'dim' }, piece] : [piece]))
}

const columnsOf = (pieces: Row): number => pieces.reduce((sum, { text }) => sum + widthOf(text) + 3, -3)

/** The same field may be there once a layer, and then which one is what matters: `2 IPv4`. */
function layerSpan({ found, nodes }: Detail, index: number): Span {
  const node = nodes[index]
  if (node === undefined || node.layer < 0) return { text: '' }
  const { short } = found.layer(node.layer).protocol
  const text = node.kind === 'layer' ? `layer ${node.layer + 1}` : `${node.layer + 1} ${short}`
  return { text, role: layerRole(node.layer) }
}

/** How far a walk through the packet has come: `field 26 of 74`, fields and headers counted; empty for what a walk leaves out. */
export function walkText(detail: Detail, node: number): string {
  const kind = detail.nodes[node]?.kind
  if (kind !== 'field' && kind !== 'layer') return ''
  const place = `${walkPlace(detail, node) + 1} of ${walkOrder(detail).length}`
  return kind === 'field' ? `field ${place}` : place
}

/** The lesson, in lines of at most `columns` columns. */
export function explanationRows(detail: Detail, node: number, columns: number): readonly Row[] {
  const said = explanationOf(detail, node)
  const wide = Math.min(columns, longestLine)
  const layer = detail.nodes[node]?.layer ?? -1
  return [
    ...valueRows(said, wide, layer),
    ...said.text.flatMap(text => wrap(text, wide).map(line => [{ text: line }])),
  ]
}

/** The bytes, the bits and what they come to: `0xff = 255`. */
function valueRows({ hex, ascii, bits, value }: Explanation, columns: number, layer: number): Row[] {
  const rows: Row[] = []
  const role = layer >= 0 ? layerRole(layer) : 'value'
  const pieces: Span[][] = []
  if (bits) pieces.push([...bitSpans(bits.whole, bits.marked, role)])
  if (hex !== '')
    pieces.push([
      { text: hex, role },
      ...(isText(ascii) ? [{ text: `  "${ascii}"`, role: 'dim' as const }] : []),
    ])
  // Bytes that stand for nothing but themselves are shown once.
  if (value !== '' && !value.startsWith(hex.replace(/[ …]/g, '') || ' '))
    pieces.push([{ text: value, role: 'title' }])
  let row: Span[] = []
  let used = 0
  for (const piece of pieces) {
    const length = piece.reduce((sum, { text }) => sum + text.length, 0)
    if (row.length > 0 && used + length + 3 > columns) {
      rows.push(row)
      row = []
      used = 0
    }
    if (row.length > 0) row.push({ text: ' = ', role: 'dim' })
    row.push(...piece)
    used += length + 3
  }
  if (row.length > 0) rows.push(row)
  return rows
}

/** More letters than dots: numbers rarely mean what they happen to spell. */
const isText = (ascii: string): boolean => ascii.replace(/[.…]/g, '').length * 2 > ascii.length

/** All bits of the bytes; those of the field stand out. */
function* bitSpans(whole: string, marked: string, role: Span['role'] & string): Generator<Span> {
  for (let i = 0; i < whole.length; i++) {
    const own = marked[i] !== '.' && marked[i] !== ' '
    yield own ? { text: whole[i]!, role, ground: 'selected' } : { text: whole[i]!, role: 'dim' }
  }
}
