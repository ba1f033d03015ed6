import type { FragmentLog } from './fragments.ts'
import type { Protocol } from './protocol.ts'
import type { Reader } from './reader.ts'
import {
  agree,
  begin,
  endsMessage,
  keep,
  meet,
  noBytes,
  type Place,
  readable,
  remember,
  resumes,
  type Segment,
  type Stream,
  scan,
  spanOf,
} from './stream.ts'

/** Streams that are followed at once, and bytes of unfinished messages in all of them; the oldest give way. */
const mostStreams = 4096
const mostHeld = 16 * 1024 * 1024
/** The longest message that is put together: 16 bits of length in front, not counted. */
export const longestMessage = 0x10000 + 16
/** Bytes and segments of one stream that wait for what comes before them. */
const mostEarly = 0x10000
const mostEarlySegments = 128
/** A segment that lies further back than this repeats nothing: the connection is another one. */
const farthestBack = 1 << 24
/** Answers that are kept of the last frame: each is a layer of it. */
const mostAnswers = 64

const nothing: Place = { kind: 'data' }
const here: Place = { kind: 'here' }

/**
 * Puts the segments of TCP streams together (RFC 9293 §3.4), as far as it takes to find the messages in them: each
 * direction by itself, in any order, the first copy of a byte counts, memory bounded. Asked again about the frame that
 * it was asked about last, it gives the same answer.
 */
export class Streams {
  readonly #log: FragmentLog | undefined
  readonly #streams = new Map<string, Stream>()
  #held = 0
  /** Streams that wait for bytes. */
  #waiting = 0
  #frame = -1
  readonly #answers = new Map<string, Place>()
  /** For the walk of single frames: in which of them a message begins, and after how many bytes of the segment. */
  begins: ReadonlyMap<number, number> | undefined

  constructor(log?: FragmentLog) {
    this.#log = log
  }

  /** True where a stream waits for bytes. */
  get waits(): boolean {
    return this.#waiting > 0
  }

  /** Says that the next byte of the stream has this number, as a SYN does; `numbered`: the next segment. */
  open(r: Reader, key: string, sequence: number, numbered = false): void {
    const stream = this.#streams.get(key)
    // One that is sent again lies shortly behind what came since.
    const since = stream === undefined ? -1 : (stream.next - sequence) | 0
    if (since >= 0 && since < mostEarly) return
    const entry = this.#log?.enter(r.frame.number, -1, false, numbered ? -1 : 0) ?? -1
    this.#start(key, sequence, entry, numbered)
  }

  /** Hears that everything before this number was received: what was not captured of it never comes. */
  acknowledged(key: string, sequence: number): void {
    const stream = this.#streams.get(key)
    if (stream && stream.early.length > 0 && ((sequence - stream.next) | 0) > 0) this.#drop(key, stream)
  }

  /**
   * Takes what the reader has left, whose first byte has the number `sequence` in the stream that `key` names; or all of
   * which has that number, where segments are `numbered`.
   */
  take(r: Reader, of: Protocol, key: string, sequence: number, numbered = false): Place {
    const { number } = r.frame
    if (number !== this.#frame) this.#answers.clear()
    this.#frame = number
    const asked = `${sequence} ${r.left} ${key}`
    const known = this.#answers.get(asked)
    if (known) return known
    const place = this.#take(r, of, key, { r, of, sequence: sequence >>> 0, length: r.left, numbered })
    if (this.#answers.size < mostAnswers) this.#answers.set(asked, place)
    return place
  }

  #take(r: Reader, of: Protocol, key: string, segment: Segment): Place {
    const { sequence, length, numbered } = segment
    const begins = numbered ? undefined : this.begins?.get(r.frame.number)
    const stream = this.#streams.get(key)
    if (stream) {
      this.#streams.delete(key)
      this.#streams.set(key, stream)
    }
    if (begins !== undefined) return this.#beginAt(segment, key, stream, Math.min(begins, length))
    if (stream === undefined) return this.#first(r, of, key, segment)
    const ahead = (sequence - stream.next) | 0
    if (ahead + spanOf(segment, length) <= 0 && ahead > -farthestBack)
      return this.#again(segment, stream, ahead)
    if (ahead > 0 && this.#waits(segment, key, stream, ahead))
      return { kind: readable(segment) > 0 ? 'here' : 'data', ahead }
    if (ahead <= 0 && ahead > -farthestBack) return this.#goOn(segment, key, stream, -ahead)
    this.#drop(key, stream)
    return this.#first(r, of, key, segment)
  }

  /** A stream that was not seen to begin: its first message has to say itself that it is one. */
  #first(r: Reader, of: Protocol, key: string, segment: Segment): Place {
    if (of.message!(r, false) <= 0) return { kind: 'data', middle: true }
    const stream = this.#start(key, segment.sequence, -1, segment.numbered)
    return this.#goOn(segment, key, stream, 0)
  }

  /** As the walk through the whole capture had it: a message begins `from` bytes behind the start of the segment. */
  #beginAt(segment: Segment, key: string, known: Stream | undefined, from: number): Place {
    const stream = this.#start(key, segment.sequence + from, -1, false)
    if (known) stream.sent.push(...known.sent)
    return this.#goOn(segment, key, stream, from)
  }

  #start(key: string, sequence: number, entry: number, numbered: boolean): Stream {
    const known = this.#streams.get(key)
    if (known) this.#drop(key, known)
    const stream = begin(sequence, entry, numbered)
    this.#streams.set(key, stream)
    if (this.#streams.size > mostStreams) this.#dropOldest(key)
    return stream
  }

  /** All of it came before. */
  #again({ r, sequence, length }: Segment, stream: Stream, ahead: number): Place {
    const { number } = r.frame
    const differs = meet(stream, r, -ahead, length)
    const sent = stream.sent.find(each => each.sequence === sequence && each.length === length)
    if (sent && sent.entry >= 0) this.#log?.enter(number, sent.entry, false)
    this.#log?.enter(number, stream.entry, false)
    const same = sent?.whole && !differs
    return { kind: same ? 'here' : 'data', repeats: sent?.frame ?? 0, ...(differs && { differs }) }
  }

  /** Keeps a segment that bytes are missing before; false where they are given up. */
  #waits(segment: Segment, key: string, stream: Stream, ahead: number): boolean {
    const { r, sequence, length } = segment
    const { early } = stream
    const log = () => this.#log?.enter(r.frame.number, stream.entry, false) ?? -1
    const isFull = stream.earlyBytes + length > mostEarly || early.length === mostEarlySegments
    if (isFull || ahead > mostEarly) return false
    const isThere = early.some(each => each.sequence === sequence && each.bytes.length >= length)
    if (isThere || !r.whole) {
      log()
      return true
    }
    if (early.length === 0) this.#waiting++
    const bytes = r.bytes.slice(r.pos, r.limit)
    agree(stream, sequence, bytes)
    early.push({ sequence, bytes, read: readable(segment) })
    early.sort((a, b) => ((a.sequence - stream.next) | 0) - ((b.sequence - stream.next) | 0))
    stream.earlyBytes += length
    stream.entry = log()
    this.#hold(key, length)
    return true
  }

  /** Takes the bytes that come next; `known` of them came before. */
  #goOn(segment: Segment, key: string, stream: Stream, known: number): Place {
    const { r, sequence, length } = segment
    const differs = meet(stream, r, known, length)
    const isClean = stream.length === 0 && stream.early.length === 0
    if (!r.whole && (!isClean || known > 0)) {
      this.#log?.enter(r.frame.number, stream.entry, false)
      this.#drop(key, stream)
      return nothing
    }
    // Without what comes before, the message has to say itself that it begins here.
    const isAlone = isClean && known === 0 && (!stream.numbered || segment.of.message!(r, false) > 0)
    const end = (sequence + spanOf(stream, length)) >>> 0
    const [next] = stream.early
    const joins = next !== undefined && ((next.sequence - end) | 0) <= 0
    const isWhole = stream.length === 0 && known === 0 && !joins
    stream.next = end
    const place = isWhole ? this.#inPlace(segment, stream) : this.#append(segment, stream, known)
    const before = isAlone ? -1 : stream.entry
    const resume = before < 0 && !stream.numbered ? 0 : resumes(stream, segment, joins)
    stream.entry = this.#log?.enter(r.frame.number, before, false, resume) ?? -1
    remember(stream, { sequence, length, frame: r.frame.number, entry: stream.entry, whole: isWhole })
    if (place.lost || place.tooLong || (!r.whole && stream.length > 0)) this.#drop(key, stream)
    else this.#hold(key, 0)
    return differs ? { ...place, differs } : place
  }

  /** Looks for messages in the segment itself. What is left at its end is kept. */
  #inPlace({ r, of }: Segment, stream: Stream): Place {
    const { at, length } = scan(of, r, r.bytes, r.pos, r.limit, r.end)
    const part = r.limit - at
    const kind = at > r.pos ? 'here' : 'data'
    if (part === 0) return here
    if (!r.whole) {
      stream.length = part
      return here
    }
    if (length < 0) return { kind, lost: true }
    if (length > longestMessage || part > longestMessage) return { kind, tooLong: true }
    this.#held += keep(stream, r.bytes, at, r.limit)
    stream.began = r.frame.number
    stream.packets = 1
    return { kind, part }
  }

  /** Adds the segment to what is there, and what waited for it. */
  #append({ r, of, sequence }: Segment, stream: Stream, known: number): Place {
    if (stream.length === 0) {
      stream.began = r.frame.number
      stream.packets = 0
    }
    stream.packets++
    const held = stream.length
    this.#held += keep(stream, r.bytes, r.pos + known, r.limit)
    const isOther = agree(stream, sequence + known, stream.bytes.subarray(held, stream.length))
    this.#join(r, of, stream)
    const { bytes, ...taken } = this.#takeOut(r, of, stream)
    // Where all that waited for it was read before, it is itself what there is to read.
    const isItself = bytes === undefined || (taken.packets === 1 && held === 0 && known === 0)
    const place: Place = isItself ? { ...taken, kind: bytes ? 'here' : taken.kind } : { ...taken, bytes }
    return isOther ? { ...place, differs: true } : place
  }

  /** Takes the whole messages out of what is there. */
  #takeOut(r: Reader, of: Protocol, stream: Stream): Place {
    const total = stream.length
    const { at, length } = scan(of, r, stream.bytes, 0, total, total)
    const { began, packets } = stream
    const part = total - at
    if (length < 0 || length > longestMessage || part > longestMessage) {
      const why = length < 0 ? ({ lost: true } as const) : ({ tooLong: true } as const)
      return at > 0
        ? { kind: 'whole', bytes: stream.bytes.slice(0, total), began, packets, ...why }
        : { kind: 'data', ...why }
    }
    if (at === 0) return { kind: 'data', part }
    const bytes = stream.bytes.slice(0, total)
    this.#held -= stream.bytes.length
    stream.bytes = noBytes
    stream.length = 0
    if (part > 0) this.#held += keep(stream, bytes, at, total)
    stream.began = r.frame.number
    stream.packets = 1
    return { kind: 'whole', bytes, began, packets, ...(part > 0 && { part }) }
  }

  /** Adds early segments that what is there reaches by now, but not again what was read of them. */
  #join(r: Reader, of: Protocol, stream: Stream): void {
    const { early } = stream
    const count = early.length
    for (let first = early[0]; first !== undefined; first = early[0]) {
      const known = (stream.next - first.sequence) | 0
      if (known < 0) break
      early.shift()
      const { length } = first.bytes
      stream.earlyBytes -= length
      this.#held -= length
      const span = spanOf(stream, length)
      if (known >= span) continue
      const wasRead = first.read > 0 && known === 0 && endsMessage(r, of, stream)
      const from = wasRead ? first.read : known
      this.#held += keep(stream, first.bytes, from, length)
      stream.next = (first.sequence + span) >>> 0
      if (from < length) stream.packets++
    }
    if (count > 0 && early.length === 0) this.#waiting--
  }

  #hold(key: string, more: number): void {
    this.#held += more
    while (this.#held > mostHeld && this.#streams.size > 1) this.#dropOldest(key)
  }

  #dropOldest(but: string): void {
    for (const [key, stream] of this.#streams) {
      if (key === but) continue
      this.#drop(key, stream)
      return
    }
  }

  #drop(key: string, stream: Stream): void {
    this.#held -= stream.bytes.length + stream.earlyBytes
    if (stream.early.length > 0) this.#waiting--
    this.#streams.delete(key)
  }
}
