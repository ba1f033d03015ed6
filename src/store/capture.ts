import { setImmediate } from 'node:timers/promises'
import { newDissector } from '../../dissectors/index.ts'
import type { Interface, Secret } from '../capture/decoder.ts'
import { CaptureFile, type CaptureOptions } from '../capture/file.ts'
import type { NamedInput } from '../capture/source.ts'
import type { Depth } from '../dissect/dissect.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { Rules } from '../dissect/rules.ts'
import type { Selection } from '../dissect/selection.ts'
import { Session } from '../dissect/session.ts'
import { emptyFrame, type Frame } from '../frame.ts'
import { FragmentTrail } from './fragment-trail.ts'
import type { Glance } from './question.ts'
import { noShape, type Shape, Shapes, shapeOf } from './shapes.ts'

/** How long keys have to wait, in milliseconds. */
const slice = 15

export type SurveyOptions = {
  /** Called after each slice: bytes of the file read, its size (0: unknown), packets found. */
  readonly progress?: (done: number, total: number, packets: number) => void
  /** Stops the survey; what was found stays, and another survey goes on from there. */
  readonly signal?: AbortSignal
}

/**
 * A capture that is open: its frames by number, counted from 1, what each is made of, and each dissected as in a walk
 * through the whole capture. Only what the survey has found so far can be asked about: a number above `count` is a
 * RangeError, one below `first` a CaptureError.
 */
export class Capture {
  /** As `begin` got it; '-' where no path leads to the packets again, as with standard input. */
  readonly path: string
  /** For people: the path, 'standard input', or the name that came with the input. */
  readonly name: string
  readonly #file: CaptureFile
  readonly #shapes = new Shapes()
  readonly #earlier = emptyFrame()
  #rules = new Rules()
  #trail = new FragmentTrail()
  #survey = new Session(this.#trail)
  #surveyor = newDissector(this.#survey)
  /** The packet that the surveyor has to see next: those behind it have no shape yet. */
  #next = 1
  #surveyed: Promise<void> = Promise.resolve()

  private constructor(path: string, name: string, file: CaptureFile) {
    this.path = path
    this.name = name
    this.#file = file
  }

  /**
   * Opens a capture, or with `hex` a text with hex dumps, and reads its header; `survey` finds the packets.
   * @throws {CaptureError} where there is nothing to read packets from
   */
  static async begin(place: string | NamedInput, options: CaptureOptions = {}): Promise<Capture> {
    const file = await CaptureFile.begin(place, options)
    return new Capture(typeof place === 'string' ? place : '-', file.name, file)
  }

  /**
   * Walks all packets once, in order, in slices between which the event loop runs. Ends when the capture does, or when
   * it is stopped. While it waits for a silent pipe, only `close` ends it.
   */
  survey(options: SurveyOptions = {}): Promise<void> {
    const visit = (frame: Frame) => (frame.number === this.#next ? this.#visit(frame) : noShape)
    const progress = (done: number, total: number, packets: number) => {
      this.#trail.forget(this.first)
      options.progress?.(done, total, packets)
    }
    const read = () => this.#file.read({ ...options, visit, progress })
    // Two passes at once would read each other's bytes.
    this.#surveyed = this.#surveyed.then(read, read)
    return this.#surveyed
  }

  /** What is decoded otherwise than the numbers say. */
  get rules(): Rules {
    return this.#rules
  }

  /**
   * Decodes by other rules from now on: at once whatever is asked for, and packet by packet all that had been surveyed.
   * Resolves when that is done, or when other rules have come.
   * @throws {CaptureError} where a packet cannot be read any more
   */
  async decodeBy(rules: Rules, progress?: (done: number, total: number) => void): Promise<void> {
    this.#rules = rules
    this.#trail = new FragmentTrail()
    this.#survey = new Session(this.#trail)
    const surveyor = newDissector(this.#survey, rules)
    this.#surveyor = surveyor
    this.#next = this.first
    const frame = emptyFrame()
    while (this.#surveyor === surveyor && this.#next <= this.count) {
      const until = performance.now() + slice
      do {
        this.#next = Math.max(this.#next, this.first)
        if (this.#next > this.count) return
        const number = this.#next
        this.#file.reshape(number, this.#visit(this.#file.frame(number, frame)))
      } while (performance.now() < until)
      progress?.(this.#next - 1, this.count)
      await setImmediate()
    }
  }

  #visit(frame: Frame): number {
    this.#next = frame.number + 1
    return this.#shapes.intern(this.#surveyor.dissect(frame, 'peel'))
  }

  /** Packets found so far. */
  get count(): number {
    return this.#file.count
  }

  /** The first packet that is still there: 1, and more in a ring; count + 1 where none is. */
  get first(): number {
    return this.#file.first
  }

  /** Why no more packets come for now: the disk is full. `progress` is told. Nothing is lost by that here. */
  get paused(): string | undefined {
    return this.#file.paused
  }

  /** Goes on after a pause; where there is still no room, the pause begins anew. */
  resume(): void {
    this.#file.resume()
  }

  /**
   * Waits at the end of a capture file for what others still write to it, or ends that. Meanwhile it is not complete
   * and a record without its end no damage; a survey that had reached the end has to be asked for again. Should the file
   * become shorter, be written anew, or make room for another one, the survey ends with a sentence in `damage`.
   * False: there is nothing to wait for; what comes from a pipe comes anyway.
   *
   * @throws {CaptureError} for a file that is packed
   */
  follow(on: boolean): boolean {
    return this.#file.follow(on)
  }

  /** Ends a capture that comes through a pipe, with what has come by now. False: it ends by itself. */
  stop(): boolean {
    return this.#file.stop()
  }

  get following(): boolean {
    return this.#file.following
  }

  /** The survey has reached the end (or the damage). */
  get complete(): boolean {
    return this.#file.complete
  }

  /** One sentence about a damaged or cut tail, once the survey has met it. */
  get damage(): string | undefined {
    return this.#file.damage
  }

  get interfaces(): readonly Interface[] {
    return this.#file.interfaces
  }

  get sectionComments(): readonly string[] {
    return this.#file.sectionComments
  }

  get secrets(): readonly Secret[] {
    return this.#file.secrets
  }

  /** Whole seconds since 1970, rounded down; NaN: no time. */
  seconds(number: number): number {
    return this.#file.seconds(number)
  }

  /** The rest, in units of 10^-digits seconds. */
  fraction(number: number): number {
    return this.#file.fraction(number)
  }

  /** Decimal digits of the frame's fraction: 0 to 12. */
  digits(number: number): number {
    return this.#file.interface(number).digits
  }

  interface(number: number): Interface {
    return this.#file.interface(number)
  }

  wireLength(number: number): number {
    return this.#file.wireLength(number)
  }

  capturedLength(number: number): number {
    return this.#file.capturedLength(number)
  }

  /**
   * The frame, read from the file: one that may be kept, or `into`, whose bytes last until the next call with an `into`.
   * @throws {CaptureError} where the file has become shorter, cannot be read any more, or is closed
   */
  frame(number: number, into?: Frame): Frame {
    return this.#file.frame(number, into)
  }

  /** What `look` says of the frame's bytes, which last until the next one is read; errors are those of `frame`. */
  glance(number: number, look: Glance): boolean {
    return this.#file.glance(number, look)
  }

  /**
   * Layers of the frame and where each starts, without reading it; only a capture of more than 65,535 kinds of packets
   * has some that are read again, and errors then are those of `frame`.
   */
  shape(number: number): Shape {
    const kept = this.kind(number)
    const known = kept === noShape ? undefined : this.#shapes.get(kept)
    if (known) return known
    return shapeOf(this.#walk(number, 'peel'))
  }

  /** A number that packets with the same layers share, at most `noShape`, which says nothing. */
  kind(number: number): number {
    return number < this.#next ? this.#file.shape(number) : noShape
  }

  /**
   * Dissects frames in any order as `dissect` does, as closely as `depth` says and with the fields of a selection, each
   * until the next one is asked for: where nothing has to be put together, at a fraction of the price. `aside`: what others
   * look at meanwhile stays as it is.
   */
  looker(depth: Depth, selection?: Selection, aside = false): (number: number) => Dissection {
    const dissector = newDissector(new Session(undefined, this.#survey.conversations), this.#rules)
    const frame = aside ? undefined : emptyFrame()
    dissector.found.selection = selection ?? null
    return number =>
      this.#trail.has(number)
        ? this.#walk(number, depth)
        : dissector.dissect(this.#file.frame(number, frame), depth)
  }

  /**
   * The frame with all that can be said about it, in whatever order frames are asked for. It may be kept.
   * @throws {CaptureError} as `frame`, for this one and for those with earlier parts of the same datagram or message
   */
  dissect(number: number): Dissection {
    return this.#walk(number, 'noted')
  }

  /** Closes the file; no frame can be read any more, and a survey ends. */
  close(): void {
    this.#file.close()
  }

  #walk(number: number, depth: Depth): Dissection {
    const frame = this.#file.frame(number)
    const session = new Session(undefined, this.#survey.conversations)
    const dissector = newDissector(session, this.#rules)
    const before = this.#trail.framesBefore(number)
    session.streams.begins = before?.begins
    const kept = before?.frames.filter(earlier => earlier >= this.first) ?? []
    for (const earlier of kept) dissector.dissect(this.#file.frame(earlier, this.#earlier), 'peel')
    const found = dissector.dissect(frame, depth)
    if (before === undefined) found.notes.push(tooFar)
    else if (before.cut || kept.length < before.frames.length) found.notes.push(gone)
    return found
  }
}

const tooFar = {
  layer: 0,
  field: -1,
  severity: 'warning',
  text: 'It goes with fragments or segments in more than 65,536 earlier frames: too many to put them together',
} as const

const gone = {
  ...tooFar,
  text: 'Fragments or segments that go with it came in packets that have left the ring: they cannot be put together any more',
} as const
