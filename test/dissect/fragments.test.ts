import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Fragments } from '../../src/dissect/fragments.ts'
import { emptyFrame } from '../../src/frame.ts'
import { heldBytes } from '../held-bytes.ts'

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
            const found = fragments.add(frame(i + 1), 'k', start, end < length, whole, start, end - start, 17)
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
    expect(fragments.add(frame(1), 'a', 0, true, bytes, 0, 8, 17).whole).toBeUndefined()
    expect(fragments.add(frame(2), 'b', 8, false, bytes, 8, 8, 17).whole).toBeUndefined()
    expect(fragments.add(frame(3), 'a', 8, false, bytes, 8, 8, 17).frames).toEqual([1, 3])
  })

  it('are asked about again with the same answer', () => {
    const fragments = fresh()
    const bytes = pattern(16)
    fragments.add(frame(1), 'a', 0, true, bytes, 0, 8, 17)
    const completed = fragments.add(frame(2), 'a', 8, false, bytes, 8, 8, 17)
    expect(fragments.add(frame(1), 'a', 0, true, bytes, 0, 8, 17).whole).toBeUndefined()
    expect(fragments.add(frame(2), 'a', 8, false, bytes, 8, 8, 17)).toBe(completed)
  })

  it('that repeat, overlap or differ are said to', () => {
    const bytes = pattern(32)
    const doubt = (offset: number, length: number, from = bytes) => {
      const fragments = fresh()
      fragments.add(frame(1), 'a', 0, true, bytes, 0, 16, 17)
      return fragments.add(frame(2), 'a', offset, true, from, offset, length, 17).doubt
    }
    expect(doubt(0, 16)).toMatch(/repeats/)
    expect(doubt(8, 16)).toMatch(/overlaps an earlier one$/)
    expect(doubt(8, 8, new Uint8Array(32))).toMatch(/with other bytes/)
    expect(doubt(16, 8)).toBeUndefined()
  })

  it('are given up after a minute', () => {
    const fragments = fresh()
    const bytes = pattern(16)
    fragments.add(frame(1, 100), 'a', 0, true, bytes, 0, 8, 17)
    const late = fragments.add(frame(2, 161), 'a', 8, false, bytes, 8, 8, 17)
    expect(late.whole).toBeUndefined()
    expect(late.doubt).toMatch(/frame 1 on were given up after 60 seconds/)
    const fine = fresh()
    fine.add(frame(1, 100), 'a', 0, true, bytes, 0, 8, 17)
    expect(fine.add(frame(2, 160), 'a', 8, false, bytes, 8, 8, 17).whole?.bytes).toEqual(bytes)
  })

  it('that claim more than a datagram can hold are refused', () => {
    const found = fresh().add(frame(1), 'a', 65528, false, pattern(16), 0, 16, 17)
    expect(found.whole).toBeUndefined()
    expect(found.doubt).toMatch(/past 65535/)
  })

  it('with a second, different end are doubted', () => {
    const fragments = fresh()
    const bytes = pattern(32)
    fragments.add(frame(1), 'a', 16, false, bytes, 16, 16, 17)
    expect(fragments.add(frame(2), 'a', 8, false, bytes, 8, 8, 17).doubt).toMatch(/second last fragment/)
  })

  it('behind the last one are doubted', () => {
    const bytes = pattern(32)
    const late = fresh()
    late.add(frame(1), 'a', 8, false, bytes, 8, 8, 17)
    expect(late.add(frame(2), 'a', 16, true, bytes, 16, 16, 17).doubt).toMatch(/up to 32, behind .* byte 16$/)
    const early = fresh()
    early.add(frame(1), 'a', 16, true, bytes, 16, 16, 17)
    expect(early.add(frame(2), 'a', 8, false, bytes, 8, 8, 17).doubt).toMatch(/up to 32, behind .* byte 16$/)
  })

  it('that do not agree on what they carry follow the first one (RFC 8200 §4.5)', () => {
    const bytes = pattern(16)
    const first = fresh()
    first.add(frame(1), 'a', 0, true, bytes, 0, 8, 17)
    expect(first.add(frame(2), 'a', 8, false, bytes, 8, 8, 6).carried).toBe(17)
    const last = fresh()
    last.add(frame(1), 'a', 8, false, bytes, 8, 8, 6)
    expect(last.add(frame(2), 'a', 0, true, bytes, 0, 8, 17).carried).toBe(17)
  })

  it('that come again and again are not all remembered', () => {
    const fragments = fresh()
    const bytes = pattern(16)
    for (let i = 1; i <= 20_000; i++) fragments.add(frame(i), 'a', 0, true, bytes, 0, 8, 17)
    const { frames, whole } = fragments.add(frame(20_001), 'a', 8, false, bytes, 8, 8, 17)
    expect(whole?.bytes).toEqual(bytes)
    expect(frames.length).toBe(8192)
  })

  it('without a byte count like others', () => {
    const fragments = fresh()
    const bytes = pattern(8)
    for (let i = 0; i < 100_000; i++) fragments.add(frame(i + 1), `k${i}`, 0, true, bytes, 0, 0, 17)
    fragments.add(frame(100_001), 'k0', 0, true, bytes, 0, 8, 17)
    expect(fragments.add(frame(100_002), 'k0', 8, false, bytes, 0, 8, 17).frames).toEqual([100_001, 100_002])
  })

  it('never finished do not pile up', async () => {
    const fragments = fresh()
    const bytes = pattern(60_000)
    const before = await heldBytes()
    for (let i = 0; i < 5000; i++) fragments.add(frame(i + 1), `k${i}`, 0, true, bytes, 0, bytes.length, 17)
    expect((await heldBytes()) - before).toBeLessThan(80 * 1024 * 1024)
    // The last one is still there.
    expect(fragments.add(frame(5001), 'k4999', 60_000, false, bytes, 0, 8, 17).frames).toEqual([5000, 5001])
  })
})
