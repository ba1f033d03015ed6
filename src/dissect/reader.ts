import { emptyFrame, type Frame } from '../frame.ts'
import type { Block } from './block.ts'
import {
  bitsAt,
  type Dissection,
  type DissectionBuffer,
  numberAt,
  type Severity,
  type Status,
} from './dissection.ts'
import { bytes, type Field, leftover, leftoverBits } from './field.ts'
import type { NumberSpace } from './number-space.ts'
import type { Next } from './protocol.ts'
import type { Session } from './session.ts'

/** Why a walk ends early. Thrown by the Reader alone, as one shared object per kind; the engine catches it. */
export class Stop {
  readonly status: Status
  constructor(status: Status) {
    this.status = status
  }
}

const truncated = new Stop('truncated')
const malformed = new Stop('malformed')

/** A limit that nothing set: what follows is not promised to be here. */
export const unlimited = 0x3fffffff

/** More items than any list of a frame can hold. */
const maxItems = 100_000

/** The addresses of the innermost network layer, for the checksums of what it carries. */
export type Addresses = { bytes: Uint8Array; source: number; destination: number; size: 4 | 16 }

type Group = {
  limit: number
  limitName: string
  start: number
  record: number
  name: string
  claimed: boolean
  listAt: number
}

/** Groups inside groups: options in payloads in chains; no honest packet comes near it. */
const maxGroups = 32

/** How the payload relates to the layer around it. */
export type Onward = 'plain' | 'quoted' | 'excerpt' | 'buffer'

/**
 * A bounded, bit-exact cursor over one frame. `limit` is what the enclosing headers promised, `end` what was
 * captured, `stop` the nearer of the two; every read is checked against them and names its field. With a sink
 * each read is also recorded; without one it is only a number. Positions are offsets in `bytes`.
 */
export class Reader {
  bytes: Uint8Array = new Uint8Array(0)
  view: DataView = new DataView(this.bytes.buffer)
  /** Where the current buffer's bytes start in `bytes`. */
  base = 0
  pos = 0
  bit = 0
  limit = 0
  end = 0
  stop = 0
  /** Where fields go; null: nobody looks. */
  sink: Dissection | null = null
  /** True when someone looks at the results of checks. */
  checking = false
  /** True when someone reads notes. */
  noting = false
  session: Session | undefined
  /** The frame under the cursor: its number and time, for what belongs to more than one frame. */
  frame: Frame = emptyFrame()
  addresses: Addresses = { bytes: this.bytes, source: 0, destination: 0, size: 4 }
  /** Where the current layer starts. */
  start = 0
  readonly #found: Dissection
  #depth = 0
  #limitName = 'the captured length'
  readonly #groups: Group[] = Array.from({ length: maxGroups }, () => ({
    limit: 0,
    limitName: '',
    start: 0,
    record: -1,
    name: '',
    claimed: false,
    listAt: -1,
  }))
  #open = 0
  #items = 0
  #blockAt = 0
  #listAt = -1
  /** For the engine: where the payload ends, how it goes on, and in which bytes. */
  payloadLimit = 0
  onward: Onward = 'plain'
  buffer: DissectionBuffer | undefined
  /** True inside a quotation or a first fragment, where packets are cut on purpose. */
  excerpted = false

  constructor(found: Dissection) {
    this.#found = found
  }

  // ---- the engine's side ------------------------------------------------------------------------------

  /** Sets what is reported: nothing, fields, the outcome of checks, notes. */
  look(fields: boolean, checks: boolean, notes: boolean): void {
    this.sink = fields ? this.#found : null
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
    this.#limitName = limitName
    this.#depth = 0
    this.#open = 0
    this.#items = 0
    this.#listAt = -1
  }

  /** Moves the bounds without touching the bytes. */
  bound(pos: number, limit: number, end: number): void {
    this.#limitName = 'the rest of the layer'
    this.pos = pos
    this.bit = 0
    this.limit = limit
    this.end = end
    this.stop = Math.min(limit, end)
  }

  /** After a stop: closes what is open, keeps what is there. */
  unwind(): void {
    if (this.bit > 0) this.bits(leftoverBits, 8 - this.bit)
    while (this.#open > 0) {
      const group = this.#groups[--this.#open]!
      this.#finish(group)
      this.limit = group.limit
      this.#limitName = group.limitName
    }
    this.stop = Math.min(this.limit, this.end)
    this.#depth = 0
  }

  // ---- numbers ----------------------------------------------------------------------------------------

  u8(f: Field<'uint' | 'flag'>): number {
    const at = this.pos
    if (at >= this.stop) this.#short(f, 1)
    this.pos = at + 1
    const value = this.bytes[at]!
    if (this.sink !== null) this.sink.add(f, (at - this.base) << 3, 8, value, this.#depth)
    return value
  }

  u16(f: Field<'uint'>): number {
    const at = this.pos
    if (at + 2 > this.stop) this.#short(f, 2)
    this.pos = at + 2
    const value = (this.bytes[at]! << 8) | this.bytes[at + 1]!
    if (this.sink !== null) this.sink.add(f, (at - this.base) << 3, 16, value, this.#depth)
    return value
  }

  u24(f: Field<'uint'>): number {
    const at = this.pos
    if (at + 3 > this.stop) this.#short(f, 3)
    this.pos = at + 3
    const value = (this.bytes[at]! << 16) | (this.bytes[at + 1]! << 8) | this.bytes[at + 2]!
    if (this.sink !== null) this.sink.add(f, (at - this.base) << 3, 24, value, this.#depth)
    return value
  }

  u32(f: Field<'uint'>): number {
    const at = this.pos
    if (at + 4 > this.stop) this.#short(f, 4)
    this.pos = at + 4
    const value = this.view.getUint32(at)
    if (this.sink !== null) this.sink.add(f, (at - this.base) << 3, 32, value, this.#depth)
    return value
  }

  /** A number of 64 bits; its value is read from the bytes when someone asks. */
  u64(f: Field<'uint'>): void {
    this.#wide(f, 8)
  }

  u16le(f: Field<'uint'>): number {
    const at = this.pos
    if (at + 2 > this.stop) this.#short(f, 2)
    return this.#little(f, 2, this.view.getUint16(at, true))
  }

  u32le(f: Field<'uint'>): number {
    const at = this.pos
    if (at + 4 > this.stop) this.#short(f, 4)
    return this.#little(f, 4, this.view.getUint32(at, true))
  }

  u64le(f: Field<'uint'>): void {
    if (this.pos + 8 > this.stop) this.#short(f, 8)
    this.#little(f, 8, Number.NaN)
  }

  /** 1 to 32 bits from the most significant one on. */
  bits(f: Field<'uint'>, count: number): number {
    const first = this.bit
    const at = this.pos
    const last = first + count
    const length = (last + 7) >> 3
    if (at + length > this.stop) this.#short(f, length)
    const value = bitsAt(this.bytes, at, first, count)
    if (this.sink !== null) this.sink.add(f, ((at - this.base) << 3) + first, count, value, this.#depth)
    this.pos = at + (last >> 3)
    this.bit = last & 7
    return value
  }

  flag(f: Field<'flag'>): boolean {
    const at = this.pos
    if (at >= this.stop) this.#short(f, 1)
    const value = (this.bytes[at]! >> (7 - this.bit)) & 1
    if (this.sink !== null) this.sink.add(f, ((at - this.base) << 3) + this.bit, 1, value, this.#depth)
    if (this.bit === 7) {
      this.bit = 0
      this.pos = at + 1
    } else this.bit++
    return value === 1
  }

  // ---- blocks -----------------------------------------------------------------------------------------

  /** Takes a block in one step and returns where it starts. What is in it, `of` tells. */
  block(b: Block): number {
    const at = this.pos
    if (at + b.bytes > this.stop) return this.#brokenBlock(b)
    this.pos = at + b.bytes
    this.#blockAt = at
    if (this.sink !== null) this.sink.addBlock(b, (at - this.base) << 3, this.#depth)
    return at
  }

  /** The number in a field of the block that was taken last. */
  of(f: Field<'uint' | 'flag'>): number {
    return numberAt(this.bytes, this.#blockAt, f.place!)
  }

  /** Where a field of the block that was taken last starts. */
  placeOf(f: Field): number {
    return this.#blockAt + f.place!.byte
  }

  /** Reports what is there of a block, and stops. */
  #brokenBlock(b: Block): number {
    for (const { field, place } of b.entries) {
      if (place.bytes >= 0) this.bits(field as Field<'uint'>, place.width)
      else this.#wide(field, place.width >> 3)
    }
    return this.malformed('a block that is whole was taken for a broken one')
  }

  // ---- bytes ------------------------------------------------------------------------------------------

  /** `length` bytes; none are reported for 0. Returns where they start. */
  octets(f: Field<'bytes' | 'text'>, length: number): number {
    return this.#wide(f, length)
  }

  /** Text of `length` bytes. */
  text(f: Field<'text'>, length: number): number {
    return this.#wide(f, length)
  }

  /** Everything up to the limit. What is not captured of it makes the layer truncated, after the rest is reported. */
  rest(f: Field<'bytes' | 'text'>): number {
    const at = this.pos
    const held = this.stop - at
    if (held > 0) this.#wide(f, held)
    if (this.limit > this.end) this.#short(f, this.limit - at, held)
    return at
  }

  /** Returns where the 4 bytes start. */
  ipv4(f: Field<'ipv4'>): number {
    const at = this.pos
    if (at + 4 > this.stop) this.#short(f, 4)
    this.pos = at + 4
    if (this.sink !== null) this.sink.add(f, (at - this.base) << 3, 32, this.view.getUint32(at), this.#depth)
    return at
  }

  /** Returns where the 16 bytes start. */
  ipv6(f: Field<'ipv6'>): number {
    return this.#wide(f, 16)
  }

  /** Returns where the 6 bytes start. */
  ether(f: Field<'ether'>): number {
    return this.#wide(f, 6)
  }

  #wide(f: Field, length: number): number {
    const at = this.pos
    if (length < 0 || at + length > this.stop) this.#short(f, length)
    this.pos = at + length
    if (this.sink !== null && length > 0)
      this.sink.add(f, (at - this.base) << 3, length << 3, Number.NaN, this.#depth)
    return at
  }

  #little(f: Field, length: number, value: number): number {
    const at = this.pos
    this.pos = at + length
    if (this.sink !== null)
      this.sink.swapped(this.sink.add(f, (at - this.base) << 3, length << 3, value, this.#depth))
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

  // ---- groups and lists -------------------------------------------------------------------------------

  /** Opens a group: what is read until close() belongs to it. With a length, the group ends there. */
  open(f: Field<'group'>, length?: number): void {
    const record =
      this.sink === null ? -1 : this.sink.add(f, (this.pos - this.base) << 3, 0, Number.NaN, this.#depth)
    if (this.#open === maxGroups) this.#contradiction(`${maxGroups} groups inside each other`)
    const group = this.#groups[this.#open++]!
    group.limit = this.limit
    group.limitName = this.#limitName
    group.start = this.pos
    group.record = record
    group.name = f.label
    group.claimed = false
    group.listAt = this.#listAt
    this.#listAt = -1
    this.#depth++
    if (length !== undefined) this.claim(length, f)
  }

  /** The open group claims `length` bytes from its start. A length that cannot be true is malformed. */
  claim(length: number, by: Field): void {
    const group = this.#groups[this.#open - 1]!
    const limit = group.start + length
    if (limit < this.pos)
      this.#contradiction(
        `${by.label} is ${length}, but ${this.pos - group.start} bytes of ${group.name} came before`,
      )
    if (limit > this.limit)
      this.#contradiction(
        `${by.label} claims ${length} bytes for ${group.name}, ${this.#limitName} leaves ${this.limit - group.start}`,
      )
    group.claimed = true
    this.limit = limit
    this.stop = Math.min(limit, this.end)
    this.#limitName = by.label
  }

  /** Closes the group. Bytes of it that nothing read are reported as remaining bytes. */
  close(): void {
    const group = this.#groups[this.#open - 1]!
    if (group.claimed && this.pos < this.limit) this.rest(leftover)
    this.#open--
    this.#finish(group)
    this.#listAt = group.listAt
    this.limit = group.limit
    this.#limitName = group.limitName
    this.stop = Math.min(this.limit, this.end)
  }

  #finish(group: Group): void {
    this.#depth--
    if (group.record >= 0) this.#found.bitLengths[group.record] = (this.pos - group.start) * 8 + this.bit
  }

  /** True while the list has items left. A list that does not advance, or never ends, is malformed. */
  more(): boolean {
    if (this.pos >= this.limit) {
      this.#listAt = -1
      return false
    }
    if (this.pos === this.#listAt || ++this.#items > maxItems) this.#contradiction('a list does not advance')
    this.#listAt = this.pos
    return true
  }

  // ---- limits and payloads ----------------------------------------------------------------------------

  /**
   * This layer, header included, is `length` bytes long; what follows belongs to the layer around it.
   * A length shorter than what was read already is malformed; one longer than the enclosing layer is noted
   * and changes nothing.
   */
  limitTo(length: number, by: Field): void {
    const limit = this.start + length
    if (limit < this.pos)
      this.#contradiction(`${by.label} is ${length}, less than the ${this.pos - this.start} bytes before it`)
    if (limit > this.limit) {
      this.note(
        'error',
        `${by.label} claims ${length} bytes, ${this.#limitName} leaves ${this.limit - this.start}`,
      )
      return
    }
    this.limit = limit
    this.stop = Math.min(limit, this.end)
    this.#limitName = by.label
  }

  /** The protocol that claims `number`, for the bytes that follow (`length` of them where given). */
  payload(space: NumberSpace, number: number, length?: number): Next {
    this.payloadLimit = length === undefined ? this.limit : Math.min(this.limit, this.pos + length)
    const next = space.find(number)
    if (next === undefined && this.sink !== null && this.pos < this.limit) {
      this.status('unknown')
      if (this.noting) this.note('info', `No dissector claims ${space.label} ${space.show(number)}`)
    }
    return next
  }

  /** A payload whose protocol the header itself fixes. */
  carry(next: Next, length?: number): Next {
    this.payloadLimit = length === undefined ? this.limit : Math.min(this.limit, this.pos + length)
    return next
  }

  /** The protocol of the first of the numbers that is claimed; ports are like that. */
  payloadOfEither(space: NumberSpace, number: number, other: number): Next {
    this.payloadLimit = this.limit
    return space.find(number) ?? space.find(other)
  }

  /**
   * What follows is the beginning of a packet whose rest is elsewhere (a quotation, a first fragment): the
   * promises of its headers reach beyond the bytes that are here.
   */
  excerpt(next: Next, quoted: boolean, length?: number): Next {
    this.payloadLimit = length === undefined ? this.limit : Math.min(this.limit, this.pos + length)
    this.onward = quoted ? 'quoted' : 'excerpt'
    return next
  }

  /** Goes on in other bytes: a reassembled datagram, a decrypted packet. */
  inside(buffer: DissectionBuffer, next: Next): Next {
    this.payloadLimit = this.limit
    this.onward = 'buffer'
    this.buffer = buffer
    return next
  }

  /** The rest of the layer is encrypted, and complete. */
  opaque(f: Field<'bytes'>, why: string): Next {
    this.status('opaque')
    this.note('info', why)
    this.rest(f)
    return undefined
  }

  // ---- notes and checks -------------------------------------------------------------------------------

  status(status: Status): void {
    this.#found.statuses[this.#found.current] = status
  }

  /** A remark on the layer. */
  note(severity: Severity, text: string): void {
    if (this.noting) this.#found.remark(severity, text, -1)
  }

  /** A remark on the field that was read last. */
  noteField(severity: Severity, text: string): void {
    if (this.noting) this.#found.remark(severity, text, this.#found.fieldCount - 1)
  }

  /** A remark on a field of this layer. */
  noteOn(f: Field, severity: Severity, text: string): void {
    if (this.noting) this.#found.remark(severity, text, this.#found.recordOf(f))
  }

  /**
   * Compares what a field holds with what it has to hold. A difference is noted and never ends the walk; with
   * an `excuse`, which says why it is there, it is no error.
   */
  verify(f: Field<'uint'>, actual: number, expected: number, digits = 4, excuse?: string): void {
    if (this.sink !== null) this.sink.check(f, actual, expected, digits, excuse)
  }

  /** The packet contradicts itself. */
  malformed(text: string): never {
    return this.#contradiction(text)
  }

  #contradiction(text: string): never {
    this.note('error', `Malformed: ${text}`)
    throw malformed
  }

  #short(f: Field, wanted: number, held = this.stop - this.pos): never {
    const cut = this.limit > this.end
    if (this.noting) {
      const there = Math.max(0, held)
      const needs = `${f.label} needs ${bytes(wanted)}`
      if (!cut) this.note('error', `Malformed: ${needs}, ${this.#limitName} leaves ${there}`)
      else if (this.excerpted) this.note('info', `Cut: ${needs}, ${there} of them are here`)
      else this.note('error', `Truncated: ${needs}, the capture holds ${there}`)
    }
    throw cut ? truncated : malformed
  }
}
