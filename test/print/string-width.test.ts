import ofPackage from 'string-width'
import { describe, expect, it } from 'vitest'
import stringWidth from '../../scripts/string-width.ts'
import { simple } from '../../src/print/columns.ts'

describe('the width of rows, as the bundle measures it', () => {
  it('is the package’s for every character that is taken for simple', () => {
    const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
      character => simple.test(character),
    )
    expect(characters.length).toBeGreaterThan(350)
    expect(characters.filter(character => ofPackage(character) !== 1)).toEqual([])
    // Side by side they join to nothing wider or narrower.
    expect(ofPackage(characters.join(''))).toBe(characters.length)
  })

  it.each([
    ['plain', 'IPv4 192.0.2.1 → 192.0.2.2'],
    ['colours', '\x1b[38;5;39m▸ 1 IPv4\x1b[39m \x1b[7m│\x1b[27m'],
    ['wide', '日本語 \x1b[1mテスト\x1b[22m'],
    ['an emoji of several', '👩‍👩‍👧 and 1️⃣'],
    ['marks that join', 'e\u0301 a\u0308 \u00ad'],
    ['a link', '\x1b]8;;https://example.org\x07here\x1b]8;;\x07'],
    ['nothing', ''],
  ])('is the package’s: %s', (_, text) => {
    expect(stringWidth(text)).toBe(ofPackage(text))
    expect(stringWidth(text, { ambiguousIsNarrow: false })).toBe(
      ofPackage(text, { ambiguousIsNarrow: false }),
    )
    expect(stringWidth(text, { countAnsiEscapeCodes: true })).toBe(
      ofPackage(text, { countAnsiEscapeCodes: true }),
    )
  })
})
