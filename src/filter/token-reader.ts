import { FilterError } from './errors.ts'
import { type Token, tokensOf } from './lex.ts'

/** Parentheses and signs inside each other; nobody types more. */
const mostNested = 200

/** The tokens of a filter, one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[]
  #at = 0
  #depth = 0

  /** @throws {FilterError} where the text cannot be cut into tokens */
  constructor(text: string) {
    this.#tokens = tokensOf(text)
  }

  get next(): Token {
    return this.#tokens[this.#at]!
  }

  /** The one behind the next. */
  get following(): Token {
    return this.#tokens[Math.min(this.#at + 1, this.#tokens.length - 1)]!
  }

  /** The next token for a sentence. */
  get shown(): string {
    const { kind, text } = this.next
    if (kind === 'end') return 'the end'
    if (kind === 'brackets') return 'a slice'
    return kind === 'string' || kind === 'character' ? 'text in quotation marks' : text.slice(0, 40)
  }

  is(kind: Token['kind'], text: string): boolean {
    return this.next.kind === kind && this.next.text === text
  }

  take(): Token {
    const token = this.next
    if (token.kind !== 'end') this.#at++
    return token
  }

  /** Takes the next token where it is one of these words or signs. */
  takeAny(texts: readonly string[]): boolean {
    const { kind, text } = this.next
    const found = (kind === 'word' || kind === 'sign') && texts.includes(text)
    if (found) this.#at++
    return found
  }

  /** Takes a sign that has to stand here. */
  expect(sign: string): Token {
    if (this.is('sign', sign)) return this.take()
    const { kind } = this.next
    return this.refuse(
      kind === 'end' ? `a ${sign} is missing` : `${this.shown} stands where ${sign} is missing`,
      sign,
    )
  }

  /** Reads what lies one level deeper. */
  nested<Read>(read: () => Read): Read {
    if (this.#depth === mostNested) this.refuse(`more than ${mostNested} levels inside each other`)
    this.#depth++
    const found = read()
    this.#depth--
    return found
  }

  /** The next token cannot stand here. */
  refuse(sentence: string, expected?: string): never {
    const { at, end } = this.next
    throw new FilterError(sentence, at, end, expected)
  }
}
