import { exchange } from '../ike-numbers.ts'
import type { Message } from '../story.ts'
import { allPackets, answerTo, type Case, counted, type Finding, sentIn, whole } from './case.ts'
import { leastAccepted, leastCreated, leastIdentified, mostPayloads, type Sizes, sizesOf } from './sizes.ts'

/** What can be told of encrypted answers by their size: always a guess, and said to be one. */
export type Shape = 'refused' | 'identified' | 'accepted' | 'unknown'

/** The pair of IKE_AUTH messages that came last; undefined: none was answered. */
export function lastAuth(of: Case): { request: Message; response: Message } | undefined {
  for (const request of sentIn(of, exchange.auth, true).toReversed()) {
    const response = request.isResponse ? undefined : answerTo(request, of)
    if (response !== undefined) return { request, response }
  }
  return undefined
}

/** How the answer to IKE_AUTH looks, beside the least that an accepting one would need. */
export function shapeOfAuth(of: Case): Shape {
  const pair = lastAuth(of)
  const sizes = sizesOf(of.negotiation.accepted)
  if (pair === undefined || sizes === undefined || !pair.response.isEncrypted) return 'unknown'
  if (pair.response.fragment !== undefined) return 'accepted'
  const isFirst = pair.response.messageId <= 1
  // Without SA and selectors in the request it is an IKE SA without a child (RFC 6023), or a round of EAP.
  const isChild = pair.request.fragment !== undefined || pair.request.length >= leastAccepted(sizes, isFirst)
  if (isFirst && pair.response.length < leastIdentified(sizes)) return 'refused'
  if (!isChild) return 'unknown'
  if (pair.response.length >= leastAccepted(sizes, isFirst)) return 'accepted'
  return isFirst ? 'identified' : 'refused'
}

/** ESP or AH that follows speaks for itself, whatever the sizes say; so does an exchange that needs an IKE SA. */
function isContradicted(of: Case, response: Message): boolean {
  const needsSa = (m: Message) =>
    m.packet > response.packet && (m.exchange === exchange.createChild || m.exchange === exchange.auth)
  return of.associations.length > 0 || of.negotiation.messages.some(needsSa)
}

const psk =
  'strongSwan: `secrets` in swanctl.conf and `swanctl --load-creds`; OpenBSD: `psk` and `srcid`/`dstid` in iked.conf'

const refusedFinding = (of: Case, response: Message, request: Message, sizes: Sizes): Finding => ({
  id: 'looks-auth-failed',
  severity: 'error',
  title: `${of.negotiation.responder.address} looks to have refused the authentication: its IKE_AUTH answer of ${response.length} bytes has room for a notify, not for an identity and a proof.`,
  cause: `A guess from the size, for the answer is encrypted: at most ${mostPayloads(response.length, sizes)} bytes of payloads, where IDr and AUTH alone make it ${leastIdentified(sizes)} bytes long. Such a short answer is nearly always AUTHENTICATION_FAILED: different pre-shared keys, identities that the other side does not expect, or a certificate that it does not trust.`,
  advice: `Compare key and identities on both sides (${psk}); the log of ${of.negotiation.responder.address} says which of them it was.`,
  packets: allPackets([request, response]),
})

const childFinding = (of: Case, response: Message, request: Message, sizes: Sizes): Finding => ({
  id: 'looks-child-refused',
  severity: 'error',
  title: `The IKE SA between ${of.negotiation.initiator.address} and ${of.negotiation.responder.address} looks established, but without a tunnel: the IKE_AUTH answer of ${response.length} bytes is too short to hold an SA and traffic selectors.`,
  cause: `A guess from the size, for the answer is encrypted: identity and proof fit in (${leastIdentified(sizes)} bytes), an accepted tunnel would need ${leastAccepted(sizes, true)} bytes. Such an answer refuses the child: NO_PROPOSAL_CHOSEN (ESP or AH algorithms), TS_UNACCEPTABLE (networks that do not fit) or INTERNAL_ADDRESS_FAILURE (no address to give). The first round of EAP looks the same.`,
  advice: `Compare the child's settings on both sides: \`esp_proposals\`, \`local_ts\` and \`remote_ts\` (mirrored) in swanctl.conf, \`childsa\` and \`from … to …\` in iked.conf; the log of ${of.negotiation.responder.address} names the notify.`,
  packets: allPackets([request, response]),
})

/** IKE_AUTH was answered, and by the size of the answer it was a refusal (RFC 7296 §1.2, §2.21.2). */
export function refusedByShape(of: Case): Finding[] {
  const pair = lastAuth(of)
  const sizes = sizesOf(of.negotiation.accepted)
  if (pair === undefined || sizes === undefined || isContradicted(of, pair.response)) return []
  const shape = shapeOfAuth(of)
  if (shape === 'refused') return [refusedFinding(of, pair.response, pair.request, sizes)]
  return shape === 'identified' ? [childFinding(of, pair.response, pair.request, sizes)] : []
}

/** Seconds: nobody closes a connection by hand that soon after it came up. */
const atOnce = 0.2

/** The initiator ends it right after it was accepted: it may not believe the responder's proof. */
export function tornDown(of: Case): Finding[] {
  const pair = lastAuth(of)
  if (pair === undefined || of.associations.length > 0 || shapeOfAuth(of) !== 'accepted') return []
  const after = of.negotiation.messages.filter(m => m.packet > pair.response.packet)
  const end = after[0]
  const isEnd = end?.fromInitiator && !end.isResponse && end.exchange === exchange.informational2
  const isSoon = end !== undefined && end.time - pair.response.time < atOnce
  if (!isEnd || !isSoon || after.some(m => m.messageId !== end.messageId)) return []
  return [
    {
      id: 'looks-torn-down',
      severity: 'warning',
      title: `${of.negotiation.initiator.address} sent one INFORMATIONAL request right after the IKE_AUTH answer, and nothing followed: it looks to have refused the responder.`,
      cause:
        'A guess, for it is encrypted: an initiator that does not believe the proof of the responder says AUTHENTICATION_FAILED or DELETE there (RFC 7296 §2.21.2). A program that closes the connection at once looks the same.',
      advice: `The log of ${of.negotiation.initiator.address} says it: the identity it expects (\`remote { id = … }\` in swanctl.conf, \`dstid\` in iked.conf) and the certificate or key it has for it.`,
      packets: allPackets([pair.response, ...after]),
    },
  ]
}

/** CREATE_CHILD_SA that was answered: another tunnel, or new keys; too short an answer refused it. */
export function children(of: Case): Finding[] {
  const sizes = sizesOf(of.negotiation.accepted)
  const requests = whole(
    of.negotiation.messages.filter(m => m.exchange === exchange.createChild && !m.isResponse),
  )
  const pairs = requests.flatMap(request => {
    const response = answerTo(request, of)
    return response === undefined ? [] : [{ request, response }]
  })
  const isShort = (m: Message) =>
    sizes !== undefined && m.fragment === undefined && m.length < leastCreated(sizes)
  const made = pairs.filter(pair => !isShort(pair.response))
  // A refusal that a success follows was but a wrong guess of the group.
  const lastMade = made.at(-1)?.response.packet ?? 0
  const refused = pairs.filter(pair => isShort(pair.response) && pair.response.packet > lastMade)
  const findings: Finding[] = []
  if (made.length > 0)
    findings.push({
      id: 'child-created',
      severity: 'info',
      title: `${counted(made.length, 'CREATE_CHILD_SA exchange')} between ${of.negotiation.initiator.address} and ${of.negotiation.responder.address}: another tunnel, or new keys for one.`,
      cause: 'Encrypted, so it is not told which of them: both make new SPIs.',
      advice: '`swanctl --list-sas` or `ipsecctl -sa` list what is up now.',
      packets: allPackets(made.flatMap(pair => [pair.request, pair.response])),
    })
  if (refused.length > 0)
    findings.push({
      id: 'looks-create-child-refused',
      severity: 'warning',
      title: `${counted(refused.length, 'CREATE_CHILD_SA exchange')} looks refused: the answer has ${refused[0]!.response.length} bytes, too few for an SA and a nonce.`,
      cause:
        'A guess from the size, for it is encrypted: NO_PROPOSAL_CHOSEN, TS_UNACCEPTABLE, INVALID_KE_PAYLOAD (perfect forward secrecy with another group), NO_ADDITIONAL_SAS or TEMPORARY_FAILURE.',
      advice:
        'Compare `esp_proposals` (with the group behind the algorithms) and `rekey_time` in swanctl.conf, `childsa … group …` in iked.conf, on both sides.',
      packets: allPackets(refused.flatMap(pair => [pair.request, pair.response])),
    })
  return findings
}
