import { setImmediate } from 'node:timers/promises'
import { emptyFrame, type Frame } from '../frame.ts'
import { Aging } from './aging.ts'
import type { Interface, Secret } from './decoder.ts'
import { CaptureError } from './errors.ts'
import { FrameIndex } from './frame-index.ts'
import { FrameReader } from './frame-reader.ts'
import type { Source } from './frame-source.ts'
import type { Ring } from './ring.ts'
import { type NamedInput, openInput, openSource, type SourceOptions } from './source.ts'
import { SpoolInput } from './spool.ts'

export type IndexOptions = {
  /** Called with each frame in order; returns a number below 65,536 that the file keeps for it (see `shape`). */
  readonly visit?: (frame: Frame) => number
  /** Called after each slice: bytes of the file read, its size (0: unknown), frames found. */
  readonly progress?: (done: number, total: number, packets: number) => void
  /** Stops the pass; what was read stays. */
  readonly signal?: AbortSignal
}

export type CaptureOptions = Pick<SourceOptions, 'stdin' | 'signal'> & {
  /** How much is kept of what cannot be read twice: pipes, gzip, live captures; default: all of it. */
  readonly ring?: Ring | undefined
  /** The path names a text with hex dumps. */
  readonly hex?: boolean
  /** LINKTYPE_ number of the packets in hex dumps; default: guessed. */
  readonly linkType?: number | undefined
}

/** How long the event loop may stand still, in milliseconds. */
const slice = 25
/** Frames between two looks at the clock. */
const stretch = 256

/**
 * A capture with access to any frame by its number, counted from 1.
 *
 * One pass reads the whole capture and keeps where each frame lies; frames are read again from the file when they
 * are asked for. Pipes and gzip are unpacked into a temporary file for that.
 */
export class CaptureFile {
  /** The pass has reached the end (or the damage). */
  complete = false
  /** See `follow`. */
  following = false
  /** For people. */
  readonly name: string
  readonly #source: Source
  readonly #spool: SpoolInput | undefined
  readonly #index = new FrameIndex()
  readonly #aging: Aging | undefined
  readonly #frame = emptyFrame()
  readonly #frames: FrameReader
  #closed = false

  private constructor(name: string, source: Source, ring: Ring | undefined) {
    this.name = name
    this.#source = source
    const { input } = source
    if (input instanceof SpoolInput) this.#spool = input
    this.#frames = new FrameReader(name, source, this.#index)
    if (ring && this.#spool) this.#aging = new Aging(this.#spool, this.#index, ring.seconds)
  }

  /**
   * Opens a capture (a path, or '-' for standard input) and reads it to its end.
   *
   * @throws {CaptureError} where there is nothing to read frames from
   */
  static async open(path: string, options: IndexOptions & CaptureOptions = {}): Promise<CaptureFile> {
    const file = await CaptureFile.begin(path, options)
    await file.read(options)
    return file
  }

  /** Opens a capture and reads its header only: `read` then finds the frames, which can be used as they come. */
  static async begin(place: string | NamedInput, options: CaptureOptions = {}): Promise<CaptureFile> {
    const { ring } = options
    const kept = { ...options, spool: ring ?? true }
    if (typeof place !== 'string')
      return new CaptureFile(place.name, await openInput(place.name, place.input, kept), ring)
    const name = place === '-' ? 'standard input' : place
    if (!options.hex) return new CaptureFile(name, await openSource(place, kept), ring)
    const { openHexSource } = await import('./hex-source.ts')
    return new CaptureFile(name, await openHexSource(place, options.linkType, options.stdin), undefined)
  }

  /**
   * Reads on to the end of the capture, in slices between which the event loop runs. While it waits for a silent
   * pipe, only `close` ends it.
   */
  async read(options: IndexOptions = {}): Promise<void> {
    const { visit, progress, signal } = options
    const { input } = this.#source
    const report = () => progress?.(input.done, input.size, this.count)
    if (this.#spool) this.#spool.onPause = report
    while (!signal?.aborted && !this.complete) {
      const busy = this.#readSlice(visit)
      // Before it waits: the next bytes of a pipe may be long in coming.
      report()
      if (busy) await setImmediate()
      else this.complete = !(await this.#source.more())
    }
    if (this.complete && this.following) this.#stopFollowing()
  }

  /**
   * Waits at the end of a capture file for what others still write to it, or ends that. Meanwhile the file is not
   * complete and a record without its end no damage; `read` has to be called when it had reached the end before. Should
   * the file become shorter, be written anew, or make room for another one, the pass ends with a sentence in `damage`.
   *
   * False: there is nothing to wait for; what comes from a pipe comes anyway.
   *
   * @throws {CaptureError} for a file that is packed
   */
  follow(on: boolean): boolean {
    try {
      if (this.#closed || !this.#source.input.follow?.(on)) return false
    } catch (error) {
      throw error instanceof CaptureError ? new CaptureError(`${this.name}: ${error.message}`) : error
    }
    if (on) this.#source.reopen()
    if (on) this.complete = false
    this.following = on
    return true
  }

  /** Reads no more from a pipe than what has come. False: it is none. */
  stop(): boolean {
    return this.#source.stop()
  }

  #stopFollowing(): void {
    this.following = false
    this.#source.input.follow?.(false)
  }

  /** Frames found so far. */
  get count(): number {
    return this.#index.count
  }

  /** The first frame that is still there: 1, and more in a ring; count + 1 where none is. */
  get first(): number {
    this.#aging?.forgetDropped()
    return this.#index.first
  }

  /** Why no more frames come for now: the disk is full. `progress` is told. Nothing is lost by that here. */
  get paused(): string | undefined {
    return this.#spool?.paused
  }

  /** Goes on after a pause; where there is still no room, the pause begins anew. */
  resume(): void {
    this.#spool?.resume()
  }

  /** One sentence about a damaged or cut tail, once the pass has met it. */
  get damage(): string | undefined {
    return this.#source.damage
  }

  get sectionComments(): readonly string[] {
    return this.#source.sectionComments
  }

  get secrets(): readonly Secret[] {
    return this.#source.secrets
  }

  get interfaces(): readonly Interface[] {
    return this.#source.interfaces
  }

  /** Whole seconds since 1970, rounded down; NaN: no time. */
  seconds(number: number): number {
    return this.#index.seconds(number)
  }

  /** The rest, in units of 10^-digits seconds; `digits` is in the frame's `interface`. */
  fraction(number: number): number {
    return this.#index.fraction(number, this.interface(number).digits)
  }

  capturedLength(number: number): number {
    return this.#index.capturedLength(number)
  }

  wireLength(number: number): number {
    return this.#index.wireLength(number)
  }

  /** What `visit` returned for the frame; 0 without it. */
  shape(number: number): number {
    return this.#index.shape(number)
  }

  /** Keeps another number for the frame than `visit` returned. */
  reshape(number: number, shape: number): void {
    this.#index.reshape(number, shape)
  }

  interface(number: number): Interface {
    return this.interfaces[this.#index.interface(number)]!
  }

  /**
   * The frame, read from the file. Without `into`, a frame that may be kept; with it, `into` is filled, and its
   * bytes last until the next call with an `into`.
   *
   * @throws {CaptureError} where the file has become shorter, cannot be read any more, or the frame has left the ring
   */
  frame(number: number, into?: Frame): Frame {
    this.#aging?.forgetDropped()
    return this.#frames.frame(number, into)
  }

  /**
   * What `look` says of the frame's bytes, which last until the next frame is read. For who looks at a few bytes of many
   * frames, one after the other.
   *
   * @throws {CaptureError} as `frame`
   */
  glance(number: number, look: (bytes: Uint8Array, start: number) => boolean): boolean {
    this.#aging?.forgetDropped()
    return this.#frames.glance(number, look)
  }

  /** Closes the file; no frame can be read any more. */
  close(): void {
    this.#closed = true
    this.#frames.close()
    this.#source.close()
  }

  /** True: the time is up; false: the source has nothing more at hand. */
  #readSlice(visit: IndexOptions['visit']): boolean {
    const until = performance.now() + slice
    do {
      const busy = this.#readStretch(visit)
      this.#aging?.expire()
      if (!busy) return false
    } while (performance.now() < until)
    return true
  }

  #readStretch(visit: IndexOptions['visit']): boolean {
    const source = this.#source
    const { decoder } = source
    const frame = this.#frame
    for (let i = 0; i < stretch; i++) {
      if (!source.next(frame)) return false
      const origin = decoder.interfaceIndex
      const optioned = frame.comments.length > 0 || frame.fcsBytes !== decoder.interfaces[origin]!.fcsBytes
      const shape = visit ? visit(frame) : 0
      this.#index.add(frame, source.positionOf(frame), origin, shape, optioned)
    }
    return true
  }
}
