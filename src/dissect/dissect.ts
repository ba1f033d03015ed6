import type { Frame } from '../frame.ts'
import { data } from './data.ts'
import { Dissection, type DissectionBuffer, maxLayers } from './dissection.ts'
import { leftover } from './field.ts'
import type { NumberSpace } from './number-space.ts'
import { takePlain } from './plain.ts'
import type { Next, Protocol } from './protocol.ts'
import { Reader, unlimited } from './reader.ts'
import type { Rules } from './rules.ts'
import { Runs } from './runs.ts'
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
  /** The last layer directly inside each layer; -1: none. */
  readonly #lastInside = new Int8Array(maxLayers)
  readonly #runs = new Runs()
  /** The layer around the next one, and the number of the buffer that it lies in. */
  #outer = -1
  #buffer = 0
  /** Fields are recorded: of all layers, or of those whose protocols a selection has chosen. */
  #recording = false
  /** Headers of plain form need no walk. */
  #plainly = false
  #chosen: ReadonlySet<Protocol> | undefined

  constructor(linkTypes: NumberSpace, session?: Session, rules?: Rules) {
    this.#linkTypes = linkTypes
    this.#reader.session = session
    this.#reader.rules = rules?.isEmpty ? undefined : rules
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
    this.#runs.clear()
    this.#recording = depth !== 'peel'
    // A check sequence behind the frame is for its link layer to see.
    this.#plainly = depth === 'peel' && frame.fcsBytes === 0
    this.#chosen = depth === 'fields' ? this.found.selection?.layers : undefined
    this.#outer = -1
    this.#buffer = 0
    this.#peel(this.#linkTypes.find(frame.linkType) ?? data)
    if (this.#runs.pending) this.#furtherMessages()
    if (this.#recording) this.#trailers()
    return this.found
  }

  /** Peels a layer and all that it carries. */
  #peel(first: Protocol): void {
    let next: Next = first
    try {
      while (next !== undefined) next = this.#layer(next)
    } catch (stop) {
      if (!(stop instanceof Stop)) throw stop
      this.#stopped(stop)
    }
  }

  /** Comes back to segments that hold several messages. */
  #furtherMessages(): void {
    while (this.found.layerCount < maxLayers) {
      const turn = this.#runs.turn(this.#reader)
      if (turn === 'none') return
      const { protocol, layer, buffer } = this.#runs.current!
      this.#outer = layer
      this.#buffer = buffer
      if (turn === 'beginning') {
        this.found.current = layer
        this.#reader.note(
          'info',
          'The last message of this segment goes on in later ones: its beginning is read',
        )
      }
      this.#peel(turn === 'bytes' ? data : protocol)
    }
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
    found.outers[layer] = this.#outer
    found.bufferOf[layer] = this.#buffer
    this.#outer = layer
    if (this.#recording) this.#enter(layer)
    r.onward = 'plain'
    if (this.#chosen !== undefined) r.sink = this.#chosen.has(protocol) ? found : null
    r.start = r.pos
    r.payloadLimit = unlimited
    if (deep) r.note('error', `${maxLayers} layers deep: ${announced.name} and what follows is not peeled`)
    const { plainForm } = protocol
    const isTried = this.#plainly && plainForm !== undefined
    const next = (isTried ? takePlain(r, plainForm) : undefined) ?? protocol.walk(r)
    if (this.#recording) this.#leave(layer)
    if (r.onward === 'plain') {
      if (r.payloadLimit < r.limit) r.bound(r.pos, r.payloadLimit, r.end)
      if (r.pos >= r.limit) return undefined
      return next ?? (r.pos < r.end ? data : undefined)
    }
    if (r.onward === 'messages') return this.#begin(layer, next!)
    this.#onward(layer)
    return next ?? data
  }

  #enter(layer: number): void {
    const r = this.#reader
    const found = this.found
    found.first[layer] = found.fieldCount
    if (found.blocks[layer] !== undefined) found.blocks[layer] = undefined
    found.trailerFirst[layer] = found.trailerLast[layer] = 0
    const outer = found.outers[layer]!
    found.quoted[layer] = r.onward === 'quoted' || (outer >= 0 && found.quoted[outer] === 1) ? 1 : 0
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
    const { bufferOf, limits, outers } = this.found
    if (r.limit < unlimited) return r.limit - r.base
    const outer = outers[layer]!
    return outer >= 0 && bufferOf[layer] === bufferOf[outer] ? limits[outer]! : r.end - r.base
  }

  #onward(layer: number): void {
    const r = this.#reader
    if (r.onward === 'buffer') {
      const buffer = r.buffer!
      this.#add(layer, buffer)
      r.place(buffer.bytes, 0, buffer.bytes.length, buffer.bytes.length, buffer.label)
      return
    }
    r.excerpted = true
    r.bound(r.pos, unlimited, Math.min(r.payloadLimit, r.end))
  }

  #add(layer: number, buffer: DissectionBuffer): void {
    this.found.addBuffer(buffer)
    this.#buffer = this.found.buffers.length
    this.#given[layer] = this.#own[layer]!
  }

  /** Goes on with the first of the messages that the layer carries; the engine comes back to the others. */
  #begin(layer: number, protocol: Protocol): undefined {
    const r = this.#reader
    const { buffer } = r
    if (buffer !== undefined) this.#add(layer, buffer)
    this.#runs.begin(r, protocol, layer, this.#buffer, buffer)
  }

  /** Keeps the layer that broke off, with the rest of its bytes. */
  #stopped(stop: Stop): void {
    const r = this.#reader
    const found = this.found
    const layer = found.layerCount - 1
    r.unwind()
    found.statuses[layer] = stop.status
    r.payloadLimit = unlimited
    if (r.pos < r.stop) r.octets(leftover, r.stop - r.pos)
    this.#leave(layer)
  }

  /**
   * What lies between the end that a payload claimed and the end of the layer around it is that layer's
   * trailer: padding of short Ethernet frames, check sequences, ICMP extensions.
   */
  #trailers(): void {
    const r = this.#reader
    const found = this.found
    if (this.#chosen !== undefined) r.sink = found
    const last = this.#lastInside
    for (let layer = 0; layer < found.layerCount; layer++) {
      last[layer] = -1
      if (layer > 0) last[found.outers[layer]!] = layer
    }
    for (let layer = found.layerCount - 2; layer >= 0; layer--) {
      const inside = last[layer]!
      if (inside < 0) continue
      const sameBuffer = found.bufferOf[layer] === found.bufferOf[inside]
      const inner = sameBuffer ? this.#own[inside]! : this.#given[layer]!
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
