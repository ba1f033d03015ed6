import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fragments } from '../../src/dissect/fragments.ts'
import { emptyFrame } from '../../src/frame.ts'

const frame = (number: number, seconds = 0) => ({ ...emptyFrame(), number, seconds })
const pattern = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 7) & 0xff)
const fresh = () => new Fragments('reassembled', 'Reassembled')

describe('fragments', () => {
  it('come together in any order, cut anywhere', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 3000 }),
        fc.array(fc.integer({ min: 1, max: 2999 }), { maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (length, cuts, order) => {
          const whole = pattern(length)
          const bounds = [...new Set([0, ...cuts.filter(cut => cut < length), length])].sort((a, b) => a - b)
          const pieces = bounds.slice(1).map((end, i) => [bounds[i]!, end] as const)
          const shuffled = pieces
            .map(piece => ({ piece, key: order.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ piece }) => piece)
          const fragments = fresh()
          shuffled.forEach(([start, end], i) => {
            const found = fragments.add(frame(i + 1), 'k', start, end < length, whole, start, end - start)
            expect(found.doubt).toBeUndefined()
            if (i < shuffled.length - 1) expect(found.whole).toBeUndefined()
            else expect(found.whole?.bytes).toEqual(whole)
          })
        },
      ),
    )
  })

  it('of different datagrams stay apart', () => {
    const fragments = fresh()
    const bytes = pattern(16)
    expect(fragments.add(frame(1), 'a', 0, true, bytes, 0, 8).whole).toBeUndefined()
    expect(fragments.add(frame(2), 'b', 8, false, bytes, 8, 8).whole).toBeUndefined()
    expect(fragments.add(frame(3), 'a', 8, false, bytes, 8, 8).frames).toEqual([1, 3])
  })

  it('are asked about again with the same answer', () => {
    const fragments = fresh()
    const bytes = pattern(16)
    fragments.add(frame(1), 'a', 0, true, bytes, 0, 8)
    const completed = fragments.add(frame(2), 'a', 8, false, bytes, 8, 8)
    expect(fragments.add(frame(1), 'a', 0, true, bytes, 0, 8).whole).toBeUndefined()
    expect(fragments.add(frame(2), 'a', 8, false, bytes, 8, 8)).toBe(completed)
  })

  it('that repeat, overlap or differ are said to', () => {
    const bytes = pattern(32)
    const doubt = (offset: number, length: number, from = bytes) => {
      const fragments = fresh()
      fragments.add(frame(1), 'a', 0, true, bytes, 0, 16)
      return fragments.add(frame(2), 'a', offset, true, from, offset, length).doubt
    }
    expect(doubt(0, 16)).toMatch(/repeats/)
    expect(doubt(8, 16)).toMatch(/overlaps an earlier one$/)
    expect(doubt(8, 8, new Uint8Array(32))).toMatch(/with other bytes/)
    expect(doubt(16, 8)).toBeUndefined()
  })

  it('are given up after a minute', () => {
    const fragments = fresh()
    const bytes = pattern(16)
    fragments.add(frame(1, 100), 'a', 0, true, bytes, 0, 8)
    const late = fragments.add(frame(2, 161), 'a', 8, false, bytes, 8, 8)
    expect(late.whole).toBeUndefined()
    expect(late.doubt).toMatch(/frame 1 on were given up after 60 seconds/)
    const fine = fresh()
    fine.add(frame(1, 100), 'a', 0, true, bytes, 0, 8)
    expect(fine.add(frame(2, 160), 'a', 8, false, bytes, 8, 8).whole?.bytes).toEqual(bytes)
  })

  it('that claim more than a datagram can hold are refused', () => {
    const found = fresh().add(frame(1), 'a', 65528, false, pattern(16), 0, 16)
    expect(found.whole).toBeUndefined()
    expect(found.doubt).toMatch(/past 65535/)
  })

  it('with a second, different end are doubted', () => {
    const fragments = fresh()
    const bytes = pattern(32)
    fragments.add(frame(1), 'a', 16, false, bytes, 16, 16)
    expect(fragments.add(frame(2), 'a', 8, false, bytes, 8, 8).doubt).toMatch(/second last fragment/)
  })

  it('never finished do not pile up', () => {
    const fragments = fresh()
    const bytes = pattern(60_000)
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < 5000; i++) fragments.add(frame(i + 1), `k${i}`, 0, true, bytes, 0, bytes.length)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150 * 1024 * 1024)
  })
})
