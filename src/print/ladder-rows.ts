import type { Association, Message, Negotiation, Refusal, Story, Verdict } from '../follow/story.ts'
import { counted, duration, packetsOf } from '../follow/verdicts/case.ts'
import {
  bySeverity,
  bytesText,
  carriedText,
  endpointText,
  gapText,
  packetsText,
  spiText,
} from './story-words.ts'

/** What a row of a ladder tells. */
export type LadderKind =
  /** What came of it, then who and where, and what is not shown. */
  | 'headline'
  | 'detail'
  /** What happened, why that usually is, what to look at next. */
  | 'verdict'
  | 'cause'
  | 'advice'
  /** The peers above their columns; the same where one of them moves to another port or address. */
  | 'peers'
  | 'moved'
  | 'message'
  /** The same message again, folded. */
  | 'repeat'
  | 'refusal'
  | 'association'
  /** Offers beside the choice: the heading, a kind of algorithm, what to do about it. */
  | 'table'
  | 'choice'
  | 'hint'

/** One row of a ladder, free of widths and colours: text and screen draw the same rows. */
export type LadderRow = {
  readonly kind: LadderKind
  /** The packet to jump to; 0: none. */
  readonly packet: number
  /** Seconds since the row before, as text; empty: nothing to tell. */
  readonly gap: string
  /** The side where the arrow's head is; the initiator stands on the left. */
  readonly arrow: 'right' | 'left' | 'none'
  readonly text: string
  /** What an arrow carries besides, in order; what has no room is left out. */
  readonly pieces: readonly string[]
  /** What stands in the right column: of peers and of tables. */
  readonly right: string
  readonly severity: Verdict['severity'] | undefined
}

/** What a story knows about one negotiation, and about the tunnels that follow it. */
export type Around = Pick<Story, 'associations' | 'verdicts'>

const nothing: Omit<LadderRow, 'kind' | 'text'> = {
  packet: 0,
  gap: '',
  arrow: 'none',
  pieces: [],
  right: '',
  severity: undefined,
}

export const row = (kind: LadderKind, text: string, rest: Partial<LadderRow> = {}): LadderRow => ({
  ...nothing,
  kind,
  text,
  ...rest,
})

/**
 * A negotiation from top to bottom: what it is, what there is to say about it, and its messages, refusals and tunnels in the
 * order of their packets. Rows of `around` that belong to others are passed over.
 */
export function ladderRows(negotiation: Negotiation, around: Around): LadderRow[] {
  const { number } = negotiation
  const mine = <Of extends { negotiation: number }>(all: readonly Of[]) =>
    all.filter(one => one.negotiation === number)
  return [
    ...headRows(negotiation),
    ...verdictRows(mine(around.verdicts)),
    ...stepRows(negotiation, mine(around.associations)),
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
  const initiators = new Set([
    negotiation.initiator.address,
    ...messages.map(m => (m.fromInitiator ? m.from : m.to).address),
  ])
  const steps = [
    ...messages.flatMap(messageSteps),
    ...movedSteps(negotiation),
    ...refusals.map(refusal => refusalStep(refusal, messages)),
    ...associations.map(association => associationStep(association, initiators)),
  ].sort((a, b) => a.row.packet - b.row.packet || rank(a) - rank(b))
  const peers = row('peers', endpointText(negotiation.initiator), {
    right: endpointText(negotiation.responder),
  })
  return [peers, ...steps.map((step, i) => ({ ...step.row, gap: gapBefore(step, steps[i - 1]) }))]
}

const rank = ({ row }: Step): number => (row.kind === 'moved' ? 0 : 1)

/** Since the end of the row before; since its beginning where this one came meanwhile. */
function gapBefore({ row, time }: Step, before: Step | undefined): string {
  if (before === undefined || row.kind === 'moved') return ''
  return gapText(time - (before.until <= time ? before.until : before.time))
}

function messageSteps(message: Message): Step[] {
  const { packet, time, fromInitiator, repeats, notifies } = message
  const arrow = fromInitiator ? 'right' : 'left'
  const severity = notifies.some(notify => notify.isError) ? 'error' : undefined
  const pieces = piecesOf(message)
  const sent = {
    row: row('message', titleOf(message), { packet, arrow, severity, pieces }),
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

/** `IKE_AUTH request 1`, as strongSwan logs it; main mode has no message ID. */
export function titleOf({ version, exchangeName, isResponse, messageId }: Message): string {
  if (version !== 1) return `${exchangeName} ${isResponse ? 'response' : 'request'} ${messageId}`
  return messageId === 0 ? exchangeName : `${exchangeName} ${messageId.toString(16).padStart(8, '0')}`
}

function piecesOf({ payloads, notifies, isEncrypted, length, fragment, isCut }: Message): string[] {
  const refusals = new Map(notifies.filter(n => n.isError && n.text).map(n => [`N(${n.name})`, n]))
  const pieces = payloads.map(payload => {
    const refusal = refusals.get(payload)
    return refusal ? `N(${refusal.name}: ${refusal.text})` : payload
  })
  if (isEncrypted && pieces.length === 0) pieces.push('encrypted')
  if (isEncrypted) pieces.push(counted(length, 'byte'))
  if (fragment) pieces.push(`fragment ${fragment.number}${fragment.total > 0 ? ` of ${fragment.total}` : ''}`)
  if (isCut) pieces.push('cut off')
  return pieces
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

function refusalStep({ packet, time, from, reason, about }: Refusal, messages: readonly Message[]): Step {
  const refused = messages.find(message => about > 0 && packetsOf(message).includes(about))
  const arrow = refused && !refused.fromInitiator ? 'right' : 'left'
  const text = `ICMP ${reason} from ${from}${about > 0 ? `, about packet ${about}` : ''}`
  return { row: row('refusal', text, { packet, arrow, severity: 'error' }), time, until: time }
}

function associationStep(association: Association, initiators: ReadonlySet<string>): Step {
  const { spi, packets, bytes, missing, replays, late, firstPacket, source, destination } = association
  const pieces = [
    counted(packets, 'packet'),
    bytesText(bytes),
    ...(missing > 0 ? [`${missing} missing`] : []),
    ...(replays > 0 ? [counted(replays, 'replay')] : []),
    ...(late > 0 ? [`${late} late`] : []),
  ]
  const fromLeft = initiators.has(source) && !(initiators.has(destination) && source > destination)
  const of = row('association', `${carriedText(association)} ${spiText(spi)}`, {
    packet: firstPacket,
    arrow: fromLeft ? 'right' : 'left',
    severity: replays > 0 ? 'warning' : undefined,
    pieces,
  })
  return { row: of, time: association.firstTime, until: association.lastTime }
}
