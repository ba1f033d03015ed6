import { expect, it } from 'vitest'
import { alike, distance } from '../src/alike.ts'

it.each([
  ['host', 'host', 0],
  ['hots', 'host', 1],
  ['hst', 'host', 1],
  ['kitten', 'sitting', 3],
  ['ca', 'ac', 1],
  ['', 'abc', 3],
])('%s and %s are %i slips apart', (one, other, slips) => {
  expect(distance(one, other)).toBe(slips)
  expect(distance(other, one)).toBe(slips)
})

it('finds a short name of which two letters changed places', () => {
  expect(alike('hots', ['net', 'port', 'host'])).toEqual(['host'])
})
