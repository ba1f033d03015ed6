/**
 * Some packets of a capture in ascending order, each in a row of its own. A row keeps its number while packets are added
 * behind it and others leave a ring before it; rows count from 0.
 */
export type PacketNumbers = {
  /** The first row whose packet is still there, and the one behind the last. */
  readonly first: number
  readonly end: number
  /** The packet of a row. */
  at(row: number): number
  /** The row of the first packet that is not before this one; `end`: there is none. */
  rowFrom(packet: number): number
}

/** Grows by packets with ever higher numbers: 4 bytes for each, and as much again at most. */
export class PacketList {
  #numbers = new Uint32Array(256)
  /** Row of the first number kept, of the first that counts, and behind the last. */
  #base = 0
  #first = 0
  #end = 0

  add(packet: number): void {
    const at = this.#end - this.#base
    if (at === this.#numbers.length) this.#resize(at * 2)
    this.#numbers[this.#end++ - this.#base] = packet
  }

  /** Lets go of packets before this one, and of their memory once that is as much as what stays. */
  forget(packet: number): void {
    this.#first = this.now.rowFrom(packet)
    const gone = this.#first - this.#base
    if (gone < 256 || gone * 2 < this.#end - this.#base) return
    this.#resize(Math.max(256, (this.#end - this.#first) * 2), gone)
    this.#base = this.#first
  }

  /** What is in it by now; never changes. */
  get now(): PacketNumbers {
    return new Rows(this.#numbers, this.#base, this.#first, this.#end)
  }

  /** Into another array, for those who have the list of an earlier time keep theirs. */
  #resize(size: number, from = 0): void {
    const numbers = new Uint32Array(size)
    numbers.set(this.#numbers.subarray(from, this.#end - this.#base))
    this.#numbers = numbers
  }
}

class Rows implements PacketNumbers {
  readonly first: number
  readonly end: number
  readonly #numbers: Uint32Array
  readonly #base: number

  constructor(numbers: Uint32Array, base: number, first: number, end: number) {
    this.#numbers = numbers
    this.#base = base
    this.first = first
    this.end = end
  }

  at(row: number): number {
    return this.#numbers[row - this.#base]!
  }

  rowFrom(packet: number): number {
    let [low, high] = [this.first, this.end]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.at(middle) < packet) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** No packets. */
export const noPackets: PacketNumbers = new PacketList().now
