import { describe, expect, it } from 'vitest'
import { SequenceWindow, windowSize } from '../../src/follow/sequence-window.ts'

function counted(...numbers: number[]) {
  const window = new SequenceWindow()
  for (const number of numbers) window.add(number)
  const { lowest, highest, missing, replays, late } = window
  return { lowest, highest, missing, replays, late }
}

describe('sequence numbers', () => {
  it.each([
    ['in a row', [1, 2, 3, 4], { lowest: 1, highest: 4, missing: 0, replays: 0, late: 0 }],
    ['with two lost', [1, 2, 5], { lowest: 1, highest: 5, missing: 2, replays: 0, late: 0 }],
    ['out of order', [1, 3, 2, 4], { lowest: 1, highest: 4, missing: 0, replays: 0, late: 0 }],
    ['before the first one seen', [10, 9, 7], { lowest: 7, highest: 10, missing: 1, replays: 0, late: 0 }],
    ['twice', [1, 2, 2, 1, 3], { lowest: 1, highest: 3, missing: 0, replays: 2, late: 0 }],
    ['one alone', [7], { lowest: 7, highest: 7, missing: 0, replays: 0, late: 0 }],
    ['far ahead', [1, 1000001], { lowest: 1, highest: 1000001, missing: 999999, replays: 0, late: 0 }],
    ['none', [], { lowest: 0, highest: -1, missing: 0, replays: 0, late: 0 }],
  ])('%s', (_, numbers, expected) => {
    expect(counted(...numbers)).toEqual(expected)
  })

  it('cannot tell a repeat from a late packet behind the window', () => {
    const all = Array.from({ length: windowSize + 10 }, (_, i) => i + 1)
    expect(counted(...all, 11)).toMatchObject({ replays: 1, late: 0 })
    expect(counted(...all, 10)).toMatchObject({ replays: 0, late: 1, missing: 0 })
  })

  it('goes on where 32 bits of extended numbers wrap', () => {
    expect(counted(0xfffffffe, 0xffffffff, 0, 1)).toEqual({
      lowest: 0xfffffffe,
      highest: 0x100000001,
      missing: 0,
      replays: 0,
      late: 0,
    })
    expect(counted(0xfffffffe, 0, 0xffffffff, 0)).toMatchObject({ missing: 0, replays: 1 })
  })

  it('agrees with a list of all numbers, whatever the order', () => {
    let seed = 4303
    const random = (below: number) => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      return (seed >>> 8) % below
    }
    for (let round = 0; round < 50; round++) {
      const window = new SequenceWindow()
      const all: number[] = []
      let replays = 0
      let at = 2000
      for (let i = 0; i < 2000; i++) {
        at += random(3)
        const number = at - random(500)
        if (all.includes(number)) replays++
        all.push(number)
        window.add(number)
      }
      const lowest = Math.min(...all)
      const highest = Math.max(...all)
      expect(window).toMatchObject({ lowest, highest, replays, late: 0 })
      expect(window.missing).toBe(highest - lowest + 1 - new Set(all).size)
    }
  })
})
