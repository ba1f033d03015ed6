import { expect, it } from 'vitest'
import type { TestTerminal } from '../terminal.ts'
import {
  cursorLine,
  highlighted,
  lesson,
  linesOf,
  parts,
  range,
  selectedName,
  selectedPacket,
  shownBytes,
} from './screen-parts.ts'
import { describeScreen, open, press, pressUntil, walkthrough, words } from './vpnscope.ts'

/** How the footer names keys. */
const footerNames = { down: '↓', return: 'Enter', right: '→', tab: 'Tab' }

/** Presses a key that the footer tells of just now. */
async function pressNamed(terminal: TestTerminal, key: keyof typeof footerNames): Promise<void> {
  expect(terminal.line(terminal.rows - 1)).toContain(footerNames[key])
  await press(terminal, key)
}

const treeText = (terminal: TestTerminal) => linesOf(terminal, parts(terminal).tree).join('\n')

/** Packet 2 of the walkthrough with its inner destination address selected. */
async function innerDestination(columns = 120, rows = 40): Promise<TestTerminal> {
  const terminal = await open([walkthrough], { columns, rows })
  await pressNamed(terminal, 'down')
  await pressNamed(terminal, 'return')
  await pressNamed(terminal, 'down')
  expect(selectedName(terminal)).toBe('Internet Protocol version 4')
  await pressNamed(terminal, 'right')
  for (let i = 0; i < 20 && !cursorLine(terminal).startsWith('Destination'); i++)
    await pressNamed(terminal, 'down')
  return terminal
}

describeScreen('a newcomer', () => {
  it.each([
    [80, 24],
    [120, 40],
    [200, 50],
  ])(
    'finds the encapsulated ping, and where it goes, with keys of the footer only, on %ix%i',
    async (columns, rows) => {
      const terminal = await innerDestination(columns, rows)
      expect(selectedPacket(terminal)).toBe(2)
      expect(cursorLine(terminal, 'packets')).toMatch(/^2 .*172\.16\.0\.2 ?→ ?(172\.16\.0)?\.1 .*Echo re/)
      expect(cursorLine(terminal)).toMatch(/^Destination +172\.16\.0\.1\b/)
      // The inner header begins at byte 20; the destination is the last of its five words.
      expect(lesson(terminal)).toMatch(/^Destination .*RFC 791.*bytes 0x0024–0x0027/)
      const text = linesOf(terminal, parts(terminal).explanation).join(' ')
      expect(text).toContain('ac10 0001')
      expect(text).toContain('172.16.0.1')
      expect(text).toMatch(/Where the packet is to go/)
      expect(highlighted(terminal)).toEqual(range(36, 40))
    },
  )

  it('sees the field stand out, what is around it shaded, and each layer in its own colour', async () => {
    const terminal = await innerDestination()
    const at = new Map(shownBytes(terminal).map(byte => [byte.offset, byte]))
    const hex = range(36, 40).map(offset => at.get(offset)?.text)
    expect(hex).toEqual(['ac', '10', '00', '01'])
    const grounds = (start: number, end: number) =>
      new Set(range(start, end).map(offset => at.get(offset)?.cell.bg))
    expect(grounds(20, 36).size).toBe(1)
    expect(grounds(20, 36)).not.toEqual(grounds(0, 20))
    expect(grounds(0, 20)).toEqual(new Set(['default']))
    expect(grounds(40, 102)).toEqual(new Set(['default']))
    // The outer header, the inner one, ICMP, its data.
    const letters = (start: number, end: number) =>
      new Set(range(start, end).map(offset => at.get(offset)?.cell.fg))
    const bands = [letters(0, 20), letters(20, 36), letters(40, 48), letters(48, 102)]
    expect(bands.map(band => band.size)).toEqual([1, 1, 1, 1])
    expect(new Set(bands.flatMap(band => [...band])).size).toBe(4)
    // The stack in the list has the same colours.
    const { packets } = parts(terminal)
    const row = packets.top + 1
    const stack = terminal.line(row).indexOf('ip/ip/icmp')
    expect([0, 3, 6].map(i => terminal.cell(stack + i, row).fg)).toEqual(
      [0, 20, 40].map(offset => at.get(offset)?.cell.fg),
    )
  })
})

describeScreen('moving', () => {
  it('goes through the list by line, to its ends and to a number', async () => {
    const terminal = await open([walkthrough])
    const visited: number[] = []
    for (const keys of [
      ['j'],
      ['j'],
      ['k'],
      ['G'],
      ['g', 'g'],
      ['5', 'G'],
      [':', '7', 'return'],
      [']'],
      ['['],
    ]) {
      await press(terminal, ...keys)
      visited.push(selectedPacket(terminal))
      expect(cursorLine(terminal, 'packets')).toMatch(new RegExp(`^${selectedPacket(terminal)} `))
    }
    expect(visited).toEqual([2, 3, 2, 12, 1, 5, 7, 8, 7])
  })

  it('goes from pane to pane, and shows which one has the keys', async () => {
    const terminal = await open([walkthrough])
    const focus = () => {
      const { packets, tree, bytes, explanation } = parts(terminal)
      const marks = [packets.left, tree.left, bytes.left - 1, explanation.left]
      const rows = [packets.top, tree.top, bytes.top, explanation.top]
      return marks.flatMap((column, i) => (terminal.cell(column, rows[i]! - 1).char === '►' ? [i] : []))
    }
    expect(focus()).toEqual([0])
    const seen: number[][] = []
    for (const key of ['tab', 'tab', 'tab', 'tab', 'shift-tab', 'shift-tab', 'shift-tab']) {
      await press(terminal, key)
      seen.push(focus())
    }
    expect(seen).toEqual([[1], [2], [3], [0], [3], [2], [1]])
    // A digit alone goes to its pane, after a moment in which more digits could follow.
    terminal.press('3')
    await terminal.until(() => focus()[0] === 2)
  })

  it('shows one pane alone, arranges them in another way, and shares the room anew', async () => {
    const terminal = await open([walkthrough])
    const usual = words(terminal)
    await press(terminal, 'tab', 'z')
    expect(terminal.text()).toMatch(/Layers/)
    expect(terminal.text()).not.toMatch(/Outer addresses|Bytes/)
    await press(terminal, 'z', 'shift-tab')
    expect(words(terminal)).toBe(usual)
    const taller = parts(terminal).tree.top
    await press(terminal, '+')
    expect(parts(terminal).tree.top).toBeGreaterThan(taller)
    await press(terminal, '=', '|')
    expect(words(terminal)).not.toBe(usual)
    await press(terminal, '|', '|')
    expect(words(terminal)).toBe(usual)
    await press(terminal, 'e')
    expect(terminal.text()).not.toContain('on best effort')
    await press(terminal, 'e')
    expect(words(terminal)).toBe(usual)
  })
})

describeScreen('folding', () => {
  it('unfolds and folds a layer, all of it, everything', async () => {
    const terminal = await open([walkthrough], { rows: 100 })
    await press(terminal, 'tab')
    expect(treeText(terminal).trim().split('\n')).toHaveLength(4)
    expect(cursorLine(terminal)).toMatch(/^▸ 1 IPv4/)
    await press(terminal, 'right')
    expect(cursorLine(terminal)).toMatch(/^▾ 1 IPv4/)
    expect(treeText(terminal)).toMatch(/Time to live +64/)
    expect(treeText(terminal)).not.toContain('Time to live             255')
    await press(terminal, 'left')
    expect(treeText(terminal).trim().split('\n')).toHaveLength(4)
    // Flags hold three bits each header: only the one below the cursor unfolds with all that is inside.
    const flags = () =>
      treeText(terminal)
        .split('\n')
        .filter(line => /Don.t fragment/i.test(line)).length
    await press(terminal, '*')
    expect(flags()).toBe(1)
    await press(terminal, 'E')
    expect(flags()).toBe(2)
    await press(terminal, 'C')
    expect(treeText(terminal).trim().split('\n')).toHaveLength(4)
  })

  it('draws bits below the byte that they are part of', async () => {
    const terminal = await open([walkthrough], { rows: 100 })
    await press(terminal, 'E')
    // 0x45: version 4, five words.
    expect(treeText(terminal)).toMatch(
      /Version +4.* 0100 \.\.\.\.\n.*Header length +20 bytes.* \.\.\.\. 0101\n/,
    )
  })

  it('keeps cursor and folding from packet to packet', async () => {
    const terminal = await innerDestination()
    await press(terminal, '[')
    expect(selectedPacket(terminal)).toBe(1)
    expect(cursorLine(terminal)).toMatch(/^Destination +172\.16\.0\.2\b/)
    expect(highlighted(terminal)).toEqual(range(36, 40))
    // Around it there is an IPv6 header of 40 bytes now, so it is another stack, which opens where the field is.
    await press(terminal, ']', ']')
    expect(selectedPacket(terminal)).toBe(3)
    expect(cursorLine(terminal)).toMatch(/^Destination +172\.16\.0\.2\b/)
    expect(lesson(terminal)).toContain('bytes 0x0038–0x003b')
    // No tunnel: the one header that there is.
    await press(terminal, ']', ']')
    expect(selectedPacket(terminal)).toBe(5)
    expect(cursorLine(terminal)).toMatch(/^Destination +192\.168\.1\.1\b/)
    await press(terminal, '3', 'G')
    expect(lesson(terminal)).toContain('bytes 0x0038–0x003b')
  })

  it('goes from a field to what is around it, and folds that', async () => {
    const terminal = await innerDestination()
    await press(terminal, 'left')
    expect(cursorLine(terminal)).toMatch(/^▾ 2 IPv4/)
    await press(terminal, 'h')
    expect(cursorLine(terminal)).toMatch(/^▸ 2 IPv4/)
    await pressUntil(terminal, 'j', () => cursorLine(terminal).startsWith('▸ 4 Data'))
    expect(highlighted(terminal)).toEqual(range(48, 102))
  })
})
