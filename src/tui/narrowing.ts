import { noPackets } from '../store/packet-numbers.ts'
import type { Action } from './actions.ts'
import { type FilterOf, filterFor } from './field-filters.ts'
import { both, either, not } from './filter-building.ts'
import { newPrompt } from './prompts.ts'
import type { Reducers } from './reduce.ts'
import type { State } from './state.ts'

/** Filters that can be gone back to. */
const mostWider = 100

/** Which packets are listed. */
export const reducers: Reducers<'ask-filter' | 'filter-on' | 'remembered' | 'filter' | 'filtered' | 'widen'> =
  {
    'ask-filter': (state, { how }) => {
      const text = state.filter?.text ?? ''
      const prompt =
        how === 'anew'
          ? newPrompt(state, 'filter', text)
          : { ...newPrompt(state, 'filter', ''), within: text }
      return { ...state, message: undefined, prompt }
    },
    'filter-on': (state, { of, how }) => filterOn(state, of, how),
    remembered: (state, { filters }) => ({ ...state, history: { ...state.history, filter: filters } }),
    filter: (state, { text }) => filterBy(state, text),
    filtered: (state, { packets, read, stopped }) => {
      const { filter, follow, paused } = state
      if (filter === undefined) return state
      const after = { ...state, filter: { ...filter, packets, read, stopped } }
      return follow && !paused && packets.end > packets.first
        ? { ...after, packet: packets.at(packets.end - 1) }
        : after
    },
    widen: state => {
      const text = state.wider.at(-1)
      if (text === undefined)
        return { ...state, message: { text: 'there is no filter to take back', severity: 'info' } }
      return { ...state, filter: newFilter(text), wider: state.wider.slice(0, -1), sorted: undefined }
    },
  }

function filterOn(state: State, of: FilterOf, how: Extract<Action, { type: 'filter-on' }>['how']): State {
  const { detail, selected, filter } = state
  const text = detail ? filterFor(detail, selected, of) : ''
  if (text === '') return { ...state, message: { text: `${nothingLike[of]} to filter on`, severity: 'info' } }
  const now = filter?.text ?? ''
  if (how === 'edit')
    return { ...state, message: undefined, prompt: newPrompt(state, 'filter', both(now, text)) }
  if (how === 'and') return filterBy(state, both(now, text))
  if (how === 'or') return filterBy(state, either(now, text))
  return filterBy(state, how === 'not' ? both(now, not(text)) : text)
}

const nothingLike: Readonly<Record<FilterOf, string>> = {
  value: 'there is nothing here',
  source: 'the packet has no address',
  destination: 'the packet has no address',
  tunnel: 'the packet has no addresses',
  association: 'the packet has no SPI, key or session',
  flow: 'the packet has no SPI, key, session or address',
}

/** Lists what matches; the filter before can be gone back to. An empty text lists everything. */
function filterBy(state: State, text: string): State {
  const before = state.filter?.text ?? ''
  const wider = text === before ? state.wider : [...state.wider, before].slice(-mostWider)
  return { ...state, filter: newFilter(text), wider, sorted: undefined }
}

/** Other packets are marked: a filter that asks for marks has other answers. */
export const remarked = (state: State): State =>
  state.filter && /\bframe\.marked\b/.test(state.filter.text)
    ? { ...state, filter: newFilter(state.filter.text) }
    : state

/** A filter that has not found anything yet; undefined: an empty one, which lists everything. */
export const newFilter = (text: string): State['filter'] =>
  text === '' ? undefined : { text, packets: noPackets, read: 0, stopped: false }
