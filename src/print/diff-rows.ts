import type { DiffProposal, DiffRow, ProposalDiff } from '../follow/proposal-diff.ts'
import type { Negotiation } from '../follow/story.ts'
import { counted } from '../follow/verdicts/case.ts'
import { type LadderRow, pieces, row } from './ladder-row.ts'

/** What the responder did with the offers, as the heading of the right column. */
const answers: Readonly<Record<ProposalDiff['outcome'], string>> = {
  accepted: 'taken by',
  refused: 'refused by',
  'another group': 'other group asked by',
  open: 'no choice by',
}

/**
 * Offers beside the choice, a row for each kind of algorithm, and what to add where. Where one proposal was taken, the
 * others are only counted; further sentences are in the verdicts.
 */
export function diffRows(diff: ProposalDiff, { initiator, responder }: Negotiation): LadderRow[] {
  const { proposals, outcome, isCut, toAdd } = diff
  if (proposals.length === 0) return []
  const taken = proposals.filter(proposal => proposal.isTaken)
  const shown = taken.length > 0 ? taken : proposals
  const others = proposals.length - shown.length
  const right = `${answers[outcome]} ${responder.address}`
  return [
    row('table', `offered by ${initiator.address}`, { right }),
    ...shown.flatMap(proposal => proposalRows(proposal, proposals.length > 1)),
    ...(others > 0
      ? [row('hint', `${counted(others, 'other proposal')} ${others === 1 ? 'was' : 'were'} not taken.`)]
      : []),
    ...(toAdd ? [row('hint', toAdd)] : []),
    ...(isCut ? [row('hint', 'More was offered than could be read.')] : []),
  ]
}

function proposalRows({ number, protocol, rows }: DiffProposal, isOneOfMany: boolean): LadderRow[] {
  const heading = isOneOfMany ? [row('choice', `proposal ${number}`, { pieces: pieces([protocol]) })] : []
  return [...heading, ...rows.map(choiceRow)]
}

function choiceRow({ kind, offered, accepted, state, missing }: DiffRow): LadderRow {
  const added = missing.length > 0 ? `add ${missing.join(' or ')}` : ''
  const right = state === 'left out' ? 'nothing' : accepted || added
  const severity = state === 'not offered' || added !== '' ? 'error' : undefined
  return row('choice', kind, { pieces: pieces(offered), right, severity })
}
