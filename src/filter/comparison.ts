import { FilterError } from './errors.ts'
import type { Comparison, Membership, Operand } from './expression.ts'
import { fixedTest } from './fixed-test.ts'
import { matching } from './matching.ts'
import { type Beside, isTyped, sourceBeside, sourceOf } from './operands.ts'
import { containing, meanings, type Relation, relates, testAgainst, type ValueTest } from './relations.ts'
import type { Needs, Source } from './source.ts'
import { areBytes, isComparable, kindNames, type Value } from './values.ts'
import { negation, type Test } from './verdicts.ts'

/** @throws {FilterError} where the two cannot be compared */
export function comparisonTest(e: Comparison, needs: Needs): Test {
  if (e.operator === 'contains' || e.operator === 'matches') return searchTest(e, needs)
  const { relation, every } = meanings[e.operator]
  const all = e.quantifier === undefined ? every : e.quantifier === 'all'
  const { left, right } = sidesOf(e, needs)
  if (right.constant !== undefined)
    return valueTest(left, testAgainst(relation, right.constant, left.kind), all)
  if (left.constant !== undefined)
    return valueTest(right, testAgainst(turned[relation], left.constant, right.kind), all)
  return pairTest(left, right, (a, b) => relates(relation, a, b), all)
}

/** What is said with the sides changed. */
const turned: Readonly<Record<Relation, Relation>> = {
  same: 'same',
  other: 'other',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
}

function sidesOf(e: Comparison, needs: Needs): { left: Source; right: Source } {
  if (!isTyped(e.left) && !isTyped(e.right))
    throw new FilterError('two values are compared, and no field', e.at, e.end, 'a protocol or a field')
  const typed = isTyped(e.left) ? sourceOf(e.left, needs) : sourceOf(e.right, needs)
  const other = sourceBeside(isTyped(e.left) ? e.right : e.left, typed, needs)
  requireComparable(typed, other)
  return isTyped(e.left) ? { left: typed, right: other } : { left: other, right: typed }
}

function requireComparable(one: Source, other: Source): void {
  const { at, end } = other.span
  if (one.kind === 'none')
    throw new FilterError('it has no value: it is there or not', one.span.at, one.span.end)
  if (isComparable(one.kind, other.kind)) return
  throw new FilterError(`${kindNames[one.kind]} cannot be compared with ${kindNames[other.kind]}`, at, end)
}

/** The test of all values of a source. */
function valueTest(source: Source, test: ValueTest, every: boolean): Test {
  if (source.fixed !== undefined) return fixedTest(source.fixed, test, every)
  const values: Value[] = []
  return {
    matches(found, about) {
      values.length = 0
      source.gather(found, about, values)
      return every ? values.length > 0 && values.every(test) : values.some(test)
    },
    of(shape) {
      if (source.isAbsent(shape)) return false
      const known = source.ofShape?.(shape)
      if (known === undefined) return undefined
      return every ? known.every(test) : known.some(test)
    },
  }
}

function pairTest(left: Source, right: Source, test: (a: Value, b: Value) => boolean, every: boolean): Test {
  const lefts: Value[] = []
  const rights: Value[] = []
  return {
    matches(found, about) {
      lefts.length = rights.length = 0
      left.gather(found, about, lefts)
      right.gather(found, about, rights)
      if (!every) return lefts.some(a => rights.some(b => test(a, b)))
      return lefts.length > 0 && rights.length > 0 && lefts.every(a => rights.every(b => test(a, b)))
    },
    of: shape => (left.isAbsent(shape) || right.isAbsent(shape) ? false : undefined),
  }
}

/** `contains` and `matches`. */
function searchTest(e: Comparison, needs: Needs): Test {
  const left = sourceOf(e.left, needs, 'onward')
  if (left.kind !== 'text' && !areBytes(left.kind))
    throw new FilterError(`${e.operator} is for bytes and text`, e.left.at, e.left.end, 'string(…) around it')
  const every = e.quantifier === 'all'
  if (e.operator === 'matches') {
    const { right } = e
    if (right.kind !== 'literal' || right.quoted !== 'string')
      throw new FilterError('matches needs a pattern', right.at, right.end, 'a pattern in quotation marks')
    return valueTest(left, matching(right.text, right, left.kind), every)
  }
  const right = containedSource(e.right, left, needs)
  if (right.constant !== undefined) return valueTest(left, containing(right.constant.value, left.kind), every)
  return pairTest(left, right, (a, b) => containing(b, left.kind)(a), every)
}

/** A number in quotation marks or a piece of an address: what is searched for is never a whole value. */
function containedSource(operand: Operand, left: Source, needs: Needs): Source {
  const beside: Beside = areBytes(left.kind) ? { kind: 'bytes', named: undefined } : left
  const right = sourceBeside(operand, beside, needs)
  const isText = typeof right.constant?.value === 'string'
  if (isText !== (left.kind === 'text') && right.constant !== undefined)
    throw new FilterError('bytes contain bytes, and text contains text', right.span.at, right.span.end)
  if (!isComparable(left.kind, right.kind)) requireComparable(left, right)
  return right
}

/** @throws {FilterError} where an element cannot be compared with the value */
export function membershipTest(e: Membership, needs: Needs): Test {
  const left = sourceOf(e.left, needs)
  if (left.kind === 'none')
    throw new FilterError('it has no value: it is there or not', e.left.at, e.left.end)
  const every = e.quantifier === 'all'
  const singles = new Set<number | bigint | string>()
  const tests: ValueTest[] = []
  const fields: Source[] = []
  for (const { from, to } of e.set) {
    const first = elementOf(from, left, needs)
    if (to !== undefined) tests.push(rangeTest(first, elementOf(to, left, needs)))
    else if (first.constant === undefined) fields.push(first)
    else if (first.constant.prefix !== undefined) tests.push(testAgainst('same', first.constant, left.kind))
    else singles.add(keyOf(first.constant.value))
  }
  const isIn: ValueTest = value => singles.has(keyOf(value)) || tests.some(test => test(value))
  const test = fields.length === 0 ? valueTest(left, isIn, every) : withFields(left, isIn, fields, every)
  return e.negated ? negation(test) : test
}

function elementOf(operand: Operand, left: Source, needs: Needs): Source {
  const source = sourceBeside(operand, left, needs)
  requireComparable(left, source)
  return source
}

function rangeTest(from: Source, to: Source): ValueTest {
  const low = from.constant
  const high = to.constant
  if (low === undefined || high === undefined)
    throw new FilterError('a range goes from one value to another', from.span.at, to.span.end)
  const least = testAgainst('>=', low, from.kind)
  const most = testAgainst('<=', high, to.kind)
  return value => least(value) && most(value)
}

/** What stands for a value in a set. */
function keyOf(value: Value): number | bigint | string {
  if (typeof value === 'bigint') return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
  return value instanceof Uint8Array
    ? Buffer.from(value.buffer, value.byteOffset, value.length).toString('latin1')
    : value
}

/** A set that has fields in it, too. */
function withFields(left: Source, isIn: ValueTest, fields: readonly Source[], every: boolean): Test {
  const values: Value[] = []
  const others: Value[] = []
  return {
    matches(found, about) {
      values.length = others.length = 0
      left.gather(found, about, values)
      for (const field of fields) field.gather(found, about, others)
      const isOne: ValueTest = value => isIn(value) || others.some(other => relates('same', value, other))
      return every ? values.length > 0 && values.every(isOne) : values.some(isOne)
    },
    of: shape => (left.isAbsent(shape) ? false : undefined),
  }
}
