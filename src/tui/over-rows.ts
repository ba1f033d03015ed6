import type { Negotiation, Story } from '../follow/story.ts'
import { endpointText } from '../print/story-words.ts'
import { overOf } from './keymap.ts'
import type { ComparedLine } from './ladder-compare.ts'
import {
  comparedLines,
  gutter,
  ladderOf,
  negotiationOf,
  offeredBy,
  rungs,
  worstVerdicts,
} from './ladder-lines.ts'
import { overHeight, overLength, overPlace } from './ladder-moving.ts'
import { remembered } from './layout.ts'
import type { State } from './state.ts'
import { fit, type Row, type Span, textOf, width } from './text.ts'

/** Everything between header and footer while something lies over the panes: title, heads, lines. */
export function overRows(state: State): readonly Row[] {
  const { top = 0 } = overPlace(state) ?? {}
  const count = Math.max(0, Math.min(overHeight(state), overLength(state) - top))
  const shown = Array.from({ length: count }, (_, i) => lineRow(state, top + i))
  return [titleRow(state), [{ text: ' '.repeat(gutter) }, ...headsOf(state)], ...shown]
}

/** `─ Ladder 1 of 2 ─ IKEv2 negotiation 1: refused ──── lines 1–18 of 30 ─` */
function titleRow(state: State): Row {
  const { columns } = state.size
  const { top = 0 } = overPlace(state) ?? {}
  const all = overLength(state)
  const last = Math.min(all, top + overHeight(state))
  const right = top === 0 && last === all ? '' : ` lines ${top + 1}–${last} of ${all} ─`
  const lead: Span = { text: '► ', role: 'key' }
  const title = titleOf(state)
  const left = fit(title, Math.min(width(textOf(title)), Math.max(0, columns - 3 - right.length)))
  const line = '─'.repeat(Math.max(0, columns - 3 - width(textOf(left)) - right.length))
  return [lead, ...left, { text: ` ${line}${right}`, role: 'dim' }]
}

function titleOf(state: State): Row {
  const { story, ladder, comparison } = state
  switch (overOf(state)) {
    case 'comparison':
      return [
        {
          text: comparison ? `Packets ${comparison.left.number} and ${comparison.right.number}` : '',
          role: 'title',
        },
        { text: comparison?.whole ? ' ─ all lines' : ' ─ what differs', role: 'dim' },
      ]
    case 'ladder': {
      const offered = story ? offeredBy(story) : []
      const place = `${offered.indexOf(ladder?.negotiation ?? 0) + 1} of ${offered.length}, [ ] turns`
      return [
        { text: 'Ladder', role: 'title' },
        ...(offered.length > 1 ? [{ text: ` ${place}`, role: 'dim' as const }] : []),
        { text: ' ─ ', role: 'dim' },
        { text: ladderOf(state).title, role: 'title' },
      ]
    }
    default: {
      const count = story?.negotiations.length ?? 0
      return [
        { text: 'Negotiations', role: 'title' },
        {
          text: ` ─ ${count === 1 ? '1 is' : `${count} are`} in ${story?.packets ?? 0} packets`,
          role: 'dim',
        },
      ]
    }
  }
}

function headsOf(state: State): Row {
  const { comparison, story } = state
  switch (overOf(state)) {
    case 'comparison':
      return comparison
        ? comparedCells(state, [
            { text: '' },
            { text: `packet ${comparison.left.number}`, role: 'title' },
            { text: `packet ${comparison.right.number}`, role: 'title' },
          ])
        : []
    case 'ladder':
      return ladderHead(state)
    default:
      return story
        ? listCells(story, state.size.columns, {
            number: 'No',
            version: 'IKE',
            peers: 'Initiator → responder',
            progress: 'What came of it',
            verdict: { text: 'Verdict', role: 'title' },
          }).map(cell => ({ ...cell, role: 'title' as const }))
        : []
  }
}

/** Who and where; once the peers are scrolled away, who stands at which side. */
function ladderHead(state: State): Row {
  const { place, peers, lines } = ladderOf(state)
  const at = lines.findIndex(({ kind }) => kind === 'peers')
  return at >= 0 && at < (state.ladder?.top ?? 0) ? peers : place
}

/** One line with its cursor and mark. */
function lineRow(state: State, index: number): Row {
  const { ladder } = state
  const over = overOf(state)
  const current = index === overPlace(state)?.cursor
  const packet = over === 'ladder' ? (ladderOf(state).lines[index]?.packet ?? 0) : 0
  const marked = packet > 0 && over === 'ladder' && isRung(state, index) && ladder?.marked.includes(packet)
  const signs: Row = [
    { text: current ? '►' : ' ', role: 'key' },
    { text: marked ? '*' : ' ', role: 'key' },
  ]
  const ground = current ? 'cursor' : marked ? 'marked' : 'none'
  return fit([...signs, ...bodyOf(state, index)], state.size.columns, ground)
}

const isRung = (state: State, index: number): boolean => {
  const line = ladderOf(state).lines[index]
  return line !== undefined && rungs.includes(line.kind)
}

function bodyOf(state: State, index: number): Row {
  const { story } = state
  switch (overOf(state)) {
    case 'comparison': {
      const line = comparedLines(state)[index]
      return line ? comparedRow(state, line) : []
    }
    case 'ladder':
      return ladderOf(state).lines[index]?.row ?? []
    default:
      return story ? offerRow(story, offeredBy(story)[index] ?? 0, state.size.columns) : []
  }
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

function offerRow(story: Story, number: number, columns: number): Row {
  const negotiation = negotiationOf(story, number)
  const verdict = worstVerdicts(story).get(number)
  const said: Span = verdict
    ? { text: `${verdict.severity}: ${verdict.title}`, role: verdict.severity }
    : { text: negotiation?.outcome ?? '' }
  return listCells(story, columns, {
    number: number > 0 ? String(number) : '',
    version: negotiation ? `v${negotiation.version}` : '',
    peers: negotiation ? peersText(negotiation) : 'ESP and AH without a negotiation',
    progress: negotiation?.progress.replaceAll('-', ' ') ?? '',
    verdict: said,
  })
}

const peersText = ({ initiator, responder }: Negotiation): string =>
  `${endpointText({ ...initiator, port: 0 })} → ${endpointText({ ...responder, port: 0 })}`

/** A label for both, then what each message says, with a sign between where that differs. */
function comparedRow(state: State, { depth, label, left, right, differs, around }: ComparedLine): Row {
  const role = differs || around ? 'label' : 'dim'
  const name: Span = { text: '  '.repeat(depth) + label, role }
  if (left === '' && right === '') return [name]
  const sign = !differs ? ' ' : left === undefined ? '>' : right === undefined ? '<' : '≠'
  const said = (text: string | undefined): Span =>
    text === undefined
      ? { text: differs ? '–' : '', role: 'dim' }
      : {
          text: text === '' && (left === undefined || right === undefined) ? 'there' : text,
          role: differs ? 'match' : 'dim',
        }
  return comparedCells(state, [name, said(left), said(right)], sign)
}

function comparedCells({ size }: State, [label, left, right]: readonly [Span, Span, Span], sign = ' '): Row {
  const room = size.columns - gutter
  const labels = Math.min(40, Math.floor(room * 0.38))
  const each = Math.floor((room - labels - 4) / 2)
  return [
    ...fit([label], labels),
    { text: ' ' },
    ...fit([left], each),
    { text: ` ${sign} `, role: 'key' },
    ...fit([right], each),
  ]
}
