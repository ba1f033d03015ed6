import { describe, expect, it } from 'vitest'
import { type Context, isInFooter, keymap, modes, overs } from '../../src/tui/bindings.ts'
import { keyText } from '../../src/tui/help-rows.ts'
import { keyActions } from '../../src/tui/keymap.ts'
import { reduce } from '../../src/tui/reduce.ts'
import { initialState, panes, type State } from '../../src/tui/state.ts'
import { At } from './at.ts'

const contexts: readonly Context[] = [...panes, ...modes, ...overs, 'start', 'help', 'prompt', 'question']
const keysIn = (context: Context) =>
  keymap.filter(entry => entry.in.includes(context)).flatMap(entry => entry.keys)

describe.each(contexts)('in %s', context => {
  it('no key means two things', () => {
    const keys = keysIn(context)
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
  })

  it('no key is hidden by one that begins with it', () => {
    const keys = keysIn(context)
    expect(keys.filter(key => keys.some(other => other.startsWith(`${key} `)))).toEqual([])
  })

  it('no digit but 0 is bound: digits are numbers before a command', () => {
    expect(keysIn(context).filter(key => /^[1-9]/.test(key))).toEqual([])
  })
})

describe('where a line is typed', () => {
  it('no character is bound: it is typed', () => {
    expect(keysIn('prompt').filter(key => [...key].length === 1 || key === 'space')).toEqual([])
  })
})

describe('the table', () => {
  it('has a name for everything, each once, that can be typed', () => {
    const names = keymap.map(entry => entry.name)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
    expect(names.filter(name => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([])
  })

  it('says of everything what it does', () => {
    expect(keymap.filter(entry => entry.does.length < 2)).toEqual([])
  })

  // How keys.ts names them; terminals tell no Ctrl with arrows reliably, and no function key is the only way.
  it('has no key that some terminals do not send', () => {
    const parts = keymap.flatMap(entry => entry.keys.flatMap(keys => keys.split(' ')))
    const named =
      'return|escape|space|tab|shift-tab|backspace|delete|up|down|left|right|home|end|pageup|pagedown'
    const sendable = new RegExp(`^(.|<letter>|f1|ctrl-[a-z]|alt-(left|right)|${named})$`)
    expect(parts.filter(key => !sendable.test(key))).toEqual([])
    // As terminals have it, Ctrl-I is Tab, Ctrl-M is Enter, Ctrl-J a line feed, Ctrl-H Backspace on some.
    expect(parts.filter(key => /^ctrl-[imjh]$/.test(key))).toEqual([])
    const functionKeysOnly = keymap.filter(
      ({ keys }) => keys.length > 0 && keys.every(key => /^f\d+$/.test(key)),
    )
    expect(functionKeysOnly).toEqual([])
  })

  it('leaves the terminal the keys of its own: flow control and quit', () => {
    const keys = keymap.flatMap(entry => entry.keys)
    expect(keys.filter(key => ['ctrl-s', 'ctrl-q', 'ctrl-\\'].includes(key))).toEqual([])
  })
})

/** The kinds of actions that the last of some keys asks for. */
function does(state: State, ...keys: readonly string[]): string[] {
  const before = keys.slice(0, -1).reduce((now, key) => keyActions(now, key).reduce(reduce, now), state)
  return keyActions(before, keys.at(-1)!).flatMap(({ type }) => (type === 'pending' ? [] : [type]))
}

// The keys that were agreed on before there was a table: as termshark, Wireshark, less and vim have them.
type Agreed = readonly [keys: string, action: string, only?: readonly string[]]
const agreed: readonly Agreed[] = [
  ...['h', 'l', 'left', 'right'].map(key => [key, 'sideways', ['tree', 'bytes']] as const),
  ...['j', 'k', 'up', 'down'].map(key => [key, 'move'] as const),
  ...['pageup', 'pagedown', 'ctrl-f', 'ctrl-b', 'ctrl-d', 'ctrl-u'].map(key => [key, 'page'] as const),
  ...['g g', 'G', 'home', 'end'].map(key => [key, 'edge'] as const),
  ['5 G', 'jump'],
  ['5 g g', 'jump'],
  ['tab', 'focus-by'],
  ['shift-tab', 'focus-by'],
  ['ctrl-w w', 'focus-by'],
  ['z', 'zoom'],
  ['|', 'layout'],
  ...['+', '-', '<', '>'].map(key => [key, 'share'] as const),
  ['=', 'equal'],
  ['f', 'prompt'],
  ['n', 'find-next'],
  ['N', 'find-next'],
  ['return', 'focus', ['packets', 'bytes', 'explanation']],
  ['return', 'fold', ['tree']],
  ['*', 'fold', ['tree', 'bytes', 'explanation']],
  ['E', 'fold'],
  ['C', 'fold'],
  [']', 'step'],
  ['[', 'step'],
  ['m a', 'place'],
  ["' a", 'to-place'],
  ["' '", 'to-place'],
  ['space', 'mark', ['packets']],
  ['space', 'walk', ['tree', 'bytes', 'explanation']],
  ['backspace', 'walk', ['tree', 'bytes', 'explanation']],
  ['T', 'reference'],
  ['t', 'time'],
  ['ctrl-o', 'history'],
  ['alt-left', 'history'],
  ['alt-right', 'history'],
  ['F', 'follow'],
  ['A', 'follow'],
  ['p', 'pause'],
  ['}', 'flow-by'],
  ['{', 'flow-by'],
  ['/', 'ask-filter'],
  ['s', 'prompt'],
  ...['y v', 'y f', 'y b', 'y e', 'y q'].map(key => [key, 'copy'] as const),
  ['e', 'explanation'],
  // sngrep's, but for its `r`, which begins a capture anew here, and `d`, which decodes.
  ['x', 'ladder'],
  ['R', 'raw'],
  ['D', 'diff'],
  ['c', 'settings'],
  ['o', 'settings'],
  [':', 'prompt'],
  ['ctrl-l', 'redraw'],
  ['?', 'help'],
  ['f1', 'help'],
  ['q', 'quit'],
  ['Z Z', 'quit'],
  ['ctrl-c', 'stop'],
  ['ctrl-z', 'suspend'],
  ['escape', 'cancel'],
]

it.each(agreed.map(([keys, action, only = panes]) => ({ keys, action, only })))(
  '$keys is $action',
  async ({ keys, action, only }) => {
    const { state } = await At.open('walkthrough.pcap')
    const ways = panes.filter(pane => does({ ...state, focus: pane }, ...keys.split(' ')).includes(action))
    expect(ways).toEqual([...only])
  },
)

describe('a key that means nothing', () => {
  it.each([
    ['X', ['X'], 'X does nothing here; ? shows all keys'],
    ['gx', ['g', 'x'], 'gx does nothing here; ? shows all keys'],
    ['y and a function key', ['y', 'f5'], 'yF5 does nothing here; ? shows all keys'],
    ['several at once', ['ctrl-shift-up'], 'Ctrl-Shift-↑ does nothing here; ? shows all keys'],
    ['Ctrl and a letter', ['ctrl-x'], 'Ctrl-X does nothing here; ? shows all keys'],
    ['a key that could pass for a held one', ['alt--'], 'Alt-- does nothing here; ? shows all keys'],
  ])('%s says so, and is over', async (_, keys, said) => {
    const at = (await At.open('walkthrough.pcap')).press(...keys)
    expect([at.said, at.state.pending, at.state.packet]).toEqual([said, [], 1])
    expect(at.press('j').said).toBe('')
  })

  it('takes the number before it with it', async () => {
    const at = (await At.open('walkthrough.pcap')).press('5', 'X', 'j')
    expect(at.state.packet).toBe(2)
  })
})

describe('a number before a command', () => {
  it('is at most a thousand million million, whatever is typed', async () => {
    const at = (await At.open('walkthrough.pcap')).press(...'9'.repeat(40))
    expect(at.state.times).toBe(1e15)
    expect(at.press('j').state.packet).toBe(12)
  })

  it('does not begin with a zero', async () => {
    const at = (await At.open('walkthrough.pcap')).press('0')
    expect(at.state.times).toBeUndefined()
    expect(at.press('1', '0').state.times).toBe(10)
  })

  it('survives keys of a command of several', async () => {
    expect((await At.open('walkthrough.pcap')).press('7', 'g').state).toMatchObject({
      times: 7,
      pending: ['g'],
    })
  })
})

describe('the footer', () => {
  const footer = (context: Context) => {
    const bindings = keymap.filter(entry => isInFooter(entry, context))
    const labels = [...new Set(bindings.map(entry => entry.footer!))]
    return labels.map(label => {
      const keys = bindings.filter(entry => entry.footer === label).map(entry => keyText(entry.keys[0]!))
      return ` ${keys.join('')} ${label} `
    })
  }

  it.each([...panes, 'start', ...overs] as const)(
    'of %s has three to eight entries, in 80 columns, help and the way out among them',
    context => {
      const entries = footer(context)
      expect(entries.length).toBeGreaterThanOrEqual(3)
      expect(entries.length).toBeLessThanOrEqual(8)
      expect(entries.join('').length).toBeLessThanOrEqual(80)
      const out = overs.some(over => over === context) ? ' q close ' : ' q quit '
      expect(entries).toEqual(expect.arrayContaining([' ? all keys ', out]))
    },
  )
})

it('the start page has its keys', () => {
  const state = initialState({ columns: 80, rows: 24 })
  expect(does(state, 'return')).toEqual(['open-entry'])
  expect(does(state, 'j')).toEqual(['move'])
  expect(does(state, 'q')).toEqual(['quit'])
  expect(does(state, 'z')).toEqual(['said'])
})
