import { fieldColumn } from './field-columns.ts'
import { columnFor } from './field-filters.ts'
import { type OptionalColumn, optional, spokenName } from './packet-columns.ts'
import type { Reducers } from './reduce.ts'
import type { State } from './state.ts'

/** More columns than a wide screen has room for. */
const mostColumns = 12

/** Columns that people ask for. */
export const reducers: Reducers<'column' | 'sorted'> = {
  sorted: (state, { sorted }) => ({ ...state, sorted }),
  column: (state, { name, how }) => {
    const text = name ?? (state.detail ? columnFor(state.detail, state.selected) : '')
    if (text === '') return say(state, 'there is no field here; columns are made of fields')
    const usual = optional.find(column => spokenName(column) === text)
    if (usual) return withUsual(state, usual, how)
    const isThere = state.columns.includes(text)
    return how === 'remove' || (how === 'toggle' && isThere) ? remove(state, text) : add(state, text, isThere)
  },
}

/** One of the columns that there are anyway is shown, or left out. */
function withUsual(state: State, column: OptionalColumn, how: 'add' | 'remove' | 'toggle'): State {
  const isHidden = state.hidden.includes(column)
  const others = state.hidden.filter(other => other !== column)
  return {
    ...state,
    hidden: how === 'remove' || (how === 'toggle' && !isHidden) ? [...others, column] : others,
  }
}

function add(state: State, name: string, isThere: boolean): State {
  if (isThere) return say(state, `there is a column ${name}`)
  if (state.columns.length === mostColumns)
    return say(state, `${mostColumns} columns are the most; :column remove ${state.columns[0]} makes room`)
  const column = fieldColumn(name)
  if (typeof column === 'string') return say(state, column)
  return say(
    { ...state, columns: [...state.columns, name] },
    `column ${name}; :column remove ${name} ends it`,
  )
}

function remove(state: State, name: string): State {
  const columns = state.columns.filter(other => other !== name)
  if (columns.length < state.columns.length) return say({ ...state, columns }, `no column ${name} any more`)
  const there = state.columns.length > 0 ? `there are ${state.columns.join(', ')}` : 'there are none'
  return say(state, `there is no column ${name}; ${there}`)
}

const say = (state: State, text: string): State => ({ ...state, message: { text, severity: 'info' } })
