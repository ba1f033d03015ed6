import type { Action, Copied, Edit } from './actions.ts'
import { type Pane, panes, type State } from './state.ts'

/** Where a key means something: in a pane, or in what lies on top of them. */
export type Context = Pane | 'start' | 'help' | 'prompt' | 'overwrite'

/** What was typed with a command: a number before it, and the key that stands for any letter. */
export type Given = { readonly times: number | undefined; readonly letter: string }

export type Binding = {
  /** What the command line calls it. */
  readonly name: string
  /** Keys, or several one after the other: `g g`. `<letter>` stands for any character. */
  readonly keys: readonly string[]
  readonly does: string
  readonly in: readonly Context[]
  readonly send: Action | ((given: Given) => Action)
  /** In so many words at the bottom of the screen, while that pane has the focus. */
  readonly footer?: string
}

const detail: readonly Pane[] = ['tree', 'bytes', 'explanation']
const everywhere: readonly Context[] = [...panes, 'start', 'help']

const times = ({ times: n = 1 }: Given) => n
const move = (by: number) => (given: Given) => ({ type: 'move', by: by * times(given) }) as const
const edge = (to: 'first' | 'last') => (given: Given) =>
  given.times === undefined
    ? ({ type: 'edge', to } as const)
    : ({ type: 'jump', packet: given.times } as const)
const copy = (what: Copied) => ({ type: 'copy', what }) as const
const edit = (how: Edit) => ({ type: 'edit', how }) as const

const moving: readonly Binding[] = [
  {
    name: 'open-entry',
    keys: ['return', 'right', 'l'],
    does: 'open',
    in: ['start'],
    send: { type: 'open-entry' },
    footer: 'open',
  },
  { name: 'down', keys: ['down', 'j'], does: 'down', in: everywhere, send: move(1), footer: 'move' },
  { name: 'up', keys: ['up', 'k'], does: 'up', in: everywhere, send: move(-1), footer: 'move' },
  {
    name: 'page-down',
    keys: ['pagedown', 'ctrl-f'],
    does: 'a page down',
    in: everywhere,
    send: { type: 'page', by: 1 },
  },
  {
    name: 'page-up',
    keys: ['pageup', 'ctrl-b'],
    does: 'a page up',
    in: everywhere,
    send: { type: 'page', by: -1 },
  },
  {
    name: 'half-page-down',
    keys: ['ctrl-d'],
    does: 'half a page down',
    in: everywhere,
    send: { type: 'page', by: 0.5 },
  },
  {
    name: 'half-page-up',
    keys: ['ctrl-u'],
    does: 'half a page up',
    in: everywhere,
    send: { type: 'page', by: -0.5 },
  },
  {
    name: 'first',
    keys: ['home', 'g g'],
    does: 'to the first line; 5gg to packet 5',
    in: everywhere,
    send: edge('first'),
  },
  {
    name: 'last',
    keys: ['end', 'G'],
    does: 'to the last line; 5G to packet 5',
    in: everywhere,
    send: edge('last'),
  },
  {
    name: 'next-packet',
    keys: [']'],
    does: 'next packet; the cursor stays on its field',
    in: panes,
    send: given => ({ type: 'step', by: times(given) }),
  },
  {
    name: 'previous-packet',
    keys: ['['],
    does: 'previous packet',
    in: panes,
    send: given => ({ type: 'step', by: -times(given) }),
  },
  {
    name: 'next-pane',
    keys: ['tab', 'ctrl-w w'],
    does: 'next pane; 1 to 4 goes to one',
    in: panes,
    send: { type: 'focus-by', by: 1 },
    footer: 'pane',
  },
  {
    name: 'previous-pane',
    keys: ['shift-tab'],
    does: 'previous pane',
    in: panes,
    send: { type: 'focus-by', by: -1 },
  },
  {
    name: 'back',
    keys: ['ctrl-o', 'alt-left'],
    does: 'back to where the last jump came from',
    in: panes,
    send: { type: 'history', by: -1 },
  },
  {
    name: 'forward',
    keys: ['alt-right'],
    does: 'forward again',
    in: panes,
    send: { type: 'history', by: 1 },
  },
  {
    name: 'follow',
    keys: ['F'],
    does: 'stay at the newest packet of a capture that grows',
    in: panes,
    send: { type: 'follow' },
  },
]

const packets: readonly Binding[] = [
  {
    name: 'look-inside',
    keys: ['return'],
    does: 'look inside the packet',
    in: ['packets'],
    send: { type: 'focus', pane: 'tree' },
    footer: 'look inside',
  },
  {
    name: 'mark',
    keys: ['space'],
    does: 'mark the packet, or take its mark away',
    in: ['packets'],
    send: { type: 'mark' },
  },
  { name: 'unmark-all', keys: [], does: 'take all marks away', in: panes, send: { type: 'unmark-all' } },
  {
    name: 'next-marked',
    keys: ["' ]"],
    does: 'next marked packet',
    in: panes,
    send: { type: 'mark-by', by: 1 },
  },
  {
    name: 'previous-marked',
    keys: ["' ["],
    does: 'previous marked packet',
    in: panes,
    send: { type: 'mark-by', by: -1 },
  },
  {
    name: 'place',
    keys: ['m <letter>'],
    does: 'keep this packet under a letter',
    in: panes,
    send: ({ letter }) => ({ type: 'place', letter }),
  },
  {
    name: 'to-place',
    keys: ["' <letter>"],
    does: "to the packet under a letter; '' back",
    in: panes,
    send: ({ letter }) => ({ type: 'to-place', letter }),
  },
  {
    name: 'time',
    keys: ['t'],
    does: 'time of day, relative, since the packet before, date, since 1970',
    in: panes,
    send: { type: 'time' },
  },
  {
    name: 'reference',
    keys: ['T'],
    does: 'count relative time from this packet on, or no longer',
    in: panes,
    send: { type: 'reference' },
  },
]

const inside: readonly Binding[] = [
  {
    name: 'unfold',
    keys: ['right', 'l'],
    does: 'unfold, then inside',
    in: ['tree'],
    send: { type: 'sideways', by: 1 },
    footer: 'unfold',
  },
  {
    name: 'fold',
    keys: ['left', 'h'],
    does: 'fold, then to what is around',
    in: ['tree'],
    send: { type: 'sideways', by: -1 },
    footer: 'fold',
  },
  {
    name: 'next-byte',
    keys: ['right', 'l'],
    does: 'next byte',
    in: ['bytes'],
    send: ({ times: n = 1 }) => ({ type: 'sideways', by: n }),
    footer: 'byte',
  },
  {
    name: 'previous-byte',
    keys: ['left', 'h'],
    does: 'previous byte',
    in: ['bytes'],
    send: ({ times: n = 1 }) => ({ type: 'sideways', by: -n }),
    footer: 'byte',
  },
  {
    name: 'toggle-fold',
    keys: ['return'],
    does: 'fold or unfold',
    in: ['tree'],
    send: { type: 'fold', how: 'toggle' },
  },
  {
    name: 'to-tree',
    keys: ['return'],
    does: 'to this field in the tree',
    in: ['bytes', 'explanation'],
    send: { type: 'focus', pane: 'tree' },
  },
  {
    name: 'walk',
    keys: ['space'],
    does: 'walk on to the next field, in the order of the bytes',
    in: detail,
    send: { type: 'walk', by: 1 },
    footer: 'walk on',
  },
  { name: 'walk-back', keys: ['backspace'], does: 'walk back', in: detail, send: { type: 'walk', by: -1 } },
  {
    name: 'fold-subtree',
    keys: ['*'],
    does: 'fold or unfold this and all inside it',
    in: detail,
    send: { type: 'fold', how: 'subtree' },
  },
  {
    name: 'unfold-all',
    keys: ['E'],
    does: 'unfold everything',
    in: panes,
    send: { type: 'fold', how: 'all' },
  },
  { name: 'fold-all', keys: ['C'], does: 'fold everything', in: panes, send: { type: 'fold', how: 'none' } },
  {
    name: 'buffer',
    keys: ['B'],
    does: 'the next bytes: frame, reassembled',
    in: panes,
    send: { type: 'buffer' },
  },
  { name: 'radix', keys: ['b'], does: 'bytes in hex, binary, decimal', in: panes, send: { type: 'radix' } },
  {
    name: 'group',
    keys: ['w'],
    does: 'bytes one by one, in twos, in fours',
    in: panes,
    send: { type: 'group' },
  },
]

const screen: readonly Binding[] = [
  {
    name: 'explanation',
    keys: ['e'],
    does: 'show or hide the explanation',
    in: panes,
    send: { type: 'explanation' },
  },
  { name: 'zoom', keys: ['z'], does: 'this pane alone', in: panes, send: { type: 'zoom' } },
  {
    name: 'layout',
    keys: ['|'],
    does: 'arrange the panes in another way',
    in: panes,
    send: { type: 'layout' },
  },
  {
    name: 'taller',
    keys: ['+'],
    does: 'more packets',
    in: panes,
    send: { type: 'share', share: 'packets', by: 0.05 },
  },
  {
    name: 'shorter',
    keys: ['-'],
    does: 'fewer packets',
    in: panes,
    send: { type: 'share', share: 'packets', by: -0.05 },
  },
  {
    name: 'wider',
    keys: ['>'],
    does: 'a wider tree',
    in: panes,
    send: { type: 'share', share: 'left', by: 0.04 },
  },
  {
    name: 'narrower',
    keys: ['<'],
    does: 'a narrower tree',
    in: panes,
    send: { type: 'share', share: 'left', by: -0.04 },
  },
  { name: 'equal', keys: ['='], does: 'panes as they were at first', in: panes, send: { type: 'equal' } },
]

const asking: readonly Binding[] = [
  {
    name: 'find',
    keys: ['f'],
    does: 'find text, bytes or a pattern',
    in: panes,
    send: { type: 'prompt', kind: 'find' },
    footer: 'find',
  },
  {
    name: 'find-next',
    keys: ['n'],
    does: 'find the next one',
    in: panes,
    send: { type: 'find-next', by: 1 },
  },
  {
    name: 'find-previous',
    keys: ['N'],
    does: 'find the one before',
    in: panes,
    send: { type: 'find-next', by: -1 },
  },
  { name: 'save', keys: ['s'], does: 'save packets', in: panes, send: { type: 'prompt', kind: 'save' } },
  { name: 'copy-value', keys: ['y v'], does: 'copy the value of the field', in: panes, send: copy('value') },
  {
    name: 'copy-field',
    keys: ['y f'],
    does: 'copy the field as name and value',
    in: panes,
    send: copy('field'),
  },
  {
    name: 'copy-bytes',
    keys: ['y b'],
    does: 'copy the bytes of the field in hex',
    in: panes,
    send: copy('bytes'),
  },
  {
    name: 'copy-explanation',
    keys: ['y e'],
    does: 'copy the explanation',
    in: panes,
    send: copy('explanation'),
  },
  {
    name: 'copy-filter',
    keys: ['y q'],
    does: 'copy a display filter for this value',
    in: panes,
    send: copy('filter'),
  },
  {
    name: 'copy-packet',
    keys: ['y p'],
    does: 'copy the packet as tcpdump prints it',
    in: panes,
    send: copy('packet'),
  },
  {
    name: 'command',
    keys: [':'],
    does: 'type a command, Tab completes it',
    in: everywhere,
    send: { type: 'prompt', kind: 'command' },
  },
  {
    name: 'help',
    keys: ['?', 'f1'],
    does: 'all keys',
    in: everywhere,
    send: { type: 'help' },
    footer: 'all keys',
  },
  {
    name: 'quit',
    keys: ['q', 'Z Z'],
    does: 'quit',
    in: [...panes, 'start'],
    send: { type: 'quit' },
    footer: 'quit',
  },
  {
    name: 'close',
    keys: ['escape'],
    does: 'close what lies on top, never more',
    in: [...everywhere, 'prompt', 'overwrite'],
    send: { type: 'cancel' },
  },
  {
    name: 'close-help',
    keys: ['q', 'return'],
    does: 'close the help',
    in: ['help'],
    send: { type: 'cancel' },
    footer: 'close',
  },
  {
    name: 'stop',
    keys: ['ctrl-c'],
    does: 'stop what goes on, else quit',
    in: [...everywhere, 'prompt', 'overwrite'],
    send: { type: 'stop' },
  },
  {
    name: 'suspend',
    keys: ['ctrl-z'],
    does: 'back to the shell; fg comes back',
    in: [...everywhere, 'prompt', 'overwrite'],
    send: { type: 'suspend' },
  },
  {
    name: 'redraw',
    keys: ['ctrl-l'],
    does: 'draw the screen anew',
    in: everywhere,
    send: { type: 'redraw' },
  },
  { name: 'start-page', keys: [], does: 'back to the start page', in: panes, send: { type: 'start-page' } },
]

const typing: readonly Binding[] = [
  { name: 'accept', keys: ['return'], does: 'do it', in: ['prompt'], send: { type: 'submit' } },
  {
    name: 'complete',
    keys: ['tab'],
    does: 'the next completion, or another choice',
    in: ['prompt'],
    send: { type: 'complete', by: 1 },
  },
  {
    name: 'complete-back',
    keys: ['shift-tab'],
    does: 'the completion before, or another choice',
    in: ['prompt'],
    send: { type: 'complete', by: -1 },
  },
  {
    name: 'older',
    keys: ['up', 'ctrl-p'],
    does: 'the line typed before',
    in: ['prompt'],
    send: edit('older'),
  },
  {
    name: 'newer',
    keys: ['down', 'ctrl-n'],
    does: 'the line typed after',
    in: ['prompt'],
    send: edit('newer'),
  },
  { name: 'left', keys: ['left', 'ctrl-b'], does: 'a character left', in: ['prompt'], send: edit('left') },
  {
    name: 'right',
    keys: ['right', 'ctrl-f'],
    does: 'a character right',
    in: ['prompt'],
    send: edit('right'),
  },
  {
    name: 'line-start',
    keys: ['home', 'ctrl-a'],
    does: 'to the start of the line',
    in: ['prompt'],
    send: edit('start'),
  },
  {
    name: 'line-end',
    keys: ['end', 'ctrl-e'],
    does: 'to the end of the line',
    in: ['prompt'],
    send: edit('end'),
  },
  {
    name: 'delete-back',
    keys: ['backspace'],
    does: 'delete the character before',
    in: ['prompt'],
    send: edit('backspace'),
  },
  {
    name: 'delete',
    keys: ['delete', 'ctrl-d'],
    does: 'delete the character behind',
    in: ['prompt'],
    send: edit('delete'),
  },
  {
    name: 'delete-word',
    keys: ['ctrl-w'],
    does: 'delete the word before',
    in: ['prompt'],
    send: edit('word'),
  },
  {
    name: 'delete-line',
    keys: ['ctrl-u'],
    does: 'delete the line up to here',
    in: ['prompt'],
    send: edit('line'),
  },
  {
    name: 'yes',
    keys: ['y'],
    does: 'replace the file',
    in: ['overwrite'],
    send: { type: 'submit' },
    footer: 'replace it',
  },
  {
    name: 'no',
    keys: ['n', 'q'],
    does: 'leave it',
    in: ['overwrite'],
    send: { type: 'cancel' },
    footer: 'leave it',
  },
]

/** Every key, in the order of the help. Dispatch, footer, help and README come from this table. */
export const keymap: readonly Binding[] = [...moving, ...packets, ...inside, ...screen, ...asking, ...typing]

export const contextOf = (state: State): Context => {
  if (state.prompt) return state.prompt.kind === 'overwrite' ? 'overwrite' : 'prompt'
  if (state.help !== undefined) return 'help'
  return state.capture ? state.focus : 'start'
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
  if (pending.length === 0 && context !== 'overwrite' && /^[0-9]$/.test(key) && (key !== '0' || state.times))
    return { type: 'pending', keys: [], times: Math.min((state.times ?? 0) * 10 + Number(key), 1e15) }
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
  const quiet: readonly Action[] = state.message ? [{ type: 'said', message: undefined }] : []
  if (action?.type === 'pending') return [...quiet, action]
  const first = waiting ? [...quiet, forget] : quiet
  if (action) return [...first, action]
  if (contextOf(state) === 'prompt') return first
  return [
    ...first,
    {
      type: 'said',
      message: { text: `${nameOf(state, key)} does nothing here; ? shows all keys`, severity: 'info' },
    },
  ]
}

const nameOf = ({ pending }: State, key: string): string => [...pending, key].join(' ')
