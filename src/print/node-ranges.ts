import type { Dissection } from '../dissect/dissection.ts'
import type { TreeNode } from './tree-nodes.ts'

/** Bytes [start, end) of the buffer that a node lies in, and of these `bits` bits from the bit `bit` of the first byte on. */
export type NodeRange = {
  readonly start: number
  readonly end: number
  readonly bit: number
  readonly bits: number
}

/**
 * Where a node lies in its layer's buffer. A layer has its header, then its trailer, where they have bytes; a note lies where
 * the field or layer lies that it is about; a comment lies nowhere.
 */
export function nodeRanges(found: Dissection, node: TreeNode): readonly NodeRange[] {
  if (node.kind === 'comment') return []
  const record = node.kind === 'note' ? found.notes[node.note]!.field : node.record
  return record < 0 ? layerRanges(found, node.layer) : [recordRange(found, record)]
}

/** Where a field lies. */
export function recordRange(found: Dissection, record: number): NodeRange {
  const first = found.bits[record]!
  const bits = found.bitLengths[record]!
  return { start: first >> 3, end: (first + bits + 7) >> 3, bit: first & 7, bits }
}

function layerRanges(found: Dissection, layer: number): NodeRange[] {
  const ranges = [wholeBytes(found.starts[layer]!, found.ends[layer]!)]
  const from = found.trailerFirst[layer]!
  const until = found.trailerLast[layer]!
  if (until > from) {
    let last = until - 1
    while (found.depths[last]! > 0) last--
    ranges.push(wholeBytes(recordRange(found, from).start, recordRange(found, last).end))
  }
  return ranges.filter(({ start, end }) => end > start)
}

const wholeBytes = (start: number, end: number): NodeRange => ({
  start,
  end,
  bit: 0,
  bits: (end - start) * 8,
})

/**
 * The node to select for a byte of a buffer (0: the frame): the smallest field that covers all of the byte, else the first that
 * has some of its bits, else the innermost group, else the innermost layer that it belongs to. -1: there is none.
 */
export function nodeAt(found: Dissection, nodes: readonly TreeNode[], buffer: number, byte: number): number {
  const field = fieldAt(found, nodes, buffer, byte)
  return field >= 0 ? field : layerAt(found, nodes, buffer, byte)
}

function fieldAt(found: Dissection, nodes: readonly TreeNode[], buffer: number, byte: number): number {
  const { fields, bits, bitLengths, bufferOf } = found
  const bit = byte * 8
  let covering = -1
  let smallest = Number.POSITIVE_INFINITY
  let touching = -1
  let group = -1
  for (let i = 0; i < nodes.length; i++) {
    const { record, layer } = nodes[i]!
    if (record < 0 || bufferOf[layer] !== buffer) continue
    const first = bits[record]!
    const length = bitLengths[record]!
    if (first >= bit + 8 || first + length <= bit) continue
    if (fields[record]!.type === 'group') group = i
    else if (first <= bit && first + length >= bit + 8) {
      // As large: a part that is all of its word, which comes behind it.
      if (length > smallest) continue
      covering = i
      smallest = length
    } else if (touching < 0) touching = i
  }
  return covering >= 0 ? covering : touching >= 0 ? touching : group
}

function layerAt(found: Dissection, nodes: readonly TreeNode[], buffer: number, byte: number): number {
  let own = -1
  let around = -1
  for (let i = 0; i < nodes.length; i = nodes[i]!.end) {
    const node = nodes[i]!
    const { layer } = node
    if (layer < 0 || found.bufferOf[layer] !== buffer) continue
    if (nodeRanges(found, node).some(({ start, end }) => start <= byte && byte < end)) own = i
    if (found.starts[layer]! <= byte && byte < found.limits[layer]!) around = i
  }
  return own >= 0 ? own : around
}
