import { FilterError } from './errors.ts'
import type { Span } from './expression.ts'

/** What a text is cut into. `text`: as it was typed; of strings and characters, what they stand for. */
export type Token = Span & {
  readonly kind: 'word' | 'string' | 'character' | 'sign' | 'brackets' | 'member' | 'end'
  readonly text: string
}

/** Longer texts are nothing that somebody typed. */
export const longestText = 65_536

const blank = /[ \t\r\n]+/y
/** Names, numbers, addresses, bytes; a dot that another one follows is none of theirs. */
const word = /[A-Za-z0-9_:](?:[A-Za-z0-9_:-]|\.(?!\.))*/y
/** What follows an address to make it a prefix. */
const prefix = /\/\d+(?:\.\d+){0,3}/y
const address = /^(?=.*[.:])[0-9a-f.:]+$/i
const signs = /===|!==|~=|==|!=|!~|<=|>=|&&|\|\||\^\^|\.\.|[!~<>=+\-*/%&(){},#]/y
const member = /\.[A-Za-z0-9_.-]+/y
const brackets = /\[([^\][]*)\]/y

/** @throws {FilterError} where something is in the text that belongs to no filter, or a string does not end */
export function tokensOf(text: string): Token[] {
  if (text.length > longestText)
    throw new FilterError(`a filter has at most ${longestText} characters`, longestText, text.length)
  const tokens: Token[] = []
  for (let at = skip(text, 0); at < text.length; ) {
    const token = tokenAt(text, at, tokens.at(-1))
    tokens.push(token)
    at = skip(text, token.end)
  }
  tokens.push({ kind: 'end', text: '', at: text.length, end: text.length })
  return tokens
}

/** The match of a sticky expression at a place. */
function matched(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

const skip = (text: string, at: number): number => at + (matched(blank, text, at) ?? '').length

function tokenAt(text: string, at: number, before: Token | undefined): Token {
  const joins = before?.end === at
  if (text[at] === '"') return stringAt(text, at, at, false)
  if (/^r"$/i.test(text.slice(at, at + 2))) return stringAt(text, at, at + 1, true)
  if (text[at] === "'") return characterAt(text, at)
  if (text[at] === '[') return bracketsAt(text, at)
  const name = before?.kind === 'brackets' && joins ? matched(member, text, at) : undefined
  if (name) return { kind: 'member', text: name, at, end: at + name.length }
  const first = matched(word, text, at)
  if (first) {
    const whole = first + ((address.test(first) && matched(prefix, text, at + first.length)) || '')
    return { kind: 'word', text: whole, at, end: at + whole.length }
  }
  const sign = matched(signs, text, at)
  if (sign) return { kind: 'sign', text: sign, at, end: at + sign.length }
  throw new FilterError('this character has no meaning here', at, at + 1, meantBy[text[at]!])
}

/** What people mean by signs of other languages. */
const meantBy: Readonly<Record<string, string>> = {
  '|': '||, or',
  '^': '^^, xor',
  ';': '&& or ||',
  $: 'a value; on the screen af takes the selected one',
}

function bracketsAt(text: string, at: number): Token {
  const found = matched(brackets, text, at)
  if (!found) throw new FilterError('the bracket is not closed', at, at + 1, ']')
  return { kind: 'brackets', text: found.slice(1, -1), at, end: at + found.length }
}

const named: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}
const escapeForm =
  /\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(['"\\abfnrtv]))/y

/** A byte that is no text by itself stands in a string as a lone surrogate, which text never has. */
export const byteMark = 0xdc00

const byteText = (value: number): string => String.fromCharCode(value < 0x80 ? value : byteMark + value)

/** What an escape stands for, and how long it is. */
function escaped(text: string, at: number): { text: string; length: number } {
  escapeForm.lastIndex = at
  const match = escapeForm.exec(text)
  if (!match) throw new FilterError('no such escape', at, Math.min(at + 2, text.length), '\\n, \\x41, \\" …')
  const [whole, hex, octal, short, long, name] = match
  const byte = hex !== undefined ? Number.parseInt(hex, 16) : Number.parseInt(octal ?? '', 8)
  const point = Number.parseInt(short ?? long ?? '', 16)
  const { length } = whole
  if (!Number.isNaN(byte)) return { text: byteText(byte & 0xff), length }
  if (Number.isNaN(point)) return { text: named[name!] ?? name!, length }
  if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
    throw new FilterError('no such character', at, at + length)
  return { text: String.fromCodePoint(point), length }
}

/** `quote`: where the quotation mark stands. A raw string keeps its backslashes. */
function stringAt(text: string, at: number, quote: number, raw: boolean): Token {
  let content = ''
  for (let i = quote + 1; i < text.length; ) {
    if (text[i] === '"') return { kind: 'string', text: content, at, end: i + 1 }
    if (text[i] !== '\\') content += text[i++]
    else if (raw) {
      content += text.slice(i, i + 2)
      i += 2
    } else {
      const { text: meant, length } = escaped(text, i)
      content += meant
      i += length
    }
  }
  throw new FilterError('the string is not closed', at, text.length, '"')
}

function characterAt(text: string, at: number): Token {
  const single = text[at + 1] ?? ''
  const { text: content, length } = single === '\\' ? escaped(text, at + 1) : { text: single, length: 1 }
  const end = at + 1 + length
  if (single !== "'" && text[end] === "'" && content.length === 1)
    return { kind: 'character', text: content, at, end: end + 1 }
  throw new FilterError('one character stands between these marks', at, Math.min(end + 1, text.length), "'a'")
}
