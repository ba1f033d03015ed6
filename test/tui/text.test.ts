import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, it, vi } from 'vitest'
import { fit as fitted, layerRole, type Span, shown, span, textOf, width, wrap } from '../../src/tui/text.ts'

const cut = (text: string, columns: number): string => textOf(fitted([span(text)], columns))

/** A grapheme in each of the ways a terminal counts it. */
const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'
const clusters = fc.constantFrom(
  'a',
  'é',
  'e\u0301',
  '中',
  family,
  '🇩🇪',
  '─',
  '…',
  '\x1b',
  '\u202e',
  '\u00ad',
  '\t',
  '\ud800',
)
const texts = fc.array(clusters, { maxLength: 60 }).map(all => all.join(''))

describe('width', () => {
  it.each([
    ['', 0],
    ['Time to live', 12],
    ['192.168.1.1 → 192.168.1.2', 25],
    ['中文', 4],
    ['e\u0301', 1],
    [family, 2],
    ['a\x1bb', 6],
    ['\u00ad', 8],
    ['\u200b', 8],
  ])('%j takes %i columns', (text, columns) => {
    expect(width(text)).toBe(columns)
  })

  it('takes no short cut that string-width would not take', () => {
    for (let code = 0x20; code < 0x3000; code++) {
      const sign = String.fromCharCode(code)
      expect(width(sign), `U+${code.toString(16)}`).toBe(stringWidth(shown(sign)))
      expect(width(sign), `U+${code.toString(16)}`).toBeGreaterThan(0)
    }
  })
})

describe('fit', () => {
  it('fills with blanks', () => {
    expect(fitted([span('TTL', 'label'), span(' 64', 'value')], 10)).toEqual([
      { text: 'TTL', role: 'label' },
      { text: ' 64', role: 'value' },
      { text: '    ' },
    ])
  })

  it('leaves alone what fits exactly', () => {
    expect(fitted([span('TTL'), span('64')], 5)).toEqual([{ text: 'TTL' }, { text: '64' }])
  })

  it('cuts inside a piece, and the sign for it looks like that piece', () => {
    expect(fitted([span('TTL', 'label'), span(' 64 hops', 'value', 'marked'), span('more')], 7)).toEqual([
      { text: 'TTL', role: 'label' },
      { text: ' 64', role: 'value', ground: 'marked' },
      { text: '…', role: 'value', ground: 'marked' },
    ])
  })

  it('cuts between two pieces', () => {
    expect(textOf(fitted([span('abc'), span('def')], 3))).toBe('ab…')
    expect(textOf(fitted([span('abc'), span('def')], 4))).toBe('abc…')
    expect(textOf(fitted([span('abc'), span('')], 3))).toBe('abc')
  })

  it('puts a ground under what has none', () => {
    expect(fitted([span('a'), span('b', 'dim', 'selected')], 4, 'cursor')).toEqual([
      { text: 'a', ground: 'cursor' },
      { text: 'b', role: 'dim', ground: 'selected' },
      { text: '  ', ground: 'cursor' },
    ])
  })

  it.each([
    ['中文字', 6, '中文字'],
    ['中文字', 5, '中文…'],
    ['中文字', 4, '中… '],
    ['中文字', 2, '… '],
    [`${family}${family}ab`, 5, `${family}${family}…`],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
    ['🇩🇪🇫🇷', 3, '🇩🇪…'],
    ['', 2, '  '],
    ['abc', 1, '…'],
    ['abc', 0, ''],
    ['abc', -3, ''],
  ])('%j in %i columns is %j', (text, columns, expected) => {
    expect(cut(text, columns)).toBe(expected)
  })

  it('writes out what a terminal would obey or not show', () => {
    expect(cut('\x1b[2J', 8)).toBe('\\x1b[2J ')
    expect(cut('a\u202eb', 12)).toBe('a\\u{202e}b  ')
    expect(cut('\u00ad\u200b', 16)).toBe('\\u{00ad}\\u{200b}')
  })

  it.each([20, 21, 33, 79, 80, 120, 200])('is %i columns wide whatever it is given', columns => {
    const rows = fc.array(
      texts.map(text => span(text)),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(rows, row => {
        const text = textOf(fitted(row, columns))
        expect(stringWidth(text)).toBe(columns)
        expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/)
        const whole = width(textOf(row.map(piece => span(shown(piece.text)))))
        expect(text.includes('…') || whole <= columns).toBe(true)
      }),
    )
  })

  it('looks at no more of a long text than a row can show', () => {
    const read = vi.spyOn(Intl.Segmenter.prototype, 'segment')
    expect(width(textOf(fitted([span('中'.repeat(1e6))], 80)))).toBe(80)
    const longest = Math.max(...read.mock.calls.map(([text]) => text.length))
    read.mockRestore()
    expect(longest).toBeGreaterThan(0)
    expect(longest).toBeLessThan(10_000)
  })
})

describe('wrap', () => {
  it.each<[string, number, string[]]>([
    ['Each router takes one away', 12, ['Each router', 'takes one', 'away']],
    ['Each router takes one away', 26, ['Each router takes one away']],
    ['to 2001:db8::1 and on', 12, ['to', '2001:db8::1', 'and on']],
    ['id 2001:db8:85a3::8a2e', 8, ['id', '2001:db8', ':85a3::8', 'a2e']],
    ['中文字 a', 4, ['中文', '字 a']],
    ['中文字', 3, ['中', '文', '字']],
    ['中', 1, ['中']],
    ['a  b', 9, ['a b']],
    ['one\n\ntwo', 9, ['one', '', 'two']],
    ['', 9, ['']],
    ['a\x1b[2Jb', 5, ['a\\x1b', '[2Jb']],
  ])('%j at %i', (text, columns, lines) => {
    expect(wrap(text, columns)).toEqual(lines)
  })

  it('loses nothing but blanks, and no line is too wide', () => {
    fc.assert(
      fc.property(fc.array(texts, { maxLength: 9 }), fc.integer({ min: 30, max: 60 }), (words, columns) => {
        const lines = wrap(words.join(' '), columns)
        expect(lines.join('').replaceAll(' ', '')).toBe(shown(words.join(' ')).replaceAll(' ', ''))
        for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
      }),
    )
  })

  it('cuts up a word of 64 KiB at once', () => {
    // Should each line read all that is left, it would take longer than a test may.
    expect(wrap('é中'.repeat(21_845), 60)).toHaveLength(1093)
  }, 30_000)
})

it('gives the seventh layer the role of the first', () => {
  expect([0, 5, 6, 13].map(layerRole)).toEqual(['layer-0', 'layer-5', 'layer-0', 'layer-1'])
})

it('makes spans without empty keys', () => {
  expect(Object.keys(span('a') satisfies Span)).toEqual(['text'])
})
