import { decides, fits, type Gap, isSame, type Known, kindsOf, namesOf, ofKind } from './proposal-fit.ts'
import type { Proposal } from './story.ts'

/** More proposals are neither shown nor compared. */
export const proposalsShown = 16

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
  /** The offer or the choice was not captured whole: what is not there may have been. */
  readonly isCut: boolean
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
  return [...offers, showed, additionOf(answer, gap)]
}

/** What to add on which side so that a refused offer fits; empty: nobody can know. */
export function additionOf({ initiator, responder }: Answer, gap: Gap | undefined): string {
  if (gap === undefined || gap.missing.length === 0) return ''
  const onInitiator = namesOf(gap.missing).join(', ')
  const kinds = new Set(kindsOf(gap.missing))
  const onResponder = namesOf(gap.offer.transforms.filter(t => kinds.has(t.kind) && decides(t))).join(', ')
  const side = onResponder === '' ? '' : `, or ${onResponder} to what ${responder} takes`
  return `Add ${onInitiator} to what ${initiator} offers${side}.`
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
    ? [told, `${asked} is among the offers: the initiator tries again with it (RFC 7296 §2.7).`]
    : [told, `${asked} is not among the offers: add it to what ${answer.initiator} offers.`]
}

function afterChoice(
  offered: readonly Proposal[],
  choice: Proposal,
  offer: Proposal | undefined,
  { version, isCut }: Answer,
): string[] {
  if (isCut && (offer === undefined || !fits(offer, choice)))
    return [`Taken: ${spelled(choice)}; the capture does not have the whole of what was offered and taken.`]
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

/** What became of the offers, in words. */
export function sentencesOf(
  offered: readonly Proposal[],
  accepted: Proposal | undefined,
  offer: Proposal | undefined,
  answer: Answer,
  gap: Gap | undefined,
): string[] {
  if (accepted !== undefined) return afterChoice(offered, accepted, offer, answer)
  if (answer.isRefused) return afterRefusal(offered, answer, gap)
  return answer.group === undefined ? [] : afterGroup(offered, answer, answer.group)
}
