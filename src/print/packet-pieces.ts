import type { Dissection } from '../dissect/dissection.ts'
import { nodeRanges } from './node-ranges.ts'
import type { TreeNode } from './tree-nodes.ts'

/** Consecutive bytes of a buffer that belong to one layer: its header, or its trailer. */
export type Piece = {
  readonly layer: number
  /** Index of the layer’s node in the tree. */
  readonly node: number
  readonly start: number
  readonly end: number
  /** It lies behind what the layer carries. */
  readonly isTrailer: boolean
}

/** What a buffer (0: the frame) is made of, in the order of its bytes. A layer without bytes has an empty piece where it would begin. */
export function piecesOf(found: Dissection, nodes: readonly TreeNode[], buffer: number): readonly Piece[] {
  const pieces: Piece[] = []
  for (let i = 0; i < nodes.length; i = nodes[i]!.end) {
    const { layer } = nodes[i]!
    if (layer < 0 || found.bufferOf[layer] !== buffer) continue
    const at = found.starts[layer]!
    const ranges = nodeRanges(found, nodes[i]!)
    if (ranges.length === 0) pieces.push({ layer, node: i, start: at, end: at, isTrailer: false })
    for (const { start, end } of ranges)
      pieces.push({ layer, node: i, start, end, isTrailer: start > at && start >= found.ends[layer]! })
  }
  return pieces.sort((a, b) => a.start - b.start || a.layer - b.layer)
}

/** The smallest field over each byte of a buffer, as the index of its node; where no field lies, the layer’s; -1: none. */
export function nodesOfBytes(found: Dissection, nodes: readonly TreeNode[], buffer: number): Int32Array {
  const length = buffer === 0 ? found.frame.capturedLength : found.buffers[buffer - 1]!.bytes.length
  const owners = new Int32Array(length).fill(-1)
  const sizes = new Float64Array(length).fill(Number.POSITIVE_INFINITY)
  nodes.forEach((node, i) => {
    if (node.layer < 0 || node.kind === 'note' || found.bufferOf[node.layer] !== buffer) return
    for (const { start, end, bits } of nodeRanges(found, node)) {
      // A field of a few bits shares its byte: the word around them stands for all of it.
      const size = node.record < 0 ? Number.MAX_VALUE : bits < 8 ? length * 8 : bits
      for (let at = Math.max(0, start); at < end && at < length; at++) {
        if (size >= sizes[at]!) continue
        owners[at] = i
        sizes[at] = size
      }
    }
  })
  return owners
}
