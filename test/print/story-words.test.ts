import { expect, it } from 'vitest'
import { bytesText, endpointText, gapText, packetsText, spiText } from '../../src/print/story-words.ts'

it.each([
  [[], ''],
  [[3], 'packet 3'],
  [[3, 4], 'packets 3-4'],
  [[1, 3, 4, 5, 9], 'packets 1, 3-5, 9'],
  // A packet may be told of twice.
  [[3, 3], 'packet 3'],
  [Array.from({ length: 12 }, (_, i) => 2 * i), 'packets 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22'],
  [Array.from({ length: 500 }, (_, i) => 2 * i), 'packets 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, … 998'],
])('packets %j', (numbers, text) => {
  expect(packetsText(numbers)).toBe(text)
})

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [1632, '1.6 kB'],
  [9949, '9.9 kB'],
  [9950, '10 kB'],
  [999_499, '999 kB'],
  [999_999, '1.0 MB'],
  [20_123_456, '20 MB'],
  [3e12, '3.0 TB'],
  [9e15, '9.0 PB'],
  [Number.MAX_SAFE_INTEGER * 1000, '9007 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text)
})

it.each([
  [0, '+0.000'],
  [0.0124, '+0.012'],
  [-2.5, '-2.500'],
  [999.9, '+999.900'],
  [86_400.4, '+86400'],
  [Number.NaN, ''],
])('a gap of %d s is %s', (seconds, text) => {
  expect(gapText(seconds)).toBe(text)
})

it('writes endpoints and SPIs as programs take them', () => {
  expect(endpointText({ address: '192.0.2.1', port: 500 })).toBe('192.0.2.1:500')
  expect(endpointText({ address: 'fd00::1', port: 500 })).toBe('[fd00::1]:500')
  expect(endpointText({ address: 'fd00::1', port: 0 })).toBe('fd00::1')
  expect([spiText(0), spiText(0xffffffff)]).toEqual(['0x00000000', '0xffffffff'])
})
