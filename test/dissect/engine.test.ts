import { describe, expect, it } from 'vitest'
import { Dissector } from '../../src/dissect/dissect.ts'
import { maxLayers } from '../../src/dissect/dissection.ts'
import { field } from '../../src/dissect/field.ts'
import { NumberSpace } from '../../src/dissect/number-space.ts'
import { protocol, register } from '../../src/dissect/protocol.ts'
import { frameOf, hexBytes } from '../peel.ts'

// A protocol of our own, so that the engine is tested without any real one: type, length, options, payload.
const kinds = new NumberSpace('kind', 256, { 1: 'box' })
const explain = 'A field for tests.'
const f = {
  high: field('box.high', 'High', { explain }),
  flag: field('box.flag', 'Flag', { type: 'flag', explain }),
  low: field('box.low', 'Low', { explain }),
  next: field('box.next', 'Next', { explain, values: kinds }),
  length: field('box.len', 'Length', { explain }),
  options: field('box.options', 'Options', { type: 'group', explain }),
  option: field('box.option', 'Option', { type: 'group', explain }),
  optionLength: field('box.option.len', 'Option length', { explain }),
  optionData: field('box.option.data', 'Option data', { type: 'bytes', explain }),
  padding: field('box.padding', 'Padding', { type: 'bytes', explain }),
}

/** 1 byte of bits, next, total length, length of options, then options of (length, data), then the payload. */
const box = protocol({
  id: 'box',
  name: 'Box',
  reference: 'RFC 0',
  about: 'A protocol for tests.',
  fields: f,
  claims: [[kinds, 1]],
  walk(r) {
    r.bits(f.high, 3)
    r.flag(f.flag)
    r.bits(f.low, 4)
    const next = r.u8(f.next)
    r.limitTo(r.u8(f.length), f.length)
    r.open(f.options)
    r.claim(r.u8(f.optionLength), f.optionLength)
    while (r.more()) {
      r.open(f.option)
      const length = r.u8(f.optionLength)
      r.claim(length, f.optionLength)
      r.octets(f.optionData, length - 1)
      r.close()
    }
    r.close()
    return r.payload(kinds, next)
  },
  trailer(r) {
    r.rest(f.padding)
  },
  summary: () => '',
})
register([box])

const linkTypes = new NumberSpace('link type', 256, {})
linkTypes.claim(1, box)
const dissector = new Dissector(linkTypes)

const dissect = (hex: string, wireLength?: number) => {
  const found = dissector.dissect(frameOf(hexBytes(hex), 1, wireLength), 'noted')
  const records = Array.from({ length: found.fieldCount }, (_, i) => {
    const value = found.values[i]!
    return `${'  '.repeat(found.depths[i]!)}${found.fields[i]!.name} ${found.bits[i]}+${found.bitLengths[i]}${Number.isNaN(value) ? '' : ` = ${value}`}`
  })
  const layers = Array.from(
    { length: found.layerCount },
    (_, i) => `${found.protocols[i]!.id} ${found.starts[i]} ${found.statuses[i]}`,
  )
  return { found, records, layers, notes: found.notes.map(note => `${note.severity}: ${note.text}`) }
}

describe('a sound packet', () => {
  it('becomes layers and fields, bit by bit', () => {
    const { records, layers, notes } = dissect('b5 00 0a 04 03aabb cafe42')
    expect(records).toEqual([
      'box.high 0+3 = 5',
      'box.flag 3+1 = 1',
      'box.low 4+4 = 5',
      'box.next 8+8 = 0',
      'box.len 16+8 = 10',
      'box.options 24+32',
      '  box.option.len 24+8 = 4',
      '  box.option 32+24',
      '    box.option.len 32+8 = 3',
      '    box.option.data 40+16',
      'data.data 56+24',
    ])
    expect(layers).toEqual(['box 0 unknown', 'data 7 complete'])
    expect(notes).toEqual(['info: No dissector claims kind 0'])
  })

  it('carries another of its kind, and each takes its own trailer', () => {
    // Outer: 4 + inner 6 (of which the last byte is outside the inner's 5) + payload; frame padded by 2.
    const { found, layers } = dissect('00 01 0b 01  00 00 06 01 aa55  77  eeee')
    expect(layers).toEqual(['box 0 complete', 'box 4 unknown', 'data 8 complete'])
    const trailer = (layer: number) =>
      found.trailerFirst[layer] === found.trailerLast[layer]
        ? undefined
        : `${found.fields[found.trailerFirst[layer]!]!.name} ${found.bits[found.trailerFirst[layer]!]! / 8}+${found.bitLengths[found.trailerFirst[layer]!]! / 8}`
    expect(trailer(0)).toBe('box.padding 10+1')
    expect(trailer(1)).toBe(undefined)
  })
})

describe('the four stops', () => {
  it('is truncated where the capture ends', () => {
    const { layers, notes } = dissect('00 01 14', 20)
    expect(layers).toEqual(['box 0 truncated'])
    expect(notes).toEqual(['warning: Truncated: Option length needs 1 byte, the capture holds 0'])
  })

  it('is malformed where a header contradicts itself', () => {
    const { layers, notes, records } = dissect('00 01 08 03 09ffffff')
    expect(layers).toEqual(['box 0 malformed'])
    expect(notes).toEqual([
      'error: Malformed: Option length claims 9 bytes for Option, Option length leaves 2',
    ])
    expect(records.at(-1)).toBe('data.leftover 40+24')
  })

  it('is malformed where a length does not hold what came before it', () => {
    expect(dissect('00 01 02 01').notes).toEqual([
      'error: Malformed: Length is 2, less than the 3 bytes before it',
    ])
    expect(dissect('00 01 05 00 00').notes[0]).toMatch(/^error: Malformed: Option length is 0/)
  })

  it('notes a length that reaches out of the frame, and reads on', () => {
    const { layers, notes } = dissect('00 00 40 01 77')
    expect(layers).toEqual(['box 0 unknown', 'data 4 complete'])
    expect(notes[0]).toBe('error: Length claims 64 bytes, the frame leaves 5')
  })

  it('stops a list that does not advance', () => {
    expect(dissect('00 00 08 03 00 00 00 00').notes[0]).toMatch(/^error: Malformed: Option length is 0/)
  })
})

describe('depth', () => {
  const nested = (count: number) =>
    Array.from({ length: count }, (_, i) => `00 01 ${(255 - i * 0).toString(16)} 01`).join('')

  it(`is capped at ${maxLayers} layers, visibly`, () => {
    const { found, notes } = dissect(nested(100))
    expect(found.layerCount).toBe(maxLayers)
    expect(found.protocols[maxLayers - 1]!.id).toBe('data')
    expect(found.starts[maxLayers - 1]).toBe((maxLayers - 1) * 4)
    expect(notes.at(-1)).toMatch(/^error: 64 layers deep/)
  })

  it('is not capped below', () => {
    const { found } = dissect(nested(maxLayers - 1))
    expect(found.layerCount).toBe(maxLayers - 1)
    expect(found.protocols[maxLayers - 2]!.id).toBe('box')
  })
})

describe('number spaces', () => {
  it('refuse a second claim', () => {
    const other = protocol({ ...box, id: 'other' })
    expect(() => kinds.claim(1, other)).toThrow('kind 1 is claimed by box and by other')
  })

  it('know their claims', () => {
    expect(kinds.numbersOf(box)).toEqual([1])
    expect(kinds.find(2)).toBeUndefined()
    expect(kinds.find(1000)).toBeUndefined()
  })
})
