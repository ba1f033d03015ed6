import { emptyFrame, type Frame, noComments } from '../frame.ts'
import { CaptureError, reasonOf } from './errors.ts'
import type { FrameIndex } from './frame-index.ts'
import type { Source } from './frame-source.ts'
import { longestBlock, packetHeader } from './pcapng.ts'
import { padded, readPacketOptions } from './pcapng-options.ts'
import { ReadAhead } from './read-ahead.ts'

/** Reads frames again whose places an index knows. What it throws are CaptureErrors. */
export class FrameReader {
  /** For people. */
  readonly #name: string
  readonly #source: Source
  readonly #index: FrameIndex
  readonly #ahead: ReadAhead
  #closed = false

  constructor(name: string, source: Source, index: FrameIndex) {
    this.#name = name
    this.#source = source
    this.#index = index
    this.#ahead = new ReadAhead((into, position) => source.input.readAt?.(into, position) ?? 0)
  }

  /** The frame: one that may be kept, or `into`, whose bytes last until the next call with an `into` or of `glance`. */
  frame(number: number, into?: Frame): Frame {
    const frame = into ?? emptyFrame()
    const position = this.#index.position(number)
    const origin = this.#source.interfaces[this.#index.interface(number)]!
    const length = this.#index.capturedLength(number)
    frame.number = number
    frame.seconds = this.#index.seconds(number)
    frame.fraction = this.#index.fraction(number, origin.digits)
    frame.digits = origin.digits
    frame.capturedLength = length
    frame.wireLength = this.#index.wireLength(number)
    frame.linkType = origin.linkType
    frame.fcsBytes = origin.fcsBytes
    frame.interfaceId = origin.id
    frame.comments = noComments
    frame.start = into ? this.#find(number, position, length) : 0
    frame.bytes = into ? this.#ahead.bytes : new Uint8Array(length)
    if (!into) this.#pread(number, frame.bytes, length, position)
    if (this.#index.isOptioned(number)) this.#readOptions(frame, position, origin.littleEndian)
    return frame
  }

  /** What `look` says of the frame's bytes, which last until the next frame is read. */
  glance(number: number, look: (bytes: Uint8Array, start: number) => boolean): boolean {
    const start = this.#find(number, this.#index.position(number), this.#index.capturedLength(number))
    return look(this.#ahead.bytes, start)
  }

  /** No frame can be read any more. */
  close(): void {
    this.#closed = true
  }

  #readOptions(frame: Frame, position: number, little: boolean): void {
    const header = new Uint8Array(packetHeader)
    this.#pread(frame.number, header, packetHeader, position - packetHeader)
    const block = new DataView(header.buffer).getUint32(4, little)
    const start = padded(frame.capturedLength)
    const length = block - packetHeader - start - 4
    if (length < 0 || block > longestBlock) throw this.#gone(frame.number)
    const bytes = new Uint8Array(length)
    this.#pread(frame.number, bytes, length, position + start)
    readPacketOptions({ bytes, view: new DataView(bytes.buffer) }, 0, length, little, frame)
  }

  #pread(number: number, into: Uint8Array, length: number, position: number): void {
    const read = () => this.#source.input.readAt?.(into.subarray(0, length), position) ?? 0
    if (this.#reading(number, read) < length) throw this.#gone(number)
  }

  /** Where a frame's bytes start in what has been read. */
  #find(number: number, position: number, length: number): number {
    const held = this.#closed ? -1 : this.#ahead.held(position, length)
    if (held >= 0) return held
    const start = this.#reading(number, () => this.#ahead.find(position, length))
    if (start < 0) throw this.#gone(number)
    return start
  }

  #reading(number: number, read: () => number): number {
    // The descriptor's number may name another file by now.
    if (this.#closed) throw new CaptureError(`${this.#name}: is closed`)
    try {
      return read()
    } catch (error) {
      throw new CaptureError(`${this.#name}: cannot read frame ${number} again: ${reasonOf(error)}`)
    }
  }

  #gone(number: number): CaptureError {
    return new CaptureError(`${this.#name}: frame ${number} is gone: the file has changed; open it again`)
  }
}
