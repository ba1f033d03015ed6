import { describe, expect, it } from 'vitest'
import { FindError, patternOf, placesOf } from '../../src/tui/patterns.ts'
import type { Find } from '../../src/tui/state.ts'

const places = (find: Find, text: string) => [...placesOf(patternOf(find), text, 0, Number.POSITIVE_INFINITY)]
const problem = (text: string, kind: Find['kind'], where: Find['where'] = 'bytes'): string => {
  try {
    patternOf({ text, kind, where })
  } catch (error) {
    if (error instanceof FindError) return error.message
    throw error
  }
  return 'none'
}

describe('a regular expression', () => {
  it.each([
    ['echo', 'Echo ECHO echo', [0, 5, 10]],
    ['Echo', 'Echo ECHO echo', [0]],
    ['\\S+', 'ab cd', [0, 3]],
    ['\\D\\S', '1ab2', [1]],
    ['[a-z]B', 'ab aB AB', [3]],
    ['\\x61', 'aA', [0]],
    ['\\u0061', 'Aa', [1]],
    ['\\\\x', '\\X', [0]],
    ['^b', 'a\nb', [2]],
    ['a.b', 'a\nb', []],
    ['a*', 'baab', [1]],
    ['$', 'ab', []],
    ['aa', 'aaaa', [0, 2]],
  ])('%s is found in %j at %j', (text, line, expected) => {
    expect(places({ text, kind: 'regex', where: 'info' }, line)).toEqual(expected)
  })

  it('knows no lines in bytes', () => {
    const find = (text: string): Find => ({ text, kind: 'regex', where: 'bytes' })
    expect(places(find('a.b'), 'a\nb')).toEqual([0])
    expect(places(find('^b'), 'a\nb')).toEqual([])
    expect(places(find('\\xc0'), '\xe0\xc0')).toEqual([1])
  })

  it.each([
    ['a**b', 'nothing to repeat at character 3 (*)'],
    ['a)b', "unmatched ')' at character 2 ())"],
    ['(a)(b', 'unterminated group at character 4 (()'],
    ['((a)b', 'unterminated group at character 1 (()'],
    ['x[a][bc', 'unterminated character class at character 5 ([)'],
    ['[z-a]b', 'range out of order in character class at character 4 (a)'],
    ['ab\\', '\\ at end of pattern at character 3 (\\)'],
    ['😀+*', 'nothing to repeat at character 3 (*)'],
  ])('%s is none, and why is said', (text, why) => {
    expect(problem(text, 'regex')).toBe(`${text}: is no regular expression: ${why}`)
  })

  it('may need more memory than the engine has for it', () => {
    // Each turn of the loop leaves 60 groups to go back to.
    const find: Find = { text: `(?:${'('.repeat(60)}a${')'.repeat(60)})*b`, kind: 'regex', where: 'bytes' }
    expect(() => places(find, 'a'.repeat(262_144))).toThrow(FindError)
  })
})

describe('a text', () => {
  it('means itself', () => {
    const text = 'a.b*[c](d)\\^$|?{1}+/-'
    expect(places({ text, kind: 'text', where: 'info' }, `x${text.toUpperCase()}`)).toEqual([1])
    expect(places({ text, kind: 'text', where: 'bytes' }, `x${text.toUpperCase()}`)).toEqual([1])
    expect(places({ text: 'a.b', kind: 'text', where: 'tree' }, 'axb')).toEqual([])
    expect(places({ text: '→ É', kind: 'text', where: 'tree' }, '→ é')).toEqual([0])
  })

  it('is as long as a line at most', () => {
    expect(problem('', 'text')).toBe('there is nothing to find; give a text')
    expect(problem('a'.repeat(1000), 'text')).toBe('none')
    expect(problem('a'.repeat(1001), 'text')).toBe('1001 characters are too many to find; 1000 are the most')
  })
})

describe('hex digits', () => {
  it.each([
    ['c0g1', 'c0g1: character 3 (g) is no hex digit, blank or colon'],
    ['0xg', '0xg: character 3 (g) is no hex digit, blank or colon'],
    ['12x4', '12x4: character 3 (x) is no hex digit, blank or colon'],
    ['c0a', 'c0a: 3 hex digits are half a byte too many'],
    [' : ', ' : : there are no hex digits in it'],
    ['0x', '0x: there are no hex digits in it'],
    ['c0 A8:01', 'none'],
  ])('%s: %s', (text, why) => {
    expect(problem(text, 'hex')).toBe(why)
  })

  it('are a text where there are no bytes', () => {
    expect(places({ text: '0xg', kind: 'hex', where: 'tree' }, 'is 0xg')).toEqual([3])
  })
})
