import type { Frame } from '../frame.ts'
import type { DissectionBuffer } from './dissection.ts'

/** A datagram whose fragments have not all been seen is given up after this many seconds (RFC 8200 §4.5). */
const timeout = 60
/** Bytes of unfinished datagrams that are kept; the oldest give way. */
const maxPending = 64 * 1024 * 1024
/** Room that every datagram is counted with, whatever it holds, so that empty fragments cost as others do. */
const leastRoom = 2048
/** No reassembled datagram is larger (RFC 791 §3.1). */
const maxDatagram = 65535
/** No datagram has more pieces of 8 bytes; after so many only those count that bring something new. */
const maxFragments = 8192

/** Writes down which fragments belong together, so that the walk of one frame can be repeated later. */
export type FragmentLog = {
  /**
   * Enters a fragment of frame `frame` and returns the number of its entry, from 0. `before`: the entry of the
   * fragment that the datagram had last, -1 where this one begins it. `givenUp`: `before` is instead an
   * entry of a datagram of the same name that was given up just now. `resume`, for segments of a stream: after how
   * many of its bytes a walk can begin that leaves the stream as it is behind this segment.
   */
  enter(frame: number, before: number, givenUp: boolean, resume?: number): number
}

type Datagram = {
  bytes: Uint8Array
  /** Ranges [start, end) that are there, in order, apart from each other. */
  have: [start: number, end: number][]
  length: number
  firstFrame: number
  seconds: number
  frames: number[]
  /** What the first fragment says that the datagram carries. */
  carried: number
  /** Entries in the log: the first one's, and the last one's that counted. */
  readonly firstEntry: number
  lastEntry: number
}

/** What a fragment tells about its datagram. */
export type Fragment = {
  /** All of the datagram's payload, where this fragment completes it. */
  readonly whole: DissectionBuffer | undefined
  /** Frames that hold the datagram's fragments so far, in the order of the capture. */
  readonly frames: readonly number[]
  /** What the datagram carries, where it is whole: only its first fragment knows. */
  readonly carried: number
  /** What is wrong with this fragment, as a sentence. */
  readonly doubt: string | undefined
}

/**
 * Puts fragments back together (RFC 791 §3.2, RFC 8200 §4.5, RFC 815): in any order, duplicates and overlaps noted,
 * time taken from the capture, memory bounded. Asked again about a frame, it gives the same answer.
 */
export class Fragments {
  readonly #name: string
  readonly #label: string
  readonly #log: FragmentLog | undefined
  readonly #pending = new Map<string, Datagram>()
  readonly #answers = new Map<string, Fragment>()
  #held = 0

  constructor(name: string, label: string, log?: FragmentLog) {
    this.#name = name
    this.#label = label
    this.#log = log
  }

  /**
   * Takes `length` bytes at `at` of `bytes`, which belong at `offset` of the datagram that `key` names.
   * `more`: further fragments follow behind it; `carried`: what it says that the datagram carries.
   */
  add(
    frame: Frame,
    key: string,
    offset: number,
    more: boolean,
    bytes: Uint8Array,
    at: number,
    length: number,
    carried: number,
  ): Fragment {
    const asked = `${frame.number} ${offset} ${key}`
    const known = this.#answers.get(asked)
    if (known) return known
    const answer = this.#take(frame, key, offset, more, bytes.subarray(at, at + length), carried)
    this.#remember(asked, answer)
    return answer
  }

  #take(
    frame: Frame,
    key: string,
    offset: number,
    more: boolean,
    bytes: Uint8Array,
    carried: number,
  ): Fragment {
    const end = offset + bytes.length
    if (end > maxDatagram)
      return {
        whole: undefined,
        frames: [frame.number],
        carried,
        doubt: `The fragment ends at byte ${end}, past ${maxDatagram}`,
      }
    const { datagram, entry, givenUp } = this.#find(frame, key)
    const met = meet(datagram, offset, bytes)
    const news = (bytes.length > 0 && !met.known) || (!more && datagram.length < 0)
    if (datagram.frames.length === maxFragments && !news)
      return { whole: undefined, frames: datagram.frames, carried, doubt: met.doubt }
    datagram.lastEntry = entry
    if (datagram.frames.length < maxFragments) datagram.frames.push(frame.number)
    if (offset === 0) datagram.carried = carried
    extend(datagram, offset, end)
    this.#grow(datagram, key, offset, bytes)
    const doubt = secondEnd(datagram, end, more) ?? met.doubt ?? givenUp ?? beyondEnd(datagram)
    const [first] = datagram.have
    if (datagram.length < 0 || datagram.have.length !== 1 || first![0] !== 0 || first![1] < datagram.length)
      return { whole: undefined, frames: datagram.frames, carried, doubt }
    this.#drop(key, datagram)
    const whole = { name: this.#name, label: this.#label, bytes: datagram.bytes.slice(0, datagram.length) }
    return { whole, frames: datagram.frames, carried: datagram.carried, doubt }
  }

  /** The datagram that the fragment belongs to, and the fragment's entry in the log. */
  #find(frame: Frame, key: string): { datagram: Datagram; entry: number; givenUp: string | undefined } {
    const pending = this.#pending.get(key)
    if (pending === undefined) {
      const entry = this.#log?.enter(frame.number, -1, false) ?? -1
      return { datagram: this.#start(frame, key, entry), entry, givenUp: undefined }
    }
    if (!(frame.seconds - pending.seconds > timeout)) {
      const entry = this.#log?.enter(frame.number, pending.lastEntry, false) ?? -1
      return { datagram: pending, entry, givenUp: undefined }
    }
    this.#drop(key, pending)
    const entry = this.#log?.enter(frame.number, pending.firstEntry, true) ?? -1
    const givenUp = `The fragments from frame ${pending.firstFrame} on were given up after ${timeout} seconds`
    return { datagram: this.#start(frame, key, entry), entry, givenUp }
  }

  #start(frame: Frame, key: string, entry: number): Datagram {
    const datagram: Datagram = {
      bytes: new Uint8Array(leastRoom),
      have: [],
      length: -1,
      firstFrame: frame.number,
      seconds: frame.seconds,
      frames: [],
      carried: 0,
      firstEntry: entry,
      lastEntry: entry,
    }
    this.#pending.set(key, datagram)
    this.#held += leastRoom
    return datagram
  }

  #grow(datagram: Datagram, key: string, offset: number, bytes: Uint8Array): void {
    const end = offset + bytes.length
    if (end > datagram.bytes.length) {
      const larger = new Uint8Array(Math.min(maxDatagram, end * 2))
      larger.set(datagram.bytes)
      this.#held += larger.length - datagram.bytes.length
      datagram.bytes = larger
    }
    datagram.bytes.set(bytes, offset)
    for (const [oldest, other] of this.#pending) {
      if (this.#held <= maxPending) break
      if (oldest !== key) this.#drop(oldest, other)
    }
  }

  #drop(key: string, datagram: Datagram): void {
    this.#held -= datagram.bytes.length
    this.#pending.delete(key)
  }

  #remember(asked: string, answer: Fragment): void {
    this.#answers.set(asked, answer)
    if (this.#answers.size <= maxAnswers) return
    const [oldest] = this.#answers.keys()
    this.#answers.delete(oldest!)
  }
}

/** Answers that are kept for those who come back to a frame; a reassembled datagram is at most 64 KB. */
const maxAnswers = 256

/** Says where the fragment meets bytes that are there already, and whether they are all `known`. */
function meet(
  datagram: Datagram,
  offset: number,
  bytes: Uint8Array,
): { known: boolean; doubt: string | undefined } {
  const end = offset + bytes.length
  const met = datagram.have.filter(([from, until]) => from < end && offset < until)
  if (met.length === 0) return { known: false, doubt: undefined }
  const known = met.some(([from, until]) => from <= offset && end <= until)
  const differs = met.some(([from, until]) => {
    for (let i = Math.max(from, offset); i < Math.min(until, end); i++)
      if (datagram.bytes[i] !== bytes[i - offset]) return true
    return false
  })
  if (differs)
    return {
      known,
      doubt: 'The fragment overlaps an earlier one with other bytes: someone may be hiding something',
    }
  return {
    known,
    doubt: known ? 'The fragment repeats bytes that came before' : 'The fragment overlaps an earlier one',
  }
}

/** Enters [offset, end) into the ranges. */
function extend(datagram: Datagram, offset: number, end: number): void {
  const touched = datagram.have.filter(([from, until]) => from <= end && offset <= until)
  const apart = datagram.have.filter(range => !touched.includes(range))
  const merged: [number, number] = [
    Math.min(offset, ...touched.map(range => range[0])),
    Math.max(end, ...touched.map(range => range[1])),
  ]
  datagram.have = [...apart, merged].sort((a, b) => a[0] - b[0])
}

/** Takes the datagram's length from its last fragment; says when it has another one. */
function secondEnd(datagram: Datagram, end: number, more: boolean): string | undefined {
  if (more) return undefined
  if (datagram.length >= 0 && datagram.length !== end)
    return `A second last fragment, which ends at byte ${end}, not ${datagram.length}`
  datagram.length = end
  return undefined
}

function beyondEnd({ have, length }: Datagram): string | undefined {
  const farthest = have.at(-1)![1]
  if (length < 0 || farthest <= length) return undefined
  return `There are bytes up to ${farthest}, behind the last fragment, which ends at byte ${length}`
}
