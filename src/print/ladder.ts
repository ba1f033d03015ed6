import type { ByteWriter } from '../byte-writer.ts'
import type { Story } from '../follow/story.ts'
import { counted } from '../follow/verdicts/case.ts'
import { toAscii } from './glyphs.ts'
import { grouped } from './grouped.ts'
import { ladderLines } from './ladder-lines.ts'
import { type LadderKind, type LadderRow, row } from './ladder-row.ts'
import { ladderRows, verdictRows } from './ladder-rows.ts'
import { printAssociation } from './sas.ts'

/** How wide a ladder may be, and whether it may have signs besides ASCII. */
export type LadderStyle = { readonly columns: number; readonly ascii: boolean }

/**
 * Every negotiation as a ladder, then tunnels and verdicts that belong to none. `drain` is called now and then and may empty
 * the writer.
 */
export function printLadders(
  out: ByteWriter,
  story: Story,
  style: LadderStyle,
  drain: () => void = () => {},
): void {
  const { negotiations, packets, limits } = story
  const associationsOf = grouped(story.associations)
  const verdictsOf = grouped(story.verdicts)
  if (negotiations.length === 0) out.ascii(`no IKE negotiation in ${counted(packets, 'packet')}\n`)
  negotiations.forEach((negotiation, i) => {
    if (i > 0) out.ascii('\n')
    const { number } = negotiation
    const own = { associations: associationsOf(number), verdicts: verdictsOf(number) }
    writeRows(out, ladderRows(negotiation, { negotiations, ...own }), style)
    drain()
  })
  const alone = associationsOf(0)
  if (alone.length > 0) out.ascii('\nwithout a negotiation in this capture:\n')
  for (const association of alone) printAssociation(out, association, story)
  const others = [...verdictRows(verdictsOf(0)), ...limits.map(limit => row('hint', limit))]
  if (others.length > 0) out.ascii('\n')
  writeRows(out, others, style)
}

/** Rows of one part stand together, with a blank line between the parts. */
const parts: Readonly<Record<LadderKind, 'head' | 'verdicts' | 'messages' | 'table' | 'hints'>> = {
  headline: 'head',
  detail: 'head',
  verdict: 'verdicts',
  cause: 'verdicts',
  advice: 'verdicts',
  peers: 'messages',
  moved: 'messages',
  message: 'messages',
  repeat: 'messages',
  refusal: 'messages',
  association: 'messages',
  table: 'table',
  choice: 'table',
  hint: 'hints',
}

function writeRows(out: ByteWriter, rows: readonly LadderRow[], { columns, ascii }: LadderStyle): void {
  rows.forEach((row, i) => {
    if (i > 0 && parts[row.kind] !== parts[rows[i - 1]!.kind]) out.ascii('\n')
    for (const line of ladderLines(row, columns)) out.text(ascii ? toAscii(line) : line).ascii('\n')
  })
}
