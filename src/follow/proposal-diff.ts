import { notifyType } from './ike-numbers.ts'
import { fits, isSame, type Known, kindsOf, namesOf, nearest, ofKind } from './proposal-fit.ts'
import { type Answer, additionOf, proposalsShown, sentencesOf } from './proposal-words.ts'
import type { Message, Negotiation, Proposal, Transform } from './story.ts'

/** One kind of algorithm of one proposal: what was offered, and what became of it. */
export type DiffRow = {
  /** As `Transform.kind`: `encryption`, `key exchange`. */
  readonly kind: string
  /** Names in order of preference, each once. */
  readonly offered: readonly string[]
  /** What the responder took; empty: nothing, or nothing of this kind. */
  readonly accepted: string
  /**
   * `taken`: one of the offers. `first choice`: taken, and the most wanted. `not offered`: the responder took what
   * nobody offered. `left out`: it was offered and nothing of its kind was taken. `open`: there is no choice, or not all
   * that would tell was captured.
   */
  readonly state: 'first choice' | 'taken' | 'not offered' | 'left out' | 'open'
  /** What the responder is known to take, by other negotiations, where nothing offered fits; empty otherwise. */
  readonly missing: readonly string[]
}

export type DiffProposal = {
  readonly number: number
  readonly protocol: string
  /** The responder chose this one. */
  readonly isTaken: boolean
  readonly rows: readonly DiffRow[]
}

/** What was offered beside what was accepted: two columns, and sentences under them. */
export type ProposalDiff = {
  readonly outcome: 'accepted' | 'refused' | 'another group' | 'open'
  readonly proposals: readonly DiffProposal[]
  /** Not all is here: it was not captured whole, or there was more than anybody reads. */
  readonly isCut: boolean
  /** There is no choice, or it is one of the offers: number, algorithms and key lengths (RFC 7296 §3.3). */
  readonly isFair: boolean
  readonly sentences: readonly string[]
  /** Of `sentences`, what to add on which side so that a refused offer fits; empty: the capture does not tell. */
  readonly toAdd: string
}

/** Nobody offers that many of one proposal, and each is compared with each. */
const transformsCompared = 128
const noAnswer: Answer = {
  initiator: '',
  responder: '',
  isRefused: false,
  group: undefined,
  known: [],
  version: 2,
  isCut: false,
}

/** The offer that was taken: the one of its number, or else one that fits; undefined: none. */
function taken(offered: readonly Proposal[], choice: Proposal): Proposal | undefined {
  const sameNumber = offered.filter(o => o.number === choice.number && o.protocol === choice.protocol)
  return sameNumber.find(o => fits(o, choice)) ?? offered.find(o => fits(o, choice)) ?? sameNumber[0]
}

function rowOf(
  kind: string,
  offer: Proposal,
  choice: Proposal | undefined,
  missing: readonly Transform[],
  isCut: boolean,
): DiffRow {
  const offers = ofKind(offer, kind)
  const took = choice && ofKind(choice, kind)[0]
  const place = took === undefined ? -1 : offers.findIndex(o => isSame(o, took))
  const lacks = choice === undefined || isCut ? 'open' : 'left out'
  const strange = isCut ? 'open' : 'not offered'
  const has = place === 0 ? 'first choice' : place > 0 ? 'taken' : strange
  return {
    kind,
    offered: namesOf(offers),
    accepted: took?.name ?? '',
    state: took === undefined ? lacks : took.id === 0 && place < 0 ? 'taken' : has,
    missing: namesOf(missing.filter(t => t.kind === kind)),
  }
}

function cut(proposal: Proposal): Proposal {
  if (proposal.transforms.length <= transformsCompared) return proposal
  return { ...proposal, transforms: proposal.transforms.slice(0, transformsCompared) }
}

/**
 * Sets what was offered beside what was accepted, kind by kind; without a choice it says what was offered
 * and, as far as `answer` and other negotiations tell, what would have to be added where.
 */
export function compareProposals(
  offers: readonly Proposal[],
  choice: Proposal | undefined,
  answer: Answer = noAnswer,
): ProposalDiff {
  const offered = offers.map(cut)
  const accepted = choice && cut(choice)
  const isCut = answer.isCut || choice !== accepted || offers.some((o, i) => o !== offered[i])
  const offer = accepted && taken(offered, accepted)
  const gap = answer.isRefused ? nearest(offered.slice(0, proposalsShown), answer.known) : undefined
  const shown = offered.slice(0, proposalsShown)
  if (offer !== undefined && !shown.includes(offer)) shown.push(offer)
  const proposals = shown.map(one => {
    const picked = one === offer ? accepted : undefined
    const missing = gap?.offer === one ? gap.missing : []
    const kinds = kindsOf([...one.transforms, ...(picked?.transforms ?? []), ...missing])
    const rows = kinds.map(kind => rowOf(kind, one, picked, missing, isCut))
    return { number: one.number, protocol: one.protocol, isTaken: picked !== undefined, rows }
  })
  const sameNumber = answer.version === 1 || offer?.number === accepted?.number
  return {
    outcome: outcomeOf(accepted, answer),
    proposals,
    isCut: shown.length < offered.length || isCut,
    isFair: accepted === undefined || isCut || (offer !== undefined && sameNumber && fits(offer, accepted)),
    sentences: sentencesOf(offered, accepted, offer, { ...answer, isCut }, gap),
    toAdd: additionOf(answer, gap),
  }
}

function outcomeOf(accepted: Proposal | undefined, answer: Answer): ProposalDiff['outcome'] {
  if (accepted !== undefined) return 'accepted'
  if (answer.isRefused) return 'refused'
  return answer.group === undefined ? 'open' : 'another group'
}

/** The number in what is said of a group: `MODP-2048 (group 14)`; 0: none. */
export const groupIn = (text: string) =>
  Number(/group (\d{1,5})/.exec(text)?.[1] ?? text.match(/^\d{1,5}$/)?.[0] ?? 0)

const isOffer = (message: Message) =>
  message.fromInitiator && !message.isResponse && message.proposals.length > 0

/** What `address` showed in other negotiations that it takes: its own offers, and what it accepted. */
export function knownOf(address: string, negotiations: readonly Negotiation[], except: Negotiation): Known[] {
  const known: Known[] = []
  for (const one of negotiations) {
    if (one === except || known.length >= proposalsShown) continue
    const message =
      one.initiator.address === address
        ? one.messages.find(isOffer)
        : one.responder.address === address
          ? one.messages.find(m => !m.fromInitiator && m.proposals.length > 0)
          : undefined
    if (message === undefined || one.version !== except.version) continue
    const how = message.fromInitiator ? 'offered' : 'accepted'
    for (const proposal of message.proposals.slice(0, proposalsShown))
      known.push({ packet: message.packet, how, proposal: cut(proposal) })
  }
  return known
}

/**
 * The diff of a negotiation: its last offer for the IKE SA beside the answer to it. Undefined: it has no offer that can
 * be read. `negotiations`: all of the capture, to learn from them what the responder takes.
 */
export function diffOf(
  negotiation: Negotiation,
  negotiations: readonly Negotiation[],
): ProposalDiff | undefined {
  const { messages, accepted } = negotiation
  const choice = messages.find(m => !m.fromInitiator && m.proposals.length > 0)
  const offer = messages.findLast(m => isOffer(m) && (choice === undefined || m.packet < choice.packet))
  if (offer === undefined) return undefined
  const answers = messages.filter(m => !m.fromInitiator).flatMap(m => m.notifies)
  const isRefused =
    accepted === undefined && answers.some(n => n.isError && n.type === notifyType.noProposalChosen)
  const ke =
    accepted === undefined
      ? answers.findLast(n => n.isError && n.type === notifyType.invalidKePayload)
      : undefined
  const isAboutGroup = ke !== undefined && negotiation.version === 2
  return compareProposals(offer.proposals, accepted, {
    initiator: negotiation.initiator.address,
    responder: negotiation.responder.address,
    isRefused,
    group: isAboutGroup ? { sent: offer.group, asked: groupIn(ke.text), askedName: ke.text } : undefined,
    known: isRefused ? knownOf(negotiation.responder.address, negotiations, negotiation) : [],
    version: negotiation.version,
    isCut: offer.isCut || choice?.isCut === true,
  })
}
