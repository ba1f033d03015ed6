import { exchange } from '../ike-numbers.ts'
import type { Negotiation } from '../story.ts'
import { lastAuth, shapeOfAuth, tornDown } from './authentication.ts'
import { type Case, duration, type Finding, flowsBothWays } from './case.ts'
import { answersLost } from './stalled.ts'

const up: ReadonlySet<Negotiation['progress']> = new Set(['established', 'looks-established', 'deleted'])

/** What was agreed on, in words, without lifetimes. */
const algorithms = ({ accepted }: Negotiation) =>
  (accepted?.transforms ?? [])
    .filter(t => t.kind !== 'lifetime' && t.kind !== 'authentication' && t.id !== 0)
    .map(t => t.name)
    .join(', ')

/** The messages from the first to the one that brought it up: the answer to IKE_AUTH, the last of the first quick mode. */
function bringingUp(of: Case) {
  const { messages, version } = of.negotiation
  const quick = messages.find(m => m.exchange === exchange.quick)?.messageId
  const last =
    version === 2
      ? lastAuth(of)?.response
      : messages.findLast(m => m.exchange === exchange.quick && m.messageId === quick)
  if (last === undefined) return []
  return messages.filter(m => m.packet <= last.packet && m.exchange !== exchange.informational1)
}

/** The answer that would have brought it up did not arrive. */
const isUnheard = (of: Case) => answersLost(of).some(finding => finding.severity === 'error')

/** It came up: with whom, in how long, with which algorithms. */
export function established(of: Case): Finding[] {
  const { initiator, responder, progress, version } = of.negotiation
  const shape = version === 2 ? shapeOfAuth(of) : 'unknown'
  const messages = bringingUp(of)
  const isUp = up.has(progress) || (progress === 'authenticating' && shape === 'accepted')
  const isRefused =
    (shape === 'refused' || shape === 'identified' || shape === 'stopped') && of.associations.length === 0
  if (!isUp || messages.length === 0 || isRefused || tornDown(of).length > 0 || isUnheard(of)) return []
  const flows = flowsBothWays(of)
  const protocols = [...new Set(of.associations.map(a => a.protocol.toUpperCase()))].join(' and ')
  const span = duration(messages[0]!.time, messages.at(-1)!.time)
  const chosen = algorithms(of.negotiation)
  const traffic = flows ? `; ${protocols} flows both ways` : ''
  return [
    {
      id: 'established',
      severity: 'good',
      title: `IKEv${version} between ${initiator.address} and ${responder.address} ${progress === 'established' ? 'is' : 'looks'} established${span === '' ? '' : ` in ${span}`}${chosen === '' ? '' : ` with ${chosen}`}${traffic}.`,
      cause: flows
        ? 'The exchanges were answered as they have to be, and what followed them shows that both sides have the keys.'
        : 'The exchanges were answered as they have to be; they are encrypted, so it is judged by their number and size.',
      advice:
        'Nothing to do. `swanctl --list-sas`, `ip -s xfrm state` or `ipsecctl -sa` show it on the machines.',
      packets: [...messages.map(m => m.packet), ...of.associations.map(a => a.firstPacket)],
      spis: of.associations.map(a => a.spi),
    },
  ]
}

/** A second quick mode: another tunnel, or new keys for one (RFC 2409 §5.5). */
export function quickModes(of: Case): Finding[] {
  const { messages, version, initiator, responder } = of.negotiation
  const quick = messages.filter(m => m.exchange === exchange.quick)
  const ids = [...new Set(quick.map(m => m.messageId))]
  if (version !== 1 || ids.length < 2) return []
  return [
    {
      id: 'child-created',
      severity: 'info',
      title: `${ids.length} quick modes between ${initiator.address} and ${responder.address}: more than one tunnel, or new keys for one.`,
      cause: 'Encrypted, so it is not told which of them: both make new SPIs.',
      advice: '`swanctl --list-sas` or `ipsecctl -sa` list what is up now.',
      packets: ids.map(id => quick.find(m => m.messageId === id)!.packet),
    },
  ]
}

/** It was ended, as far as that can be seen. */
export function deleted(of: Case): Finding[] {
  const { messages, progress, outcome } = of.negotiation
  const last = messages.findLast(
    m => m.exchange === exchange.informational2 || m.exchange === exchange.informational1,
  )
  if (progress !== 'deleted' || last === undefined) return []
  return [
    {
      id: 'deleted',
      severity: 'info',
      title: `${outcome.replace(/\.$/, '')}.`,
      cause: 'One side ended it: by hand, at the end of a lifetime, or because the daemon was stopped.',
      advice: 'The log of the side that sent it says why.',
      packets: [last.packet],
    },
  ]
}
