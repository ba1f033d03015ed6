import { byteMark } from './lex.ts'

/** Units of what is searched: bytes, or the 16-bit units of a text. `negated`: all but these. */
export type UnitSet = {
  readonly ranges: readonly (readonly [from: number, to: number])[]
  readonly negated: boolean
}

export type RegexNode =
  | { readonly kind: 'units'; readonly set: UnitSet; readonly fold: boolean }
  | { readonly kind: 'all' | 'one'; readonly of: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly of: RegexNode; readonly least: number; readonly most: number }
  | { readonly kind: 'place'; readonly place: Place }

/** Where in the subject: its start, its end or before a last line feed, its very end, at a border of a word or not. */
export type Place = 'start' | 'end' | 'last' | 'border' | 'inside'

/** A pattern that is none, or asks for what cannot be answered in one pass. `at`: where in the pattern. */
export class RegexError extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

const mostNested = 100
const mostRepeats = 1000

const digits: UnitSet['ranges'] = [[0x30, 0x39]]
const wordRanges: UnitSet['ranges'] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]
const blanks: UnitSet['ranges'] = [
  [0x09, 0x0d],
  [0x20, 0x20],
]
const kinds: Readonly<Record<string, UnitSet['ranges']>> = { d: digits, w: wordRanges, s: blanks }
const posix: Readonly<Record<string, UnitSet['ranges']>> = {
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  digit: digits,
  alnum: [
    [0x30, 0x39],
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  upper: [[0x41, 0x5a]],
  lower: [[0x61, 0x7a]],
  space: blanks,
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  xdigit: [
    [0x30, 0x39],
    [0x41, 0x46],
    [0x61, 0x66],
  ],
  word: wordRanges,
  cntrl: [
    [0x00, 0x1f],
    [0x7f, 0x7f],
  ],
  print: [[0x20, 0x7e]],
  graph: [[0x21, 0x7e]],
}
const controls: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7, e: 27, 0: 0 }
const places: Readonly<Record<string, Place>> = { A: 'start', z: 'last', Z: 'end', b: 'border', B: 'inside' }

/**
 * Reads a regular expression: Perl's, without what looks back or ahead. Written for bytes, a letter beyond ASCII stands for its bytes in UTF-8.
 * @throws {RegexError} where it is none
 */
export function parseRegex(pattern: string, forBytes: boolean): RegexNode {
  return new RegexReader(pattern, forBytes).whole()
}

class RegexReader {
  readonly #text: string
  readonly #forBytes: boolean
  #at = 0
  #depth = 0
  #fold = true

  constructor(text: string, forBytes: boolean) {
    this.#text = text
    this.#forBytes = forBytes
  }

  whole(): RegexNode {
    const node = this.#choice()
    if (this.#at < this.#text.length) this.#refuse('a parenthesis is closed that was not opened')
    return node
  }

  get #next(): string {
    return this.#text[this.#at] ?? ''
  }

  #take(text: string): boolean {
    const found = this.#text.startsWith(text, this.#at)
    if (found) this.#at += text.length
    return found
  }

  #refuse(message: string, at = this.#at): never {
    throw new RegexError(message, at)
  }

  #choice(): RegexNode {
    const fold = this.#fold
    const of = [this.#row()]
    while (this.#take('|')) of.push(this.#row())
    this.#fold = fold
    return of.length === 1 ? of[0]! : { kind: 'one', of }
  }

  #row(): RegexNode {
    const of: RegexNode[] = []
    while (this.#next !== '' && this.#next !== '|' && this.#next !== ')') {
      const piece = this.#piece()
      if (piece !== undefined) of.push(this.#repeated(piece))
    }
    return { kind: 'all', of }
  }

  /** Undefined: a setting, which matches nothing. */
  #piece(): RegexNode | undefined {
    const at = this.#at
    if (this.#take('(')) return this.#group(at)
    if (this.#take('[')) return this.#units(this.#bracketed(at))
    if (this.#take('.')) return this.#units({ ranges: [[10, 10]], negated: true })
    if (this.#take('^')) return { kind: 'place', place: 'start' }
    if (this.#take('$')) return { kind: 'place', place: 'end' }
    if (this.#take('\\')) return this.#escaped(at)
    if ('*+?'.includes(this.#next)) this.#refuse('nothing stands before what repeats it')
    return this.#literal()
  }

  #units(set: UnitSet): RegexNode {
    return { kind: 'units', set, fold: this.#fold }
  }

  #unit(code: number): RegexNode {
    return this.#units({ ranges: [[code, code]], negated: false })
  }

  /** A character of the pattern, as the units that stand for it. */
  #literal(): RegexNode {
    const code = this.#text.codePointAt(this.#at)!
    const character = String.fromCodePoint(code)
    this.#at += character.length
    if (code < 0x80) return this.#unit(code)
    if (code >= byteMark && code <= byteMark + 0xff) return this.#unit(code - byteMark)
    const units = this.#forBytes
      ? [...new TextEncoder().encode(character)]
      : [...character].flatMap(each => Array.from({ length: each.length }, (_, i) => each.charCodeAt(i)))
    return { kind: 'all', of: units.map(unit => this.#unit(unit)) }
  }

  #group(at: number): RegexNode | undefined {
    if (++this.#depth > mostNested) this.#refuse(`more than ${mostNested} groups inside each other`, at)
    const fold = this.#fold
    const setting = /^\?(-?i)(:|\))/.exec(this.#text.slice(this.#at, this.#at + 5))
    if (setting) {
      this.#at += setting[0].length
      this.#fold = setting[1] === 'i'
      if (setting[2] === ')') {
        this.#depth--
        return undefined
      }
    } else if (!this.#take('?:') && this.#next === '?')
      this.#refuse('what looks ahead or back is not understood', at)
    const node = this.#choice()
    if (!this.#take(')')) this.#refuse('a parenthesis is not closed', at)
    this.#depth--
    this.#fold = fold
    return node
  }

  #escaped(at: number): RegexNode {
    const letter = this.#next
    const place = places[letter]
    if (place !== undefined) {
      this.#at++
      return { kind: 'place', place }
    }
    const kind = kinds[letter.toLowerCase()]
    if (kind !== undefined) {
      this.#at++
      return this.#units({ ranges: kind, negated: letter !== letter.toLowerCase() })
    }
    return this.#unit(this.#code(at))
  }

  /** The unit that an escape stands for; the backslash is taken. */
  #code(at: number): number {
    const hex = /^x(?:\{([0-9a-fA-F]{1,4})\}|([0-9a-fA-F]{2}))/.exec(this.#text.slice(this.#at, this.#at + 7))
    if (hex) {
      this.#at += hex[0].length
      return Number.parseInt(hex[1] ?? hex[2]!, 16)
    }
    const letter = this.#next
    this.#at++
    const control = controls[letter]
    if (control !== undefined) return control
    if (/[1-9]/.test(letter)) this.#refuse('what refers to a group is not understood', at)
    if (letter === '' || /[A-Za-z]/.test(letter)) this.#refuse('no such escape', at)
    return letter.charCodeAt(0)
  }

  /** A class; its bracket is taken. */
  #bracketed(at: number): UnitSet {
    const negated = this.#take('^')
    const ranges: (readonly [number, number])[] = []
    for (let first = true; first || !this.#take(']'); first = false) {
      if (this.#next === '') this.#refuse('a bracket is not closed', at)
      const named = /^\[:(\w+):\]/.exec(this.#text.slice(this.#at, this.#at + 12))
      const kind = /^\\([dws])/.exec(this.#text.slice(this.#at, this.#at + 2))
      if (named || kind) {
        this.#at += (named ?? kind)![0].length
        const own = named ? posix[named[1]!] : kinds[kind![1]!]
        if (own === undefined) this.#refuse('no such class')
        ranges.push(...own)
      } else ranges.push(this.#range())
    }
    return { ranges, negated }
  }

  #range(): readonly [number, number] {
    const at = this.#at
    const from = this.#member()
    if (this.#next !== '-' || this.#text[this.#at + 1] === ']') return [from, from]
    this.#at++
    const to = this.#member()
    if (to < from) this.#refuse('the range ends before it begins', at)
    return [from, to]
  }

  #member(): number {
    const at = this.#at
    if (this.#take('\\')) {
      if (this.#next === 'b') {
        this.#at++
        return 8
      }
      return this.#code(at)
    }
    const code = this.#text.codePointAt(at) ?? this.#refuse('a bracket is not closed')
    this.#at += code > 0xffff ? 2 : 1
    const unit = code >= byteMark && code <= byteMark + 0xff ? code - byteMark : code
    if (unit > (this.#forBytes && unit === code ? 0x7f : 0xffff))
      this.#refuse('this character cannot stand in a class', at)
    return unit
  }

  #repeated(piece: RegexNode): RegexNode {
    let node = piece
    for (let count = this.#count(); count !== undefined; count = this.#count()) {
      if (node.kind === 'repeat' && node !== piece) this.#refuse('it is repeated already')
      node = { kind: 'repeat', of: node, ...count }
      if (this.#take('+')) this.#refuse('what repeats and never gives back is not understood', this.#at - 1)
      this.#take('?')
    }
    return node
  }

  #count(): { least: number; most: number } | undefined {
    if (this.#take('*')) return { least: 0, most: Number.POSITIVE_INFINITY }
    if (this.#take('+')) return { least: 1, most: Number.POSITIVE_INFINITY }
    if (this.#take('?')) return { least: 0, most: 1 }
    const match = /^\{(\d{1,6})(?:(,)(\d{1,6})?)?\}/.exec(this.#text.slice(this.#at, this.#at + 16))
    if (!match) return undefined
    const least = Number(match[1])
    const most = match[2] === undefined ? least : Number(match[3] ?? Number.POSITIVE_INFINITY)
    if (least > mostRepeats || (most > mostRepeats && most !== Number.POSITIVE_INFINITY) || most < least)
      this.#refuse(`it is repeated up to ${mostRepeats} times`)
    this.#at += match[0].length
    return { least, most }
  }
}
