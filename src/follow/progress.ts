import { progress1 } from './progress-ikev1.ts'
import { progress2 } from './progress-ikev2.ts'
import type { Message, Negotiation, Proposal, Refusal } from './story.ts'
import { timesSent } from './verdicts/case.ts'

/** What a negotiation has shown so far. */
export type Seen = {
  readonly version: number
  readonly messages: readonly Message[]
  readonly refusals: readonly Refusal[]
  /** What the responder chose for the IKE SA. */
  readonly accepted: Proposal | undefined
  /** ESP and AH that began between the same addresses afterwards. */
  readonly traffic: Traffic
}

export type Traffic = {
  /** `ESP`, `AH`, `AH and ESP`; empty: none. */
  readonly protocols: string
  readonly fromInitiator: boolean
  readonly fromResponder: boolean
}

/** How far it came, and the same as a sentence without an end. */
export type State = Pick<Negotiation, 'progress' | 'outcome'>

/** What the packets tell of how a negotiation went. Encrypted messages are judged by their shape. */
export const progressOf = (seen: Seen): State => (seen.version === 1 ? progress1(seen) : progress2(seen))

/** `once`, `twice`, `5 times over 8.2 s`. */
export function often(message: Message): string {
  const times = timesSent(message)
  if (times === 1) return 'once'
  const span = message.repeats.at(-1)!.time - message.time
  const over = span > 0 ? ` over ${span.toFixed(1)} s` : ''
  return `${times === 2 ? 'twice' : `${times} times`}${over}`
}

/** Nothing but the first request: what was sent, and what ICMP said of it. */
export function unanswered(what: string, seen: Seen): State {
  const sent = `${what} was sent ${often(seen.messages[0]!)}`
  const refusal = seen.refusals.at(-1)
  const back =
    refusal === undefined ? 'nobody answered' : `${refusal.from} answered by ICMP: ${refusal.reason}`
  return { progress: 'unanswered', outcome: `${sent} and ${back}` }
}

/** The last message of the responder that refuses something in clear. */
export function refusalIn(messages: readonly Message[]): { message: Message; name: string } | undefined {
  for (let i = messages.length - 1; i >= 0; i--) {
    const message = messages[i]!
    if (message.fromInitiator) continue
    const error = message.notifies.find(notify => notify.isError)
    if (error !== undefined) return { message, name: error.name }
  }
  return undefined
}

/** `ESP runs both ways`, `ESP runs from 192.0.2.1 only`. */
export function trafficText({ protocols, fromInitiator, fromResponder }: Traffic, first: Message): string {
  if (fromInitiator && fromResponder) return `${protocols} runs both ways`
  const initiator = first.fromInitiator ? first.from : first.to
  const responder = first.fromInitiator ? first.to : first.from
  return `${protocols} runs from ${(fromInitiator ? initiator : responder).address} only`
}

/** Where nothing of one side was captured, although the other went on as only answers let it: that one's messages are all there is. */
export function halfOf(
  messages: readonly Message[],
  isFurther: (message: Message) => boolean,
): State | undefined {
  const { fromInitiator, from } = messages[0]!
  if (messages.some(message => message.fromInitiator !== fromInitiator)) return undefined
  if (fromInitiator && !messages.some(isFurther)) return undefined
  return {
    progress: 'negotiating',
    outcome: `Only what ${from.address} sent was captured; it went on as if it were answered`,
  }
}
