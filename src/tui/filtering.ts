import { CaptureError } from '../capture/errors.ts'
import { FilterError } from '../filter/errors.ts'
import { compileFilter } from '../filter/filter.ts'
import type { Capture } from '../store/capture.ts'
import { Filtered } from '../store/filtered.ts'
import type { Question } from '../store/question.ts'
import { CaptureFacts } from './capture-facts.ts'
import type { Controller } from './controller.ts'
import type { FilterView } from './listed.ts'

/** Finds what matches the filter of the state, in the background and as long as the capture grows. */
export class Filtering {
  readonly #controller: Controller
  #filtered: Filtered | undefined
  #text = ''
  /** So far the state has been told. */
  #told = 0
  #going: AbortController | undefined

  constructor(controller: Controller) {
    this.#controller = controller
  }

  /** Sees to it that what the state asks for is being done. */
  see(): void {
    const { state, capture } = this.#controller
    const { filter } = state
    if (filter === undefined || capture === undefined) {
      this.#forget()
      return
    }
    if (this.#isOther(filter, capture)) this.#begin(filter.text, capture)
    const filtered = this.#filtered
    if (filtered && !this.#going && !filter.stopped && filtered.read < (state.capture?.count ?? 0))
      void this.#goOn(filtered)
  }

  /** Ends what goes on; what was found stays. False: nothing did. */
  stop(): boolean {
    const filtered = this.#filtered
    if (!this.#going || filtered === undefined) return false
    this.#going.abort()
    this.#going = undefined
    this.#tell(filtered, true)
    return true
  }

  /** It is another filter, another capture, or one that has been asked for anew. */
  #isOther({ text, read }: FilterView, capture: Capture): boolean {
    return text !== this.#text || capture !== this.#filtered?.capture || read < this.#told
  }

  #forget(): void {
    this.#going?.abort()
    this.#going = this.#filtered = undefined
    this.#text = ''
    this.#told = 0
  }

  #begin(text: string, capture: Capture): void {
    this.#forget()
    this.#text = text
    try {
      this.#filtered = new Filtered(
        capture,
        questionOf(text, capture, () => this.#controller.state.marked),
      )
    } catch (error) {
      if (!(error instanceof FilterError)) throw error
      this.#controller.dispatch({ type: 'filter', text: '' })
      this.#controller.say(error.message, 'error')
    }
  }

  async #goOn(filtered: Filtered): Promise<void> {
    const own = new AbortController()
    this.#going = own
    const tell = () => this.#tell(filtered, false)
    try {
      const reading = filtered.readTo(this.#controller.state.capture?.count ?? 0, {
        signal: own.signal,
        progress: tell,
      })
      tell()
      await reading
      if (this.#going !== own) return
      this.#going = undefined
      tell()
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      if (this.#going !== own) return
      this.stop()
      this.#controller.say(error.message, 'error')
    }
  }

  #tell(filtered: Filtered, stopped: boolean): void {
    if (this.#filtered !== filtered) return
    const { packets, read } = filtered
    this.#told = read
    this.#controller.dispatch({ type: 'filtered', packets, read, stopped })
  }
}

/** A filter as the store asks it of packets. */
export function questionOf(text: string, capture: Capture, marked: () => ReadonlySet<number>): Question {
  const filter = compileFilter(text)
  const facts = new CaptureFacts(capture, marked)
  return {
    depth: filter.depth,
    selection: filter.selection,
    ofShape: shape => filter.ofShape(shape),
    forShape: shape => filter.forShape(shape),
    matches: found => {
      facts.number = found.frame.number
      return filter.matches(found, facts)
    },
  }
}
