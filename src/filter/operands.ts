import { calculation } from './arithmetic.ts'
import { callSource } from './calls.ts'
import { constantOf } from './constants.ts'
import { FilterError } from './errors.ts'
import type { Arithmetic, Literal, Operand, Slice } from './expression.ts'
import type { Named } from './names.ts'
import { meaningOf, type Reach, sourceOfReference } from './reference.ts'
import type { Needs, Source } from './source.ts'
import { asBytes, type Kind, type Value } from './values.ts'

/** What a value is compared with: it says what a literal beside it stands for. */
export type Beside = Pick<Source, 'kind' | 'named'>

/** True where the value says of itself what it is: it has a field in it. */
export function isTyped(operand: Operand): boolean {
  switch (operand.kind) {
    case 'literal':
      return false
    case 'reference':
    case 'call':
      return true
    case 'slice':
      return isTyped(operand.of)
    case 'arithmetic':
      return isTyped(operand.right) || (operand.left !== undefined && isTyped(operand.left))
  }
}

/**
 * The source of a value that says itself what it is.
 * @throws {FilterError} where it makes no sense
 */
export function sourceOf(operand: Operand, needs: Needs, reach: Reach = 'header'): Source {
  switch (operand.kind) {
    case 'reference':
      return sourceOfReference(operand, needs, reach)
    case 'slice':
      return sliceSource(operand, needs)
    case 'call':
      return callSource(operand, each => (isTyped(each) ? sourceOf(each, needs) : undefined), literalSource)
    case 'arithmetic':
      return arithmeticSource(operand, needs)
    case 'literal':
      throw new FilterError('one side has to be a field', operand.at, operand.end, 'a protocol or a field')
  }
}

/** The source of a value that stands beside another one. */
export function sourceBeside(operand: Operand, beside: Beside, needs: Needs): Source {
  if (operand.kind === 'literal') {
    const source = literalSource(operand, beside)
    requireFit(operand, source, beside.named)
    return source
  }
  if (operand.kind === 'reference' && isValueName(operand.name, beside)) {
    const { name, at, end } = operand
    return literalSource({ kind: 'literal', text: name, quoted: 'no', at, end }, beside)
  }
  if (isTyped(operand)) return sourceOf(operand, needs)
  if (operand.kind === 'arithmetic') return arithmeticSource(operand, needs, beside)
  throw new FilterError('a literal cannot be sliced', operand.at, operand.end)
}

/** `ip.proto == esp`: a protocol beside a number is the number that announces it. */
function isValueName(name: string, { kind, named }: Beside): boolean {
  if (kind !== 'number' || named === undefined || !named.fields.some(({ values }) => values)) return false
  const reference = {
    kind: 'reference',
    name,
    layers: undefined,
    spelling: undefined,
    at: 0,
    end: 0,
  } as const
  return meaningOf(reference).kind === 'protocol'
}

export function literalSource(literal: Literal, { kind, named }: Beside): Source {
  if (kind === 'none')
    throw new FilterError(
      'it has no value: it is there or not',
      literal.at,
      literal.end,
      'and, or, or the end',
    )
  const constant = constantOf(literal, kind, named)
  return {
    kind,
    span: literal,
    named: undefined,
    constant,
    fixed: undefined,
    gather: (_found, _about, into) => {
      into.push(constant.value)
    },
    isAbsent: () => false,
  }
}

/** @throws {FilterError} where a field has too few bits for a number to be ever in it */
function requireFit(literal: Literal, { kind, constant }: Source, beside: Named | undefined): void {
  if (kind !== 'number' || constant === undefined || !beside?.fields.every(({ place }) => place)) return
  // Whole bytes, whatever the bits: so Wireshark has it, and what counts words is compared in bytes.
  const most = beside.fields.map(({ place }) => 2 ** (Math.ceil((place?.width ?? 0) / 8) * 8) - 1)
  if (most.length === 0 || Number(constant.value) <= Math.max(...most)) return
  const message = `${literal.text} is more than ${beside.name} can be`
  throw new FilterError(message, literal.at, literal.end, `a number up to ${Math.max(...most)}`)
}

function arithmeticSource(operand: Arithmetic, needs: Needs, beside?: Beside): Source {
  const { left, right } = operand
  const typed = [left, right].find(each => each !== undefined && isTyped(each))
  const own = typed && sourceOf(typed, needs)
  const first = own ?? beside
  if (first === undefined) throw new FilterError('one side has to be a field', operand.at, operand.end)
  const source = (each: Operand) => {
    if (own && each === typed) return own
    return each.kind === 'literal' ? literalSource(each, first) : sourceBeside(each, first, needs)
  }
  return calculation(operand, left && source(left), source(right))
}

function sliceSource(slice: Slice, needs: Needs): Source {
  const of = sourceOf(slice.of, needs)
  const sliced: readonly Kind[] = ['bytes', 'protocol', 'ether', 'ipv4', 'ipv6', 'text']
  if (!sliced.includes(of.kind))
    throw new FilterError('only bytes, addresses and text can be sliced', slice.of.at, slice.of.end)
  const whole: Value[] = []
  return {
    kind: 'bytes',
    span: slice,
    named: undefined,
    constant: undefined,
    fixed: undefined,
    gather(found, about, into) {
      whole.length = 0
      of.gather(found, about, whole)
      for (const value of whole) {
        const bytes = bytesIn(asBytes(value, of.kind), slice.ranges)
        if (bytes !== undefined) into.push(bytes)
      }
    },
    isAbsent: shape => of.isAbsent(shape),
  }
}

/** The bytes that the ranges say; undefined where one of them is not there. */
function bytesIn(bytes: Uint8Array, ranges: Slice['ranges']): Uint8Array | undefined {
  const pieces: Uint8Array[] = []
  for (const { from, length } of ranges) {
    const start = from < 0 ? bytes.length + from : from
    const end = length === undefined ? bytes.length : start + length
    if (start < 0 || end > bytes.length || start >= end) return undefined
    pieces.push(bytes.subarray(start, end))
  }
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)
}
