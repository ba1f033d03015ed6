import { announcer } from '../print/about-layer.ts'
import { type Cell, cellsOf } from '../print/header-cells.ts'
import { drawHeader } from '../print/header-drawing.ts'
import { centred, type Mark } from '../print/prose.ts'
import { nodesOfPiece } from '../print/prose-layer.ts'
import type { Detail, State } from './state.ts'
import { layerRole, type Row, type Span, width, wrap } from './text.ts'
import { isWalking } from './walk-mode.ts'
import { walkOrder, walkPlace } from './walk-order.ts'

/** Columns of a drawing: the number of a line's first bit, 32 bits of two columns each, and the last bar. */
export const drawingColumns = 71
/** Lines of a drawing that count the bits; they stay in sight. */
const ruler = 2
/** Rows from which on there is room for these. */
const roomForRuler = 7

/** The lines of a drawing, and those of them that have the selected field: [first, end). */
type Drawing = { readonly rows: readonly Row[]; readonly first: number; readonly end: number }

/**
 * The header that the selected field is in, as RFCs draw it: what the walk has come past has its label and value, the rest is
 * dotted. Undefined where there is nothing to draw: one field, or text.
 */
function drawingOf(detail: Detail, selected: number): Drawing | undefined {
  const node = detail.nodes[selected]
  if (node === undefined || node.layer < 0) return undefined
  const lines = linesOf(detail, selected)
  if (lines.length === 0) return undefined
  const visited = new Set(walkOrder(detail).slice(0, walkPlace(detail, selected) + 1))
  const looks: Looks = {
    role: layerRole(node.layer),
    isCurrent: cell => node.kind !== 'layer' && isWithin(detail, selected, cell),
    isVisited: cell => visited.has(cell),
  }
  const rows = lines.map(line => line.map(mark => spanOf(mark, looks)))
  const own = lines.flatMap((line, i) =>
    line.some(mark => mark.node !== undefined && looks.isCurrent(mark.node)) ? [i] : [],
  )
  return { rows, first: own[0] ?? ruler, end: (own.at(-1) ?? ruler) + 1 }
}

/** The drawing of header or trailer from its first field on, or where it is too long from the selected one on. */
function linesOf({ found, nodes }: Detail, selected: number): readonly (readonly Mark[])[] {
  const { layer, record } = nodes[selected]!
  const top = nodes.findIndex(node => node.kind === 'layer' && node.layer === layer)
  const border = found.trailerFirst[layer]!
  const isTrailer = record >= border && record < found.trailerLast[layer]!
  const [first, end] = nodesOfPiece(found, nodes, { node: top, isTrailer })
  const cells = cellsOf(found, nodes, first, end)
  const whole = drawHeader(cells)
  if (!whole.isCut || nodes[selected]!.kind === 'layer') return whole.lines
  const isDrawn = (cell: Cell) => whole.lines.some(line => line.some(mark => mark.node === cell.node))
  const at = cells.findIndex(cell => cell.node >= selected || isWithin({ nodes }, selected, cell.node))
  const cell = cells[at]
  return cell === undefined || isDrawn(cell) ? whole.lines : drawHeader(cells.slice(at)).lines
}

/** One of the nodes lies in the other, or is it. */
const isWithin = ({ nodes }: Pick<Detail, 'nodes'>, one: number, other: number): boolean =>
  (one <= other && other < nodes[one]!.end) || (other <= one && one < nodes[other]!.end)

type Looks = {
  readonly role: Span['role'] & string
  readonly isCurrent: (node: number) => boolean
  readonly isVisited: (node: number) => boolean
}

function spanOf({ text, node }: Mark, { role, isCurrent, isVisited }: Looks): Span {
  if (node === undefined) return { text, role: 'dim' }
  if (isCurrent(node)) return { text: text.replace(/^ (?=.*\S)/, '►'), role, ground: 'selected' }
  if (isVisited(node)) return { text, role }
  return { text: text.trim() === '' ? text : centred('·', text.length), role: 'dim' }
}

/** The drawing in a pane of so many rows, with the selected field in sight; undefined: none, or there is no room for it. */
export function drawingRows(state: State, columns: number, height: number): readonly Row[] | undefined {
  const { detail, selected } = state
  if (!isWalking(state) || detail === undefined || columns < drawingColumns) return undefined
  const drawing = drawingOf(detail, selected)
  if (drawing === undefined) return undefined
  const heads = height < roomForRuler ? 0 : ruler
  const room = height - heads
  const body = drawing.rows.slice(ruler)
  const middle = Math.floor((drawing.first + drawing.end) / 2) - ruler
  const top = Math.max(0, Math.min(middle - Math.floor(room / 2), body.length - room))
  return [...drawing.rows.slice(0, heads), ...body.slice(top, top + room)]
}

/** `eth › ip › [gre] › ip`: the layers of the packet, the selected one in brackets; of too many those around it. */
export function breadcrumb({ found, nodes }: Detail, selected: number, columns: number): Row {
  const at = nodes[selected]?.layer ?? -1
  const names = Array.from({ length: found.layerCount }, (_, i) => found.protocols[i]!.id)
  const text = (i: number) => (i === at ? `[${names[i]}]` : names[i]!)
  let from = Math.max(0, at)
  let until = Math.min(names.length, from + 1)
  const room = () => {
    const shown = names.slice(from, until).reduce((sum, name) => sum + width(name) + 3, 2)
    return columns - shown - (from > 0 ? 4 : 0) - (until < names.length ? 4 : 0)
  }
  const fits = (name: string | undefined) => name !== undefined && width(name) + 3 <= room()
  for (let grown = true; grown; ) {
    grown = false
    if (until < names.length && fits(names[until])) grown = ++until > 0
    if (from > 0 && fits(names[from - 1])) grown = --from >= 0
  }
  const shown = Array.from({ length: until - from }, (_, i) => from + i)
  const spans = shown.flatMap(
    (i): Row => [
      { text: ' › ', role: 'dim' },
      { text: text(i), role: i === at ? 'title' : layerRole(i) },
    ],
  )
  return [
    ...(from > 0 ? [{ text: '… › ', role: 'dim' as const }] : []),
    ...spans.slice(1),
    ...(until < names.length ? [{ text: ' › …', role: 'dim' as const }] : []),
  ]
}

/** Where a header begins: which one it is, and how the one before it told that it comes. */
export function introductionRows(state: State, columns: number): readonly Row[] {
  const { detail, selected } = state
  const node = detail?.nodes[selected]
  if (!isWalking(state) || detail === undefined || node?.kind !== 'layer') return []
  const said = introduction(detail, node.layer)
  return [...wrap(said, columns).map((text): Row => [{ text, role: 'title' }]), []]
}

function introduction({ found }: Detail, layer: number): string {
  const v = found.layer(layer)
  const { short } = v.protocol
  const place = `Header ${layer + 1} of ${found.layerCount}: ${short}.`
  const { outer } = v
  if (outer === undefined)
    return `${place} The capture itself says that its packets begin so; every further header is announced by the one before it.`
  if (v.quoted && !outer.quoted) return `${place} It begins a packet that ${outer.protocol.short} quotes.`
  const told = announcer(outer, v)
  return told === undefined
    ? `${place} It is what ${outer.protocol.short} carries.`
    : `${place} ${told} in the ${outer.protocol.short} header before it announced it.`
}
