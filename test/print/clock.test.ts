import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ByteWriter } from '../../src/byte-writer.ts'
import { emptyFrame } from '../../src/frame.ts'
import { Clock, type TimeStyle } from '../../src/print/clock.ts'

const stamps = (
  style: TimeStyle,
  ...times: [seconds: number, fraction: number, digits?: number][]
): string[] => {
  const clock = new Clock(style)
  return times.map(([seconds, fraction, digits = 6]) => {
    const out = new ByteWriter()
    clock.write(out, { ...emptyFrame(), seconds, fraction, digits })
    return out.toString()
  })
}

describe('time stamps', () => {
  const zone = process.env['TZ']
  beforeEach(() => {
    process.env['TZ'] = 'Europe/Berlin'
  })
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  })

  // 1711846799 is 2024-03-31 01:59:59 in Berlin, one second before its clocks go on to 03:00 (date -d @…).
  it('follow the change of the clocks', () => {
    expect(stamps('date', [1711846799, 999999], [1711846800, 0])).toEqual([
      '2024-03-31 01:59:59.999999 ',
      '2024-03-31 03:00:00.000000 ',
    ])
  })

  // date -u -d @18446744073709 says 08:01:49, in the year 586524.
  it('beyond all calendars are read as Greenwich time', () => {
    expect(stamps('local', [18446744073709, 551615])).toEqual(['08:01:49.551615 '])
    expect(stamps('date', [18446744073709, 551615])).toEqual(['08:01:49.551615 '])
  })

  it('show the date of the place, not of Greenwich', () => {
    expect(stamps('date', [1711839600, 0])).toEqual(['2024-03-31 00:00:00.000000 '])
    expect(stamps('local', [1711839600, 5, 9])).toEqual(['00:00:00.000000005 '])
  })

  it('count from the packet before, or from the first', () => {
    const times: [number, number][] = [
      [100, 900_000],
      [101, 100_000],
      [104, 0],
    ]
    expect(stamps('delta', ...times)).toEqual([' 00:00:00.000000 ', ' 00:00:00.200000 ', ' 00:00:02.900000 '])
    expect(stamps('elapsed', ...times)).toEqual([
      ' 00:00:00.000000 ',
      ' 00:00:00.200000 ',
      ' 00:00:03.100000 ',
    ])
  })

  it('go back where the capture does', () => {
    expect(stamps('delta', [100, 0], [98, 500_000])[1]).toBe('-00:00:01.500000 ')
  })

  it('are left out where there is none, or none is wanted', () => {
    expect(stamps('local', [Number.NaN, 0])).toEqual([''])
    expect(stamps('none', [1, 0])).toEqual([''])
  })

  it('may lie before 1970', () => {
    process.env['TZ'] = 'UTC'
    expect(stamps('date', [-1, 500_000])).toEqual(['1969-12-31 23:59:59.500000 '])
  })
})
