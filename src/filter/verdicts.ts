import type { Dissection } from '../dissect/dissection.ts'
import type { Shape } from '../store/shapes.ts'
import type { PacketFacts } from './packet-facts.ts'

/** The answer of a frame whose shape is known, from its bytes alone; `start`: where the frame begins in them. */
export type Glance = (bytes: Uint8Array, start: number) => boolean

/** What a shape tells: the answer, how to get it from the bytes of the frame, or nothing. */
export type Verdict = boolean | Glance | undefined

/** A compiled expression. */
export type Test = {
  matches(found: Dissection, about: PacketFacts): boolean
  of(shape: Shape): Verdict
}

export function negation(test: Test): Test {
  return {
    matches: (found, about) => !test.matches(found, about),
    of(shape) {
      const verdict = test.of(shape)
      if (typeof verdict === 'function') return (bytes, start) => !verdict(bytes, start)
      return verdict === undefined ? undefined : !verdict
    },
  }
}

/** True where all tests are, or with `answer` true where one of them is. */
export function junction(tests: readonly Test[], answer: boolean): Test {
  return {
    matches(found, about) {
      for (let i = 0; i < tests.length; i++) if (tests[i]!.matches(found, about) === answer) return answer
      return !answer
    },
    of(shape) {
      const verdicts = tests.map(test => test.of(shape))
      if (verdicts.includes(answer)) return answer
      if (verdicts.includes(undefined)) return undefined
      const glances = verdicts.filter(verdict => typeof verdict === 'function')
      if (glances.length === 0) return !answer
      return glances.length === 1 ? glances[0] : glanceAtAll(glances, answer)
    },
  }
}

function glanceAtAll(glances: readonly Glance[], answer: boolean): Glance {
  const [first, second] = glances
  if (glances.length === 2 && first && second)
    return answer
      ? (bytes, start) => first(bytes, start) || second(bytes, start)
      : (bytes, start) => first(bytes, start) && second(bytes, start)
  return (bytes, start) => {
    for (let i = 0; i < glances.length; i++) if (glances[i]!(bytes, start) === answer) return answer
    return !answer
  }
}

/** True where exactly one of two tests is. */
export function difference(left: Test, right: Test): Test {
  return {
    matches: (found, about) => left.matches(found, about) !== right.matches(found, about),
    of(shape) {
      const one = left.of(shape)
      const other = right.of(shape)
      if (one === undefined || other === undefined) return undefined
      if (typeof one === 'boolean' && typeof other === 'boolean') return one !== other
      const ask = (verdict: boolean | Glance): Glance =>
        typeof verdict === 'boolean' ? () => verdict : verdict
      const first = ask(one)
      const second = ask(other)
      return (bytes, start) => first(bytes, start) !== second(bytes, start)
    },
  }
}
