import type { Association, Negotiation, Story } from '../follow/story.ts'
import { ladderLines } from '../print/ladder-lines.ts'
import type { LadderKind, LadderRow } from '../print/ladder-row.ts'
import { ladderRows, verdictRows } from '../print/ladder-rows.ts'
import { bytesText, carriedText, spiText } from '../print/story-words.ts'
import { remembered } from './layout.ts'
import type { State } from './state.ts'
import type { Role, Row, Span } from './text.ts'

/** A line of a ladder. A row that is long takes several. */
export type LadderLine = {
  readonly kind: LadderKind
  readonly packet: number
  /** Which line of its row this is, from 0. */
  readonly nth: number
  readonly row: Row
}

/** The lines of a ladder, and what stands above them whatever is scrolled: who and where, then the peers, once they are gone. */
export type Ladder = {
  readonly title: string
  readonly place: Row
  /** Index of the line with the peers; -1: it has none. */
  readonly peers: number
  readonly lines: readonly LadderLine[]
}

/** Columns before the text: the cursor, or the mark of a message. */
export const gutter = 2

export const negotiationOf = ({ negotiations }: Story, number: number): Negotiation | undefined =>
  negotiations.find(negotiation => negotiation.number === number)

/** Rows that say why and what next: on the screen they come when they are asked for. */
const reasons: readonly LadderKind[] = ['detail', 'cause', 'advice']

/** The ladder that is open. */
export const ladderOf = remembered(
  ({ story, ladder, size }: State) =>
    [story, ladder?.negotiation, ladder?.reasons, size.columns - gutter] as const,
  (story, number, withReasons, columns): Ladder => {
    if (story === undefined || number === undefined) return { title: '', place: [], peers: -1, lines: [] }
    const negotiation = negotiationOf(story, number)
    if (negotiation === undefined) return looseLadder(story, withReasons, columns)
    const rows = ladderRows(negotiation, story)
    const [headline, place, ...rest] = rows
    const lines = linesOf(rest, withReasons, columns)
    return {
      title: headline?.text ?? '',
      place: [{ text: place?.text ?? '', role: 'dim' }, ...(negotiation.isCut ? [more] : [])],
      peers: lines.findIndex(({ kind, nth }) => kind === 'peers' && nth === 0),
      lines,
    }
  },
)

const more: Span = { text: ' · more messages than are shown', role: 'warning' }

const blank = (kind: LadderKind): LadderLine => ({ kind, packet: 0, nth: -1, row: [] })

/** What the ladder of what belongs to no negotiation is called. */
export const looseTitle = 'ESP and AH without a negotiation'

/** What belongs to no negotiation: verdicts, and associations one below the other, for they have no peers in common. */
function looseLadder(story: Story, withReasons: boolean | undefined, columns: number): Ladder {
  const verdicts = story.verdicts.filter(({ negotiation }) => negotiation === 0)
  const associations = story.associations.filter(({ negotiation }) => negotiation === 0)
  return {
    title: looseTitle,
    place: [
      {
        text: associations.length === 1 ? '1 association' : `${associations.length} associations`,
        role: 'dim',
      },
    ],
    peers: -1,
    lines: [
      ...linesOf(verdictRows(verdicts), withReasons, columns),
      ...(verdicts.length > 0 && associations.length > 0 ? [blank('association')] : []),
      ...associations.map(looseLine),
    ],
  }
}

function looseLine(association: Association): LadderLine {
  const { firstPacket, source, destination, spi, packets, bytes, missing, replays } = association
  const counts = [
    packets === 1 ? '1 packet' : `${packets} packets`,
    bytesText(bytes),
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(replays > 0 ? [`${replays} replayed`] : []),
  ]
  // Packet numbers end where they do in a ladder.
  const row: Row = [
    { text: `${String(firstPacket).padStart(7)}  `, role: 'dim' },
    { text: `${carriedText(association)} ${spiText(spi)}  `, role: 'title' },
    { text: `${source} → ${destination}: ${counts.join(', ')}` },
  ]
  return { kind: 'association', packet: firstPacket, nth: 0, row }
}

/** Parts of a ladder, with a blank line between any two. */
const parts: Readonly<Partial<Record<LadderKind, string>>> = {
  detail: 'head',
  verdict: 'verdicts',
  cause: 'verdicts',
  advice: 'verdicts',
  table: 'table',
  choice: 'table',
  hint: 'hints',
}

function linesOf(
  rows: readonly LadderRow[],
  withReasons: boolean | undefined,
  columns: number,
): LadderLine[] {
  const shown = rows.filter(({ kind }) => withReasons || !reasons.includes(kind))
  return shown.flatMap((row, i) => {
    const { kind, packet } = row
    const before = shown[i - 1]
    const isApart = before !== undefined && parts[kind] !== parts[before.kind]
    if (rungs.includes(kind) && !isApart) return rungLine(row, columns)
    const texts = ladderLines(row, columns)
    const lines = texts.map((line, nth) => ({ kind, packet, nth, row: painted(row, line, nth) }))
    return isApart ? [blank(kind), ...lines] : lines
  })
}

/** One line, drawn when it is looked at: of tunnels there can be tens of thousands. */
const rungLine = (row: LadderRow, columns: number): LadderLine => ({
  kind: row.kind,
  packet: row.packet,
  nth: 0,
  get row() {
    return painted(row, ladderLines(row, columns)[0] ?? '', 0)
  },
})

const drawing = /[│─►◄]+/
/** Rows that tell of packets: those can be marked. */
export const rungs: readonly LadderKind[] = ['message', 'repeat', 'refusal', 'association']

const roles: Readonly<Partial<Record<LadderKind, Role>>> = {
  peers: 'title',
  moved: 'title',
  table: 'title',
  detail: 'dim',
}

/** A line with its roles; what a colour says stands there as a word too. */
function painted({ kind, severity }: LadderRow, line: string, nth: number): Row {
  if (rungs.includes(kind)) return rung(line, severity ?? (kind === 'repeat' ? 'dim' : 'plain'))
  if (kind === 'choice') return [{ text: line, role: severity ?? 'value' }]
  if (kind !== 'verdict' && kind !== 'cause' && kind !== 'advice')
    return [{ text: line, role: roles[kind] ?? 'plain' }]
  const end = nth === 0 ? line.indexOf(':') + 1 : 0
  return [
    { text: line.slice(0, end), role: kind === 'verdict' ? (severity ?? 'info') : 'key' },
    { text: line.slice(end) },
  ]
}

/** Number and gap, then what stands between the lines of the two peers. */
function rung(line: string, role: Role): Row {
  const start = line.search(drawing)
  const spans: Span[] = [{ text: line.slice(0, start), role: 'dim' }]
  for (let at = start; at < line.length; ) {
    const next = line.slice(at).search(drawing)
    const end = next < 0 ? line.length : at + next
    if (end > at) spans.push({ text: line.slice(at, end), role })
    const lines = drawing.exec(line.slice(end))?.[0] ?? ''
    if (lines !== '') spans.push({ text: lines, role: 'dim' })
    at = end + lines.length
  }
  return spans
}
