import stringWidth from 'string-width'

/** The signs of the screen that are not plain text. */
export type Glyphs = {
  readonly foldClosed: string
  readonly foldOpen: string
  /** At the line of the cursor. */
  readonly cursor: string
  /** Where text was cut off. */
  readonly ellipsis: string
  readonly horizontal: string
  readonly vertical: string
  readonly teeDown: string
  readonly teeUp: string
  readonly teeLeft: string
  readonly teeRight: string
  readonly cross: string
  /** From sender to receiver; the one sign whose two forms differ in width. */
  readonly arrow: string
  readonly dash: string
  readonly good: string
  readonly warning: string
  readonly error: string
  readonly info: string
  /** Done, and still to do, of a progress bar. */
  readonly full: string
  readonly rest: string
}

/**
 * For terminals that show UTF-8. Unicode calls these ambiguous in width: `…`, `→`, `–`, `·`, `█` and all the lines. They
 * take one column everywhere but in terminals set up for East Asian text, and nothing unambiguous says the same.
 */
export const unicodeGlyphs: Glyphs = {
  foldClosed: '▸',
  foldOpen: '▾',
  cursor: '►',
  ellipsis: '…',
  horizontal: '─',
  vertical: '│',
  teeDown: '┬',
  teeUp: '┴',
  teeLeft: '┤',
  teeRight: '├',
  cross: '┼',
  arrow: '→',
  dash: '–',
  good: '✓',
  warning: '!',
  error: '✗',
  info: '·',
  full: '█',
  rest: '░',
}

export const asciiGlyphs: Glyphs = {
  foldClosed: '+',
  foldOpen: '-',
  cursor: '>',
  ellipsis: '~',
  horizontal: '-',
  vertical: '|',
  teeDown: '+',
  teeUp: '+',
  teeLeft: '+',
  teeRight: '+',
  cross: '+',
  arrow: '->',
  dash: '-',
  good: '+',
  warning: '!',
  error: 'x',
  info: '.',
  full: '#',
  rest: '.',
}

/** What is in our own sentences besides the glyphs, each in one column. */
const typography: readonly (readonly [signs: string, ascii: string])[] = [
  ['→⇒⟶›', '>'],
  ['←⇐◄', '<'],
  ['↑', '^'],
  ['↓', 'v'],
  ['—−‐‑', '-'],
  ['‘’′', "'"],
  ['“”″', '"'],
  ['≤', '<'],
  ['≥', '>'],
  ['≠', '!'],
  ['×', 'x'],
  ['§', 's'],
  ['µ', 'u'],
  ['•', '*'],
  ['┌┐└┘', '+'],
  ['═', '='],
]

const replacements = new Map<string, string>([
  ...typography.flatMap(([signs, ascii]) => [...signs].map(sign => [sign, ascii] as const)),
  ...Object.entries(unicodeGlyphs)
    .map(([name, sign]) => [sign, asciiGlyphs[name as keyof Glyphs]] as const)
    .filter(([sign, ascii]) => sign.length === ascii.length),
])

const clusters = new Intl.Segmenter()
const ascii = /^[\x20-\x7e]*$/

/**
 * Text for a terminal that shows nothing but ASCII, just as wide as before, so that columns stay in line: `RFC 791 §3.1`
 * becomes `RFC 791 s3.1`, accents go, and a question mark stands in each column of what ASCII has nothing for.
 */
export function toAscii(text: string): string {
  if (ascii.test(text)) return text
  return Array.from(clusters.segment(text), ({ segment }) => replacement(segment)).join('')
}

const replacement = (cluster: string): string => {
  if (ascii.test(cluster)) return cluster
  const known = replacements.get(cluster)
  if (known !== undefined) return known
  const columns = stringWidth(cluster)
  const letters = cluster.normalize('NFKD').replace(/[^\x20-\x7e]/g, '')
  return letters.length === columns ? letters : '?'.repeat(columns)
}

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Whether what reads our output takes UTF-8: the first of LC_ALL, LC_CTYPE and LANG that is set counts, as for every program
 * that asks the locale. The Linux console gets ASCII, since its fonts lack most of our signs.
 */
export function speaksUtf8(env: Environment): boolean {
  if (env['TERM'] === 'linux') return false
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG']
  if (!locale) return process.platform === 'win32'
  return /utf-?8/i.test(locale)
}
