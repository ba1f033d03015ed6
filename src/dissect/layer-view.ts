import { hexText, ipv4Text, ipv6Text, macText } from '../addresses.ts'
import { escapeControls } from '../byte-writer.ts'
import { numberAt } from './bits.ts'
import type { Check, Dissection, Note, Status } from './dissection.ts'
import type { Field } from './field.ts'
import { nameOf, numberOf } from './number-space.ts'
import type { Protocol } from './protocol.ts'

/**
 * One layer as summaries, text and panes see it: fields by definition, never by position. Records are indexes
 * into the dissection's arrays, -1 where a field is not there.
 */
export class LayerView {
  readonly found: Dissection
  readonly index: number
  /** A number or text was asked for that is not there. */
  #lacking = false

  constructor(found: Dissection, index: number) {
    this.found = found
    this.index = index
  }

  get protocol(): Protocol {
    return this.found.protocols[this.index]!
  }
  get status(): Status {
    return this.found.statuses[this.index]!
  }
  get quoted(): boolean {
    return this.found.quoted[this.index] === 1
  }
  /** The layer inside this one; the first, where there are several. */
  get next(): LayerView | undefined {
    return this.#inside(this.index, this.index + 1)
  }
  /** The layer around this one. */
  get outer(): LayerView | undefined {
    const outer = this.found.outers[this.index]!
    return outer >= 0 ? this.found.layer(outer) : undefined
  }
  /** The next layer inside the same one: a further message of the segment. */
  get sibling(): LayerView | undefined {
    const { outers, layerCount } = this.found
    const outer = outers[this.index]!
    let index = this.index + 1
    while (index < layerCount && outers[index]! > outer) index++
    return outer < 0 ? undefined : this.#inside(outer, index)
  }
  #inside(outer: number, index: number): LayerView | undefined {
    const { layerCount, outers } = this.found
    return index < layerCount && outers[index] === outer ? this.found.layer(index) : undefined
  }
  /** First byte, as an offset in the frame or in the layer's buffer. */
  get offset(): number {
    return this.found.starts[this.index]!
  }
  /** Bytes of the header and of the trailer, where there is one. */
  get length(): number {
    let length = this.found.ends[this.index]! - this.offset
    const { trailerFirst, trailerLast, depths, bitLengths } = this.found
    for (let i = trailerFirst[this.index]!; i < trailerLast[this.index]!; i++)
      if (depths[i] === 0) length += bitLengths[i]! >> 3
    return length
  }
  /** Bytes of the layer and of all that it carries, as the headers promise, captured or not. */
  get extent(): number {
    return this.found.limits[this.index]! - this.offset
  }
  /** One line for people. Of a header that broke off before what the line is made of, only so much is said. */
  get summary(): string {
    this.#lacking = false
    const text = this.protocol.summary(this)
    const broken = this.status === 'truncated' || this.status === 'malformed'
    return broken && this.#lacking ? 'incomplete header' : text
  }
  get notes(): Note[] {
    return this.found.notes.filter(note => note.layer === this.index)
  }

  /**
   * The record of a field, header first, then trailer; with `after`, the next one behind that record, with `until` none
   * from that record on.
   */
  at(f: Field, after = -1, until = 0x7fffffff): number {
    const { found, index } = this
    const { fields, selection } = found
    if (selection !== null) {
      const { place: own } = f
      if (own && found.blocks[index] === own.block) return after < 0 ? found.recall(index, own, f) : -1
      selection.want(f)
    }
    const last = Math.min(found.last[index]!, until)
    for (let i = Math.max(found.first[index]!, after + 1); i < last; i++) if (fields[i] === f) return i
    const trailerLast = Math.min(found.trailerLast[index]!, until)
    for (let i = Math.max(found.trailerFirst[index]!, after + 1); i < trailerLast; i++)
      if (fields[i] === f) return i
    return -1
  }
  has(f: Field): boolean {
    const { place } = f
    return (place && this.found.blocks[this.index] === place.block) || this.at(f) >= 0
  }
  /** The value of a number or flag, NaN where the field is not there. */
  number(f: Field): number {
    const { found, index } = this
    const { place } = f
    if (place && found.blocks[index] === place.block)
      return numberAt(found.bytesOf(index), found.blockStarts[index]!, place)
    const record = this.at(f)
    if (record >= 0) return this.found.values[record]!
    this.#lacking = true
    return Number.NaN
  }
  flag(f: Field<'flag'>): boolean {
    return this.number(f) === 1
  }
  /** What the field reads like for people; empty where it is not there. */
  show(f: Field): string {
    const record = this.at(f)
    if (record >= 0) return display(this.found, record, this)
    this.#lacking = true
    return ''
  }
  /** The outcome of the check of a field, where it was made. */
  check(f: Field): Check | undefined {
    return this.found.checks.find(check => check.layer === this.index && check.field === f)
  }
  /** The byte array that holds the layer, and the position in it of a record's first byte. */
  get bytes(): Uint8Array {
    return this.found.bytesOf(this.index)
  }
  position(record: number): number {
    return this.found.baseOf(this.index) + (this.found.bits[record]! >> 3)
  }
  /** The position of the first byte of a field that is there. */
  start(f: Field): number {
    const { found, index } = this
    const { place } = f
    if (place && found.blocks[index] === place.block) return found.blockStarts[index]! + place.byte
    return this.position(this.at(f))
  }
}

/** At most this many bytes are shown of a long field. */
export const shownBytes = 32

/** The value of a record for people, on one line, free of control characters. */
export function display(found: Dissection, record: number, layer: LayerView): string {
  const f = found.fields[record]!
  const value = found.values[record]!
  const at = layer.position(record)
  const length = found.bitLengths[record]! >> 3
  if (f.read !== undefined) return escapeControls(f.read(layer.bytes, at, length, layer))
  switch (f.type) {
    case 'uint':
    case 'flag':
      return Number.isNaN(value) ? `0x${wideHex(found, record, layer)}` : displayNumber(f, value)
    case 'ipv4':
      return ipv4Text(layer.bytes, at)
    case 'ipv6':
      return ipv6Text(layer.bytes, at)
    case 'ether':
      return macText(layer.bytes, at)
    case 'text':
      return escapeControls(textAt(layer.bytes, at, length))
    case 'bytes': {
      const shown = hexText(layer.bytes, at, Math.min(length, shownBytes))
      return length > shownBytes ? `${shown}… (${length} bytes)` : shown
    }
    case 'group':
      return ''
  }
}

const decoder = new TextDecoder()

/** Text of `length` bytes from `start`; zeros that fill a field of fixed size are not part of it. */
export function textAt(bytes: Uint8Array, start: number, length: number): string {
  let end = start + length
  while (end > start && bytes[end - 1] === 0) end--
  return decoder.decode(bytes.subarray(start, end))
}

/** A number with its name, unit or note: `TCP (6)`, `20 bytes (5)`, `Set`. Small ones are put into words once. */
export function displayNumber(f: Field, value: number): string {
  if (value >= rememberedValues) return inWords(f, value)
  const own = (remembered[f.id] ??= [])
  return (own[value] ??= inWords(f, value))
}

const rememberedValues = 256
const remembered: (string | undefined)[][] = []

function inWords(f: Field, value: number): string {
  if (f.show) return f.show(value)
  if (f.values) return `${nameOf(f.values, value) ?? 'unassigned'} (${numberOf(f.values, value)})`
  if (f.type === 'flag') return value === 1 ? 'Set' : 'Not set'
  return String(value)
}

/** A number wider than 53 bits: lower-case hex, most significant digit first. */
export function wideHex(found: Dissection, record: number, layer: LayerView): string {
  const at = layer.position(record)
  const length = found.bitLengths[record]! >> 3
  if (found.littleEndian[record] === 1)
    return hexText(layer.bytes.slice(at, at + length).reverse(), 0, length)
  return hexText(layer.bytes, at, length)
}
