import { exchange, notifyType } from './ike-numbers.ts'
import { halfOf, often, refusalIn, type Seen, type State, trafficText, unanswered } from './progress.ts'
import type { Message, Progress } from './story.ts'
import { timesSent } from './verdicts/case.ts'
import { type Shape, shapeOf } from './verdicts/sizes.ts'

const begins = (message: Message): boolean =>
  message.exchange === exchange.saInit || message.exchange === exchange.sessionResume

/** How far a negotiation of IKEv2 came. */
export function progress2(seen: Seen): State {
  const { messages } = seen
  if (messages.some(message => message.payloads.includes('D')))
    return { progress: 'deleted', outcome: 'A deletion was sent in clear' }
  if (!messages.some(begins)) return joined(seen)
  return halfOf(messages, m => !begins(m)) ?? beginning(seen) ?? authentication(seen)
}

/** What came of IKE_SA_INIT; undefined where it was answered by a choice. */
function beginning(seen: Seen): State | undefined {
  const { messages } = seen
  const { exchangeName } = messages.find(begins)!
  const answers = messages.filter(m => !m.fromInitiator && (begins(m) || m.version !== 2))
  const answer = answers.at(-1)
  if (answer === undefined && messages.every(begins)) return unanswered(exchangeName, seen)
  if (answer === undefined || answers.some(m => m.proposals.length > 0)) return undefined
  const isAsked = (type: number) => answer.notifies.some(notify => notify.type === type)
  const next = messages.find(m => m.fromInitiator && begins(m) && m.packet > answer.packet)
  const then =
    next === undefined
      ? 'the initiator did not try again with this SPI'
      : `${exchangeName} was sent again ${often(next)} and not answered`
  if (isAsked(notifyType.cookie))
    return { progress: 'cookie-asked', outcome: `The responder asked for a cookie; ${then}` }
  if (isAsked(notifyType.invalidKePayload)) {
    const group =
      answer.notifies.find(notify => notify.type === notifyType.invalidKePayload)?.text || 'another group'
    return { progress: 'another-group-asked', outcome: `The responder asked for ${group}; ${then}` }
  }
  const refusal = refusalIn([answer])
  if (refusal !== undefined)
    return {
      progress: 'refused',
      outcome: `${answer.from.address} refused ${exchangeName}: ${refusal.name}`,
    }
  const redirect = answer.notifies.find(notify => notify.type === notifyType.redirect)
  if (redirect !== undefined)
    return {
      progress: 'refused',
      outcome: `${answer.from.address} sends the initiator to another gateway: ${redirect.text}`,
    }
  // What breaks off, or is of another exchange, may have been the choice.
  if (answer.isCut || messages.some(m => m.exchange === exchange.auth)) return undefined
  return { progress: 'negotiating', outcome: `${exchangeName} was answered without a choice of algorithms` }
}

function authentication(seen: Seen): State {
  const { messages } = seen
  const auth = messages.filter(m => m.exchange === exchange.auth)
  const refusal = refusalIn(messages.filter(m => !begins(m)))
  if (refusal !== undefined && seen.traffic.protocols === '')
    return {
      progress: 'refused',
      outcome: `${refusal.message.from.address} refused ${refusal.message.exchangeName}: ${refusal.name}`,
    }
  const request = auth.findLast(m => !m.isResponse)
  const isAnswered = auth.some(
    m => m.isResponse && (request === undefined || m.messageId >= request.messageId),
  )
  if (isAnswered) return answered(seen, shapeOfLast(auth, seen))
  if (request !== undefined)
    return {
      progress: 'authenticating',
      outcome: `IKE_AUTH was sent ${often(request)} and not answered`,
    }
  if (seen.traffic.protocols !== '') return established(seen, 'IKE_SA_INIT was answered, and')
  const middle = messages.some(m => m.exchange === exchange.intermediate) ? 'IKE_INTERMEDIATE followed, ' : ''
  return { progress: 'negotiating', outcome: `IKE_SA_INIT was answered; ${middle}no IKE_AUTH was seen` }
}

/** IKE_AUTH was answered, and nobody can read with what: what follows tells whether it was accepted. */
function answered(seen: Seen, shape: Shape): State {
  if (seen.traffic.protocols !== '') return established(seen, 'IKE_AUTH was answered and')
  const after = seen.messages.filter(m => m.isResponse && m.exchange !== exchange.auth && !begins(m))
  const isShort = shape === 'refused' || shape === 'identified' || shape === 'stopped'
  if (after.length === 0 || (isShort && after.every(m => m.exchange === exchange.informational2)))
    return { progress: after.length === 0 ? 'authenticating' : 'looks-established', outcome: looks[shape] }
  if (after.length === 1 && after[0]!.exchange === exchange.informational2)
    return ending(
      seen,
      'looks-established',
      'IKE_AUTH was answered, and only one INFORMATIONAL exchange followed',
    )
  return established(seen, 'IKE_AUTH and the exchanges after it were answered,')
}

/** What the size of the answer to IKE_AUTH says where nothing else does. */
const looks: Readonly<Record<Shape, string>> = {
  refused: 'IKE_AUTH looks refused: its answer is too short to be anything else',
  identified: 'IKE_AUTH was answered, but looks to have made no tunnel: the answer is too short for one',
  stopped:
    'IKE_AUTH took several rounds, as with EAP, and looks to have failed: the last answer is too short for a tunnel',
  accepted: 'IKE_AUTH looks accepted by the size of its answer; nothing followed that shows it',
  unknown: 'IKE_AUTH was answered; whether it succeeded is encrypted, and nothing followed that shows it',
}

/** How the last answer of IKE_AUTH looks beside what it answers. */
function shapeOfLast(auth: readonly Message[], { accepted }: Seen): Shape {
  const requests = auth.filter(m => m.fromInitiator && !m.isResponse)
  const request = requests.at(-1)
  const response = auth.find(m => m.isResponse && m.messageId === request?.messageId)
  if (request === undefined || response === undefined) return 'unknown'
  return shapeOf(request, response, accepted, requests[0]!.messageId === request.messageId)
}

/** `how` it is known; the traffic is said behind it. */
function established(seen: Seen, how: string): State {
  const { messages, traffic } = seen
  const first = messages[0]!
  const runs = traffic.protocols === '' ? 'no ESP or AH was seen' : trafficText(traffic, first)
  const children = messages.filter(m => m.exchange === exchange.createChild && m.isResponse).length
  const more =
    children > 0 ? `; CREATE_CHILD_SA was answered ${children === 1 ? 'once' : `${children} times`}` : ''
  return ending(seen, 'looks-established', `${how} ${runs}: it looks established${more}`)
}

function joined(seen: Seen): State {
  const { messages, traffic } = seen
  const runs = traffic.protocols === '' ? '' : `; ${trafficText(traffic, messages[0]!)}`
  return ending(seen, 'joined-in-the-middle', `The capture does not have its beginning${runs}`)
}

function ending(seen: Seen, progress: Progress, outcome: string): State {
  const dead = unheard(seen.messages)
  if (dead !== undefined)
    return {
      progress: 'dead-peer',
      outcome: `${dead.exchangeName} ${dead.messageId} from ${dead.from.address} was sent ${often(dead)} and not answered`,
    }
  const last = seen.messages.at(-1)!
  if (progress !== 'looks-established' || last.exchange !== exchange.informational2)
    return { progress, outcome }
  return { progress, outcome: `${outcome}; the last exchange may have deleted it` }
}

/** The last request of a side, if it was repeated and never answered. */
function unheard(messages: readonly Message[]): Message | undefined {
  for (const side of [true, false]) {
    const request = messages.findLast(m => m.fromInitiator === side && !m.isResponse)
    if (request === undefined || timesSent(request) < 2) continue
    const isAnswered = messages.some(
      m => m.isResponse && m.fromInitiator !== side && m.messageId >= request.messageId,
    )
    if (!isAnswered) return request
  }
  return undefined
}
