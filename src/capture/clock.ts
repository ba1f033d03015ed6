import type { Frame } from '../frame.ts'

/** How an interface counts time: ticks since 1970 plus `offset` seconds. */
export type Clock = {
  /** Decimal digits that a frame's fraction gets: 0 to 12. */
  readonly digits: number
  /** Ticks a second, where it is a power of ten up to 10^9; 0: the slow way, with the fields below. */
  readonly second: number
  readonly base: 2 | 10
  readonly exponent: number
  /** Seconds to add. */
  readonly offset: number
}

const finest = 12

/**
 * The clock that if_tsresol and if_tsoffset describe. A power of ten keeps its digits (12 at most), a power of two
 * is shown in nanoseconds.
 */
export function clockOf(resolution: number, offset: number): Clock {
  const exponent = resolution & 0x7f
  if (resolution & 0x80) return { digits: 9, second: 0, base: 2, exponent, offset }
  return {
    digits: Math.min(exponent, finest),
    second: exponent <= 9 ? 10 ** exponent : 0,
    base: 10,
    exponent,
    offset,
  }
}

/** Sets the frame's time to that of a 64-bit count of ticks, given in halves; digits beyond `digits` are cut off. */
export function setTime(frame: Frame, clock: Clock, high: number, low: number): void {
  frame.digits = clock.digits
  const second = clock.second
  if (second === 0) {
    setFineTime(frame, clock, high, low)
    return
  }
  // A count of nanoseconds exceeds 2^53, so this divides as on paper, in digits of 32, 16 and 16 bits: each
  // remainder is below 10^9, thus each step below 10^9 * 2^16, exact in a double.
  const q2 = Math.floor(high / second)
  const r2 = (high - q2 * second) * 0x10000 + (low >>> 16)
  const q1 = Math.floor(r2 / second)
  const r1 = (r2 - q1 * second) * 0x10000 + (low & 0xffff)
  const q0 = Math.floor(r1 / second)
  frame.seconds = q2 * 0x100000000 + q1 * 0x10000 + q0 + clock.offset
  frame.fraction = r1 - q0 * second
}

function setFineTime(frame: Frame, clock: Clock, high: number, low: number): void {
  const ticks = (BigInt(high) << 32n) | BigInt(low)
  const second = BigInt(clock.base) ** BigInt(clock.exponent)
  frame.seconds = Number(ticks / second) + clock.offset
  frame.fraction = Number(((ticks % second) * 10n ** BigInt(clock.digits)) / second)
}

/** Seconds and a fraction of `digits` (9 at most) as 64-bit ticks, in halves; undefined where they do not fit. */
export function ticksOf(
  seconds: number,
  fraction: number,
  digits: number,
): readonly [number, number] | undefined {
  const ticks = BigInt(seconds) * 10n ** BigInt(digits) + BigInt(fraction)
  if (ticks < 0n || ticks >= 1n << 64n) return undefined
  return [Number(ticks >> 32n), Number(ticks & 0xffffffffn)]
}

/** The frame's fraction in units of 10^-digits seconds, cut off where it is finer. */
export const fractionIn = (frame: Frame, digits: number): number =>
  frame.digits > digits
    ? Math.floor(frame.fraction / 10 ** (frame.digits - digits))
    : frame.fraction * 10 ** (digits - frame.digits)
