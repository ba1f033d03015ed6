import { groupIn } from '../proposal-diff.ts'
import type { Message } from '../story.ts'
import {
  allPackets,
  type Case,
  type Finding,
  isOffer,
  packetsOf,
  type Said,
  times,
  timesSent,
} from './case.ts'

const keyExchanges = (sent: Message | undefined) =>
  sent?.proposals.flatMap(p => p.transforms).filter(t => t.kind === 'key exchange') ?? []

/** So many of them are more than a wrong guess and the repetition of a lost answer. */
const loop = 3

/** What the initiator offers to the same responder in other negotiations; captures may be out of order. */
const attempts = ({ negotiation, next, ofResponder }: Case) =>
  [...(next === undefined ? [] : [next]), ...ofResponder]
    .filter(other => other !== negotiation && other.initiator.address === negotiation.initiator.address)
    .flatMap(other => other.messages.filter(isOffer))

/** One INVALID_KE_PAYLOAD is how groups are agreed on; asking again and again is not (RFC 7296 §2.7). */
export function invalidKe(of: Case, said: readonly Said[]): Finding {
  const { initiator, responder, messages } = of.negotiation
  const { message: refusal, notify } = said.at(-1)!
  const isLater = (m: Message) => m.packet > refusal.packet
  const name = notify.text || 'another group'
  const group = groupIn(notify.text)
  const sent = messages.filter(m => isOffer(m) && m.group !== 0)
  const before = sent.findLast(m => !isLater(m))
  const tried = keyExchanges(before).find(t => t.id === before?.group)?.name ?? 'the group'
  const told = `${responder.address} wants ${name} instead of ${tried} of ${initiator.address}`
  const packets = [...allPackets(sent), ...said.flatMap(s => packetsOf(s.message))]
  const anew = attempts(of).find(m => isLater(m) && m.group === group)
  if (anew !== undefined)
    return guessed(of, `${told}; the next attempt had it`, name, [...packets, anew.packet])
  if (messages.some(m => !m.fromInitiator && isLater(m) && m.group !== 0))
    return guessed(of, `${told}; the next IKE_SA_INIT had it`, name, packets)
  const isRetried = sent.some(m => isLater(m) && m.group === group)
  const isLoop = said.reduce((sum, s) => sum + timesSent(s.message), 0) >= loop
  if (isRetried && !isLoop)
    return guessed(
      of,
      `${told}; it tried again with it, and the capture has no answer to that`,
      name,
      packets,
    )
  return refusedFor(
    of,
    said,
    told,
    name,
    keyExchanges(before).some(t => t.id === group),
    packets,
  )
}

const first = ({ negotiation }: Case, name: string) =>
  `Put ${name} first among the groups that ${negotiation.initiator.address} offers (\`proposals\` in swanctl.conf, \`ikesa … group …\` in iked.conf)`

const guessed = (of: Case, told: string, name: string, packets: readonly number[]): Finding => ({
  id: 'invalid-ke-payload',
  severity: 'info',
  title: `${told}.`,
  cause:
    'The initiator guesses the group for its first key, and this guess was wrong: it costs one round trip, nothing else (RFC 7296 §2.7).',
  advice: `${first(of, name)} to save the round trip.`,
  packets,
})

function refusedFor(
  of: Case,
  said: readonly Said[],
  told: string,
  name: string,
  isOffered: boolean,
  packets: readonly number[],
): Finding {
  const count = said.reduce((sum, s) => sum + timesSent(s.message), 0)
  const isLoop = count >= loop
  return {
    id: isLoop ? 'invalid-ke-loop' : 'invalid-ke-refused',
    severity: isLoop || !isOffered ? 'error' : 'warning',
    title: isLoop
      ? `${told}, said ${times(count)}, and they never agree.`
      : `${told}, and the capture has no attempt with it.`,
    cause: isOffered
      ? `${name} is among the offers, but no key for it comes: the initiator cannot compute it, or somebody on the way answers in the place of the responder.`
      : `${name} is not among the groups that ${of.negotiation.initiator.address} offers.`,
    advice: `${first(of, name)}.${isOffered ? ` See whether the log of ${of.negotiation.initiator.address} says that it lacks the group.` : ''}`,
    packets,
  }
}
