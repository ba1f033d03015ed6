import type { Action } from './actions.ts'
import { type Binding, type Context, keymap, type Mode, type Over } from './bindings.ts'
import { keyText } from './help-rows.ts'
import { isAsked } from './quiz-mode.ts'
import { type PromptKind, panes, type State } from './state.ts'
import { tourOf } from './touring.ts'
import { isWalking } from './walk-mode.ts'

const isQuestion = (kind: PromptKind): boolean =>
  kind === 'overwrite' || kind === 'leave' || kind === 'reveal'

export const contextOf = (state: State): Context => {
  if (state.prompt) return isQuestion(state.prompt.kind) ? 'question' : 'prompt'
  if (state.help !== undefined) return 'help'
  return overOf(state) ?? (state.capture ? state.focus : 'start')
}

/** What goes on in the panes, where nothing lies over them. */
export const modeOf = (state: State): Mode | undefined => {
  const isFree = panes.some(pane => pane === contextOf(state))
  if (!isFree) return undefined
  if (isAsked(state)) return 'quiz'
  if (isWalking(state)) return 'walk'
  return tourOf(state) && 'tour'
}

/** What lies on top of the panes. */
export const overOf = (state: State): Over | undefined => {
  const { settings, raw, meaning, comparison, ladder, negotiations } = state
  if (settings) return 'settings'
  if (raw) return 'raw'
  if (meaning) return 'meaning'
  if (comparison) return 'comparison'
  if (ladder) return 'ladder'
  return negotiations && 'negotiations'
}

/** The keys of a context, and by what they begin. */
const tables = new Map<Context, Map<string, Binding | 'more'>>()

function tableOf(context: Context): Map<string, Binding | 'more'> {
  const known = tables.get(context)
  if (known) return known
  const table = new Map<string, Binding | 'more'>()
  for (const binding of keymap.filter(entry => entry.in.includes(context)))
    for (const keys of binding.keys) {
      const parts = keys.split(' ')
      for (let n = 1; n < parts.length; n++) table.set(parts.slice(0, n).join(' '), 'more')
      table.set(keys, binding)
    }
  tables.set(context, table)
  return table
}

/** What a key does in this state; undefined: nothing. */
export function actionFor(state: State, key: string): Action | undefined {
  const context = contextOf(state)
  const { pending } = state
  if (context === 'prompt' && isText(key)) return { type: 'type', text: key === 'space' ? ' ' : key }
  if (pending.length === 0 && context !== 'question' && /^[0-9]$/.test(key) && (key !== '0' || state.times))
    return { type: 'pending', keys: [], times: Math.min((state.times ?? 0) * 10 + Number(key), 1e15) }
  const mode = pending.length === 0 ? modeOf(state) : undefined
  const ofMode = mode && tableOf(mode).get(key)
  if (ofMode && ofMode !== 'more' && typeof ofMode.send !== 'function') return ofMode.send
  const table = tableOf(context)
  const keys = [...pending, key]
  const found =
    table.get(keys.join(' ')) ?? (isText(key) ? table.get([...pending, '<letter>'].join(' ')) : undefined)
  if (found === 'more') return { type: 'pending', keys, times: state.times }
  if (found === undefined) return undefined
  if (typeof found.send !== 'function') return found.send
  return found.send({ times: state.times, letter: key })
}

/** A key that stands for a character. */
const isText = (key: string): boolean => key === 'space' || [...key].length === 1

/** The binding of a name. */
export const bindingOf = (name: string): Binding | undefined => keymap.find(entry => entry.name === name)

/** All that a key press does: what waited for it is over, then comes what it asks for. */
export function keyActions(state: State, key: string): readonly Action[] {
  const waiting = state.pending.length > 0 || state.times !== undefined
  const forget: Action = { type: 'pending', keys: [], times: undefined }
  if (waiting && key === 'escape') return [forget]
  const action = actionFor(state, key)
  // Escape closes one thing: the message itself is one.
  const quiet: readonly Action[] =
    state.message && action?.type !== 'cancel' ? [{ type: 'said', message: undefined }] : []
  if (action?.type === 'pending') return [...quiet, action]
  const first = waiting ? [...quiet, forget] : quiet
  if (action) return [...first, action]
  if (contextOf(state) === 'prompt') return first
  const keys = [...state.pending, key].join(' ')
  return [
    ...first,
    {
      type: 'said',
      message: { text: `${keyText(keys)} does nothing here; ? shows all keys`, severity: 'info' },
    },
  ]
}
