import type { Protocol } from '../dissect/protocol.ts'
import type { LayerRange } from './expression.ts'

/** The layers of a packet: of its dissection, or of its shape. */
export type Stack = readonly Protocol[]

/** Layers of a protocol that count; undefined: all of them. */
export type Layers = readonly LayerRange[] | undefined

/** True where the layer is one of those that the ranges say, counted among the layers of its protocol. */
export function isWanted(
  stack: readonly unknown[],
  layerCount: number,
  layer: number,
  ranges: Layers,
): boolean {
  if (ranges === undefined) return true
  const protocol = stack[layer]
  let before = 0
  let behind = 0
  for (let i = 0; i < layerCount; i++)
    if (stack[i] === protocol) {
      if (i < layer) before++
      else behind++
    }
  for (const { from, to } of ranges) {
    const own = from < 0 ? -behind : before + 1
    if (own >= from && own <= to) return true
  }
  return false
}
