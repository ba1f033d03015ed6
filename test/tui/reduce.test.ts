import { describe, expect, it } from 'vitest'
import type { Action } from '../../src/tui/actions.ts'
import { arrangementOf } from '../../src/tui/layout.ts'
import { reduce } from '../../src/tui/reduce.ts'
import { initialState, panes, type State } from '../../src/tui/state.ts'
import { At, captureOf, facts } from './at.ts'

const walkthrough = (columns?: number, rows?: number) => At.open('walkthrough.pcap', columns, rows)
/** A capture of which so many packets are known, and that grows. */
const growing = async (count: number) =>
  new At(await captureOf('walkthrough.pcap')).do({
    type: 'opened',
    capture: facts(count, { complete: false }),
  })
const found = (count: number): Action => ({ type: 'surveyed', capture: facts(count, { complete: false }) })

describe('a capture that is opened', () => {
  it('is at its first packet, and keeps how things look and what was typed', async () => {
    const at = (await walkthrough()).press('|', 't', 'b', 'w', 'm', 'a', '5', 'G', 'space', 'E')
    at.press(':')
      .type('zoom')
      .press('return')
      .do({ type: 'opened', capture: facts(7) })
    const { state } = at
    expect(state).toMatchObject({ packet: 1, focus: 'packets', back: [], time: 'relative', radix: 'binary' })
    expect(state).toMatchObject({ group: 4, layout: { kind: 'rows', zoomed: true } })
    expect(state.history.command).toEqual(['zoom'])
    expect([state.places.size, state.marked.size, state.folding.open]).toEqual([0, 0, false])
  })

  it('leaves the start page, and the start page leaves it', async () => {
    const entries = [{ section: '', label: 'a', detail: '', path: '/a', kind: 'file' as const }]
    const { state } = (await walkthrough()).do({ type: 'started', entries })
    expect(state).toMatchObject({ capture: undefined, packet: 0, start: { entries, cursor: 0 } })
    expect(reduce(state, { type: 'opened', capture: facts(2) })).toMatchObject({ packet: 1 })
  })

  it('without packets has nothing to go to', async () => {
    const at = new At(await captureOf('walkthrough.pcap')).do({ type: 'opened', capture: facts(0) })
    for (const pane of panes) {
      at.do({ type: 'focus', pane })
      at.press(
        'j',
        'k',
        'G',
        'g',
        'g',
        '5',
        'G',
        ']',
        '[',
        'l',
        'h',
        'space',
        'return',
        '*',
        'E',
        'C',
        'B',
        'F',
      )
      at.press('ctrl-d', 'ctrl-u', 'T', 'm', 'a', "'", 'a', "'", "'", "'", ']', 'backspace')
    }
    expect(at.state).toMatchObject({ packet: 0, detail: undefined, byte: 0 })
  })
})

describe('a capture that grows', () => {
  it('shows its first packet as soon as there is one', async () => {
    const at = await growing(0)
    expect(at.state.packet).toBe(0)
    expect(at.do(found(3)).state.packet).toBe(1)
    expect(at.detail.number).toBe(1)
  })

  it('leaves the cursor where it is', async () => {
    const at = (await growing(3)).press('2', 'G').do(found(9))
    expect([at.state.packet, at.state.follow]).toEqual([2, false])
  })

  it('is followed from its last packet on, until one looks elsewhere', async () => {
    const at = (await growing(3)).press('G')
    expect([at.state.packet, at.state.follow]).toEqual([3, true])
    expect(at.do(found(9)).detail.number).toBe(9)
    at.press('k').do(found(12))
    expect([at.state.packet, at.state.follow]).toEqual([8, false])
    expect(at.press('F').state.packet).toBe(12)
    expect(at.press('F').state.follow).toBe(false)
  })

  it('is followed from the tree as well, on the same field', async () => {
    const at = (await growing(1)).press('E').to('ip/ip ip.ttl').press('F').do(found(2))
    expect([at.state.packet, at.path]).toEqual([2, 'ip/ip ip.ttl'])
  })

  it('can be paused, whatever it comes from', async () => {
    const at = (await growing(3)).press('p').do(found(9))
    expect(at.state).toMatchObject({ paused: true, arrived: 9, capture: { count: 3 } })
    expect(at.press('p').state).toMatchObject({ paused: false, capture: { count: 9 } })
  })

  it('that is complete is not paused', async () => {
    const { state } = (await walkthrough()).press('p')
    expect(state.paused).toBe(false)
    expect(state.message?.text).toBe('nothing to pause: all packets are here')
  })

  it('that is complete has a last packet like any other', async () => {
    expect((await walkthrough()).press('G').state.follow).toBe(false)
  })
})

describe('a search', () => {
  it('that finds something goes there, and back', async () => {
    const at = (await walkthrough()).do({ type: 'found', hit: { packet: 3, byte: 0x30 } })
    // Packet 3: 40 bytes of IPv6, then IPv4 whose TTL is its ninth byte.
    expect([at.state.packet, at.path, at.state.byte, at.state.sought]).toEqual([
      3,
      'ipv6/ip ip.ttl',
      0x30,
      undefined,
    ])
    at.do({ type: 'found', hit: { packet: 3, node: 4 } })
    expect(at.path).toBe('ipv6 ipv6.tclass ipv6.tclass.ecn')
    expect(at.press('ctrl-o').state.packet).toBe(1)
  })

  it('that finds another line leaves the cursor on its field', async () => {
    const at = (await walkthrough())
      .press('E')
      .to('ip/ip ip.ttl')
      .do({ type: 'found', hit: { packet: 2 } })
    expect([at.state.packet, at.path]).toEqual([2, 'ip/ip ip.ttl'])
  })
})

describe('how it looks', () => {
  it('is changed by keys, round and round', async () => {
    const at = await walkthrough()
    const seen = (key: string, of: (state: State) => unknown) => [1, 2, 3].map(() => of(at.press(key).state))
    expect(seen('|', state => state.layout.kind)).toEqual(['rows', 'sides', 'columns'])
    expect(seen('b', state => state.radix)).toEqual(['binary', 'decimal', 'hex'])
    expect(seen('w', state => state.group)).toEqual([4, 1, 2])
    expect(seen('z', state => state.layout.zoomed)).toEqual([true, false, true])
    expect(at.press('|').state.layout).toMatchObject({ kind: 'rows', zoomed: false })
  })

  it('has shares within bounds, and as they were at first', async () => {
    const at = await walkthrough()
    const first = at.state.layout
    expect(at.press('+').state.layout.packets).toBeCloseTo(0.37)
    at.press(...'+++++++++++++++>>>>>>>>>>>>>>>>>>>>')
    expect(at.state.layout).toMatchObject({ packets: 0.8, left: 0.8 })
    at.press(...'--------------------<<<<<<<<<<<<<<<<<<<<<<<')
    expect(at.state.layout).toMatchObject({ packets: 0.1, left: 0.1 })
    expect(at.press('=').state.layout).toEqual(first)
  })

  it('moves a border by some columns from where it is', async () => {
    const at = await walkthrough()
    // 4 % of 120 columns.
    expect(arrangementOf(at.press('>').state).panes.get('bytes')?.left).toBe(60)
    expect(arrangementOf(at.press('<', '<').state).panes.get('bytes')?.left).toBe(50)
  })

  it('hides the explanation, and its focus goes to the tree', async () => {
    const at = (await walkthrough()).press('shift-tab', 'e')
    expect(at.state).toMatchObject({ focus: 'tree', layout: { explanation: false } })
    expect(at.press('4').do({ type: 'expired' }).state).toMatchObject({
      focus: 'explanation',
      layout: { explanation: true },
    })
  })

  it('keeps the cursor on the screen when that shrinks', async () => {
    const at = (await walkthrough(120, 60)).press('E', 'G', 'tab', 'G')
    at.do({ type: 'resized', size: { columns: 80, rows: 24 } })
    expect(at.state.tops).toMatchObject({ packets: 6, tree: at.detail.nodes.length - 8 })
    at.do({ type: 'resized', size: { columns: 200, rows: 100 } })
    expect(at.state.tops).toMatchObject({ packets: 0, tree: 0 })
  })
})

describe('the help', () => {
  it('scrolls, to its end and no further, and leaves everything else alone', async () => {
    const at = (await walkthrough()).press('?', 'j', 'j', 'k')
    expect([at.state.help, at.state.packet]).toEqual([1, 1])
    const last = at.press('G').state.help!
    expect(last).toBeGreaterThan(1)
    expect(at.press('j', 'pagedown').state.help).toBe(last)
    expect(at.press('g', 'g', 'k').state.help).toBe(0)
    expect(at.press('z').state).toMatchObject({ help: 0, layout: { zoomed: false } })
  })

  it.each(['?', 'f1', 'q', 'return', 'escape'])('is closed by %s', async key => {
    const at = (await walkthrough()).press('?', key)
    expect([at.state.help, at.done.at(-1)?.type]).not.toContain('quit')
    expect(at.state.help).toBeUndefined()
  })
})

it('what it cannot do itself leaves the state as it is', () => {
  const state = initialState({ columns: 80, rows: 24 })
  const wishes: Action[] = [
    { type: 'quit' },
    { type: 'suspend' },
    { type: 'redraw' },
    { type: 'copy', what: 'value' },
    { type: 'find-next', by: 1 },
    { type: 'stop' },
    { type: 'open', path: 'x' },
    { type: 'save', path: 'x', of: 'all', over: false },
    { type: 'theme', name: 'dark' },
    { type: 'start-page' },
    { type: 'open-entry' },
  ]
  for (const wish of wishes) expect(reduce(state, wish)).toBe(state)
})
