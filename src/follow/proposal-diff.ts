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
   * nobody offered. `left out`: it was offered and nothing of its kind was taken. `open`: there is no choice.
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
  /** Some offers are not among `proposals`: there were more than anybody reads. */
  readonly isCut: boolean
  /** There is no choice, or it is one of the offers: number, algorithms and key lengths (RFC 7296 §3.3). */
  readonly isFair: boolean
  readonly sentences: readonly string[]
}

/** What a peer showed elsewhere that it takes. */
export type Known = {
  readonly packet: number
  readonly how: 'offered' | 'accepted'
  readonly proposal: Proposal
}

/** What came back instead of a choice. */
export type Answer = {
  readonly initiator: string
  readonly responder: string
  /** NO_PROPOSAL_CHOSEN. */
  readonly isRefused: boolean
  /** INVALID_KE_PAYLOAD: the group that was sent and the one that was asked for; 0: not said. */
  readonly group: { readonly sent: number; readonly asked: number; readonly askedName: string } | undefined
  /** What the responder showed in other negotiations. */
  readonly known: readonly Known[]
  /** Of IKE. An IKEv1 responder should keep the number of a proposal, an IKEv2 one must. */
  readonly version: number
}

const proposalsShown = 16
/** Nobody offers that many of one proposal, and each is compared with each. */
const transformsCompared = 128
const noAnswer: Answer = {
  initiator: '',
  responder: '',
  isRefused: false,
  group: undefined,
  known: [],
  version: 2,
}

const isSame = (a: Transform, b: Transform) =>
  a.kind === b.kind && a.id === b.id && a.keyLength === b.keyLength
const kindsOf = (transforms: readonly Transform[]) => [...new Set(transforms.map(t => t.kind))]
const ofKind = (proposal: Proposal, kind: string) => proposal.transforms.filter(t => t.kind === kind)
const namesOf = (transforms: readonly Transform[]) => [...new Set(transforms.map(t => t.name))]

/** Lifetimes are wishes, and `none` is what everybody has: neither is a reason to refuse. */
const decides = (transform: Transform) => transform.kind !== 'lifetime' && transform.id !== 0

/** Each algorithm of the choice is one of the offer's, one of each kind, and no kind is left out. */
export function fits(offer: Proposal, choice: Proposal): boolean {
  const kinds = kindsOf(choice.transforms)
  if (kinds.length !== choice.transforms.length || offer.protocol !== choice.protocol) return false
  const areOffered = choice.transforms.every(t => t.id === 0 || offer.transforms.some(o => isSame(o, t)))
  // RFC 7296 §3.3.6: one of each type; a type whose alternatives include none may be left out.
  const isWhole = offer.transforms.every(
    t => kinds.includes(t.kind) || !decides(t) || ofKind(offer, t.kind).some(o => o.id === 0),
  )
  return areOffered && isWhole
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
): DiffRow {
  const offers = ofKind(offer, kind)
  const took = choice && ofKind(choice, kind)[0]
  const place = took === undefined ? -1 : offers.findIndex(o => isSame(o, took))
  const lacks = choice === undefined ? 'open' : 'left out'
  const has = place === 0 ? 'first choice' : place > 0 ? 'taken' : 'not offered'
  return {
    kind,
    offered: namesOf(offers),
    accepted: took?.name ?? '',
    state: took === undefined ? lacks : took.id === 0 && place < 0 ? 'taken' : has,
    missing: namesOf(missing.filter(t => t.kind === kind)),
  }
}

/** What a peer takes and this offer has nothing of; undefined: they are about different protocols. */
function lacking(offer: Proposal, wanted: Proposal): readonly Transform[] | undefined {
  if (offer.protocol !== wanted.protocol) return undefined
  return kindsOf(wanted.transforms.filter(decides)).flatMap(kind => {
    const wants = ofKind(wanted, kind)
    const offers = ofKind(offer, kind)
    const agrees = wants.some(w => w.id === 0 || offers.some(o => isSame(o, w)))
    return agrees ? [] : wants
  })
}

type Gap = {
  readonly offer: Proposal
  readonly known: Known
  readonly missing: readonly Transform[]
}

/** The offer and the known taste that have the fewest kinds to add. */
function nearest(offered: readonly Proposal[], known: readonly Known[]): Gap | undefined {
  const gaps = offered.flatMap(offer =>
    known.flatMap(one => {
      const missing = lacking(offer, one.proposal)
      return missing === undefined ? [] : [{ offer, known: one, missing }]
    }),
  )
  return gaps.reduce<Gap | undefined>(
    (best, gap) =>
      best === undefined || kindsOf(gap.missing).length < kindsOf(best.missing).length ? gap : best,
    undefined,
  )
}

const spelled = (proposal: Proposal) =>
  kindsOf(proposal.transforms.filter(t => t.kind !== 'lifetime'))
    .map(kind => namesOf(ofKind(proposal, kind)).join(' or '))
    .join(', ')

function afterRefusal(offered: readonly Proposal[], answer: Answer, gap: Gap | undefined): string[] {
  const { initiator, responder } = answer
  const offers = offered
    .slice(0, proposalsShown)
    .map(o => `Offered by ${initiator} as proposal ${o.number}: ${spelled(o)}.`)
  if (gap === undefined)
    return [
      ...offers,
      `The capture does not show what ${responder} would take: its configuration or its log tells.`,
    ]
  const showed = `${responder} ${gap.known.how} ${spelled(gap.known.proposal)} in packet ${gap.known.packet}.`
  if (gap.missing.length === 0)
    return [
      ...offers,
      showed,
      `That fits proposal ${gap.offer.number}: ${responder} may have another connection configured for ${initiator}.`,
    ]
  const onInitiator = namesOf(gap.missing).join(', ')
  const kinds = new Set(kindsOf(gap.missing))
  const onResponder = namesOf(gap.offer.transforms.filter(t => kinds.has(t.kind) && decides(t))).join(', ')
  const side = onResponder === '' ? '' : `, or ${onResponder} to what ${responder} takes`
  return [...offers, showed, `Add ${onInitiator} to what ${initiator} offers${side}.`]
}

function afterGroup(
  offered: readonly Proposal[],
  answer: Answer,
  group: NonNullable<Answer['group']>,
): string[] {
  const groups = offered.flatMap(o => ofKind(o, 'key exchange'))
  const name = (id: number) => groups.find(t => t.id === id)?.name ?? `group ${id}`
  const sent = group.sent === 0 ? 'a key' : `a key of ${name(group.sent)}`
  const asked = group.askedName || name(group.asked)
  const told = `${answer.initiator} sent ${sent}; ${answer.responder} asks for ${asked}.`
  if (groups.length === 0 || group.asked === 0) return [told]
  return groups.some(t => t.id === group.asked)
    ? [told, `${asked} is among the offers: the initiator tries again with it (RFC 7296 §1.3).`]
    : [told, `${asked} is not among the offers: add it to what ${answer.initiator} offers.`]
}

function afterChoice(
  offered: readonly Proposal[],
  choice: Proposal,
  offer: Proposal | undefined,
  version: number,
): string[] {
  if (offer === undefined)
    return [
      `Proposal ${choice.number} (${choice.protocol}) was taken, and no offer is like it: ${spelled(choice)}.`,
    ]
  const isFair = fits(offer, choice)
  const place = offered.indexOf(offer) + 1
  const which =
    offered.length === 1 ? 'the only proposal' : `proposal ${offer.number}, ${place} of ${offered.length}`
  if (isFair && (version === 1 || offer.number === choice.number))
    return [`Taken from ${which}: ${spelled(choice)}.`]
  if (isFair)
    return [`The choice is that of ${which}, but carries number ${choice.number} (RFC 7296 §3.3.1).`]
  const strange = choice.transforms.filter(t => t.id !== 0 && !offer.transforms.some(o => isSame(o, t)))
  const kinds = kindsOf(choice.transforms)
  const left = kindsOf(offer.transforms.filter(t => decides(t) && !kinds.includes(t.kind)))
  return [
    ...strange.map(t => `${t.name} was taken for ${t.kind}, and ${which} does not offer it.`),
    ...left.map(kind => `Nothing was taken for ${kind}, which ${which} offers.`),
    ...(kinds.length < choice.transforms.length ? ['More than one of a kind was taken.'] : []),
  ]
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
  const offer = accepted && taken(offered, accepted)
  const gap = answer.isRefused ? nearest(offered.slice(0, proposalsShown), answer.known) : undefined
  const shown = offered.slice(0, proposalsShown)
  if (offer !== undefined && !shown.includes(offer)) shown.push(offer)
  const proposals = shown.map(one => {
    const picked = one === offer ? accepted : undefined
    const missing = gap?.offer === one ? gap.missing : []
    const kinds = kindsOf([...one.transforms, ...(picked?.transforms ?? []), ...missing])
    const rows = kinds.map(kind => rowOf(kind, one, picked, missing))
    return { number: one.number, protocol: one.protocol, isTaken: picked !== undefined, rows }
  })
  const sameNumber = answer.version === 1 || offer?.number === accepted?.number
  const isWhole = offers.every((o, i) => o === offered[i]) && choice === accepted
  return {
    outcome: outcomeOf(accepted, answer),
    proposals,
    isCut: shown.length < offered.length || !isWhole,
    isFair:
      accepted === undefined || !isWhole || (offer !== undefined && sameNumber && fits(offer, accepted)),
    sentences: sentencesOf(offered, accepted, offer, answer, gap),
  }
}

function outcomeOf(accepted: Proposal | undefined, answer: Answer): ProposalDiff['outcome'] {
  if (accepted !== undefined) return 'accepted'
  if (answer.isRefused) return 'refused'
  return answer.group === undefined ? 'open' : 'another group'
}

function sentencesOf(
  offered: readonly Proposal[],
  accepted: Proposal | undefined,
  offer: Proposal | undefined,
  answer: Answer,
  gap: Gap | undefined,
): string[] {
  if (accepted !== undefined) return afterChoice(offered, accepted, offer, answer.version)
  if (answer.isRefused) return afterRefusal(offered, answer, gap)
  return answer.group === undefined ? [] : afterGroup(offered, answer, answer.group)
}

const noProposalChosen = 14
const invalidKe = 17

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
 * The diff of a negotiation: its last offer in clear beside the answer to it. Undefined: it has no offer that can
 * be read. `negotiations`: all of the capture, to learn from them what the responder takes.
 */
export function diffOf(
  negotiation: Negotiation,
  negotiations: readonly Negotiation[],
): ProposalDiff | undefined {
  const { messages, accepted } = negotiation
  const offer = messages.findLast(isOffer)
  if (offer === undefined) return undefined
  const answers = messages.filter(m => !m.fromInitiator).flatMap(m => m.notifies)
  const isRefused = accepted === undefined && answers.some(n => n.isError && n.type === noProposalChosen)
  const ke = accepted === undefined ? answers.findLast(n => n.isError && n.type === invalidKe) : undefined
  const isAboutGroup = ke !== undefined && negotiation.version === 2
  return compareProposals(offer.proposals, accepted, {
    initiator: negotiation.initiator.address,
    responder: negotiation.responder.address,
    isRefused,
    group: isAboutGroup ? { sent: offer.group, asked: groupIn(ke.text), askedName: ke.text } : undefined,
    known: isRefused ? knownOf(negotiation.responder.address, negotiations, negotiation) : [],
    version: negotiation.version,
  })
}
