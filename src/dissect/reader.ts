import { Cursor } from './cursor.ts'
import type { DissectionBuffer, Severity, Status } from './dissection.ts'
import { type Field, leftover, leftoverBits } from './field.ts'
import type { NumberSpace } from './number-space.ts'
import type { Next, Protocol } from './protocol.ts'
import type { Rules } from './rules.ts'
import type { Session } from './session.ts'

/** A limit that nothing set: what follows is not promised to be here. */
export const unlimited = 0x3fffffff

/** More items than any list of a frame can hold. */
const maxItems = 1 << 20

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
export type Onward = 'plain' | 'quoted' | 'excerpt' | 'buffer' | 'messages'

/** What a walk reads a header with: the cursor, and what bounds groups, lists and payloads. */
export class Reader extends Cursor {
  session: Session | undefined
  /** What the user wants decoded otherwise than the numbers say. */
  rules: Rules | undefined
  addresses: Addresses = { bytes: this.bytes, source: 0, destination: 0, size: 4 }
  /** For the engine: where the payload ends, how it goes on, and in which bytes. */
  payloadLimit = 0
  onward: Onward = 'plain'
  buffer: DissectionBuffer | undefined
  /** For the engine: a message that is not whole is kept for later, so that its bytes are only data here. */
  keeps = false
  /** Set by the header around: what follows goes without the header that its protocol has else, and clears this. */
  headless = false
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
  #listAt = -1

  /** The protocol of the layer around; undefined for the outermost one. */
  get around(): Next {
    const { protocols, outers, current } = this.found
    return protocols[outers[current]!]
  }

  /** Sets how the layer under the cursor ended; one that is malformed stays so. */
  status(status: Status): void {
    const { statuses, current } = this.found
    if (statuses[current] !== 'malformed') statuses[current] = status
  }

  override place(
    bytes: Uint8Array,
    start: number,
    length: number,
    promised: number,
    limitName: string,
  ): void {
    super.place(bytes, start, length, promised, limitName)
    this.headless = false
    this.#open = this.#items = 0
    this.#listAt = -1
  }

  /** After a stop: closes what is open, keeps what is there. */
  unwind(): void {
    if (this.bit > 0) this.bits(leftoverBits, 8 - this.bit)
    while (this.#open > 0) {
      const group = this.#groups[--this.#open]!
      this.#finish(group)
      this.limit = group.limit
      this.limitName = group.limitName
    }
    this.stop = Math.min(this.limit, this.end)
    this.depth = 0
  }

  // ---- groups and lists -------------------------------------------------------------------------------

  /** Opens a group: what is read until close() belongs to it. With a length, the group ends there. */
  open(f: Field<'group'>, length?: number): void {
    const record =
      this.sink === null ? -1 : this.sink.add(f, (this.pos - this.base) << 3, 0, Number.NaN, this.depth)
    if (this.#open === maxGroups) this.contradiction(`${maxGroups} groups inside each other`)
    const group = this.#groups[this.#open++]!
    group.limit = this.limit
    group.limitName = this.limitName
    group.start = this.pos
    group.record = record
    group.name = f.label
    group.claimed = false
    group.listAt = this.#listAt
    this.#listAt = -1
    this.depth++
    if (length !== undefined) this.claim(length, f)
  }

  /** The open group claims `length` bytes from its start. A length that cannot be true is malformed. */
  claim(length: number, by: Field): void {
    const group = this.#groups[this.#open - 1]!
    const limit = group.start + length
    if (limit < this.pos)
      this.contradiction(
        `${by.label} is ${length}, but ${this.pos - group.start} bytes of ${group.name} came before`,
      )
    if (limit > this.limit)
      this.contradiction(
        `${by.label} claims ${length} bytes for ${group.name}, ${this.limitName} leaves ${this.limit - group.start}`,
      )
    group.claimed = true
    this.limit = limit
    this.stop = Math.min(limit, this.end)
    this.limitName = by.label
  }

  /** Closes the group. Bytes of it that nothing read are reported as remaining bytes. */
  close(): void {
    const group = this.#groups[this.#open - 1]!
    if (group.claimed && this.pos < this.limit) this.rest(leftover)
    this.#open--
    this.#finish(group)
    this.#listAt = group.listAt
    this.limit = group.limit
    this.limitName = group.limitName
    this.stop = Math.min(this.limit, this.end)
  }

  #finish(group: Group): void {
    this.depth--
    if (group.record >= 0) this.found.bitLengths[group.record] = (this.pos - group.start) * 8 + this.bit
  }

  /** True while the list has items left. A list that does not advance, or never ends, is malformed. */
  more(): boolean {
    if (this.pos >= this.limit) {
      this.#listAt = -1
      return false
    }
    if (this.pos === this.#listAt || ++this.#items > maxItems) this.contradiction('a list does not advance')
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
      this.contradiction(`${by.label} is ${length}, less than the ${this.pos - this.start} bytes before it`)
    if (limit > this.limit) {
      this.note(
        'error',
        `${by.label} claims ${length} bytes, ${this.limitName} leaves ${this.limit - this.start}`,
      )
      return
    }
    this.limit = limit
    this.stop = Math.min(limit, this.end)
    this.limitName = by.label
  }

  /** Bounds the payload: by this layer's own limit, and by `length` where the header gives one. */
  #give(length: number | undefined): void {
    this.payloadLimit = length === undefined ? this.limit : Math.min(this.limit, this.pos + length)
  }

  /** The protocol that claims `number`, for the bytes that follow (`length` of them where given). */
  payload(space: NumberSpace, number: number, length?: number): Next {
    this.#give(length)
    const next = this.announced(space, number)
    if (next === undefined && this.sink !== null && this.pos < this.limit) {
      this.status('unknown')
      if (this.noting) this.note('info', `No dissector claims ${space.label} ${space.show(number)}`)
    }
    return next
  }

  /** A payload whose protocol the header itself fixes. */
  carry(next: Next, length?: number): Next {
    this.#give(length)
    return next
  }

  /** The protocol of the first of the numbers that is claimed; ports are like that. */
  payloadOfEither(space: NumberSpace, number: number, other: number): Next {
    this.payloadLimit = this.limit
    return this.announcedByEither(space, number, other)
  }

  /** The protocol that a number announces; undefined: nobody claims it. */
  announced(space: NumberSpace, number: number): Next {
    return this.#asked(space, number) ?? space.find(number)
  }

  /** The same of the first of two numbers that is claimed. */
  announcedByEither(space: NumberSpace, number: number, other: number): Next {
    const asked = this.#asked(space, number) ?? this.#asked(space, other)
    return asked ?? space.find(number) ?? space.find(other)
  }

  /** The protocol that the user wants behind a number. */
  #asked(space: NumberSpace, number: number): Next {
    if (this.rules === undefined) return undefined
    const { protocols, current } = this.found
    const rule = this.rules.find(space, number, protocols[current]!)
    if (rule !== undefined)
      this.note('info', `Decoded as you asked: ${rule.table}=${space.show(number)} is ${rule.protocol.name}`)
    return rule?.protocol
  }

  /**
   * What follows is the beginning of a packet whose rest is elsewhere (a quotation, a first fragment): the
   * promises of its headers reach beyond the bytes that are here.
   */
  excerpt(next: Next, quoted: boolean, length?: number): Next {
    this.#give(length)
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

  /**
   * What follows, or what a buffer holds, are messages of one protocol, one behind the other: each is a layer of its
   * own in this one. `keeps`: the part of a message at the end is kept for later frames; else its beginning is read.
   */
  messages(of: Protocol, keeps: boolean, buffer?: DissectionBuffer): Next {
    this.payloadLimit = this.limit
    this.onward = 'messages'
    this.keeps = keeps
    this.buffer = buffer
    return of
  }

  /** The rest of the layer is encrypted, and complete. */
  opaque(f: Field<'bytes'>, why: string): Next {
    this.status('opaque')
    this.note('info', why)
    this.rest(f)
    return undefined
  }

  // ---- notes and checks -------------------------------------------------------------------------------

  /** A remark on the field that was read last. */
  noteField(severity: Severity, text: string): void {
    if (this.noting) this.found.remark(severity, text, this.found.fieldCount - 1)
  }

  /** A remark on a field of this layer. */
  noteOn(f: Field, severity: Severity, text: string): void {
    if (this.noting) this.found.remark(severity, text, this.found.recordOf(f))
  }

  /**
   * Compares what a field holds with what it has to hold. A difference is noted and never ends the walk; with
   * an `excuse`, which says why it is there, it is no error.
   */
  verify(f: Field<'uint'>, actual: number, expected: number, digits = 4, excuse?: string): void {
    if (this.sink !== null) this.sink.check(f, actual, expected, digits, excuse)
  }
}
