import type { FrameIndex } from './frame-index.ts'
import { packetHeader } from './pcapng.ts'
import type { SpoolInput } from './spool.ts'

/** So many temporary files hold the time that a ring keeps: their disk space is free again an eighth later. */
const parts = 8

/** Lets the frames of a ring go: from the index those whose bytes are gone, from both those that are too old. */
export class Aging {
  readonly #spool: SpoolInput
  readonly #index: FrameIndex
  readonly #seconds: number | undefined
  /** Time of the frame with which the last temporary file began. */
  #begun = Number.NaN

  /** `seconds`: how old frames may become, by the time of the newest; undefined: as they like. */
  constructor(spool: SpoolInput, index: FrameIndex, seconds: number | undefined) {
    this.#spool = spool
    this.#index = index
    this.#seconds = seconds
  }

  /** Forgets frames whose bytes are not on the disk any more. */
  forgetDropped(): void {
    const { oldest } = this.#spool
    // The header of its block belongs to a frame too: it tells where the options are.
    const limit = oldest + packetHeader
    const { first, count } = this.#index
    if (oldest === 0 || first > count || this.#index.position(first) >= limit) return
    this.#index.forget(this.#index.firstFrom(limit))
  }

  /**
   * Forgets frames that are too old. The latest frame sets the time, not the highest: after a clock was set back,
   * what comes then is kept and the past stays until it is old.
   */
  expire(): void {
    if (this.#seconds === undefined) return
    this.forgetDropped()
    const index = this.#index
    if (index.first > index.count) return
    const now = index.seconds(index.count)
    if (Number.isNaN(now)) return
    let first = index.first
    while (!(index.seconds(first) >= now - this.#seconds)) first++
    index.forget(first)
    this.#spool.drop(index.position(first) - packetHeader)
    if (Math.abs(now - this.#begun) < this.#seconds / parts) return
    this.#begun = now
    this.#spool.cut()
  }
}
