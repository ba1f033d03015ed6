import fc from 'fast-check'
import { expect, it } from 'vitest'
import { orderOf, type PacketOrder, type Rank } from '../../src/store/packet-order.ts'

const going = { signal: new AbortController().signal, progress() {} }
const rows = (order: PacketOrder | undefined): number[] =>
  order ? Array.from({ length: order.length }, (_, row) => order.at(row)) : []

it('has numbers first, then texts with their numbers by value, then what has nothing; alike stay in order', async () => {
  const ranks: Rank[] = ['10.0.0.10', 7, undefined, '10.0.0.9', -1, 7, Number.NaN, 'b', 'a']
  const packets = Uint32Array.from(ranks, (_, i) => i + 1)
  const order = await orderOf(packets, packet => ranks[packet - 1], false, going)
  expect(rows(order)).toEqual([5, 2, 6, 4, 1, 9, 8, 3, 7])
  const other = await orderOf(packets, packet => ranks[packet - 1], true, going)
  expect(rows(other)).toEqual([2, 6, 5, 8, 9, 1, 4, 3, 7])
})

it('knows the row of each packet', async () => {
  const order = await orderOf(new Uint32Array([3, 5, 900]), packet => -packet, false, going)
  expect([3, 5, 900, 4, 901, 0].map(packet => order?.rowOf(packet))).toEqual([2, 1, 0, -1, -1, -1])
  expect(order?.last).toBe(900)
})

it('sorts as a plain sort does, however many there are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(3000), fc.integer({ min: 1, max: 500 }), async (count, values) => {
      const rankOf = (packet: number) => (packet * 7919) % values
      const packets = Uint32Array.from({ length: count }, (_, i) => i * 2 + 1)
      const plain = [...packets].sort((a, b) => rankOf(a) - rankOf(b) || a - b)
      expect(rows(await orderOf(packets, rankOf, false, going))).toEqual(plain)
    }),
    { numRuns: 40 },
  )
})

it('tells how far it is, and stops when it is told to', async () => {
  const own = new AbortController()
  const slow = (packet: number) => {
    const until = performance.now() + 0.2
    while (performance.now() < until);
    return packet
  }
  const told: number[] = []
  const order = await orderOf(
    Uint32Array.from({ length: 5000 }, (_, i) => i + 1),
    slow,
    false,
    {
      signal: own.signal,
      progress: (done, total) => {
        told.push(done / total)
        if (told.length === 3) own.abort()
      },
    },
  )
  expect(order).toBeUndefined()
  expect(told).toHaveLength(3)
  expect(told).toEqual([...told].sort((a, b) => a - b))
  expect(told.at(-1)).toBeLessThan(1)
})
