import stringWidth from 'string-width'
import { escapeControls } from '../byte-writer.ts'

const clusters = new Intl.Segmenter()
/** One column a code unit: ASCII, Latin-1 without the soft hyphen, punctuation, lines, blocks and our own signs. */
export const simple = /^[\x20-\x7e\xa1-\xac\xae-\xff\u2010-\u2027\u2190-\u2193\u2500-\u259f▸▾►◄✓✗]*$/

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

/** The columns of a text that `shown` has made. */
export const measured = (text: string): number => (simple.test(text) ? text.length : stringWidth(text))

/** As many whole characters of a shown text as fit. */
export function beginning(text: string, columns: number): string {
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
