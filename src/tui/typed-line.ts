import { unicodeGlyphs } from '../print/glyphs.ts'
import { type Role, type Row, width } from './text.ts'

/** What is typed, and the cursor in it. */
type Line = { readonly text: string; readonly cursor: number }
/** Characters that are wrong, and how much so. */
type Wrong = { readonly at: number; readonly end: number; readonly role: Role }

export type TypedLine = {
  readonly row: Row
  /** The column of a character, from the first one of the row. */
  columnOf(at: number): number
}

/** A line that is being typed, with its cursor in sight in `columns` columns: a long one loses its start. */
export function typedLine(line: Line, columns: number, wrong?: Wrong): TypedLine {
  const { text, cursor } = line
  const from = firstShown(line, columns)
  const end = cursor + (characterAt(text, cursor)?.length ?? 0)
  const marks = [cursor, end, wrong?.at ?? from, wrong?.end ?? from, text.length]
  const cuts = [from, ...marks.map(mark => Math.max(from, Math.min(mark, text.length)))].sort((a, b) => a - b)
  const pieces = cuts.slice(1).map((until, i) => ({
    text: text.slice(cuts[i], until),
    ...(wrong && cuts[i]! >= wrong.at && until <= wrong.end && { role: wrong.role }),
    ...(cuts[i]! >= cursor && until <= end && { ground: 'selected' as const }),
  }))
  const lead: Row = from > 0 ? [{ text: unicodeGlyphs.ellipsis, role: 'dim' }] : []
  const tail: Row = cursor === text.length ? [{ text: ' ', ground: 'selected' }] : []
  return {
    row: [...lead, ...pieces.filter(piece => piece.text !== ''), ...tail],
    columnOf: at => (at < from ? 0 : lead.length + width(text.slice(from, at))),
  }
}

const characters = new Intl.Segmenter()

const characterAt = (text: string, at: number): string | undefined =>
  characters.segment(text.slice(at))[Symbol.iterator]().next().value?.segment

/** Where what is shown of a line begins, so that the cursor is in `columns` columns. */
function firstShown({ text, cursor }: Line, columns: number): number {
  let left = columns - width(text.slice(0, cursor))
  // The character under the cursor may be a wide one; the sign that something is missing takes another column.
  if (left >= 2) return 0
  for (const { segment, index } of characters.segment(text.slice(0, cursor))) {
    if (left >= 3) return index
    left += width(segment)
  }
  return cursor
}
