import { setImmediate } from 'node:timers/promises'
import type { Dissection } from '../dissect/dissection.ts'
import type { Capture } from './capture.ts'
import { PacketList, type PacketNumbers } from './packet-numbers.ts'
import { type Question, Verdicts } from './question.ts'

export type FilterOptions = {
  readonly signal: AbortSignal
  /** Called now and then, between two slices of the work. */
  readonly progress: () => void
}

/** How long keys have to wait, in milliseconds. */
const slice = 15
/** Milliseconds between two reports. */
const reports = 100
/** Packets between two looks at the clock. */
const stretch = 256

/**
 * The packets of a capture that answer a question with yes. What their layers tell is asked once for each kind of
 * packet; only frames that layers say nothing about are read, and only where bytes at fixed places do not answer dissected.
 */
export class Filtered {
  readonly capture: Capture
  readonly #question: Question
  readonly #looker: (number: number) => Dissection
  readonly #verdicts: Verdicts
  readonly #list = new PacketList()
  #next = 1

  constructor(capture: Capture, question: Question) {
    this.capture = capture
    this.#question = question
    this.#verdicts = new Verdicts(question)
    this.#looker = capture.looker(question.depth, question.selection)
  }

  /** Packets up to this one have been looked at. */
  get read(): number {
    return this.#next - 1
  }

  /** Those found by now. What has left a ring is not among them. */
  get packets(): PacketNumbers {
    this.#list.forget(this.capture.first)
    return this.#list.now
  }

  /**
   * Looks on up to a packet, or until it is stopped; the next call goes on from there. Works in slices, between which the
   * event loop runs. What has left a ring is passed over.
   * @throws {CaptureError} where a packet cannot be read any more
   */
  async readTo(last: number, { signal, progress }: FilterOptions): Promise<void> {
    let told = performance.now()
    while (this.#next <= last && !signal.aborted) {
      this.#slice(last, performance.now() + slice)
      const now = performance.now()
      if (now - told >= reports) {
        told = now
        progress()
      }
      await setImmediate()
    }
  }

  #slice(last: number, until: number): void {
    const { capture } = this
    let looked = 0
    do {
      this.#next = Math.max(this.#next, capture.first)
      if (this.#next > last) return
      if (this.#isWanted(this.#next)) this.#list.add(this.#next)
      this.#next++
    } while (++looked % stretch > 0 || performance.now() < until)
  }

  #isWanted(number: number): boolean {
    const { capture } = this
    const kind = capture.kind(number)
    const verdict = this.#verdicts.on(kind) ?? this.#verdicts.judge(kind, capture.shape(number))
    if (typeof verdict === 'boolean') return verdict
    if (verdict === 'dissect') return this.#dissect(number)
    return capture.glance(number, verdict)
  }

  #dissect(number: number): boolean {
    return this.#question.matches(this.#looker(number))
  }
}
