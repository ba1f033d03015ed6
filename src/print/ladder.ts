import type { ByteWriter } from '../byte-writer.ts'
import type { Story } from '../follow/story.ts'
import { counted } from '../follow/verdicts/case.ts'
import { toAscii } from './glyphs.ts'
import { grouped } from './grouped.ts'
import { ladderLines } from './ladder-lines.ts'
import { type LadderRow, row } from './ladder-row.ts'
import { ladderRows, verdictRows } from './ladder-rows.ts'
import { printAssociation } from './sas.ts'

/** How wide a ladder may be, and whether it may have signs besides ASCII. */
export type LadderStyle = { readonly columns: number; readonly ascii: boolean }

/** Every negotiation as a ladder, then tunnels and verdicts that belong to none. */
export function printLadders(out: ByteWriter, story: Story, style: LadderStyle): void {
  const { negotiations, packets, limits } = story
  const associationsOf = grouped(story.associations)
  const verdictsOf = grouped(story.verdicts)
  if (negotiations.length === 0) out.ascii(`no IKE negotiation in ${counted(packets, 'packet')}\n`)
  negotiations.forEach((negotiation, i) => {
    if (i > 0) out.ascii('\n')
    const { number } = negotiation
    const own = { associations: associationsOf(number), verdicts: verdictsOf(number) }
    writeRows(out, ladderRows(negotiation, { negotiations, ...own }), style)
  })
  const alone = associationsOf(0)
  if (alone.length > 0) out.ascii('\nwithout a negotiation in this capture:\n')
  for (const association of alone) printAssociation(out, association, story)
  const others = [...verdictRows(verdictsOf(0)), ...limits.map(limit => row('hint', limit))]
  if (others.length > 0) out.ascii('\n')
  writeRows(out, others, style)
}

function writeRows(out: ByteWriter, rows: readonly LadderRow[], { columns, ascii }: LadderStyle): void {
  rows.forEach((row, i) => {
    // A blank line stands between what is said and what is drawn.
    if (row.kind === 'peers' || (row.kind === 'verdict' && rows[i - 1]?.kind === 'detail')) out.ascii('\n')
    for (const line of ladderLines(row, columns)) out.text(ascii ? toAscii(line) : line).ascii('\n')
  })
}
