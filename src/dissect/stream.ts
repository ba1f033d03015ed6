import type { Protocol } from './protocol.ts'
import type { Reader } from './reader.ts'

/** A segment that came before others that it follows. */
export type Early = { readonly sequence: number; readonly bytes: Uint8Array; readonly frame: number }

/** A segment that was taken. */
export type Sent = {
  readonly sequence: number
  readonly length: number
  readonly frame: number
  readonly entry: number
  /** Messages begin with it, and it was read in its place. */
  readonly whole: boolean
}

/** One direction of a connection. */
export type Stream = {
  /** The sequence number that comes next. */
  next: number
  /** The beginning of a message; `length` bytes of it are there. */
  bytes: Uint8Array
  length: number
  /** The frame in which it began, and how many hold it. */
  began: number
  packets: number
  /** In the order of the stream. */
  readonly early: Early[]
  earlyBytes: number
  readonly sent: Sent[]
  /** The last entry in the log that counted. */
  entry: number
}

/** What the reader has left, as a part of a stream of messages of one protocol. */
export type Segment = {
  readonly r: Reader
  readonly of: Protocol
  readonly sequence: number
  readonly length: number
}

/**
 * True where the first `known` bytes of the reader's segment, which came before, are other ones than those that are
 * still kept.
 */
export function meet(stream: Stream, r: Reader, known: number, length: number): true | undefined {
  const { bytes } = stream
  const first = stream.length - known
  for (let i = Math.max(0, -first); i < Math.min(known, length); i++) {
    const at = r.pos + i
    if (at < r.stop && bytes[first + i] !== r.bytes[at]) return true
  }
  return undefined
}
