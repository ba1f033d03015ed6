import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReadAhead } from '../../src/capture/read-ahead.ts'

const file = Uint8Array.from({ length: 1 << 20 }, (_, i) => (i * 2654435761) >>> 24)

/** Reads of a file that may end earlier, and what was read. */
function reading(end = file.length) {
  const reads: { position: number; length: number }[] = []
  const ahead = new ReadAhead((into, position) => {
    const bytes = file.subarray(position, Math.min(end, position + into.length))
    into.set(bytes)
    reads.push({ position, length: into.length })
    return bytes.length
  })
  const at = (position: number, length: number) => {
    const start = ahead.find(position, length)
    return start < 0 ? undefined : ahead.bytes.slice(start, start + length)
  }
  return { at, reads }
}

describe('reading ahead', () => {
  it('gives the bytes of any place, in any order', () => {
    const place = fc.tuple(fc.nat(file.length), fc.nat(70_000))
    fc.assert(
      fc.property(fc.array(place, { maxLength: 20 }), places => {
        const { at } = reading()
        for (const [position, length] of places) {
          const found = at(position, length)
          const wanted = file.slice(position, position + length)
          if (wanted.length < length) expect(found).toBeUndefined()
          else expect(Buffer.compare(found ?? new Uint8Array(0), wanted), `${position}`).toBe(0)
        }
      }),
      { numRuns: 100, seed: 3 },
    )
  })

  it('reads places behind each other with few reads', () => {
    const { at, reads } = reading()
    for (let position = 0; position + 500 <= file.length; position += 516) at(position, 500)
    expect(reads.length).toBeLessThan(15)
    expect(reads.at(-1)?.length).toBe(1 << 18)
  })

  it('reads little where places lie far from each other', () => {
    const { at, reads } = reading()
    for (const position of [900_000, 500_000, 0, 700_000]) at(position, 100)
    expect(reads.map(({ length }) => length)).toEqual([4096, 4096, 4096, 4096])
  })

  it('finds what is longer than all that it reads otherwise', () => {
    expect(Buffer.compare(reading().at(5, 600_000) ?? new Uint8Array(0), file.slice(5, 600_005))).toBe(0)
  })

  it('finds at the end of a growing file what has been written', () => {
    let end = 1000
    const ahead = new ReadAhead((into, position) => {
      const bytes = file.subarray(position, Math.min(end, position + into.length))
      into.set(bytes)
      return bytes.length
    })
    expect(ahead.find(900, 100)).toBe(0)
    expect(ahead.find(1000, 100)).toBe(-1)
    end = 1100
    expect(ahead.find(1000, 100)).toBe(0)
    expect(ahead.bytes.slice(0, 100)).toEqual(file.slice(1000, 1100))
  })

  it('has nothing after a read that failed', () => {
    let fails = false
    const ahead = new ReadAhead((into, position) => {
      if (fails) throw new Error('EIO')
      into.set(file.subarray(position, position + into.length))
      return into.length
    })
    expect(ahead.find(0, 10)).toBe(0)
    fails = true
    expect(() => ahead.find(100_000, 10)).toThrow('EIO')
    expect(() => ahead.find(100_000, 10)).toThrow('EIO')
    expect(() => ahead.find(0, 10)).toThrow('EIO')
  })
})
