import { type Binding, type Context, keymap } from './keymap.ts'
import { shortVerdicts } from './packet-rows.ts'
import { panes } from './state.ts'
import type { Row } from './text.ts'

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
  f1: 'F1',
  '<letter>': '…',
}

/** A key as people write it: `Ctrl-F`, `gg`, `'a–z`. */
export const keyText = (keys: string): string =>
  keys
    .split(' ')
    .map(key => named[key] ?? heldText(key))
    .join(keys.startsWith('ctrl-') ? ' ' : '')

function heldText(key: string): string {
  if (key.startsWith('ctrl-')) return `Ctrl-${key.slice(5).toUpperCase()}`
  if (key.startsWith('alt-')) return `Alt-${named[key.slice(4)] ?? key.slice(4)}`
  return key
}

/** What the contexts are called. */
export const contextNames: Readonly<Record<Context, string>> = {
  packets: 'Packets',
  tree: 'Layers',
  bytes: 'Bytes',
  explanation: 'Explanation',
  start: 'Start page',
  help: 'This help',
  prompt: 'Typing a line',
  question: 'A question',
}

/** Keys before what they do. */
const keyColumns = 18

/** The help: what has the focus first, then everything that works everywhere, then the rest. */
export function helpRows(focus: Context): readonly Row[] {
  const shared = (binding: Binding) => panes.every(pane => binding.in.includes(pane))
  const only = (context: Context) => keymap.filter(entry => entry.in.includes(context) && !shared(entry))
  const others = (
    ['packets', 'tree', 'bytes', 'explanation', 'start', 'help', 'prompt', 'question'] as const
  ).filter(context => context !== focus)
  return [
    ...section(contextNames[focus], only(focus)),
    ...section('Everywhere', keymap.filter(shared)),
    ...others.flatMap(context => section(contextNames[context], only(context))),
    ...section('Mouse', []),
    ...mouse,
    ...section('Short words in the list', []),
    ...words,
    ...section('Signs of folded layers', []),
    ...signs,
  ]
}

function section(title: string, bindings: readonly Binding[]): Row[] {
  return [[], [{ text: title, role: 'title' }], ...bindings.map(bindingRow)]
}

const bindingRow = ({ keys, name, does }: Binding): Row => [
  { text: `  ${(keys.map(keyText).join(' ') || `:${name}`).padEnd(keyColumns)}`, role: 'key' },
  { text: does },
]

const told = ([what, does]: readonly string[]): Row => [
  { text: `  ${what!.padEnd(keyColumns)}`, role: 'key' },
  { text: does! },
]

const words: readonly Row[] = Object.entries(shortVerdicts).map(([verdict, word]) => told([word, verdict]))

const signs: readonly Row[] = [
  ['✗ 2', 'so many errors inside: the packet contradicts itself, or a checksum is wrong'],
  ['! 2', 'so many warnings inside: something is unusual, or was not captured'],
].map(told)

const mouse: readonly Row[] = [
  ['click', 'a packet, a field or a byte selects it; on a layer or group twice folds it'],
  ['wheel', 'scrolls what is under it'],
  ['drag', 'a line between panes moves it'],
].map(told)
