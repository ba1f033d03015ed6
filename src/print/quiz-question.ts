/** What the learner has to give. */
export type Wanted =
  /** A byte of the frame: one of those [start, end). */
  | { readonly kind: 'byte'; readonly start: number; readonly end: number }
  /** One of these names. */
  | { readonly kind: 'name'; readonly names: readonly string[] }
  | { readonly kind: 'number'; readonly value: number }
  /** The choice with this index. */
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly right: number }

/** A question about a packet that the packet itself answers. */
export type Question = {
  /** Unique among the questions about a packet. */
  readonly key: string
  readonly text: string
  readonly wanted: Wanted
  /** The byte of the frame that the cursor is put on while it is asked. */
  readonly cursor: number
  /** The node that it is about: shown and explained with the answer. */
  readonly node: number
  /** The answer, as a sentence. */
  readonly answer: string
}

/** A question that can be asked; what it costs to put it into words is paid for those that are. */
export type Draft = { readonly key: string; readonly make: (random: () => number) => Question }

/** Wrong choices beside the right one. */
export const wrongChoices = 3

/** Choices in an order by chance, and where the right one is. */
export function shuffled(
  right: string,
  others: readonly string[],
  random: () => number,
): Extract<Wanted, { kind: 'choice' }> {
  const pool = [...new Set(others)].filter(other => other !== right)
  const choices: string[] = []
  while (choices.length < wrongChoices && pool.length > 0)
    choices.push(...pool.splice(random() % pool.length, 1))
  const at = random() % (choices.length + 1)
  choices.splice(at, 0, right)
  return { kind: 'choice', choices, right: at }
}
