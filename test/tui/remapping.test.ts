import { describe, expect, it } from 'vitest'
import { type Context, usualKeymap } from '../../src/tui/bindings.ts'
import { keyList } from '../../src/tui/key-list.ts'
import { remapped } from '../../src/tui/remapping.ts'

const keysOf = (lines: readonly string[], name: string) =>
  remapped(usualKeymap, lines).keymap.find(binding => binding.name === name)?.keys

describe('a file of keys', () => {
  it.each([
    ['quit Q', 'quit', ['Q']],
    ['next-pane Ctrl-W w', 'next-pane', ['ctrl-w w']],
    ['first gg # to the top', 'first', ['g g']],
    ['page-down PgDn', 'page-down', ['pagedown']],
    ['redraw F5', 'redraw', ['f5']],
    ['back Alt-Left', 'back', ['alt-left']],
    ['place M', 'place', ['M <letter>']],
    ['zoom', 'zoom', []],
    ["find '", 'find', ["'"]],
    ['unmark-all U', 'unmark-all', ['U']],
  ])('says with %j what does %s', (line, name, keys) => {
    const { problems } = remapped(usualKeymap, [line])
    expect([keysOf([line], name), problems]).toEqual([keys, []])
  })

  it('gives a command several keys by several lines, and leaves the others alone', () => {
    const lines = ['# mine', '', 'down Down', 'down Ctrl-N']
    expect(keysOf(lines, 'down')).toEqual(['down', 'ctrl-n'])
    expect(keysOf(lines, 'up')).toEqual(['up', 'k'])
  })

  it('takes a key away from what it did, where both mean something', () => {
    expect(keysOf(['follow p'], 'pause')).toEqual([])
    // In the tree and in the list Space does what it did: there is no other command for it.
    expect(keysOf(['toggle-fold Space'], 'walk')).toEqual([])
    expect(keysOf(['toggle-fold Space'], 'mark')).toEqual(['space'])
    // A key that others begin with would hide them.
    expect(keysOf(['zoom g'], 'first')).toEqual(['home'])
    expect(keysOf(['zoom z z'], 'first')).toEqual(['home', 'g g'])
  })

  it('leaves no key with two meanings', () => {
    const { keymap } = remapped(usualKeymap, ['zoom j', 'quit Ctrl-D', 'find y', 'help m'])
    for (const context of new Set(keymap.flatMap((binding): readonly Context[] => binding.in))) {
      const keys = keymap.filter(binding => binding.in.includes(context)).flatMap(binding => binding.keys)
      expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
      expect(keys.filter(key => keys.some(other => other.startsWith(`${key} `)))).toEqual([])
    }
  })

  it.each([
    ['quti Q', 'quti: no such command'],
    ['quit Ctrl-Q-Q', 'quit: Ctrl-Q-Q is no key'],
    ['quit 5', 'quit: 5 is no key'],
    ['quit Ctrl-I', 'quit: Ctrl-I is no key'],
    ['quit Hello', 'quit: Hello is no key'],
  ])('says of %j what is wrong, and changes nothing', (line, problem) => {
    const { keymap, problems } = remapped(usualKeymap, [line])
    expect([keymap, problems]).toEqual([usualKeymap, [problem]])
  })

  it('says that two commands have the same keys', () => {
    expect(remapped(usualKeymap, ['zoom x', 'layout x']).problems).toEqual(['zoom and layout: the same keys'])
  })

  it('can be what --list-keys lists: then nothing changes', () => {
    const lines = keyList().split('\n')
    expect(remapped(usualKeymap, lines)).toEqual({ keymap: usualKeymap, problems: [] })
    expect(lines).toContain('quit                   ZZ             # quit')
  })
})
