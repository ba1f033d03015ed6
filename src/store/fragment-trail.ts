import type { FragmentLog } from '../dissect/fragments.ts'

/** More frames than this are not walked again for the sake of one: it would take longer than a reader waits. */
const mostFrames = 1 << 16

/**
 * Which earlier frames one frame's fragments need, written down while a session walks the capture in order: 8 bytes
 * a fragment, nothing for frames without any.
 */
export class FragmentTrail implements FragmentLog {
  /** Frame of each entry; they never fall. */
  #frames = new Uint32Array(256)
  /** What comes before each entry: 0 nothing, e + 1 the entry e, -(e + 1) the same of a datagram given up. */
  #before = new Int32Array(256)
  #count = 0

  enter(frame: number, before: number, givenUp: boolean): number {
    if (this.#count === this.#frames.length) this.#grow()
    this.#frames[this.#count] = frame
    this.#before[this.#count] = givenUp ? -before - 1 : before + 1
    return this.#count++
  }

  /**
   * The frames to walk, in order and in a session of their own, before this one, so that its fragments meet what they
   * met in the whole capture; undefined: more than 65,536.
   */
  framesBefore(number: number): readonly number[] | undefined {
    const frames = new Set<number>()
    const entries: number[] = []
    for (let at = this.#firstOf(number); at < this.#count && this.#frames[at] === number; at++)
      entries.push(Math.abs(this.#before[at]!) - 1)
    for (let at = entries.pop(); at !== undefined; at = entries.pop()) {
      if (at < 0 || frames.has(this.#frames[at]!)) continue
      if (frames.size === mostFrames) return undefined
      const frame = this.#frames[at]!
      frames.add(frame)
      // Entries of the same frame before this one are datagrams around it, which it completed. What an earlier frame
      // gave up matters to that frame alone: it comes out below 0.
      for (; this.#frames[at] === frame; at--) entries.push(this.#before[at]! - 1)
    }
    return [...frames].sort((a, b) => a - b)
  }

  /** The first entry that is not before the frame. */
  #firstOf(number: number): number {
    let [low, high] = [0, this.#count]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#frames[middle]! < number) low = middle + 1
      else high = middle
    }
    return low
  }

  #grow(): void {
    const frames = new Uint32Array(this.#count * 2)
    frames.set(this.#frames)
    this.#frames = frames
    const before = new Int32Array(this.#count * 2)
    before.set(this.#before)
    this.#before = before
  }
}
