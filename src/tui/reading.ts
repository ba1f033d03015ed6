import type { Capture } from '../store/capture.ts'
import type { LiveSource } from '../store/live-source.ts'
import type { CaptureFacts, LiveFacts } from './state.ts'

/** Milliseconds between two tidings of a capture that grows. */
const pause = 100
/** Milliseconds between two looks at the counters of a live capture. */
const beat = 1000

/** Reads a capture to its end, and tells now and then how far it is. */
export class Reading {
  readonly #capture: Capture
  readonly #live: LiveSource | undefined
  readonly #tell: (facts: CaptureFacts) => void
  readonly #abort = new AbortController()
  #told = 0
  #telling: NodeJS.Timeout | undefined
  #beating: NodeJS.Timeout | undefined
  #done = 0
  #total = 0
  #rate = 0
  #counted = 0
  #beaten = 0
  /** What was told last. */
  #news = ''

  constructor(capture: Capture, live: LiveSource | undefined, tell: (facts: CaptureFacts) => void) {
    this.#capture = capture
    this.#live = live
    this.#tell = tell
  }

  /**
   * Resolves at the end of the capture, or when it is stopped.
   * @throws {CaptureError} where the capture cannot be read on
   */
  async run(): Promise<void> {
    if (this.#live) {
      this.#live.onChange = () => this.#now()
      this.#beaten = performance.now()
      this.#beating = setInterval(() => this.#beat(), beat)
    }
    try {
      await this.#capture.survey({
        signal: this.#abort.signal,
        progress: (done, total) => {
          this.#done = done
          this.#total = total
          this.#soon()
        },
      })
    } finally {
      this.#now()
    }
  }

  stop(): void {
    this.#abort.abort()
    clearTimeout(this.#telling)
    clearInterval(this.#beating)
  }

  /** Tells at once what has been changed by the user. */
  tell(): void {
    this.#now()
  }

  /** What is known by now. */
  get facts(): CaptureFacts {
    const { name, count, first, complete, following, damage, paused: full } = this.#capture
    return {
      name,
      count,
      first,
      complete,
      following,
      done: this.#done,
      total: this.#total,
      damage,
      full,
      live: this.#liveFacts(),
    }
  }

  /** The first packets at once, then not more often than one can read, and always the last. */
  #soon(): void {
    if (this.#telling) return
    const wait = this.#told + pause - performance.now()
    if (wait <= 0) this.#now()
    else this.#telling = setTimeout(() => this.#now(), wait)
  }

  #now(): void {
    clearTimeout(this.#telling)
    this.#telling = undefined
    if (this.#abort.signal.aborted) return
    this.#told = performance.now()
    if (this.#capture.paused !== undefined) setTimeout(() => this.#capture.resume(), beat).unref()
    const { facts } = this
    const news = JSON.stringify(facts)
    // A capture in which nothing happens costs no screen each second.
    if (news === this.#news) return
    this.#news = news
    this.#tell(facts)
  }

  #beat(): void {
    const { count } = this.#capture
    const now = performance.now()
    // Who is busy hears late, and then there are the packets of a longer time.
    this.#rate = ((count - this.#counted) * 1000) / (now - this.#beaten)
    this.#counted = count
    this.#beaten = now
    this.#live?.tend()
    this.#now()
    if (this.#live?.isOnce && !this.#live.isRunning) clearInterval(this.#beating)
  }

  #liveFacts(): LiveFacts | undefined {
    const live = this.#live
    if (live === undefined) return undefined
    const { interfaces, isRunning, recorder } = live
    const dropped = interfaces.map(entry => entry.dropped).filter(count => count !== undefined)
    return {
      devices: interfaces.map(({ device }) => device).join(', '),
      filter: live.filter,
      running: isRunning,
      rate: this.#rate,
      dropped: dropped.length > 0 ? dropped.reduce((sum, count) => sum + count, 0) : undefined,
      awaited: !isRunning && interfaces.some(({ isAwaited }) => isAwaited),
      troubles: interfaces.flatMap(({ ended, trouble }) => ended || trouble || []),
      interruptions: interfaces.reduce((sum, entry) => sum + entry.interruptions, 0),
      interruption: interfaces.findLast(({ interruption }) => interruption !== '')?.interruption ?? '',
      isOnce: live.isOnce ?? false,
      recording: recorder?.path,
      fault: recorder?.failure ?? (recorder?.complete ? 'all files of -W are written' : undefined),
    }
  }
}
