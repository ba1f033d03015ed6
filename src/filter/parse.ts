import { FilterError } from './errors.ts'
import type { Comparison, Expression, Membership, Operand, Operator, Span } from './expression.ts'
import { isName, keywords } from './names.ts'
import { parseOperand } from './parse-operand.ts'
import { meaningOf } from './reference.ts'
import { TokenReader } from './token-reader.ts'

/** How the operators may be written. */
const operators: Readonly<Record<string, Operator>> = {
  '==': '==',
  eq: '==',
  any_eq: '==',
  '!=': '!=',
  ne: '!=',
  all_ne: '!=',
  '===': '===',
  all_eq: '===',
  '~=': '~=',
  '!==': '~=',
  any_ne: '~=',
  '<': '<',
  lt: '<',
  '<=': '<=',
  le: '<=',
  '>': '>',
  gt: '>',
  '>=': '>=',
  ge: '>=',
  contains: 'contains',
  matches: 'matches',
  '~': 'matches',
}

/** Words between two expressions, from the loosest to the tightest. */
const connectives = [
  { kind: 'or', words: ['or', '||'] },
  { kind: 'xor', words: ['xor', '^^'] },
  { kind: 'and', words: ['and', '&&'] },
] as const

const afterTest = 'and, or, or the end'
const comparing = '==, another comparison, and, or, or the end'

/**
 * Reads the display language. Names of protocols and fields are looked up, for a word that is none stands for a value.
 * @throws {FilterError} where the text is no filter
 */
export function parseExpression(text: string): Expression {
  const reader = new TokenReader(text)
  if (reader.next.kind === 'end') reader.refuse('the filter is empty', 'a protocol or a field')
  const expression = joined(reader, 0)
  if (reader.next.kind !== 'end') refuseRest(reader, expression)
  return expression
}

/** Where the last word is no name at all, as in `hots 10.0.0.1`, that is the mistake, and not what follows it. */
function refuseRest(reader: TokenReader, expression: Expression): never {
  let last = expression
  while ('right' in last && last.kind !== 'compare') last = last.right
  if (last.kind === 'exists' && last.of.kind === 'reference') meaningOf(last.of)
  const { text, kind } = reader.next
  const small = text.toLowerCase()
  if (kind === 'word' && text !== small && keywords.has(small))
    return reader.refuse(`${text} is written in small letters`, small)
  const isValue = last.kind === 'exists' && (kind === 'word' || kind === 'string')
  return reader.refuse(`${reader.shown} is not expected here`, isValue ? comparing : afterTest)
}

/**
 * Reads a value alone: a field, a part of it, or what is calculated from it.
 * @throws {FilterError} where the text is none
 */
export function parseValue(text: string): Operand {
  const reader = new TokenReader(text)
  const value = parseOperand(reader, 'left')
  if (reader.next.kind !== 'end') reader.refuse(`${reader.shown} is not expected here`, 'the end')
  return value
}

function joined(reader: TokenReader, level: number): Expression {
  const connective = connectives[level]
  if (connective === undefined) return negated(reader)
  let left = joined(reader, level + 1)
  while (reader.takeAny(connective.words)) {
    const right = joined(reader, level + 1)
    left = { kind: connective.kind, left, right, at: left.at, end: right.end }
  }
  return left
}

function negated(reader: TokenReader): Expression {
  const { at } = reader.next
  if (!reader.takeAny(['not', '!'])) return test(reader)
  return reader.nested(() => {
    const of = negated(reader)
    return { kind: 'not', of, at, end: of.end }
  })
}

function test(reader: TokenReader): Expression {
  const { at, text } = reader.next
  const asked = text === 'any' || text === 'all' ? text : undefined
  const quantifier = reader.next.kind === 'word' && !isName(text) ? asked : undefined
  if (quantifier !== undefined) reader.take()
  else if (reader.is('sign', '(')) return parenthesised(reader)
  else if (reader.is('word', 'stack') && !isName('stack')) return stackTest(reader)
  return relations(reader, at, quantifier, parseOperand(reader, 'left'))
}

/** What stands in parentheses is an expression, or a value that something is compared with. */
function parenthesised(reader: TokenReader): Expression {
  const { at } = reader.take()
  const inside = reader.nested(() => joined(reader, 0))
  reader.expect(')')
  const { next } = reader
  const goesOn = isArithmetic(next.text) || isRelation(reader)
  if (inside.kind !== 'exists' || next.kind === 'end' || !goesOn) return inside
  return relations(reader, at, undefined, parseOperand(reader, 'left', inside.of))
}

const isArithmetic = (text: string) => /^[-+*/%&]$/.test(text)

const isRelation = ({ next, following }: TokenReader): boolean =>
  (next.kind === 'sign' || next.kind === 'word') &&
  (next.text in operators || next.text === 'in' || (/^(?:not|!)$/.test(next.text) && following.text === 'in'))

type Quantifier = Comparison['quantifier']

/** One value, or several compared in a row: `1 < ip.ttl < 5` says both. */
function relations(reader: TokenReader, at: number, quantifier: Quantifier, first: Operand): Expression {
  let left = first
  let all: Expression | undefined
  while (isRelation(reader)) {
    const { relation, right } = relationOf(reader, { at: all === undefined ? at : left.at, quantifier, left })
    all =
      all === undefined
        ? relation
        : { kind: 'and', left: all, right: relation, at: all.at, end: relation.end }
    if (right === undefined) break
    left = right
  }
  if (reader.is('sign', '=')) reader.refuse('one = compares nothing', '==')
  if (all !== undefined) return all
  if (quantifier !== undefined) reader.refuse(`${quantifier} is for comparisons`, '==, <, contains, in …')
  return { kind: 'exists', of: first, at, end: first.end }
}

type Begun = { readonly at: number; readonly quantifier: Quantifier; readonly left: Operand }

/** `right`: what may be compared further. */
function relationOf(
  reader: TokenReader,
  { at, quantifier, left }: Begun,
): { relation: Expression; right: Operand | undefined } {
  const denied = reader.takeAny(['not', '!'])
  if (reader.takeAny(['in'])) {
    const { set, end } = setOf(reader)
    return { relation: { kind: 'in', quantifier, negated: denied, left, set, at, end }, right: undefined }
  }
  const operator = operators[reader.take().text]!
  const right = parseOperand(reader, 'right')
  return { relation: { kind: 'compare', quantifier, operator, left, right, at, end: right.end }, right }
}

function setOf(reader: TokenReader): Span & Pick<Membership, 'set'> {
  const { at } = reader.expect('{')
  const set: { from: Operand; to: Operand | undefined }[] = []
  do {
    const from = parseOperand(reader, 'right')
    requireDots(from)
    set.push({ from, to: reader.takeAny(['..']) ? parseOperand(reader, 'right') : undefined })
  } while (reader.takeAny([',']))
  const { end } = reader.expect('}')
  return { set, at, end }
}

/** Ranges of tcpdump's language are written otherwise. */
function requireDots(from: Operand): void {
  if (from.kind !== 'literal' || from.quoted !== 'no') return
  const ends = /^(\d+|[\d.]+\.\d+)-([\d.]+)$/.exec(from.text)
  if (ends) throw new FilterError('a range has two dots', from.at, from.end, `${ends[1]}..${ends[2]}`)
}

/** `stack ~ "esp/ip"`. */
function stackTest(reader: TokenReader): Expression {
  const { at } = reader.take()
  const { text } = reader.next
  const denied = reader.takeAny(['!~'])
  if (!denied && !reader.takeAny(['~', 'matches']))
    reader.refuse('stack is compared with a pattern', '~ or !~')
  const pattern = reader.next
  if (pattern.kind !== 'string')
    reader.refuse(`a pattern in quotation marks follows ${text}`, 'a pattern such as "esp/ip/udp"')
  reader.take()
  const patternAt = { at: pattern.at, end: pattern.end }
  return { kind: 'stack', negated: denied, pattern: pattern.text, patternAt, at, end: pattern.end }
}
