import { setImmediate } from 'node:timers/promises'
import { newDissector } from '../../dissectors/index.ts'
import type { Dissector } from '../dissect/dissect.ts'
import { Session } from '../dissect/session.ts'
import { Follower } from '../follow/follow.ts'
import type { Story } from '../follow/story.ts'
import { emptyFrame } from '../frame.ts'
import type { Capture } from '../store/capture.ts'

/** How long keys have to wait, in milliseconds. */
const slice = 15
/** Milliseconds between two reports. */
const reports = 100

export type StoryOptions = {
  readonly signal: AbortSignal
  /** Called now and then: packets looked at, and how many are to be. */
  readonly progress: (done: number, total: number) => void
}

/** What the packets of an open capture tell together, read once and in order, as far as somebody has asked. */
export class StoryReading {
  readonly capture: Capture
  readonly #follower = new Follower()
  readonly #dissector: Dissector
  readonly #frame = emptyFrame()
  #next = 1
  #story: Story | undefined

  constructor(capture: Capture) {
    this.capture = capture
    this.#dissector = newDissector(new Session(), capture.rules)
  }

  /** Packets up to this one have been looked at. */
  get read(): number {
    return this.#next - 1
  }

  /** What has been told by now. */
  get story(): Story {
    const story = this.#story ?? this.#follower.story()
    this.#story = story
    return story
  }

  /**
   * Reads on up to a packet, or until it is stopped; the next call goes on from there. Works in slices, between which the event
   * loop runs. What has left a ring is passed over.
   * @throws {CaptureError} where a packet cannot be read any more
   */
  async readTo(last: number, { signal, progress }: StoryOptions): Promise<void> {
    let told = performance.now()
    while (this.#next <= last && !signal.aborted) {
      this.#slice(last, performance.now() + slice)
      const now = performance.now()
      if (now - told >= reports) {
        told = now
        progress(this.read, last)
      }
      await setImmediate()
    }
  }

  #slice(last: number, until: number): void {
    const { capture } = this
    do {
      this.#next = Math.max(this.#next, capture.first)
      if (this.#next > last) return
      this.#follower.see(this.#dissector.dissect(capture.frame(this.#next, this.#frame), 'fields'))
      this.#next++
      this.#story = undefined
    } while (performance.now() < until)
  }
}
