import { explainName, unknownName } from '../print/reference.ts'
import { meaningLines } from './meaning-rows.ts'
import type { Reducers } from './reduce.ts'
import type { Detail, Place, State } from './state.ts'

/** What a name means. */
export type MeaningView = Place & {
  readonly name: string
  /** Names that were looked up on the way here, the newest last. */
  readonly trail: readonly string[]
}

/** What a name means, over the panes; from there what other names mean, and back. */
export const reducers: Reducers<'explain' | 'explain-back'> = {
  explain: (state, { name = selectedName(state) }) =>
    name === '' ? say(state, 'explain what? As in :explain ip.ttl') : open(state, name),
  'explain-back': state => {
    const { meaning } = state
    const name = meaning?.trail.at(-1)
    if (meaning === undefined || name === undefined) return say(state, 'nothing was looked up before this')
    return { ...state, meaning: { ...start, name, trail: meaning.trail.slice(0, -1) } }
  },
}

const start = { cursor: 0, top: 0 } as const

const say = (state: State, text: string): State => ({ ...state, message: { text, severity: 'info' } })

/** Names that can be gone back to. */
const longestTrail = 50

/** Shows what a name means; where nothing is known of it, others that look like it are told. */
export function open(state: State, name: string): State {
  if (explainName(name) === undefined) return say(state, unknownName(name))
  const { meaning } = state
  if (meaning?.name === name) return state
  const trail = meaning ? [...meaning.trail, meaning.name].slice(-longestTrail) : []
  return { ...state, message: undefined, meaning: { ...start, name, trail } }
}

/** Shows what the name on the line of the cursor means. */
export function follow(state: State): State {
  const { block } = meaningLines(state)[state.meaning?.cursor ?? 0] ?? {}
  const name = block?.kind === 'entry' ? block.term.replace(/ \([^)]*\)$/, '') : ''
  return name === '' || explainName(name) === undefined
    ? say(state, 'no name stands in this line')
    : open(state, name)
}

/** The name of the selected field or protocol; empty: nothing is selected. */
function selectedName({ detail, selected }: State): string {
  return detail ? nameOf(detail, selected) : ''
}

function nameOf({ found, nodes }: Detail, index: number): string {
  const node = nodes[index]
  if (node === undefined || node.layer < 0) return ''
  const record = node.kind === 'note' ? found.notes[node.note]!.field : node.record
  return record < 0 ? found.protocols[node.layer]!.id : found.fields[record]!.name
}
