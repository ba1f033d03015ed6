import { comparisonTest, membershipTest } from './comparison.ts'
import { FilterError } from './errors.ts'
import type { Existence, Expression, Logical, Reference } from './expression.ts'
import { fixedTest } from './fixed-test.ts'
import { isWanted } from './layers.ts'
import { sourceOf } from './operands.ts'
import { hasLayer, meaningOf } from './reference.ts'
import type { Needs } from './source.ts'
import { stackPattern } from './stack-pattern.ts'
import type { Value } from './values.ts'
import { difference, junction, negation, type Test } from './verdicts.ts'

/**
 * Makes a test of an expression, and notes what the dissection has to do for it.
 * @throws {FilterError} where a name is unknown, or values cannot be compared
 */
export function compile(e: Expression, needs: Needs): Test {
  switch (e.kind) {
    case 'and':
    case 'or':
      return junction(
        sidesOf(e).map(side => compile(side, needs)),
        e.kind === 'or',
      )
    case 'xor':
      return sidesOf(e)
        .map(side => compile(side, needs))
        .reduce(difference)
    case 'not':
      return negation(compile(e.of, needs))
    case 'exists':
      return existence(e, needs)
    case 'compare':
      return comparisonTest(e, needs)
    case 'in':
      return membershipTest(e, needs)
    case 'stack': {
      const fits = stackPattern(e)
      const test: Test = {
        matches: ({ protocols, layerCount }) => fits(protocols, layerCount),
        of: ({ protocols }) => fits(protocols, protocols.length),
      }
      return e.negated ? negation(test) : test
    }
  }
}

/** Expressions in a row nest on the left, thousands of them: they become one. */
function sidesOf(e: Logical): Expression[] {
  const sides: Expression[] = []
  let left: Expression = e
  while (left.kind === e.kind) {
    sides.push(left.right)
    left = left.left
  }
  sides.push(left)
  return sides.reverse()
}

function existence({ of }: Existence, needs: Needs): Test {
  if (of.kind === 'call' || of.kind === 'literal')
    throw new FilterError(
      of.kind === 'call' ? 'what a function gives is always there' : 'a value alone says nothing',
      of.at,
      of.end,
      of.kind === 'call' ? 'a comparison' : 'a protocol or a field; several values stand in {1, 2}',
    )
  if (of.kind === 'reference') {
    const test = layerTest(of)
    if (test !== undefined) return test
  }
  const source = sourceOf(of, needs)
  const counts = of.kind === 'arithmetic' ? isSomething : () => true
  if (source.fixed !== undefined) return fixedTest(source.fixed, counts, false)
  const values: Value[] = []
  return {
    matches(found, about) {
      values.length = 0
      source.gather(found, about, values)
      return values.some(counts)
    },
    of: shape => (source.isAbsent(shape) ? false : undefined),
  }
}

/** The test whether there is a layer of a protocol. */
function layerTest(reference: Reference): Test | undefined {
  const { name, protocol } = meaningOf(reference)
  const { layers } = reference
  if (name === 'frame' && layers === undefined) return { matches: () => true, of: () => true }
  if (protocol === undefined) return undefined
  return {
    matches({ protocols, layerCount }) {
      for (let layer = 0; layer < layerCount; layer++)
        if (protocols[layer] === protocol && isWanted(protocols, layerCount, layer, layers)) return true
      return false
    },
    of: shape => hasLayer(shape, new Set([protocol]), layers),
  }
}

/** A value with a bit that is not zero. */
function isSomething(value: Value): boolean {
  if (value instanceof Uint8Array) return value.some(byte => byte !== 0)
  return typeof value === 'string' ? value !== '' : Number(value) !== 0
}
