import { describe, expect, it } from 'vitest'
import { At, facts } from './at.ts'

// At 120x40 the list has 11 rows below its title, tree and bytes 15, the explanation 9.
const walkthrough = () => At.open('walkthrough.pcap')

describe('in the list', () => {
  it.each([
    [1, []],
    [3, ['j', 'j']],
    [2, ['down', 'down', 'up']],
    [1, ['k', 'k']],
    [8, ['7', 'j']],
    [12, ['9', '9', 'j']],
    [5, ['G', '7', 'k']],
    [11, ['pagedown']],
    [12, ['ctrl-f', 'ctrl-f']],
    [2, ['G', 'pageup']],
    [2, ['G', 'ctrl-b']],
    [6, ['ctrl-d']],
    [7, ['G', 'ctrl-u']],
    [12, ['G']],
    [12, ['end']],
    [1, ['G', 'g', 'g']],
    [1, ['end', 'home']],
    [5, ['5', 'G']],
    [5, ['5', 'g', 'g']],
    [12, ['1', '0', '0', 'G']],
    [12, ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '1', '2', '3', '4', '5', '6', '7', '8', 'G']],
    [3, [']', ']']],
    [1, [']', '[', '[']],
    [4, ['3', ']']],
    [9, ['G', '3', '[']],
    [7, [':', '7', 'return']],
  ] as const)('packet %i is reached by %j', async (packet, keys) => {
    const at = (await walkthrough()).press(...keys)
    expect(at.state.packet).toBe(packet)
    expect(at.detail.number).toBe(packet)
    expect(at.state.times).toBeUndefined()
  })

  it('keeps two rows around the cursor in sight, and scrolls no further than it must', async () => {
    // Twelve packets in eleven rows.
    const at = await walkthrough()
    expect(at.press('9', 'G').state.tops.packets).toBe(0)
    expect(at.press('j').state.tops.packets).toBe(1)
    expect(at.press('4', 'G').state.tops.packets).toBe(1)
    expect(at.press('k').state.tops.packets).toBe(0)
  })

  it('has its cursor at the edge where there is little room', async () => {
    // Five rows below the titles: what is around the cursor would be most of them.
    const at = (await At.open('walkthrough.pcap', 120, 8)).press('5', 'G')
    expect(at.state.tops.packets).toBe(0)
    expect(at.press('j').state.tops.packets).toBe(1)
  })

  it('is stepped through from the other panes too, which keep the focus', async () => {
    const at = (await walkthrough()).press('tab', ']', ']', '[')
    expect([at.state.packet, at.state.focus]).toEqual([2, 'tree'])
    expect(at.press('9', 'G').state.packet).toBe(9)
  })
})

describe('panes', () => {
  it('come one after the other', async () => {
    const at = await walkthrough()
    const seen = ['tab', 'tab', 'tab', 'tab', 'shift-tab', 'shift-tab'].map(key => at.press(key).state.focus)
    expect(seen).toEqual(['tree', 'bytes', 'explanation', 'packets', 'explanation', 'bytes'])
    expect(at.press('ctrl-w', 'w').state.focus).toBe('explanation')
  })

  it('that are not shown are passed over', async () => {
    const at = (await walkthrough()).press('e', 'tab', 'tab', 'tab')
    expect(at.state.focus).toBe('packets')
    expect(at.press('shift-tab').state.focus).toBe('bytes')
  })

  it('have numbers, once nothing follows the digit', async () => {
    const at = await walkthrough()
    for (const [key, pane] of [
      ['2', 'tree'],
      ['3', 'bytes'],
      ['4', 'explanation'],
      ['1', 'packets'],
    ] as const)
      expect(at.press(key).do({ type: 'expired' }).state.focus).toBe(pane)
    expect(at.press('5').do({ type: 'expired' }).state).toMatchObject({ focus: 'packets', times: undefined })
    expect(at.press('?', '2').do({ type: 'expired' }).press('?').state.focus).toBe('packets')
    expect(at.press('y').do({ type: 'expired' }).state).toMatchObject({ focus: 'packets', pending: [] })
  })

  it('are looked into with Enter, and back to the tree from the bytes', async () => {
    const at = await walkthrough()
    expect(at.press('return').state.focus).toBe('tree')
    expect(at.press('tab', 'return').state.focus).toBe('tree')
  })
})

describe('in the bytes', () => {
  // Packet 2, as the article reads it: 0x08 is the TTL, 0x0c to 0x0f and 0x10 to 0x13 the addresses, at 0x14 the inner header.
  const bytes = async () => (await walkthrough()).press('j', '3').do({ type: 'expired' })

  it.each([
    [0x00, 'ip', []],
    [0x01, 'ip ip.dsfield', ['l']],
    [0x10, 'ip ip.dst', ['j']],
    [0x14, 'ip/ip ip.version', ['j', '4', 'l']],
    [0x1c, 'ip/ip ip.ttl', ['j', '1', '2', 'right']],
    [0x0f, 'ip ip.src', ['j', 'left']],
    [0x00, 'ip ip.version', ['h']],
    [0x65, 'ip/ip/icmp/data data.data', ['G']],
    [0x65, 'ip/ip/icmp/data data.data', ['G', 'l', 'j']],
    [0x64, 'ip/ip/icmp/data data.data', ['G', 'h', 'j']],
    [0x60, 'ip/ip/icmp/data data.data', ['pagedown']],
    [0x00, 'ip ip.version', ['G', 'home']],
    [0x05, 'ip ip.id', ['G', 'pageup']],
    [0x08, 'ip ip.ttl', ['8', 'l', 'k']],
  ] as const)('byte %i is in %s, reached by %j', async (byte, path, keys) => {
    const at = (await bytes()).press(...keys)
    expect([at.state.byte, at.path]).toEqual([byte, path])
  })

  it('the last row is shorter: its end is as far as the cursor goes, and the column is not found again', async () => {
    const at = (await bytes()).press('8', 'l', '5', 'j')
    expect(at.state.byte).toBe(0x58)
    expect(at.press('j').state.byte).toBe(0x65)
  })

  it('follow what is selected in the tree', async () => {
    const at = (await walkthrough()).press('j').to('ip/ip ip.ttl')
    expect(at.state.byte).toBe(0x1c)
  })
})

describe('in the explanation', () => {
  it('scrolls, no further than there is something, and begins anew for another field', async () => {
    // Four rows of one pane: every explanation is longer.
    const at = (await At.open('walkthrough.pcap', 30, 7)).press('tab', 'tab', 'tab')
    const top = () => at.state.tops.explanation
    at.press('j')
    expect(top()).toBe(1)
    at.press('9', '9', 'j')
    const last = top()
    expect(last).toBeGreaterThan(1)
    expect(at.press('j').state.tops.explanation).toBe(last)
    expect(at.press('g', 'g', 'j').state.tops.explanation).toBe(1)
    expect(at.press('space').state.tops.explanation).toBe(0)
    expect(at.press('j', ']').state.tops.explanation).toBe(0)
  })
})

describe('jumps', () => {
  it('to a packet that is not there go to the nearest one, and say so', async () => {
    const at = (await walkthrough()).press('1', '2', '0', 'G')
    expect([at.state.packet, at.said]).toEqual([12, 'there is no packet 120; the last packet is 12'])
    at.press(':').type('0').press('return')
    expect([at.state.packet, at.said]).toEqual([1, 'there is no packet 0; the first packet is 1'])
    at.do({ type: 'surveyed', capture: facts(12, { complete: false }) })
      .press(':')
      .type('13')
      .press('return')
    expect([at.state.packet, at.said]).toEqual([12, 'there is no packet 13; the last packet so far is 12'])
    expect(at.press('5', 'G').said).toBe('')
  })

  it('are gone back from and forward to', async () => {
    const at = (await walkthrough()).press('5', 'G', '9', 'G', 'j')
    const seen = ['ctrl-o', 'alt-left', 'alt-right', 'alt-right'].map(key => at.press(key).state.packet)
    expect(seen).toEqual([5, 1, 5, 10])
  })

  it('say where there is nothing to go to', async () => {
    const at = (await walkthrough()).press('ctrl-o')
    expect([at.state.packet, at.said]).toEqual([1, 'nowhere to go back to'])
    expect(at.press('alt-right').said).toBe('nowhere to go forward to')
  })

  it('forget what was forward', async () => {
    const at = (await walkthrough()).press('5', 'G', '9', 'G', 'ctrl-o', '3', 'G', 'alt-right')
    expect(at.state.packet).toBe(3)
    expect(at.press('ctrl-o', 'ctrl-o').state.packet).toBe(1)
  })

  it('to where one is are none', async () => {
    const at = (await walkthrough()).press('1', 'G', 'g', 'g')
    expect(at.state.back).toEqual([])
  })

  it('go back and forth with two quotes', async () => {
    const at = (await walkthrough()).press('5', 'G')
    const seen = [1, 2, 3].map(() => at.press("'", "'").state.packet)
    expect(seen).toEqual([1, 5, 1])
  })

  it('are kept, a hundred of them', async () => {
    const at = await walkthrough()
    for (let i = 0; i < 120; i++) at.press(i % 2 ? '5' : '9', 'G')
    expect(at.state.back).toHaveLength(100)
  })
})

describe('marks', () => {
  it('are set and taken away, and the cursor goes on', async () => {
    const at = (await walkthrough()).press('space', 'space', 'k', 'space')
    expect([...at.state.marked]).toEqual([1])
    expect(at.state.packet).toBe(3)
    expect(at.press('G', 'space').state.packet).toBe(12)
    expect([...at.state.marked]).toEqual([1, 12])
    expect(at.do({ type: 'unmark-all' }).state.marked.size).toBe(0)
  })

  it('are jumped to, from one to the next', async () => {
    const at = (await walkthrough()).press('9', 'G', 'space', '4', 'G', 'space', '6', 'G')
    expect(at.press("'", ']').state.packet).toBe(9)
    expect(at.press("'", ']')).toMatchObject({ said: 'no further marked packet' })
    expect(at.press("'", '[').state.packet).toBe(4)
    expect(at.press('ctrl-o').state.packet).toBe(9)
  })

  it('stay out of the way of letters', async () => {
    const at = (await walkthrough()).press('3', 'G', 'm', 'a', 'G', 'm', '7', 'g', 'g')
    expect(at.press("'", 'a').state.packet).toBe(3)
    expect(at.press("'", '7').state.packet).toBe(12)
    expect(at.press('ctrl-o').state.packet).toBe(3)
    expect(at.press("'", 'b')).toMatchObject({ said: 'no packet is at b; mb puts one there' })
    expect(at.state.packet).toBe(3)
  })
})

describe('time', () => {
  it('is counted in five ways, one after the other', async () => {
    const at = await walkthrough()
    const seen = Array.from({ length: 5 }, () => at.press('t').state.time)
    expect(seen).toEqual(['relative', 'delta', 'date', 'epoch', 'time'])
  })

  it('counts from packets that were chosen, kept in order', async () => {
    const at = (await walkthrough()).press('9', 'G', 'T', '4', 'G', 'T')
    expect([at.state.references, at.state.time]).toEqual([[4, 9], 'relative'])
    expect(at.press('T').state.references).toEqual([9])
  })
})
