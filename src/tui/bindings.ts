import type { Action, Copied, Edit } from './actions.ts'
import type { FilterOf } from './field-filters.ts'
import { ownLines } from './own-lines.ts'
import { remapped } from './remapping.ts'
import { type Pane, panes } from './state.ts'

/** Where a key means something: in a pane, or in what lies on top of them. */
export type Context = Pane | Over | Mode | 'start' | 'help' | 'prompt' | 'question'

/**
 * What lies over the panes: all negotiations, the ladder of one, two messages or packets side by side, what a name means,
 * a packet as text, what can be set.
 */
export type Over = 'negotiations' | 'ladder' | 'comparison' | 'meaning' | 'raw' | 'settings'
export const overs: readonly Over[] = ['negotiations', 'ladder', 'comparison', 'meaning', 'raw', 'settings']

/** What gives some keys of all panes another meaning while it goes on. */
export type Mode = 'tour' | 'walk' | 'quiz'
export const modes: readonly Mode[] = ['tour', 'walk', 'quiz']

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
  /** Where the bottom has room for it; undefined: wherever the key means something. */
  readonly footerIn?: readonly Context[]
}

/** The bottom of the screen has it in this context. */
export const isInFooter = ({ keys, footer, footerIn, in: contexts }: Binding, context: Context): boolean =>
  keys.length > 0 && footer !== undefined && (footerIn ?? contexts).includes(context)

const detail: readonly Pane[] = ['tree', 'bytes', 'explanation']
const everywhere: readonly Context[] = [...panes, ...overs, 'start', 'help']

const bind = (
  name: string,
  keys: readonly string[],
  does: string,
  where: readonly Context[],
  send: Binding['send'],
  footer?: string,
): Binding => ({ name, keys, does, in: where, send, ...(footer !== undefined && { footer }) })

const times = ({ times: n = 1 }: Given) => n
const move = (by: number) => (given: Given) => ({ type: 'move', by: by * times(given) }) as const
const edge = (to: 'first' | 'last') => (given: Given) =>
  given.times === undefined
    ? ({ type: 'edge', to } as const)
    : ({ type: 'jump', packet: given.times } as const)
const copy = (what: Copied) => ({ type: 'copy', what }) as const
const filterOn = (of: FilterOf, how: 'only' | 'and' | 'or' | 'not' | 'edit') =>
  ({ type: 'filter-on', of, how }) as const
const edit = (how: Edit) => ({ type: 'edit', how }) as const

const moving: readonly Binding[] = [
  bind('open-entry', ['return', 'right', 'l'], 'open', ['start'], { type: 'open-entry' }, 'open'),
  bind('down', ['down', 'j'], 'down', everywhere, move(1), 'move'),
  bind('up', ['up', 'k'], 'up', everywhere, move(-1), 'move'),
  bind('page-down', ['pagedown', 'ctrl-f'], 'a page down', everywhere, { type: 'page', by: 1 }),
  bind('page-up', ['pageup', 'ctrl-b'], 'a page up', everywhere, { type: 'page', by: -1 }),
  bind('half-page-down', ['ctrl-d'], 'half a page down', everywhere, { type: 'page', by: 0.5 }),
  bind('half-page-up', ['ctrl-u'], 'half a page up', everywhere, { type: 'page', by: -0.5 }),
  bind('first', ['home', 'g g'], 'to the first line; 5gg to packet 5', everywhere, edge('first')),
  bind('last', ['end', 'G'], 'to the last line; 5G to packet 5', everywhere, edge('last')),
  bind('next-packet', [']'], 'next packet; the cursor stays on its field', [...panes, 'raw'], given => ({
    type: 'step',
    by: times(given),
  })),
  bind('previous-packet', ['['], 'previous packet', [...panes, 'raw'], given => ({
    type: 'step',
    by: -times(given),
  })),
  bind('next-of-flow', ['}'], 'next packet of the same SA, session or conversation', panes, given => ({
    type: 'flow-by',
    by: times(given),
  })),
  bind('previous-of-flow', ['{'], 'previous packet of the same', panes, given => ({
    type: 'flow-by',
    by: -times(given),
  })),
  bind(
    'next-pane',
    ['tab', 'ctrl-w w', 'ctrl-w ctrl-w'],
    'next pane; 1 to 4 goes to one',
    panes,
    { type: 'focus-by', by: 1 },
    'pane',
  ),
  bind('previous-pane', ['shift-tab'], 'previous pane', panes, { type: 'focus-by', by: -1 }),
  bind('back', ['ctrl-o', 'alt-left'], 'back to where the last jump came from', panes, {
    type: 'history',
    by: -1,
  }),
  bind('forward', ['alt-right'], 'forward again', panes, { type: 'history', by: 1 }),
  bind('pause', ['p'], 'pause what is shown of a live capture, or go on; nothing is lost', panes, {
    type: 'pause',
  }),
  bind('restart', ['r'], 'begin anew on interfaces that have ended', panes, { type: 'restart' }),
  bind('follow', ['F', 'A'], 'stay at the newest packet of a capture that grows', panes, { type: 'follow' }),
]

const packets: readonly Binding[] = [
  bind(
    'look-inside',
    ['return'],
    'look inside the packet',
    ['packets'],
    { type: 'focus', pane: 'tree' },
    'open',
  ),
  bind('mark', ['space'], 'mark the packet, or take its mark away', ['packets'], { type: 'mark' }),
  bind('unmark-all', [], 'take all marks away', panes, { type: 'unmark-all' }),
  bind('next-marked', ["' ]"], 'next marked packet', panes, { type: 'mark-by', by: 1 }),
  bind('previous-marked', ["' ["], 'previous marked packet', panes, { type: 'mark-by', by: -1 }),
  bind('place', ['m <letter>'], 'keep this packet under a letter', panes, ({ letter }) => ({
    type: 'place',
    letter,
  })),
  bind('to-place', ["' <letter>"], "to the packet under a letter; '' back", panes, ({ letter }) => ({
    type: 'to-place',
    letter,
  })),
  bind(
    'diff-marked',
    ['D'],
    'what differs between two marked packets, and why; or one and the selected one',
    panes,
    {
      type: 'diff',
    },
  ),
  bind('time', ['t'], 'time of day, relative, since the packet before, date, since 1970', panes, {
    type: 'time',
  }),
  bind('reference', ['T'], 'count relative time from this packet on, or no longer', panes, {
    type: 'reference',
  }),
]

const inside: readonly Binding[] = [
  bind('unfold', ['right', 'l'], 'unfold, then inside', ['tree'], { type: 'sideways', by: 1 }, 'unfold'),
  bind('fold', ['left', 'h'], 'fold, then to what is around', ['tree'], { type: 'sideways', by: -1 }, 'fold'),
  bind(
    'next-byte',
    ['right', 'l'],
    'next byte',
    ['bytes'],
    ({ times: n = 1 }) => ({ type: 'sideways', by: n }),
    'byte',
  ),
  bind(
    'previous-byte',
    ['left', 'h'],
    'previous byte',
    ['bytes'],
    ({ times: n = 1 }) => ({ type: 'sideways', by: -n }),
    'byte',
  ),
  bind('toggle-fold', ['return'], 'fold or unfold', ['tree'], { type: 'fold', how: 'toggle' }),
  bind('to-tree', ['return'], 'to this field in the tree', ['bytes', 'explanation'], {
    type: 'focus',
    pane: 'tree',
  }),
  bind(
    'walk',
    ['space'],
    'walk on to the next field, in the order of the bytes',
    detail,
    { type: 'walk', by: 1 },
    'walk on',
  ),
  bind('walk-back', ['backspace'], 'walk back', detail, { type: 'walk', by: -1 }),
  bind('fold-subtree', ['*'], 'fold or unfold this and all inside it', detail, {
    type: 'fold',
    how: 'subtree',
  }),
  bind('unfold-all', ['E'], 'unfold everything', panes, { type: 'fold', how: 'all' }),
  bind('fold-all', ['C'], 'fold everything', panes, { type: 'fold', how: 'none' }),
  bind('decode-packet', ['d'], 'decode what a number of this packet announces as another protocol', panes, {
    type: 'ask-decode',
  }),
  bind('buffer', ['B'], 'the next bytes: frame, reassembled', panes, { type: 'buffer' }),
  bind('radix', ['b'], 'bytes in hex, binary, decimal', panes, { type: 'radix' }),
  bind('group', ['w'], 'bytes one by one, in twos, in fours', panes, { type: 'group' }),
]

const ladders: readonly Binding[] = [
  {
    ...bind(
      'negotiation',
      ['x'],
      'the ladder of the negotiation that this packet belongs to, else all of them',
      panes,
      { type: 'ladder', of: 'packet' },
      'ladder',
    ),
    footerIn: ['packets'],
  },
  bind('ladder', [], 'all negotiations, what came of them, and their ladders', panes, {
    type: 'ladder',
    of: 'all',
  }),
  bind('open-ladder', ['return', 'right', 'l'], 'its ladder', ['negotiations'], { type: 'enter' }, 'ladder'),
  bind('to-message', ['return'], 'to this packet in the list', ['ladder'], { type: 'enter' }, 'packet'),
  bind(
    'mark-message',
    ['space'],
    'mark a message, or take its mark away; two can be compared',
    ['ladder'],
    { type: 'mark-message' },
    'mark',
  ),
  bind('compare', ['d'], 'the two marked messages side by side', ['ladder'], { type: 'compare' }, 'compare'),
  bind(
    'reasons',
    ['v'],
    'verdicts with cause and advice, or in one line each',
    ['ladder'],
    { type: 'reasons' },
    'why',
  ),
  bind('next-negotiation', [']'], 'the next negotiation', ['ladder'], { type: 'turn', by: 1 }),
  bind('previous-negotiation', ['['], 'the negotiation before', ['ladder'], { type: 'turn', by: -1 }),
  bind(
    'whole',
    ['d', 'v'],
    'all lines, or those that differ',
    ['comparison'],
    { type: 'whole' },
    'all lines',
  ),
]

const meanings: readonly Binding[] = [
  bind('meaning', ['K'], 'what this field or protocol is, with its values', panes, { type: 'explain' }),
  bind(
    'follow-name',
    ['return', 'right', 'l'],
    'what the name in this line means',
    ['meaning'],
    { type: 'enter' },
    'look up',
  ),
  bind(
    'name-before',
    ['backspace', 'left', 'h'],
    'the name before',
    ['meaning'],
    { type: 'explain-back' },
    'back',
  ),
]

const tours: readonly Binding[] = [
  bind('tour-next', ['space'], 'the next step', ['tour'], { type: 'tour-step', by: 1 }, 'next step'),
  bind('tour-back', ['backspace'], 'the step before', ['tour'], { type: 'tour-step', by: -1 }, 'back'),
  bind('tour-leave', ['escape'], 'leave the tour', ['tour'], { type: 'tour-leave' }, 'leave the tour'),
  bind('tour-resume', [], 'on with the tour that was left', panes, { type: 'tour-resume' }),
]

const walk = (by: -1 | 1) => ({ type: 'walk', by }) as const

const walks: readonly Binding[] = [
  {
    ...bind(
      'lesson',
      ['W'],
      'a walk through the packet as a lesson, from the selected field on',
      panes,
      { type: 'lesson' },
      'lesson',
    ),
    footerIn: ['explanation'],
  },
  bind('lesson-resume', ['g w'], 'on with the walk where it was left', panes, { type: 'lesson-resume' }),
  bind('lesson-next', ['space', 'right', 'l'], 'the next field', ['walk'], walk(1), 'next field'),
  bind('lesson-back', ['backspace', 'left', 'h'], 'the field before', ['walk'], walk(-1), 'back'),
  bind('lesson-leave', ['escape'], 'leave the walk', ['walk'], { type: 'lesson-leave' }, 'leave the walk'),
]

const choose = (key: string, choice: number) =>
  bind(`quiz-choose-${key}`, [key], `answer ${key}`, ['quiz'], { type: 'quiz-choose', choice })

const quizzes: readonly Binding[] = [
  {
    ...bind('quiz', ['Q'], 'questions about this packet', panes, { type: 'quiz' }, 'quiz'),
    footerIn: ['explanation'],
  },
  bind(
    'quiz-answer',
    ['return'],
    'answer, then the next question',
    ['quiz'],
    { type: 'quiz-enter' },
    'answer',
  ),
  bind('quiz-next', ['space'], 'another question', ['quiz'], { type: 'quiz-next' }, 'another'),
  choose('a', 0),
  choose('b', 1),
  choose('c', 2),
  choose('d', 3),
  bind('quiz-leave', ['escape'], 'leave the quiz', ['quiz'], { type: 'quiz-leave' }, 'leave the quiz'),
]

const screen: readonly Binding[] = [
  bind('explanation', ['e'], 'show or hide the explanation', panes, { type: 'explanation' }),
  bind('zoom', ['z'], 'this pane alone', panes, { type: 'zoom' }),
  bind('layout', ['|'], 'arrange the panes in another way', panes, { type: 'layout' }),
  bind('taller', ['+'], 'more packets', panes, { type: 'share', share: 'packets', by: 0.05 }),
  bind('shorter', ['-'], 'fewer packets', panes, { type: 'share', share: 'packets', by: -0.05 }),
  bind('wider', ['>'], 'a wider tree', panes, { type: 'share', share: 'left', by: 0.04 }),
  bind('narrower', ['<'], 'a narrower tree', panes, { type: 'share', share: 'left', by: -0.04 }),
  bind('equal', ['='], 'panes as they were at first', panes, { type: 'equal' }),
  bind('settings', ['o'], 'what can be set: times, panes, bytes, colours, columns', [...panes, 'start'], {
    type: 'settings',
    at: 'looks',
  }),
  bind('columns', ['c'], 'which columns the list has', panes, { type: 'settings', at: 'columns' }),
  bind(
    'turn-setting',
    ['return', 'space', 'right', 'l'],
    'to its next value',
    ['settings'],
    { type: 'turn-setting', by: 1 },
    'change',
  ),
  bind('turn-setting-back', ['left', 'h', 'backspace'], 'to the value before', ['settings'], {
    type: 'turn-setting',
    by: -1,
  }),
]

const filtering: readonly Binding[] = [
  {
    ...bind(
      'edit-filter',
      ['/'],
      'list only packets that match a display filter',
      panes,
      { type: 'ask-filter', how: 'anew' },
      'filter',
    ),
    footerIn: ['packets'],
  },
  bind('narrow', ['&'], 'narrow the filter further', panes, { type: 'ask-filter', how: 'further' }),
  bind('widen', ['backspace'], 'back to the filter before', ['packets'], { type: 'widen' }),
  bind('filter-value', ['a f'], 'only packets with this value', panes, filterOn('value', 'only')),
  bind('filter-and', ['a a'], 'and with this value', panes, filterOn('value', 'and')),
  bind('filter-or', ['a o'], 'or with this value', panes, filterOn('value', 'or')),
  bind('filter-not', ['a n'], 'and without this value', panes, filterOn('value', 'not')),
  bind('filter-edit', ['a e'], 'this value into the filter line', panes, filterOn('value', 'edit')),
  bind(
    'filter-destination',
    ['a d'],
    'only to this inner destination',
    panes,
    filterOn('destination', 'only'),
  ),
  bind('filter-source', ['a s'], 'only from this inner source', panes, filterOn('source', 'only')),
  bind('filter-tunnel', ['a t'], 'only this tunnel, by its two ends', panes, filterOn('tunnel', 'only')),
  bind('filter-sa', ['a i'], 'only this SA, session or key', panes, filterOn('association', 'only')),
  bind('toggle-column', ['a c'], 'a column for this field, or none', panes, {
    type: 'column',
    how: 'toggle',
  }),
  bind('unfilter', [], 'list all packets again', panes, { type: 'filter', text: '' }),
]

const asking: readonly Binding[] = [
  bind('find', ['f'], 'find text, bytes or a pattern', panes, { type: 'prompt', kind: 'find' }, 'find'),
  bind('find-next', ['n'], 'find the next one', panes, { type: 'find-next', by: 1 }),
  bind('find-previous', ['N'], 'find the one before', panes, { type: 'find-next', by: -1 }),
  bind('save', ['s'], 'save packets', panes, { type: 'prompt', kind: 'save' }),
  bind('copy-value', ['y v'], 'copy the value of the field', panes, copy('value')),
  bind('copy-field', ['y f'], 'copy the field as name and value', panes, copy('field')),
  bind('copy-bytes', ['y b'], 'copy the bytes of the field in hex', panes, copy('bytes')),
  bind('copy-explanation', ['y e'], 'copy the explanation', panes, copy('explanation')),
  bind('copy-filter', ['y q'], 'copy a display filter for this value', panes, copy('filter')),
  bind('copy-packet', ['y p'], 'copy the packet as tcpdump prints it', [...panes, 'raw'], copy('packet')),
  bind('raw', ['R'], 'the packet as text, as tcpdump prints it', panes, { type: 'raw' }),
  bind('command', [':'], 'type a command, Tab completes it', everywhere, { type: 'prompt', kind: 'command' }),
  bind('help', ['?', 'f1'], 'all keys', everywhere, { type: 'help' }, 'all keys'),
  bind('quit', ['q', 'Z Z'], 'quit', [...panes, 'start'], { type: 'quit' }, 'quit'),
  bind('close', ['escape'], 'close what lies on top, never more', [...everywhere, 'prompt', 'question'], {
    type: 'cancel',
  }),
  bind('close-over', ['q', 'x'], 'close what lies on top', overs, { type: 'cancel' }, 'close'),
  bind('close-help', ['q', 'return'], 'close the help', ['help'], { type: 'cancel' }, 'close'),
  bind('stop', ['ctrl-c'], 'stop what goes on, else quit', [...everywhere, 'prompt', 'question'], {
    type: 'stop',
  }),
  bind('suspend', ['ctrl-z'], 'back to the shell; fg comes back', [...everywhere, 'prompt', 'question'], {
    type: 'suspend',
  }),
  bind('redraw', ['ctrl-l'], 'draw the screen anew', [...everywhere, 'prompt', 'question'], {
    type: 'redraw',
  }),
  bind('start-page', [], 'back to the start page', panes, { type: 'start-page' }),
]

const typing: readonly Binding[] = [
  bind('accept', ['return'], 'do it', ['prompt'], { type: 'submit' }),
  bind('complete', ['tab'], 'the next completion, or another choice', ['prompt'], {
    type: 'complete',
    by: 1,
  }),
  bind('complete-back', ['shift-tab'], 'the completion before, or another choice', ['prompt'], {
    type: 'complete',
    by: -1,
  }),
  bind('older', ['up', 'ctrl-p'], 'the line typed before', ['prompt'], edit('older')),
  bind('newer', ['down', 'ctrl-n'], 'the line typed after', ['prompt'], edit('newer')),
  bind('left', ['left', 'ctrl-b'], 'a character left', ['prompt'], edit('left')),
  bind('right', ['right', 'ctrl-f'], 'a character right', ['prompt'], edit('right')),
  bind('line-start', ['home', 'ctrl-a'], 'to the start of the line', ['prompt'], edit('start')),
  bind('line-end', ['end', 'ctrl-e'], 'to the end of the line', ['prompt'], edit('end')),
  bind('delete-back', ['backspace'], 'delete the character before', ['prompt'], edit('backspace')),
  bind('delete', ['delete', 'ctrl-d'], 'delete the character behind', ['prompt'], edit('delete')),
  bind('delete-word', ['ctrl-w'], 'delete the word before', ['prompt'], edit('word')),
  bind('delete-rest', ['ctrl-k'], 'delete the line from here on', ['prompt'], edit('rest')),
  bind('delete-line', ['ctrl-u'], 'delete the line up to here', ['prompt'], edit('line')),
  bind('yes', ['y'], 'yes', ['question'], { type: 'submit' }, 'yes'),
  bind('no', ['n', 'q'], 'no', ['question'], { type: 'cancel' }, 'no'),
]

/** Every key as it is meant to be, in the order of the help. */
export const usualKeymap: readonly Binding[] = [
  ...moving,
  ...packets,
  ...inside,
  ...ladders,
  ...meanings,
  ...tours,
  ...walks,
  ...quizzes,
  ...filtering,
  ...screen,
  ...asking,
  ...typing,
]

const own = remapped(usualKeymap, ownLines)

/** The same as the user has it. Dispatch, footer, help and README come from this table. */
export const keymap = own.keymap
/** What is wrong with the user's file of keys, as sentences. */
export const keyProblems = own.problems
