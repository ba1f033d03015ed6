import type { Frame } from '../frame.ts'
import type { Flows } from './flows.ts'

/** A time as frames have it: seconds since 1970 (NaN: none), and a fraction in units of 10^-digits. */
export type Moment = Pick<Frame, 'seconds' | 'fraction' | 'digits'>

/** What a filter may ask of a packet that is not in the packet. */
export type PacketFacts = {
  /** When the first packet of the capture came. */
  readonly first: Moment | undefined
  /** When the packet before this one came. */
  readonly previous: Moment | undefined
  /** The name of its interface; empty: none. */
  readonly interfaceName: string
  readonly marked: boolean
  /** The flows of this packet and those before; undefined: nobody asked for them. */
  readonly flows: Flows | undefined
}

/** Where nothing is known but the packet. */
export const noFacts: PacketFacts = {
  first: undefined,
  previous: undefined,
  interfaceName: '',
  marked: false,
  flows: undefined,
}

/** Nanoseconds since 1970; undefined: no time. */
export function nanoseconds({ seconds, fraction, digits }: Moment): bigint | undefined {
  if (Number.isNaN(seconds)) return undefined
  const rest = digits <= 9 ? fraction * 10 ** (9 - digits) : Math.floor(fraction / 10 ** (digits - 9))
  return BigInt(seconds) * 1_000_000_000n + BigInt(rest)
}

/** The facts of one packet after the other, in the order of a capture. */
export class RunningFacts implements PacketFacts {
  first: Moment | undefined
  previous: Moment | undefined
  interfaceName = ''
  readonly marked = false
  /** Has seen the packets by now, where they are shown to it. */
  flows: Flows | undefined
  #now = { seconds: Number.NaN, fraction: 0, digits: 6 }
  #before = { ...this.#now }

  /** Goes on to the next packet. */
  next({ seconds, fraction, digits }: Moment, interfaceName: string): void {
    this.previous = this.first && this.#now
    const now = this.#before
    this.#before = this.#now
    this.#now = now
    now.seconds = seconds
    now.fraction = fraction
    now.digits = digits
    this.first ??= { ...now }
    this.interfaceName = interfaceName
  }
}
