import { patternOf, placesOf } from './patterns.ts'
import type { Find } from './state.ts'
import type { Row, Span } from './text.ts'

/** Characters of a piece of text that can be on the screen. */
const seen = 1000

/**
 * A row with what was looked for standing out. Only plain text: a regular expression can take its time, which a search
 * has and a screen has not.
 */
export function withHits(row: Row, find: Find | undefined, where: Find['where']): Row {
  if (find?.where !== where || find.kind !== 'text' || find.text === '' || find.text.length > seen) return row
  const pattern = patternOf(find)
  return row.flatMap(piece => pieces(piece, pattern))
}

function pieces(piece: Span, pattern: RegExp): Row {
  const { text } = piece
  const found: Span[] = []
  let end = 0
  for (const start of placesOf(pattern, text.slice(0, seen), 0, seen)) {
    found.push({ ...piece, text: text.slice(end, start) })
    // The pattern stands behind what it has found.
    end = pattern.lastIndex
    found.push({ ...piece, text: text.slice(start, end), role: 'match' })
  }
  return [...found, { ...piece, text: text.slice(end) }].filter(each => each.text !== '')
}
