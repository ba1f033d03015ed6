import { beginning, measured, shown, width, wrap } from './columns.ts'
import { unicodeGlyphs } from './glyphs.ts'
import type { LadderKind, LadderRow } from './ladder-row.ts'

const { ellipsis, horizontal, vertical } = unicodeGlyphs
const rightHead = '►'
const leftHead = '◄'

/** Columns of packet numbers and of time gaps, with the blanks behind. */
const packetColumns = 8
const gapColumns = 9
const margin = packetColumns + gapColumns
/** Narrower than this no ladder can be read: 60 columns, of which the screen keeps two. */
const narrowest = 58

/**
 * A row as lines of at most `columns` columns (58 at least), in Unicode; `toAscii` gives the same without. What comes from
 * packets is escaped.
 */
export function ladderLines(row: LadderRow, columns: number): string[] {
  return drawn[row.kind](row, Math.max(narrowest, columns)).map(line => line.trimEnd())
}

type Draw = (row: LadderRow, columns: number) => string[]

const paragraph =
  (first: string): Draw =>
  ({ text }, columns) =>
    wrap(text, columns - first.length).map((line, i) => (i === 0 ? first : ' '.repeat(first.length)) + line)

/** A sentence whose further lines are indented. */
const hanging = (text: string, columns: number): string[] =>
  wrap(text, columns - 2).map((line, i) => (i === 0 ? line : `  ${line}`))

function verdictLines({ text, right, severity = 'info' }: LadderRow, columns: number): string[] {
  const evidence = right === '' ? '' : ` [${right}]`
  return hanging(`${unicodeGlyphs[severity]} ${severity}: ${text.replace(/\.$/, '')}${evidence}`, columns)
}

function peersLines({ text, right }: LadderRow, columns: number): string[] {
  const lane = columns - margin
  const [one, other] = [shown(text), shown(right)]
  const before = ' '.repeat(margin)
  if (measured(one) + measured(other) + 2 <= lane)
    return [before + one + ' '.repeat(lane - measured(one) - measured(other)) + other]
  const blank = ' '.repeat(Math.max(0, lane - measured(other)))
  return [before + fit(one, lane), before + blank + fit(other, lane)]
}

function arrowLines(row: LadderRow, columns: number): string[] {
  const before = prefix(row.packet, row.gap)
  const lane = columns - before.length - 2
  const label = fit(labelOf(row, lane - 6), lane - 6)
  const shaft = horizontal.repeat(lane - 4 - measured(label))
  const body =
    row.arrow === 'right'
      ? `${horizontal} ${label} ${shaft}${rightHead}`
      : `${leftHead}${shaft} ${label} ${horizontal}`
  return [before + vertical + body + vertical]
}

function repeatLines({ packet, gap, arrow, text }: LadderRow, columns: number): string[] {
  const before = prefix(packet, gap)
  const lane = columns - before.length - 2
  const label = fit(shown(text), lane - 4)
  const blank = ' '.repeat(lane - 2 - measured(label))
  const body = arrow === 'right' ? `  ${label}${blank}` : `${blank}${label}  `
  return [before + vertical + body + vertical]
}

const prefix = (packet: number, gap: string): string =>
  `${(packet > 0 ? String(packet) : '').padStart(packetColumns - 1)} ${gap.padStart(gapColumns - 1)} `

const fit = (text: string, columns: number): string =>
  measured(text) <= columns ? text : beginning(text, columns - 1) + ellipsis

/** What stands on the arrow. Where it is too much, the last of the pieces that may be counted are. */
function labelOf({ text, pieces }: LadderRow, columns: number): string {
  const label = (of: readonly string[]) => shown(of.length > 0 ? `${text}: ${of.join(' ')}` : text)
  const whole = label(pieces.map(piece => piece.text))
  if (measured(whole) <= columns) return whole
  const counts = new Map(pieces.filter(piece => piece.short !== '').map(({ short }) => [short, 0]))
  const lasting = pieces.filter(piece => piece.short === '').map(piece => piece.text)
  const told = lasting.length > 0 ? label(lasting) : `${shown(text)}:`
  let room = columns - width(told) - counts.size * countColumns
  const kept = pieces.filter(({ text, short }) => {
    if (short === '' || (room -= width(text) + 1) >= 0) return true
    counts.set(short, counts.get(short)! + 1)
    return false
  })
  const counted = [...counts].filter(([, count]) => count > 0).map(([short, count]) => `${short}×${count}`)
  return label([...kept.map(piece => piece.text), ...counted])
}

/** ` N×12`. */
const countColumns = 5

/** Offers and choice beside each other, each wrapped in its column. */
function choiceLines({ text, pieces, right, severity }: LadderRow, columns: number): string[] {
  return columnsOf(
    [
      text,
      pieces.map(piece => piece.text).join(', '),
      severity === 'error' ? `${unicodeGlyphs.error} ${right}` : right,
    ],
    columns,
  )
}

const tableLines: Draw = ({ text, right }, columns) => columnsOf(['', text, right], columns)

const indent = 2
const kindColumns = 17

function columnsOf([kind = '', offered = '', taken = '']: readonly string[], columns: number): string[] {
  const rest = columns - indent - kindColumns - 4
  const widths = [kindColumns, Math.ceil(rest / 2), Math.floor(rest / 2)]
  const cells = [kind, offered, taken].map((text, i) => wrap(text, widths[i]!))
  const height = Math.max(...cells.map(lines => lines.length))
  return Array.from(
    { length: height },
    (_, line) => ' '.repeat(indent) + cells.map((lines, i) => pad(lines[line] ?? '', widths[i]!)).join('  '),
  )
}

const pad = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(0, columns - measured(text)))

const drawn: Readonly<Record<LadderKind, Draw>> = {
  headline: ({ text }, columns) => hanging(text, columns),
  detail: paragraph('  '),
  verdict: verdictLines,
  cause: paragraph('    Why: '),
  advice: paragraph('    Next: '),
  peers: peersLines,
  moved: peersLines,
  message: arrowLines,
  repeat: repeatLines,
  refusal: arrowLines,
  association: arrowLines,
  table: tableLines,
  choice: choiceLines,
  hint: paragraph('  '),
}
