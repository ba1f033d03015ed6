import type { FragmentLog } from '../dissect/fragments.ts'

/** More frames than this are not walked again for the sake of one: it would take longer than a reader waits. */
const mostFrames = 1 << 16

/** What a frame's fragments need. */
export type Before = {
  /** The frames to walk first, in order and in a session of their own. */
  readonly frames: readonly number[]
  /** There were more, and they are forgotten. */
  readonly cut: boolean
  /** Frames of these, or the frame itself, in which a message of a stream begins, and after how many bytes of its segment. */
  readonly begins?: ReadonlyMap<number, number>
}

/**
 * Which earlier frames one frame's fragments and segments need, written down while a session walks the capture in
 * order: 16 bytes a fragment, nothing for frames without any.
 */
export class FragmentTrail implements FragmentLog {
  /** Frame of each entry; they never fall. */
  #frames = new Float64Array(256)
  /** How far before each entry the one lies that comes before it: 0 none does; below 0: of a datagram given up. */
  #back = new Int32Array(256)
  /** Of a segment, after how many of its bytes a walk can begin without what comes before; -1: it takes all of that. */
  #resume = new Int32Array(256)
  #count = 0
  /** Entries that are forgotten; all others lie `#forgotten` further down than their number. */
  #forgotten = 0

  enter(frame: number, before: number, givenUp: boolean, resume = -1): number {
    if (this.#count === this.#frames.length) this.#resize(this.#count * 2)
    const entry = this.#forgotten + this.#count
    const back = before < 0 ? 0 : entry - before
    this.#frames[this.#count] = frame
    this.#back[this.#count] = givenUp ? -back : back
    this.#resume[this.#count] = resume
    this.#count++
    return entry
  }

  /** Forgets what lies before this frame; its memory goes once that is as much as what stays. */
  forget(frame: number): void {
    const gone = this.#firstOf(frame)
    if (gone < 256 || gone * 2 < this.#count) return
    this.#frames.copyWithin(0, gone, this.#count)
    this.#back.copyWithin(0, gone, this.#count)
    this.#resume.copyWithin(0, gone, this.#count)
    this.#count -= gone
    this.#forgotten += gone
    if (this.#count < this.#frames.length / 4) this.#resize(Math.max(256, this.#frames.length / 2))
  }

  /** The frame has fragments or segments of a stream. */
  has(frame: number): boolean {
    const at = this.#firstOf(frame)
    return at < this.#count && this.#frames[at] === frame
  }

  /** What has to be walked so that the fragments of this frame meet what they met in the whole capture; undefined: more than 65,536 frames. */
  framesBefore(number: number): Before | undefined {
    const frames = new Set<number>()
    const entries: number[] = []
    const begins = new Map<number, number>()
    let cut = false
    const add = (at: number, back: number) => {
      if (back === 0) return
      if (back > at) cut = true
      else entries.push(at - back)
    }
    for (let at = this.#firstOf(number); at < this.#count && this.#frames[at] === number; at++) {
      add(at, Math.abs(this.#back[at]!))
      if (this.#back[at] === 0 && this.#resume[at]! >= 0) begins.set(number, 0)
    }
    const seen = new Set<number>()
    // Frames of whose streams all messages are needed, for the sake of what is inside them.
    const all = new Set<number>()
    for (let last = entries.pop(); last !== undefined; last = entries.pop()) {
      const frame = this.#frames[last]!
      if (frame === number || seen.has(last)) continue
      seen.add(last)
      frames.add(frame)
      if (frames.size > mostFrames) return undefined
      // Entries of the same frame before this one are datagrams and segments around it, which it completed.
      let first = last
      for (; this.#frames[first - 1] === frame; first--) if (this.#resume[first - 1]! > 0) all.add(frame)
      if (all.has(frame)) begins.delete(frame)
      for (let at = first; at <= last; at++) {
        const resume = this.#resume[at]!
        if (resume === 0 || (resume > 0 && !all.has(frame))) begins.set(frame, resume)
        // What an earlier frame gave up matters to that frame alone.
        else add(at, Math.max(0, this.#back[at]!))
      }
    }
    const inOrder = [...frames].sort((a, b) => a - b)
    return begins.size > 0 ? { frames: inOrder, cut, begins } : { frames: inOrder, cut }
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

  #resize(size: number): void {
    const frames = new Float64Array(size)
    frames.set(this.#frames.subarray(0, this.#count))
    this.#frames = frames
    const back = new Int32Array(size)
    back.set(this.#back.subarray(0, this.#count))
    this.#back = back
    const resume = new Int32Array(size)
    resume.set(this.#resume.subarray(0, this.#count))
    this.#resume = resume
  }
}
