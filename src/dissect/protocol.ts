import type { Block } from './block.ts'
import type { Field } from './field.ts'
import type { LayerView } from './layer-view.ts'
import type { Line } from './line.ts'
import type { ByteRanges, NumberSpace } from './number-space.ts'
import { type Plain, type PlainHeader, plainOf } from './plain.ts'
import type { Reader } from './reader.ts'

/** What a walk returns: the protocol of the payload, or undefined where the layer is the last one. */
export type Next = Protocol | undefined

/** How a protocol is told by its looks, where nobody claims the numbers that stand in front of it. */
export type Guess = {
  readonly space: NumberSpace
  /** Another one where it is looked for. */
  readonly further?: NumberSpace
  /** Ranges of the first byte that it can begin with; undefined: any. */
  readonly first?: ByteRanges
  /** True where what follows numbers of `space` is this protocol beyond reasonable doubt. Reads nothing. */
  begins(r: Reader, space: NumberSpace): boolean
  /** True where it may be this protocol, asked only between two endpoints that were seen to speak it. Reads nothing. */
  goesOn?(r: Reader, space: NumberSpace): boolean
  /** Who is asked on a claimed port answers from another one, which no packet tells. */
  readonly elsewhere?: true
}

/** What people ask about a protocol that its header does not tell, in a sentence or two each. */
export type Lesson = {
  /** Names besides its own that people look it up by. */
  readonly also?: readonly string[]
  /** What it protects from whom, and what it does not. */
  readonly protects: string
  /** How many bytes it adds to a packet. */
  readonly overhead: string
  /** By what it is known in a capture. */
  readonly recognised: string
  /** What goes wrong with it, and how that shows. */
  readonly mistakes: readonly string[]
}

/** One protocol, as its file in dissectors/ declares it. */
export type Declaration = {
  /** Wireshark's name of the protocol where it has one: `ip`, `ipv6.fraghdr`, `isakmp`. */
  readonly id: string
  readonly name: string
  /** What people call it, where that is not its name: `IPv4`, `GRE`. */
  readonly short?: string
  /** Where it is specified. */
  readonly reference: string
  /** One or two sentences: what it is for. */
  readonly about: string
  /** What its header does not tell. */
  readonly lesson?: Lesson
  /** Its glossary, in the order of the header. */
  readonly fields: Readonly<Record<string, Field>>
  /** The block that each of its layers begins with, whatever follows: its fields can be read without a walk. */
  readonly begins?: Block
  /** The form of its header that is taken without a walk where only layers are wanted. */
  readonly plain?: PlainHeader
  /** The numbers by which other protocols announce this one. */
  readonly claims: readonly (readonly [NumberSpace, ...numbers: number[]])[]
  /** How it is known on numbers that nobody claims, such as ports. */
  readonly guess?: Guess
  /**
   * Over TCP: how many bytes the message at the cursor has, its own header included; 0 where more bytes are needed to
   * tell, -1 where none begins here. `sure`: a message is known to begin here; else the bytes have to say so
   * themselves, as where a capture begins inside a stream. Reads nothing.
   */
  message?(r: Reader, sure: boolean): number
  /** Reads the header in wire order. The only place that knows the layout. */
  walk(r: Reader): Next
  /** Reads what lies behind the payload: padding, check sequences, extensions. `r.start` is the layer's first byte. */
  trailer?(r: Reader): void
  /** A tag or label without an end of its own: what its payload leaves over belongs to the layer around it. */
  readonly boundless?: true
  /** Tells by the first bytes which protocol is there in fact; this one then leaves no layer. Reads nothing. */
  instead?(r: Reader): Next
  /** One line for people. */
  summary(layer: LayerView): string
  /** OpenBSD tcpdump's text of the layer and of what it carries; without it the summary stands in. */
  line?(layer: LayerView, line: Line): void
  /** A link header: tcpdump leaves it out of text and dumps unless it is asked for. */
  readonly link?: boolean
  /** Source and destination address of a network layer. */
  readonly addresses?: readonly [source: Field, destination: Field]
  /** Its text has the addresses of the layer around in it, which that layer then does not print. */
  readonly addressed?: boolean
  /** Tells a piece of a datagram from a whole one. */
  isFragment?(layer: LayerView): boolean
  /** Source and destination port, which tcpdump prints with the addresses of the layer around. */
  readonly ports?: readonly [source: Field, destination: Field]
}

/** A declared protocol. */
export type Protocol = Declaration & {
  /** `plain`, as the engine takes it. */
  readonly plainForm: Plain | undefined
  readonly short: string
  /** Unique in this process and small: stands for the protocol in shapes. */
  readonly number: number
}

const all: Protocol[] = []

/** Every protocol declared so far, by number. */
export const allProtocols: readonly Protocol[] = all

/** Declares a protocol; see CONTRIBUTING.md. */
export function protocol(declaration: Declaration): Protocol {
  const declared = {
    short: declaration.name,
    begins: undefined,
    plain: undefined,
    guess: undefined,
    message: undefined,
    trailer: undefined,
    boundless: undefined,
    instead: undefined,
    line: undefined,
    addresses: undefined,
    addressed: undefined,
    isFragment: undefined,
    ports: undefined,
    ...declaration,
    plainForm: plainOf(declaration),
    number: all.length,
  }
  all.push(declared as Protocol)
  return declared as Protocol
}

/** Enters protocols into the number spaces that they claim. Throws on two claims of one number. */
export function register(list: readonly Protocol[]): void {
  for (const p of list) {
    for (const [space, ...values] of p.claims) for (const value of values) space.claim(value, p)
    if (p.guess === undefined) continue
    p.guess.space.guess(p, p.guess.first)
    p.guess.further?.guess(p, p.guess.first)
  }
}
