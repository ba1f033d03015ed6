import { describe, expect, it } from 'vitest'
import { completions, soughtBy } from '../../src/tui/completions.ts'
import { At } from './at.ts'

const walkthrough = () => At.open('walkthrough.pcap')
/** The line as it stands, `|` where the cursor is. */
const line = ({ state: { prompt } }: At): string | undefined =>
  prompt && `${prompt.text.slice(0, prompt.cursor)}|${prompt.text.slice(prompt.cursor)}`

describe('a line', () => {
  const family = '👨\u200d👩\u200d👧'

  it.each([
    ['ab|', 'ab', []],
    ['a b|', 'a b', []],
    ['q:?5|', 'q:?5', []],
    ['a|b', 'ab', ['left']],
    ['|ab', 'ab', ['left', 'ctrl-b', 'left']],
    ['ab|', 'ab', ['left', 'right', 'ctrl-f']],
    ['|ab', 'ab', ['home']],
    ['|ab', 'ab', ['ctrl-a']],
    ['ab|', 'ab', ['home', 'end']],
    ['ab|', 'ab', ['ctrl-a', 'ctrl-e']],
    ['xab|', 'ab', ['home', 'x', 'end']],
    ['a|', 'ab', ['backspace']],
    ['|b', 'ab', ['left', 'backspace', 'backspace']],
    ['|b', 'ab', ['home', 'delete']],
    ['|b', 'ab', ['home', 'ctrl-d']],
    ['ab|', 'ab', ['delete']],
    ['save |', 'save /tmp/a.pcap', ['ctrl-w']],
    ['|', 'save /tmp/a.pcap', ['ctrl-w', 'ctrl-w', 'ctrl-w']],
    ['a |', 'a b  ', ['ctrl-w']],
    ['|', '   ', ['ctrl-w']],
    ['one | three', 'one two three', ['left', 'left', 'left', 'left', 'left', 'left', 'ctrl-w']],
    ['|b', 'ab', ['left', 'ctrl-u']],
    ['a|', 'abc', ['home', 'right', 'ctrl-k']],
    ['abc|', 'abc', ['ctrl-k']],
    [`é|${family}`, `é${family}`, ['left']],
    ['é|', `é${family}`, ['backspace']],
    ['|é', `${family}é`, ['home', 'delete']],
    [`${family}|é`, `${family}é`, ['home', 'right']],
    ['x|', 'xe\u0301', ['backspace']],
    ['|🇩🇪', '🇫🇷🇩🇪', ['home', 'delete']],
  ] as const)('becomes %j from %j by %j', async (expected, text, keys) => {
    const at = (await walkthrough()).press(':').type(text)
    expect(line(at.press(...keys))).toBe(expected)
  })

  it('takes a paste in the middle', async () => {
    const at = (await walkthrough()).press('f').type('ab').press('left').do({ type: 'type', text: 'x y' })
    expect(line(at)).toBe('ax y|b')
  })

  it('lets no key through', async () => {
    const at = (await walkthrough()).press('f').type('jGq12 ').press('pagedown', 'f1', 'ctrl-x', 'alt-j')
    expect([line(at), at.state.packet, at.state.help, at.said]).toEqual(['jGq12 |', 1, undefined, ''])
  })
})

describe('older lines', () => {
  const typed = async () => {
    const at = await walkthrough()
    for (const text of ['goto 3', 'zoom', 'goto 3', 'zoom']) at.press(':').type(text).press('return')
    return at.press(':')
  }

  it('come back, each once, the newest first, and what was being typed after them', async () => {
    const at = (await typed()).type('ab')
    const seen = ['up', 'ctrl-p', 'up', 'down', 'ctrl-n', 'down'].map(key => line(at.press(key)))
    expect(seen).toEqual(['zoom|', 'goto 3|', 'goto 3|', 'zoom|', 'ab|', 'ab|'])
  })

  it('can be changed, and are then what is being typed', async () => {
    const at = (await typed()).press('up', 'up', 'backspace', '5')
    expect(line(at)).toBe('goto 5|')
    expect(line(at.press('up'))).toBe('zoom|')
    expect(line(at.press('down'))).toBe('goto 5|')
    expect(at.press('return').state.packet).toBe(5)
    expect(at.state.history.command).toEqual(['goto 3', 'zoom', 'goto 5'])
  })

  it('are those of the same kind', async () => {
    const at = (await typed()).press('escape', 'f', 'up')
    expect(line(at)).toBe('|')
  })

  it('do not come from what was left, or was empty', async () => {
    const at = (await walkthrough()).press(':').type('zoom').press('escape', ':', 'return')
    expect(at.state.history.command).toEqual([])
  })

  it('are at most a hundred', async () => {
    const at = await walkthrough()
    for (let i = 0; i < 103; i++) at.press('f').type(`${i}`).press('return')
    expect(at.state.history.find).toHaveLength(100)
    expect(at.state.history.find[0]).toBe('3')
  })
})

describe('Tab', () => {
  it('offers what begins like the line, one after the other, round and round', async () => {
    const list = completions('fold')
    expect(list).toEqual(['fold', 'fold-all', 'fold-subtree'])
    const at = (await walkthrough()).press(':').type('fold')
    const seen = ['tab', 'tab', 'tab', 'tab', 'shift-tab'].map(key => line(at.press(key)))
    expect(seen).toEqual(['fold|', 'fold-all|', 'fold-subtree|', 'fold|', 'fold-subtree|'])
  })

  it('goes backwards from the last', async () => {
    const at = (await walkthrough()).press(':').type('fold').press('shift-tab')
    expect(line(at)).toBe('fold-subtree|')
  })

  it('begins anew once the line is another', async () => {
    const at = (await walkthrough())
      .press(':')
      .type('fo')
      .press('tab', 'tab', 'ctrl-u')
      .type('zo')
      .press('tab')
    expect(line(at)).toBe('zoom|')
  })

  it('offers what a command can be told', async () => {
    const at = (await walkthrough()).press(':').type('times d')
    expect(['tab', 'tab'].map(key => line(at.press(key)))).toEqual(['times delta|', 'times date|'])
    expect(at.press('return').state.time).toBe('date')
  })

  it('takes the only one, and goes on behind it', async () => {
    const at = (await walkthrough()).press(':').type('lea').press('tab')
    expect(line(at)).toBe('learn |')
    at.do({ type: 'known', names: ['ip-in-ip', 'gre', 'nat'] })
    expect(['tab', 'tab', 'tab', 'tab'].map(key => line(at.press(key)))).toEqual([
      'learn ip-in-ip|',
      'learn gre|',
      'learn nat|',
      'learn ip-in-ip|',
    ])
  })

  it('goes from a folder into it', async () => {
    const at = (await walkthrough()).press(':').type('open /va')
    expect(soughtBy('open /va')).toEqual({ known: 'files', begun: '/va' })
    at.do({ type: 'known', names: ['/var/'] }).press('tab')
    expect([line(at), at.state.prompt?.offered]).toEqual(['open /var/|', -1])
    at.do({ type: 'known', names: ['/var/a.pcap', '/var/b.pcap'] })
    expect(['tab', 'tab'].map(key => line(at.press(key)))).toEqual(['open /var/a.pcap|', 'open /var/b.pcap|'])
  })

  it('offers kept filters, and those to forget behind the word', async () => {
    const names = ['home', 'list', 'save ', 'forget home']
    expect(completions('filter ', [], names)).toEqual([
      'filter home',
      'filter list',
      'filter save ',
      'filter forget home',
    ])
    expect(completions('filter forget h', [], names)).toEqual(['filter forget home'])
  })

  it('leaves a line alone that nothing begins like', async () => {
    const at = (await walkthrough()).press(':').type('xyz').press('tab')
    expect(line(at)).toBe('xyz|')
  })

  it('says where to find, and Shift-Tab what', async () => {
    const at = (await walkthrough()).press('f').type('a')
    const now = () => [at.state.prompt?.where, at.state.prompt?.as]
    expect(now()).toEqual(['info', 'text'])
    const seen = ['tab', 'shift-tab', 'tab', 'shift-tab', 'tab', 'shift-tab'].map(key => {
      at.press(key)
      return now()
    })
    expect(seen).toEqual([
      ['tree', 'text'],
      ['tree', 'regex'],
      ['bytes', 'regex'],
      ['bytes', 'hex'],
      ['info', 'hex'],
      ['info', 'text'],
    ])
    expect(line(at)).toBe('a|')
  })

  it('says what is saved: what is marked or matches, where something does, else all', async () => {
    const at = (await walkthrough()).press('s')
    const choices = (count: number) => Array.from({ length: count }, () => at.press('tab').state.prompt?.of)
    expect(at.state.prompt?.of).toBe('all')
    expect(choices(3)).toEqual(['flow', 'inner', 'all'])
    at.press('escape', 'space', 's')
    expect(at.state.prompt?.of).toBe('marked')
    expect(choices(4)).toEqual(['flow', 'inner', 'all', 'marked'])
  })
})

describe('a prompt', () => {
  it('remembers where and how was looked last', async () => {
    const find = { text: 'ff', where: 'bytes', kind: 'hex' } as const
    const at = (await walkthrough()).do({ type: 'find', find }).press('f')
    expect(at.state.prompt).toMatchObject({ text: '', where: 'bytes', as: 'hex' })
  })

  it('for a file that exists takes y or n', async () => {
    const at = (await walkthrough()).do({ type: 'overwrite', path: '/tmp/a', of: 'marked' })
    expect(at.state.prompt).toMatchObject({ kind: 'overwrite', text: '/tmp/a', of: 'marked' })
    expect(at.press('x', '1', 'tab').state.prompt?.text).toBe('/tmp/a')
    expect(at.press('n').state.prompt).toBeUndefined()
    expect(at.done.some(({ type }) => type === 'submit')).toBe(false)
    at.do({ type: 'overwrite', path: '/tmp/a', of: 'marked' }).press('y')
    expect([at.state.prompt, at.done.at(-1)]).toEqual([undefined, { type: 'submit' }])
  })
})

describe('a command', () => {
  it.each([
    ['', undefined],
    ['nonsense', 'nonsense: no such command; Tab lists them'],
    ['zo', 'zo: no such command; did you mean zoom?'],
    ['goto x', 'goto: x is no packet number'],
    ['times now', 'now: not one of time, relative, delta, date, epoch'],
    ['place', 'place: which letter?'],
  ])('%j says %j', async (text, said) => {
    const at = (await walkthrough()).press('z', ':').type(text).press('return')
    expect(at.state.message?.text).toBe(said)
    expect(at.state.layout.zoomed).toBe(true)
  })

  it.each([
    ['120', { packet: 12 }],
    ['goto 5', { packet: 5 }],
    [' goto  5 ', { packet: 5 }],
    ['down 3', { packet: 4 }],
    ['arrange sides', { layout: { kind: 'sides' } }],
    ['bytes-in binary', { radix: 'binary' }],
    ['next-pane', { focus: 'tree' }],
    ['place a', { places: new Map([['a', 1]]) }],
  ])('%j', async (text, state) => {
    expect((await walkthrough()).press(':').type(text).press('return').state).toMatchObject(state)
  })
})

it('q as a command is the key', async () => {
  expect((await walkthrough()).press(':', 'q', 'return').done.at(-1)).toEqual({ type: 'quit' })
})

describe('Escape', () => {
  it('closes one thing at a time, from the top, and then nothing', async () => {
    const at = (await walkthrough()).press('z', '?', ':').type('a')
    const open = ({ state }: At) => [
      state.prompt !== undefined,
      state.help !== undefined,
      state.layout.zoomed,
      state.capture !== undefined,
    ]
    const seen = [1, 2, 3, 4].map(() => open(at.press('escape')))
    expect(seen).toEqual([
      [false, true, true, true],
      [false, false, true, true],
      [false, false, false, true],
      [false, false, false, true],
    ])
    expect(at.done.map(({ type }) => type)).not.toContain('quit')
  })

  it('takes what is said before it leaves the zoom', async () => {
    const at = (await walkthrough()).press('z', 'ctrl-o')
    expect(at.said).not.toBe('')
    expect(at.press('escape').state).toMatchObject({ message: undefined, layout: { zoomed: true } })
    expect(at.press('escape').state.layout.zoomed).toBe(false)
  })

  it('forgets keys that wait for others, and nothing else', async () => {
    const at = (await walkthrough()).press('z', 'y')
    expect(at.state.pending).toEqual(['y'])
    expect(at.press('escape').state).toMatchObject({ pending: [], layout: { zoomed: true } })
    expect(at.press('5', 'escape').state).toMatchObject({ times: undefined, layout: { zoomed: true } })
  })
})
