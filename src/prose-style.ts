import { speaksUtf8 } from './print/glyphs.ts'
import { type ProseFormat, proseFormat } from './print/prose-format.ts'
import { chooseTheme, detectTheme } from './tui/theme.ts'

/** Drawings of headers need so many columns; longer lines than the last nobody likes to read. */
const leastColumns = 74
const usualColumns = 80
const mostColumns = 100

/** A way to write prose down that suits the terminal, or whatever else standard output is. */
export function usualFormat(name: 'text' | 'md' | 'html', ascii: boolean): ProseFormat {
  const choice = detectTheme(process.env, process.stdout)
  const isPlain = ascii || choice.ascii
  const theme = chooseTheme({ ...choice, ascii: isPlain })
  const wanted = process.stdout.columns ?? (Number(process.env['COLUMNS']) || usualColumns)
  return proseFormat(name, {
    columns: Math.min(mostColumns, Math.max(leastColumns, wanted)),
    ascii: isPlain || !speaksUtf8(process.env),
    paint: theme.colour ? row => theme.paint(row) : undefined,
  })
}
