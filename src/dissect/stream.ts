import type { Protocol } from './protocol.ts'
import type { Reader } from './reader.ts'

/** Segments that are remembered, to know them when they are sent again or captured twice. */
const mostSent = 8

/** A segment that came before others that it follows; `read`: bytes of messages at its start that were read as it came. */
export type Early = { readonly sequence: number; readonly bytes: Uint8Array; readonly read: number }

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
  /** Numbers count segments, as those of OpenVPN’s control messages do; else bytes. */
  readonly numbered: boolean
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
  readonly numbered: boolean
}

export const noBytes = new Uint8Array(0)
/** Room that an unfinished message gets at first. */
const leastRoom = 256

/** A direction whose next number is `sequence`. */
export const begin = (sequence: number, entry: number, numbered: boolean): Stream => ({
  numbered,
  next: sequence >>> 0,
  bytes: noBytes,
  length: 0,
  began: 0,
  packets: 0,
  early: [],
  earlyBytes: 0,
  sent: [],
  entry,
})

/** Adds bytes to the unfinished message. Returns how much more room it takes. */
export function keep(stream: Stream, bytes: Uint8Array, from: number, until: number): number {
  const length = stream.length + until - from
  const before = stream.bytes.length
  if (length > before) {
    const larger = new Uint8Array(Math.max(leastRoom, length > leastRoom ? length * 2 : length))
    larger.set(stream.bytes.subarray(0, stream.length))
    stream.bytes = larger
  }
  stream.bytes.set(bytes.subarray(from, until), stream.length)
  stream.length = length
  return stream.bytes.length - before
}

/** How many numbers a segment of so many bytes takes. */
export const spanOf = ({ numbered }: { readonly numbered: boolean }, length: number): number =>
  numbered ? 1 : length

/** What a segment is to its stream. */
export type Place = {
  /** `here`: whole messages begin with it; `whole`: they are in `bytes`; `data`: it holds none. */
  readonly kind: 'here' | 'whole' | 'data'
  readonly bytes?: Uint8Array
  /** The packet in which the first message of `bytes` began, and how many packets hold it. */
  readonly began?: number
  readonly packets?: number
  /** Bytes at its end of a message that goes on. */
  readonly part?: number
  /** The packet that it repeats; 0: one that is not remembered. */
  readonly repeats?: number
  /** It has other bytes than those that came before in the same place. */
  readonly differs?: true
  /** Bytes, or segments, before it that have not come. */
  readonly ahead?: number
  /** Nothing is known about where messages begin. */
  readonly middle?: true
  /** No message begins where one has to. */
  readonly lost?: true
  /** A message is longer than what is put together. */
  readonly tooLong?: true
}

/**
 * True where the first `known` bytes of the reader's segment, which came before, are other ones than those that are
 * still kept.
 */
export function meet(stream: Stream, r: Reader, known: number, length: number): true | undefined {
  const { bytes, numbered } = stream
  if (numbered) return undefined
  const first = stream.length - known
  for (let i = Math.max(0, -first); i < Math.min(known, length); i++) {
    const at = r.pos + i
    if (at < r.stop && bytes[first + i] !== r.bytes[at]) return true
  }
  return undefined
}

/** Puts the bytes of early segments, which came first, over those of a later one; true where they were other ones. */
export function agree({ early, numbered }: Stream, sequence: number, bytes: Uint8Array): boolean {
  if (numbered) return false
  let isOther = false
  for (const first of early) {
    const at = (first.sequence - sequence) | 0
    const until = Math.min(bytes.length, at + first.bytes.length)
    for (let i = Math.max(0, at); i < until; i++) {
      if (bytes[i] !== first.bytes[i - at]) isOther = true
      bytes[i] = first.bytes[i - at]!
    }
  }
  return isOther
}

/** Bytes of whole messages at the start of a segment that is read before those in front of it: they have to say so themselves. */
export function readable({ r, of }: Segment): number {
  if (of.message!(r, false) <= 0) return 0
  return scan(of, r, r.bytes, r.pos, r.limit, r.end).at - r.pos
}

/** True where what is there of a stream ends with a message. */
export const endsMessage = (r: Reader, of: Protocol, { bytes, length }: Stream): boolean =>
  scan(of, r, bytes, 0, length, length).at === length

/** Where in the segment a walk can begin that wants to know the stream as it is behind it; -1: it takes earlier ones. */
export function resumes(stream: Stream, segment: Segment, joins: boolean): number {
  const { early, length, began, packets } = stream
  if (joins || early.length > 0 || stream.numbered) return -1
  const isHere = began === segment.r.frame.number && packets === 1
  return length === 0 || isHere ? segment.length - length : -1
}

/** Keeps in mind what was sent, to know it when it comes again. */
export function remember(stream: Stream, sent: Sent): void {
  if (stream.sent.length === mostSent) stream.sent.shift()
  stream.sent.push(sent)
}

/** How far whole messages reach from `from`, and what the protocol says of the one behind them. */
export function scan(
  of: Protocol,
  r: Reader,
  bytes: Uint8Array,
  from: number,
  limit: number,
  end: number,
): { at: number; length: number } {
  let at = from
  let length = 0
  while (at < limit) {
    length = lengthAt(r, of, bytes, at, limit, end)
    if (length <= 0 || length > limit - at) break
    at += length
  }
  return { at, length }
}

/**
 * How long the message is that begins at `from` of some bytes, as its protocol says: bytes are promised up to `until`
 * and there up to `held`. The cursor stays where it is.
 */
function lengthAt(r: Reader, of: Protocol, bytes: Uint8Array, from: number, until: number, held: number) {
  const { bytes: under, pos, limit, end, stop } = r
  r.bytes = bytes
  r.bound(from, until, held)
  const length = of.message!(r, true)
  r.bytes = under
  r.bound(pos, limit, end)
  r.stop = stop
  return length
}
