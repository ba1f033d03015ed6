import { tmpdir } from 'node:os'
import { CaptureError, reasonOf } from './errors.ts'
import type { Input } from './input.ts'
import type { Ring } from './ring.ts'
import { Segment } from './segment.ts'

/** A ring is kept in so many files, so that the oldest part of it can go. */
const parts = 8
const longestPart = 64 << 20
const noBytes = new Uint8Array(0)

/**
 * Passes another input on and keeps its bytes in temporary files, for those who come back to them. The files have no
 * names any more once they are open, so they vanish with the process however that ends.
 *
 * As a ring it lets the oldest bytes go: never more than its `bytes` lie on the disk. Where the disk is full it pauses
 * instead of ending: it reads no further until `resume` finds room, and nothing that came is lost.
 */
export class SpoolInput implements Input {
  /** Why it pauses. */
  paused: string | undefined
  /** Called when all that found room was read and it begins to wait; not from `readNow`. */
  onPause: () => void = () => {}
  readonly #from: Input
  readonly #segments: Segment[]
  readonly #most: number
  readonly #partSize: number
  #isCut = false
  #fault: string | undefined
  /** Bytes that came and found no room. */
  #waiting: Uint8Array = noBytes
  #closed = false
  #wake = () => {}

  /**
   * `first`: bytes that were read from `from` already. Of a ring only `bytes` matters here: who knows the times of the
   * packets calls `cut` and `drop`.
   *
   * @throws {CaptureError} where there is no room for a temporary file
   */
  constructor(from: Input, first: Uint8Array, ring: Ring = {}) {
    this.#from = from
    this.#most = ring.bytes ?? Number.POSITIVE_INFINITY
    this.#partSize = ring.bytes ? Math.min(longestPart, Math.ceil(ring.bytes / parts)) : this.#most
    try {
      this.#segments = [new Segment(0)]
    } catch (error) {
      const why = `cannot write a temporary file in ${tmpdir()}: ${reasonOf(error)}`
      throw new CaptureError(`${why}; set TMPDIR to another directory`)
    }
    this.#write(first)
    const fault = this.paused ?? this.#fault
    if (fault === undefined) return
    for (const segment of this.#segments) segment.close()
    throw new CaptureError(`${fault}; or set TMPDIR to another directory`)
  }

  get failure(): string | undefined {
    return this.#fault ?? this.#from.failure
  }

  get done(): number {
    return this.#from.done
  }

  get size(): number {
    return this.#from.size
  }

  get oldest(): number {
    return this.#segments[0]!.start
  }

  readNow(into: Uint8Array): number | undefined {
    if (this.#closed || this.#fault !== undefined) return 0
    if (this.paused !== undefined) return undefined
    if (this.#waiting.length > 0) return this.#keepWaiting(into)
    const count = this.#from.readNow(into)
    return count ? this.#keep(into.subarray(0, count)) : count
  }

  async read(into: Uint8Array): Promise<number> {
    for (;;) {
      const now = this.readNow(into)
      if (now !== undefined) return now
      if (this.paused === undefined) {
        const count = await this.#from.read(into)
        const kept = count && this.#keep(into.subarray(0, count))
        if (kept !== undefined) return kept
      }
      if (this.paused === undefined) continue
      this.onPause()
      if (this.paused !== undefined) await new Promise<void>(wake => (this.#wake = wake))
    }
  }

  readAt(into: Uint8Array, position: number): number {
    let done = 0
    for (const segment of this.#segments) {
      const at = position + done
      if (done < into.length && at >= segment.start && at < segment.end)
        done += segment.read(into.subarray(done, done + segment.end - at), at)
    }
    return done
  }

  follow(on: boolean): boolean {
    return this.#from.follow?.(on) ?? false
  }

  end(): boolean {
    return this.#from.end?.() ?? false
  }

  /** Tries again to keep what came while the disk was full. */
  resume(): void {
    if (this.paused === undefined) return
    this.paused = undefined
    this.#wake()
  }

  /** Begins another temporary file with the next bytes, so that those before can be dropped on their own. */
  cut(): void {
    this.#isCut = true
  }

  /** Lets go of temporary files that hold nothing from this position on. */
  drop(position: number): void {
    while (this.#segments.length > 1 && this.#segments[0]!.end <= position) this.#segments.shift()!.close()
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const segment of this.#segments) segment.close()
    this.#from.close()
    this.resume()
  }

  #keepWaiting(into: Uint8Array): number | undefined {
    const part = this.#waiting.subarray(0, into.length)
    into.set(part)
    this.#waiting = this.#waiting.subarray(part.length)
    return this.#keep(into.subarray(0, part.length))
  }

  /** Writes what was read; returns how much of it can be passed on, undefined: nothing now. */
  #keep(bytes: Uint8Array): number | undefined {
    // Closed while it waited for its bytes.
    if (this.#closed) return 0
    const kept = this.#write(bytes)
    if (kept === bytes.length) return kept
    this.#waiting = Uint8Array.from(Buffer.concat([bytes.subarray(kept), this.#waiting]))
    if (kept > 0) return kept
    return this.paused === undefined ? 0 : undefined
  }

  /** Returns how many bytes found room. */
  #write(bytes: Uint8Array): number {
    let done = 0
    try {
      while (done < bytes.length) {
        const segment = this.#segmentToFill()
        const part = bytes.subarray(done, done + this.#partSize - segment.length)
        this.#makeRoom(part.length)
        done += segment.write(part)
      }
    } catch (error) {
      const why = `cannot keep more packets: ${reasonOf(error)} in ${tmpdir()}`
      if (isFull(error)) this.paused = `${why}; make room there`
      else this.#fault = why
    }
    return done
  }

  #segmentToFill(): Segment {
    const last = this.#segments.at(-1)!
    const full = last.length >= this.#partSize || (this.#isCut && last.length > 0)
    this.#isCut = false
    if (!full) return last
    const next = new Segment(last.end)
    this.#segments.push(next)
    return next
  }

  #makeRoom(length: number): void {
    const { end } = this.#segments.at(-1)!
    while (this.#segments.length > 1 && end + length - this.oldest > this.#most)
      this.#segments.shift()!.close()
  }
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')
