import { diffOf } from '../follow/proposal-diff.ts'
import type { Association, Message, Negotiation, Refusal, Story, Verdict } from '../follow/story.ts'
import { counted, duration, packetsOf } from '../follow/verdicts/case.ts'
import { diffRows } from './diff-rows.ts'
import { type LadderRow, type Piece, pieces, row } from './ladder-row.ts'
import {
  bySeverity,
  bytesText,
  carriedText,
  endpointText,
  gapText,
  packetsText,
  spiText,
} from './story-words.ts'

/** What a story knows besides the negotiation itself. */
export type Around = Pick<Story, 'negotiations' | 'associations' | 'verdicts'>

/**
 * A negotiation from top to bottom: what it is, what there is to say about it, and its messages, refusals and tunnels in the
 * order of their packets, then the proposals. What `around` has of others is passed over.
 */
export function ladderRows(negotiation: Negotiation, around: Around): LadderRow[] {
  const { number } = negotiation
  const mine = <Of extends { negotiation: number }>(all: readonly Of[]) =>
    all.filter(one => one.negotiation === number)
  const diff = diffOf(negotiation, around.negotiations)
  return [
    ...headRows(negotiation),
    ...verdictRows(mine(around.verdicts)),
    ...stepRows(negotiation, mine(around.associations)),
    ...(diff ? diffRows(diff, negotiation) : []),
  ]
}

function headRows(negotiation: Negotiation): LadderRow[] {
  const { number, version, outcome, initiator, responder, initiatorSpi, responderSpi } = negotiation
  const packets = [...negotiation.messages.flatMap(packetsOf), ...negotiation.refusals.map(r => r.packet)]
  const sorted = packets.sort((a, b) => a - b)
  const packet = sorted[0] ?? 0
  const word = version === 1 ? 'cookies' : 'SPIs'
  return [
    row('headline', `IKEv${version} negotiation ${number}: ${outcome}`, { packet }),
    row('detail', `${endpointText(initiator)} to ${endpointText(responder)}, ${packetsText(sorted)}`, {
      packet,
    }),
    row('detail', `${word} ${initiatorSpi} and ${responderSpi}`, { packet }),
    ...(negotiation.isCut ? [row('detail', 'it has more messages than are shown here')] : []),
  ]
}

/** Each verdict in three rows, worst first. */
export function verdictRows(verdicts: readonly Verdict[]): LadderRow[] {
  return [...verdicts].sort(bySeverity).flatMap(({ severity, title, cause, advice, packets }) => {
    const packet = packets[0] ?? 0
    return [
      row('verdict', title, { packet, severity, right: packetsText(packets) }),
      ...(cause === '' ? [] : [row('cause', cause, { packet })]),
      ...(advice === '' ? [] : [row('advice', advice, { packet })]),
    ]
  })
}

/** A row with the time that it takes, from its first packet to its last. */
type Step = { readonly row: LadderRow; readonly time: number; readonly until: number }

function stepRows(negotiation: Negotiation, associations: readonly Association[]): LadderRow[] {
  const { messages, refusals } = negotiation
  const sent = byPacket(refusals.length > 0 ? messages : [])
  const initiators = new Set([
    negotiation.initiator.address,
    ...messages.map(m => (m.fromInitiator ? m.from : m.to).address),
  ])
  const steps = [
    ...messages.flatMap(messageSteps),
    ...movedSteps(negotiation),
    ...refusals.map(refusal => refusalStep(refusal, sent.get(refusal.about))),
    ...associations.map(association => associationStep(association, initiators)),
  ].sort((a, b) => a.row.packet - b.row.packet || rank(a) - rank(b))
  const peers = row('peers', endpointText(negotiation.initiator), {
    right: endpointText(negotiation.responder),
  })
  let before: Step | undefined
  return [
    peers,
    ...steps.map(step => {
      if (step.row.kind === 'moved') return step.row
      const gap = before ? gapAfter(before, step) : ''
      before = step
      return { ...step.row, gap }
    }),
  ]
}

const rank = ({ row }: Step): number => (row.kind === 'moved' ? 0 : 1)

/** Since the end of the row before; since its beginning where this one came meanwhile. */
const gapAfter = (before: Step, { time }: Step): string =>
  gapText(time - (before.until <= time ? before.until : before.time))

function messageSteps(message: Message): Step[] {
  const { packet, time, fromInitiator, repeats, notifies } = message
  const arrow = fromInitiator ? 'right' : 'left'
  const severity = notifies.some(notify => notify.isError) ? 'error' : undefined
  const sent = {
    row: row('message', titleOf(message), { packet, arrow, severity, pieces: piecesOf(message) }),
    time,
    until: time,
  }
  const [first] = repeats
  if (first === undefined) return [sent]
  const until = repeats.at(-1)?.time ?? first.time
  const span = duration(time, until)
  const text = `sent again ×${repeats.length}${span && ` over ${span}`}: ${packetsText(repeats.map(r => r.packet))}`
  return [sent, { row: row('repeat', text, { packet: first.packet, arrow }), time: first.time, until }]
}

/** `IKE_AUTH request 1`, as strongSwan logs it. IKEv1 has no flag for answers, and its main mode no message ID. */
export function titleOf({ version, exchangeName, isResponse, messageId }: Message): string {
  if (version !== 1) return `${exchangeName} ${isResponse ? 'response' : 'request'} ${messageId}`
  // Everybody calls the identity protection exchange by what stands in the parentheses.
  const name = /\((.+)\)$/.exec(exchangeName)?.[1] ?? exchangeName
  return messageId === 0 ? name : `${name} ${messageId.toString(16).padStart(8, '0')}`
}

function piecesOf(message: Message): Piece[] {
  const { payloads, notifies, isEncrypted, length, fragment, fragments, isCut } = message
  const refusals = new Map(notifies.filter(n => n.isError).map(n => [`N(${n.name})`, n.text]))
  const part = fragment && `${fragment.number}${fragment.total > 0 ? `/${fragment.total}` : ''}`
  const told = payloads.map((payload): Piece => {
    const refusal = refusals.get(payload)
    if (refusal !== undefined)
      return { text: refusal ? `${payload.slice(0, -1)}: ${refusal})` : payload, short: '' }
    if (part && payload === 'SKF') return { text: `SKF ${part}`, short: '' }
    return { text: payload, short: payload.startsWith('N(') ? 'N' : /^V(ID)?\b/.test(payload) ? 'V' : '' }
  })
  return [
    ...told,
    ...pieces(isEncrypted && told.length === 0 ? ['encrypted'] : []),
    ...pieces(isEncrypted ? [counted(length, 'byte')] : []),
    ...pieces(part && !payloads.includes('SKF') ? [`fragment ${part}`] : []),
    ...pieces(fragments.length > 0 ? [`in ${counted(fragments.length, 'fragment')}`] : []),
    ...pieces(isCut ? ['(cut off)'] : []),
  ]
}

function movedSteps({ initiator, responder, messages }: Negotiation): Step[] {
  let left = endpointText(initiator)
  let right = endpointText(responder)
  return messages.flatMap(({ packet, time, fromInitiator, from, to }) => {
    const [one, other] = (fromInitiator ? [from, to] : [to, from]).map(endpointText)
    if (one === left && other === right) return []
    left = one!
    right = other!
    return [{ row: row('moved', left, { packet, right }), time, until: time }]
  })
}

/** What each packet brought. */
const byPacket = (messages: readonly Message[]): ReadonlyMap<number, Message> =>
  new Map(messages.flatMap(message => packetsOf(message).map(packet => [packet, message] as const)))

function refusalStep({ packet, time, from, reason, about }: Refusal, refused: Message | undefined): Step {
  const arrow = refused && !refused.fromInitiator ? 'right' : 'left'
  const text = `ICMP ${reason} from ${from}${about > 0 ? `, about packet ${about}` : ''}`
  return { row: row('refusal', text, { packet, arrow, severity: 'error' }), time, until: time }
}

function associationStep(association: Association, initiators: ReadonlySet<string>): Step {
  const { spi, packets, bytes, missing, replays, late, firstPacket, source, destination } = association
  const told = [
    `${carriedText(association)} ${spiText(spi)}: ${counted(packets, 'packet')}`,
    bytesText(bytes),
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(replays > 0 ? [counted(replays, 'replay')] : []),
    ...(late > 0 ? [`${late} late`] : []),
  ]
  const fromLeft = initiators.has(source) && !(initiators.has(destination) && source > destination)
  const of = row('association', told.join(', '), {
    packet: firstPacket,
    arrow: fromLeft ? 'right' : 'left',
    severity: replays > 0 ? 'warning' : undefined,
  })
  return { row: of, time: association.firstTime, until: association.lastTime }
}
