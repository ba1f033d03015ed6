/** Read at once where one place is asked for, and at most where they follow each other. */
const shortest = 1 << 12
const longest = 1 << 18

/** Reads bytes at a position, as `Input.readAt` does. */
export type ReadAt = (into: Uint8Array, position: number) => number

/**
 * Reads places of a file that are asked for in ascending order, with few and large reads. Between places far from each
 * other it reads little that nobody asked for.
 */
export class ReadAhead {
  /** What `find` has found is in it, until the next call. */
  bytes = new Uint8Array(longest)
  readonly #readAt: ReadAt
  /** What part of the file `bytes` begins with. */
  #from = 0
  #until = 0
  #size = shortest

  constructor(readAt: ReadAt) {
    this.#readAt = readAt
  }

  /** Where in `bytes` they stand if they have been read already; -1: they have not. */
  held(position: number, length: number): number {
    return position >= this.#from && position + length <= this.#until ? position - this.#from : -1
  }

  /** Where in `bytes` so many bytes of the file from a position stand; -1: not all of them are there. Throws what `readAt` does. */
  find(position: number, length: number): number {
    const held = this.held(position, length)
    if (held >= 0) return held
    const follows = position >= this.#from && position <= this.#until + this.#size
    this.#size = follows ? Math.min(longest, this.#size * 2) : shortest
    const size = Math.max(length, this.#size)
    if (this.bytes.length < size) this.bytes = new Uint8Array(2 ** Math.ceil(Math.log2(size)))
    // Should the read fail, nothing is there.
    this.#until = this.#from = position
    this.#until += this.#readAt(this.bytes.subarray(0, size), position)
    return position + length <= this.#until ? 0 : -1
  }
}
