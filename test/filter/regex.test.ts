import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { regexSearch } from '../../src/filter/regex.ts'
import { RegexError } from '../../src/filter/regex-tree.ts'

const bytesOf = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0))
const finds = (pattern: string, text: string) => regexSearch(pattern, true)(bytesOf(text))

/** Patterns of a small alphabet, which match often. */
const pattern = fc.letrec(tie => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\w', '\\d', '^', '$', '\\b', '\\x61'),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `${a}${b}`),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{1,2}', '{0,}'))
      .map(([a, n]) => `(${a})${n}`),
  ),
})).node as fc.Arbitrary<string>

it('finds what the engine of the language finds, whatever pattern and subject', () => {
  fc.assert(
    fc.property(pattern, fc.stringMatching(/^[abc1 \n]{0,12}$/), (text, subject) => {
      // $ here is Perl's: also before a last line feed.
      const theirs = new RegExp(text.replaceAll('$', '(?=\\n?(?![^]))'), 'i')
      expect(finds(text, subject)).toBe(theirs.test(subject))
    }),
    { seed: 7, numRuns: 2000 },
  )
})

describe('Perl', () => {
  it.each([
    ['admin', 'xx ADMIN', true],
    ['(?-i)admin', 'xx ADMIN', false],
    ['a(?-i:B)c', 'AbC', false],
    ['a(?-i:B)c', 'ABC', true],
    ['[[:digit:]]{3}-[A-F]+$', 'x 123-cafe\n', true],
    ['[]a]', ']', true],
    ['[a-]', '-', true],
    ['\\.', 'a', false],
    ['a{2', 'a{2', true],
    ['\\x00\\xff', '\x00\xff', true],
    ['[\\x80-\\xff]', '\xe9', true],
    ['\\xe9', '\xc9', false],
    ['a.b', 'a\nb', false],
    ['\\Aab\\z', 'ab\n', false],
    ['\\Aab\\Z', 'ab\n', true],
  ])('%s in %j: %s', (text, subject, expected) => {
    expect(finds(text, subject)).toBe(expected)
  })

  it('has letters beyond ASCII as they are in UTF-8, in text as they are', () => {
    expect(finds('é', '\xc3\xa9')).toBe(true)
    const units = (text: string) => Uint16Array.from(text, character => character.charCodeAt(0))
    expect(regexSearch('É', false)(units('café'))).toBe(true)
  })
})

it.each([
  ['(a', 'a parenthesis is not closed', 0],
  ['a)', 'a parenthesis is closed that was not opened', 1],
  ['[a', 'a bracket is not closed', 0],
  ['*a', 'nothing stands before what repeats it', 0],
  ['a**', 'it is repeated already', 3],
  ['(?=a)', 'what looks ahead or back is not understood', 0],
  ['(a)\\1', 'what refers to a group is not understood', 3],
  ['a++', 'what repeats and never gives back is not understood', 2],
  ['[b-a]', 'the range ends before it begins', 1],
  ['a{2,1}', 'it is repeated up to 1000 times', 1],
  ['(a{1000}){1000}', 'the pattern is too long', 0],
  ['\\', 'no such escape', 0],
  ['('.repeat(102), 'more than 100 groups inside each other', 100],
])('%s is refused: %s', (text, sentence, at) => {
  expect(() => regexSearch(text, true)).toThrow(new RegexError(sentence, at))
})

const signs = fc.constantFrom(...'()[]{}*+?|^$\\.-,:=!<abdwx019é\0\ud83d\udc00')

it('never throws anything else', () => {
  fc.assert(
    fc.property(fc.string({ unit: signs, maxLength: 20 }), fc.boolean(), (text, forBytes) => {
      try {
        regexSearch(text, forBytes)(bytesOf('abc'))
      } catch (error) {
        expect(error).toBeInstanceOf(RegexError)
      }
    }),
    { seed: 7, numRuns: 2000 },
  )
})

it('counts steps, not ways: what takes others for ever takes no time', () => {
  const subject = new Uint8Array(30_000).fill(0x61)
  expect(regexSearch('(a|a)*(a|aa)+b', true)(subject)).toBe(false)
  expect(regexSearch('(((((){1000}){1000}){1000}){1000})x', true)(subject)).toBe(false)
})
