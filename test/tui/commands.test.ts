import { describe, expect, it } from 'vitest'
import type { Action } from '../../src/tui/actions.ts'
import { type Binding, keymap } from '../../src/tui/bindings.ts'
import { commandAction, commands, describe as say } from '../../src/tui/commands.ts'
import { completions } from '../../src/tui/completions.ts'
import { panes } from '../../src/tui/state.ts'

/** What a key alone, or with the letter `a`, asks for. */
const asked = ({ send }: Binding): Action =>
  typeof send === 'function' ? send({ times: undefined, letter: 'a' }) : send
const keysOnScreen = keymap.filter(entry =>
  entry.in.some(context => context !== 'prompt' && context !== 'question'),
)

describe('the command line', () => {
  it('reaches all that a key of a pane or page does', () => {
    for (const binding of keysOnScreen) {
      const { name, keys } = binding
      const line = keys.some(key => key.endsWith('<letter>')) ? `${name} a` : name
      expect(commandAction(line), line).toEqual(asked(binding))
    }
  })

  it.each(panes)('reaches the pane %s', pane => {
    expect(commandAction(`pane ${pane}`)).toEqual({ type: 'focus', pane })
  })

  it('takes numbers as the keys do', () => {
    expect(commandAction('down 7')).toEqual({ type: 'move', by: 7 })
    expect(commandAction('last 5')).toEqual({ type: 'jump', packet: 5 })
    expect(commandAction('5')).toEqual({ type: 'jump', packet: 5 })
    expect(commandAction('999999999999999999999')).toMatch(/no packet number/)
  })

  it('takes keys for names, as vim has them', () => {
    expect(commandAction('q')).toEqual({ type: 'quit' })
  })

  it.each([
    ['open /a b.pcap', { type: 'open', path: '/a b.pcap' }],
    ['save-as x.pcapng', { type: 'save', path: 'x.pcapng', of: 'all', over: false }],
    ['save-flow x', { type: 'save', path: 'x', of: 'flow', over: false }],
    ['save-inner x', { type: 'save', path: 'x', of: 'inner', over: false }],
    ['save-marked x', { type: 'save', path: 'x', of: 'marked', over: false }],
    ['find-text a  b', { type: 'find', find: { text: 'a  b', where: 'info', kind: 'text' } }],
    ['find-regex ^icmp', { type: 'find', find: { text: '^icmp', where: 'info', kind: 'regex' } }],
    ['find-tree ttl', { type: 'find', find: { text: 'ttl', where: 'tree', kind: 'text' } }],
    ['find-hex ac10', { type: 'find', find: { text: 'ac10', where: 'bytes', kind: 'hex' } }],
    ['theme light', { type: 'theme', name: 'light' }],
    ['start-page', { type: 'start-page' }],
    ['copy-value', { type: 'copy', what: 'value' }],
  ])('%s', (line, action) => {
    expect(commandAction(line)).toEqual(action)
  })

  it.each([
    'open',
    'save-as',
    'save-marked',
    'find-text',
    'goto',
    'theme',
    'pane',
    'times',
    'goto -1',
    'to-place ab',
  ])('%s says what is missing or wrong', line => {
    expect(commandAction(line)).toEqual(expect.any(String))
  })

  it('knows no key of a line that is typed', () => {
    expect(commandAction('delete-word')).toEqual(expect.any(String))
  })
})

describe('names', () => {
  it('are unique, of keys and commands together', () => {
    const names = [...keymap, ...commands].map(entry => entry.name)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })

  it('are all completions of nothing, in order, each with a word about it', () => {
    const all = completions('')
    expect(all).toEqual([...new Set(all)].sort())
    expect(all).toEqual(expect.arrayContaining([...keysOnScreen, ...commands].map(entry => entry.name)))
    expect(all.filter(name => say(name).length < 2)).toEqual([])
  })

  it('say what they take and do in a line of 80 columns', () => {
    expect(say('goto')).toBe('N: to packet N')
    // A blank and the colon before the name, a cursor and three blanks behind it.
    const long = commands.filter(({ name }) => 2 + name.length + 4 + say(name).length > 80)
    expect(long.map(({ name }) => name)).toEqual([])
  })

  it('complete to what begins like them', () => {
    expect(completions('copy-')).toEqual([
      'copy-bytes',
      'copy-explanation',
      'copy-field',
      'copy-filter',
      'copy-packet',
      'copy-value',
    ])
    expect(completions('theme ')).toEqual(['theme dark', 'theme light', 'theme mono'])
    expect(completions('theme l')).toEqual(['theme light'])
    expect(completions('goto ')).toEqual([])
  })

  it('every choice that is offered is one that is taken', () => {
    for (const { name, choices = [] } of commands)
      for (const choice of choices)
        expect(commandAction(`${name} ${choice}`), name).toEqual(expect.any(Object))
  })
})
