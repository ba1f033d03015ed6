import { FilterError } from './errors.ts'
import type { Arithmetic, LayerRange, Operand, Reference } from './expression.ts'
import { isFunction, isName, keywords, looksLikeName } from './names.ts'
import { layersOf, rangesOf } from './ranges.ts'
import type { TokenReader } from './token-reader.ts'

/** Signs of arithmetic, from the loosest to the tightest. */
const levels: readonly (readonly string[])[] = [
  ['&', 'bitwise_and', 'bitand'],
  ['+', '-'],
  ['*', '/', '%'],
]
/** Signs in a row, which nest on the left. */
const mostTerms = 100

/** A word on the left of a comparison names something; on the right one that names nothing is a value. */
export type Side = 'left' | 'right'

/**
 * Reads a value: a field, a literal, or what is calculated from them. `first`: the part that was read already.
 * @throws {FilterError} where there is none
 */
export function parseOperand(reader: TokenReader, side: Side, first?: Operand): Operand {
  return term(reader, side, 0, first)
}

function term(reader: TokenReader, side: Side, level: number, first?: Operand): Operand {
  const signs = levels[level]
  if (signs === undefined) return first ?? signed(reader, side)
  let left = term(reader, side, level + 1, first)
  for (let terms = 1; ; terms++) {
    const sign = reader.next.text
    if (!reader.takeAny(signs)) return left
    if (terms === mostTerms) reader.refuse(`more than ${mostTerms} terms`)
    const right = term(reader, 'right', level + 1)
    const operator = sign.startsWith('bit') ? '&' : (sign as Arithmetic['operator'])
    left = { kind: 'arithmetic', operator, left, right, at: left.at, end: right.end }
  }
}

function signed(reader: TokenReader, side: Side): Operand {
  const { at } = reader.next
  if (reader.takeAny(['-'])) {
    const right = reader.nested(() => signed(reader, side))
    return { kind: 'arithmetic', operator: '-', left: undefined, right, at, end: right.end }
  }
  if (reader.takeAny(['+'])) return reader.nested(() => signed(reader, side))
  return sliced(reader, primary(reader, side))
}

function sliced(reader: TokenReader, value: Operand): Operand {
  let whole = value
  while (reader.next.kind === 'brackets' && reader.next.at === whole.end) {
    const brackets = reader.take()
    whole = { kind: 'slice', of: whole, ranges: rangesOf(brackets), at: value.at, end: brackets.end }
    if (whole.ranges.length > 64) reader.refuse('a slice has at most 64 ranges')
  }
  return whole
}

function primary(reader: TokenReader, side: Side): Operand {
  const { kind, text, at, end } = reader.next
  if (kind === 'string' || kind === 'character') {
    reader.take()
    return { kind: 'literal', text, quoted: kind, at, end }
  }
  for (const [opening, closing] of [
    ['{', '}'],
    ['(', ')'],
  ] as const) {
    if (!reader.takeAny([opening])) continue
    const inside = reader.nested(() => parseOperand(reader, side))
    reader.expect(closing)
    return inside
  }
  if (kind !== 'word' || keywords.has(text))
    return reader.refuse(
      kind === 'end' ? 'more has to follow' : `${reader.shown} is not expected here`,
      expectedOf(side),
    )
  const call = reader.following
  if (isFunction(text) && call.kind === 'sign' && call.text === '(') return functionCall(reader)
  const named = reference(reader, side)
  if (named !== undefined) return named
  reader.take()
  return { kind: 'literal', text, quoted: 'no', at, end }
}

const expectedOf = (side: Side): string => (side === 'left' ? 'a protocol or a field' : 'a value')

function functionCall(reader: TokenReader): Operand {
  const { text: name, at } = reader.take()
  reader.take()
  const parameters: Operand[] = []
  if (!reader.is('sign', ')'))
    do parameters.push(reader.nested(() => parseOperand(reader, 'right')))
    while (reader.takeAny([',']))
  const { end } = reader.expect(')')
  return { kind: 'call', name, arguments: parameters, at, end }
}

const prefixes: Readonly<Record<string, LayerRange>> = {
  'outer.': { from: 1, to: 1 },
  'inner.': { from: -1, to: -1 },
}

/** A name; undefined: the word is a value. */
function reference(reader: TokenReader, side: Side): Reference | undefined {
  const { text, at } = reader.next
  const prefix = isName(text) ? undefined : Object.keys(prefixes).find(start => text.startsWith(start))
  const name = prefix === undefined ? text : text.slice(prefix.length)
  if (prefix === undefined && !isName(name) && (side === 'right' || !looksLikeName(name))) return undefined
  const { end } = reader.take()
  const own = { kind: 'reference', name, at } as const
  if (prefix !== undefined) return { ...own, layers: [prefixes[prefix]!], spelling: 'prefix', end }
  if (reader.is('sign', '#')) return { ...own, ...numbered(reader), spelling: 'operator' }
  const member = reader.following
  if (reader.next.kind === 'brackets' && member.kind === 'member') return indexed(reader, name, at)
  return { ...own, layers: undefined, spelling: undefined, end }
}

/** `#2`, `#-1`, `#[1-2]`. */
function numbered(reader: TokenReader): { layers: readonly LayerRange[]; end: number } {
  reader.take()
  if (reader.next.kind === 'brackets') {
    const brackets = reader.take()
    return { layers: layersOf(brackets), end: brackets.end }
  }
  const sign = reader.takeAny(['-']) ? -1 : 1
  const { text, end } = reader.next
  if (!/^\d{1,9}$/.test(text)) return reader.refuse('the number of a layer is missing', '1, -1 or [1-2]')
  reader.take()
  const number = sign * Number(text)
  return { layers: [{ from: number, to: number }], end }
}

/** `ip[0].src`: the first is 0, the last -1. */
function indexed(reader: TokenReader, protocol: string, at: number): Reference {
  const brackets = reader.take()
  const { text, end } = reader.take()
  if (!/^\s*-?\d{1,9}\s*$/.test(brackets.text))
    throw new FilterError('no number of a layer', brackets.at, brackets.end, 'ip[0].src or ip[-1].src')
  const index = Number(brackets.text)
  const number = index < 0 ? index : index + 1
  const layers = [{ from: number, to: number }]
  return { kind: 'reference', name: protocol + text, layers, spelling: 'index', at, end }
}
