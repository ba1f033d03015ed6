import { beginning, measured, shown } from '../print/columns.ts'
import { unicodeGlyphs } from '../print/glyphs.ts'

export { shown, width, wrap } from '../print/columns.ts'

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
