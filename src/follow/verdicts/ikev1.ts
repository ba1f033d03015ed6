import { exchange } from '../ike-numbers.ts'
import type { Message } from '../story.ts'
import { allPackets, type Case, type Finding, sentIn, times, timesSent, watchIke, whole } from './case.ts'

/** Authentication methods with a pre-shared key: RFC 2409 appendix A, and XAUTH's. */
const pskMethods: ReadonlySet<number> = new Set([1, 65001, 65002])

/** XAUTH in every combination of draft-ietf-ipsec-isakmp-xauth, and the hybrid ones that end in it. */
const isXauth = (id: number) => (id >= 65001 && id <= 65010) || (id >= 64221 && id <= 64228)

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
  // With another key the initiator cannot read the complaint either, and asks again.
  if (isPsk && complaints.length > 0 && fifth.repeats.length === 0)
    return [refusedIdentity(of, fifth, complaints)]
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

/** The initiator gives up at once: it could read the complaint, so the keys are the same. */
function refusedIdentity(of: Case, fifth: Message, complaints: readonly Message[]): Finding {
  const { initiator, responder } = of.negotiation
  return {
    id: 'ikev1-auth-failed',
    severity: 'error',
    title: `${responder.address} answered the fifth message of main mode with an INFORMATIONAL message, and ${initiator.address} gave up at once: it looks as if ${responder.address} refused its identity.`,
    cause: `With different pre-shared keys ${initiator.address} could not read the complaint and would send its message again. So the key looks right, and the identity, the kind of authentication (XAUTH or not) or another setting of the connection does not fit. The messages are encrypted: a guess from where it stops; if the capture ends there, it may be the key after all.`,
    advice: `Compare the identities: \`local { id }\` and \`remote { id }\` in swanctl.conf, leftid and rightid (Libreswan), srcid and dstid in ipsec.conf (OpenBSD); then the pre-shared keys. The log of ${responder.address} names the identity that it got.`,
    packets: allPackets([fifth, ...complaints]),
  }
}

/** The initiator answers the second message of aggressive mode with a complaint: its hash does not fit (RFC 2409 §5.4). */
export function aggressiveRefused(of: Case): Finding[] {
  const { version, initiator, responder, messages } = of.negotiation
  const sent = sentIn(of, exchange.aggressive, true)
  const answer = sentIn(of, exchange.aggressive, false)[0]
  if (version !== 1 || answer === undefined || sent.some(m => m.packet > answer.packet)) return []
  const complaints = messages.filter(
    m => m.exchange === exchange.informational1 && m.fromInitiator && m.packet > answer.packet,
  )
  if (complaints.length === 0 || complaints.some(m => m.notifies.some(n => n.isError))) return []
  const isPsk = pskMethods.has(method(of)?.id ?? 1)
  return [
    {
      id: 'ikev1-auth-failed',
      severity: 'error',
      title: `${initiator.address} sent an INFORMATIONAL message instead of the third one of aggressive mode: it does not accept the proof of ${responder.address}, which looks like ${isPsk ? 'different pre-shared keys' : 'a certificate that it does not trust'}.`,
      cause: isPsk
        ? `The answer holds a hash that ${responder.address} made with the pre-shared key, and its identity in clear (packet ${answer.packet}). The complaint is encrypted: a guess from where it stops; an identity that ${initiator.address} does not expect looks the same.`
        : `The answer holds the identity of ${responder.address} and its signature. The complaint is encrypted: a guess from where it stops.`,
      advice: `The log of ${initiator.address} says what did not fit. Compare the pre-shared keys (\`secrets\` in swanctl.conf, ipsec.secrets of Libreswan) and the identity in packet ${answer.packet} with the one expected there (\`remote { id }\`, rightid).`,
      packets: allPackets([...sent, answer, ...complaints]),
    },
  ]
}

/** Phase 1 came up, XAUTH asked who is there, and no quick mode came of it. */
export function xauthRefused(of: Case): Finding[] {
  const { version, initiator, responder, messages } = of.negotiation
  const asked = messages.filter(m => m.exchange === exchange.transaction && m.isEncrypted)
  const hasGoneOn = messages.some(m => m.exchange === exchange.quick) || of.associations.length > 0
  const isDone = asked.some(m => m.fromInitiator) && asked.some(m => !m.fromInitiator)
  if (version !== 1 || hasGoneOn || !isDone || !isXauth(method(of)?.id ?? 0)) return []
  return [
    {
      id: 'looks-xauth-failed',
      severity: 'error',
      title: `Phase 1 came up, ${responder.address} asked for user name and password (XAUTH), and no quick mode followed: it looks to have refused those of ${initiator.address}.`,
      cause:
        'A guess from where it stops, for it is encrypted: after a login that was accepted the client goes on with addresses or quick mode. A capture that ends there looks the same.',
      advice: `Compare user name and password with those on ${responder.address}: \`secrets { xauth … }\` in swanctl.conf, ipsec.secrets, its RADIUS server; the log of ${responder.address} says whether they matched.`,
      packets: allPackets(asked),
    },
  ]
}

/** Main mode stops at its third message, which holds key and nonce: everything that can be read was fine until then. */
export function mainModeStalled(of: Case): Finding[] {
  const { version, initiator, responder } = of.negotiation
  const third = sentIn(of, exchange.main, true)[1]
  const answers = sentIn(of, exchange.main, false)
  if (version !== 1 || third === undefined || third.isEncrypted || third.repeats.length === 0) return []
  if (answers.length === 0 || answers.some(m => m.packet > third.packet)) return []
  return [
    {
      id: 'ikev1-stalled',
      severity: 'error',
      title: `${responder.address} accepted a proposal, but did not answer the third message of main mode, which ${initiator.address} sent ${times(timesSent(third))}.`,
      cause:
        'That message holds the key exchange and is longer than the ones before: it is lost on the way, or the responder cannot go on, often because it has no key for this peer.',
      advice: `Read the log of ${responder.address}; ${watchIke} on both ends tells whether the message arrives.`,
      packets: allPackets([...answers, third]),
    },
  ]
}

/** Of many that are refused the last ones tell enough. */
const quickModesTold = 4

/** Quick modes that the other side has not gone on with, and what it sent instead. */
function refusedQuickModes(of: Case) {
  const { messages } = of.negotiation
  const quick = messages.filter(m => m.exchange === exchange.quick)
  const ids = [true, false].map(
    side => new Set(quick.filter(m => m.fromInitiator === side).map(m => m.messageId)),
  )
  const isAnswered = (m: Message) => ids.every(known => known.has(m.messageId))
  const open = whole(quick.filter(m => !isAnswered(m))).slice(-quickModesTold)
  const refused = open.flatMap(first => {
    const isNotice = (m: Message) =>
      m.exchange === exchange.informational1 &&
      m.fromInitiator !== first.fromInitiator &&
      m.packet > first.packet
    const notice = messages.find(isNotice)
    return notice !== undefined || first.repeats.length > 0 ? [{ first, notice }] : []
  })
  return { refused, hasTunnel: quick.some(isAnswered) }
}

/** Phase 1 came up, and the tunnel itself is refused, encrypted (RFC 2409 §5.5). */
export function quickModeRefused(of: Case): Finding[] {
  if (of.negotiation.version !== 1) return []
  const { refused, hasTunnel } = refusedQuickModes(of)
  const last = refused.at(-1)
  if (last === undefined) return []
  const { first, notice } = last
  const back = notice === undefined ? 'did not answer' : 'answered with an INFORMATIONAL message only'
  return [
    {
      id: 'looks-quick-mode-refused',
      severity: hasTunnel ? 'warning' : 'error',
      title: `Phase 1 came up, but quick mode of ${first.from.address}, sent ${times(timesSent(first))}, looks refused: ${first.to.address} ${back}.`,
      cause:
        'A guess from where it stops, for it is encrypted: NO-PROPOSAL-CHOSEN (ESP or AH algorithms, or the group of perfect forward secrecy) or INVALID-ID-INFORMATION (networks that are not configured so on the other side).',
      advice: `Compare \`esp_proposals\`, \`local_ts\` and \`remote_ts\` (mirrored) in swanctl.conf, \`quick … auth … enc … group …\` and \`from … to …\` in ipsec.conf (OpenBSD); the log of ${first.to.address} names the reason.`,
      packets: allPackets(refused.flatMap(r => (r.notice === undefined ? [r.first] : [r.first, r.notice]))),
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
