import { exchange } from './ike-numbers.ts'
import { halfOf, often, refusalIn, type Seen, type State, trafficText, unanswered } from './progress.ts'
import type { Message, Progress } from './story.ts'
import { timesSent } from './verdicts/case.ts'

/** Phase 1 and how many messages it has; Base and Authentication Only are as rare as they are old. */
const phases: Readonly<Record<number, { readonly name: string; readonly messages: number }>> = {
  1: { name: 'Base mode', messages: 4 },
  2: { name: 'Main mode', messages: 6 },
  3: { name: 'Authentication only mode', messages: 3 },
  4: { name: 'Aggressive mode', messages: 3 },
}

/** Questions without an answer in a row, and the seconds that they have to span, before a peer looks dead. */
const deadQuestions = 3
const deadSeconds = 2

/** A message in fragments counts once. */
const isWhole = (message: Message): boolean => message.fragment === undefined || message.fragment.number === 1

/** How far a negotiation of IKEv1 came. */
export function progress1(seen: Seen): State {
  const { messages } = seen
  if (messages.some(message => message.payloads.includes('D')))
    return { progress: 'deleted', outcome: 'A deletion was sent in clear' }
  const first = messages.find(offers)
  const phase = phases[first?.exchange ?? 0]
  if (first === undefined || phase === undefined) return joined(seen)
  const half = halfOf(
    messages,
    m => m.exchange !== exchange.informational1 && m.proposals.length === 0 && !m.isCut,
  )
  if (half !== undefined) return half
  if (messages.every(message => message.fromInitiator)) return unanswered(phase.name, seen)
  // The first one counts, whatever it says of fragments: it has offers.
  const steps = messages.filter(m => m === first || (m.exchange === first.exchange && isWhole(m)))
  if (steps.length < phase.messages) return firstPhase(seen, phase.name, phase.messages, steps)
  return secondPhase(seen, phase.name)
}

/** The first message of all comes from the initiator and has its offers. */
const offers = (message: Message): boolean =>
  phases[message.exchange] !== undefined &&
  !message.isEncrypted &&
  message.fromInitiator &&
  (message.proposals.length > 0 || message.isCut)

function firstPhase(seen: Seen, name: string, count: number, steps: readonly Message[]): State {
  const refusal = refusalIn(seen.messages)
  const last = steps.at(-1)!
  if (refusal !== undefined && !steps.some(m => !m.fromInitiator && m.packet > refusal.message.packet))
    return { progress: 'refused', outcome: `${refusal.message.from.address} answered ${refusal.name}` }
  const told = `${name} stopped at message ${steps.length} of ${count}, which was sent ${often(last)}`
  const proof = last.exchange === exchange.aggressive ? 2 : 5
  const notices = seen.messages.filter(m => m.exchange === exchange.informational1 && m.isEncrypted).length
  const back =
    notices === 0
      ? ''
      : `; ${notices === 1 ? 'an encrypted Informational message' : `${notices} encrypted Informational messages`} came instead of the next one`
  return {
    progress: steps.length >= proof ? 'authenticating' : 'negotiating',
    outcome: `${told}${back}`,
  }
}

function secondPhase(seen: Seen, name: string): State {
  const { messages, traffic } = seen
  const quick = new Map<number, number>()
  for (const m of messages)
    if (m.exchange === exchange.quick && isWhole(m)) quick.set(m.messageId, (quick.get(m.messageId) ?? 0) + 1)
  const most = Math.max(0, ...quick.values())
  const runs = traffic.protocols === '' ? 'no ESP or AH was seen' : trafficText(traffic, messages[0]!)
  const state =
    most === 0 ? 'no quick mode was seen' : `quick mode stopped at message ${Math.min(most, 3)} of 3`
  if (most < 3 && traffic.protocols === '')
    return ending(seen, 'negotiating', `${name} was completed; ${state}`)
  const done = most < 3 ? `${name} was completed and` : `${name} and quick mode were completed and`
  return ending(seen, 'looks-established', `${done} ${runs}: it looks established`)
}

function joined(seen: Seen): State {
  const { messages, traffic } = seen
  const runs = traffic.protocols === '' ? '' : `; ${trafficText(traffic, messages[0]!)}`
  return ending(seen, 'joined-in-the-middle', `The capture does not have its beginning${runs}`)
}

function ending(seen: Seen, progress: Progress, outcome: string): State {
  const { messages } = seen
  const last = messages.at(-1)!
  let alone = messages.length - 1
  while (alone > 0 && messages[alone - 1]!.fromInitiator === last.fromInitiator) alone--
  const questions = messages.slice(alone).filter(m => m.exchange === exchange.informational1)
  const span = (questions.at(-1)?.time ?? 0) - (questions[0]?.time ?? 0)
  const isRepeated = last.exchange === exchange.quick && timesSent(last) > 1 && progress === 'negotiating'
  if (isRepeated || (questions.length >= deadQuestions && span >= deadSeconds))
    return {
      progress: 'dead-peer',
      outcome: isRepeated
        ? `Quick mode was sent ${often(last)} and not answered`
        : `${last.from.address} sent ${questions.length} Informational messages over ${span.toFixed(1)} s and nothing came back`,
    }
  if (progress !== 'looks-established' || last.exchange !== exchange.informational1)
    return { progress, outcome }
  return { progress, outcome: `${outcome}; the last message may have deleted it` }
}
