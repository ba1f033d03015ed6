import stringWidth from 'string-width'
import { escapeControls } from '../byte-writer.ts'
import { unicodeGlyphs } from './glyphs.ts'

/** What a piece of text is. The theme knows how that looks; nobody else knows a colour. */
export type Role =
  | 'plain'
  | 'label'
  | 'value'
  | 'dim'
  | 'title'
  | 'key'
  | 'good'
  | 'warning'
  | 'error'
  | 'info'
  | 'match'
  | `layer-${0 | 1 | 2 | 3 | 4 | 5}`

/**
 * What a piece of text stands on: the cursor of the pane with the focus, of a pane without it, the bytes of the selected
 * field, those of a selected layer, the bytes of what is around the selected field, a marked packet.
 */
export type Ground = 'none' | 'cursor' | 'cursor-idle' | 'selected' | 'selected-layer' | 'ancestor' | 'marked'

export type Span = { readonly text: string; readonly role?: Role; readonly ground?: Ground }

/** One line of a pane. */
export type Row = readonly Span[]

/** The role of layer n, counted from the outermost one; the seventh has the first one's colour again. */
export const layerRole = (layer: number): Role => `layer-${(layer % 6) as 0 | 1 | 2 | 3 | 4 | 5}`

export const span = (text: string, role?: Role, ground?: Ground): Span => ({
  text,
  ...(role && { role }),
  ...(ground && { ground }),
})

/** The text of a row without its styles. */
export const textOf = (row: Row): string => row.map(({ text }) => text).join('')

const clusters = new Intl.Segmenter()
/** One column a code unit: ASCII, Latin-1 without the soft hyphen, punctuation, lines, blocks and our own signs. */
const simple = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2010-\u2027\u2190-\u2193\u2500-\u259f▸▾►✓✗]*$/

/**
 * Text as a terminal may have it. Besides the control characters, what takes no column of its own is written out, or a
 * name of five hundred soft hyphens would be measured as nothing and fill the screen.
 */
export function shown(text: string): string {
  if (simple.test(text)) return text
  return Array.from(clusters.segment(escapeControls(text)), ({ segment }) =>
    stringWidth(segment) > 0 ? segment : writtenOut(segment),
  ).join('')
}

const writtenOut = (cluster: string): string =>
  Array.from(cluster, sign => `\\u{${sign.codePointAt(0)?.toString(16).padStart(4, '0')}}`).join('')

/** How many columns of the terminal a text takes, control characters written out. */
export const width = (text: string): number => measured(shown(text))

const measured = (text: string): number => (simple.test(text) ? text.length : stringWidth(text))

/**
 * A row in exactly `columns` columns (none below 1): cut with `…`, or filled with blanks. Characters are cut whole; the
 * column that half of a wide one would have taken stays blank. `ground` goes under the blanks and under every piece
 * that stands on none of its own. Control characters come out written out.
 */
export function fit(row: Row, columns: number, ground?: Ground): Row {
  if (columns < 1) return []
  const whole = take(row, columns, ground)
  const { spans, left } = whole.cut ? withEllipsis(take(row, columns - 1, ground), whole.cut) : whole
  if (left > 0) spans.push(span(' '.repeat(left), undefined, ground))
  return spans
}

type Taken = {
  readonly spans: Span[]
  /** Columns that are still free. */
  readonly left: number
  /** The first piece that is not there in full. */
  readonly cut: Span | undefined
}

/** More code units than a column can need: nothing further into a text is looked at, however much a packet holds. */
const unitsPerColumn = 16

function take(row: Row, columns: number, ground: Ground | undefined): Taken {
  const spans: Span[] = []
  let left = columns
  for (const piece of row) {
    const styled = (text: string): Span => span(text, piece.role, piece.ground ?? ground)
    const near = piece.text.slice(0, (columns + 1) * unitsPerColumn)
    const text = shown(near)
    const kept = beginning(text, left)
    if (kept) spans.push(styled(kept))
    left -= measured(kept)
    if (kept.length < text.length || near.length < piece.text.length)
      return { spans, left, cut: styled(text) }
  }
  return { spans, left, cut: undefined }
}

function withEllipsis({ spans, left, cut }: Taken, style: Span): Taken {
  spans.push({ ...(cut ?? style), text: unicodeGlyphs.ellipsis })
  return { spans, left, cut }
}

/** As many whole characters of a shown text as fit. */
function beginning(text: string, columns: number): string {
  if (simple.test(text)) return text.slice(0, columns)
  let left = columns
  for (const { segment, index } of clusters.segment(text)) {
    left -= stringWidth(segment)
    if (left < 0) return text.slice(0, index)
  }
  return text
}

/**
 * Lines of at most `columns` columns. They break at newlines and at blanks, of which never two are left together; a word
 * stays whole if a line holds it, as addresses do, and is cut into full lines otherwise, without a hyphen that would read as part of
 * it. A character wider than a line has one to itself.
 */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap(paragraph => wrapParagraph(shown(paragraph), Math.max(1, columns)))
}

function wrapParagraph(text: string, columns: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/ +/)) {
    const joined = line ? `${line} ${word}` : word
    if (measured(joined) <= columns) {
      line = joined
      continue
    }
    if (line) lines.push(line)
    const pieces = cutUp(word, columns)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line]
}

/** A word in pieces that fill a line each, in one go: a packet can hold one of 64 KiB. */
function cutUp(word: string, columns: number): string[] {
  const pieces: string[] = []
  let start = 0
  let left = columns
  for (const { segment, index } of clusters.segment(word)) {
    const wide = measured(segment)
    if (wide > left && index > start) {
      pieces.push(word.slice(start, index))
      start = index
      left = columns
    }
    left -= wide
  }
  return [...pieces, word.slice(start)]
}
