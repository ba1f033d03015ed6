import { type Binding, type Context, keymap, type Mode, modes, overs } from './bindings.ts'
import { shortVerdicts } from './packet-line.ts'
import { panes } from './state.ts'
import { fit, type Row, wrap } from './text.ts'

const named: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  return: 'Enter',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  backspace: 'Backspace',
  delete: 'Del',
  insert: 'Ins',
  '<letter>': '…',
}

/** A key as people write it: `Ctrl-F`, `gg`, `'a–z`. */
export const keyText = (keys: string): string =>
  keys
    .split(' ')
    .map(key => named[key] ?? heldText(key))
    .join(keys.startsWith('ctrl-') ? ' ' : '')

function heldText(key: string): string {
  const [, held = '', rest = ''] = /^((?:ctrl-|alt-|shift-)*)(.+)$/s.exec(key) ?? []
  const before = held.replace(/[a-z]+-/g, word => `${word[0]?.toUpperCase()}${word.slice(1)}`)
  const letter = held.startsWith('ctrl-') || /^f\d+$/.test(rest) ? rest.toUpperCase() : rest
  return before + (named[rest] ?? letter)
}

/** What the contexts are called. */
export const contextNames: Readonly<Record<Context, string>> = {
  packets: 'Packets',
  tree: 'Layers',
  bytes: 'Bytes',
  explanation: 'Explanation',
  negotiations: 'Negotiations',
  ladder: 'Ladder',
  comparison: 'Two messages or packets',
  meaning: 'A name',
  raw: 'A packet as text',
  settings: 'Settings',
  tour: 'A tour',
  walk: 'A walk as a lesson',
  quiz: 'A quiz',
  start: 'Start page',
  help: 'This help',
  prompt: 'Typing a line',
  question: 'A question',
}

/** Keys before what they do. */
const keyColumns = 18
const indent = 2
/** Columns from which on the sections stand in two columns, and the blanks between these. */
const roomForTwo = 110
const gutter = 3

type Section = { readonly title: string; readonly entries: readonly Entry[] }
type Entry = { readonly keys: string; readonly does: string }

/**
 * The help in `columns` columns: what goes on and what has the focus first, then everything that works everywhere, then the rest. Where
 * there is room, what comes in the second half stands beside the first.
 */
export function helpRows(focus: Context, columns: number, mode?: Mode): readonly Row[] {
  const sections = sectionsOf(focus, mode)
  if (columns < roomForTwo) return sections.flatMap(section => rowsOf(section, columns))
  const each = Math.floor((columns - gutter) / 2)
  const blocks = sections.map(section => rowsOf(section, each))
  const heights = blocks.map((_, i) =>
    Math.max(blocks.slice(0, i).flat().length, blocks.slice(i).flat().length),
  )
  const split = heights.indexOf(Math.min(...heights))
  const [left, right] = [blocks.slice(0, split).flat(), blocks.slice(split).flat()]
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => [
    ...fit(left[i] ?? [], each + gutter),
    ...(right[i] ?? []),
  ])
}

/** Sections in which no key does nothing: on the start page there are no panes, and over the panes not all of their keys work. */
function sectionsOf(focus: Context, mode: Mode | undefined): readonly Section[] {
  const section = (title: string, has: (binding: Binding) => boolean): Section => ({
    title,
    entries: entriesOf(keymap.filter(has)),
  })
  const isIn = (context: Context) => (binding: Binding) => binding.in.includes(context)
  if (focus === 'start')
    return [
      section(contextNames.start, isIn('start')),
      section(contextNames.prompt, isIn('prompt')),
      { title: 'Mouse', entries: mouseAtStart },
    ]
  const isInAll = (binding: Binding) => panes.every(pane => binding.in.includes(pane))
  const only = (context: Context): Section =>
    section(contextNames[context], binding => isIn(context)(binding) && !isInAll(binding))
  const first: readonly Context[] = mode === undefined ? [focus] : [mode, focus]
  const others = ([...panes, ...modes, ...overs, 'start', 'help', 'prompt', 'question'] as const).filter(
    context => !first.includes(context),
  )
  const sections = [
    ...first.map(only),
    section('Everywhere', binding => isInAll(binding) && isIn(focus)(binding)),
    section('In all panes', binding => isInAll(binding) && !isIn(focus)(binding)),
    ...others.map(only),
    { title: 'Mouse', entries: [...mouse, ...mouseAtStart] },
    { title: 'Short words in the list', entries: words },
    { title: 'Signs of what is folded', entries: signs },
  ]
  return sections.filter(({ entries }) => entries.length > 0)
}

const opposites: Readonly<Record<string, string>> = { down: 'up', right: 'left' }
/** What two keys do is told in one line up to so many characters. */
const longestPair = 36

/** A line for each binding; arrows that are opposites share one, where it stays short. */
function entriesOf(bindings: readonly Binding[]): Entry[] {
  const entries: Entry[] = []
  bindings.forEach((binding, i) => {
    const does = [bindings[i + 1]?.does, binding.does].join(', ')
    const before = bindings[i - 1]
    if (before && arePaired(before, binding)) return
    const after = bindings[i + 1]
    if (after && arePaired(binding, after))
      entries.push({ keys: `${keysOf(after)}  ${keysOf(binding)}`, does })
    else entries.push({ keys: keysOf(binding), does: binding.does })
  })
  return entries
}

const arePaired = (one: Binding, other: Binding): boolean =>
  one.keys[0] !== undefined &&
  opposites[one.keys[0]] === other.keys[0] &&
  one.does.length + other.does.length + 2 <= longestPair

const keysOf = ({ keys, name }: Binding): string => keys.map(keyText).join(' ') || `:${name}`

function rowsOf({ title, entries }: Section, columns: number): Row[] {
  return [[], [{ text: title, role: 'title' }], ...entries.flatMap(entry => entryRows(entry, columns))]
}

function entryRows({ keys, does }: Entry, columns: number): Row[] {
  const blank = ' '.repeat(indent)
  // Many keys for one thing push aside what it is.
  const room = Math.max(keyColumns, keys.length + 1)
  const lines = wrap(does, columns - indent - room)
  return lines.map((line, i) => [
    { text: `${blank}${(i === 0 ? keys : '').padEnd(room - 1)} `, role: 'key' },
    { text: line },
  ])
}

const entry = ([keys, does]: readonly [keys: string, does: string]): Entry => ({ keys, does })

const words = Object.entries(shortVerdicts).map(([verdict, word]) => ({ keys: word, does: verdict }))

const signs = (
  [
    ['✗ 2', 'so many errors inside: the packet contradicts itself, or a checksum is wrong'],
    ['! 2', 'so many warnings inside: something is unusual, or was not captured'],
    ['✗ checksum', 'a single one, and the field that it is about'],
  ] as const
).map(entry)

const mouse = (
  [
    ['click', 'a packet, a field or a byte selects it; a second one folds a layer or group'],
    ['wheel', 'scrolls what is under it'],
    ['drag', 'a line between panes moves it'],
  ] as const
).map(entry)

const mouseAtStart = [entry(['click', 'on the start page selects, a second one opens'])]
