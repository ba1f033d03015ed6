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
/** No datagram has more pieces of 8 bytes; of those that come again and again not every frame is kept. */
const maxFragments = 8192

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
  readonly #pending = new Map<string, Datagram>()
  readonly #answers = new Map<string, Fragment>()
  #held = 0

  constructor(name: string, label: string) {
    this.#name = name
    this.#label = label
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
    let datagram = this.#pending.get(key)
    let doubt: string | undefined
    if (datagram && frame.seconds - datagram.seconds > timeout) {
      doubt = `The fragments from frame ${datagram.firstFrame} on were given up after ${timeout} seconds`
      this.#drop(key, datagram)
      datagram = undefined
    }
    datagram ??= this.#start(frame, key)
    if (datagram.frames.length < maxFragments) datagram.frames.push(frame.number)
    if (offset === 0) datagram.carried = carried
    doubt = place(datagram, offset, bytes) ?? doubt
    this.#grow(datagram, key, offset, bytes)
    if (!more) {
      if (datagram.length >= 0 && datagram.length !== end)
        doubt = `A second last fragment, which ends at byte ${end}, not ${datagram.length}`
      else datagram.length = end
    }
    const farthest = datagram.have.at(-1)![1]
    if (datagram.length >= 0 && farthest > datagram.length)
      doubt ??= `There are bytes up to ${farthest}, behind the last fragment, which ends at byte ${datagram.length}`
    const [first] = datagram.have
    if (datagram.length < 0 || datagram.have.length !== 1 || first![0] !== 0 || first![1] < datagram.length)
      return { whole: undefined, frames: datagram.frames, carried, doubt }
    this.#drop(key, datagram)
    const whole = { name: this.#name, label: this.#label, bytes: datagram.bytes.slice(0, datagram.length) }
    return { whole, frames: datagram.frames, carried: datagram.carried, doubt }
  }

  #start(frame: Frame, key: string): Datagram {
    const datagram: Datagram = {
      bytes: new Uint8Array(leastRoom),
      have: [],
      length: -1,
      firstFrame: frame.number,
      seconds: frame.seconds,
      frames: [],
      carried: 0,
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

/** Enters [offset, offset + length) into the ranges; says where it meets bytes that are there already. */
function place(datagram: Datagram, offset: number, bytes: Uint8Array): string | undefined {
  const end = offset + bytes.length
  const met = datagram.have.filter(([from, until]) => from < end && offset < until)
  const differs = met.some(([from, until]) => {
    for (let i = Math.max(from, offset); i < Math.min(until, end); i++)
      if (datagram.bytes[i] !== bytes[i - offset]) return true
    return false
  })
  const touched = datagram.have.filter(([from, until]) => from <= end && offset <= until)
  const apart = datagram.have.filter(range => !touched.includes(range))
  const merged: [number, number] = [
    Math.min(offset, ...touched.map(range => range[0])),
    Math.max(end, ...touched.map(range => range[1])),
  ]
  datagram.have = [...apart, merged].sort((a, b) => a[0] - b[0])
  if (met.length === 0) return undefined
  const same = met.some(([from, until]) => from <= offset && end <= until)
  if (differs) return 'The fragment overlaps an earlier one with other bytes: someone may be hiding something'
  return same ? 'The fragment repeats bytes that came before' : 'The fragment overlaps an earlier one'
}
