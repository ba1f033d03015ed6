import { expect, it } from 'vitest'
import { proseLines } from '../../src/print/prose-text.ts'

const laid = (heads: readonly string[], rows: readonly (readonly string[])[], columns: number): string[] =>
  proseLines([{ kind: 'table', heads, rows }], columns).map(({ row }) =>
    row
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  )

it('has columns as wide as their texts, numbers at the right, and wraps the last one', () => {
  expect(
    laid(
      ['name', ' n', 'about'],
      [
        ['a', '1', 'one two three four five six seven eight'],
        ['bcdef', '10', 'four'],
      ],
      40,
    ),
  ).toEqual([
    'name    n  about',
    'a       1  one two three four five six',
    '           seven eight',
    'bcdef  10  four',
  ])
})

it('lets a text that is much longer than the others of its column end its line', () => {
  const names = ['a.b', 'a.c', 'a.d', 'a.e', 'a.f', 'a.g', 'a.h', 'a.i', 'a.j', 'a.k', 'a.l']
  const rows = names.map(name => [name, 'field', 'What this is about'])
  const long = `a.${'long.'.repeat(8)}name`
  const lines = laid(['name', 'kind', 'what it is'], [...rows, [long, 'field', 'Something']], 60)
  // 60 columns less 18 for the last one and 5 + 2 + 2 for kinds and gaps.
  expect(lines[0]).toBe(`${'name'.padEnd(35)}kind   what it is`)
  expect(lines[1]).toBe(`${'a.b'.padEnd(35)}field  What this is about`)
  expect(lines.slice(-2)).toEqual([long, `${' '.repeat(35)}field  Something`])
})
