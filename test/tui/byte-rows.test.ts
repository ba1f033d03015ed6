import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../../src/byte-writer.ts'
import { dumpOpenBsd } from '../../src/print/hexdump.ts'
import {
  type ByteView,
  bitView,
  byteGeometry,
  byteRows,
  bytesPerRow,
  type Mark,
} from '../../src/tui/byte-rows.ts'
import { layerRole, type Span, textOf } from '../../src/tui/text.ts'
import { chooseTheme } from '../../src/tui/theme.ts'
import { looksOf } from './colours.ts'

/** An IPv4 header and the first bytes of the one inside it, from the walkthrough. */
const header = Uint8Array.from(Buffer.from('450000688b0b000040046c33c0a80102c0a8010145000054', 'hex'))
const view = (part: Partial<ByteView> = {}): ByteView => {
  const bytes = part.bytes ?? header
  return {
    bytes,
    length: bytes.length,
    radix: 'hex',
    group: 2,
    width: 80,
    colour: true,
    top: 0,
    rows: 50,
    ...part,
  }
}
const lines = (part: Partial<ByteView> = {}, marks: readonly Mark[] = []): string[] =>
  byteRows(view(part), marks).map(row => textOf(row).trimEnd())

describe('byteRows', () => {
  it.each<[Partial<ByteView>, string[]]>([
    [
      { group: 2, width: 63 },
      [
        '0000  4500 0068 8b0b 0000 4004 6c33 c0a8 0102  E..h....@.l3....',
        '0010  c0a8 0101 4500 0054                      ....E..T',
      ],
    ],
    [
      { group: 1, width: 71 },
      [
        '0000  45 00 00 68 8b 0b 00 00 40 04 6c 33 c0 a8 01 02  E..h....@.l3....',
        '0010  c0 a8 01 01 45 00 00 54                          ....E..T',
      ],
    ],
    [
      { group: 4, width: 59 },
      [
        '0000  45000068 8b0b0000 40046c33 c0a80102  E..h....@.l3....',
        '0010  c0a80101 45000054                    ....E..T',
      ],
    ],
    [
      { group: 2, width: 62 },
      [
        '0000  4500 0068 8b0b 0000  E..h....',
        '0008  4004 6c33 c0a8 0102  @.l3....',
        '0010  c0a8 0101 4500 0054  ....E..T',
      ],
    ],
    [{ group: 4, width: 22, bytes: header.subarray(0, 6) }, ['0000  45000068  E..h', '0004  8b0b      ..']],
    [
      { radix: 'binary', width: 87, bytes: header.subarray(0, 9) },
      [
        '0000  01000101 00000000 00000000 01101000 10001011 00001011 00000000 00000000  E..h....',
        '0008  01000000                                                                 @',
      ],
    ],
    [
      { radix: 'binary', width: 50, bytes: header.subarray(0, 4) },
      ['0000  01000101 00000000 00000000 01101000  E..h'],
    ],
    [
      { radix: 'decimal', width: 87, bytes: header.subarray(0, 16), group: 4 },
      ['0000   69   0   0 104 139  11   0   0  64   4 108  51 192 168   1   2  E..h....@.l3....'],
    ],
    [
      { radix: 'decimal', width: 47, bytes: header.subarray(8, 13) },
      ['0000   64   4 108  51 192              @.l3.'],
    ],
  ])('lays out bytes %#', (part, expected) => {
    expect(lines(part)).toEqual(expected)
  })

  it('reads as tcpdump -X does', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => i & 0xff)
    const out = new ByteWriter()
    dumpOpenBsd(out, bytes, 0, bytes.length)
    const printed = out.toString().trimEnd().split('\n')
    expect(printed).toHaveLength(19)
    const rows = lines({ bytes, width: 63 }).map(line => `  ${line.replace('  ', ': ')}`)
    expect(rows).toEqual(printed.map(line => line.trimEnd()))
  })

  it('has as many rows as there are bytes for, from the one at the top on', () => {
    const bytes = Uint8Array.from({ length: 40 }, (_, i) => i)
    const offsets = (part: Partial<ByteView>) => lines({ bytes, ...part }).map(line => line.slice(0, 4))
    expect(offsets({})).toEqual(['0000', '0010', '0020'])
    expect(offsets({ top: 1, rows: 1 })).toEqual(['0010'])
    expect(offsets({ top: 2 })).toEqual(['0020'])
    expect(offsets({ top: 3 })).toEqual([])
    expect(offsets({ rows: 0 })).toEqual([])
    expect(offsets({ length: 17 })).toEqual(['0000', '0010'])
    expect(offsets({ base: 0x10 })).toEqual(['0010', '0020', '0030'])
    expect(lines({ bytes: new Uint8Array(0) })).toEqual([])
  })

  it('gives all offsets the digits of the last one', () => {
    const bytes = new Uint8Array(0x10001)
    expect(lines({ bytes, length: 0x10000, top: 0xfff, rows: 1 })[0]).toMatch(/^fff0 {2}0000/)
    expect(lines({ bytes, rows: 1 })[0]).toMatch(/^00000 {2}0000/)
    expect(lines({ bytes, top: 0x1000 })).toEqual([`10000  00${' '.repeat(39)}.`])
    expect(lines({ bytes: header, base: 0xfffffff0, rows: 1 })[0]).toMatch(/^0fffffff0 {2}4500/)
  })

  it('is as wide as the pane, cut or filled, from 20 to 200 columns', () => {
    for (let width = 20; width <= 200; width++)
      for (const radix of ['hex', 'binary', 'decimal'] as const)
        for (const group of [1, 2, 4] as const)
          for (const row of byteRows(view({ width, radix, group }), [])) {
            const text = textOf(row)
            expect(text).toHaveLength(width)
            const cut =
              radix === 'binary'
                ? width < 27
                : radix === 'decimal'
                  ? width < 27
                  : group === 2
                    ? width < 21
                    : group === 1 && width < 23
            expect(text.includes('…'), text).toBe(cut)
          }
  })
})

const spans = (part: Partial<ByteView>, marks: readonly Mark[]): Span[][] =>
  byteRows(view(part), marks).map(row => row.filter(({ role, ground }) => (role && role !== 'dim') || ground))

describe('marks', () => {
  const bytes = header.subarray(0, 8)
  const layer: Mark = { start: 0, end: 8, role: layerRole(1) }
  const role = 'layer-1'

  it('give bytes, the gaps between them and their text a look', () => {
    expect(spans({ bytes, width: 40 }, [{ start: 2, end: 6, role, ground: 'ancestor' }])).toEqual([
      [
        { text: '0068 8b0b', role, ground: 'ancestor' },
        { text: '.h..', role, ground: 'ancestor' },
      ],
    ])
  })

  it('are painted one over the other, roles and grounds each for themselves', () => {
    const marks: Mark[] = [
      layer,
      { start: 0, end: 4, ground: 'ancestor' },
      { start: 2, end: 4, ground: 'selected' },
      { start: 3, end: 4, ground: 'cursor' },
    ]
    expect(spans({ bytes, width: 40, group: 1 }, marks)).toEqual([
      [
        { text: '45 00 ', role, ground: 'ancestor' },
        { text: '00 ', role, ground: 'selected' },
        { text: '68', role, ground: 'cursor' },
        { text: ' 8b 0b 00 00', role },
        { text: 'E.', role, ground: 'ancestor' },
        { text: '.', role, ground: 'selected' },
        { text: 'h', role, ground: 'cursor' },
        { text: '....', role },
      ],
    ])
  })

  it('go on in the next row', () => {
    expect(spans({ width: 63 }, [{ start: 14, end: 18, ground: 'selected' }])).toEqual([
      [
        { text: '0102', ground: 'selected' },
        { text: '..', ground: 'selected' },
      ],
      [
        { text: 'c0a8', ground: 'selected' },
        { text: '..', ground: 'selected' },
      ],
    ])
  })

  it('of no byte, or outside of the bytes, change nothing', () => {
    const none: Mark[] = [
      { start: 3, end: 3, ground: 'selected' },
      { start: 24, end: 90, ground: 'selected' },
      { start: -4, end: 0, ground: 'selected' },
    ]
    expect(spans({}, none)).toEqual([[], []])
    expect(lines({ colour: false }, none)).toEqual(lines({ group: 1 }))
  })
})

describe('without colour', () => {
  const bracketed = (start: number, end: number, part: Partial<ByteView> = {}): string[] =>
    lines({ colour: false, width: 47, ...part }, [{ start, end, ground: 'selected' }])

  it.each([
    [0, 2, ['0000 [45 00]00 68 8b 0b 00 00  E..h....']],
    [2, 4, ['0000  45 00[00 68]8b 0b 00 00  E..h....']],
    [7, 8, ['0000  45 00 00 68 8b 0b 00[00] E..h....']],
    [0, 8, ['0000 [45 00 00 68 8b 0b 00 00] E..h....']],
  ])('brackets stand around bytes %i to %i', (start, end, expected) => {
    expect(bracketed(start, end, { bytes: header.subarray(0, 8) })).toEqual(expected)
  })

  it('a bracket opens where the selection begins and closes where it ends, rows later', () => {
    expect(bracketed(7, 17)).toEqual([
      '0000  45 00 00 68 8b 0b 00[00  E..h....',
      '0008  40 04 6c 33 c0 a8 01 02  @.l3....',
      '0010  c0]a8 01 01 45 00 00 54  ....E..T',
    ])
    expect(bracketed(8, 16)).toEqual([
      '0000  45 00 00 68 8b 0b 00 00  E..h....',
      '0008 [40 04 6c 33 c0 a8 01 02] @.l3....',
      '0010  c0 a8 01 01 45 00 00 54  ....E..T',
    ])
    expect(bracketed(8, 16, { top: 1, rows: 1 })).toEqual(['0008 [40 04 6c 33 c0 a8 01 02] @.l3....'])
  })

  it('a selection in two pieces has two pairs, in one piece one, whatever lies on it', () => {
    const bytes = header.subarray(0, 8)
    const two: Mark[] = [
      { start: 0, end: 1, ground: 'selected' },
      { start: 5, end: 7, ground: 'selected' },
    ]
    expect(lines({ bytes, colour: false, width: 47 }, two)).toEqual([
      '0000 [45]00 00 68 8b[0b 00]00  E..h....',
    ])
    const one: Mark[] = [
      { start: 0, end: 2, ground: 'selected' },
      { start: 2, end: 3, ground: 'selected' },
      { start: 1, end: 2, ground: 'cursor' },
    ]
    expect(lines({ bytes, colour: false, width: 47 }, one)).toEqual([
      '0000 [45 00 00]68 8b 0b 00 00  E..h....',
    ])
  })

  it('in binary and decimal too, and at the last byte of a short row', () => {
    const bytes = header.subarray(0, 3)
    expect(bracketed(1, 2, { bytes, radix: 'binary' })).toEqual([
      '0000  01000101[00000000]00000000           E..',
    ])
    expect(bracketed(2, 3, { bytes, radix: 'decimal' })).toEqual([`0000   69   0[  0]${' '.repeat(21)}E..`])
  })

  it('brackets stand around a selected layer too', () => {
    const marks = [{ start: 2, end: 4, ground: 'selected-layer' }] as const
    expect(lines({ colour: false, width: 47, bytes: header.subarray(0, 8) }, marks)).toEqual([
      '0000  45 00[00 68]8b 0b 00 00  E..h....',
    ])
  })

  it('the selected bytes are inverse, in the digits and in the text', () => {
    const [row] = byteRows(view({ colour: false }), [{ start: 2, end: 4, ground: 'selected' }])
    const theme = chooseTheme({ level: 0, background: 'dark', ascii: true, mono: true })
    const inverse = looksOf(theme.paint(row!)).filter(({ attributes }) => attributes.has(7))
    expect(inverse.map(({ text }) => text)).toEqual(['00 68', '.h'])
  })
})

describe('byteGeometry', () => {
  const views = fc.record({
    radix: fc.constantFrom('hex', 'binary', 'decimal'),
    group: fc.constantFrom(1, 2, 4),
    width: fc.integer({ min: 20, max: 200 }),
    colour: fc.boolean(),
    top: fc.integer({ min: 0, max: 5 }),
    length: fc.constantFrom(1, 15, 16, 17, 60, 200),
  })

  it.each([
    [20, 4],
    [34, 4],
    [35, 8],
    [62, 8],
    [63, 16],
    [200, 16],
  ])('%i columns have room for %i bytes in pairs', (width, expected) => {
    expect(bytesPerRow(view({ width }))).toBe(expected)
    expect(byteGeometry(view({ width })).totalRows).toBe(Math.ceil(24 / expected))
  })

  it('finds each byte where it stands', () => {
    fc.assert(
      fc.property(views, part => {
        const bytes = Uint8Array.from({ length: part.length }, (_, i) => i)
        const all = { ...view(), ...part, bytes, rows: 999 }
        const { cellOf, offsetAt } = byteGeometry(all)
        const rows = byteRows(all, []).map(textOf)
        for (let byte = 0; byte < part.length; byte++) {
          const { row, digits, text } = cellOf(byte)
          for (let column = digits.start; column < digits.end; column++)
            expect(offsetAt(column, row)).toBe(byte)
          expect(offsetAt(text.start, row)).toBe(byte)
          if (row < 0 || text.end >= part.width) continue
          const shown = rows[row]?.slice(digits.start, digits.end) ?? ''
          expect(Number.parseInt(shown, { hex: 16, binary: 2, decimal: 10 }[part.radix])).toBe(byte)
          const sign = byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
          expect(rows[row]?.slice(text.start, text.end)).toBe(sign)
        }
      }),
    )
  })

  it('has no byte where there is none', () => {
    const { offsetAt } = byteGeometry(view({ width: 63 }))
    const row = (n: number) => Array.from({ length: 70 }, (_, column) => offsetAt(column, n))
    expect(row(-1).every(byte => byte === undefined)).toBe(true)
    expect(row(2).every(byte => byte === undefined)).toBe(true)
    expect(row(0).slice(0, 12)).toEqual([...Array(6).fill(undefined), 0, 0, 1, 1, 1, 2])
    expect(row(0).slice(43, 49)).toEqual([15, 15, undefined, undefined, 0, 1])
    expect(row(0).slice(61)).toEqual([14, 15, ...Array(7).fill(undefined)])
    expect(row(1).slice(22, 28)).toEqual([22, 23, 23, 23, undefined, undefined])
  })
})

describe('bitView', () => {
  it('draws a byte as two halves', () => {
    expect(bitView(0x45)).toEqual([{ text: '0100 0101' }])
    expect(bitView(0)).toEqual([{ text: '0000 0000' }])
  })

  it('marks bits from the most significant one on, across the gap', () => {
    expect(bitView(0x45, 4, 4)).toEqual([{ text: '0100 ' }, { text: '0101', ground: 'selected' }])
    expect(bitView(0x45, 2, 4, 'cursor')).toEqual([
      { text: '01' },
      { text: '00 01', ground: 'cursor' },
      { text: '01' },
    ])
    expect(bitView(0xff, 0, 1)).toEqual([{ text: '1', ground: 'selected' }, { text: '111 1111' }])
  })
})

it('costs what is in the window, not what is in the frame', () => {
  let read = 0
  const bytes = new Proxy(new Uint8Array(1 << 18), {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) read++
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const marks: Mark[] = Array.from({ length: 8 }, (_, i) => ({
    start: 0x8000 + 40 * i,
    end: 0x8400,
    role: layerRole(i),
    ...(i > 5 && { ground: 'ancestor' }),
  }))
  const screen = view({ bytes, rows: 45, top: 0x800 })
  expect(byteRows(screen, marks)).toHaveLength(45)
  expect(read).toBeGreaterThan(45 * 16 - 1)
  expect(read).toBeLessThan(45 * 16 * 8)
})
