import { emptyFrame, type Frame } from '../../frame.ts'
import { ByteQueue } from '../byte-queue.ts'
import { CaptureError } from '../errors.ts'
import { type Input, StreamInput } from '../input.ts'
import { type InterfaceDescription, PcapngWriter } from '../pcapng-write.ts'
import type { Recorder } from '../recorder.ts'
import { openInput } from '../source.ts'
import { Refusal } from './capturer.ts'
import { mayComeBack } from './complaints.ts'
import { type CaptureRequest, type Capturer, startCapturer } from './engine.ts'
import { Listening } from './listening.ts'
import type { LiveInterface } from './live-interface.ts'
import { type Origin, Origins } from './origins.ts'
import { Retries } from './retries.ts'
import { type StartOptions, startAll } from './start-all.ts'
import type { Starter } from './starter.ts'

/** Bytes that wait for their reader; then the capturers wait, and behind them the system's own buffers fill. */
const mostWaiting = 32 << 20

export type LiveOptions = StartOptions & {
  /** Stops after so many packets. */
  readonly limit?: number
  /**
   * An interface that ends for whatever reason may come back: it is tried again, and the stream only ends when it is
   * closed. Default: only one that was switched off is waited for.
   */
  readonly patient?: boolean
}

/**
 * What one or several interfaces deliver, as one pcapng stream with an interface each, for the same readers that read
 * pipes. An interface that ends leaves the others and all that came before; `restart` begins it anew.
 */
export class Live implements Input {
  readonly file = undefined
  readonly size = 0
  done = 0
  failure: string | undefined
  readonly #requests: readonly CaptureRequest[]
  readonly #options: LiveOptions
  readonly #writer = new PcapngWriter()
  readonly #running = new Map<string, Listening>()
  readonly #retries = new Retries(request => this.#startAgain(request))
  /** Gets every packet as it comes. */
  recorder: Recorder | undefined
  /** Begins captures again where this process has given up the right to. */
  starter: Starter | undefined
  /** Called when an interface ends, is switched off, or is there again. */
  onChange: () => void = () => {}
  /** Resolves when it is closed, all capturers have ended, and all that they delivered is recorded. */
  readonly finished: Promise<void>
  #finish = () => {}
  /** Started, but not read from before the first reader comes: whoever wants to see everything has the time to say so. */
  #idle: Listening[] = []
  #ids = 0
  #count = 0
  #stopped = false
  #closed = false
  #pumps = 0
  #restarting: Promise<void> | undefined
  readonly #queue = new ByteQueue()
  /** Those who wait for bytes, or for room. */
  #readers: (() => void)[] = []
  #writers: (() => void)[] = []

  private constructor(requests: readonly CaptureRequest[], options: LiveOptions) {
    this.#requests = requests
    this.#options = options
    this.#queue.put(this.#writer.header())
    this.finished = new Promise(resolve => (this.#finish = resolve))
  }

  /**
   * Opens all interfaces, and returns when the last of them is open.
   * @throws {CaptureError} where one cannot be captured on; none is then
   */
  static async start(requests: readonly CaptureRequest[], options: LiveOptions = {}): Promise<Live> {
    const live = new Live(requests, options)
    for (const capturer of await startAll(requests, options)) live.#run(capturer)
    return live
  }

  /** What there is to tell of each interface. */
  get interfaces(): readonly LiveInterface[] {
    return [...this.#running].map(([device, running]) => running.facts(this.#retries.has(device)))
  }

  /** What alone is captured, in libpcap's language; empty: everything. */
  get filter(): string {
    return this.#requests[0]?.filter ?? ''
  }

  /** Packets may still come. */
  get isRunning(): boolean {
    return !this.#stopped && this.interfaces.some(({ ended }) => ended === undefined)
  }

  /**
   * For every second or so: asks how many packets the system let go and how the interfaces are, and a recording that
   * failed to go on.
   */
  tend(): void {
    if (this.recorder?.failure !== undefined) this.recorder.resume()
    const news = [...this.#running.values()].filter(running => running.look())
    if (news.length > 0) this.onChange()
  }

  /** Ends the capture; what was captured by then still comes. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    this.#retries.clear()
    for (const { capturer } of this.#running.values()) capturer.stop()
    this.#wake()
  }

  /**
   * Begins anew on interfaces that have ended. Nobody is asked for a password: the screen has the terminal.
   * @throws {CaptureError} where one cannot be captured on
   */
  restart(): Promise<void> {
    this.#restarting ??= this.#restart().finally(() => {
      this.#restarting = undefined
    })
    return this.#restarting
  }

  async #restart(): Promise<void> {
    // Those that were told to stop may still be at it.
    if (this.#stopped) await Promise.all([...this.#running.values()].map(({ over }) => over))
    this.#retries.clear()
    const ended = this.#requests.filter(({ device }) => this.#running.get(device)?.ended !== undefined)
    this.#stopped = this.#closed
    const results = await Promise.allSettled(ended.map(request => this.#startAgain(request)))
    for (const [at, result] of results.entries()) {
      const before = this.#running.get(ended[at]!.device)
      if (result.status === 'fulfilled') this.#goOn(result.value)
      else if (before && result.reason instanceof CaptureError) this.#refused(before, result.reason)
    }
    this.onChange()
    const failed = results.find(result => result.status === 'rejected')
    if (failed) throw failed.reason
  }

  /** Nobody is asked for a password: the screen has the terminal. */
  #startAgain(request: CaptureRequest): Promise<Capturer> {
    return startCapturer(request, { mayAsk: false, start: this.starter?.startOf(request) })
  }

  readNow(into: Uint8Array): number | undefined {
    if (this.#closed) return 0
    for (const running of this.#idle.splice(0)) this.#watch(running)
    const used = this.#queue.take(into)
    this.done += used
    if (this.#queue.length < mostWaiting) for (const go of this.#writers.splice(0)) go()
    if (used > 0) return used
    return this.#pumps === 0 && this.#retries.size === 0 && !this.#options.patient ? 0 : undefined
  }

  async read(into: Uint8Array): Promise<number> {
    for (;;) {
      const count = this.readNow(into)
      if (count !== undefined) return count
      await new Promise<void>(resolve => this.#readers.push(resolve))
    }
  }

  /** Ends the capture for its readers at once; what still comes goes to the recorder alone. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.stop()
    for (const { capturer } of this.#idle.splice(0)) {
      capturer.stream.destroy()
      this.#pumps--
    }
    for (const go of this.#writers.splice(0)) go()
    this.#wake()
    this.#settle()
  }

  #settle(): void {
    if (!this.#closed || this.#pumps > 0) return
    this.recorder?.close()
    this.starter?.end()
    this.#finish()
  }

  #run(capturer: Capturer): void {
    const running = new Listening(capturer, this.#running.get(capturer.device)?.facts(false))
    this.#running.set(capturer.device, running)
    this.#pumps++
    this.#idle.push(running)
    this.#wake()
    this.onChange()
  }

  /** Takes the place of one that has ended, unless that was done or given up meanwhile. */
  #goOn(capturer: Capturer): void {
    if (this.#stopped || this.#running.get(capturer.device)?.ended === undefined) capturer.stop()
    else this.#run(capturer)
  }

  #watch(running: Listening): void {
    running.over = this.#pump(running)
      .catch(error => {
        if (!(error instanceof CaptureError)) throw error
        running.ended ??= error.message
        running.capturer.stop()
      })
      .finally(() => {
        this.#pumps--
        if (this.#isWorthWaiting(running)) this.#tryLater(running)
        this.#wake()
        this.#settle()
        this.onChange()
      })
  }

  #isWorthWaiting({ capturer, ended = '' }: Listening): boolean {
    if (this.#stopped || capturer.engine === 'ssh') return false
    return this.#options.patient || mayComeBack(ended)
  }

  /** An interface that went down comes back without a word. */
  #tryLater(running: Listening): void {
    const request = this.#requests.find(({ device }) => device === running.capturer.device)
    if (request === undefined) return
    this.#retries.add(request, found => {
      if (found instanceof CaptureError) this.#refused(running, found)
      else this.#goOn(found)
      this.#wake()
      this.onChange()
    })
  }

  /** Tries again, unless that is hopeless: once root's rights are given up, it would be refused for ever. */
  #refused(running: Listening, error: CaptureError): void {
    const kind = error instanceof Refusal ? error.kind : undefined
    const isHopeless = kind === 'permission' || (kind === 'device' && !this.#options.patient)
    const why = error.message.replace(/^cannot capture on [^:]*: /, '')
    if (!isHopeless && this.#isWorthWaiting(running)) this.#tryLater(running)
    else if (running.ended && !running.ended.includes(why)) running.ended += `; ${why}`
  }

  /** Passes on what one capturer delivers until it ends. */
  async #pump(running: Listening): Promise<void> {
    const { capturer } = running
    const { device, engine, clock } = capturer
    const source = await openInput(device, new StreamInput(capturer.stream))
    const origins = new Origins(device, clock, engine !== 'ssh', described => this.#enter(described))
    const frame = emptyFrame()
    do {
      while (source.next(frame)) {
        const from = source.interfaces[source.decoder.interfaceIndex]!
        this.#take(running, frame, origins.of(frame, from))
      }
      this.recorder?.flush()
      if (this.recorder?.complete) this.stop()
      this.#wake()
      while (this.#queue.length >= mostWaiting && !this.#closed)
        await new Promise<void>(resolve => this.#writers.push(resolve))
    } while (await source.more())
    // An end that was asked for is none to speak of.
    running.ended = (await capturer.ended) ?? ''
  }

  /** Describes another interface in the stream. */
  #enter(described: InterfaceDescription): number {
    this.#queue.put(this.#writer.interface(described))
    return this.#ids++
  }

  #take(running: Listening, frame: Frame, { id, described }: Origin): void {
    const { limit = Number.POSITIVE_INFINITY } = this.#options
    if (this.#count >= limit) return
    if (!this.#closed) this.#queue.put(this.#writer.packet(frame, id))
    this.recorder?.write(frame, described)
    running.packets++
    if (++this.#count >= limit || this.recorder?.complete) this.stop()
  }

  #wake(): void {
    for (const go of this.#readers.splice(0)) go()
  }
}
