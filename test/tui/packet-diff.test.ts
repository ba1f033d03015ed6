import { describe, expect, it } from 'vitest'
import { reasons } from '../../dissectors/changes.ts'
import { allFields } from '../../src/dissect/field.ts'
import { diffPackets } from '../../src/print/packet-diff.ts'
import { comparedRows, comparisonRow } from '../../src/tui/comparison-rows.ts'
import { packetsToDiff } from '../../src/tui/diffing.ts'
import { textOf } from '../../src/tui/text.ts'
import { At, captureOf, detailOf, facts } from './at.ts'
import { screenOf } from './picture.ts'

/** Lines as texts: what is said, and label, left and right of what differs. */
async function diff(name: string, left: number, right: number): Promise<string[]> {
  const capture = await captureOf(name)
  return diffPackets(detailOf(capture, left), detailOf(capture, right), false).map(line =>
    'said' in line ? line.said : [line.label, line.left, line.right].join(' | '),
  )
}

/** The sentence below the line of a field; the first one, or the first behind a header that begins so. */
const below = (lines: readonly string[], line: string): string | undefined => lines[lines.indexOf(line) + 1]

describe('two packets', () => {
  // tshark: gre.pcap 3 and 4, inner ip.id 0xfd22 and 0xb02a, icmp.checksum 0x210a and 0x290a.
  it('that are a question and its answer differ as these do', async () => {
    const lines = await diff('gre.pcap', 3, 4)
    expect(lines[0]).toContain('opposite directions')
    expect(below(lines, 'Source | 172.16.0.1 | 172.16.0.2')).toMatch(/^Swapped/)
    expect(below(lines, 'Type | Echo request (8) | Echo reply (0)')).toContain('same identifier')
    expect(below(lines, 'Checksum | 0x210a | 0x290a')).toMatch(/^0x0800/)
    expect(below(lines, 'Identification | 0xfd22 | 0xb02a')).toBe('Each side numbers its own packets.')
    expect(lines).toContain('GRE: the same in both')
    expect(lines.join('\n')).not.toContain('Only packet')
  })

  // On Linux's "any" interface one packet is seen before its tunnel and in it: tshark has ip.id 0x5365 in 1 and 4, 0xdca3 in 11 and 12.
  it.each([
    [1, 4, 'Only packet 4 has IPv4 20 bytes: the overhead of the tunnel.'],
    [11, 12, 'Only packet 12 has IPv4 20 + GRE 4 = 24 bytes: the overhead of the tunnel.'],
    [4, 1, 'Only packet 4 has IPv4 20 bytes: the overhead of the tunnel.'],
  ])(
    '%i and %i of which one carries the other: the outer headers are left over',
    async (left, right, added) => {
      const lines = await diff('lt-any-sll.pcap', left, right)
      expect(lines[0]).toMatch(/^Both carry the same/)
      expect(lines).toContain(added)
      expect(lines.slice(-3)).toEqual([
        'IPv4: the same in both',
        'ICMP: the same in both',
        'Data: the same in both',
      ])
    },
  )

  // tshark: tcp.seq_raw 2173141926 (SYN), then 2173141927; ip.id 0x38c3, 0x38c4 outside and 0xf4f6, 0xf4f7 inside.
  it('that follow each other are counted on', async () => {
    const lines = await diff('ipip.pcap', 9, 11)
    expect(below(lines, 'Identification | 0x38c3 | 0x38c4')).toMatch(/^One more/)
    expect(below(lines, 'Identification | 0xf4f6 | 0xf4f7')).toMatch(/^One more/)
    expect(below(lines, 'Sequence number | 2173141926 | 2173141927')).toMatch(/^1 more: so many bytes/)
  })

  it('of which one is an error about the other: the quotation stands beside the original', async () => {
    const lines = await diff('ipip-traceroute.pcap', 3, 4)
    expect(lines[0]).toMatch(/^Packet 4 quotes a packet like 3/)
    expect(lines.join('\n')).not.toContain('overhead')
    expect(lines.slice(-3)).toEqual([
      'IPv4: the same in both',
      'UDP: the same in both',
      'Data: the same in both',
    ])
  })

  it('that are encrypted say so', async () => {
    const lines = await diff('esp-tunnel-aes128gcm.pcap', 3, 4)
    expect(lines[1]).toMatch(/^What ESP carries is encrypted/)
    expect(below(lines, 'Security parameters index | 0x00001001 | 0x00001002')).toMatch(/^Each direction/)
  })

  it('that are one have no line but headers', async () => {
    const lines = await diff('gre.pcap', 3, 3)
    expect(lines.slice(1).every(line => line.endsWith(': the same in both'))).toBe(true)
  })
})

it('a router in between takes one off the time to live', () => {
  const ttl = reasons['ip.ttl']
  const change = { before: 64, after: 63, relation: 'same', isSwapped: false, others: [] } as const
  expect(typeof ttl === 'function' && ttl(change)).toMatch(/^One less: one router/)
  expect(typeof ttl === 'function' && ttl({ ...change, after: 61 })).toMatch(/^3 less/)
})

it('reasons are those of fields that there are', () => {
  const names = new Set(allFields.map(({ name }) => name))
  expect(Object.keys(reasons).filter(name => !names.has(name))).toEqual([])
})

describe('on the screen', () => {
  const marked = async (...packets: readonly number[]): Promise<At> => {
    const at = await At.open('gre.pcap', 80, 24)
    for (const packet of packets) at.do({ type: 'jump', packet }).press('space')
    return at
  }

  it('two marked packets are compared, or one and the selected one', async () => {
    expect(packetsToDiff((await marked(4, 3)).state)).toEqual([3, 4])
    expect(packetsToDiff((await marked(3)).press('j').state)).toEqual([3, 5])
    expect(packetsToDiff((await marked()).state)).toMatch(/^mark two/)
    expect(packetsToDiff((await marked(1, 2, 3)).state)).toMatch(/^3 packets are marked/)
  })

  it('D and :diff ask for it; d shows all lines; Esc goes back to the packets', async () => {
    const at = (await marked(3, 4)).press('D')
    expect(at.done.at(-1)).toEqual({ type: 'diff' })
    expect(at.type(':diff 3 4').press('return').done.at(-1)).toEqual({ type: 'diff', packets: [3, 4] })
    const [left, right] = [detailOf(at.capture, 3), detailOf(at.capture, 4)]
    at.do({ type: 'compared', left, right, of: 'packets' })
    const lines = screenOf(at)
    expect(lines[1]).toMatch(/Packets 3 and 4 ─ what differs/)
    expect(lines.join('\n')).toMatch(/Source +fe:e1:bb:d1:00:01 +≠ fe:e1:bb:d1:00:02\s+Swapped/)
    expect(lines.every(line => [...line].length <= 80)).toBe(true)
    expect(screenOf(at.press('d', 'G')).join('\n')).toMatch(/the same in both/)
    expect(at.press('escape').state.comparison).toBeUndefined()
  })

  it.each([
    ['walkthrough.pcap', 5, 8],
    ['walkthrough.pcap', 1, 7],
    ['ikev2-psk.pcap', 3, 4],
  ])(
    '%s %i and %i are told in full at 80 columns: what does not fit goes on below',
    async (name, one, other) => {
      const capture = await captureOf(name)
      const [left, right] = [detailOf(capture, one), detailOf(capture, other)]
      const at = new At(capture, 80, 24).do({ type: 'opened', capture: facts(capture.count) })
      at.do({ type: 'compared', left, right, of: 'packets' })
      const rows = Array.from({ length: comparedRows(at.state).length }, (_, i) =>
        textOf(comparisonRow(at.state, i)),
      )
      expect(rows.filter(row => row.length > 78)).toEqual([])
      const told = (from: number, until: number) =>
        rows
          .map(row => row.slice(from, until).trim())
          .join(' ')
          .replace(/ +/g, ' ')
      // Bytes in hex are cut. The label has 38 % of 78 columns, and of what is left two halves beside a sign.
      const columns = [told(0, 29), told(30, 52), told(55, 77)]
      const missing = diffPackets(left, right, false).flatMap(line => {
        if ('said' in line) return []
        const read = (text: string | undefined) => (/^[\da-f]{24,}$/.test(text ?? '') ? [] : [text ?? ''])
        const parts = [[line.label], read(line.left), read(line.right)]
        return parts.flatMap((part, i) =>
          part.filter(text => !columns[i]!.replace(/ /g, '').includes(text.replace(/ /g, ''))),
        )
      })
      expect(missing).toEqual([])
    },
  )

  it('a list of one number is none of two', async () => {
    const at = (await marked()).type(':diff 3').press('return')
    expect(at.said).toMatch(/which two/)
  })
})
