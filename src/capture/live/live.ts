import { emptyFrame, type Frame } from '../../frame.ts'
import { ByteQueue } from '../byte-queue.ts'
import { CaptureError } from '../errors.ts'
import { type Input, StreamInput } from '../input.ts'
import { type InterfaceDescription, PcapngWriter } from '../pcapng-write.ts'
import type { Recorder } from '../recorder.ts'
import { openInput } from '../source.ts'
import { Refusal } from './capturer.ts'
import { type CaptureRequest, type Capturer, startCapturer } from './engine.ts'
import type { LiveInterface } from './live-interface.ts'
import { type Origin, Origins } from './origins.ts'

/** Bytes that wait for their reader; then the capturers wait, and behind them the system's own buffers fill. */
const mostWaiting = 32 << 20

export type LiveOptions = {
  /** Stops after so many packets. */
  readonly limit?: number
  /** An interface that ends may come back: it is tried again, and the stream only ends when it is closed. */
  readonly patient?: boolean
  /** False where the terminal is taken: ssh must not ask for a password there. Default: true. */
  readonly mayAsk?: boolean
}

/** Milliseconds after which an interface that ended is tried again. */
const retryMs = 1000

type Running = { -readonly [K in keyof LiveInterface]: LiveInterface[K] } & {
  readonly capturer: Capturer
  /** Resolves when it has ended and all that it delivered is passed on. */
  over: Promise<void> | undefined
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
  readonly #running = new Map<string, Running>()
  readonly #retries = new Map<string, NodeJS.Timeout>()
  /** Gets every packet as it comes. */
  recorder: Recorder | undefined
  /** Resolves when it is closed, all capturers have ended, and all that they delivered is recorded. */
  readonly finished: Promise<void>
  #finish = () => {}
  /** Started, but not read from before the first reader comes: whoever wants to see everything has the time to say so. */
  #idle: Running[] = []
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
    const started = await Promise.allSettled(requests.map(request => startCapturer(request, options)))
    const failed = started.find(result => result.status === 'rejected')
    for (const result of started) {
      if (result.status === 'rejected') continue
      if (failed) result.value.stop()
      else live.#run(result.value)
    }
    if (failed) throw failed.reason
    return live
  }

  /** What there is to tell of each interface. */
  get interfaces(): readonly LiveInterface[] {
    return [...this.#running.values()]
  }

  /** Packets may still come. */
  get isRunning(): boolean {
    return !this.#stopped && this.interfaces.some(({ ended }) => ended === undefined)
  }

  /** For every second or so: asks how many packets the system let go, and a recording that failed to go on. */
  tend(): void {
    if (this.recorder?.failure !== undefined) this.recorder.resume()
    for (const { capturer, ended } of this.#running.values()) if (ended === undefined) capturer.ask()
  }

  /** Ends the capture; what was captured by then still comes. */
  stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    for (const timer of this.#retries.values()) clearTimeout(timer)
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
    for (const timer of this.#retries.values()) clearTimeout(timer)
    this.#retries.clear()
    const ended = this.#requests.filter(({ device }) => this.#running.get(device)?.ended !== undefined)
    this.#stopped = this.#closed
    const results = await Promise.allSettled(ended.map(request => startCapturer(request, { mayAsk: false })))
    for (const result of results) if (result.status === 'fulfilled') this.#goOn(result.value)
    const failed = results.find(result => result.status === 'rejected')
    if (failed) throw failed.reason
  }

  readNow(into: Uint8Array): number | undefined {
    if (this.#closed) return 0
    for (const running of this.#idle.splice(0)) this.#watch(running)
    const used = this.#queue.take(into)
    this.done += used
    if (this.#queue.length < mostWaiting) for (const go of this.#writers.splice(0)) go()
    if (used > 0) return used
    return this.#pumps === 0 && !this.#options.patient ? 0 : undefined
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
    this.#finish()
  }

  #run(capturer: Capturer): void {
    const { device, engine, clock } = capturer
    const { packets = 0, interruptions = 0, ended } = this.#running.get(device) ?? {}
    const running: Running = {
      capturer,
      over: undefined,
      device,
      engine,
      clock,
      packets,
      dropped: undefined,
      ended: undefined,
      interruptions: interruptions + (ended ? 1 : 0),
    }
    this.#running.set(device, running)
    this.#pumps++
    this.#idle.push(running)
    this.#wake()
  }

  /** Takes the place of one that has ended, unless that was done or given up meanwhile. */
  #goOn(capturer: Capturer): void {
    if (this.#stopped || this.#running.get(capturer.device)?.ended === undefined) capturer.stop()
    else this.#run(capturer)
  }

  #watch(running: Running): void {
    running.over = this.#pump(running)
      .catch(error => {
        if (!(error instanceof CaptureError)) throw error
        running.ended ??= error.message
        running.capturer.stop()
      })
      .finally(() => {
        this.#pumps--
        if (this.#options.patient && !this.#stopped && running.engine !== 'ssh')
          this.#retryLater(running.device)
        this.#wake()
        this.#settle()
      })
  }

  /** Tries again until it succeeds or is stopped: an interface that went down comes back without a word. */
  #retryLater(device: string): void {
    const request = this.#requests.find(wanted => wanted.device === device)
    if (request === undefined) return
    const retry = async () => {
      this.#retries.delete(device)
      const started = await startCapturer(request, { mayAsk: false }).catch((error: unknown) => {
        if (!(error instanceof CaptureError)) throw error
        return error
      })
      // Once root's rights are given up, it would be refused for ever.
      const isForbidden = started instanceof Refusal && started.kind === 'permission'
      if (!(started instanceof CaptureError)) this.#goOn(started)
      else if (!this.#stopped && !isForbidden) this.#retryLater(device)
    }
    this.#retries.set(device, setTimeout(retry, retryMs).unref())
  }

  /** Passes on what one capturer delivers until it ends. */
  async #pump(running: Running): Promise<void> {
    const { capturer, device } = running
    const source = await openInput(device, new StreamInput(capturer.stream))
    const isHere = running.engine !== 'ssh'
    const origins = new Origins(device, running.clock, isHere, described => this.#enter(described))
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
    running.dropped = capturer.counters.dropped
  }

  /** Describes another interface in the stream. */
  #enter(described: InterfaceDescription): number {
    this.#queue.put(this.#writer.interface(described))
    return this.#ids++
  }

  #take(running: Running, frame: Frame, { id, described }: Origin): void {
    const { limit = Number.POSITIVE_INFINITY } = this.#options
    if (this.#count >= limit) return
    if (!this.#closed) this.#queue.put(this.#writer.packet(frame, id))
    this.recorder?.write(frame, described)
    running.packets++
    running.dropped = running.capturer.counters.dropped
    if (++this.#count >= limit || this.recorder?.complete) this.stop()
  }

  #wake(): void {
    for (const go of this.#readers.splice(0)) go()
  }
}
