import { exchange, notifyType } from '../ike-numbers.ts'
import type { Message } from '../story.ts'
import {
  allPackets,
  answerTo,
  type Case,
  counted,
  duration,
  type Finding,
  flowsBothWays,
  lastPacketOf,
  lastTimeOf,
  listed,
  packetsOf,
  sentIn,
  startsHere,
  times,
  timesSent,
  watchIke,
} from './case.ts'
import { quickModeRefused } from './ikev1.ts'
import { lastWordsByIcmp, ofReason } from './unanswered.ts'

/** From this length on (UDP payload, bytes) a message may need IP fragments on its way: IPv6's least MTU less headers. */
const longMessage = 1232

/** Numbers of the fragments that no packet brought. */
function lostFragments(messages: readonly Message[]): readonly number[] {
  const total = messages.find(m => m.fragment !== undefined && m.fragment.total > 0)?.fragment?.total ?? 0
  const seen = new Set(messages.map(m => m.fragment?.number))
  const lost: number[] = []
  for (let number = 1; number <= total && lost.length < 16; number++) if (!seen.has(number)) lost.push(number)
  return lost
}

const path =
  'Lower the size of fragments (`fragment_size = 1200` in strongswan.conf), allow fragments in firewalls, and let IKE fragment its messages itself (RFC 7383: `fragmentation = yes` in swanctl.conf and ipsec.conf).'

function fragmentsLost(of: Case, sent: readonly Message[], lost: readonly number[], who: string): Finding {
  const first = sent[0]!
  const total = first.fragment?.total ?? 0
  return {
    id: 'fragments-lost',
    severity: 'error',
    title: `Of the ${total} fragments of ${first.exchangeName} from ${who}, ${lost.length === 1 ? 'number' : 'numbers'} ${listed(lost.map(String))} never came, and the exchange does not go on.`,
    cause: `They were lost before they got here: too long for the path, or dropped. ${of.negotiation.initiator.address} and ${of.negotiation.responder.address} need every one of them.`,
    advice: path,
    packets: allPackets(sent),
  }
}

function longUnanswered(of: Case, sent: readonly Message[]): Finding {
  const { initiator, responder } = of.negotiation
  const first = sent[0]!
  return {
    id: 'fragments-lost',
    severity: 'error',
    title: `${first.exchangeName} of ${first.length} bytes from ${initiator.address} was sent ${times(timesSent(first))} and ${responder.address} did not answer, though it answered the short messages before.`,
    cause:
      'So long a message travels in IP fragments, and something on the way may lose them: a guess from its size. Certificates make it that long.',
    advice: `${path} \`tcpdump -ni any 'ip[6:2] & 0x3fff != 0'\` shows on both ends which fragments arrive.`,
    packets: allPackets(sent),
  }
}

function port4500(of: Case, sent: readonly Message[], before: readonly Message[]): Finding {
  const { initiator, responder } = of.negotiation
  const first = sent[0]!
  return {
    id: 'port-4500-silent',
    severity: 'error',
    title: `${responder.address} answers on UDP port ${responder.port}, but nothing comes back from port ${first.to.port}: ${first.exchangeName} was sent there ${times(timesSent(first))}.`,
    cause:
      'A firewall lets UDP 500 pass and not UDP 4500, where IKE goes on once there is a NAT or MOBIKE; or that port is forwarded to another machine.',
    advice: `\`tcpdump -ni any udp port 4500\` on ${responder.address} while ${initiator.address} tries; let UDP 4500 pass in both directions.`,
    packets: [...allPackets(before).slice(0, 4), ...allPackets(sent)],
  }
}

function plainlyUnanswered(of: Case, sent: readonly Message[]): Finding {
  const { initiator, responder } = of.negotiation
  const first = sent[0]!
  const span = duration(first.time, lastTimeOf(first))
  return {
    id: 'auth-unanswered',
    severity: 'error',
    title: `${responder.address} answered the first exchange, but not ${first.exchangeName}, which ${initiator.address} sent ${times(timesSent(first))}${span === '' ? '' : ` in ${span}`}.`,
    cause:
      'The message is lost on the way, or the responder could not read it (other keys on the two sides) and says nothing.',
    advice: `${watchIke} on ${responder.address}, and its log at that time.`,
    packets: allPackets(sent),
  }
}

/** IKE_AUTH has no answer although IKE_SA_INIT had one (RFC 7296 §1.2, §2.23; RFC 7383). */
export function authUnanswered(of: Case): Finding[] {
  const first = sentIn(of, exchange.saInit, false)
  const sent = sentIn(of, exchange.auth, true).filter(m => !m.isResponse)
  const open = sent.filter(m => answerTo(m, of) === undefined)
  if (first.length === 0 || open.length === 0 || flowsBothWays(of)) return []
  const lost = lostFragments(open)
  if (lost.length > 0) return [fragmentsLost(of, open, lost, of.negotiation.initiator.address)]
  // Sent once, it may just be the last of the capture.
  if (open.every(m => m.repeats.length === 0) || lastWordsByIcmp(of).length > 0) return []
  if (open[0]!.length > longMessage) return [longUnanswered(of, open)]
  const moved = open[0]!.transport === 'udp-encapsulated' && first.every(m => m.transport === 'udp')
  return [moved ? port4500(of, open, first) : plainlyUnanswered(of, open)]
}

/** The responder's own fragments do not all arrive, so the initiator asks again. */
export function answerFragmentsLost(of: Case): Finding[] {
  const answers = sentIn(of, exchange.auth, false).filter(m => m.isResponse && m.fragment !== undefined)
  const lost = lostFragments(answers)
  const wentOn = of.negotiation.messages.some(
    m => m.packet > (answers.at(-1)?.packet ?? 0) && m.exchange > exchange.auth,
  )
  if (lost.length === 0 || wentOn || of.associations.length > 0) return []
  return [fragmentsLost(of, answers, lost, of.negotiation.responder.address)]
}

/** After IKE_SA_INIT nothing more: often the capture's filter, for IKE goes on elsewhere. */
export function nothingAfterInit(of: Case): Finding[] {
  const { messages, accepted, version, initiator, responder } = of.negotiation
  const isOnlyInit = messages.every(m => m.exchange === exchange.saInit)
  const isPair = messages.some(m => m.fromInitiator) && messages.some(m => !m.fromInitiator)
  if (version !== 2 || !isOnlyInit || !isPair || accepted === undefined || notHeard(of).length > 0) return []
  const anew = of.next?.messages[0]
  const filtered =
    'the filter of the capture leaves out UDP port 4500, where IKE goes on after a NAT or with MOBIKE, or the next message came in IP fragments of which some are missing'
  return [
    {
      id: 'nothing-after-init',
      severity: 'info',
      title: `${responder.address} accepted a proposal in IKE_SA_INIT, and the capture has nothing of the negotiation after that.`,
      cause:
        anew === undefined
          ? `The capture ends there, or ${filtered}${of.associations.length > 0 ? '; for ESP or AH follows' : ''}.`
          : `${initiator.address} began anew in packet ${anew.packet}: it did not like or did not get the answer, or ${filtered}.`,
      advice: `Capture with \`tcpdump -ni any 'udp port 500 or udp port 4500 or esp or ah'\`, and read the log of ${initiator.address}; \`tcpdump -ni any 'ip[6:2] & 0x3fff != 0'\` shows IP fragments.`,
      packets: anew === undefined ? allPackets(messages) : [...allPackets(messages), anew.packet],
    },
  ]
}

const authExchanges: ReadonlySet<number> = new Set([exchange.saInit, exchange.auth])

/** Requests of an established IKE SA that the other side lets go unanswered at the end (RFC 7296 §2.4). */
export function deadPeer(of: Case): Finding[] {
  const { messages, refusals, initiator, responder, version, progress, outcome } = of.negotiation
  if (version === 1) {
    const last = messages.slice(-4)
    // Its questions are encrypted: without the beginning they may be complaints about a key.
    if (progress !== 'dead-peer' || !startsHere(of.negotiation) || quickModeRefused(of).length > 0) return []
    return [dead(`${outcome}.`, last, [])]
  }
  const open = messages.filter(
    m =>
      !m.isResponse &&
      !authExchanges.has(m.exchange) &&
      m.repeats.length > 0 &&
      answerTo(m, of) === undefined,
  )
  const last = open.at(-1)
  if (last === undefined) return []
  const silent = last.fromInitiator ? responder : initiator
  const asking = last.fromInitiator ? initiator : responder
  const deaf = notHeard(of).filter(m => m.from.address === silent.address)
  const span = duration(last.time, lastTimeOf(last))
  const title = `${silent.address} stopped answering: ${asking.address} sent ${last.exchangeName} ${times(timesSent(last))}${span === '' ? '' : ` in ${span}`} without an answer.`
  const packets = new Set(packetsOf(last))
  const refusal = refusals.find(r => packets.has(r.about))
  if (refusal === undefined) return [dead(title, [last], deaf)]
  const { cause, advice } = ofReason(refusal.reason, silent.address)
  const told = `ICMP says ${refusal.reason} (packet ${refusal.packet}). ${cause}`
  return [{ ...dead(title, [last], []), cause: told, advice }]
}

const dead = (title: string, last: readonly Message[], deaf: readonly Message[]): Finding => ({
  id: 'dead-peer',
  severity: 'error',
  title,
  cause:
    deaf.length === 0
      ? 'The peer is down, restarted without its state, or the way to it is broken; the tunnel carries nothing more.'
      : `The peer is alive, but nothing reaches it: it repeats ${deaf[0]!.exchangeName} (packet ${deaf[0]!.packet}), which was answered. The way to it is broken, the way back is not.`,
  advice:
    'Is the peer up (`ping`), does its daemon run, and did a firewall or a NAT forget the connection? `dpd_delay` and `dpd_action` in swanctl.conf say what happens then.',
  packets: [...allPackets(last), ...allPackets(deaf)],
})

/** A refusal that is not believed, and a cookie, are asked for again too. */
const isPlain = (answer: Message) => answer.notifies.every(n => !n.isError && n.type !== notifyType.cookie)

/** Requests that were repeated after their answer had been captured: the answer did not arrive. */
const notHeard = (of: Case) =>
  of.negotiation.messages.filter(m => {
    if (of.negotiation.version !== 2 || m.isResponse || m.repeats.length < 2) return false
    const answer = answerTo(m, of)
    if (answer === undefined || !isPlain(answer)) return false
    return m.repeats.filter(r => r.packet > answer.packet).length >= 2
  })

/** Answered, and asked again and again: one direction of the path loses the answers. */
export function answersLost(of: Case): Finding[] {
  const deaf = notHeard(of)
  const last = deaf.at(-1)
  if (last === undefined || deadPeer(of).length > 0) return []
  const answer = answerTo(last, of)!
  const isLong = answer.length > longMessage
  const wentOn = of.negotiation.messages.some(
    m => m.packet > lastPacketOf(last) && !m.isResponse && m.fromInitiator === last.fromInitiator,
  )
  return [
    {
      id: 'answers-lost',
      severity: wentOn ? 'info' : authExchanges.has(last.exchange) ? 'error' : 'warning',
      title: `${last.from.address} repeated ${last.exchangeName} ${counted(last.repeats.length, 'time')} although ${answer.from.address} had answered it.`,
      cause: wentOn
        ? 'Some answers were lost or late; it went on.'
        : `The answers do not arrive: they are lost between here and there, or are dropped as not fitting (a firewall, a NAT that forgot the way).${isLong ? ` The answer has ${answer.length} bytes and travels in IP fragments, of which some may get lost on the way.` : ''}`,
      advice: `${isLong && !wentOn ? `${path} ` : ''}Capture at ${last.from.address} as well: ${watchIke}.`,
      packets: [...packetsOf(last), ...packetsOf(answer)],
    },
  ]
}
