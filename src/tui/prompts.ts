import type { Prompt, PromptKind, SaveOf, State } from './state.ts'

/** A line to type, with the cursor at its end. */
export function newPrompt(state: State, kind: PromptKind, text: string): Prompt {
  const { where = 'info', kind: as = 'text' } = state.find ?? {}
  const typed = { text, cursor: text.length, typed: text, typedTo: text.length }
  const of = savable(state).at(-1)!
  return { kind, ...typed, where, as, of, within: '', known: [], offered: -1, recalled: 0 }
}

/** What can be saved, the last one being what is most likely meant. */
export const savable = ({ filter, marked }: State): readonly SaveOf[] => [
  'all',
  ...(filter ? (['filtered'] as const) : []),
  ...(marked.size > 0 ? (['marked'] as const) : []),
]
