import { exchange } from '../ike-numbers.ts'
import type { Message } from '../story.ts'
import { allPackets, answerTo, type Case, counted, type Finding, sentIn, whole } from './case.ts'
import {
  leastAccepted,
  leastCreated,
  leastIdentified,
  mostPayloads,
  type Shape,
  type Sizes,
  shapeOf,
  sizesOf,
} from './sizes.ts'

/** The pair of IKE_AUTH messages that came last; undefined: none was answered. */
export function lastAuth(of: Case): { request: Message; response: Message } | undefined {
  for (const request of sentIn(of, exchange.auth, true).toReversed()) {
    const response = request.isResponse ? undefined : answerTo(request, of)
    if (response !== undefined) return { request, response }
  }
  return undefined
}

/** IKE_AUTH requests, each counted once: more than one is EAP, or several proofs (RFC 4739). */
const rounds = (of: Case) =>
  new Set(sentIn(of, exchange.auth, true).flatMap(m => (m.isResponse ? [] : [m.messageId]))).size

/** How the last answer to IKE_AUTH looks. */
export function shapeOfAuth(of: Case): Shape {
  const pair = lastAuth(of)
  if (pair === undefined) return 'unknown'
  return shapeOf(pair.request, pair.response, of.negotiation.accepted, rounds(of) === 1)
}

/** ESP or AH that follows speaks for itself, whatever the sizes say; so does an exchange that needs an IKE SA. */
function isContradicted(of: Case, response: Message): boolean {
  const needsSa = (m: Message) =>
    m.packet > response.packet && (m.exchange === exchange.createChild || m.exchange === exchange.auth)
  return of.associations.length > 0 || of.negotiation.messages.some(needsSa)
}

const psk =
  'strongSwan: `secrets` in swanctl.conf and `swanctl --load-creds`; OpenBSD: `psk` and `srcid`/`dstid` in iked.conf'

/** Too short (bytes) for a certificate beside a signature. */
const shortForCertificate = 600

/** The responder has asked for a certificate (RFC 7296 §3.7), and none can be in the request. */
function askedForCertificate({ negotiation }: Case, request: Message): string {
  const { messages, responder, initiator } = negotiation
  const asks = messages.find(m => !m.fromInitiator && m.payloads.includes('CERTREQ'))
  if (asks === undefined || request.fragment !== undefined || request.length >= shortForCertificate) return ''
  return ` ${responder.address} asked for certificates in packet ${asks.packet}, and ${initiator.address} hardly sent one in ${request.length} bytes: one side may use a pre-shared key, the other certificates.`
}

const refusedFinding = (of: Case, response: Message, request: Message, sizes: Sizes): Finding => ({
  id: 'looks-auth-failed',
  severity: 'error',
  title: `${of.negotiation.responder.address} looks to have refused the authentication: its IKE_AUTH answer of ${response.length} bytes has room for a notify, not for an identity and a proof.`,
  cause: `A guess from the size, for the answer is encrypted: at most ${mostPayloads(response.length, sizes)} bytes of payloads, where IDr and AUTH alone make it ${leastIdentified(sizes)} bytes long. Such a short answer is nearly always AUTHENTICATION_FAILED: different pre-shared keys, identities that the other side does not expect, or a certificate that it does not trust.${askedForCertificate(of, request)}`,
  advice: `Compare key and identities on both sides (${psk}); the log of ${of.negotiation.responder.address} says which of them it was.`,
  packets: allPackets([request, response]),
})

const childFinding = (of: Case, response: Message, request: Message, sizes: Sizes): Finding => ({
  id: 'looks-child-refused',
  severity: 'error',
  title: `The IKE SA between ${of.negotiation.initiator.address} and ${of.negotiation.responder.address} looks established, but without a tunnel: the IKE_AUTH answer of ${response.length} bytes is too short to hold an SA and traffic selectors.`,
  cause: `A guess from the size, for the answer is encrypted: identity and proof fit in (${leastIdentified(sizes)} bytes), an accepted tunnel would need ${leastAccepted(sizes, true)} bytes. Such an answer refuses the child: NO_PROPOSAL_CHOSEN (ESP or AH algorithms), TS_UNACCEPTABLE (networks that do not fit) or INTERNAL_ADDRESS_FAILURE (no address to give). The first round of EAP looks the same.${whatFollows(of, response).isEndedAtOnce ? ` ${of.negotiation.initiator.address} ended it at once: if this was EAP, it has no user name and password that fit, or does not believe the responder's proof.` : ''}`,
  advice: `Compare the child's settings on both sides: \`esp_proposals\`, \`local_ts\` and \`remote_ts\` (mirrored) in swanctl.conf, \`childsa\` and \`from … to …\` in iked.conf; the log of ${of.negotiation.responder.address} names the notify.`,
  packets: allPackets([request, response]),
})

const stoppedFinding = (of: Case, response: Message, request: Message): Finding => ({
  id: 'looks-eap-failed',
  severity: 'error',
  title: `IKE_AUTH between ${of.negotiation.initiator.address} and ${of.negotiation.responder.address} took ${rounds(of)} rounds, as with EAP, and looks to have failed: the last answer of ${response.length} bytes is too short to hold an SA and traffic selectors.`,
  cause: `A guess from the size, for it is encrypted: a user name or password that does not fit, or a method of EAP that only one side has.${whatFollows(of, response).isEndedAtOnce ? ` ${of.negotiation.initiator.address} ended it after that answer.` : ' The capture may also end too early.'}`,
  advice: `Compare user name and password: \`secrets { eap … }\` and \`eap_id\` in swanctl.conf, \`user\` in iked.conf, or the RADIUS server; the log of ${of.negotiation.responder.address} names the user and the method.`,
  packets: allPackets([request, response]),
})

/** IKE_AUTH was answered, and by the size of the answer it was a refusal (RFC 7296 §1.2, §2.21.2). */
export function refusedByShape(of: Case): Finding[] {
  const pair = lastAuth(of)
  const sizes = sizesOf(of.negotiation.accepted)
  if (pair === undefined || sizes === undefined || isContradicted(of, pair.response)) return []
  const shape = shapeOfAuth(of)
  if (shape === 'refused') return [refusedFinding(of, pair.response, pair.request, sizes)]
  if (shape === 'stopped') return [stoppedFinding(of, pair.response, pair.request)]
  return shape === 'identified' ? [childFinding(of, pair.response, pair.request, sizes)] : []
}

/** Seconds: nobody closes a connection by hand that soon after it came up. */
const atOnce = 0.2

/** What came after an answer, whose other fragments are part of it; one question of the initiator at once looks like an end. */
function whatFollows(of: Case, response: Message) {
  const isPart = (m: Message) =>
    m.isResponse && m.exchange === response.exchange && m.messageId === response.messageId
  const after = of.negotiation.messages.filter(m => m.packet > response.packet && !isPart(m))
  const end = after[0]
  const isEnd = end?.fromInitiator && !end.isResponse && end.exchange === exchange.informational2
  const isSoon = end !== undefined && end.time - response.time < atOnce
  const isEndedAtOnce = isEnd && isSoon && after.every(m => m.messageId === end.messageId)
  return { after, isEndedAtOnce }
}

/** The initiator ends it right after it was accepted: it may not believe the responder's proof. */
export function tornDown(of: Case): Finding[] {
  const pair = lastAuth(of)
  if (pair === undefined || of.associations.length > 0 || shapeOfAuth(of) !== 'accepted') return []
  const { after, isEndedAtOnce } = whatFollows(of, pair.response)
  if (!isEndedAtOnce) return []
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
