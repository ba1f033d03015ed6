import type {
  Arithmetic,
  Expression,
  LayerRange,
  Literal,
  Logical,
  Operand,
  Reference,
  Slice,
} from './expression.ts'
import { byteMark } from './lex.ts'
import { mostLayers } from './ranges.ts'

const connectives = { or: ' || ', xor: ' ^^ ', and: ' && ' } as const
const tightness = { or: 0, xor: 1, and: 2 } as const

/** Writes an expression in the display language; reading that gives the same expression. */
export function formatExpression(e: Expression): string {
  switch (e.kind) {
    case 'or':
    case 'xor':
    case 'and':
      return logicalText(e)
    case 'not':
      return isLogical(e.of) || e.of.kind === 'exists' || e.of.kind === 'not'
        ? `!${isLogical(e.of) ? `(${formatExpression(e.of)})` : formatExpression(e.of)}`
        : `!(${formatExpression(e.of)})`
    case 'exists':
      return operandText(e.of)
    case 'compare':
      return `${quantifierText(e.quantifier)}${operandText(e.left)} ${e.operator === '~=' ? '!==' : e.operator} ${operandText(e.right)}`
    case 'in': {
      const set = e.set.map(({ from, to }) => operandText(from) + (to ? ` .. ${operandText(to)}` : ''))
      return `${quantifierText(e.quantifier)}${operandText(e.left)} ${e.negated ? 'not in' : 'in'} {${set.join(', ')}}`
    }
    case 'stack':
      return `stack ${e.negated ? '!~' : '~'} ${quoted(e.pattern, '"')}`
  }
}

const isLogical = (e: Expression): e is Logical => e.kind === 'or' || e.kind === 'xor' || e.kind === 'and'

/** Expressions in a row nest on the left, thousands of them: they are written in a loop. */
function logicalText(e: Logical): string {
  const rights: string[] = []
  let left: Expression = e
  while (left.kind === e.kind) {
    rights.push(sideText(left.right, e, true))
    left = left.left
  }
  return [sideText(left, e, false), ...rights.reverse()].join(connectives[e.kind])
}

/** Parentheses stand where the words around bind tighter, and where a reader may not know that they bind less. */
function sideText(side: Expression, around: Logical, right: boolean): string {
  const text = formatExpression(side)
  if (!isLogical(side)) return text
  const binds = tightness[side.kind] - tightness[around.kind]
  return binds < 0 || (right && binds === 0) || around.kind !== side.kind ? `(${text})` : text
}

const quantifierText = (quantifier: 'any' | 'all' | undefined): string => (quantifier ? `${quantifier} ` : '')

/** Writes a value. `around`: how tightly the sign beside it binds. */
function operandText(o: Operand, around = 0): string {
  switch (o.kind) {
    case 'reference':
      return referenceText(o)
    case 'literal':
      return literalText(o)
    case 'slice':
      return `${operandText(o.of, 4)}[${o.ranges.map(rangeText).join(',')}]`
    case 'call':
      return `${o.name}(${o.arguments.map(each => operandText(each)).join(', ')})`
    case 'arithmetic': {
      const text = arithmeticText(o)
      return tightnessOf(o) < around ? `{${text}}` : text
    }
  }
}

const tightnessOf = ({ operator, left }: Arithmetic): number => {
  if (left === undefined) return 3.5
  return operator === '&' ? 1 : operator === '+' || operator === '-' ? 2 : 3
}

function arithmeticText(o: Arithmetic): string {
  const own = tightnessOf(o)
  if (o.left === undefined) return `-${operandText(o.right, own)}`
  return `${operandText(o.left, own)} ${o.operator} ${operandText(o.right, own + 0.1)}`
}

function referenceText({ name, layers, spelling }: Reference): string {
  const [first] = layers ?? []
  if (layers === undefined || first === undefined) return name
  const isOne = layers.length === 1 && first.from === first.to
  if (spelling === 'prefix') return `${first.from === 1 ? 'outer' : 'inner'}.${name}`
  if (spelling === 'index' && isOne) {
    const dot = name.indexOf('.')
    return `${name.slice(0, dot)}[${first.from > 0 ? first.from - 1 : first.from}]${name.slice(dot)}`
  }
  if (isOne) return `${name}#${first.from < 0 ? `[${first.from}]` : first.from}`
  return `${name}#[${layers.map(layerText).join(',')}]`
}

function layerText({ from, to }: LayerRange): string {
  if (from === to) return String(from)
  if (from >= 0 && to === mostLayers) return `${from}:`
  if (from < 0 && to === -1) return `${from}:`
  return `${from}-${to}`
}

function rangeText({ from, length }: Slice['ranges'][number]): string {
  if (length === 1) return String(from)
  return `${from}:${length ?? ''}`
}

const literalText = ({ text, quoted: how }: Literal): string =>
  how === 'no' ? text : quoted(text, how === 'string' ? '"' : "'")

/** What has no safe look of its own in a string: controls, marks that change the direction, bytes that are no text. */
const strange = /["'\\\p{C}\p{Zl}\p{Zp}]/gu

function quoted(text: string, mark: '"' | "'"): string {
  const content = text.replace(strange, character => {
    if (character === '"' || character === "'") return character === mark ? `\\${character}` : character
    if (character === '\\') return '\\\\'
    const code = character.codePointAt(0)!
    if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`
    if (code >= byteMark && code <= byteMark + 0xff) return `\\x${(code - byteMark).toString(16)}`
    return `\\U${code.toString(16).padStart(8, '0')}`
  })
  return `${mark}${content}${mark}`
}
