import type { Block } from './block.ts'
import type { Field } from './field.ts'
import type { NumberSpace } from './number-space.ts'
import type { Declaration, Next } from './protocol.ts'
import type { Reader } from './reader.ts'

/** What has to be so: a field of the block, its value, and which of its bits count (all where it does not say). */
type Condition = readonly [field: Field, value: number, bits?: number]

/**
 * The form that a header has in most packets, as its protocol declares it: `begins` is the whole header, but for the number
 * that announces the payload where `next` names no field.
 */
export type PlainHeader = {
  readonly where?: readonly Condition[]
  /** The bytes that this layer has: with its header, or `behind` it. Two bytes wide; 0 is never plain. */
  readonly length?: Field
  readonly behind?: true
  /** What announces the payload: a field of one or two bytes; two such fields, like ports; the two bytes behind the block. */
  readonly next: readonly [NumberSpace, Field?, Field?]
}

/**
 * The same as numbers at fixed places, which tell all that peeling wants to know. The engine takes such a header without a
 * walk. Whatever is not so, announces a protocol that nobody knows, or is not all there, is walked:
 * the walk is the truth, and a test holds both to the same answer.
 */
export type Plain = {
  readonly bytes: number
  /** Triples: first of four bytes, mask, value. */
  readonly tests: Int32Array
  /** Where the length is, and what it does not count; -1: there is none. */
  readonly lengthAt: number
  readonly uncounted: number
  readonly length: Field | undefined
  readonly space: NumberSpace
  readonly nextAt: number
  readonly nextBytes: number
  /** -1: there is no other. */
  readonly otherAt: number
  /** Where source and destination are, and how long; -1: it has none. */
  readonly sourceAt: number
  readonly destinationAt: number
  readonly addressSize: 4 | 16
}

/** Where the plain form of a protocol's header has what it is told by. */
export function plainOf({ id, plain, begins, addresses }: Declaration): Plain | undefined {
  if (plain === undefined) return undefined
  if (begins === undefined) throw new Error(`${id}: a plain header has to begin with a block`)
  return placed(plain, begins, addresses)
}

function placed(
  { where = [], length, behind, next }: PlainHeader,
  of: Block,
  [source, destination]: readonly Field[] = [],
): Plain {
  const [space, field, other] = next
  const place = (one: Field | undefined) => of.entries.find(entry => entry.field === one)?.place
  const byteOf = (one: Field | undefined) => place(one)?.byte ?? -1
  const isBehind = field === undefined
  return {
    bytes: of.bytes + (isBehind ? 2 : 0),
    tests: Int32Array.from(where.flatMap(condition => testOf(condition))),
    lengthAt: byteOf(length),
    uncounted: behind ? of.bytes : 0,
    length,
    space,
    nextAt: isBehind ? of.bytes : byteOf(field),
    nextBytes: isBehind ? 2 : (place(field)?.width ?? 0) / 8,
    otherAt: byteOf(other),
    sourceAt: byteOf(source),
    destinationAt: byteOf(destination),
    addressSize: source?.type === 'ipv6' ? 16 : 4,
  }
}

function testOf([field, value, bits]: Condition): [number, number, number] {
  const place = field.place
  if (!place || place.word < 0) throw new Error(`${field.name} is not within four bytes of a block`)
  return [place.word, (bits ?? place.mask) << place.shift, value << place.shift]
}

/** Takes a plain header and says what follows; undefined: it is another one, and the reader has not moved. */
export function takePlain(r: Reader, form: Plain): Next {
  const at = r.pos
  if (at + form.bytes > r.stop) return undefined
  const { view } = r
  const { tests, lengthAt } = form
  for (let i = 0; i < tests.length; i += 3)
    if ((view.getInt32(at + tests[i]!) & tests[i + 1]!) !== tests[i + 2]!) return undefined
  const length = lengthAt < 0 ? -1 : view.getUint16(at + lengthAt)
  if (length === 0) return undefined
  const next = announced(r, form, at)
  // Who is known by more than its number, the walk has to see.
  if (next === undefined || next.guess?.elsewhere) return undefined
  r.pos = at + form.bytes
  if (form.sourceAt >= 0) {
    const { addresses } = r
    addresses.bytes = r.bytes
    addresses.source = at + form.sourceAt
    addresses.destination = at + form.destinationAt
    addresses.size = form.addressSize
  }
  if (length > 0) r.limitTo(length + form.uncounted, form.length!)
  r.payloadLimit = r.limit
  return next
}

function announced(r: Reader, { space, nextAt, nextBytes, otherAt }: Plain, at: number): Next {
  const { view } = r
  const number = nextBytes === 1 ? view.getUint8(at + nextAt) : view.getUint16(at + nextAt)
  if (otherAt < 0) return r.announced(space, number)
  const other = view.getUint16(at + otherAt)
  return r.announcedByEither(space, Math.min(number, other), Math.max(number, other))
}
