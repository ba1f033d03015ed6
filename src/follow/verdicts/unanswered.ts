import { exchange } from '../ike-numbers.ts'
import type { Message } from '../story.ts'
import {
  allPackets,
  type Case,
  counted,
  duration,
  type Finding,
  isAnswered,
  lastTimeOf,
  listed,
  times,
  timesSent,
  versionKey,
  watchIke,
} from './case.ts'

const firstExchanges: ReadonlySet<number> = new Set([exchange.main, exchange.aggressive, exchange.saInit])

/** The messages that open it, as long as nothing but those was sent: what a silent peer leaves. */
function openings(of: Case): readonly Message[] {
  const { messages } = of.negotiation
  const isOpening = (m: Message) => firstExchanges.has(m.exchange) && m.fromInitiator && !m.isEncrypted
  return messages.every(isOpening) ? messages : []
}

/** What kind of no it is, by the words of the ICMP error. */
export function ofReason(reason: string, responder: string): Pick<Finding, 'cause' | 'advice'> {
  if (/port unreachable/i.test(reason))
    return {
      cause: `${responder} is up, and nothing listens there on that UDP port: no IKE daemon runs, or it is bound to another address. A firewall that rejects says the same.`,
      advice: `On ${responder}: \`ss -lunp 'sport = :500'\` on Linux, \`netstat -an -p udp | grep 500\` on OpenBSD; start the daemon (\`systemctl start strongswan\`, \`rcctl start iked\`), then look at the firewall.`,
    }
  if (/prohibit|filter/i.test(reason))
    return {
      cause: 'A firewall on the way rejects it and says so.',
      advice: `Let UDP 500 and 4500 (and ESP, IP protocol 50) pass to ${responder} on the machine that sent the ICMP error; \`tcpdump -ni any icmp or icmp6\` shows which one it is.`,
    }
  return {
    cause: `The way to ${responder} ends there: a wrong address, no route, or a machine that is down.`,
    advice: `\`ip route get ${responder}\` on Linux, \`route -n get ${responder}\` on OpenBSD, then \`ping\` and \`traceroute\` from the initiator.`,
  }
}

/** What the initiator sent last to bring it up, where ICMP quotes it and nobody answered. */
export function lastWordsByIcmp({ negotiation, associations }: Case): readonly Message[] {
  const { messages, refusals } = negotiation
  const heard = messages.findLastIndex(m => !m.fromInitiator)
  const sent = messages.slice(heard + 1)
  const isBringingUp = sent.every(m => m.exchange === exchange.auth || m.exchange === exchange.main)
  if (heard < 0 || !isBringingUp || associations.length > 0) return []
  const packets = new Set(allPackets(sent))
  return refusals.some(r => packets.has(r.about)) ? sent : []
}

/** ICMP says why nobody answers. */
function refusedByIcmp(of: Case, sent: readonly Message[]): Finding {
  const { initiator, responder, refusals } = of.negotiation
  const first = refusals[0]!
  const { port } = sent[0]!.to
  const reasons = [...new Set(refusals.map(refusal => refusal.reason))].slice(0, 4)
  const from = [...new Set(refusals.map(refusal => refusal.from))].slice(0, 4)
  return {
    id: 'refused-by-icmp',
    severity: 'error',
    title: `${sent[0]!.exchangeName} from ${initiator.address} to ${responder.address}${port === responder.port ? '' : ` port ${port}`} was answered by ICMP only: ${listed(reasons)}, said by ${listed(from)}.`,
    ...ofReason(first.reason, responder.address),
    packets: [...allPackets(sent), ...refusals.map(refusal => refusal.packet)],
  }
}

/** The peer speaks the other version of IKE in another negotiation of this capture. */
function otherVersion(of: Case): { version: number; packet: number } | undefined {
  const version = of.negotiation.version === 1 ? 2 : 1
  const packet = of.spoken.get(versionKey(of.negotiation.responder.address, version))
  return packet === undefined ? undefined : { version, packet }
}

function silent(of: Case, sent: readonly Message[]): Finding {
  const { initiator, responder, version } = of.negotiation
  const first = sent[0]!
  const count = sent.reduce((sum, m) => sum + timesSent(m), 0)
  const span = duration(first.time, lastTimeOf(sent.at(-1)!))
  const other = otherVersion(of)
  const isOnce = count === 1
  const said = `${initiator.address} sent ${first.exchangeName} to ${responder.address} ${times(count)}${isOnce || span === '' ? '' : ` in ${span}`}`
  const cause =
    other === undefined
      ? `It does not arrive, or the answer does not come back: a firewall on the way drops UDP ${responder.port}, the address is wrong, or no daemon there wants this peer and says nothing.`
      : `${responder.address} speaks IKEv${other.version} in packet ${other.packet}, and this is IKEv${version}: it may take no other.`
  const advice =
    other === undefined
      ? `\`tcpdump -ni any udp port ${responder.port} and host ${initiator.address}\` on ${responder.address} tells whether it arrives; if it does, read the log of the daemon there, if not, look at the firewalls between.`
      : `Set the same version on both sides: \`version = 2\` in swanctl.conf (strongSwan), \`ikev2=yes\` in ipsec.conf (Libreswan); OpenBSD's iked is for IKEv2, isakmpd for IKEv1.`
  return {
    id: other === undefined ? 'unanswered' : 'version-mismatch',
    severity: isOnce ? 'info' : 'error',
    title: isOnce ? `${said}, and the capture has no answer to it.` : `${said} and nobody answered.`,
    cause: isOnce ? `${cause} The capture may also end too early.` : cause,
    advice,
    packets: [...allPackets(sent), ...(other === undefined ? [] : [other.packet])],
  }
}

/** Nothing came back, or an ICMP error only. A message that was sent once may just be the last of the capture. */
export function unanswered(of: Case): Finding[] {
  const sent = openings(of)
  if (sent.length === 0) return []
  return of.negotiation.refusals.length > 0 ? [refusedByIcmp(of, sent)] : [silent(of, sent)]
}

/** The initiator goes on as if it had been answered, so it was: the capture does not see the other direction. */
export function oneDirectionCaptured(of: Case): Finding[] {
  const { messages, initiator, responder } = of.negotiation
  if (isAnswered(of) || openings(of).length > 0 || !messages.some(m => firstExchanges.has(m.exchange)))
    return []
  return [
    {
      id: 'one-direction-captured',
      severity: 'warning',
      title: `The capture has ${counted(messages.length, 'message')} from ${initiator.address} and none from ${responder.address}, which must have answered: only one direction was captured.`,
      cause:
        'The initiator uses what only an answer can have told it. The answers take another way, another interface or another address, or a capture filter leaves them out.',
      advice: `Capture on one of the two machines, on all interfaces and without a filter on direction: ${watchIke}.`,
      packets: allPackets(messages),
    },
  ]
}

/** ICMP errors about a negotiation that was answered too: a path that comes and goes, or a filter for one port. */
export function lateRefusals(of: Case): Finding[] {
  const { refusals, responder, initiator } = of.negotiation
  if (refusals.length === 0 || openings(of).length > 0) return []
  const last = lastWordsByIcmp(of)
  if (last.length > 0) return [refusedByIcmp(of, last)]
  const reasons = [...new Set(refusals.map(refusal => refusal.reason))].slice(0, 4)
  return [
    {
      id: 'icmp-during-negotiation',
      severity: 'warning',
      title: `${counted(refusals.length, 'ICMP error')} quoted messages between ${initiator.address} and ${responder.address}: ${listed(reasons)}.`,
      ...ofReason(refusals[0]!.reason, responder.address),
      packets: refusals.map(refusal => refusal.packet),
    },
  ]
}
