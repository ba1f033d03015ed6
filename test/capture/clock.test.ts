import { expect, it } from 'vitest'
import { clockOf, setTime, ticksOf } from '../../src/capture/clock.ts'
import { emptyFrame } from '../../src/frame.ts'
import { timeOf } from './bytes.ts'

// if_tsresol, if_tsoffset, ticks; the time is what tshark 4.0 prints for a packet with them, without its padding.
it.each([
  [6, 0, 0x60a24, 0x18202240, '1700000000.123456'],
  [9, 0, 0x17979cfe, 0x710868b1, '1700000000.987654321'],
  [3, 0, 0x18b, 0xcfe56be7, '1700000000.999'],
  [0, 0, 0, 0x6553f100, '1700000000.0'],
  [1, 0, 3, 0xf5476a05, '1700000000.5'],
  [8, 0, 0x25bf619, 0x6c8d614e, '1700000000.12345678'],
  [9, 3600, 0x17979cfe, 0x71c4c9ff, '1700003600.999999999'],
  [6, -3600, 0x60a24, 0x181e4001, '1699996400.000001'],
  [9, -1, 0, 0, '-1.000000000'],
  [0x94, 0, 0x6553f, 0x10003039, '1700000000.011773109'],
  [0x9e, 0, 0x1954fc40, 0x3fffffff, '1700000000.999999999'],
  [0xa0, 0, 0x6553f100, 0x80000001, '1700000000.500000000'],
  [9, 0, 0xffffffff, 0xffffffff, '18446744073.709551615'],
  [6, 0, 0xffffffff, 0xffffffff, '18446744073709.551615'],
])('resolution %i, offset %i, ticks %i %i', (resolution, offset, high, low, time) => {
  const frame = emptyFrame()
  setTime(frame, clockOf(resolution, offset), high, low)
  expect(timeOf(frame)).toBe(time)
})

// 2^64 - 1 ticks by hand.
it.each([
  [12, '18446744.073709551615'],
  [13, '1844674.407370955161'],
  [0xc0, '0.999999999'],
  [0xff, '0.000000000'],
])('resolution %i is as fine as a frame holds', (resolution, time) => {
  const frame = emptyFrame()
  setTime(frame, clockOf(resolution, 0), 0xffffffff, 0xffffffff)
  expect(timeOf(frame)).toBe(time)
})

it('counts ticks as pcapng files hold them', () => {
  expect(ticksOf(1700000000, 987654321, 9)).toEqual([0x17979cfe, 0x710868b1])
  expect(ticksOf(18446744073, 709551615, 9)).toEqual([0xffffffff, 0xffffffff])
  expect(ticksOf(18446744073, 709551616, 9)).toBeUndefined()
  expect(ticksOf(-1, 0, 9)).toBeUndefined()
})
