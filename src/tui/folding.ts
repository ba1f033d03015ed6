import { nodeRanges } from '../print/node-ranges.ts'
import type { Detail, Folding } from './state.ts'

export const isOpen = (folding: Folding, path: string): boolean => folding.open !== folding.except.has(path)

/** Folds or unfolds what these paths name. */
export function fold(folding: Folding, paths: readonly string[], open: boolean): Folding {
  const except = new Set(folding.except)
  for (const path of paths) {
    if (open === folding.open) except.delete(path)
    else except.add(path)
  }
  return { ...folding, except }
}

export const everything = (open: boolean): Folding => ({ open, except: new Set() })

let lastDetail: Detail | undefined
let lastFolding: Folding | undefined
let lastVisible: readonly number[] = []

/** The nodes that no fold hides, in display order. Remembers the last answer. */
export function visibleNodes(detail: Detail, folding: Folding): readonly number[] {
  if (detail === lastDetail && folding === lastFolding) return lastVisible
  const visible: number[] = []
  const { nodes } = detail
  for (let i = 0; i < nodes.length; ) {
    const node = nodes[i]!
    visible.push(i)
    i = hasChildren(detail, i) && !isOpen(folding, node.path) ? node.end : i + 1
  }
  lastDetail = detail
  lastFolding = folding
  lastVisible = visible
  return visible
}

export const hasChildren = (detail: Detail, index: number): boolean => detail.nodes[index]!.end > index + 1

/** Unfolds all that is around a node. */
export function reveal(detail: Detail, folding: Folding, index: number): Folding {
  const hiding: string[] = []
  for (let at = detail.nodes[index]?.parent ?? -1; at >= 0; at = detail.nodes[at]!.parent)
    if (!isOpen(folding, detail.nodes[at]!.path)) hiding.push(detail.nodes[at]!.path)
  return hiding.length === 0 ? folding : fold(folding, hiding, true)
}

/** The node itself, or the outermost fold that hides it. */
export function shownInstead(detail: Detail, folding: Folding, index: number): number {
  let shown = index
  for (let at = detail.nodes[index]!.parent; at >= 0; at = detail.nodes[at]!.parent)
    if (!isOpen(folding, detail.nodes[at]!.path)) shown = at
  return shown
}

/** The node that a path named in another packet: the same one, or the nearest to it that this packet has. */
export function nodeLike(detail: Detail, path: string): number {
  const { nodes } = detail
  const same = nodes.findIndex(node => node.path === path)
  if (same >= 0) return same
  const [layerPath = '', ...within] = path.split(' ')
  const field = within.length === 0 ? '' : ` ${within.join(' ')}`
  const layers = nodes.flatMap((node, index) => (node.kind === 'layer' ? [index] : []))
  const ids = layerPath.split('/')
  const protocol = ids.at(-1)
  const nth = ids.filter(id => id === protocol).length
  const candidates = layers.filter(index => nodes[index]!.path.split('/').at(-1) === protocol)
  const layer = candidates[nth - 1] ?? candidates.at(-1)
  if (layer === undefined) return layers[0] ?? (nodes.length > 0 ? 0 : -1)
  const inLayer = nodes.findIndex((node, index) => index > layer && node.path === nodes[layer]!.path + field)
  return inLayer >= 0 ? inLayer : layer
}

/** First byte of a node in its buffer. */
export const firstByte = (detail: Detail, index: number): number => {
  const node = detail.nodes[index]
  return node === undefined ? 0 : (nodeRanges(detail.found, node)[0]?.start ?? 0)
}

/** The buffer that a node lies in; 0: the frame. */
export const bufferOf = (detail: Detail, index: number): number => {
  const layer = detail.nodes[index]?.layer ?? -1
  return layer < 0 ? 0 : detail.found.bufferOf[layer]!
}

/** Bytes of a buffer that are there. */
export function bufferBytes(detail: Detail, buffer: number): Uint8Array {
  const { found } = detail
  if (buffer > 0) return found.buffers[buffer - 1]!.bytes
  const { bytes, start, capturedLength } = found.frame
  return bytes.subarray(start, start + capturedLength)
}
