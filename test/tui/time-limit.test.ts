import { expect, it } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import { withinTime } from '../../src/tui/time-limit.ts'

it('ends what takes too long, even inside a regular expression', () => {
  const text = `${'a'.repeat(60)}b`
  expect(withinTime(20, () => /^(a+)+$/.exec(text) ?? { none: true })).toBeUndefined()
  const endless = () => {
    for (;;);
  }
  expect(withinTime(20, endless)).toBeUndefined()
})

it('passes on what the work says, and what it throws', () => {
  const said = { said: true }
  expect(withinTime(10_000, () => said)).toBe(said)
  const work = () => {
    throw new CaptureError('gone')
  }
  expect(() => withinTime(10_000, work)).toThrow(CaptureError)
})
