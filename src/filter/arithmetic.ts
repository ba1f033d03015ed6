import { FilterError } from './errors.ts'
import type { Arithmetic } from './expression.ts'
import type { Source } from './source.ts'
import { areBytes, areNumbers, isComparable, type Kind, kindNames, type Value } from './values.ts'

type Sign = Arithmetic['operator']
/** What comes of two values; undefined: nothing, as of a division by zero. */
type Calculate = (a: Value, b: Value) => Value | undefined

/**
 * The source of what is calculated from two values, or from one with a minus in front (`left` undefined).
 * @throws {FilterError} where values of that kind cannot be calculated with
 */
export function calculation(of: Arithmetic, left: Source | undefined, right: Source): Source {
  const kind = kindOf(of, left ?? right, right)
  const lefts: Value[] = []
  const rights: Value[] = []
  const calculate = calculators(of.operator, kind)
  const gather: Source['gather'] = (found, about, into) => {
    lefts.length = rights.length = 0
    if (left === undefined) lefts.push(typeof kind === 'string' && isTime(kind) ? 0n : 0)
    else left.gather(found, about, lefts)
    right.gather(found, about, rights)
    for (const a of lefts)
      for (const b of rights) {
        const value = calculate(a, b)
        if (value !== undefined) into.push(value)
      }
  }
  const isConstant = right.constant !== undefined && (left === undefined || left.constant !== undefined)
  const zero = isTime(kind) ? 0n : 0
  const value = isConstant
    ? calculate(left?.constant?.value ?? zero, right.constant?.value ?? zero)
    : undefined
  return {
    kind,
    span: of,
    named: undefined,
    constant: value === undefined ? undefined : { value, prefix: undefined },
    fixed: undefined,
    gather,
    isAbsent: shape => left?.isAbsent(shape) === true || right.isAbsent(shape),
  }
}

const isTime = (kind: Kind): boolean => kind === 'time' || kind === 'duration'

function kindOf({ operator, at, end }: Arithmetic, left: Source, right: Source): Kind {
  const { kind } = left
  if (operator === '&' && (kind === 'protocol' || right.kind === 'protocol'))
    throw new FilterError('& is for bits, not for protocols', at, end, '&& between two tests')
  const fits = isComparable(kind, right.kind) || (isTime(kind) && isTime(right.kind))
  const calculates =
    areNumbers(kind) ||
    (isTime(kind) && (operator === '+' || operator === '-')) ||
    (operator === '&' && (areBytes(kind) || kind === 'ipv4' || kind === 'ipv6'))
  if (!fits || !calculates)
    throw new FilterError(
      `${operator} cannot be used on ${kindNames[kind]}${fits ? '' : ` and ${kindNames[right.kind]}`}`,
      at,
      end,
    )
  if (areNumbers(kind)) return 'number'
  return areBytes(kind) ? 'bytes' : kind
}

function calculators(operator: Sign, kind: Kind): Calculate {
  if (areBytes(kind) || kind === 'ipv6') return masked
  return (a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return ofNumbers(operator, a, b)
    if (typeof a === 'string' || typeof b === 'string') return undefined
    if (a instanceof Uint8Array || b instanceof Uint8Array) return undefined
    return ofWide(operator, BigInt(a), BigInt(b))
  }
}

const most31 = 0x7fffffff

function ofNumbers(operator: Sign, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return b === 0 ? undefined : Math.trunc(a / b)
    case '%':
      return b === 0 ? undefined : a % b
    case '&':
      return Math.abs(a) <= most31 && Math.abs(b) <= most31 ? a & b : Number(BigInt(a) & BigInt(b))
  }
}

/** Longer numbers come of multiplying over and over. */
const widest = 1n << 512n

function ofWide(operator: Sign, a: bigint, b: bigint): bigint | undefined {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a > widest || b > widest ? undefined : a * b
    case '/':
      return b === 0n ? undefined : a / b
    case '%':
      return b === 0n ? undefined : a % b
    case '&':
      return a & b
  }
}

/** Bits that both have set, in as many bytes as the shorter one has. */
function masked(a: Value, b: Value): Value | undefined {
  if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return undefined
  return a.subarray(0, b.length).map((byte, i) => byte & b[i]!)
}
