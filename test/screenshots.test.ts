import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scenes } from '../scripts/screenshots/scenes.ts'
import { drawWindow } from '../scripts/screenshots/svg.ts'
import type { Cell } from './terminal-cell.ts'

const root = join(import.meta.dirname, '..')
const plain: Cell = {
  char: ' ',
  width: 1,
  fg: 'default',
  bg: 'default',
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  inverse: false,
}

/** One row of characters in one style, without what stands around them. */
function drawn(text: string, style: Partial<Cell> = {}): string {
  const cells = [...text].map((char): Cell => ({ ...plain, ...style, char }))
  const svg = drawWindow({ columns: cells.length, rows: 1, cell: column => cells[column]! }, 'title', 'dark')
  return /<g transform[^>]*>\n(.*)\n<\/g>/s.exec(svg)?.[1] ?? ''
}

const words = (svg: string) =>
  [...svg.matchAll(/<text x="([\d.]+)"[^>]*textLength="([\d.]+)"[^>]*>([^<]*)</g)].map(
    ([, x, length, text]) => [Number(x), Number(length), text],
  )

describe('a picture of a screen', () => {
  // A column is 8.43 wide.
  it('has each word where it stands, as wide as its columns', () => {
    expect(words(drawn('  ab c   d'))).toEqual([
      [16.86, 33.72, 'ab c'],
      [75.87, 8.43, 'd'],
    ])
  })

  it('keeps what fonts have in other widths apart', () => {
    expect(words(drawn('a→b'))).toEqual([
      [0, 8.43, 'a'],
      [8.43, 8.43, '→'],
      [16.86, 8.43, 'b'],
    ])
  })

  it('draws lines through from cell to cell', () => {
    expect(drawn('──┬─')).toMatch(/d="M0 8\.5H33\.72M21\.0[78] 8\.5V17"/)
    expect(drawn(' └')).toMatch(/d="M12\.6[45] 8\.5H16\.86M12\.6[45] 0V8\.5"/)
  })

  it('has the characters of markup written out', () => {
    expect(words(drawn('<&>'))).toEqual([[0, 25.29, '&lt;&amp;&gt;']])
  })

  it('has colours, and swaps them where they are inverse', () => {
    expect(drawn('x', { fg: '#123456', bg: '#654321' })).toMatch(/<rect[^>]*fill="#654321".*fill="#123456"/)
    expect(drawn('x', { fg: '#123456', bg: '#654321', inverse: true })).toMatch(
      /<rect[^>]*fill="#123456".*fill="#654321"/,
    )
  })

  // By xterm's table: 16 to 231 are a cube of 0, 95, 135, 175, 215 and 255; from 232 on grey, 8, 18, 28 …
  it.each([
    [16, '#000000'],
    [111, '#87afff'],
    [231, '#ffffff'],
    [236, '#303030'],
  ])('knows colour %i of 256', (colour, hex) => {
    expect(drawn('x', { fg: colour })).toContain(`fill="${hex}"`)
  })
})

describe('the scenes', () => {
  const kept = scenes.filter(scene => scene.kept).map(({ name }) => `${name}.svg`)

  it('have names of their own, and captures that exist', () => {
    expect(new Set(scenes.map(({ name }) => name)).size).toBe(scenes.length)
    const files = scenes.flatMap(({ args }) => args.filter(arg => arg.includes('/')))
    expect(files.filter(file => !existsSync(join(root, file)))).toEqual([])
  })

  it('are kept where the README shows them, and nowhere else', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8')
    const shown = [...readme.matchAll(/\(docs\/screens\/([^)]+)\)/g)].map(([, name]) => name)
    expect(shown.sort()).toEqual([...kept].sort())
    expect(readdirSync(join(root, 'docs/screens')).sort()).toEqual([...kept].sort())
  })
})
