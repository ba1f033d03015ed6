import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { noPackets, PacketList, type PacketNumbers } from '../../src/store/packet-numbers.ts'
import { heldBytes } from '../held-bytes.ts'

const rows = (of: PacketNumbers): number[] =>
  Array.from({ length: of.end - of.first }, (_, i) => of.at(of.first + i))

describe('numbers of packets', () => {
  it('are those of a plain list, whatever is added and forgotten', () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 1, max: 900 }) }),
      fc.record({ forget: fc.integer({ min: 0, max: 2500 }) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), steps => {
        const list = new PacketList()
        let plain: number[] = []
        let [last, gone, bound] = [0, 0, 0]
        for (const one of steps) {
          if ('add' in one)
            for (let i = 0; i < one.add; i++) {
              last += 1 + ((last * 7 + i) % 3)
              if (last < bound) continue
              list.add(last)
              plain.push(last)
            }
          else {
            bound = Math.max(bound, one.forget)
            list.forget(bound)
            const left = plain.filter(packet => packet >= bound)
            gone += plain.length - left.length
            plain = left
          }
          const { now } = list
          expect([now.first, now.end]).toEqual([gone, gone + plain.length])
          expect(rows(now)).toEqual(plain)
          for (const packet of [0, bound, last, last + 1, Math.floor(last / 2)]) {
            const place = plain.findIndex(each => each >= packet)
            expect(now.rowFrom(packet)).toBe(place < 0 ? now.end : gone + place)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('stay what they were when more is added', () => {
    const list = new PacketList()
    for (let packet = 1; packet <= 256; packet++) list.add(packet)
    const { now } = list
    for (let packet = 257; packet <= 5000; packet++) list.add(packet)
    list.forget(4000)
    for (let packet = 5001; packet <= 9000; packet++) list.add(packet)
    expect(rows(now)).toEqual(Array.from({ length: 256 }, (_, i) => i + 1))
  })

  it('take as much memory as there are packets, not as there ever were', async () => {
    const list = new PacketList()
    const before = await heldBytes()
    for (let packet = 1; packet <= 3_000_000; packet++) {
      list.add(packet)
      if (packet % 1000 === 0) list.forget(packet - 10_000)
    }
    expect((await heldBytes()) - before).toBeLessThan(500_000)
    expect(rows(list.now)).toHaveLength(10_001)
  })

  it('are none at first', () => {
    expect([noPackets.first, noPackets.end, noPackets.rowFrom(1)]).toEqual([0, 0, 0])
  })
})
