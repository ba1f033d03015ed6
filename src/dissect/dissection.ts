import { emptyFrame, type Frame } from '../frame.ts'
import { bitsAt, numberAt } from './bits.ts'
import type { Block, Place } from './block.ts'
import { type Field, leftover, maxFields, type Part } from './field.ts'
import { LayerView } from './layer-view.ts'
import type { Protocol } from './protocol.ts'
import { partsWanted, type Selection, wanted } from './selection.ts'

/** More nested headers than any honest packet has; the layer after them says so. */
export const maxLayers = 64

/** How a layer ended. */
export type Status = 'complete' | 'truncated' | 'malformed' | 'opaque' | 'unknown'

export type Severity = 'info' | 'warning' | 'error'

/** A remark on a layer, or on one field of it (`field`: index of its record, -1 for the layer). */
export type Note = {
  readonly layer: number
  readonly field: number
  readonly severity: Severity
  readonly text: string
}

/** Bytes that layers lie in: the frame itself (index 0, no name), or reassembled or decrypted ones. */
export type DissectionBuffer = { readonly name: string; readonly label: string; readonly bytes: Uint8Array }

/** The outcome of a check: which field of which layer, and what it would have to hold. */
export type Check = {
  readonly layer: number
  readonly field: Field
  readonly expected: number
  readonly good: boolean
}

const everything = new Uint8Array(maxFields).fill(wanted | partsWanted)
const noBuffers: readonly DissectionBuffer[] = []

/**
 * What one walk found, as flat arrays that the next walk reuses: layers (always) and, when someone looks,
 * fields, notes and checks. Views read it through LayerView.
 */
export class Dissection {
  frame: Frame = emptyFrame()

  // A peel keeps `protocols`, `starts`, `outers`, `bufferOf` and `statuses` of the layers, and `ends` of those that broke
  // off; the rest is only for those who look closer.
  layerCount = 0
  /** The layer under the cursor. */
  current = 0
  readonly protocols: Protocol[] = []
  /** First byte of each layer, in its buffer. */
  readonly starts = new Int32Array(maxLayers)
  /** Byte behind each layer's own header. */
  readonly ends = new Int32Array(maxLayers)
  /** Byte behind each layer and all that it carries, as the headers promise, captured or not. */
  readonly limits = new Int32Array(maxLayers)
  readonly statuses: Status[] = []
  /** 1: the layer belongs to a packet quoted in an ICMP error. */
  readonly quoted = new Uint8Array(maxLayers)
  /** Index of the layer around each layer; -1: none. Messages in one segment have the same one. */
  readonly outers = new Int8Array(maxLayers)
  /** Index into `buffers` + 1; 0: the frame. */
  readonly bufferOf = new Uint8Array(maxLayers)
  /** Records of the header's fields: [first, last). */
  readonly first = new Int32Array(maxLayers)
  readonly last = new Int32Array(maxLayers)
  /** Records of the trailer's fields: [trailerFirst, trailerLast). */
  readonly trailerFirst = new Int32Array(maxLayers)
  readonly trailerLast = new Int32Array(maxLayers)

  /** The block of each layer that a selection remembers, and its first byte in the layer's byte array. */
  readonly blocks: (Block | undefined)[] = Array.from({ length: maxLayers }, () => undefined)
  readonly blockStarts = new Int32Array(maxLayers)

  fieldCount = 0
  readonly fields: Field[] = Array.from({ length: 256 }, () => leftover)
  /** First bit of each field, from the start of its buffer. */
  bits = new Int32Array(256)
  bitLengths = new Int32Array(256)
  /** NaN where the value is wider than 53 bits, bytes, text or a group. */
  values = new Float64Array(256)
  depths = new Uint8Array(256)
  /** 1: the bytes are in little-endian order. */
  littleEndian = new Uint8Array(256)
  #anyLittleEndian = false

  /** Which fields are recorded; null: all of them. */
  #selection: Selection | null = null
  /** By field: 0 passed over, otherwise `wanted`, `partsWanted` or both. */
  #wishes = everything

  notes: Note[] = []
  checks: Check[] = []
  buffers: readonly DissectionBuffer[] = noBuffers

  get selection(): Selection | null {
    return this.#selection
  }
  set selection(selection: Selection | null) {
    this.#selection = selection
    this.#wishes = selection ? selection.wishes : everything
  }

  reset(frame: Frame): void {
    this.frame = frame
    this.layerCount = 0
    this.fieldCount = 0
    if (this.notes.length > 0) this.notes = []
    if (this.checks.length > 0) this.checks = []
    if (this.buffers.length > 0) this.buffers = noBuffers
    if (this.#anyLittleEndian) this.littleEndian.fill(0)
    this.#anyLittleEndian = false
  }

  /** Adds a buffer; the second one of a name ends in `-2`. */
  addBuffer(buffer: DissectionBuffer): void {
    const same = this.buffers.filter(other => other.label === buffer.label).length
    const name = same === 0 ? buffer.name : `${buffer.name}-${same + 1}`
    this.buffers = [...this.buffers, { ...buffer, name }]
  }

  /** Appends a record and returns its index; -1 for a field that is not wanted. */
  add(field: Field, bit: number, bitLength: number, value: number, depth: number): number {
    const wish = this.#wishes[field.id]!
    const index = wish & wanted ? this.#store(field, bit, bitLength, value, depth) : -1
    if (wish & partsWanted && field.parts !== undefined) this.#addParts(field.parts, bit, depth + 1)
    return index
  }

  /** Records the fields of a block. A selection only remembers where it is: its fields are read when someone asks. */
  addBlock(block: Block, bit: number, depth: number): void {
    if (this.#selection !== null && this.blocks[this.current] === undefined) {
      this.blocks[this.current] = block
      this.blockStarts[this.current] = this.baseOf(this.current) + (bit >> 3)
      return
    }
    const bytes = this.bytesOf(this.current)
    const base = this.baseOf(this.current) + (bit >> 3)
    for (let i = 0; i < block.entries.length; i++) {
      const { field, place } = block.entries[i]!
      this.add(field, bit + place.bit, place.width, numberAt(bytes, base, place), depth)
    }
  }

  /** A record for a field of a block that was only remembered. */
  recall(layer: number, place: Place, field: Field): number {
    const start = this.blockStarts[layer]!
    const bit = (start - this.baseOf(layer)) << 3
    const value = numberAt(this.bytesOf(layer), start, place)
    return this.#store(field, bit + place.bit, place.width, value, 0)
  }

  /** The bytes of a record are in little-endian order. */
  swapped(record: number): void {
    this.littleEndian[record] = 1
    this.#anyLittleEndian = true
  }

  /** `field`: index of the record that the remark is about, -1 for the whole layer. */
  remark(severity: Severity, text: string, field: number): void {
    this.notes.push({ layer: this.current, field, severity, text })
  }

  /** The record of a field of the current layer, the last one there is; -1: none. */
  recordOf(field: Field): number {
    let record = this.fieldCount - 1
    while (record >= this.first[this.current]! && this.fields[record] !== field) record--
    return record >= this.first[this.current]! ? record : -1
  }

  /** The outcome of a check of the field that was recorded last under this definition; `excuse`: why it may fail. */
  check(field: Field, actual: number, expected: number, digits: number, excuse?: string): void {
    const good = actual === expected
    this.checks.push({ layer: this.current, field, expected, good })
    if (good) return
    const record = this.recordOf(field)
    if (excuse !== undefined) {
      this.remark('info', excuse, record)
      return
    }
    const show = (n: number) => `0x${n.toString(16).padStart(digits, '0')}`
    this.remark('error', `${field.label} ${show(actual)} is wrong, ${show(expected)} expected`, record)
  }

  /** Records the parts of a word from bit `start` on. */
  #addParts(parts: readonly Part[], start: number, depth: number): void {
    const wishes = this.#wishes
    const bytes = this.bytesOf(this.current)
    const base = this.baseOf(this.current)
    let bit = start
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!
      const field = part[0]
      const width = part[1]
      if (field !== undefined && wishes[field.id] !== 0) {
        if (wishes[field.id]! & wanted) this.#store(field, bit, width, bitsAt(bytes, base, bit, width), depth)
        if (field.parts !== undefined) this.#addParts(field.parts, bit, depth + 1)
      }
      bit += width
    }
  }

  #store(field: Field, bit: number, bitLength: number, value: number, depth: number): number {
    const index = this.fieldCount++
    if (index === this.bits.length) this.#grow()
    // Most packets are like the one before: comparing costs less than storing.
    if (this.fields[index] !== field) this.fields[index] = field
    this.bits[index] = bit
    this.bitLengths[index] = bitLength
    this.values[index] = value
    this.depths[index] = depth
    return index
  }

  readonly #views: LayerView[] = []

  /** A view of a layer; views are reused like everything here. */
  layer(index: number): LayerView {
    return (this.#views[index] ??= new LayerView(this, index))
  }

  /** The bytes that a layer lies in, and where they start. */
  bytesOf(layer: number): Uint8Array {
    const buffer = this.bufferOf[layer]!
    return buffer === 0 ? this.frame.bytes : this.buffers[buffer - 1]!.bytes
  }

  /** Where the layer's buffer starts in its byte array: offsets of layers and fields count from there. */
  baseOf(layer: number): number {
    return this.bufferOf[layer] === 0 ? this.frame.start : 0
  }

  #grow(): void {
    const size = this.bits.length * 2
    this.bits = grown(this.bits, new Int32Array(size))
    this.bitLengths = grown(this.bitLengths, new Int32Array(size))
    this.values = grown(this.values, new Float64Array(size))
    this.depths = grown(this.depths, new Uint8Array(size))
    this.littleEndian = grown(this.littleEndian, new Uint8Array(size))
    for (let i = this.fields.length; i < size; i++) this.fields.push(leftover)
  }
}

function grown<T extends Int32Array | Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
