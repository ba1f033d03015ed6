import { CaptureError } from '../capture/errors.ts'
import { treeNodes } from '../print/tree-nodes.ts'
import type { Capture } from '../store/capture.ts'
import type { Controller } from './controller.ts'
import { overOf } from './keymap.ts'
import type { Detail } from './state.ts'
import { type StoryOptions, StoryReading } from './story-reading.ts'

/** Milliseconds between two tellings of a capture that grows, at least. */
const pause = 1000
/** So many times as long as a telling takes, the screen has for itself. */
const rest = 10

/** Sees to it that the screen knows what the packets tell together: when somebody asks, and as long as it is shown. */
export class Telling {
  readonly #controller: Controller
  #reading: StoryReading | undefined
  #goingOn: AbortController | undefined
  #waiting: NodeJS.Timeout | undefined
  /** When it may be told again. */
  #next = 0

  constructor(controller: Controller) {
    this.#controller = controller
  }

  /**
   * Reads as far as the screen knows of packets, and opens the ladder of the selected one, or the list of all.
   * @throws {CaptureError} where a packet cannot be read any more
   */
  async open(capture: Capture, of: 'packet' | 'all', options: StoryOptions): Promise<void> {
    if (this.#reading?.capture !== capture) this.#reading = new StoryReading(capture)
    const reading = this.#reading
    await reading.readTo(this.#count, options)
    if (options.signal.aborted) return
    this.#tell(reading, of)
  }

  /** More of the capture is known: what is shown of it goes on, not more often than one can read. */
  goOn(): void {
    const reading = this.#reading
    if (reading === undefined || this.#waiting || this.#goingOn || !this.#isBehind(reading)) return
    const wait = Math.max(0, this.#next - performance.now())
    this.#waiting = setTimeout(() => void this.#goOn(reading), wait)
  }

  /** Forgets the capture. */
  stop(): void {
    clearTimeout(this.#waiting)
    this.#goingOn?.abort()
    this.#waiting = this.#goingOn = undefined
    this.#reading = undefined
  }

  /** Shows the two marked messages side by side. */
  compare(): void {
    const { state, capture } = this.#controller
    const [left, right] = [...(state.ladder?.marked ?? [])].sort((a, b) => a - b)
    if (capture === undefined || left === undefined || right === undefined) {
      this.#controller.say('mark two messages first: Space marks one')
      return
    }
    try {
      const detail = (number: number): Detail => {
        const found = capture.dissect(number)
        return { number, found, nodes: treeNodes(found) }
      }
      this.#controller.dispatch({ type: 'compared', left: detail(left), right: detail(right) })
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      this.#controller.say(error.message, 'error')
    }
  }

  #tell(reading: StoryReading, open?: 'packet' | 'all'): void {
    const began = performance.now()
    this.#controller.dispatch({ type: 'told', story: reading.story, ...(open && { open }) })
    const now = performance.now()
    this.#next = now + Math.max(pause, rest * (now - began))
  }

  get #count(): number {
    return this.#controller.state.capture?.count ?? 0
  }

  #isBehind(reading: StoryReading): boolean {
    const { capture, state } = this.#controller
    return reading.capture === capture && overOf(state) !== undefined && reading.read < this.#count
  }

  async #goOn(reading: StoryReading): Promise<void> {
    this.#waiting = undefined
    if (!this.#isBehind(reading)) return
    const own = new AbortController()
    this.#goingOn = own
    try {
      await reading.readTo(this.#count, { signal: own.signal, progress() {} })
      if (own.signal.aborted) return
      this.#tell(reading)
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      // What cannot be read now is told again when somebody asks again.
      this.#reading = undefined
      this.#controller.say(error.message, 'error')
    } finally {
      if (this.#goingOn === own) this.#goingOn = undefined
      this.goOn()
    }
  }
}
