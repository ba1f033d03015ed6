import { exchange, notifyType } from '../ike-numbers.ts'
import { diffOf } from '../proposal-diff.ts'
import { proposalsShown } from '../proposal-words.ts'
import type { Message, Proposal } from '../story.ts'
import {
  allPackets,
  type Case,
  counted,
  type Finding,
  isAnswered,
  isOffer,
  packetsOf,
  type Said,
  times,
  versionKey,
} from './case.ts'
import { invalidKe } from './invalid-ke.ts'
import { settingsFor, showLogs } from './settings.ts'

/** More are not read: one of each kind is enough. */
const errorsRead = 256

/** Error notifies that can be read, in order. */
const errors = (of: Case): Said[] =>
  of.negotiation.messages
    .flatMap(message => message.notifies.filter(n => n.isError).map(notify => ({ message, notify })))
    .slice(0, errorsRead)

/** The settings of a proposal that has one algorithm of each kind; where it offers more, its first of each. */
const preferred = (proposal: Proposal): Proposal => ({
  ...proposal,
  transforms: proposal.transforms.filter((t, i, all) => all.findIndex(o => o.kind === t.kind) === i),
})

/** Of so many proposals with so many algorithms a verdict says what is in them; the table has them all. */
const proposalsTold = 2
const algorithmsTold = 16

/** RFC 7296 §2.6 leaves the SPI zero in a refusal; strongSwan has one where it found no connection. */
const hasOwnSpi = ({ negotiation }: Case) =>
  negotiation.version === 2 && /[1-9a-f]/.test(negotiation.responderSpi)

/** Answers like these come from a daemon that has not even looked at the proposals. */
function withoutConnection(of: Case): string {
  const { version, initiator, responder } = of.negotiation
  const other = version === 1 ? 2 : 1
  const spoken = of.spoken.get(versionKey(responder.address, other))
  const speaks = spoken === undefined ? '' : ` ${responder.address} speaks IKEv${other} in packet ${spoken}.`
  if (hasOwnSpi(of))
    return `It answers with an SPI of its own, as strongSwan does when it has no connection for these addresses and IKEv${version}: then the algorithms do not matter.${speaks}`
  return `A daemon that has no connection for ${initiator.address}, or none for IKEv${version}, may say the same (strongSwan does).${speaks}`
}

function noProposal(of: Case, said: readonly Said[]): Finding {
  const { initiator, responder } = of.negotiation
  const diff = diffOf(of.negotiation, of.ofResponder)
  const offer = of.negotiation.messages.findLast(isOffer)
  const count = offer?.proposals.length ?? 0
  const algorithms = offer?.proposals.reduce((sum, p) => sum + p.transforms.length, 0) ?? 0
  const sentences = diff?.sentences ?? []
  const told =
    count <= proposalsTold && algorithms <= algorithmsTold
      ? sentences
      : [
          `${counted(count, 'proposal')} ${count === 1 ? 'was' : 'were'} offered.`,
          ...sentences.slice(Math.min(count, proposalsShown)),
        ]
  const add = diff === undefined || diff.toAdd === '' ? '' : `${diff.toAdd} `
  return {
    id: 'no-proposal-chosen',
    severity: 'error',
    title: `${responder.address} refused every proposal of ${initiator.address} for the IKE SA (${said[0]!.notify.name}).`,
    cause: [
      ...told.filter(sentence => sentence !== diff?.toAdd),
      'One algorithm of each kind has to be the same on both sides, key lengths included.',
      withoutConnection(of),
    ].join(' '),
    advice: `${hasOwnSpi(of) ? `\`swanctl --list-conns\` on ${responder.address}: is there a connection for ${initiator.address} and IKEv2? If there is: ` : ''}${add}${inCommon(of, offer)}, or offer what it takes. ${showLogs}`,
    packets: [...(offer === undefined ? [] : [offer.packet]), ...said.flatMap(s => packetsOf(s.message))],
  }
}

/** The offer as a setting for the other side. */
function inCommon({ negotiation }: Case, offer: Message | undefined): string {
  const { initiator, responder, version } = negotiation
  const first = offer?.proposals[0]
  const wanted = first && preferred(first)
  const setting = wanted && settingsFor(wanted, version)
  if (!setting) return 'Give both sides a proposal in common'
  const isAll = offer?.proposals.length === 1 && wanted.transforms.length === first.transforms.length
  return `What ${initiator.address} ${isAll ? 'offers' : 'wants most'} is ${setting}: give ${responder.address} the same`
}

type Meaning = { readonly id: string; readonly cause: string; readonly advice: string }

const authentication: Meaning = {
  id: 'authentication-failed',
  cause:
    'Different pre-shared keys, an identity that the other side does not expect, or a certificate that it does not trust.',
  advice:
    'Compare keys and identities on both sides: `secrets`, `local { id }` and `remote { id }` in swanctl.conf, `psk`, `srcid` and `dstid` in iked.conf.',
}
/** Nothing made from a key has been sent by then. */
const unknownAtFirst: Meaning = {
  id: 'authentication-failed',
  cause:
    'That answers the first message of aggressive mode, which has the identity in clear and nothing yet that a key was needed for. So it is no wrong key: the identity is not one that it expects, or it takes no aggressive mode, or none with a pre-shared key.',
  advice:
    'Compare the identity in that message with `remote { id }` in swanctl.conf, rightid (Libreswan); then `aggressive` on both sides. strongSwan refuses it with a pre-shared key unless strongswan.conf says `i_dont_care_about_security_and_use_aggressive_mode_psk = yes`; IKEv2 or main mode is better.',
}
const malformed: Meaning = {
  id: 'payload-malformed',
  cause:
    'A message could not be read after decryption: with pre-shared keys that is what a different key on one side looks like.',
  advice:
    'Compare the pre-shared keys on both sides: `secrets` in swanctl.conf, ipsec.secrets (Libreswan), isakmpd.conf or ipsec.conf (OpenBSD).',
}
const version: Meaning = {
  id: 'version-mismatch',
  cause: 'One side speaks IKEv1 only, the other IKEv2 only.',
  advice:
    'Set the same version on both sides: `version = 2` in swanctl.conf (strongSwan), `ikev2=yes` in ipsec.conf (Libreswan); OpenBSD has iked for IKEv2 and isakmpd for IKEv1.',
}
const selectors: Meaning = {
  id: 'ts-unacceptable',
  cause: 'The networks that one side wants in the tunnel do not fit those that the other has configured.',
  advice:
    'They have to mirror each other: `local_ts` and `remote_ts` in swanctl.conf, `leftsubnet` and `rightsubnet` (Libreswan), `from … to …` in iked.conf.',
}
const identity: Meaning = {
  id: 'invalid-id-information',
  cause:
    'The identity, or in quick mode the networks, are not those that the responder has configured for this peer.',
  advice: 'Compare identities and networks on both sides; they have to mirror each other.',
}
const syntax: Meaning = {
  id: 'invalid-syntax',
  cause:
    'The other side could not make sense of a message: a bug, a very old version, or a message that was damaged on the way. After decryption it can mean different keys.',
  advice:
    'The log of the side that said so names what it did not understand; then compare the versions of the software.',
}
const critical: Meaning = {
  id: 'unsupported-critical-payload',
  cause:
    'A message had a payload that must be understood, and the other side does not know it (RFC 7296 §2.5).',
  advice:
    'Turn off the extension that the payload belongs to; the log of the side that refused names its number.',
}

const lost: Meaning = {
  id: 'invalid-spi',
  cause:
    'It got a packet for an SA that it does not have: it was restarted, or deleted the SA and the other side does not know.',
  advice:
    'Dead peer detection heals it: `dpd_delay` in swanctl.conf, `dpddelay` in ipsec.conf (Libreswan); until then end the connection on both sides and start it anew.',
}

/** What error notifies mean where they can be read; NO_PROPOSAL_CHOSEN and INVALID_KE_PAYLOAD have their own verdicts. */
const meanings: Readonly<Record<number, Readonly<Record<number, Meaning>>>> = {
  1: {
    4: lost,
    5: version,
    11: lost,
    16: malformed,
    18: identity,
    23: authentication,
    24: authentication,
    25: authentication,
  },
  2: { 1: critical, 4: lost, 5: version, 7: syntax, 11: lost, 24: authentication, 38: selectors },
}

/** Only the first message of aggressive mode has been sent, and no answer to it. */
const isFirstOfAggressive = ({ negotiation }: Case) =>
  negotiation.messages.some(m => m.exchange === exchange.aggressive) &&
  negotiation.messages.every(m => (m.exchange === exchange.aggressive) === m.fromInitiator)

const sides = (of: Case, m: Message) =>
  (m.fromInitiator ? of.negotiation.initiator : of.negotiation.responder).address

function other(of: Case, said: readonly Said[]): Finding {
  const { message, notify } = said[0]!
  const known = meanings[of.negotiation.version]?.[notify.type]
  const meaning = known === authentication && isFirstOfAggressive(of) ? unknownAtFirst : known
  const about = notify.text === '' ? '' : `: ${notify.text}`
  return {
    id: meaning?.id ?? 'error-notify',
    severity: meaning === lost ? 'warning' : 'error',
    title: `${sides(of, message)} refused with ${notify.name}${about}${said.length > 1 ? `, ${times(said.length)}` : ''}.`,
    cause: meaning?.cause ?? 'An error notify ends the exchange that it answers.',
    advice: meaning?.advice ?? `Read the log of ${sides(of, message)} at that time.`,
    packets: said.flatMap(s => packetsOf(s.message)),
  }
}

/** Error notifies that anybody can read, one finding for each kind. */
export function refused(of: Case): Finding[] {
  const all = errors(of)
  return [...new Set(all.map(said => said.notify.type))].map(type => {
    const said = all.filter(one => one.notify.type === type)
    if (type === notifyType.noProposalChosen) return noProposal(of, said)
    return type === notifyType.invalidKePayload && of.negotiation.version === 2
      ? invalidKe(of, said)
      : other(of, said)
  })
}

/** The responder took what nobody offered it (RFC 7296 §3.3, RFC 2409 §5). */
export function unfairChoice(of: Case): Finding[] {
  const diff = of.negotiation.accepted && diffOf(of.negotiation, of.ofResponder)
  if (diff === undefined || diff.isFair) return []
  const { initiator, responder, messages } = of.negotiation
  const packets = messages.filter(m => m.proposals.length > 0).map(m => m.packet)
  return [
    {
      id: 'choice-not-offered',
      severity: 'error',
      title: `${responder.address} chose what ${initiator.address} did not offer.`,
      cause: diff.sentences.join(' '),
      advice: `${initiator.address} has to refuse that: the software of ${responder.address} is wrong, or somebody on the way changes the messages. Compare captures from both ends.`,
      packets,
    },
  ]
}

/** So many cookies asked for are more than a return of the same question. */
const manyCookies = 3

/** The responder wants to see that the initiator can receive, before it works for it (RFC 7296 §2.6). */
export function cookieAsked(of: Case): Finding[] {
  const asked = of.negotiation.messages.filter(
    m => !m.fromInitiator && m.notifies.some(n => n.type === notifyType.cookie),
  )
  if (of.negotiation.version !== 2 || asked.length === 0 || !isAnswered(of)) return []
  const isLoop = asked.length >= manyCookies && of.negotiation.accepted === undefined
  return [
    {
      id: isLoop ? 'cookie-loop' : 'cookie-asked',
      severity: isLoop ? 'warning' : 'info',
      title: `${of.negotiation.responder.address} asked for a cookie${asked.length > 1 ? ` ${times(asked.length)}` : ''} before it went on.`,
      cause: isLoop
        ? 'The cookie that comes back is not the one it expects: the address of the initiator changes on the way, or several machines answer under one address.'
        : 'It has many half-open negotiations, or is set to ask everybody: a guard against floods of made-up addresses.',
      advice: isLoop
        ? 'Look for a NAT or balancer between that spreads one peer over several addresses or machines.'
        : 'Nothing to do; if it is always there: `cookie_threshold` in strongswan.conf, the number of half-open SAs in the log.',
      packets: allPackets(asked),
    },
  ]
}
