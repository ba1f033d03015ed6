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
    const before = wall()
    // The millisecond after a change is the only one whose beginning is known.
    while (wall() === before);
    this.#anchor(wall(), steady())
  }

  read(): void {
    const steady = this.#steady()
    const wall = this.#wall()
    if (Math.abs(this.#origin + steady - this.#offset - wall) > stepMs) this.#anchor(wall, steady)
    const elapsed = steady - this.#offset
    const whole = Math.floor(elapsed)
    const millis = this.#origin + whole
    this.seconds = Math.floor(millis / 1000)
    this.nanoseconds = (millis - this.seconds * 1000) * 1e6 + Math.floor((elapsed - whole) * 1e6)
  }

  #anchor(wall: number, steady: number): void {
    this.#origin = wall
    this.#offset = steady
  }
}
