import type { ByteWriter } from '../byte-writer.ts'
import { beginning, measured, shown } from './columns.ts'
import { toAscii } from './glyphs.ts'
import { type Block, ended, type FieldItem, type Mark, type Tone } from './prose.ts'

/** What a piece of text is; the same words as on the screen. */
export type ProseRole = 'title' | 'value' | 'dim' | 'info' | 'warning' | 'error' | 'label' | LayerRole
type LayerRole = `layer-${0 | 1 | 2 | 3 | 4 | 5}`
export type ProseSpan = { readonly text: string; readonly role?: ProseRole }
export type ProseRow = readonly ProseSpan[]

type Entry = Extract<Block, { kind: 'entry' }>

const layerRole = (layer: number): LayerRole => `layer-${(layer % 6) as 0 | 1 | 2 | 3 | 4 | 5}`

/** A block in lines of at most `columns` columns; drawings are as wide as they are. No control character is in them. */
export function proseRows(block: Block, columns: number): ProseRow[] {
  switch (block.kind) {
    case 'title':
      return [[], [styled(block.text, 'title')], [styled('═'.repeat(measured(shown(block.text))), 'dim')]]
    case 'section': {
      const role = block.layer === undefined ? 'title' : layerRole(block.layer)
      return [[], [styled(block.text, role)], [styled('─'.repeat(measured(shown(block.text))), 'dim')]]
    }
    case 'text':
      return wrapSpans(toned(block.text, block.tone), columns, '')
    case 'entry':
      return entryRows(block, columns)
    case 'field':
      return fieldRows(block, columns)
    case 'table':
      return tableRows(block.heads, block.rows, columns)
    case 'drawing':
      return block.lines.map(drawn)
  }
}

const styled = (text: string, role?: ProseRole): ProseSpan =>
  role ? { text: shown(text), role } : { text: shown(text) }

const signs: Readonly<Record<Tone, string>> = { plain: '', aside: '', info: '· ', warning: '! ', error: '✗ ' }

const toned = (text: string, tone: Tone = 'plain'): ProseSpan[] =>
  tone === 'plain' ? [{ text }] : [{ text: signs[tone] + text, role: tone === 'aside' ? 'dim' : tone }]

const drawn = (line: readonly Mark[]): ProseRow =>
  line.map(({ text, layer }) => styled(text, layer === undefined ? undefined : layerRole(layer)))

/** `• 0x0008, 8 bits: Time to live. Hex 40, ASCII "@": 64.`, and below it what that means. */
function fieldRows(item: FieldItem, columns: number): ProseRow[] {
  const indent = '  '.repeat(Math.min(item.depth, 8))
  const head: ProseSpan[] = [
    { text: `${indent}• ` },
    { text: `${item.place}, ${item.width}: `, role: layerRole(item.layer) },
    { text: `${item.label}.`, role: 'title' },
    ...bytesOf(item),
  ]
  const hang = `${indent}  `
  const rows = wrapSpans(head, columns, hang)
  const meaning = item.section === '' ? item.text : `${item.text} (${item.section})`
  if (meaning !== '') rows.push(...wrapSpans([{ text: hang + meaning }], columns, hang))
  return rows
}

function bytesOf({ hex, ascii, bits, value }: FieldItem): ProseSpan[] {
  const said = [
    ...(hex === '' ? [] : [`hex ${hex}`, `ASCII "${ascii}"`]),
    ...(bits === '' ? [] : [`binary ${bits}`]),
  ].join(', ')
  const own: ProseSpan[] = value === '' ? [] : [{ text: ` ${ended(value)}`, role: 'value' }]
  if (said === '') return own
  const end = value === '' ? '.' : ':'
  return [{ text: ` ${said[0]!.toUpperCase()}${said.slice(1)}${end}`, role: 'dim' }, ...own]
}

function entryRows({ depth = 0, term, aside, text }: Entry, columns: number): ProseRow[] {
  const indent = '  '.repeat(depth)
  const spans: ProseSpan[] = [{ text: `${indent}• ` }, { text: term, role: 'title' }]
  if (aside !== '') spans.push({ text: ` ${aside}`, role: 'dim' })
  if (text !== '') spans.push({ text: term === '' ? text : `: ${text}` })
  return wrapSpans(spans, columns, `${indent}  `)
}

/** The last column of a table gets so much, where nine of ten texts in front of it fit all the same. */
const leastLast = 32

/**
 * Columns as wide as their texts; the last one wraps. Where that leaves it too little, the widest one is narrower, and a line ends
 * behind a text that is longer than that.
 */
function tableRows(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  columns: number,
): ProseRow[] {
  const titles = heads.map(head => head.trim())
  const { widths, narrow } = tableWidths([titles, ...rows], columns)
  const cell = (text: string, i: number): string => {
    const blank = ' '.repeat(Math.max(0, widths[i]! - measured(shown(text))))
    return `${heads[i]!.startsWith(' ') ? blank + text : text + blank}  `
  }
  const before = widths.slice(0, -1).reduce((sum, wide) => sum + wide + 2, 0)
  const hang = ' '.repeat(Math.min(before, columns - 20))
  const row = (cells: readonly string[], role?: ProseRole): ProseRow[] => {
    if (narrow >= 0 && measured(shown(cells[narrow]!)) > widths[narrow]!) {
      const begin = cells.slice(0, narrow + 1)
      const rest = [...begin.map(() => ''), ...cells.slice(narrow + 1)]
      return [...wrapSpans([{ text: begin.map(cell).join('').trimEnd() }], columns, hang), ...row(rest, role)]
    }
    const text = cells.slice(0, -1).map(cell).join('') + (cells.at(-1) ?? '')
    return wrapSpans([{ text, ...(role && { role }) }], columns, hang)
  }
  return [...row(titles, 'dim'), ...rows.flatMap(cells => row(cells))]
}

/** How wide columns are, and which of them is narrower than its texts; -1: none. */
function tableWidths(rows: readonly (readonly string[])[], columns: number) {
  const lengths = rows[0]!.map((_, i) =>
    rows.map(row => measured(shown(row[i] ?? ''))).sort((one, other) => one - other),
  )
  const widths = lengths.map(sorted => sorted.at(-1)!)
  const lead = widths.slice(0, -1)
  const narrow = lead.indexOf(Math.max(...lead))
  const lacking =
    lead.reduce((sum, wide) => sum + wide + 2, 0) + Math.min(leastLast, widths.at(-1)!) - columns
  if (narrow < 0 || lacking <= 0) return { widths, narrow: -1 }
  const usual = lengths[narrow]![Math.floor(rows.length * 0.9)]!
  widths[narrow] = Math.min(widths[narrow]!, Math.max(usual, widths[narrow]! - lacking))
  return { widths, narrow }
}

/**
 * Spans in lines: the first begins as they do, the others with `hang`. They break at single blanks only, so that columns made
 * with several stay; a word that is longer than a line is cut.
 */
function wrapSpans(spans: readonly ProseSpan[], columns: number, hang: string): ProseRow[] {
  const rows: ProseSpan[][] = [[]]
  let used = 0
  for (const { text, role } of spans)
    for (const word of shown(text).match(/ *[^ ]+| +/g) ?? []) {
      let rest = word
      if (used + measured(rest) > columns && used > measured(hang)) {
        rows.push([{ text: hang }])
        used = measured(hang)
        rest = rest.trimStart()
      }
      while (measured(rest) > columns - used && columns - used > 8) {
        const piece = beginning(rest, columns - used)
        rows.at(-1)?.push(styled(piece, role))
        rows.push([{ text: hang }])
        used = measured(hang)
        rest = rest.slice(piece.length)
      }
      if (rest !== '') rows.at(-1)?.push(styled(rest, role))
      used += measured(rest)
    }
  return rows
}

/** How blocks become lines of text. */
export type TextStyle = {
  readonly columns: number
  readonly ascii: boolean
  /** A line with its colours; undefined: none. */
  readonly paint: ((row: ProseRow) => string) | undefined
}

/** Writes blocks as plain text, for a terminal with colours where `paint` has them. */
export function writeText(
  out: ByteWriter,
  blocks: readonly Block[],
  { columns, ascii, paint }: TextStyle,
): void {
  for (const { row } of proseLines(blocks, columns)) {
    const line = row
      .map(({ text }) => text)
      .join('')
      .trimEnd()
    if (paint === undefined) out.text(ascii ? toAscii(line) : line).ascii('\n')
    else out.append(new TextEncoder().encode(`${paint(row)}\n`))
  }
}

/** A line, and the block that it belongs to. */
export type ProseLine = { readonly row: ProseRow; readonly block: Block }

/** Blocks in lines, with blank ones between them. */
export function proseLines(blocks: readonly Block[], columns: number): ProseLine[] {
  const lines: ProseLine[] = []
  blocks.forEach((block, i) => {
    if (standsApart(blocks[i - 1], block)) lines.push({ row: [], block })
    for (const row of proseRows(block, columns)) lines.push({ row, block })
  })
  // A heading has a blank line before it, but where nothing comes before.
  if (lines[0]?.row.length === 0) lines.shift()
  return lines
}

/** Bullets stand together, everything else has a blank line before it; headings bring their own. */
const standsApart = (before: Block | undefined, block: Block): boolean =>
  before !== undefined &&
  block.kind !== 'title' &&
  block.kind !== 'section' &&
  (before.kind !== block.kind || block.kind === 'text') &&
  !(before.kind === 'title' || before.kind === 'section')
