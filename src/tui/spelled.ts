import { asciiGlyphs } from '../print/glyphs.ts'
import type { Row } from './text.ts'
import type { Theme } from './theme.ts'

const words: Readonly<Record<string, string>> = { '←': 'Left', '→': 'Right', '↑': 'Up', '↓': 'Down' }

/** A row whose keys have no arrows where the terminal has none: `<` and `>` are keys of their own. */
export const spelled = (row: Row, { glyphs }: Theme): Row =>
  glyphs === asciiGlyphs
    ? row.map(span => (span.role === 'key' ? { ...span, text: spell(span.text) } : span))
    : row

/** Blanks behind the keys give way, so that what stands behind them stays in its column. */
function spell(text: string): string {
  const spelt = text.replace(/[←→↑↓](?=[←→↑↓])/g, '$&/').replace(/[←→↑↓]/g, arrow => words[arrow] ?? arrow)
  let end = spelt.length
  while (end > text.length && spelt.endsWith('  ', end)) end--
  return spelt.slice(0, end)
}
