import { emptyFrame, type Frame } from '../frame.ts'
import { bitsAt, numberAt } from './bits.ts'
import type { Block } from './block.ts'
import type { Dissection, Severity } from './dissection.ts'
import { bytes, type Field } from './field.ts'
import { malformed, truncated } from './stop.ts'

/**
 * A bounded, bit-exact cursor over one frame. `limit` is what the enclosing headers promised, `end` what was
 * captured, `stop` the nearer of the two; every read is checked against them and names its field. With a sink
 * each read is also recorded; without one it is only a number. Positions are offsets in `bytes`.
 */
export class Cursor {
  bytes: Uint8Array = new Uint8Array(0)
  view: DataView = new DataView(this.bytes.buffer)
  /** Where the current buffer's bytes start in `bytes`. */
  base = 0
  pos = 0
  bit = 0
  limit = 0
  end = 0
  stop = 0
  /** Where the current layer starts. */
  start = 0
  /** Where fields go; null: nobody looks. */
  sink: Dissection | null = null
  /** True when someone looks at the results of checks. */
  checking = false
  /** True when someone reads notes. */
  noting = false
  /** The frame under the cursor: its number and time, for what belongs to more than one frame. */
  frame: Frame = emptyFrame()
  /** True inside a quotation or a first fragment, where packets are cut on purpose. */
  excerpted = false
  protected readonly found: Dissection
  /** Groups around the cursor. */
  protected depth = 0
  /** Who set the limit, as sentences name it. */
  protected limitName = 'the captured length'
  protected blockAt = 0

  constructor(found: Dissection) {
    this.found = found
  }

  /** Sets what is reported: nothing, fields, the outcome of checks, notes. */
  look(fields: boolean, checks: boolean, notes: boolean): void {
    this.sink = fields ? this.found : null
    this.checking = checks
    this.noting = notes
  }

  /** Places the cursor: `length` bytes at `start`, of which `promised` were on the wire. */
  place(bytes: Uint8Array, start: number, length: number, promised: number, limitName: string): void {
    if (bytes !== this.bytes) {
      this.bytes = bytes
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    }
    this.base = start
    this.pos = start
    this.bit = 0
    this.end = start + length
    this.limit = start + promised
    this.stop = Math.min(this.limit, this.end)
    this.limitName = limitName
    this.depth = 0
  }

  /** Moves the bounds without touching the bytes. */
  bound(pos: number, limit: number, end: number): void {
    this.limitName = 'the rest of the layer'
    this.pos = pos
    this.bit = 0
    this.limit = limit
    this.end = end
    this.stop = Math.min(limit, end)
  }

  // ---- numbers ----------------------------------------------------------------------------------------

  u8(f: Field<'uint' | 'flag'>): number {
    const at = this.pos
    if (at >= this.stop) this.short(f, 1)
    this.pos = at + 1
    const value = this.bytes[at]!
    if (this.sink !== null) this.sink.add(f, (at - this.base) << 3, 8, value, this.depth)
    return value
  }

  u16(f: Field<'uint'>): number {
    const at = this.pos
    if (at + 2 > this.stop) this.short(f, 2)
    this.pos = at + 2
    const value = (this.bytes[at]! << 8) | this.bytes[at + 1]!
    if (this.sink !== null) this.sink.add(f, (at - this.base) << 3, 16, value, this.depth)
    return value
  }

  u24(f: Field<'uint'>): number {
    const at = this.pos
    if (at + 3 > this.stop) this.short(f, 3)
    this.pos = at + 3
    const value = (this.bytes[at]! << 16) | (this.bytes[at + 1]! << 8) | this.bytes[at + 2]!
    if (this.sink !== null) this.sink.add(f, (at - this.base) << 3, 24, value, this.depth)
    return value
  }

  u32(f: Field<'uint'>): number {
    const at = this.pos
    if (at + 4 > this.stop) this.short(f, 4)
    this.pos = at + 4
    const value = this.view.getUint32(at)
    if (this.sink !== null) this.sink.add(f, (at - this.base) << 3, 32, value, this.depth)
    return value
  }

  /** A number of 64 bits; its value is read from the bytes when someone asks. */
  u64(f: Field<'uint'>): void {
    this.wide(f, 8)
  }

  u16le(f: Field<'uint'>): number {
    const at = this.pos
    if (at + 2 > this.stop) this.short(f, 2)
    return this.#little(f, 2, this.view.getUint16(at, true))
  }

  u32le(f: Field<'uint'>): number {
    const at = this.pos
    if (at + 4 > this.stop) this.short(f, 4)
    return this.#little(f, 4, this.view.getUint32(at, true))
  }

  u64le(f: Field<'uint'>): void {
    if (this.pos + 8 > this.stop) this.short(f, 8)
    this.#little(f, 8, Number.NaN)
  }

  /** 1 to 32 bits from the most significant one on. */
  bits(f: Field<'uint'>, count: number): number {
    const first = this.bit
    const at = this.pos
    const last = first + count
    const length = (last + 7) >> 3
    if (at + length > this.stop) this.short(f, length)
    const value = bitsAt(this.bytes, at, first, count)
    if (this.sink !== null) this.sink.add(f, ((at - this.base) << 3) + first, count, value, this.depth)
    this.pos = at + (last >> 3)
    this.bit = last & 7
    return value
  }

  flag(f: Field<'flag'>): boolean {
    const at = this.pos
    if (at >= this.stop) this.short(f, 1)
    const value = (this.bytes[at]! >> (7 - this.bit)) & 1
    if (this.sink !== null) this.sink.add(f, ((at - this.base) << 3) + this.bit, 1, value, this.depth)
    this.bit = (this.bit + 1) & 7
    if (this.bit === 0) this.pos = at + 1
    return value === 1
  }

  // ---- blocks -----------------------------------------------------------------------------------------

  /** Takes a block in one step and returns where it starts. What is in it, `of` tells. */
  block(b: Block): number {
    const at = this.pos
    if (at + b.bytes > this.stop) return this.#brokenBlock(b)
    this.pos = at + b.bytes
    this.blockAt = at
    if (this.sink !== null) this.sink.addBlock(b, (at - this.base) << 3, this.depth)
    return at
  }

  /** The number in a field of the block that was taken last. */
  of(f: Field<'uint' | 'flag'>): number {
    const place = f.place!
    if (place.word < 0) return numberAt(this.bytes, this.blockAt, place)
    return ((this.view.getUint32(this.blockAt + place.word) >>> place.shift) & place.mask) >>> 0
  }

  /** Where a field of the block that was taken last starts. */
  placeOf(f: Field): number {
    return this.blockAt + f.place!.byte
  }

  /** Reports what is there of a block, and stops. */
  #brokenBlock(b: Block): number {
    for (const { field, place } of b.entries) {
      if (place.bytes >= 0) this.bits(field as Field<'uint'>, place.width)
      else this.wide(field, place.width >> 3)
    }
    return this.malformed('a block that is whole was taken for a broken one')
  }

  // ---- bytes ------------------------------------------------------------------------------------------

  /** `length` bytes; none are reported for 0. Returns where they start. */
  octets(f: Field<'bytes' | 'text'>, length: number): number {
    return this.wide(f, length)
  }

  /** Text of `length` bytes. */
  text(f: Field<'text'>, length: number): number {
    return this.wide(f, length)
  }

  /** Everything up to the limit. What is not captured of it makes the layer truncated, after the rest is reported. */
  rest(f: Field<'bytes' | 'text'>): number {
    const at = this.pos
    const held = this.stop - at
    if (held > 0) this.wide(f, held)
    if (this.limit > this.end) this.short(f, this.limit - at, held)
    return at
  }

  /** Returns where the 4 bytes start. */
  ipv4(f: Field<'ipv4'>): number {
    const at = this.pos
    if (at + 4 > this.stop) this.short(f, 4)
    this.pos = at + 4
    if (this.sink !== null) this.sink.add(f, (at - this.base) << 3, 32, this.view.getUint32(at), this.depth)
    return at
  }

  /** Returns where the 16 bytes start. */
  ipv6(f: Field<'ipv6'>): number {
    return this.wide(f, 16)
  }

  /** Returns where the 6 bytes start. */
  ether(f: Field<'ether'>): number {
    return this.wide(f, 6)
  }

  protected wide(f: Field, length: number): number {
    const at = this.pos
    if (length < 0 || at + length > this.stop) this.short(f, length)
    this.pos = at + length
    if (this.sink !== null && length > 0)
      this.sink.add(f, (at - this.base) << 3, length << 3, Number.NaN, this.depth)
    return at
  }

  #little(f: Field, length: number, value: number): number {
    const at = this.pos
    this.pos = at + length
    if (this.sink !== null)
      this.sink.swapped(this.sink.add(f, (at - this.base) << 3, length << 3, value, this.depth))
    return value
  }

  // ---- without reporting ------------------------------------------------------------------------------

  /** The byte `ahead` bytes on, -1 where it is not there; for layers that are told apart by their first bytes. */
  peek(ahead = 0): number {
    const at = this.pos + ahead
    return at < this.stop ? this.bytes[at]! : -1
  }

  /** Bytes that the headers promise from here on, captured or not. */
  get left(): number {
    return this.limit - this.pos
  }

  /** True when every promised byte is captured, so that sums over them mean something. */
  get whole(): boolean {
    return this.limit <= this.end
  }

  // ---- notes and checks -------------------------------------------------------------------------------

  /** A remark on the layer. */
  note(severity: Severity, text: string): void {
    if (this.noting) this.found.remark(severity, text, -1)
  }

  /** The packet contradicts itself. */
  malformed(text: string): never {
    return this.contradiction(text)
  }

  protected contradiction(text: string): never {
    this.note('error', `Malformed: ${text}`)
    throw malformed
  }

  protected short(f: Field, wanted: number, held = this.stop - this.pos): never {
    const cut = this.limit > this.end
    if (this.noting) {
      const there = Math.max(0, held)
      const needs = `${f.label} needs ${bytes(wanted)}`
      if (!cut) this.note('error', `Malformed: ${needs}, ${this.limitName} leaves ${there}`)
      else if (this.excerpted) this.note('info', `Cut: ${needs}, ${there} of them are here`)
      else this.note('warning', `Truncated: ${needs}, the capture holds ${there}`)
    }
    throw cut ? truncated : malformed
  }
}
