import type { Frame } from '../frame.ts'
import { data } from './data.ts'
import { Dissection, maxLayers } from './dissection.ts'
import { leftover } from './field.ts'
import type { NumberSpace } from './number-space.ts'
import type { Next, Protocol } from './protocol.ts'
import { Reader, unlimited } from './reader.ts'
import type { Session } from './session.ts'
import { Stop } from './stop.ts'

/**
 * How closely to look: `peel` finds layers only, `fields` records fields, `verified` also checks sums, `noted` takes
 * notes of everything that is odd.
 */
export type Depth = 'peel' | 'fields' | 'verified' | 'noted'

/** Headers of captures may claim 4 GB on the wire; beyond this the claim is nonsense, and offsets stay small integers. */
const longestPromise = 0x0fffffff

/**
 * The engine: peels one frame after another into one reused Dissection. It knows no protocol but `data`;
 * the first one comes from the space of link types, each further one from the walk before it.
 */
export class Dissector {
  readonly found = new Dissection()
  readonly #reader = new Reader(this.found)
  readonly #linkTypes: NumberSpace
  // Bounds of each layer, as offsets in its buffer: its own limit, what it gave its payload, what is captured.
  readonly #own = new Int32Array(maxLayers)
  readonly #given = new Int32Array(maxLayers)
  readonly #end = new Int32Array(maxLayers)

  constructor(linkTypes: NumberSpace, session?: Session) {
    this.#linkTypes = linkTypes
    this.#reader.session = session
  }

  /** Dissects a frame. The result lasts until the next call. */
  dissect(frame: Frame, depth: Depth): Dissection {
    const r = this.#reader
    this.found.reset(frame)
    const notes = depth === 'noted'
    r.look(depth !== 'peel', notes || depth === 'verified', notes)
    r.excerpted = false
    const promised = Math.max(Math.min(frame.wireLength, longestPromise), frame.capturedLength)
    r.frame = frame
    r.place(frame.bytes, frame.start, frame.capturedLength, promised, 'the frame')
    let next: Next = this.#linkTypes.find(frame.linkType) ?? data
    try {
      while (next !== undefined) next = this.#layer(next)
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop
      this.#stopped(stop)
    }
    if (r.sink !== null) this.#trailers()
    return this.found
  }

  #layer(claimant: Protocol): Next {
    const r = this.#reader
    const announced = claimant.instead?.(r) ?? claimant
    const found = this.found
    const layer = found.layerCount++
    found.current = layer
    const deep = layer === maxLayers - 1 && announced !== data
    const protocol = deep ? data : announced
    // Most packets are like the one before: comparing costs less than storing.
    if (found.protocols[layer] !== protocol) found.protocols[layer] = protocol
    if (found.statuses[layer] !== 'complete') found.statuses[layer] = 'complete'
    found.starts[layer] = r.pos - r.base
    if (r.sink !== null) this.#enter(layer)
    r.onward = 'plain'
    r.start = r.pos
    r.payloadLimit = unlimited
    if (deep) r.note('error', `${maxLayers} layers deep: ${announced.name} and what follows is not peeled`)
    const next = protocol.walk(r)
    if (r.sink !== null) this.#leave(layer)
    if (r.onward === 'plain') {
      if (r.payloadLimit < r.limit) r.bound(r.pos, r.payloadLimit, r.end)
      if (r.pos >= r.limit) return undefined
      return next ?? (r.pos < r.end ? data : undefined)
    }
    this.#onward(layer)
    return next ?? data
  }

  #enter(layer: number): void {
    const r = this.#reader
    const found = this.found
    found.first[layer] = found.fieldCount
    if (found.blocks[layer] !== undefined) found.blocks[layer] = undefined
    found.trailerFirst[layer] = found.trailerLast[layer] = 0
    found.bufferOf[layer] = found.buffers.length
    found.quoted[layer] = r.onward === 'quoted' || (layer > 0 && found.quoted[layer - 1] === 1) ? 1 : 0
  }

  #leave(layer: number): void {
    const r = this.#reader
    const found = this.found
    found.ends[layer] = Math.min(r.pos, r.end) - r.base
    found.last[layer] = found.fieldCount
    found.limits[layer] = this.#promised(layer)
    this.#own[layer] = r.limit - r.base
    this.#given[layer] = Math.min(r.limit, r.payloadLimit) - r.base
    this.#end[layer] = r.end - r.base
  }

  /** Where the layer ends; one that no header bounds ends with the layer around it. */
  #promised(layer: number): number {
    const r = this.#reader
    const { bufferOf, limits } = this.found
    if (r.limit < unlimited) return r.limit - r.base
    return layer > 0 && bufferOf[layer] === bufferOf[layer - 1] ? limits[layer - 1]! : r.end - r.base
  }

  #onward(layer: number): void {
    const r = this.#reader
    if (r.onward === 'buffer') {
      const buffer = r.buffer!
      this.found.addBuffer(buffer)
      this.#given[layer] = this.#own[layer]!
      r.place(buffer.bytes, 0, buffer.bytes.length, buffer.bytes.length, buffer.label)
      return
    }
    r.excerpted = true
    r.bound(r.pos, unlimited, Math.min(r.payloadLimit, r.end))
  }

  /** Keeps the layer that broke off, with the rest of its bytes. */
  #stopped(stop: Stop): void {
    const r = this.#reader
    const found = this.found
    const layer = found.layerCount - 1
    r.unwind()
    found.statuses[layer] = stop.status
    r.payloadLimit = unlimited
    if (r.sink !== null && r.pos < r.stop) r.octets(leftover, r.stop - r.pos)
    this.#leave(layer)
  }

  /**
   * What lies between the end that a payload claimed and the end of the layer around it is that layer's
   * trailer: padding of short Ethernet frames, check sequences, ICMP extensions.
   */
  #trailers(): void {
    const r = this.#reader
    const found = this.found
    for (let layer = found.layerCount - 2; layer >= 0; layer--) {
      const sameBuffer = found.bufferOf[layer] === found.bufferOf[layer + 1]
      const inner = sameBuffer ? this.#own[layer + 1]! : this.#given[layer]!
      const from = Math.min(inner, this.#given[layer]!)
      if (found.protocols[layer]!.boundless) this.#own[layer] = from
      const until = this.#own[layer]!
      const end = this.#end[layer]!
      if (from >= until || from >= end || until >= unlimited / 2) continue
      r.place(found.bytesOf(layer), found.baseOf(layer), end, until, 'the layer')
      r.start = r.base + found.starts[layer]!
      r.pos = r.base + from
      r.excerpted = found.quoted[layer] === 1
      found.current = layer
      found.trailerFirst[layer] = found.fieldCount
      this.#trailer(layer)
      found.trailerLast[layer] = found.fieldCount
    }
  }

  #trailer(layer: number): void {
    const r = this.#reader
    const protocol = this.found.protocols[layer]!
    try {
      protocol.trailer?.(r)
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop
      r.unwind()
      if (this.found.statuses[layer] === 'complete') this.found.statuses[layer] = stop.status
    }
    if (r.pos < r.stop) r.octets(leftover, r.stop - r.pos)
  }
}
