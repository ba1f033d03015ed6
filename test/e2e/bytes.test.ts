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
  selectedRange,
  shownBytes,
} from './screen-parts.ts'
import { bundled, describeScreen, open, press, walkthrough } from './vpnscope.ts'

/** Packet 2 of the walkthrough with the keys in the bytes. */
async function inBytes(): Promise<TestTerminal> {
  const terminal = await open([walkthrough])
  await press(terminal, 'j', 'tab', 'tab')
  return terminal
}

/** Where a byte of the frame is on the screen: its digits, and its character behind the digits of the row. */
function placesOf(terminal: TestTerminal, offset: number) {
  const shown = shownBytes(terminal)
  const byte = shown.find(each => each.offset === offset)
  if (byte === undefined) throw new Error(`byte ${offset} is not on the screen`)
  const inRow = shown.filter(each => each.row === byte.row)
  const perRow = Math.max(...shown.map(each => shown.filter(other => other.row === each.row).length))
  expect(inRow).toHaveLength(perRow)
  return {
    digits: [byte.column, byte.row],
    character: [inRow.at(-1)!.column + 4 + inRow.indexOf(byte), byte.row],
  } as const
}

/** What the tree, the lesson and the bytes say is selected; they must agree. */
function selection(terminal: TestTerminal): readonly [name: string, start: number, end: number] {
  const [start, end] = selectedRange(terminal)
  // The byte below the cursor has a ground of its own.
  const outside = highlighted(terminal).filter(offset => offset < start || offset >= end)
  expect(outside).toEqual([])
  expect(cursorLine(terminal).replace(/^[▸▾] \d /, '')).not.toBe('')
  return [selectedName(terminal), start, end]
}

describeScreen('the bytes', () => {
  it('are walked with keys, and the tree follows', async () => {
    const terminal = await inBytes()
    // 4500 0068: version and header length, services, total length.
    expect(selection(terminal).slice(1)).toEqual([0, 20])
    await press(terminal, 'l', 'l')
    expect(selection(terminal)).toEqual(['Total length', 2, 4])
    expect(cursorLine(terminal)).toMatch(/^Total length +104 bytes/)
    await press(terminal, 'l')
    expect(selection(terminal)).toEqual(['Total length', 2, 4])
    await press(terminal, '5', 'l')
    // 0x40: 64 hops.
    expect(selection(terminal)).toEqual(['Time to live', 8, 9])
    expect(cursorLine(terminal)).toMatch(/^Time to live +64/)
    await press(terminal, 'h')
    expect(selection(terminal)).toEqual(['Fragment offset', 6, 8])
    // A row of sixteen or of eight bytes.
    const perRow = shownBytes(terminal).filter(byte => byte.row === shownBytes(terminal)[0]?.row).length
    await press(terminal, 'j')
    const [, start, end] = selection(terminal)
    expect(start <= 7 + perRow && 7 + perRow < end).toBe(true)
  })

  it('are clicked in digits and in characters, and the tree follows into the other layers', async () => {
    const terminal = await open([walkthrough])
    await press(terminal, 'j')
    const click = async (place: readonly [number, number]) => {
      const before = terminal.text()
      terminal.click(...place)
      await terminal.until(() => terminal.text() !== before)
    }
    await click(placesOf(terminal, 0x1c).digits)
    expect(selection(terminal)).toEqual(['Time to live', 0x1c, 0x1d])
    expect(cursorLine(terminal)).toMatch(/^Time to live +255/)
    await click(placesOf(terminal, 0x2d).character)
    expect(selection(terminal)).toEqual(['Identifier', 0x2c, 0x2e])
    await click(placesOf(terminal, 0x2f).character)
    expect(selection(terminal)).toEqual(['Sequence number', 0x2e, 0x30])
    await click(placesOf(terminal, 0x23).digits)
    expect(selection(terminal)).toEqual(['Source', 0x20, 0x24])
    expect(cursorLine(terminal)).toMatch(/^Source +172\.16\.0\.2/)
  })

  it('stand in binary and in decimal, one by one and in fours', async () => {
    const terminal = await inBytes()
    const first = () => linesOf(terminal, parts(terminal).bytes)[0]
    const seen = [first()]
    for (const key of ['w', 'w', 'w']) {
      await press(terminal, key)
      seen.push(first())
    }
    expect(
      seen.map(line =>
        line
          ?.replace(/^ *0000 +/, '')
          .slice(0, 11)
          .trim(),
      ),
    ).toEqual(['4500 0068 8', '45000068 8b', '45 00 00 68', '4500 0068 8'])
    await press(terminal, 'b')
    expect(first()).toMatch(/0000 +01000101 00000000 00000000 01101000/)
    await press(terminal, 'b')
    expect(first()).toMatch(/0000 +69 +0 +0 104 139 +11/)
    await press(terminal, 'b')
    expect(first()).toBe(seen[0])
  })

  it('show the bits of the byte below the cursor', async () => {
    const terminal = await inBytes()
    const title = () => terminal.line(parts(terminal).bytes.top - 1)
    expect(title()).toMatch(/0100 0101/)
    await press(terminal, '8', 'l')
    expect(title()).toMatch(/0100 0000/)
  })

  it('show which digit and which bits a part of a byte is', async () => {
    const terminal = await open([walkthrough])
    // 0x45: version 4 in the upper four bits, five words of header in the lower ones (RFC 791 §3.1).
    const looks = () => {
      const { column, row } = shownBytes(terminal)[0]!
      return [0, 1].map(digit => terminal.cell(column + digit, row).inverse)
    }
    const bits = () => {
      const row = parts(terminal).bytes.top - 1
      const from = terminal.line(row).indexOf('0100 0101')
      return Array.from({ length: 9 }, (_, i) => (terminal.cell(from + i, row).inverse ? '^' : ' ')).join('')
    }
    await press(terminal, 'return', 'right', 'right')
    expect(selectedName(terminal)).toBe('Version')
    expect([looks(), bits()]).toEqual([[true, false], '^^^^     '])
    await press(terminal, 'space')
    expect(selectedName(terminal)).toBe('Header length')
    expect([looks(), bits()]).toEqual([[false, true], '     ^^^^'])
  })

  it('of a datagram put together from fragments are a buffer of their own', async () => {
    const terminal = await open([bundled('frag-inner-gre.pcap')])
    // The third fragment of a ping of 3028 bytes: 3008 bytes behind the IP header, 0x0bc0.
    await press(terminal, '5', 'G')
    const firstRow = () => linesOf(terminal, parts(terminal).bytes)[0]
    const frame = firstRow()
    expect(frame).toMatch(/0000 +fee1 bbd1 0002/)
    await press(terminal, 'B')
    // An echo request, and its checksum, as tcpdump -x prints packet 3 behind its IP header.
    expect(firstRow()).toMatch(/0000 +0800 0331 003e 0001/)
    expect(cursorLine(terminal)).toMatch(/ICMP .*[Rr]eassembled/)
    await press(terminal, 'tab', 'tab', 'G')
    expect(
      linesOf(terminal, parts(terminal).bytes)
        .filter(line => line !== '')
        .at(-1),
    ).toMatch(/^ *0bb/)
    await press(terminal, 'B')
    expect(firstRow()).toBe(frame)
    await press(terminal, '3', 'G', 'B')
    expect(terminal.line(terminal.rows - 1)).toMatch(/no bytes but/)
  })
})

describeScreen('walking', () => {
  it('visits all fields of all layers in the order of the bytes, and goes back the same way', async () => {
    const terminal = await open([walkthrough])
    await press(terminal, 'j', 'tab')
    const steps: string[] = []
    const starts: number[] = []
    const visited = new Set<number>()
    const layers = new Set<string>()
    const take = () => {
      const [start, end] = selectedRange(terminal)
      steps.push(lesson(terminal))
      starts.push(start)
      // Headers as a whole do not count: every byte has to be a field's, or data.
      const layer = /^[▸▾] (\d) /.exec(cursorLine(terminal))?.[1]
      if (layer !== undefined) layers.add(layer)
      if (layer === undefined || start >= 48) for (const byte of range(start, end)) visited.add(byte)
    }
    take()
    for (let i = 0; i < 100; i++) {
      await press(terminal, 'space')
      if (/last field/.test(terminal.line(terminal.rows - 1))) break
      take()
    }
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
    expect(visited).toEqual(new Set(range(0, 102)))
    expect(layers).toEqual(new Set(['1', '2', '3', '4']))
    expect(selectedPacket(terminal)).toBe(2)
    const back = [lesson(terminal)]
    for (let i = 1; i < steps.length; i++) {
      await press(terminal, 'backspace')
      back.push(lesson(terminal))
    }
    expect(back).toEqual([...steps].reverse())
  })
})

describeScreen('the mouse', () => {
  it('selects a packet, a layer and what is inside, scrolls and drags borders', async () => {
    const terminal = await open([walkthrough])
    const { packets, tree } = parts(terminal)
    terminal.click(20, packets.top + 2)
    await terminal.until(() => selectedPacket(terminal) === 3)
    terminal.click(10, tree.top + 1)
    await terminal.until(() => cursorLine(terminal).startsWith('▸ 2 IPv4'))
    terminal.click(10, tree.top + 1)
    await terminal.until(() => cursorLine(terminal).startsWith('▾ 2 IPv4'))
    terminal.wheel(1, 20, packets.top + 2)
    await terminal.until(() => !linesOf(terminal, packets)[0]?.includes('17:35:01.121'))
    expect(selectedPacket(terminal)).toBe(3)
    terminal.drag([20, tree.top - 1], [20, tree.top + 3])
    await terminal.until(() => parts(terminal).tree.top === tree.top + 4)
    terminal.drag([tree.right, tree.top + 8], [tree.right - 10, tree.top + 8])
    await terminal.until(() => Math.abs(parts(terminal).tree.right - (tree.right - 10)) <= 1)
  })

  it('is left to the terminal where that is asked for', async () => {
    const terminal = await open([walkthrough, '--no-mouse'])
    expect(terminal.modes().mouse).toBe(false)
  })
})
