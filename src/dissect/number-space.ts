import type { Protocol } from './protocol.ts'

/** Names of values: a plain table, or a number space. */
export type Names = NumberSpace | Readonly<Record<number, string>>

/** The name of a value, undefined where it has none. */
export const nameOf = (names: Names, value: number): string | undefined =>
  names instanceof NumberSpace ? names.names[value] : names[value]

/** The value as the field writes its numbers: `0x0800`, `47`. */
export const numberOf = (names: Names, value: number): string =>
  names instanceof NumberSpace ? names.show(value) : String(value)

/** Values of a byte, ends included. */
export type ByteRanges = readonly (readonly [from: number, to: number])[]

const noProtocols: readonly Protocol[] = []

/**
 * A registry of numbers that say what comes next: EtherTypes, IP protocols, ports, link types. It holds both
 * the assigned names and which protocol claims a number, so that display and dispatch cannot disagree.
 */
export class NumberSpace {
  /** As in a sentence: `no dissector claims EtherType 0x88f7`. */
  readonly label: string
  readonly names: Readonly<Record<number, string>>
  readonly show: (value: number) => string
  readonly #slots: Uint8Array
  readonly #claimed: (Protocol | undefined)[] = [undefined]
  /** By the first byte of what follows. */
  readonly #guessed: (readonly Protocol[] | undefined)[] = []

  /** `size`: numbers are 0 … size - 1. `show` prints a number in a sentence. */
  constructor(
    label: string,
    size: number,
    names: Readonly<Record<number, string>>,
    show: (value: number) => string = String,
  ) {
    this.label = label
    this.names = names
    this.show = show
    this.#slots = new Uint8Array(size)
  }

  /** The greatest number there is. */
  get last(): number {
    return this.#slots.length - 1
  }

  /** Throws when the number is claimed already: two dissectors for one number is a mistake in the program. */
  claim(value: number, protocol: Protocol): void {
    const owner = this.find(value)
    if (owner) throw new Error(`${this.label} ${value} is claimed by ${owner.id} and by ${protocol.id}`)
    let slot = this.#claimed.indexOf(protocol)
    if (slot < 0) slot = this.#claimed.push(protocol) - 1
    this.#slots[value] = slot
  }

  /** The protocol that claims a number. */
  find(value: number): Protocol | undefined {
    return this.#claimed[this.#slots[value] ?? 0]
  }

  /** Looks for a protocol behind numbers that nobody claims, where what follows begins with a byte in one of the ranges. */
  guess(protocol: Protocol, first: ByteRanges = [[0, 255]]): void {
    for (const [from, to] of first)
      for (let byte = from; byte <= to; byte++)
        this.#guessed[byte] = [...(this.#guessed[byte] ?? []), protocol]
  }

  /** The protocols to look for behind a number that nobody claims, where this byte follows. */
  guessed(byte: number): readonly Protocol[] {
    return this.#guessed[byte] ?? noProtocols
  }

  /** Numbers that a protocol claims here. */
  numbersOf(protocol: Protocol): number[] {
    const slot = this.#claimed.indexOf(protocol)
    const numbers: number[] = []
    for (const [value, owner] of this.#slots.entries()) if (slot > 0 && owner === slot) numbers.push(value)
    return numbers
  }
}
