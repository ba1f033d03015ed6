import { execFileSync } from 'node:child_process'
import { afterAll, describe, expect, it } from 'vitest'
import { strftime } from '../../src/capture/strftime.ts'

const zone = process.env['TZ']
afterAll(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

const hasGnuDate = (() => {
  try {
    return execFileSync('date', ['--version'], { encoding: 'utf8' }).includes('GNU')
  } catch {
    return false
  }
})()

/** One moment of each weekday, first and last days of years with 52 and 53 weeks, leap days, both sides of noon. */
const moments = [
  0, 86_399, 951_782_399, 1_104_537_600, 1_230_768_000, 1_262_260_800, 1_293_839_999, 1_325_376_000,
  1_582_934_400, 1_609_459_199, 1_609_459_200, 1_700_000_000, 1_711_846_799, 1_711_846_800, 1_720_008_000,
  1_720_051_200, 1_735_603_200, 4_102_444_799,
]

describe.skipIf(!hasGnuDate)('a pattern becomes what GNU date makes of it', () => {
  const letters = [...'aAbBcCdDeFgGhHIjklmMnpPrRsStTuUVwWxXyYzZ%']
  const flagged = ['%-d', '%_H', '%0e', '%^a', '%^B', '%Ey', '%Od', '%-j', '%_m', '%e%e', 'a-%H%M-%%S.pcap']
  const pattern = [...letters.map(letter => `%${letter}`), ...flagged].join('|')

  it.each(['UTC', 'America/New_York', 'Asia/Kathmandu'])('in %s', place => {
    process.env['TZ'] = place
    // Only New York and Greenwich have a name for their time that Node knows as well.
    const asked = place === 'Asia/Kathmandu' ? pattern.replace('|%Z', '') : pattern
    for (const moment of moments) {
      const expected = execFileSync('date', ['-d', `@${moment}`, `+${asked}`], {
        encoding: 'utf8',
        env: { ...process.env, TZ: place, LC_ALL: 'C' },
      })
      expect(strftime(asked, new Date(moment * 1000))).toBe(expected.slice(0, -1))
    }
  })
})

it('leaves alone what is no conversion', () => {
  expect(strftime('100% %Q %f %', new Date(0))).toBe('100% %Q %f %')
})
