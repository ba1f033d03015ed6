import { FilterError } from './errors.ts'
import type { Expression, Span } from './expression.ts'
import { aloneOf, belongs, type Following, ids } from './tcpdump-alone.ts'
import type { ArithmeticSign, Header, Value } from './tcpdump-computing.ts'
import { Tokens } from './tcpdump-lex.ts'
import { withParameter } from './tcpdump-parameters.ts'
import {
  type Direction,
  type Given,
  type Kind,
  numberFrom,
  type Qualifiers,
  termOf,
} from './tcpdump-terms.ts'
import { both, denied, either } from './tcpdump-tree.ts'
import { headerCalled, relationOf, relations, signs } from './tcpdump-values.ts'
import { constants, families } from './tcpdump-words.ts'

/**
 * Reads an expression of pcap-filter(7) into the tree of the display language. Addresses, ports and protocols are looked for in all layers,
 * so that in tunnels more packets match than for tcpdump. What is inside a datagram that came in fragments is found in the one
 * that completes it, where tcpdump finds some of it in all of them. Names of hosts and networks are not looked up.
 *
 * @throws {FilterError} where the text is none, or where the display language has no words for it
 */
export function parseTcpdump(text: string): Expression {
  return new Parser(new Tokens(text)).whole()
}

/** What has been read: a condition, or a number that waits to be compared. */
type Read = Span & ({ readonly condition: Expression } | { readonly value: Value })

const wanted: Readonly<Record<Kind, string>> = {
  host: 'an IPv4 or IPv6 address',
  net: 'a network such as 10.0.0.0/8',
  port: 'a port from 0 to 65535',
  portrange: 'two ports, such as 5060-5080',
  proto: 'a number from 0 to 255, or a name such as gre',
  protochain: 'a number from 0 to 255, or a name such as gre',
}

const kinds: ReadonlySet<string> = new Set(Object.keys(wanted))
const deepest = 100
const mostTerms = 1000
const condition = 'host, net, port, a protocol, or a comparison'
const bytesOf = (word: string) =>
  ids.has(word) ? `${word}[0:4] == …, with two =` : 'ether, ip, ip6, udp, tcp …'

class Parser {
  readonly #tokens: Tokens
  #depth = 0
  #terms = 0
  /** Qualifiers of the term before, which an address or a port without any takes over. */
  #carried: Qualifiers | undefined

  constructor(tokens: Tokens) {
    this.#tokens = tokens
  }

  whole(): Expression {
    const read = this.#condition(this.#chain())
    const { kind, text } = this.#tokens.next
    if (kind !== 'end') throw this.#tokens.wrong(`${text} does not follow here`, 'and, or, or the end')
    return read
  }

  /** What nests is counted, and so are all terms: the stack is not endless. */
  #nested<T>(read: () => T): T {
    if (++this.#depth > deepest) throw this.#tokens.wrong(`more than ${deepest} levels in each other`)
    const result = read()
    this.#depth--
    return result
  }

  #condition(read: Read): Expression {
    if ('condition' in read) return read.condition
    throw new FilterError('a number alone is no condition', read.at, read.end, 'a comparison such as > 100')
  }

  #value(read: Read): Value {
    if ('value' in read) return read.value
    throw new FilterError(
      'a condition has no value',
      read.at,
      read.end,
      'a number, len, or bytes such as ip[8]',
    )
  }

  /** `and` and `or` bind alike, from left to right. */
  #chain(): Read {
    let left = this.#denial()
    for (;;) {
      const join = this.#tokens.takes('and', '&&')
        ? both
        : this.#tokens.takes('or', '||')
          ? either
          : undefined
      if (!join) return left
      const first = this.#condition(left)
      left = told(join([first, this.#condition(this.#denial())]), left.at)
    }
  }

  #denial(): Read {
    const { at } = this.#tokens.next
    if (!this.#tokens.takes('not', '!')) return this.#relation()
    const of = this.#condition(this.#nested(() => this.#denial()))
    return told(denied({ at, end: of.end }, of), at)
  }

  #relation(): Read {
    const left = this.#sum(1)
    const relation = this.#tokens.next.kind === 'mark' ? relations.get(this.#tokens.next.text) : undefined
    if (!relation) return left
    const first = this.#value(left)
    this.#tokens.take()
    this.#carried = undefined
    return told(relationOf(first, relation, this.#value(this.#sum(1))), left.at)
  }

  #sum(tightness: number): Read {
    let left = this.#operand()
    for (;;) {
      const sign = this.#tokens.next.text as ArithmeticSign
      const own = this.#tokens.next.kind === 'mark' ? signs.get(sign) : undefined
      if (own === undefined || own < tightness) return left
      const first = this.#value(left)
      this.#count()
      this.#tokens.take()
      this.#carried = undefined
      const right = this.#value(this.#nested(() => this.#sum(own + 1)))
      const { at } = left
      left = { value: { kind: 'sum', sign, left: first, right, at, end: right.end }, at, end: right.end }
    }
  }

  #count(): void {
    if (++this.#terms > mostTerms) throw this.#tokens.wrong(`more than ${mostTerms} terms`)
  }

  #operand(): Read {
    this.#count()
    const { at, text, kind, escaped } = this.#tokens.next
    if (this.#tokens.takes('(')) return this.#parenthesis(at)
    if (this.#tokens.takes('-')) {
      const right = this.#value(this.#nested(() => this.#operand()))
      const zero: Value = { kind: 'number', value: 0, at, end: at }
      return { value: { kind: 'sum', sign: '-', left: zero, right, at, end: right.end }, at, end: right.end }
    }
    if (kind !== 'word') throw this.#tokens.wrong(`${text} does not follow here`, condition)
    if (escaped) return this.#term()
    return this.#number() ?? this.#term()
  }

  #parenthesis(at: number): Read {
    const read = this.#nested(() => this.#chain())
    const { end } = this.#tokens.next
    this.#tokens.demands(')')
    return { ...read, at, end }
  }

  /** A number, a constant, `len`, `ip[…]`. */
  #number(): Read | undefined {
    const { at, end, text } = this.#tokens.next
    const value = constants.get(text) ?? numberFrom(text)
    if (text === 'len') {
      this.#tokens.take()
      return { value: { kind: 'length', at, end }, at, end }
    }
    if (this.#tokens.follows('[')) {
      const header = headerCalled(text)
      if (header === undefined)
        throw this.#tokens.wrong(`bytes of ${text} have no translation`, bytesOf(text))
      return this.#bytes(header)
    }
    if (value === undefined || (this.#carried && !this.#computes())) return undefined
    this.#tokens.take()
    return { value: { kind: 'number', value, at, end }, at, end }
  }

  #computes(): boolean {
    return this.#tokens.follows(...signs.keys(), ...relations.keys())
  }

  #bytes(of: Header): Read {
    const { at } = this.#tokens.next
    this.#tokens.take()
    this.#tokens.take()
    this.#carried = undefined
    const from = this.#value(this.#nested(() => this.#sum(1)))
    const size = this.#tokens.takes(':') ? this.#size() : 1
    const { end } = this.#tokens.next
    this.#tokens.demands(']')
    return { value: { kind: 'bytes', of, from, size, at, end }, at, end }
  }

  #size(): 1 | 2 | 4 {
    const size = numberFrom(this.#tokens.next.text)
    if (size !== 1 && size !== 2 && size !== 4)
      throw this.#tokens.wrong(`${this.#tokens.next.text} bytes are no number`, '1, 2 or 4')
    this.#tokens.take()
    return size
  }

  #term(): Read {
    const { at } = this.#tokens.next
    const own = this.#qualifiers()
    if (own) this.#carried = own
    const qualifiers = own ?? this.#bare()
    if (qualifiers) return told(this.#given(qualifiers), at)
    this.#carried = undefined
    const word = this.#word(condition)
    const any = (words: readonly string[]) =>
      words.includes(this.#tokens.next.text) ? this.#word(condition) : undefined
    const following: Following = {
      number: () => this.#numberBehind(),
      any,
      word: expected => this.#word(expected),
    }
    return told(withParameter(word, following) ?? aloneOf(word, following), at)
  }

  /** What a word without qualifiers means, where it is an address or belongs to the term before. */
  #bare(): Qualifiers | undefined {
    const { text, escaped } = this.#tokens.next
    if (this.#carried && (escaped || belongs(text, this.#carried))) return this.#carried
    if (/^\d+(\.\d+){3}$|::|^[\da-f]+(:[\da-f]+){7}$/i.test(text)) return { ...bareHost, family: undefined }
    return /^[\da-f]{1,2}([-:][\da-f]{1,2}){5}$/i.test(text) ? { ...bareHost, family: 'link' } : undefined
  }

  #qualifiers(): Qualifiers | undefined {
    const start = this.#tokens.place
    const family = this.#tokens.next.escaped ? undefined : families.get(this.#tokens.next.text)
    if (family) this.#tokens.take()
    const direction = this.#direction()
    const kind =
      kinds.has(this.#tokens.next.text) && !this.#tokens.next.escaped
        ? (this.#tokens.next.text as Kind)
        : undefined
    if (kind) this.#tokens.take()
    if (kind || direction) return { family, direction, kind: kind ?? 'host' }
    this.#tokens.backTo(start)
    return undefined
  }

  #direction(): Direction | undefined {
    const first = this.#tokens.takes('src') ? 'src' : this.#tokens.takes('dst') ? 'dst' : undefined
    if (!first) return undefined
    const second = first === 'src' ? 'dst' : 'src'
    if (!this.#tokens.follows(second)) return first
    const joined = this.#tokens.takes('or', '||')
      ? 'either'
      : this.#tokens.takes('and', '&&')
        ? 'both'
        : undefined
    if (joined) this.#tokens.take()
    return joined ?? first
  }

  /** What the qualifiers are for: one, none of one, or several in parentheses. */
  #given(qualifiers: Qualifiers): Expression {
    const { at, end, text, kind } = this.#tokens.next
    if (this.#tokens.takes('not', '!')) {
      const of = this.#nested(() => this.#given(qualifiers))
      return denied({ at, end: of.end }, of)
    }
    if (this.#tokens.takes('(')) return this.#condition(this.#parenthesis(at))
    if (kind !== 'word') throw this.#tokens.wrong(`${text} does not follow here`, wanted[qualifiers.kind])
    this.#tokens.take()
    if (qualifiers.kind !== 'net') return termOf(qualifiers, { at, end, text })
    const bits = this.#tokens.takes('/') ? this.#word('a number of bits') : undefined
    const mask = !bits && this.#tokens.takes('mask') ? this.#word('a mask such as 255.255.255.0') : undefined
    return termOf(qualifiers, { at, end, text, ...(bits && { bits }), ...(mask && { mask }) })
  }

  #word(expected: string): Given {
    const { at, end, text, kind } = this.#tokens.next
    if (kind !== 'word') throw this.#tokens.wrong(`${text} does not follow here`, expected)
    this.#tokens.take()
    return { at, end, text }
  }

  /** A number behind a word, where one stands there that is not compared itself. */
  #numberBehind(): (Given & { readonly value: number }) | undefined {
    const value = this.#tokens.next.kind === 'word' ? numberFrom(this.#tokens.next.text) : undefined
    return value === undefined || this.#computes() ? undefined : { ...this.#word('a number'), value }
  }
}

const told = (of: Expression, at: number): Read => ({ condition: of, at, end: of.end })
const bareHost = { direction: undefined, kind: 'host' } as const
