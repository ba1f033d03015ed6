import type { Cell } from '../../test/terminal-cell.ts'
import { type WindowName, windows } from './colours.ts'
import { isLines, type Run, runsOf } from './runs.ts'

/** What is drawn of a terminal. */
export type Picture = {
  readonly columns: number
  readonly rows: number
  cell(column: number, row: number): Cell
}

const fontSize = 14
/** Columns as wide as those of DejaVu, Menlo and Liberation at this size; other fonts are stretched to it. */
const cellWidth = 8.43
const cellHeight = 17
/** Of the letters' foot below the top of their row. */
const foot = 13
const margin = 12
const barHeight = 30
const fonts = "'DejaVu Sans Mono',Menlo,'Liberation Mono',Consolas,'Courier New',monospace"

/** Which halves of its cell a line takes: left, right, up, down. */
const arms: Readonly<Record<string, string>> = {
  '─': 'lr',
  '│': 'ud',
  '┬': 'lrd',
  '┴': 'lru',
  '┤': 'lud',
  '├': 'rud',
  '┼': 'lrud',
  '┌': 'rd',
  '┐': 'ld',
  '└': 'ru',
  '┘': 'lu',
}

/** A terminal in a window, as an SVG document whose columns stand in line in whatever font it is shown. */
export function drawWindow(picture: Picture, title: string, name: WindowName): string {
  const window = windows[name]
  const width = Math.ceil(picture.columns * cellWidth) + 2 * margin
  const height = picture.rows * cellHeight + barHeight + margin
  const rows = Array.from({ length: picture.rows }, (_, row) =>
    drawRow(
      runsOf(
        Array.from({ length: picture.columns }, (_, column) => picture.cell(column, row)),
        window,
      ),
      row,
    ),
  ).filter(row => row !== '')
  const buttons = [0, 1, 2].map(n => `<circle cx="${18 + 18 * n}" cy="15" r="5" fill="${window.edge}"/>`)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="8" fill="${window.bar}" stroke="${window.edge}"/>`,
    `<path d="M1 ${barHeight - 4}H${width - 1}V${height - 9}a8 8 0 0 1-8 8H9a8 8 0 0 1-8-8z" fill="${window.ground}"/>`,
    ...buttons,
    `<g font-family="${fonts}" font-size="${fontSize}">`,
    `<text x="${width / 2}" y="18" text-anchor="middle" font-size="12" fill="${window.letters}">${escaped(title)}</text>`,
    `<g transform="translate(${margin} ${barHeight})">`,
    ...rows,
    '</g></g></svg>',
    '',
  ].join('\n')
}

function drawRow(runs: readonly Run[], row: number): string {
  const top = row * cellHeight
  return runs.map(run => drawGround(run, top) + drawUnderline(run, top) + drawLetters(run, top)).join('')
}

const drawGround = ({ column, columns, ground }: Run, top: number): string =>
  ground === undefined
    ? ''
    : `<rect x="${at(column)}" y="${top}" width="${at(columns)}" height="${cellHeight}" fill="${ground}"/>`

const drawUnderline = ({ column, columns, underline, letters }: Run, top: number): string =>
  underline ? `<path d="M${at(column)} ${top + foot + 2}.5h${at(columns)}" stroke="${letters}"/>` : ''

function drawLetters(run: Run, top: number): string {
  if (run.text.trim() === '') return ''
  if (isLines(run)) return drawLines(run, top)
  return wordsOf(run)
    .map(({ column, columns, text }) => {
      const weight = run.bold ? ' font-weight="bold"' : ''
      const slant = run.italic ? ' font-style="italic"' : ''
      const length = ` textLength="${at(columns)}" lengthAdjust="spacingAndGlyphs"`
      return `<text x="${at(column)}" y="${top + foot}"${length} fill="${run.letters}"${weight}${slant}>${escaped(text)}</text>`
    })
    .join('')
}

/** The pieces of a run between two blanks or more, which SVG would take for one. */
function wordsOf(run: Run): { column: number; columns: number; text: string }[] {
  if (run.columns !== run.text.length) return [run]
  return [...run.text.matchAll(/\S+(?: \S+)*/g)].map(({ index, 0: text }) => ({
    column: run.column + index,
    columns: text.length,
    text,
  }))
}

/** Lines reach from cell to cell here, which those of fonts do not in rows of any height. */
function drawLines({ column, text, letters }: Run, top: number): string {
  const middle = top + Math.floor(cellHeight / 2) + 0.5
  const [across, down]: [string[], string[]] = [[], []]
  ;[...text].forEach((sign, i) => {
    const [left, centre, right] = [0, 0.5, 1].map(part => at(column + i + part))
    const has = (arm: string) => arms[sign]?.includes(arm)
    if (has('l') || has('r'))
      across.push(`M${has('l') ? left : centre} ${middle}H${has('r') ? right : centre}`)
    if (has('u') || has('d'))
      down.push(`M${centre} ${has('u') ? top : middle}V${has('d') ? top + cellHeight : middle}`)
  })
  const path = joined(across.join('')) + down.join('')
  return `<path d="${path}" stroke="${letters}" stroke-linecap="square" fill="none"/>`
}

/** One line for several that go on from each other: there would be seams, and a file twice as large. */
const joined = (path: string): string => {
  const piece = /M([\d.]+) ([\d.]+)H([\d.]+)M\3 \2H([\d.]+)/
  return piece.test(path) ? joined(path.replace(piece, 'M$1 $2H$4')) : path
}

const at = (columns: number): string => number(columns * cellWidth)
const number = (value: number): string => String(Number(value.toFixed(2)))

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)
