/** How far the two clocks may part before the system's clock must have been set: their readings are cut to 1 ms. */
const stepMs = 2

/**
 * The time of day with the resolution of the monotonic clock: Date alone has milliseconds. Follows when the system's
 * clock is set, or stood still in a sleep of the machine.
 */
export class PacketClock {
  /** Of the last reading, since 1970. */
  seconds = 0
  nanoseconds = 0
  readonly #wall: () => number
  readonly #steady: () => number
  /** Milliseconds since 1970 when the steady clock said 0; in two parts, as one double would lose the nanoseconds. */
  #origin = 0
  #offset = 0

  /** Both clocks count milliseconds. */
  constructor(wall: () => number = Date.now, steady: () => number = () => performance.now()) {
    this.#wall = wall
    this.#steady = steady
    // Again where others had the processor meanwhile.
    do {
      const before = wall()
      // The millisecond after a change is the only one whose beginning is known.
      while (wall() === before);
      this.#anchor(wall(), steady())
    } while (this.#isOff(wall(), steady()))
  }

  read(): void {
    let steady = this.#steady()
    if (this.#isOff(this.#wall(), steady)) {
      // Others may have had the processor between the two readings: only what is seen twice is a clock that was set.
      steady = this.#steady()
      const wall = this.#wall()
      if (this.#isOff(wall, steady)) this.#anchor(wall, steady)
    }
    const elapsed = steady - this.#offset
    const whole = Math.floor(elapsed)
    const millis = this.#origin + whole
    this.seconds = Math.floor(millis / 1000)
    this.nanoseconds = (millis - this.seconds * 1000) * 1e6 + Math.floor((elapsed - whole) * 1e6)
  }

  #isOff(wall: number, steady: number): boolean {
    return Math.abs(this.#origin + steady - this.#offset - wall) > stepMs
  }

  #anchor(wall: number, steady: number): void {
    this.#origin = wall
    this.#offset = steady
  }
}
