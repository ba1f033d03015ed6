import { type Explanation, explain } from '../print/explanation.ts'
import type { Detail } from './state.ts'
import { layerRole, type Row, type Span, wrap } from './text.ts'

/** Lines are no longer than people like to read. */
const longestLine = 118

let lastDetail: Detail | undefined
let lastNode = -1
let lastExplanation: Explanation | undefined

/** What there is to say about a node. Remembers the last answer. */
export function explanationOf(detail: Detail, node: number): Explanation {
  if (detail === lastDetail && node === lastNode && lastExplanation) return lastExplanation
  lastExplanation = explain(detail.found, detail.nodes, node)
  lastDetail = detail
  lastNode = node
  return lastExplanation
}

/** The title of the pane: what is explained, where it is defined, where it lies. */
export function explanationTitle(detail: Detail, node: number): readonly string[] {
  const { title, section, position, width } = explanationOf(detail, node)
  return [title, section, position, width].filter(text => text !== '')
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
