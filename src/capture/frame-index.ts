import type { Frame } from '../frame.ts'
import { CaptureError } from './errors.ts'

const segmentBits = 16
const segmentSize = 1 << segmentBits
const inSegment = segmentSize - 1

/** The index keeps nine digits of a fraction with every frame, up to three more where a capture has them. */
const keptDigits = 9
const moreDigits = 0x3ff
const optionMark = 0x8000

/**
 * 65,536 frames. Columns that would hold the same for every frame are not there: `wireLength` is the same array as
 * `capturedLength` until a packet is longer than what was captured of it.
 */
type Segment = {
  readonly position: Float64Array
  readonly seconds: Float64Array
  readonly fraction: Uint32Array
  readonly capturedLength: Uint32Array
  wireLength: Uint32Array
  shape?: Uint16Array
  interface?: Uint16Array
  /** Digits 10 to 12 of the fraction, and the mark of optioned frames. */
  rare?: Uint16Array
}

const newSegment = (): Segment => {
  const capturedLength = new Uint32Array(segmentSize)
  return {
    position: new Float64Array(segmentSize),
    seconds: new Float64Array(segmentSize),
    fraction: new Uint32Array(segmentSize),
    capturedLength,
    wireLength: capturedLength,
  }
}

/**
 * Where each frame lies in a capture and what its record says: 24 to 34 bytes a frame. Frames count from 1; asking
 * for one that is not there is a RangeError, for one that is there no more a CaptureError.
 */
export class FrameIndex {
  count = 0
  /** The first frame that is still there; count + 1: none is. */
  first = 1
  /** Frames before the first segment. */
  #before = 0
  readonly #segments: Segment[] = []

  /**
   * `position`: of the frame's bytes in the capture; `origin`: index of its interface; `shape`: both below 65,536;
   * `optioned`: the record's options have to be read again for the whole frame.
   */
  add(frame: Frame, position: number, origin: number, shape: number, optioned: boolean): void {
    const at = this.count & inSegment
    if (at === 0) this.#segments.push(newSegment())
    const segment = this.#segments[this.#segments.length - 1]!
    segment.position[at] = position
    segment.seconds[at] = frame.seconds
    segment.capturedLength[at] = frame.capturedLength
    if (frame.digits <= keptDigits) segment.fraction[at] = frame.fraction
    else addFine(segment, at, frame)
    if (frame.wireLength !== frame.capturedLength && segment.wireLength === segment.capturedLength) {
      segment.wireLength = segment.capturedLength.slice()
    }
    segment.wireLength[at] = frame.wireLength
    if (origin > 0) (segment.interface ??= new Uint16Array(segmentSize))[at] = origin
    if (shape > 0) (segment.shape ??= new Uint16Array(segmentSize))[at] = shape
    if (optioned) (segment.rare ??= new Uint16Array(segmentSize))[at]! |= optionMark
    this.count++
  }

  /** Changes what is kept for a frame: `shape` below 65,536. */
  reshape(number: number, shape: number): void {
    const segment = this.#segment(number)
    segment.shape ??= new Uint16Array(segmentSize)
    segment.shape[(number - 1) & inSegment] = shape
  }

  /** Forgets the frames before this one; their memory goes in whole segments. */
  forget(before: number): void {
    this.first = Math.max(this.first, before)
    const segments = Math.floor((this.first - 1 - this.#before) / segmentSize)
    this.#segments.splice(0, segments)
    this.#before += segments * segmentSize
  }

  /** The first frame whose bytes lie at this position or behind it; count + 1: none does. */
  firstFrom(position: number): number {
    let [low, high] = [this.first, this.count + 1]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      if (this.position(middle) < position) low = middle + 1
      else high = middle
    }
    return low
  }

  position(number: number): number {
    return this.#segment(number).position[(number - 1) & inSegment]!
  }

  seconds(number: number): number {
    return this.#segment(number).seconds[(number - 1) & inSegment]!
  }

  /** `digits`: those of the frame's interface. */
  fraction(number: number, digits: number): number {
    const segment = this.#segment(number)
    const at = (number - 1) & inSegment
    const kept = segment.fraction[at]!
    if (digits <= keptDigits) return kept
    return kept * 10 ** (digits - keptDigits) + ((segment.rare?.[at] ?? 0) & moreDigits)
  }

  capturedLength(number: number): number {
    return this.#segment(number).capturedLength[(number - 1) & inSegment]!
  }

  wireLength(number: number): number {
    return this.#segment(number).wireLength[(number - 1) & inSegment]!
  }

  interface(number: number): number {
    return this.#segment(number).interface?.[(number - 1) & inSegment] ?? 0
  }

  shape(number: number): number {
    return this.#segment(number).shape?.[(number - 1) & inSegment] ?? 0
  }

  isOptioned(number: number): boolean {
    return ((this.#segment(number).rare?.[(number - 1) & inSegment] ?? 0) & optionMark) !== 0
  }

  #segment(number: number): Segment {
    if (number < this.first || number > this.count) throw this.#missing(number)
    return this.#segments[(number - 1 - this.#before) >>> segmentBits]!
  }

  #missing(number: number): Error {
    if (number < 1 || number > this.count) return new RangeError(`frame ${number} of ${this.count}`)
    const kept = this.first > this.count ? 'none is kept' : `the first one kept is ${this.first}`
    return new CaptureError(`packet ${number} has left the ring; ${kept}`)
  }
}

function addFine(segment: Segment, at: number, frame: Frame): void {
  const unit = 10 ** (frame.digits - keptDigits)
  segment.fraction[at] = Math.floor(frame.fraction / unit)
  segment.rare ??= new Uint16Array(segmentSize)
  segment.rare[at] = frame.fraction % unit
}
