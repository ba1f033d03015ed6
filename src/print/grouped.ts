/** Finds what belongs to a negotiation by its number, in one pass over all; 0: what belongs to none. */
export function grouped<Of extends { readonly negotiation: number }>(
  all: readonly Of[],
): (negotiation: number) => readonly Of[] {
  const found = new Map<number, Of[]>()
  for (const one of all) {
    const others = found.get(one.negotiation)
    if (others) others.push(one)
    else found.set(one.negotiation, [one])
  }
  return negotiation => found.get(negotiation) ?? []
}
