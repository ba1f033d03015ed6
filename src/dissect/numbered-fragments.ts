import type { Frame } from '../frame.ts'
import type { FragmentLog } from './fragments.ts'

/** A message whose fragments have not all been seen is given up after this many seconds. */
const timeout = 60
/** Bytes of messages that are kept; the oldest give way. */
const mostHeld = 16 * 1024 * 1024
/** Room that every message and every fragment is counted with, whatever it holds. */
const roomOfMessage = 512
const roomOfFragment = 64
/** UDP carries no longer message, and nobody cuts one into more fragments. */
const longestMessage = 65535
const mostFragments = 1024
/** Numbers of missing fragments that are told. */
const mostMissing = 8
/** Answers that are kept of the last frame. */
const mostAnswers = 8

type Message = {
  readonly fragments: Map<number, Uint8Array>
  /** Those that have come; once it was whole, those that have come again since. */
  readonly here: Set<number>
  frames: number[]
  /** How many there are; 0: not known yet. */
  total: number
  length: number
  /** When the first of those that are here came. */
  seconds: number
  /** The entry of the fragment that made it whole, and that of the last one that counted. */
  wholeEntry: number
  lastEntry: number
  /** It was whole: what comes now repeats it, or is another message of the same name. */
  isDone: boolean
}

/** A fragment as it came. `total` 0: it does not say how many there are. */
type Arrival = {
  readonly frame: Frame
  readonly number: number
  readonly total: number
  readonly bytes: Uint8Array
}

/** What a fragment tells about its message. */
export type NumberedFragment = {
  /** All fragments in order, where this one was the last to come. */
  readonly whole: readonly Uint8Array[] | undefined
  /** Frames that hold the fragments so far, in the order of the capture. */
  readonly frames: readonly number[]
  /** How many there are; 0: not known yet. */
  readonly total: number
  /** Numbers of fragments that have not come, the first few; none where the total is not known. */
  readonly missing: readonly number[]
  /** It came before. */
  readonly repeats: boolean
  /** What is wrong with it, as a sentence. */
  readonly doubt: string | undefined
}

/**
 * Collects fragments that have numbers from 1 on and no offsets: in any order, the first copy of a number counts, time
 * taken from the capture, memory bounded. A larger total means that the sender began again with smaller fragments
 * (RFC 7383 §2.5). Asked again about the frame that it was asked about last, it gives the same answer.
 */
export class NumberedFragments {
  readonly #log: FragmentLog | undefined
  readonly #messages = new Map<string, Message>()
  readonly #answers = new Map<string, NumberedFragment>()
  #frame = -1
  #held = 0

  constructor(log?: FragmentLog) {
    this.#log = log
  }

  /** Takes fragment `number`, 1 to `total`, of the message that `key` names; a total of 0: it does not say. */
  add(frame: Frame, key: string, number: number, total: number, bytes: Uint8Array): NumberedFragment {
    if (frame.number !== this.#frame) this.#answers.clear()
    this.#frame = frame.number
    const asked = `${number} ${total} ${key}`
    const known = this.#answers.get(asked)
    if (known) return known
    const answer = this.#take(key, { frame, number, total, bytes })
    if (this.#answers.size < mostAnswers) this.#answers.set(asked, answer)
    return answer
  }

  #take(key: string, arrival: Arrival): NumberedFragment {
    const { frame, number, total, bytes } = arrival
    if (number > mostFragments || total > mostFragments) return tooMany(frame)
    const { message, entry, doubt } = this.#find(key, arrival)
    const refusal = refusalOf(message, arrival)
    const repeats = message.fragments.has(number)
    if (refusal !== undefined || message.here.has(number)) return told(message, repeats, refusal)
    message.lastEntry = entry
    if (message.here.size === 0) message.seconds = frame.seconds
    if (!repeats) this.#keep(message, key, number, bytes)
    message.here.add(number)
    message.frames.push(frame.number)
    const answer = told(message, repeats, settleTotal(message, total) ?? doubt)
    if (answer.whole) finish(message)
    return answer
  }

  /** The message that the fragment belongs to, and its entry in the log. */
  #find(key: string, arrival: Arrival): { message: Message; entry: number; doubt: string | undefined } {
    const { number } = arrival.frame
    const known = this.#messages.get(key)
    if (known === undefined || isAnother(known, arrival)) {
      if (known) this.#drop(key, known)
      const entry = this.#log?.enter(number, -1, false) ?? -1
      return { message: this.#start(key), entry, doubt: undefined }
    }
    const doubt = givenUp(known, arrival)
    const entry = this.#log?.enter(number, known.lastEntry, doubt !== undefined) ?? -1
    if (doubt === undefined) return { message: known, entry, doubt }
    this.#drop(key, known)
    return { message: this.#start(key), entry, doubt }
  }

  #start(key: string): Message {
    const message: Message = {
      fragments: new Map(),
      here: new Set(),
      frames: [],
      total: 0,
      length: 0,
      seconds: 0,
      wholeEntry: -1,
      lastEntry: -1,
      isDone: false,
    }
    this.#messages.set(key, message)
    this.#hold(key, roomOfMessage)
    return message
  }

  #keep(message: Message, key: string, number: number, bytes: Uint8Array): void {
    message.fragments.set(number, new Uint8Array(bytes))
    message.length += bytes.length
    this.#hold(key, roomOfFragment + bytes.length)
  }

  #hold(key: string, more: number): void {
    this.#held += more
    for (const [oldest, other] of this.#messages) {
      if (this.#held <= mostHeld) break
      if (oldest !== key) this.#drop(oldest, other)
    }
  }

  #drop(key: string, message: Message): void {
    this.#held -= roomOfMessage + message.length + roomOfFragment * message.fragments.size
    this.#messages.delete(key)
  }
}

function isSame(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0
}

/** True where the message was whole and the fragment is none of it. One that is begun again and left is forgotten. */
function isAnother(message: Message, { frame, number, total, bytes }: Arrival): boolean {
  if (!message.isDone) return false
  if (message.here.size > 0 && frame.seconds - message.seconds > timeout) finish(message)
  return !isSame(message.fragments.get(number), bytes) || (total > 0 && total !== message.total)
}

/** Why the message ends without being whole. */
function givenUp({ isDone, frames, seconds, total: before }: Message, { frame, total }: Arrival) {
  if (isDone || frames.length === 0) return undefined
  const since = `from packet ${frames[0]} on`
  if (frame.seconds - seconds > timeout)
    return `The fragments ${since} were given up after ${timeout} seconds`
  if (before === 0 || total <= before) return undefined
  return `The sender began again, with ${total} fragments: the ${before} ${since} no longer count`
}

/** Why the fragment does not count. */
function refusalOf(message: Message, { number, total, bytes }: Arrival): string | undefined {
  if (message.total > 0 && total > 0 && total < message.total)
    return `It says ${total} fragments, but an earlier one said ${message.total}: it does not count`
  if (message.total > 0 && number > message.total)
    return `The message has ${message.total} fragments: it does not count`
  const known = message.fragments.get(number)
  if (known && !isSame(known, bytes))
    return 'The fragment of this number came before with other bytes, and that one counts: someone may be hiding something'
  if (!known && message.length + bytes.length > longestMessage)
    return `The message would have more than ${longestMessage} bytes: it does not count`
  return undefined
}

/** Takes the total from the fragment, where it says one; says when others lie behind it. */
function settleTotal(message: Message, total: number): string | undefined {
  if (message.total > 0 || total === 0) return undefined
  message.total = total
  const behind = [...message.here].filter(number => number > total)
  for (const number of behind) message.here.delete(number)
  return behind.length > 0 ? `There are fragments behind the last one, number ${total}` : undefined
}

const tooMany = (frame: Frame): NumberedFragment => ({
  whole: undefined,
  frames: [frame.number],
  total: 0,
  missing: [],
  repeats: false,
  doubt: `A message of more than ${mostFragments} fragments is not put together`,
})

function told(message: Message, repeats: boolean, doubt: string | undefined): NumberedFragment {
  const { fragments, here, frames, total } = message
  const isWhole = total > 0 && here.size === total
  const missing: number[] = []
  for (let i = 1; i <= total && missing.length < mostMissing; i++) if (!here.has(i)) missing.push(i)
  const whole = isWhole ? Array.from({ length: total }, (_, i) => fragments.get(i + 1)!) : undefined
  return { whole, frames, total, missing, repeats, doubt }
}

function finish(message: Message): void {
  if (!message.isDone) message.wholeEntry = message.lastEntry
  message.isDone = true
  message.here.clear()
  message.frames = []
  message.lastEntry = message.wholeEntry
}
