import type { Dissection } from '../dissect/dissection.ts'
import { choiceQuestions, fieldQuestions } from './quiz-fields.ts'
import { nextQuestions, overheadQuestions } from './quiz-layers.ts'
import type { Question } from './quiz-question.ts'
import type { TreeNode } from './tree-nodes.ts'

/** An answer as it was given: a byte, a typed text, the index of a choice. */
export type Given =
  | { readonly kind: 'byte'; readonly byte: number }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly choice: number }

/** Numbers of 32 bits that look as if by chance, the same ones for a seed. */
export function chance(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

/** The kinds of questions in the order in which they come. */
const kinds = [
  fieldQuestions,
  nextQuestions,
  choiceQuestions,
  overheadQuestions,
  fieldQuestions,
  choiceQuestions,
]

/**
 * A question about a packet, the same one for a seed. `before`: keys of questions that were asked, the last one at the end; they come
 * again only where nothing else is left, and never twice in a row. Undefined: there is none.
 */
export function questionFor(
  found: Dissection,
  nodes: readonly TreeNode[],
  seed: number,
  before: readonly string[] = [],
): Question | undefined {
  const random = chance(seed)
  const drafts = kinds.map(make => make(found, nodes))
  for (const known of [before, before.slice(-1)])
    for (let i = 0; i < kinds.length; i++) {
      const list = drafts[(seed + i) % kinds.length]!.filter(({ key }) => !known.includes(key))
      if (list.length > 0) return list[random() % list.length]!.make(random)
    }
  return undefined
}

/** Whether an answer is right. Names are right however they are written: `IPv4`, `ip`, `Internet Protocol version 4`. */
export function isRight({ wanted }: Question, given: Given): boolean {
  switch (wanted.kind) {
    case 'byte':
      return given.kind === 'byte' && wanted.start <= given.byte && given.byte < wanted.end
    case 'choice':
      return given.kind === 'choice' && given.choice === wanted.right
    case 'number':
      return given.kind === 'text' && given.text.trim() !== '' && Number(given.text) === wanted.value
    case 'name':
      return given.kind === 'text' && wanted.names.some(name => plain(name) === plain(given.text))
  }
}

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
