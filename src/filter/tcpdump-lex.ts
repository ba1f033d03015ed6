import { FilterError } from './errors.ts'
import type { Span } from './expression.ts'

/** A piece of an expression in tcpdump's language. */
export type Token = Span & {
  /** `word`: names, numbers, addresses, ranges; `mark`: the rest; `end`: behind the last one. */
  readonly kind: 'word' | 'mark' | 'end'
  readonly text: string
  /** With a backslash in front: a name, even where it means something else on its own. */
  readonly escaped: boolean
}

/** Longest text that is read. */
const longest = 0x10000

// Colons make a word only where there are two of them: `tcp[0:2]` has one.
const pieces =
  /\s*(?:(?<escaped>\\)?(?<word>[\da-fA-F.]*(?::[\da-fA-F.]*){2,}|\w(?:[-.\w]*[.\w])?)|(?<mark>&&|\|\||<<|>>|[<>!=]=|[-!<>=()[\]:+*/%&|^]))/y

/** Goes through the pieces of a text. @throws {FilterError} at the first character that means nothing. */
export class Tokens {
  readonly #all: readonly Token[]
  #next = 0

  constructor(text: string) {
    this.#all = tokensOf(text)
  }

  /** The one that has not been read yet. */
  get next(): Token {
    return this.#all[this.#next]!
  }

  /** Reads one, whatever it is. */
  take(): Token {
    const token = this.next
    if (token.kind !== 'end') this.#next++
    return token
  }

  /** Reads one of these, if it is one. */
  takes(...texts: readonly string[]): boolean {
    const found = isOf(this.next, texts)
    if (found) this.#next++
    return found
  }

  /** Reads this one. @throws {FilterError} where it is another. */
  demands(text: string): void {
    if (!this.takes(text)) throw this.wrong(`${this.next.text} does not follow here`, text)
  }

  /** Whether one of these comes after the next one. */
  follows(...texts: readonly string[]): boolean {
    const token = this.#all[this.#next + 1]
    return token !== undefined && isOf(token, texts)
  }

  /** Where the text stands still. */
  get place(): number {
    return this.#next
  }

  /** Goes back to a place. */
  backTo(place: number): void {
    this.#next = place
  }

  /** What to say of the next one, or of the end. */
  wrong(message: string, expected?: string): FilterError {
    const { kind, at, end } = this.next
    return new FilterError(kind === 'end' ? 'more has to follow' : message, at, end, expected)
  }
}

const isOf = ({ kind, text, escaped }: Token, texts: readonly string[]) =>
  !escaped && kind !== 'end' && texts.includes(text)

function tokensOf(text: string): Token[] {
  if (text.length > longest)
    throw new FilterError(`a filter has at most ${longest} characters`, longest, text.length)
  const tokens: Token[] = []
  const stop = text.trimEnd().length
  let at = 0
  while (at < stop) {
    pieces.lastIndex = at
    const found = pieces.exec(text)
    if (!found?.groups) throw unreadable(text, at)
    const { escaped, word, mark } = found.groups
    const end = pieces.lastIndex
    const piece = word ?? mark ?? ''
    const isEscaped = escaped !== undefined
    const start = end - piece.length - (isEscaped ? 1 : 0)
    tokens.push({
      kind: word === undefined ? 'mark' : 'word',
      text: piece,
      escaped: isEscaped,
      at: start,
      end,
    })
    at = end
  }
  tokens.push({ kind: 'end', text: '', escaped: false, at: stop, end: stop })
  return tokens
}

function unreadable(text: string, from: number): FilterError {
  const at = from + text.slice(from).search(/\S/)
  const sign = String.fromCodePoint(text.codePointAt(at) ?? 0)
  return new FilterError(`${sign} has no meaning here`, at, at + sign.length)
}
