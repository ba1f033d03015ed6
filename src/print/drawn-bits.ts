import type { Dissection } from '../dissect/dissection.ts'
import { type NodeRange, recordRange } from './node-ranges.ts'
import type { TreeNode } from './tree-nodes.ts'

/** A field's bits among their neighbours, in groups of four. */
export type DrawnBits = {
  /** All bits of the bytes: `0100 0101`. */
  readonly whole: string
  /** Those of the field, dots for the others: `0100 ....`. */
  readonly marked: string
}

/** Parts of a word as short as this are drawn in all of it, so that they stand in one column. */
const longestWord = 2
/** More bytes than this nobody counts bits in. */
const longestDrawn = 4

/**
 * Draws a field that is not whole bytes, or part of a word, over the bytes that it touches. Bits are in the order of the wire,
 * most significant first in each byte. Undefined for all other nodes.
 */
export function drawBits(
  found: Dissection,
  nodes: readonly TreeNode[],
  node: TreeNode,
): DrawnBits | undefined {
  if (node.record < 0 || found.fields[node.record]!.type === 'group') return undefined
  const own = recordRange(found, node.record)
  const word = wordAround(found, nodes, node)
  if (word === undefined && own.bit === 0 && own.bits % 8 === 0) return undefined
  const { start, end } = word !== undefined && word.end - word.start <= longestWord ? word : own
  if (end - start > longestDrawn || own.bits === 0) return undefined
  return { whole: draw(found, node.layer, start, end), marked: draw(found, node.layer, start, end, own) }
}

/** The outermost field, groups left aside, that this one is part of. */
function wordAround(found: Dissection, nodes: readonly TreeNode[], node: TreeNode): NodeRange | undefined {
  let word: NodeRange | undefined
  for (let at = nodes[node.parent]; at !== undefined && at.record >= 0; at = nodes[at.parent]) {
    if (found.fields[at.record]!.type === 'group') break
    word = recordRange(found, at.record)
  }
  return word
}

function draw(found: Dissection, layer: number, start: number, end: number, only?: NodeRange): string {
  const bytes = found.bytesOf(layer)
  const base = found.baseOf(layer)
  const from = only === undefined ? start * 8 : only.start * 8 + only.bit
  const until = only === undefined ? end * 8 : from + only.bits
  let drawn = ''
  for (let bit = start * 8; bit < end * 8; bit++) {
    if (bit % 4 === 0 && drawn !== '') drawn += ' '
    drawn += bit < from || bit >= until ? '.' : (bytes[base + (bit >> 3)]! >> (7 - (bit & 7))) & 1
  }
  return drawn
}
