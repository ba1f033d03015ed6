import type { Detail } from './state.ts'

const known = new WeakMap<Detail, readonly number[]>()

/**
 * The headers and fields of a packet, as indexes of nodes, in the order of their bytes: what a header has behind all that
 * it carries, such as padding and check values, comes there, and not where the tree shows it.
 */
export function walkOrder(detail: Detail): readonly number[] {
  let order = known.get(detail)
  if (order === undefined) known.set(detail, (order = inOrder(detail)))
  return order
}

/** The place of a node in the walk; that of what is before it for a note. */
export function walkPlace(detail: Detail, node: number): number {
  let index = node
  while (index > 0 && !isWalked(detail, index)) index--
  return walkOrder(detail).indexOf(index)
}

const isWalked = ({ nodes }: Detail, index: number): boolean =>
  nodes[index]?.kind === 'field' || nodes[index]?.kind === 'layer'

function inOrder(detail: Detail): number[] {
  const { found, nodes } = detail
  const places = nodes.flatMap(({ layer, record }, index) => {
    if (!isWalked(detail, index)) return []
    const isTrailer =
      record >= 0 && record >= found.trailerFirst[layer]! && record < found.trailerLast[layer]!
    return [{ index, buffer: found.bufferOf[layer]!, trailer: isTrailer ? found.layerCount - layer : 0 }]
  })
  places.sort((a, b) => a.buffer - b.buffer || a.trailer - b.trailer)
  return places.map(({ index }) => index)
}
