import type { Action } from './actions.ts'
import { themes } from './commands.ts'
import { columnFor } from './field-filters.ts'
import { keyText } from './help-rows.ts'
import { bindingOf } from './keymap.ts'
import { optional, spokenName, titles } from './packet-columns.ts'
import type { Reducers } from './reduce.ts'
import { groupSizes, layoutKinds, radixes, type State, type TimeMode, timeModes } from './state.ts'
import type { Row } from './text.ts'

/** One thing that can be set, and what it is set to; without a turn it is a heading. */
type Setting = {
  readonly label: string
  readonly value: string
  /** What sets it without this list. */
  readonly otherwise: string
  /** Sets it to its next value, or the one before. */
  readonly turn?: (by: 1 | -1) => Action
}

/** What can be set, over the panes. */
export const reducers: Reducers<'settings'> = {
  settings: (state, { at }) => {
    const open = { ...state, message: undefined, settings: { cursor: 1, top: 0 } }
    const columns = settingsOf(open).findIndex(({ label }) => label === columnsHeading)
    return at === 'columns' ? { ...open, settings: { cursor: columns + 1, top: 0 } } : open
  },
}

const columnsHeading = 'Columns of the list'

const times: Readonly<Record<TimeMode, string>> = {
  time: 'time of day',
  relative: 'since the first packet, or the one that T chose',
  delta: 'since the packet before',
  date: 'date and time of day',
  epoch: 'seconds since 1970',
}
const groups = { 1: 'one by one', 2: 'in twos', 4: 'in fours' } as const

/** All settings, with headings between them. */
export const settingsOf = (state: State): readonly Setting[] => [
  heading('How things look'),
  ...looks(state),
  heading(columnsHeading),
  ...columns(state),
]

/** What the cursor is on. */
export const settingAt = (state: State): Setting | undefined =>
  settingsOf(state)[state.settings?.cursor ?? -1]

const heading = (label: string): Setting => ({ label, value: '', otherwise: '' })

const keyOf = (name: string): string => keyText(bindingOf(name)?.keys[0] ?? '')

function looks(state: State): readonly Setting[] {
  const { time, layout, radix, group, theme } = state
  const colours = themes.find(name => theme.startsWith(name)) ?? 'dark'
  return [
    {
      label: 'Times',
      value: times[time],
      otherwise: keyOf('time'),
      turn: by => ({ type: 'time', mode: turned(timeModes, time, by) }),
    },
    {
      label: 'Panes',
      value: {
        columns: 'layers beside bytes',
        rows: 'layers above bytes',
        sides: 'the list beside the rest',
      }[layout.kind],
      otherwise: keyOf('layout'),
      turn: by => ({ type: 'layout', kind: turned(layoutKinds, layout.kind, by) }),
    },
    {
      label: 'Explanation',
      value: layout.explanation ? 'shown' : 'hidden',
      otherwise: keyOf('explanation'),
      turn: () => ({ type: 'explanation' }),
    },
    {
      label: 'Bytes',
      value: radix,
      otherwise: keyOf('radix'),
      turn: by => ({ type: 'radix', radix: turned(radixes, radix, by) }),
    },
    {
      label: 'Groups of bytes',
      value: groups[group],
      otherwise: keyOf('group'),
      turn: by => ({ type: 'group', size: turned(groupSizes, group, by) }),
    },
    {
      label: 'Colours',
      value: theme,
      otherwise: ':theme',
      turn: by => ({ type: 'theme', name: turned(themes, colours, by) }),
    },
  ]
}

/** Columns that there are anyway, those that were asked for, and the one that the selected field could have. */
function columns(state: State): readonly Setting[] {
  const { hidden, columns: own, detail, selected } = state
  const offered = detail ? columnFor(detail, selected) : ''
  const fields = offered === '' || own.includes(offered) ? own : [...own, offered]
  const toggle = (name: string) => () => ({ type: 'column', how: 'toggle', name }) as const
  return [
    ...optional.map(column => {
      const [isHidden, name] = [hidden.includes(column), spokenName(column)]
      return {
        label: titles[column],
        value: isHidden ? 'left out' : 'where there is room',
        otherwise: `:column ${isHidden ? 'add' : 'remove'} ${name}`,
        turn: toggle(name),
      }
    }),
    ...fields.map(name => ({
      label: name,
      value: own.includes(name) ? 'where there is room' : 'left out',
      otherwise: name === offered ? `${keyText('a c')}, the selected field` : `:column remove ${name}`,
      turn: toggle(name),
    })),
  ]
}

const turned = <T>(list: readonly T[], item: T, by: 1 | -1): T =>
  list[(list.indexOf(item) + by + list.length) % list.length]!

export const settingsTitle = (): Row => [{ text: 'Settings', role: 'title' }]

const labelColumns = 21
const valueColumns = 32

export const settingsHeads = (): Row => [
  { text: ''.padEnd(labelColumns + valueColumns), role: 'dim' },
  { text: 'or by', role: 'dim' },
]

export function settingRow(state: State, index: number): Row {
  const { label, value, otherwise, turn } = settingsOf(state)[index] ?? heading('')
  if (turn === undefined) return [{ text: label, role: 'dim' }]
  return [
    { text: `  ${label}`.padEnd(labelColumns), role: 'label' },
    { text: value.padEnd(valueColumns), role: 'value' },
    { text: otherwise, role: 'dim' },
  ]
}
