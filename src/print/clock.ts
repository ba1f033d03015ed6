import { ByteWriter } from '../byte-writer.ts'
import type { Frame } from '../frame.ts'

/** What tcpdump's -t, repeated, puts before a packet; the index is the number of t's. */
export type TimeStyle = 'local' | 'none' | 'epoch' | 'delta' | 'date' | 'elapsed'
export const timeStyles: readonly TimeStyle[] = ['local', 'none', 'epoch', 'delta', 'date', 'elapsed']

/** When a packet was captured; see `Frame`. */
export type TimeStamp = Pick<Frame, 'seconds' | 'fraction' | 'digits'>

/** Seconds since 1970 with exactly the digits that the capture holds; before 1970 with a sign. */
export function writeEpoch(out: ByteWriter, at: TimeStamp): ByteWriter {
  const { seconds, fraction: rest, digits } = at
  if (seconds >= 0) out.decimal(seconds)
  else out.char(0x2d).decimal(rest > 0 ? -seconds - 1 : -seconds)
  fraction(out, seconds < 0 && rest > 0 ? 10 ** digits - rest : rest, digits)
  return out
}

/** The time from one packet to another with the digits of the finer one: `seconds` rounded towards zero. */
export function timeBetween(from: TimeStamp, to: TimeStamp) {
  const digits = Math.max(from.digits, to.digits)
  const units = 10 ** digits
  let seconds = to.seconds - from.seconds
  let rest = to.fraction * 10 ** (digits - to.digits) - from.fraction * 10 ** (digits - from.digits)
  if (rest < 0) {
    rest += units
    seconds--
  }
  if (seconds >= 0) return { negative: false, seconds, fraction: rest, digits }
  return {
    negative: true,
    seconds: rest > 0 ? -seconds - 1 : -seconds,
    fraction: rest > 0 ? units - rest : 0,
    digits,
  }
}

/** The offset of local time changes at quarters of an hour at most. */
const quarter = 900
const day = 86_400

/** Writes time stamps of successive packets, in local time (`TZ`) where a time of day is asked for. */
export class Clock {
  readonly #style: TimeStyle
  #quarter = Number.NaN
  /** Seconds to add to UTC. */
  #offset = 0
  #date = ''
  /** The text of the current second: many packets share it. */
  #second = Number.NaN
  readonly #text = new ByteWriter(32)
  #from: TimeStamp | undefined

  constructor(style: TimeStyle) {
    this.#style = style
  }

  /** The time of a frame and a blank; nothing for a frame without time. */
  write(out: ByteWriter, frame: TimeStamp): void {
    if (this.#style === 'none' || Number.isNaN(frame.seconds)) return
    if (this.#style === 'delta' || this.#style === 'elapsed') this.#since(out, frame)
    else if (this.#style === 'epoch') writeEpoch(out, frame)
    else {
      this.#local(out, frame.seconds)
      fraction(out, frame.fraction, frame.digits)
    }
    out.char(space)
  }

  #local(out: ByteWriter, seconds: number): void {
    if (seconds !== this.#second) this.#tick(seconds)
    out.raw(this.#text.bytes, 0, this.#text.length)
  }

  #tick(seconds: number): void {
    const out = this.#text
    this.#second = seconds
    out.clear()
    const started = Math.floor(seconds / quarter)
    if (started !== this.#quarter) this.#turn(started)
    if (this.#style === 'date') out.ascii(this.#date)
    const local = (((seconds + this.#offset) % day) + day) % day
    out.padded(Math.floor(local / 3600), 2).char(colon)
    out.padded(Math.floor(local / 60) % 60, 2).char(colon)
    out.padded(local % 60, 2)
  }

  #turn(started: number): void {
    this.#quarter = started
    const at = new Date(started * quarter * 1000)
    // Beyond the year 275760 there is no calendar: such a time is read as UTC.
    this.#offset = Number.isNaN(at.getTime()) ? 0 : -at.getTimezoneOffset() * 60
    const local = new Date((started * quarter + this.#offset) * 1000)
    this.#date = Number.isNaN(local.getTime()) ? '' : `${local.toISOString().slice(0, 10)} `
  }

  /** The time since the last packet (or the first), with a sign where the capture goes back. */
  #since(out: ByteWriter, frame: TimeStamp): void {
    const { negative, seconds, fraction: rest, digits } = timeBetween(this.#from ?? frame, frame)
    out.char(negative ? 0x2d : space)
    out.padded(Math.floor(seconds / 3600), 2).char(colon)
    out.padded(Math.floor(seconds / 60) % 60, 2).char(colon)
    out.padded(seconds % 60, 2)
    fraction(out, rest, digits)
    if (this.#style === 'delta' || this.#from === undefined)
      this.#from = { seconds: frame.seconds, fraction: frame.fraction, digits: frame.digits }
  }
}

const space = 0x20
const colon = 0x3a

function fraction(out: ByteWriter, value: number, digits: number): void {
  if (digits > 0) out.char(0x2e).padded(value, digits)
}
