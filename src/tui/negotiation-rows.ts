import type { Negotiation, Story, Verdict } from '../follow/story.ts'
import { bySeverity, endpointText } from '../print/story-words.ts'
import { gutter, looseTitle, negotiationOf } from './ladder-lines.ts'
import { remembered } from './layout.ts'
import type { State } from './state.ts'
import { fit, type Row, type Span, width } from './text.ts'

/** What the list of negotiations offers: their numbers, and 0 where something belongs to none. */
export const offeredBy = remembered((story: Story) => [story] as const, offeredNumbers)

function offeredNumbers({ negotiations, associations, verdicts }: Story): readonly number[] {
  const isLoose = ({ negotiation }: { readonly negotiation: number }) => negotiation === 0
  const numbers = negotiations.map(({ number }) => number)
  return associations.some(isLoose) || verdicts.some(isLoose) ? [...numbers, 0] : numbers
}

/** The worst verdict about each negotiation, by its number. */
const worstVerdicts = remembered(
  (story: Story) => [story] as const,
  ({ verdicts }: Story): ReadonlyMap<number, Verdict> => {
    const worst = new Map<number, Verdict>()
    for (const verdict of verdicts) {
      const before = worst.get(verdict.negotiation)
      if (before === undefined || bySeverity(verdict, before) < 0) worst.set(verdict.negotiation, verdict)
    }
    return worst
  },
)

/** How many there are, and what could not be kept. */
export function negotiationsTitle({ story }: State): Row {
  const count = story?.negotiations.length ?? 0
  return [
    { text: 'Negotiations', role: 'title' },
    { text: ` ─ ${count === 1 ? '1 is' : `${count} are`} in ${story?.packets ?? 0} packets`, role: 'dim' },
    ...(story?.limits ?? []).map(limit => ({ text: ` ─ ! ${limit}`, role: 'warning' as const })),
  ]
}

export function negotiationHeads({ story, size }: State): Row {
  if (story === undefined) return []
  const cells = listCells(story, size.columns, {
    number: 'No',
    version: 'IKE',
    peers: 'Initiator → responder',
    progress: 'What came of it',
    verdict: { text: 'Verdict' },
  })
  return cells.map(({ text }) => ({ text, role: 'title' }))
}

type ListCells = {
  readonly number: string
  readonly version: string
  readonly peers: string
  readonly progress: string
  readonly verdict: Span
}

/** Columns that the peers and the progress of all negotiations take. */
const widestCells = remembered(
  (story: Story) => [story] as const,
  ({ negotiations }: Story) => ({
    peers: Math.max(22, ...negotiations.map(each => width(peersText(each)))),
    progress: Math.max(15, ...negotiations.map(each => each.progress.length)),
  }),
)

/** A negotiation in the list; the verdict has what the others leave. */
function listCells(story: Story, columns: number, cells: ListCells): Row {
  const room = columns - gutter
  const widest = widestCells(story)
  const number = Math.max(2, String(story.negotiations.length).length)
  const peers = Math.min(widest.peers, Math.floor(room * 0.42))
  const progress = Math.min(widest.progress, Math.floor(room * 0.26))
  const pad = (text: string, to: number): Row => [...fit([{ text }], to), { text: ' ' }]
  return [
    { text: cells.number.padStart(number), role: 'dim' },
    { text: ' ' },
    ...pad(cells.version, 3),
    ...pad(cells.peers, peers),
    ...pad(cells.progress, progress),
    cells.verdict,
  ]
}

/** One of those that the list offers. */
export function negotiationRow({ story, size }: State, index: number): Row {
  if (story === undefined) return []
  const number = offeredBy(story)[index] ?? 0
  const negotiation = negotiationOf(story, number)
  const verdict = worstVerdicts(story).get(number)
  const said: Span = verdict
    ? { text: `${verdict.severity}: ${verdict.title}`, role: verdict.severity }
    : { text: negotiation?.outcome ?? '' }
  return listCells(story, size.columns, {
    number: number > 0 ? String(number) : '',
    version: negotiation ? `v${negotiation.version}` : '',
    peers: negotiation ? peersText(negotiation) : looseTitle,
    progress: negotiation?.progress.replaceAll('-', ' ') ?? '',
    verdict: said,
  })
}

const peersText = ({ initiator, responder }: Negotiation): string =>
  `${endpointText({ ...initiator, port: 0 })} → ${endpointText({ ...responder, port: 0 })}`
