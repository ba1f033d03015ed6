import { type Explanation, explain } from '../print/explanation.ts'
import type { Detail } from './state.ts'
import { layerRole, type Row, type Span, textOf, width as widthOf, wrap } from './text.ts'
import { walkOrder, walkPlace } from './walk-order.ts'

/** Lines are no longer than people like to read. */
export const longestLine = 118

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
 * not fit into `columns` columns the last goes first, and whole; `left` of it stands below.
 */
export function explanationTitle(detail: Detail, node: number, columns: number): { title: Row; left: Row } {
  const { title, section, position, width } = explanationOf(detail, node)
  const pieces: Row = [
    { text: title, role: 'title' },
    layerSpan(detail, node),
    { text: section, role: 'dim' },
    { text: position, role: 'dim' },
    { text: width, role: 'dim' },
  ]
  const said = pieces.filter(({ text }) => text !== '')
  let kept = said.length
  while (kept > 1 && columnsOf(said.slice(0, kept)) > columns) kept--
  return { title: joined(said.slice(0, kept)), left: said.slice(kept) }
}

const line: Span = { text: ' ─ ', role: 'dim' }
const joined = (pieces: Row): Row => pieces.flatMap((piece, i): Row => (i > 0 ? [line, piece] : [piece]))
const columnsOf = (pieces: Row): number => widthOf(textOf(joined(pieces)))

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

/** The lesson, in lines of at most `columns` columns. `left`: what the title had no room for. */
export function explanationRows(
  detail: Detail,
  node: number,
  columns: number,
  left: Row = [],
): readonly Row[] {
  const said = explanationOf(detail, node)
  const wide = Math.min(columns, longestLine)
  const layer = detail.nodes[node]?.layer ?? -1
  return [
    ...withAsides(valueRows(said, wide, layer), left, filterSpan(said, detail, node), wide),
    ...said.text.flatMap(text => wrap(text, wide).map(line => [{ text: line }])),
  ]
}

/** What finds the value again, for who knows the fields by their names. */
const filterSpan = ({ filter }: Explanation, { nodes }: Detail, node: number): Row =>
  filter === '' || nodes[node]?.kind !== 'field' ? [] : [{ text: filter, role: 'dim' }]

/** Blanks between a value and what stands at its right. */
const gap = 3

/**
 * The rows of the value, with asides at the right of the last one: what the title had no room for, if need be in a row of its own, and
 * a filter where there is room for it.
 */
function withAsides(rows: readonly Row[], left: Row, filter: Row, columns: number): Row[] {
  const last = rows.at(-1) ?? []
  const used = rows.length > 0 ? widthOf(textOf(last)) + gap : 0
  const fitting = [[...left, ...filter], left].find(some => used + columnsOf(some) <= columns)
  if (fitting === undefined) return [...rows, joined(left)]
  if (fitting.length === 0) return [...rows]
  const blanks = rows.length > 0 ? columns - widthOf(textOf(last)) - columnsOf(fitting) : 0
  return [...rows.slice(0, -1), [...last, { text: ' '.repeat(blanks) }, ...joined(fitting)]]
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
      // A character is no part of a byte.
      ...(bits === undefined && isText(ascii) ? [{ text: `  "${ascii}"`, role: 'dim' as const }] : []),
    ])
  // Bytes that stand for nothing but themselves are shown once.
  if (value !== '' && !value.startsWith(hex.replace(/[ …]/g, '') || ' '))
    for (const text of wrap(value, columns)) pieces.push([{ text, role: 'title' }])
  let row: Span[] = []
  for (const piece of pieces) {
    if (row.length > 0 && widthOf(textOf(row)) + widthOf(textOf(piece)) + equals.text.length > columns) {
      rows.push(row)
      row = []
    }
    if (row.length > 0) row.push(equals)
    row.push(...piece)
  }
  if (row.length > 0) rows.push(row)
  return rows
}

const equals: Span = { text: ' = ', role: 'dim' }

/** More letters than dots: numbers rarely mean what they happen to spell. */
const isText = (ascii: string): boolean => ascii.replace(/[.…]/g, '').length * 2 > ascii.length

/** All bits of the bytes; those of the field stand out. */
function* bitSpans(whole: string, marked: string, role: Span['role'] & string): Generator<Span> {
  for (let i = 0; i < whole.length; i++) {
    const own = marked[i] !== '.' && marked[i] !== ' '
    yield own ? { text: whole[i]!, role, ground: 'selected' } : { text: whole[i]!, role: 'dim' }
  }
}
