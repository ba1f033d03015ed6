/** How far behind the highest number a packet may be for repeats to be told. */
export const windowSize = 1024

/** 2^32: IPsec sends the lower 32 bits of numbers that may have 64 (RFC 4303 §2.2.1). */
const wrap = 0x100000000

/**
 * Which sequence numbers of an association were there, as a receiver keeps them (RFC 4303 §3.4.3). A number
 * far below the highest one is taken for one behind the wrap of 32 bits.
 */
export class SequenceWindow {
  readonly #bits = new Uint32Array(windowSize / 32)
  #lowest = 0
  #highest = -1
  #different = 0
  replays = 0
  late = 0

  get lowest(): number {
    return this.#lowest
  }
  get highest(): number {
    return this.#highest
  }
  /** Numbers between the lowest and the highest that no packet had; late packets, which nobody can tell from repeats, aside. */
  get missing(): number {
    return this.#highest < 0 ? 0 : this.#highest - this.#lowest + 1 - this.#different
  }

  /** Whether the window still knows that a number was there. */
  has(sequence: number): boolean {
    const number = this.#whole(sequence)
    return number <= this.#highest && number > this.#highest - windowSize && this.#marked(number)
  }

  /** Counts the number of a packet, 32 bits. */
  add(sequence: number): void {
    const number = this.#whole(sequence)
    if (this.#highest < 0) this.#begin(number)
    else if (number > this.#highest) this.#advance(number)
    else if (number > this.#highest - windowSize && this.#marked(number)) this.replays++
    else if (number > this.#highest - windowSize || number < this.#lowest) this.#fill(number)
    else this.late++
  }

  /** The number with the upper bits that bring it closest to the highest one. */
  #whole(sequence: number): number {
    if (this.#highest < 0) return sequence
    const near = this.#highest - (this.#highest % wrap) + sequence
    if (near < this.#highest - wrap / 2) return near + wrap
    return near > this.#highest + wrap / 2 && near >= wrap ? near - wrap : near
  }

  #begin(number: number): void {
    this.#lowest = number
    this.#highest = number
    this.#different = 1
    this.#mark(number)
  }

  #advance(number: number): void {
    if (number - this.#highest >= windowSize) this.#bits.fill(0)
    else for (let n = this.#highest + 1; n < number; n++) this.#clear(n)
    this.#highest = number
    this.#different++
    this.#mark(number)
  }

  #fill(number: number): void {
    if (number < this.#lowest) this.#lowest = number
    this.#different++
    if (number > this.#highest - windowSize) this.#mark(number)
  }

  #marked(number: number): boolean {
    const slot = number % windowSize
    return (this.#bits[slot >> 5]! & (1 << (slot & 31))) !== 0
  }
  #mark(number: number): void {
    const slot = number % windowSize
    this.#bits[slot >> 5]! |= 1 << (slot & 31)
  }
  #clear(number: number): void {
    const slot = number % windowSize
    this.#bits[slot >> 5]! &= ~(1 << (slot & 31))
  }
}
