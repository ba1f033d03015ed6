import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressText } from '../../src/tui/packet-addresses.ts'
import { columnsOf, cutTime, noWishes, stackSpans, timeText, wishesOf } from '../../src/tui/packet-columns.ts'
import type { PacketLine } from '../../src/tui/packet-line.ts'
import { PacketLines } from '../../src/tui/packet-lines.ts'
import { packetRow } from '../../src/tui/packet-rows.ts'
import { initialState, timeModes } from '../../src/tui/state.ts'
import { textOf } from '../../src/tui/text.ts'
import { captureNames } from '../captures.ts'
import { captureOf } from './at.ts'

const widths = Array.from({ length: 221 }, (_, i) => 80 + i)

/** What the list says of the first packets of a capture. */
async function linesOf(name: string): Promise<PacketLine[]> {
  const capture = await captureOf(name)
  const lines = new PacketLines(capture)
  return Array.from({ length: Math.min(capture.count, 30) }, (_, i) => lines.get(i + 1))
}

describe('the columns', () => {
  it.each(captureNames)('of %s fill 80 to 300 columns, one blank between two', async name => {
    const lines = await linesOf(name)
    const bad: string[] = []
    for (const mode of timeModes) {
      const times = lines.map(line => timeText(line.time, mode, lines[0]!.time))
      const wishes = wishesOf(noWishes, lines, times)
      for (const width of widths) {
        // Two for the signs of cursor and mark, one at the left of the pane.
        const columns = columnsOf(wishes, width - 3)
        const sum = columns.reduce((total, column) => total + column.width + 1, -1)
        if (sum !== width - 3 || columns.some(column => column.width < column.title.slice(0, 3).length))
          bad.push(`${mode} at ${width}`)
      }
    }
    expect(bad).toEqual([])
  })

  it('are those of both addresses where there is a tunnel, else of one', async () => {
    const wishes = (lines: readonly PacketLine[]) => wishesOf(noWishes, lines, [])
    const names = (lines: readonly PacketLine[]) => columnsOf(wishes(lines), 117).map(({ title }) => title)
    const tunnel = await linesOf('walkthrough.pcap')
    expect(names(tunnel)).toEqual(
      expect.arrayContaining(['Outer addresses', 'Inner addresses', 'What it says']),
    )
    expect(names(tunnel.slice(4))).toContain('Addresses')
    expect(names(tunnel.slice(4))).not.toContain('Inner addresses')
  })

  it('are one for all addresses where there is little room, with times to the second', async () => {
    const lines = await linesOf('walkthrough.pcap')
    const wishes = wishesOf(noWishes, lines, ['20:48:08.624410'])
    // 69 columns of the screen, three of them for signs.
    const columns = columnsOf(wishes, 66)
    expect(columns.map(({ name }) => name)).toEqual(['number', 'time', 'stack', 'inner', 'length', 'info'])
    expect(columns.map(({ title }) => title)).toContain('Addresses')
    expect(columns.find(({ name }) => name === 'time')?.width).toBe('20:48:08'.length)
    expect(columnsOf(wishes, 67).map(({ name }) => name)).toContain('outer')
    // What passed since the packet before is in the fraction.
    const delta = columnsOf(wishesOf(noWishes, lines, ['0.000810']), 66)
    expect(delta.find(({ name }) => name === 'time')?.width).toBe('0.000810'.length)
  })

  it('never shrink while one scrolls', async () => {
    const lines = await linesOf('walkthrough.pcap')
    const all = wishesOf(noWishes, lines, ['20:48:08.624410'])
    expect(wishesOf(all, lines.slice(4, 5), ['0'])).toEqual(all)
  })

  it.each(['walkthrough.pcap', 'gre-key.pcap', 'geneve.pcap'])(
    'say all of a ping in %s at 120 columns, with both addresses of both headers, before blanks and microseconds',
    async name => {
      const lines = await linesOf(name)
      const times = lines.map(line => timeText(line.time, 'time', lines[0]!.time))
      const columns = columnsOf(wishesOf(noWishes, lines, times), 117)
      const state = initialState({ columns: 120, rows: 30 })
      const pings = lines.filter(line => line.info.startsWith('Echo re'))
      expect(pings.length).toBeGreaterThan(1)
      for (const line of pings) {
        const row = textOf(packetRow(state, line, times[line.number - 1]!, columns, 119))
        expect(row).toContain(line.info)
        for (const address of [line.inner!.source, line.inner!.destination, line.outer!.source])
          expect(row).toContain(address)
      }
    },
  )

  it('give all there is to say its room at 200 columns', async () => {
    const lines = await linesOf('walkthrough.pcap')
    const wishes = wishesOf(noWishes, lines, ['20:48:08.624410'])
    const given = Object.fromEntries(columnsOf(wishes, 197).map(({ name, width }) => [name, width]))
    // fd3e:62ee:99db:bb1a::1→::2, 172.16.0.1 → 172.16.0.2, ip/udp/isakmp.
    expect(given).toMatchObject({ number: 2, time: 15, stack: 13, outer: 26, inner: 23, length: 3 })
  })
})

describe('two addresses', () => {
  const alice = { source: '192.168.1.1', destination: '192.168.1.2' }
  const alice6 = { source: 'fd3e:62ee:99db:bb1a::1', destination: 'fd3e:62ee:99db:bb1a::2' }

  it.each([
    [alice, 25, '192.168.1.1 → 192.168.1.2'],
    [alice, 24, '192.168.1.1→192.168.1.2'],
    [alice, 22, '192.168.1.1→.2'],
    [alice, 14, '192.168.1.1→.2'],
    [{ ...alice, destination: '192.170.1.1' }, 22, '192.168.1.1→.170.1.1'],
    [{ ...alice, destination: '10.1.1.1' }, 20, '192.168.1.1→10.1.1.1'],
    [alice6, 47, 'fd3e:62ee:99db:bb1a::1 → fd3e:62ee:99db:bb1a::2'],
    [alice6, 44, 'fd3e:62ee:99db:bb1a::1→::2'],
    [{ source: '::1', destination: '::2' }, 7, '::1→::2'],
    [{ source: 'fe80::1', destination: 'ff02::1' }, 15, 'fe80::1→ff02::1'],
    // `:5` would be read as `fe80::1:2:5`.
    [{ source: 'fe80::1:2:3', destination: 'fe80::1:5' }, 20, 'fe80::1:2:3→::1:5'],
    [{ source: 'fe80::1:2:3', destination: 'fe80::1:2:4' }, 20, 'fe80::1:2:3→:4'],
  ])('%j in %i columns', (addresses, columns, expected) => {
    expect(addressText(addresses, columns)).toBe(expected)
  })

  it('keep their ends where there is no room', () => {
    expect(addressText(alice6, 15)).toBe('fd3…::1→::2')
  })

  it('never take more columns than there are', () => {
    const addresses = fc.record({ source: fc.ipV6(), destination: fc.ipV6() })
    fc.assert(
      fc.property(
        fc.oneof(addresses, fc.record({ source: fc.ipV4(), destination: fc.ipV4() })),
        fc.nat(100),
        (pair, n) => {
          expect(addressText(pair, n).length).toBeLessThanOrEqual(Math.max(n, 1))
        },
      ),
    )
  })

  /** Reads a shortened address as a person does: as many parts as it has, in the place of those of the other one. */
  const lengthened = (first: string, short: string): string => {
    const mark = first.includes(':') ? ':' : '.'
    if (!short.startsWith(mark)) return short
    if (short.startsWith('::')) return first.slice(0, first.indexOf('::')) + short
    const [head = ''] = short.split('::')
    const end = short.includes('::') ? first.indexOf('::') : first.length
    const parts = head.split(mark).length - 1
    let cut = end
    for (let i = 0; i < parts; i++) cut = first.lastIndexOf(mark, cut - 1)
    return first.slice(0, cut) + short
  }

  // As RFC 5952 writes them, worked out by the URL parser.
  const ipv6 = fc
    .array(fc.constantFrom('0', '0', '1', '2', 'fd3e'), { minLength: 8, maxLength: 8 })
    .map(groups => new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1))
  const ipv4 = fc
    .array(fc.constantFrom('1', '2', '19', '192'), { minLength: 4, maxLength: 4 })
    .map(parts => parts.join('.'))

  it.each([
    ['IPv4', ipv4],
    ['IPv6', ipv6],
  ] as const)('of %s can be read again where the second one is shortened', (_, address) => {
    fc.assert(
      fc.property(address, address, (source, destination) => {
        const widest = `${source}→${destination}`.length
        for (let columns = widest; columns > source.length; columns--) {
          const [first, second] = addressText({ source, destination }, columns).split('→')
          if (first !== source || second!.includes('…')) continue
          // All zeros, and the loopback address: nothing is sent to them.
          if (destination.startsWith('::')) continue
          expect(lengthened(source, second!)).toBe(destination)
        }
      }),
      { numRuns: 3000 },
    )
  })
})

describe('a stack', () => {
  const stack = ['eth', 'ip', 'gre', 'ip', 'udp', 'vxlan', 'eth', 'ip', 'icmp']
  const text = (columns: number) => textOf(stackSpans(stack, columns))

  it.each([
    [40, 'eth/ip/gre/ip/udp/vxlan/eth/ip/icmp'],
    [35, 'eth/ip/gre/ip/udp/vxlan/eth/ip/icmp'],
    [30, 'eth/ip/gre/…/vxlan/eth/ip/icmp'],
    [17, 'eth/ip/…/ip/icmp'],
    [10, 'eth/…/icmp'],
    [7, '…/icmp'],
  ])('in %i columns', (columns, expected) => {
    expect(text(columns)).toBe(expected)
  })

  it.each([
    [18, 'eth/ip/gre/ip/icmp'],
    [17, '…/ip/gre/ip/icmp'],
    [15, '…/gre/ip/icmp'],
    [12, '…/ip/icmp'],
  ])('in %i columns does without the link before it does without the tunnel', (columns, expected) => {
    expect(textOf(stackSpans(['eth', 'ip', 'gre', 'ip', 'icmp'], columns, 1))).toBe(expected)
  })

  it('has the layers before the first network layer as those of the link', async () => {
    expect((await linesOf('gre.pcap')).find(({ stack }) => stack.includes('gre'))?.links).toBe(1)
    expect((await linesOf('walkthrough.pcap'))[0]?.links).toBe(0)
  })

  it('keeps the innermost layer however little room there is, and its colours', () => {
    for (let columns = 0; columns < 40; columns++) expect(text(columns)).toMatch(/icmp$/)
    // The innermost one is the ninth: its colour is the third.
    expect(stackSpans(stack, 17).at(-1)).toEqual({ text: 'icmp', role: 'layer-2' })
  })

  it('fits', () => {
    for (let columns = 6; columns < 40; columns++) expect(text(columns).length).toBeLessThanOrEqual(columns)
  })
})

describe('the time', () => {
  // Packet 2 of the walkthrough: 19 January 2020, 17:35:01.122106 UTC.
  const at = { seconds: 1579455301, fraction: 122106, digits: 6 }
  const before = { seconds: 1579455301, fraction: 121296, digits: 6 }

  it.each([
    ['time', /^\d\d:35:01\.122106$/],
    ['date', /^2020-01-\d\d \d\d:35:01\.122106$/],
    ['relative', /^0\.000810$/],
    ['delta', /^0\.000810$/],
    ['epoch', /^1579455301\.122106$/],
  ] as const)('as %s', (mode, expected) => {
    expect(timeText(at, mode, before)).toMatch(expected)
  })

  it('can run backwards, and has a beginning', () => {
    expect(timeText(before, 'delta', at)).toBe('-0.000810')
    expect(timeText(at, 'relative', undefined)).toBe('0')
    expect(timeText({ ...at, seconds: Number.NaN }, 'relative', before)).toBe('no time')
  })

  it('loses its last digits, never the first, and no point at the end', () => {
    expect(cutTime('17:35:01.122106', 12)).toBe('17:35:01.122')
    expect(cutTime('17:35:01.122106', 9)).toBe('17:35:01')
    expect(cutTime('17:35:01', 12)).toBe('17:35:01')
  })
})
