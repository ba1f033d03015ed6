import { data } from '../dissect/data.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { recordRange } from './node-ranges.ts'
import type { TreeNode } from './tree-nodes.ts'

/** Layers that questions are about: headers of the frame itself, and none that is quoted. */
export const askedLayers = (found: Dissection): readonly number[] =>
  Array.from({ length: found.layerCount }, (_, i) => i).filter(
    i => found.bufferOf[i] === 0 && found.quoted[i] === 0 && found.protocols[i] !== data,
  )

/** A header so that no other one can be meant: `the IPv4 header`, `the inner IPv4 header`, `the GRE header that is number 3 of 6`. */
export function headerName(found: Dissection, layer: number): string {
  const { short } = found.protocols[layer]!
  const same = Array.from({ length: found.layerCount }, (_, i) => i).filter(
    i => found.protocols[i]!.short === short,
  )
  if (same.length === 1) return `the ${short} header`
  const at = same.indexOf(layer)
  if (same.length === 2) return `the ${at === 0 ? 'outer' : 'inner'} ${short} header`
  return `the ${short} header that is number ${layer + 1} of ${found.layerCount}`
}

/** The index of a layer's node. */
export const nodeOfLayer = (nodes: readonly TreeNode[], layer: number): number =>
  nodes.findIndex(node => node.kind === 'layer' && node.layer === layer)

/** A field with no fields in it, that is there with all its bytes, and the only one of its label in its layer. */
export type Asked = {
  readonly node: number
  readonly layer: number
  readonly record: number
  readonly start: number
  readonly end: number
}

/** Fields more than so many bytes long are no headers' fields but what headers carry. */
const longest = 16

/** The fields that questions can be about. */
export function askedFields(found: Dissection, nodes: readonly TreeNode[]): readonly Asked[] {
  const layers = new Set(askedLayers(found))
  const labels = new Map<string, number>()
  const name = ({ layer, record }: TreeNode) => `${layer} ${found.fields[record]!.label}`
  for (const node of nodes)
    if (node.kind === 'field') labels.set(name(node), (labels.get(name(node)) ?? 0) + 1)
  return nodes.flatMap((node, index) => {
    if (node.kind !== 'field' || !layers.has(node.layer) || labels.get(name(node)) !== 1) return []
    const isLeaf = node.end === index + 1
    const { start, end, bits } = recordRange(found, node.record)
    const isThere = bits > 0 && end <= found.frame.capturedLength && end - start <= longest
    const { layer, record } = node
    return isLeaf && isThere ? [{ node: index, layer, record, start, end }] : []
  })
}
