import type { Edit } from './actions.ts'
import { announcedIn } from './announced.ts'
import { completions } from './completions.ts'
import { judge, offersOf, withOffer } from './filter-judgement.ts'
import { overOf } from './keymap.ts'
import { closeOver } from './ladder.ts'
import { newPrompt, savable } from './prompts.ts'
import type { Reducers } from './reduce.ts'
import { focusOn } from './selecting.ts'
import { type FindKind, type FindWhere, type Prompt, panes, type State } from './state.ts'

/** Lines of the history that are kept. */
const longestHistory = 100

const places: readonly FindWhere[] = ['info', 'tree', 'bytes']
const kinds: readonly FindKind[] = ['text', 'regex', 'hex']

/** Keys that wait for others, and the line at the bottom in which commands and names are typed. */
export const reducers: Reducers<
  | 'pending'
  | 'expired'
  | 'leave'
  | 'cancel'
  | 'prompt'
  | 'overwrite'
  | 'type'
  | 'edit'
  | 'complete'
  | 'known'
  | 'submit'
> = {
  pending: (state, { keys, times }) => ({ ...state, pending: keys, times }),
  expired: state => {
    const pane = state.pending.length === 0 ? panes[(state.times ?? 0) - 1] : undefined
    const done = { ...state, pending: [], times: undefined }
    const isCovered = state.help !== undefined || overOf(state) !== undefined
    return pane === undefined || state.capture === undefined || isCovered ? done : focusOn(done, pane)
  },
  cancel: closeTop,
  prompt: (state, { kind, text = '' }) => ({
    ...state,
    message: undefined,
    prompt: newPrompt(state, kind, text),
  }),
  leave: state => ({ ...state, prompt: newPrompt(state, 'leave', '') }),
  overwrite: (state, { path, of }) => ({
    ...state,
    prompt: { ...newPrompt(state, 'overwrite', path), of },
  }),
  type: (state, { text }) => edited(state, line => insert(line, text)),
  edit: (state, { how }) => {
    if (how !== 'older' && how !== 'newer') return edited(state, edits[how])
    const by = how === 'older' ? 1 : -1
    return isOffering(state.prompt, by) ? complete(state, by > 0 ? -1 : 1) : recall(state, by)
  },
  complete: (state, { by }) => complete(state, by),
  known: (state, { names }) =>
    state.prompt ? { ...state, prompt: { ...state.prompt, known: names } } : state,
  submit: state => {
    const { prompt: line, history } = state
    if (line === undefined) return state
    if (line.kind === 'filter' && !isFilter(line.text)) return state
    const lines = history[line.kind].filter(other => other !== line.text)
    const kept = line.text === '' ? lines : [...lines, line.text].slice(-longestHistory)
    return { ...state, prompt: undefined, history: { ...history, [line.kind]: kept } }
  },
}

/** Closes what lies on top of the rest, one thing at a time. */
function closeTop(state: State): State {
  if (state.pending.length > 0 || state.times !== undefined)
    return { ...state, pending: [], times: undefined }
  if (state.prompt) return { ...state, prompt: undefined }
  if (state.help !== undefined) return { ...state, help: undefined, message: undefined }
  const closed = closeOver(state)
  if (closed) return closed
  if (state.message) return { ...state, message: undefined }
  if (state.layout.zoomed) return { ...state, layout: { ...state.layout, zoomed: false } }
  return state
}

type Line = Pick<Prompt, 'text' | 'cursor'>

function edited(state: State, edit: (line: Line) => Line): State {
  const { prompt: line } = state
  if (line === undefined) return state
  const next = edit(line)
  if (next.text === line.text) return { ...state, prompt: { ...line, ...next } }
  const typed = { typed: next.text, typedTo: next.cursor, offered: -1, recalled: 0 }
  return { ...state, prompt: { ...line, ...next, ...typed } }
}

const insert = ({ text, cursor }: Line, more: string): Line => ({
  text: text.slice(0, cursor) + more + text.slice(cursor),
  cursor: cursor + more.length,
})

/** Takes away what is between two places of the line. */
const cut = ({ text }: Line, from: number, until: number): Line => ({
  text: text.slice(0, from) + text.slice(until),
  cursor: from,
})

const segmenter = new Intl.Segmenter()

/** Where the character before the cursor begins, and where the one behind it ends: an emoji is one character. */
const before = ({ text, cursor }: Line): number =>
  [...segmenter.segment(text.slice(0, cursor))].at(-1)?.index ?? 0
const behind = ({ text, cursor }: Line): number => {
  const [first] = segmenter.segment(text.slice(cursor))
  return cursor + (first?.segment.length ?? 0)
}

const edits: Readonly<Record<Exclude<Edit, 'older' | 'newer'>, (line: Line) => Line>> = {
  left: line => ({ ...line, cursor: before(line) }),
  right: line => ({ ...line, cursor: behind(line) }),
  start: line => ({ ...line, cursor: 0 }),
  end: line => ({ ...line, cursor: line.text.length }),
  backspace: line => cut(line, before(line), line.cursor),
  delete: line => cut(line, line.cursor, behind(line)),
  word: line => cut(line, line.text.slice(0, line.cursor).search(/\S*\s*$/), line.cursor),
  line: line => cut(line, 0, line.cursor),
  rest: ({ text, cursor }) => ({ text: text.slice(0, cursor), cursor }),
}

/** Up and down go through what a filter may become, and through older ones where that has not begun. */
const isOffering = (line: Prompt | undefined, by: number): boolean =>
  line?.kind === 'filter' && line.recalled === 0 && (line.offered >= 0 || by < 0)

/** Puts an older or newer line of the history in the place of what was typed. */
function recall(state: State, by: number): State {
  const { prompt: line, history } = state
  if (line === undefined) return state
  const lines = history[line.kind]
  const recalled = Math.max(0, Math.min(line.recalled + by, lines.length))
  const text = recalled === 0 ? line.typed : lines.at(-recalled)!
  return { ...state, prompt: { ...line, text, cursor: text.length, recalled } }
}

/** Tab: offers the next command that begins like this; elsewhere it turns what the line is about. */
function complete(state: State, by: 1 | -1): State {
  const { prompt: line } = state
  if (line === undefined || line.kind === 'answer') return state
  if (line.kind === 'save') return { ...state, prompt: { ...line, of: after(savable(state), line.of) } }
  if (line.kind === 'find')
    return {
      ...state,
      prompt: by > 0 ? { ...line, where: after(places, line.where) } : { ...line, as: after(kinds, line.as) },
    }
  if (line.kind === 'filter') return completeFilter(state, line, by)
  const list = completions(line.typed, announcedIn(state), line.known)
  // The only one is taken: Tab goes on behind it, into a folder or to what a command takes.
  const [only] = list
  if (only === undefined) return state
  if (list.length === 1)
    return { ...state, prompt: { ...line, text: only, cursor: only.length, typed: only, offered: -1 } }
  const offered = (line.offered + (line.offered < 0 && by < 0 ? 0 : by) + list.length) % list.length
  const text = list[offered]!
  return { ...state, prompt: { ...line, text, cursor: text.length, offered } }
}

/** Tab: the next of the words that the one at the cursor may become, and after the last one what was typed. */
function completeFilter(state: State, line: Prompt, by: 1 | -1): State {
  const begun = line.offered < 0 ? { ...line, typed: line.text, typedTo: line.cursor } : line
  const count = offersOf(begun).length
  const offered = begun.offered + by
  const next = offered < -1 ? count - 1 : offered
  if (next >= 0 && next < count) return { ...state, prompt: withOffer(begun, next) }
  const { typed: text, typedTo: cursor } = begun
  return { ...state, prompt: { ...begun, text, cursor, offered: -1 } }
}

const isFilter = (text: string): boolean => ['valid', 'empty'].includes(judge(text).word)

const after = <T>(list: readonly T[], item: T): T => list[(list.indexOf(item) + 1) % list.length]!
