import { type Dissection, maxLayers } from '../dissect/dissection.ts'
import type { Protocol } from '../dissect/protocol.ts'

/** The shape number that says: too many kinds of packets, walk this one again. */
export const noShape = 0xffff

/** One kind of packet: its protocols and where each starts. */
export type Shape = {
  readonly protocols: readonly Protocol[]
  readonly starts: readonly number[]
  /** True for a layer that lies in the frame itself and did not break off: what is at fixed places in it can be read there. */
  readonly sound: readonly boolean[]
}

const isSound = ({ statuses, bufferOf }: Dissection, layer: number): boolean =>
  bufferOf[layer] === 0 && statuses[layer] !== 'truncated' && statuses[layer] !== 'malformed'

/** The shape of a walk. */
export function shapeOf(found: Dissection): Shape {
  const { layerCount } = found
  const protocols = found.protocols.slice(0, layerCount)
  const starts = Array.from(found.starts.subarray(0, layerCount))
  return { protocols, starts, sound: starts.map((_, layer) => isSound(found, layer)) }
}

/** Layers that begin further on, in a frame of megabytes, are of no shape. */
const furthest = 1 << 22

/** A layer of a shape as one number of 32 bits: 22 for its start, 9 for its protocol. */
const keyOf = (found: Dissection, layer: number): number =>
  (found.starts[layer]! << 10) | (found.protocols[layer]!.number << 1) | (isSound(found, layer) ? 1 : 0)

const slots = 1 << 17

/**
 * Numbers the lists of (protocol, offset) that walks find. Ten million tunnel packets have a few dozen of them, so
 * 16 bits a packet hold what every packet is made of. Layers in buffers of their own count with their offset there.
 */
export class Shapes {
  readonly #shapes: Shape[] = []
  /** Each shape's layers as numbers, at `number * maxLayers`. */
  #keys = new Int32Array(64 * maxLayers)
  /** Of the shape that is asked for. */
  readonly #asked = new Int32Array(maxLayers)
  /** Hash → shape number + 1. */
  readonly #table = new Uint16Array(slots)

  get count(): number {
    return this.#shapes.length
  }

  /** The shape of a number that `intern` gave. */
  get(number: number): Shape | undefined {
    return this.#shapes[number]
  }

  /** The number of a walk's shape; `noShape` when there are too many. Allocates only for a shape not met before. */
  intern(found: Dissection): number {
    const { layerCount } = found
    const asked = this.#asked
    let hash = layerCount
    let reach = 0
    for (let i = 0; i < layerCount; i++) {
      const key = keyOf(found, i)
      asked[i] = key
      reach |= found.starts[i]!
      hash = Math.imul(hash ^ key, 0x85ebca6b)
    }
    hash ^= hash >>> 15
    if (reach >= furthest) return noShape
    for (let slot = hash & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
      const number = this.#table[slot]!
      if (number === 0) return this.#enter(slot, found)
      if (this.#is(number - 1, layerCount)) return number - 1
    }
  }

  #is(number: number, layerCount: number): boolean {
    if (this.#shapes[number]!.starts.length !== layerCount) return false
    const base = number * maxLayers
    for (let i = 0; i < layerCount; i++) if (this.#keys[base + i] !== this.#asked[i]) return false
    return true
  }

  #enter(slot: number, found: Dissection): number {
    const number = this.#shapes.length
    if (number === noShape) return noShape
    const base = number * maxLayers
    if (base + maxLayers > this.#keys.length) {
      const larger = new Int32Array(this.#keys.length * 2)
      larger.set(this.#keys)
      this.#keys = larger
    }
    this.#keys.set(this.#asked.subarray(0, found.layerCount), base)
    this.#shapes.push(shapeOf(found))
    this.#table[slot] = number + 1
    return number
  }
}
