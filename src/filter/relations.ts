import type { Constant } from './constants.ts'
import type { Operator } from './expression.ts'
import { areBytes, isSame, type Kind, order, type Value } from './values.ts'

/** What is asked of one value, or of a pair of them. */
export type Relation = 'same' | 'other' | '<' | '<=' | '>' | '>='
export type ValueTest = (value: Value) => boolean

/** What an operator asks of each value, and whether one value that fits is enough, where nothing else is said. */
export const meanings: Readonly<
  Record<Exclude<Operator, 'contains' | 'matches'>, { relation: Relation; every: boolean }>
> = {
  '==': { relation: 'same', every: false },
  '!=': { relation: 'other', every: true },
  '===': { relation: 'same', every: true },
  '~=': { relation: 'other', every: false },
  '<': { relation: '<', every: false },
  '<=': { relation: '<=', every: false },
  '>': { relation: '>', every: false },
  '>=': { relation: '>=', every: false },
}

/** True where two values of the same kind stand in a relation. */
export function relates(relation: Relation, a: Value, b: Value): boolean {
  switch (relation) {
    case 'same':
      return isSame(a, b)
    case 'other':
      return !isSame(a, b)
    case '<':
      return order(a, b) < 0
    case '<=':
      return order(a, b) <= 0
    case '>':
      return order(a, b) > 0
    case '>=':
      return order(a, b) >= 0
  }
}

/** The test of a value against a literal. Of an address with a prefix only its bits are compared. */
export function testAgainst(relation: Relation, { value, prefix }: Constant, kind: Kind): ValueTest {
  if (prefix === undefined) {
    if (typeof value === 'number') return numberTest(relation, value)
    return own => relates(relation, own, value)
  }
  if (kind === 'ipv4') {
    const mask = prefix === 0 ? 0 : (-1 << (32 - prefix)) >>> 0
    const wanted = numberTest(relation, (Number(value) & mask) >>> 0)
    return own => wanted((Number(own) & mask) >>> 0)
  }
  const wanted = cut(value as Uint8Array, prefix)
  return own => relates(relation, cut(own as Uint8Array, prefix), wanted)
}

/** Most comparisons are of small numbers: each has a function of its own, without a look at the relation. */
function numberTest(relation: Relation, wanted: number): ValueTest {
  switch (relation) {
    case 'same':
      return value => value === wanted || (typeof value === 'bigint' && isSame(value, wanted))
    case 'other':
      return value => value !== wanted && (typeof value === 'number' || !isSame(value, wanted))
    case '<':
      return value => (value as number) < wanted
    case '<=':
      return value => (value as number) <= wanted
    case '>':
      return value => (value as number) > wanted
    case '>=':
      return value => (value as number) >= wanted
  }
}

/** The first bits of an address, the others as zeros. */
function cut(bytes: Uint8Array, bits: number): Uint8Array {
  return bytes.map((byte, i) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - i * 8))) & 0xff)
}

/** The test whether a value has another one in it. */
export function containing(needle: Value, kind: Kind): ValueTest {
  if (typeof needle === 'string') return value => String(value).includes(needle)
  const wanted = needle as Uint8Array
  return value => areBytes(kind) && value instanceof Uint8Array && indexOf(value, wanted) >= 0
}

export function indexOf(bytes: Uint8Array, wanted: Uint8Array): number {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(wanted)
}
