import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrangementOf } from '../../src/tui/layout.ts'
import { mouseActions } from '../../src/tui/mousing.ts'
import { initialState, layoutKinds } from '../../src/tui/state.ts'
import { At, captureOf, facts } from './at.ts'

// At 120x40: the list in rows 1 to 12, tree (55 columns) and bytes in rows 13 to 28, the explanation from row 29 on.
const walkthrough = () => At.open('walkthrough.pcap')
const press = (at: At, column: number, row: number) =>
  at.mouse('press', column, row).mouse('release', column, row)

describe('a click', () => {
  it('selects a packet', async () => {
    const at = press(await walkthrough(), 10, 4)
    expect([at.state.packet, at.detail.number, at.state.focus]).toEqual([3, 3, 'packets'])
    expect(press(at.press('G'), 10, 2).state.packet).toBe(2)
  })

  it('below the last packet selects none', async () => {
    const at = (await At.open('walkthrough.pcap', 200, 50)).press('tab')
    expect([press(at, 10, 13).state.packet, at.state.focus]).toEqual([12, 'packets'])
    expect(press(at.press('5', 'G'), 10, 14).state.packet).toBe(5)
  })

  it('selects a layer or field, and folds the one that is selected', async () => {
    const at = press((await walkthrough()).press('j'), 10, 15)
    expect([at.path, at.state.focus, at.shown.length]).toEqual(['ip/ip', 'tree', 4])
    expect(press(at, 10, 15).shown).toHaveLength(16)
    expect(press(at, 30, 23).path).toBe('ip/ip ip.ttl')
    expect(press(at, 10, 15).shown).toHaveLength(16)
    expect(press(at, 10, 15).shown).toHaveLength(4)
  })

  it('selects what is shown there after scrolling', async () => {
    const at = (await walkthrough()).press('j', 'E').mouse('wheel-down', 10, 20).mouse('wheel-down', 10, 20)
    // Six rows are above: the first one is the seventh node, the total length of the outer header.
    expect(press(at, 10, 14).path).toBe('ip ip.len')
  })

  it('twice on the last row of the tree folds what was selected', async () => {
    const at = (await walkthrough()).press('j', 'E')
    // The fifteenth row: the protocol of the outer header.
    expect(press(at, 10, 28).path).toBe('ip ip.proto')
    expect(at.state.tops.tree).toBe(0)
    at.do({ type: 'scroll', pane: 'tree', by: 4 })
    expect(press(at, 10, 28).path).toBe('ip/ip')
    expect(press(at, 10, 28).shown).not.toContain('ip/ip ip.ttl')
  })

  it('gives the tree the focus before it folds anything', async () => {
    const at = press((await walkthrough()).press('j'), 10, 14)
    expect([at.path, at.state.focus, at.shown.length]).toEqual(['ip', 'tree', 4])
  })

  it.each([
    // Behind a bar, a blank, four digits of the offset and two blanks, in twos; then two blanks and the text.
    ['digits', 57 + 6 + 12 * 2 + 6, 15],
    ['second digit', 57 + 6 + 12 * 2 + 7, 15],
    ['text', 57 + 6 + 39 + 2 + 12, 15],
  ])('on the %s of a byte selects it and its field', async (_, column, row) => {
    const at = press((await walkthrough()).press('j'), column, row)
    expect([at.state.byte, at.path, at.state.focus]).toEqual([0x1c, 'ip/ip ip.ttl', 'bytes'])
  })

  it('where no byte is gives the focus only', async () => {
    const at = press((await walkthrough()).press('j'), 58, 15)
    expect([at.path, at.state.focus]).toEqual(['ip', 'bytes'])
    expect(press(at, 57 + 6 + 39 + 2 + 6, 20).path).toBe('ip')
  })

  it('on the explanation gives it the focus', async () => {
    expect(press(await walkthrough(), 30, 33).state.focus).toBe('explanation')
  })

  it('elsewhere, or with another button, does nothing', async () => {
    const { state } = await walkthrough()
    const event = { type: 'mouse', column: 10, row: 4, ctrl: false, shift: false, alt: false } as const
    expect(mouseActions(state, { ...event, action: 'press', button: 'right' })).toEqual([])
    expect(mouseActions(state, { ...event, action: 'press', button: 'middle' })).toEqual([])
    for (const row of [0, 39, 40])
      expect(mouseActions(state, { ...event, row, action: 'press', button: 'left' })).toEqual([])
  })
})

describe('a click on the start page', () => {
  const entries = Array.from({ length: 60 }, (_, i) => ({
    section: i < 2 ? 'Listen on' : 'To learn from',
    label: `entry ${i}`,
    detail: '',
    path: '',
    kind: 'file' as const,
  }))
  const page = async (rows: number) =>
    new At(await captureOf('walkthrough.pcap'), 80, rows).do({ type: 'started', entries })
  // Below the header: a blank line, the question, a blank line, a section, two entries, a blank line, a section.
  const first = 5

  it('selects an entry, and another one there opens it', async () => {
    const at = press(await page(40), 20, first + 1)
    expect([at.state.start.cursor, at.done.at(-1)]).toEqual([1, { type: 'entry', index: 1 }])
    expect(press(at, 3, first + 1).done.at(-1)).toEqual({ type: 'open-entry' })
  })

  it('hits what is shown there after scrolling, and scrolls no further', async () => {
    const at = (await page(24)).press('G')
    // The last of 21 lines below the header.
    press(at, 10, 1)
    expect(at.state.start.cursor).toBe(59 - 20)
    press(at, 10, 1)
    expect([at.state.start.cursor, at.done.at(-1)?.type]).toEqual([39, 'open-entry'])
  })

  it('where nothing is offered does nothing', async () => {
    const at = await page(24)
    for (const row of [0, 1, 2, first - 1, first + 2, 22, 23]) press(at, 10, row)
    expect([at.state.start.cursor, at.done.length]).toEqual([0, 1])
  })
})

describe('the wheel', () => {
  it('scrolls what is under it, and selects nothing', async () => {
    const at = (await walkthrough()).press('E').mouse('wheel-down', 10, 20)
    expect([at.state.tops.tree, at.state.selected, at.state.focus]).toEqual([3, 0, 'packets'])
    at.mouse('wheel-down', 10, 5).mouse('wheel-down', 10, 5)
    expect([at.state.tops.packets, at.state.packet]).toEqual([1, 1])
    expect(at.mouse('wheel-up', 10, 20).mouse('wheel-up', 10, 20).state.tops.tree).toBe(0)
  })

  it('scrolls the bytes as far as there are some', async () => {
    // 102 bytes, eight in a row: 13 rows, of which 8 are shown.
    const at = await At.open('walkthrough.pcap', 80, 24)
    for (let i = 0; i < 4; i++) at.mouse('wheel-down', 60, 12)
    expect(at.state.tops.bytes).toBe(5)
  })

  it('scrolls the help, and moves on the start page', async () => {
    const at = (await walkthrough()).press('?').mouse('wheel-down', 10, 20)
    expect(at.state.help).toBe(3)
    const entries = ['a', 'b', 'c'].map(path => ({
      section: '',
      label: path,
      detail: '',
      path,
      kind: 'file' as const,
    }))
    const start = new At(at.capture).do({ type: 'started', entries })
    start.mouse('wheel-down', 1, 1).mouse('wheel-down', 1, 1).mouse('wheel-up', 1, 1)
    expect(start.state.start.cursor).toBe(1)
  })

  it('does nothing while a line is typed', async () => {
    const at = (await walkthrough()).press(':').mouse('wheel-down', 10, 20).mouse('press', 10, 4)
    expect([at.state.packet, at.state.tops.tree]).toEqual([1, 0])
    expect(at.state.prompt).toBeDefined()
  })
})

describe('a border', () => {
  const rects = (at: At) => arrangementOf(at.state).panes

  it('goes where it is dragged', async () => {
    const at = (await walkthrough()).mouse('press', 55, 20).mouse('drag', 70, 22)
    expect(rects(at).get('bytes')).toEqual({ left: 70, top: 13, width: 50, height: 16 })
    at.mouse('release', 70, 22).mouse('press', 30, 13).mouse('drag', 31, 20).mouse('release', 31, 20)
    expect(rects(at).get('tree')?.top).toBe(20)
    at.mouse('press', 30, 29).mouse('drag', 31, 25).mouse('release', 31, 25)
    expect(rects(at).get('explanation')?.top).toBe(25)
    expect(rects(at).get('tree')?.top).toBe(20)
  })

  it('is let go', async () => {
    const at = (await walkthrough()).mouse('press', 55, 20).mouse('release', 55, 20).mouse('drag', 70, 22)
    expect(rects(at).get('bytes')?.left).toBe(55)
  })

  it('can be put back with the others', async () => {
    const at = (await walkthrough()).mouse('press', 55, 20).mouse('drag', 70, 22).mouse('release', 70, 22)
    expect(rects(at.press('+', '=')).get('bytes')).toEqual({ left: 55, top: 13, width: 65, height: 16 })
  })

  it('is under the mouse wherever panes have room, in every arrangement', async () => {
    const capture = await captureOf('walkthrough.pcap')
    const edges = {
      packets: ['top', 'tree'],
      left: ['left', 'bytes'],
      lesson: ['top', 'explanation'],
    } as const
    const cases = fc.record({
      columns: fc.integer({ min: 80, max: 300 }),
      rows: fc.integer({ min: 24, max: 100 }),
      kind: fc.constantFrom(...layoutKinds),
      share: fc.constantFrom('packets', 'left', 'lesson'),
      to: fc.double({ min: 0.3, max: 0.6, noNaN: true }),
    })
    fc.assert(
      fc.property(cases, ({ columns, rows, kind, share, to }) => {
        const at = new At(capture, columns, rows).do({ type: 'opened', capture: facts(3) })
        at.do({ type: 'layout', kind })
        const border = arrangementOf(at.state).borders.find(each => each.share === share)
        if (border === undefined) return
        const column = share === 'left' ? Math.round(columns * to) : border.rect.left + 20
        // Between the list and the explanation, as far as both keep their rows.
        const row = share === 'left' ? border.rect.top + 1 : Math.round(rows * to)
        at.mouse(
          'press',
          share === 'left' ? border.rect.left : column,
          share === 'left' ? row : border.rect.top,
        )
        expect(at.state.drag).toBe(share)
        at.mouse('drag', column, row)
        const [edge, pane] = edges[share]
        const rect = rects(at).get(pane)!
        const others = [...rects(at).values()].filter(other => other !== rect)
        const pressed =
          others.some(other => (edge === 'left' ? other.width <= 16 : other.height <= 3)) || rect.height <= 3
        if (!pressed) expect(rect[edge]).toBe(edge === 'left' ? column : row)
      }),
      { numRuns: 200 },
    )
  })
})

it('nothing is asked of the mouse where there is no pane', () => {
  const state = initialState({ columns: 10, rows: 3 })
  const event = {
    type: 'mouse',
    button: 'left',
    column: 1,
    row: 1,
    ctrl: false,
    shift: false,
    alt: false,
  } as const
  expect(mouseActions(state, { ...event, action: 'press' })).toEqual([])
})
