import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteQueue } from '../../src/capture/byte-queue.ts'

it('gives bytes back in the order in which they came, however they are cut', () => {
  const pieces = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 600_000 }), fc.integer({ min: 0, max: 600_000 })),
    {
      maxLength: 12,
    },
  )
  fc.assert(
    fc.property(pieces, cuts => {
      const queue = new ByteQueue()
      let put = 0
      let taken = 0
      const check = (into: Uint8Array) => {
        const count = queue.take(into)
        expect(count).toBe(Math.min(into.length, put - taken))
        for (const at of [0, count >> 1, count - 1])
          if (at >= 0 && at < count) expect(into[at]).toBe((taken + at) % 251)
        taken += count
        expect(queue.length).toBe(put - taken)
      }
      for (const [length, room] of cuts) {
        const from = put
        queue.put(Uint8Array.from({ length }, (_, i) => (from + i) % 251))
        put += length
        check(new Uint8Array(room))
      }
      check(new Uint8Array(put))
    }),
    { numRuns: 30 },
  )
})
