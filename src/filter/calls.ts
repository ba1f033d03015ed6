import { FilterError } from './errors.ts'
import type { Call, Literal, Operand } from './expression.ts'
import { functions, looksLikeName } from './names.ts'
import type { Beside } from './operands.ts'
import { refuseName } from './reference.ts'
import type { Source } from './source.ts'
import {
  areNumbers,
  asBytes,
  asText,
  isComparable,
  type Kind,
  kindNames,
  order,
  type Value,
} from './values.ts'

/** What a function makes of the values of its parameters. */
type Work = { readonly kind: Kind; make(values: readonly Value[], into: Value[]): void }

/**
 * The source of what a function gives.
 * @throws {FilterError} where its parameters make no sense
 */
export function callSource(
  call: Call,
  typed: (operand: Operand) => Source | undefined,
  literal: (literal: Literal, beside: Beside) => Source,
): Source {
  const { name, at, end } = call
  const several = name === 'min' || name === 'max'
  if (call.arguments.length !== 1 && !(several && call.arguments.length > 1))
    throw new FilterError(
      `${name} takes ${several ? 'one value or more' : 'one value'}: ${functions[name]}`,
      at,
      end,
      `${name}(field)`,
    )
  const found = call.arguments.map(typed)
  const first = found.find(source => source !== undefined)
  if (first === undefined) throw noField(call)
  const sources = call.arguments.map((operand, i) => found[i] ?? besideFirst(operand, first, literal))
  for (const { kind, span } of sources)
    if (!isComparable(kind, first.kind) && sources.length > 1)
      throw new FilterError(
        `${kindNames[first.kind]} cannot be compared with ${kindNames[kind]}`,
        span.at,
        span.end,
      )
  const work = workOf(call, first.kind)
  const values: Value[] = []
  return {
    kind: work.kind,
    span: call,
    named: undefined,
    constant: undefined,
    fixed: undefined,
    gather(dissection, about, into) {
      values.length = 0
      for (const source of sources) source.gather(dissection, about, values)
      if (values.length > 0) work.make(values, into)
    },
    isAbsent: shape => sources.every(source => source.isAbsent(shape)),
  }
}

/** Nothing in the parentheses is a field; a word there was meant to be one. */
function noField({ name, arguments: [first], at, end }: Call): FilterError {
  if (first?.kind === 'literal' && first.quoted === 'no' && looksLikeName(first.text))
    refuseName(first.text, first)
  return new FilterError(`${name} needs a field`, at, end, `${name}(field)`)
}

/** A parameter beside the first one that has a field in it. */
function besideFirst(
  operand: Operand,
  first: Source,
  literal: (literal: Literal, beside: Beside) => Source,
): Source {
  if (operand.kind === 'literal') return literal(operand, first)
  throw new FilterError('a field or a plain value', operand.at, operand.end)
}

const each =
  (change: (value: Value) => Value): Work['make'] =>
  (values, into) => {
    for (const value of values) into.push(change(value))
  }

function workOf({ name, at, end }: Call, kind: Kind): Work {
  const refuse = (wants: string): never => {
    throw new FilterError(`${name} is for ${wants}, not for ${kindNames[kind]}`, at, end)
  }
  switch (name) {
    case 'len':
      if (areNumbers(kind) || kind === 'time' || kind === 'duration')
        return refuse('bytes, addresses and text')
      return { kind: 'number', make: each(value => asBytes(value, kind).length) }
    case 'count':
      return { kind: 'number', make: (values, into) => void into.push(values.length) }
    case 'lower':
    case 'upper':
      if (kind !== 'text') return refuse('text')
      return {
        kind,
        make: each(value => (name === 'lower' ? String(value).toLowerCase() : String(value).toUpperCase())),
      }
    case 'string':
      if (kind === 'none' || kind === 'protocol') return refuse('numbers and addresses')
      return { kind: 'text', make: each(value => asText(value, kind)) }
    case 'abs':
      if (!areNumbers(kind) && kind !== 'duration') return refuse('numbers')
      return { kind, make: each(value => (Number(value) < 0 ? negative(value) : value)) }
    default:
      if (kind === 'none' || kind === 'protocol') return refuse('values that have an order')
      return { kind, make: (values, into) => void into.push(extreme(values, name === 'max' ? 1 : -1)) }
  }
}

const negative = (value: Value): Value => (typeof value === 'bigint' ? -value : -Number(value))

const extreme = (values: readonly Value[], sign: 1 | -1): Value =>
  values.reduce((best, value) => (order(value, best) * sign > 0 ? value : best))
