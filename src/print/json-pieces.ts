import { ByteWriter, controls } from '../byte-writer.ts'
import type { Field } from '../dissect/field.ts'

/**
 * Pieces of JSON that come again and again in the packets of a capture, encoded once. Tables are of fixed size; what
 * does not fit takes the place of what was there.
 */

/** A field at a place in a packet. */
export type Head = {
  readonly field: Field
  readonly bit: number
  readonly bitLength: number
  /** From the opening brace to where the value comes; all of it for a group. */
  readonly bytes: Uint8Array
  /** The field and its parts, by small values, without the closing brace. */
  whole: (Uint8Array | undefined)[]
  /** Records of the field and its parts. */
  readonly records: number
}

/** Values below this are kept with their heads: versions, flags, lengths, protocols. */
export const smallValues = 256
/** At most this many values are kept in all. */
const maxWhole = 20_000
let wholeCount = 0

/** Spreads numbers over slots: the upper bits of a product depend on all bits (Knuth, TAOCP 6.4). */
const mixed = (n: number): number => Math.imul(n, 0x9e3779b1)

const headSlotBits = 14
const heads: (Head | undefined)[] = new Array(1 << headSlotBits).fill(undefined)

export const isNumber = (f: Field): boolean => f.type === 'uint' || f.type === 'flag'

const scratch = new ByteWriter(1024)

/** The head of a field of `bitLength` bits at bit `bit` of its buffer. */
export function headOf(f: Field, bit: number, bitLength: number): Head {
  const slot = mixed((f.id << 16) ^ bit) >>> (32 - headSlotBits)
  const known = heads[slot]
  if (known !== undefined && known.field === f && known.bit === bit && known.bitLength === bitLength)
    return known
  scratch.clear()
  writeHead(scratch, f, bit, bitLength)
  const bytes = scratch.bytes.slice(0, scratch.length)
  return (heads[slot] = { field: f, bit, bitLength, bytes, whole: [], records: recordsOf(f) })
}

/** Keeps the text of a field with a small value. */
export function keep(head: Head, value: number, bytes: Uint8Array): void {
  if (wholeCount++ === maxWhole) {
    wholeCount = 0
    for (const other of heads) if (other) other.whole = []
  }
  head.whole[value] = bytes
}

const recordsOf = (f: Field): number =>
  1 + (f.parts ?? []).reduce((sum, [part]) => sum + (part ? recordsOf(part) : 0), 0)

const names: string[] = []

/** Writes a field from the opening brace to where the value comes; all of it for a group. */
export function writeHead(out: ByteWriter, f: Field, bit: number, bitLength: number): void {
  const offset = bit >> 3
  const length = ((bit + bitLength + 7) >> 3) - offset
  out.text((names[f.id] ??= `{"name":"${f.name}","label":${JSON.stringify(f.label)},"offset":`))
  out.decimal(offset).ascii(',"length":').decimal(length)
  if (((bit | bitLength) & 7) !== 0)
    out
      .ascii(',"bitOffset":')
      .decimal(bit & 7)
      .ascii(',"bitLength":')
      .decimal(bitLength)
  out.ascii(
    f.type !== 'group' ? ',"value":' : f.read ? ',"value":null,"display":' : ',"value":null,"display":""',
  )
}

const tailSlotBits = 13
/** Field and value of each tail, as one number. */
const tailKeys = new Int32Array(1 << tailSlotBits).fill(-1)
const tails: Uint8Array[] = []

const tailKey = (f: Field, value: number): number => (value < 0x10000 ? (f.id << 16) | value : -1)
const tailSlot = (key: number): number => mixed(key) >>> (32 - tailSlotBits)

/** What a value of a field reads like, with the closing mark, where it was kept. */
export function tailOf(f: Field, value: number): Uint8Array | undefined {
  const key = tailKey(f, value)
  const slot = tailSlot(key)
  return key >= 0 && tailKeys[slot] === key ? tails[slot] : undefined
}

export function keepTail(f: Field, value: number, bytes: Uint8Array): void {
  const key = tailKey(f, value)
  if (key < 0) return
  const slot = tailSlot(key)
  tailKeys[slot] = key
  tails[slot] = bytes
}

/** A value as JSON; besides what JSON asks for, what a terminal could take for a command is escaped. */
export const safeJson = (value: unknown): string =>
  JSON.stringify(value).replace(controls, c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
