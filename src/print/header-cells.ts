import { escapeControls } from '../byte-writer.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { display } from '../dissect/layer-view.ts'
import { shown } from './columns.ts'
import { recordRange } from './node-ranges.ts'
import type { TreeNode } from './tree-nodes.ts'

/** A field in the drawing of a header. Bits count from the first one of its layer’s buffer. */
export type Cell = {
  readonly from: number
  readonly to: number
  readonly label: string
  /** What may be written into the cell, the best first. */
  readonly values: readonly string[]
  readonly isText: boolean
  readonly node: number
}

/** Words up to so many bits are drawn as their parts. */
const widestWord = 32

/**
 * The fields of the nodes [first, end) as cells, in the order of the bits and without overlaps: what groups hold, and the parts
 * of words that parts fill.
 */
export function cellsOf(found: Dissection, nodes: readonly TreeNode[], first: number, end: number): Cell[] {
  const cells: Cell[] = []
  let at = -1
  for (const index of leaves(found, nodes, first, end)) {
    const cell = cellOf(found, nodes, index)
    if (cell.from < at || cell.to === cell.from) continue
    cells.push(cell)
    at = cell.to
  }
  return cells
}

function* leaves(
  found: Dissection,
  nodes: readonly TreeNode[],
  first: number,
  end: number,
): Generator<number> {
  for (let i = first; i < end; i = nodes[i]!.end) {
    const { kind, record } = nodes[i]!
    if (kind !== 'field') continue
    const isGroup = found.fields[record]!.type === 'group'
    if (isGroup || isFilled(found, nodes, i)) yield* leaves(found, nodes, i + 1, nodes[i]!.end)
    else yield i
  }
}

/** True where the parts of a word leave none of its bits over. */
function isFilled(found: Dissection, nodes: readonly TreeNode[], index: number): boolean {
  const { record, end } = nodes[index]!
  const word = found.bitLengths[record]!
  if (word > widestWord) return false
  let bits = 0
  for (let i = index + 1; i < end; i = nodes[i]!.end)
    if (nodes[i]!.kind === 'field') bits += found.bitLengths[nodes[i]!.record]!
  return bits === word
}

function cellOf(found: Dissection, nodes: readonly TreeNode[], index: number): Cell {
  const { record, layer } = nodes[index]!
  const field = found.fields[record]!
  const value = found.values[record]!
  const { start, bit, bits } = recordRange(found, record)
  const from = start * 8 + bit
  const said = shown(escapeControls(display(found, record, found.layer(layer))))
  // As the field writes its numbers: `PAP (0xc023)`.
  const [number = String(value)] = /0x[0-9a-f]+(?=\)?$)/.exec(said) ?? []
  return {
    from,
    to: from + bits,
    label: field.label,
    values: Number.isNaN(value) ? [said] : field.type === 'flag' ? [number] : [said, number],
    isText: field.type === 'text',
    node: index,
  }
}
