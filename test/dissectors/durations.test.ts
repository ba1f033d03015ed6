import { describe, expect, it } from 'vitest'
import { largeSize, longTime } from '../../dissectors/durations.ts'

describe('long times', () => {
  it.each([
    [Number.NaN, ''],
    [0, ''],
    [119, ''],
    [120, 'That is 2 minutes.'],
    [3600, 'That is 1 hour.'],
    [86400, 'That is 1 day.'],
    [90061, 'That is 1 day and 1 hour.'],
    [604800, 'That is 7 days.'],
    [0xffffffff, 'All bits are set: for ever.'],
  ])('%s seconds', (seconds, said) => expect(longTime(seconds)).toBe(said))
})

describe('large sizes', () => {
  it.each([
    [Number.NaN, ''],
    [999_999, ''],
    [1_500_000, 'That is 1.5 MB.'],
    [4_294_967_295, 'That is 4.3 GB.'],
  ])('%s bytes', (size, said) => expect(largeSize(size)).toBe(said))
})
