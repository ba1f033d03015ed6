import { filterFor } from './field-filters.ts'
import type { Prompt, PromptKind, SaveOf, State } from './state.ts'

/** A line to type, with the cursor at its end. */
export function newPrompt(state: State, kind: PromptKind, text: string): Prompt {
  const { where = 'info', kind: as = 'text' } = state.find ?? {}
  const typed = { text, cursor: text.length, typed: text, typedTo: text.length }
  const of = savable(state).findLast(choice => usual.includes(choice)) ?? 'all'
  return { kind, ...typed, where, as, of, within: '', known: [], offered: -1, recalled: 0 }
}

/** What can be saved, in the order of Tab. */
export const savable = (state: State): readonly SaveOf[] => [
  'all',
  ...(state.filter ? (['filtered'] as const) : []),
  ...(state.marked.size > 0 ? (['marked'] as const) : []),
  ...(state.detail && filterFor(state.detail, state.selected, 'flow') !== '' ? (['flow'] as const) : []),
  'inner',
]

/** What is most likely meant, the last one most of all. */
const usual: readonly SaveOf[] = ['all', 'filtered', 'marked']
