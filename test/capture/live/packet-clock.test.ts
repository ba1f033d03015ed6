import { expect, it } from 'vitest'
import { PacketClock } from '../../../src/capture/live/packet-clock.ts'

/** Both clocks of a system, set by the test. The wall clock shows whole milliseconds, and moves at each reading at first. */
class Clocks {
  wall = 1_700_000_000_123
  steady = 5_000.25
  starting = true
  interruption = 0
  readonly clock = new PacketClock(
    () => {
      this.pass(this.interruption)
      this.interruption = 0
      return this.starting ? Math.floor(this.wall++) : Math.floor(this.wall)
    },
    () => this.steady,
  )

  constructor() {
    this.starting = false
  }

  pass(ms: number): void {
    this.wall += ms
    this.steady += ms
  }

  /** So many milliseconds pass before the wall clock is read next. */
  interrupt(ms: number): void {
    this.interruption = ms
  }

  read(): [number, number] {
    this.clock.read()
    return [this.clock.seconds, this.clock.nanoseconds]
  }
}

it('counts nanoseconds between the milliseconds of the system clock', () => {
  const clocks = new Clocks()
  const [seconds, nanoseconds] = clocks.read()
  expect(seconds).toBe(1_700_000_000)
  expect(nanoseconds % 1e6).toBe(0)
  clocks.pass(0.5)
  expect(clocks.read()).toEqual([seconds, nanoseconds + 500_000])
  clocks.pass(2000.25)
  expect(clocks.read()).toEqual([seconds + 2, nanoseconds + 750_000])
})

it.each([3_600_000, -3_600_000, 5, -5])('follows a system clock that is set by %s ms', step => {
  const clocks = new Clocks()
  clocks.pass(10.5)
  clocks.wall = Math.floor(clocks.wall) + step
  const [seconds, nanoseconds] = clocks.read()
  expect(seconds * 1000 + nanoseconds / 1e6).toBe(clocks.wall)
})

it('does not take it for a clock that was set when others have the processor between its two readings', () => {
  const clocks = new Clocks()
  const [seconds, nanoseconds] = clocks.read()
  clocks.pass(0.25)
  clocks.interrupt(40)
  expect(clocks.read()).toEqual([seconds, nanoseconds + 40_250_000])
  clocks.pass(0.25)
  expect(clocks.read()).toEqual([seconds, nanoseconds + 40_500_000])
})

it('does not follow the system clock within its own precision', () => {
  const clocks = new Clocks()
  const [seconds, nanoseconds] = clocks.read()
  for (let i = 1; i <= 1000; i++) {
    clocks.pass(0.001)
    expect(clocks.read()).toEqual([seconds, nanoseconds + i * 1000])
  }
})

it('agrees with Date on a real system, and never goes back', () => {
  const clock = new PacketClock()
  let last = 0
  for (let i = 0; i < 10_000; i++) {
    const before = Date.now()
    clock.read()
    const now = clock.seconds * 1e6 + clock.nanoseconds / 1e3
    expect(now).toBeGreaterThanOrEqual(last)
    expect(now / 1e3).toBeGreaterThan(before - 3)
    expect(now / 1e3).toBeLessThan(Date.now() + 3)
    last = now
  }
})
