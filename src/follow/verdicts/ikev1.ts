import type { Message } from '../story.ts'
import { allPackets, type Case, exchange, type Finding, sentIn, times, timesSent, whole } from './case.ts'

/** Authentication methods with a pre-shared key: RFC 2409 appendix A, and XAUTH's. */
const pskMethods: ReadonlySet<number> = new Set([1, 65001, 65002])

const method = (of: Case) => of.negotiation.accepted?.transforms.find(t => t.kind === 'authentication')

const isSilentOn4500 = (of: Case, message: Message) =>
  message.transport === 'udp-encapsulated' &&
  of.negotiation.messages.every(m => m.fromInitiator || m.transport === 'udp')

function portSilent(of: Case, fifth: Message): Finding {
  const { responder, initiator } = of.negotiation
  return {
    id: 'port-4500-silent',
    severity: 'error',
    title: `${responder.address} answers on UDP port ${responder.port}, but nothing comes back from port ${fifth.to.port}, where ${initiator.address} sent the fifth message of main mode ${times(timesSent(fifth))}.`,
    cause: 'A firewall lets UDP 500 pass and not UDP 4500, where IKE goes on behind a NAT (RFC 3947 §4).',
    advice: `\`tcpdump -ni any udp port 4500\` on ${responder.address} while ${initiator.address} tries; let UDP 4500 pass in both directions.`,
    packets: allPackets([fifth]),
  }
}

/** Main mode's encrypted part, each message as its first fragment. */
const proofs = (of: Case, fromInitiator: boolean) =>
  whole(sentIn(of, exchange.main, fromInitiator)).filter(m => m.isEncrypted || m.fragment !== undefined)

/** Main mode stops at its fifth message, the first encrypted one: the keys differ (RFC 2409 §5.4). */
export function wrongSecret(of: Case): Finding[] {
  const { version, initiator, responder, messages } = of.negotiation
  const fifth = proofs(of, true)[0]
  if (version !== 1 || fifth === undefined || proofs(of, false).length > 0) return []
  const complaints = messages.filter(
    m => m.exchange === exchange.informational1 && !m.fromInitiator && m.packet > fifth.packet,
  )
  if (complaints.length === 0 && fifth.repeats.length === 0) return []
  // A complaint in clear speaks for itself.
  if (complaints.some(m => m.notifies.some(n => n.isError))) return []
  if (complaints.length === 0 && isSilentOn4500(of, fifth)) return [portSilent(of, fifth)]
  const isPsk = pskMethods.has(method(of)?.id ?? 1)
  const came = complaints.length > 0 ? `only INFORMATIONAL messages came back` : 'nothing came back'
  return [
    {
      id: 'ikev1-auth-failed',
      severity: 'error',
      title: `Main mode stops at the fifth message of ${initiator.address}, sent ${times(timesSent(fifth))}: ${came} from ${responder.address}, which looks like ${isPsk ? 'different pre-shared keys' : 'an identity or certificate that it does not accept'}.`,
      cause: isPsk
        ? 'The pre-shared key goes into the encryption keys, so with another key the responder decrypts nonsense (PAYLOAD-MALFORMED) or says nothing. The messages are encrypted: a guess from where it stops.'
        : 'The fifth message holds identity and signature; a responder that does not accept them stops here. The messages are encrypted: a guess from where it stops.',
      advice: isPsk
        ? `Compare the pre-shared keys of ${initiator.address} and ${responder.address}: \`secrets\` in swanctl.conf, ipsec.secrets (Libreswan), \`psk\` in ipsec.conf (OpenBSD); the responder chooses it by the address, so look at which entry matches.`
        : `The log of ${responder.address} names the identity it got and the certificate it lacks.`,
      packets: allPackets([fifth, ...complaints]),
    },
  ]
}

/** Aggressive mode with a pre-shared key shows identities and a hash that anybody can test passwords on (RFC 2409 §5.4). */
export function aggressivePsk(of: Case): Finding[] {
  const { version, responder } = of.negotiation
  const sent = of.negotiation.messages.filter(m => m.exchange === exchange.aggressive)
  const answer = sent.find(m => !m.fromInitiator && !m.isEncrypted)
  const offered = sent.some(m =>
    m.proposals.some(p => p.transforms.some(t => t.kind === 'authentication' && pskMethods.has(t.id))),
  )
  if (
    version !== 1 ||
    answer === undefined ||
    !(pskMethods.has(method(of)?.id ?? -1) || (method(of) === undefined && offered))
  )
    return []
  return [
    {
      id: 'aggressive-psk',
      severity: 'warning',
      title: `Aggressive mode with a pre-shared key: ${responder.address} sends its identity and a hash of the key in clear.`,
      cause:
        'Whoever captures that answer, or just asks for it, can try out passwords without talking to anybody (RFC 2409 §5.4).',
      advice:
        'Use IKEv2 (`version = 2` in swanctl.conf, `ikev2=yes` in ipsec.conf), or main mode, or certificates (`aggressive = no`, `aggressive=no`); until then a long random key.',
      packets: allPackets(sent).slice(0, 3),
    },
  ]
}
