import { afterEach, describe, expect, it } from 'vitest'
import { overRows } from '../../src/tui/over-rows.ts'
import { columnsOf } from '../../src/tui/packet-columns.ts'
import { textOf } from '../../src/tui/text.ts'
import { Desk } from './desk.ts'

let desk: Desk
afterEach(() => desk.controller.leaveCapture())

const state = () => desk.controller.state
/** The lines of the list, without what is around them. */
const lines = () =>
  overRows(state())
    .slice(2)
    .map(row => textOf(row).trimEnd())
/** The line under the cursor. */
const current = () => lines().find(line => line.startsWith('►')) ?? ''

describe('o', () => {
  it('lists what can be set, what it is set to, and the key that sets it at once', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.press('o')
    expect(lines().slice(0, 7)).toEqual([
      '  How things look',
      '►   Times              time of day                     t',
      '    Panes              layers beside bytes             |',
      '    Explanation        shown                           e',
      '    Bytes              hex                             b',
      '    Groups of bytes    in twos                         w',
      '    Colours            mono                            :theme',
    ])
  })

  it.each([
    ['Times', 'time', 'relative'],
    ['Bytes', 'radix', 'binary'],
    ['Groups of bytes', 'group', 4],
  ] as const)('changes %s by Enter, and back', async (label, key, value) => {
    desk = await Desk.open('walkthrough.pcap')
    const before = state()[key]
    desk.press('o')
    while (!current().startsWith(`►   ${label} `)) desk.press('j')
    desk.press('return')
    expect(state()[key]).toBe(value)
    desk.press('h')
    expect(state()[key]).toBe(before)
  })

  it('changes the panes, and hides the explanation', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.press('o', 'j', 'l', 'j', 'space', 'escape')
    expect(state()).toMatchObject({ settings: undefined, layout: { kind: 'rows', explanation: false } })
  })

  it('is changed by a second click on its line', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.press('o')
    // Below the header, the title and the heads: the heading, then times, panes, explanation, bytes.
    const click = { type: 'mouse', action: 'press', button: 'left', column: 30, row: 7 } as const
    const held = { ctrl: false, shift: false, alt: false }
    desk.controller.input({ ...click, ...held })
    expect([current().includes('Bytes'), state().radix]).toEqual([true, 'hex'])
    desk.controller.input({ ...click, ...held })
    expect(state().radix).toBe('binary')
  })

  it('asks for other colours', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.press('o', 'j', 'j', 'j', 'j', 'j', 'return')
    expect(desk.themes).toEqual([undefined, 'dark'])
  })

  it('is closed by q and Esc, and does nothing on a heading', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.press('o', 'k', 'return', 'q')
    expect([state().settings, state().time]).toEqual([undefined, 'time'])
    desk.press('o', 'escape')
    expect(state().settings).toBeUndefined()
  })
})

it('the terminal has a word about the colours: what it says of its background', async () => {
  desk = await Desk.open('walkthrough.pcap')
  desk.controller.input({ type: 'background', is: 'light' })
  expect(desk.themes).toEqual([undefined, 'light'])
})

describe('c', () => {
  it('begins at the columns, and leaves one out or takes it in again', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.press('c')
    expect(current()).toMatch(/^► {3}No +where there is room +:column remove number$/)
    desk.press('j', 'j', 'j', 'return')
    expect(current()).toMatch(/^► {3}Layers +left out +:column add layers$/)
    expect(state().hidden).toEqual(['stack'])
    desk.press('return')
    expect(state().hidden).toEqual([])
  })

  it('offers the selected field, and has those that were asked for', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.press('tab', 'l', 'j', 'c', 'G')
    expect(current()).toMatch(/^► {3}outer\.ip\.version +left out +ac, the selected field$/)
    desk.press('return')
    expect(state().columns).toEqual(['outer.ip.version'])
    desk.press('return')
    expect(state().columns).toEqual([])
  })

  it('is what :column says, too, and outlives the capture', async () => {
    desk = await Desk.open('walkthrough.pcap')
    desk.controller.dispatch({ type: 'column', how: 'remove', name: 'length' })
    desk.controller.dispatch({ type: 'column', how: 'remove', name: 'length' })
    expect(state().hidden).toEqual(['length'])
    desk.controller.showStart()
    expect(state().hidden).toEqual(['length'])
    desk.controller.dispatch({ type: 'column', how: 'add', name: 'length' })
    expect(state().hidden).toEqual([])
  })
})

it('columns that are left out give their room to the others, on screens of any width', async () => {
  desk = await Desk.open('walkthrough.pcap')
  const { wishes } = desk.controller.lines
  for (const width of [30, 60, 77, 117, 197]) {
    for (const hidden of [
      ['outer'],
      ['inner', 'length'],
      ['outer', 'inner', 'stack', 'time', 'number'],
    ] as const) {
      const columns = columnsOf(wishes, width, [], hidden)
      expect(columns.map(({ name }) => name).filter(name => hidden.some(other => other === name))).toEqual([])
      expect(columns.reduce((sum, column) => sum + column.width + 1, -1)).toBe(width)
    }
  }
})
