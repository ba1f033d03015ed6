/**
 * A small deterministic generator (xorshift32, Marsaglia 2003): the same seed gives the same numbers on every
 * machine. Not for secrets.
 */
export type Random = {
  /** The next number, 0 to 2^32 - 1. */
  next(): number
  /** A number from `from` to `to`, both included. */
  between(from: number, to: number): number
}

export function randomFrom(seed: number): Random {
  // Multiplying spreads neighbouring seeds; xorshift cannot leave the state 0.
  let state = Math.imul(seed + 1, 0x9e3779b9) || 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  return { next, between: (from, to) => from + Math.floor((next() / 2 ** 32) * (to - from + 1)) }
}

/** Brings the numbers into a random order (Fisher and Yates). */
export function shuffle(numbers: Uint8Array, random: Random): void {
  for (let last = numbers.length - 1; last > 0; last--) {
    const other = random.between(0, last)
    const held = numbers[last]!
    numbers[last] = numbers[other]!
    numbers[other] = held
  }
}
