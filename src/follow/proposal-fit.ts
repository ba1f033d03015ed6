import type { Proposal, Transform } from './story.ts'

export const isSame = (a: Transform, b: Transform) =>
  a.kind === b.kind && a.id === b.id && a.keyLength === b.keyLength
export const kindsOf = (transforms: readonly Transform[]) => [...new Set(transforms.map(t => t.kind))]
export const ofKind = (proposal: Proposal, kind: string) => proposal.transforms.filter(t => t.kind === kind)
export const namesOf = (transforms: readonly Transform[]) => [...new Set(transforms.map(t => t.name))]

/** Lifetimes are wishes, and `none` is what everybody has: neither is a reason to refuse. */
export const decides = (transform: Transform) => transform.kind !== 'lifetime' && transform.id !== 0

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

/** What a peer showed elsewhere that it takes. */
export type Known = {
  readonly packet: number
  readonly how: 'offered' | 'accepted'
  readonly proposal: Proposal
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

/** What an offer lacks beside what its responder is known to take. */
export type Gap = {
  readonly offer: Proposal
  readonly known: Known
  readonly missing: readonly Transform[]
}

/** The offer and the known taste that have the fewest kinds to add. */
export function nearest(offered: readonly Proposal[], known: readonly Known[]): Gap | undefined {
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
