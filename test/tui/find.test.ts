import { describe, expect, it } from 'vitest'
import type { Capture } from '../../src/store/capture.ts'
import { type Found, findNext } from '../../src/tui/find.ts'
import { hex, temporaryDirectory, twoRecords } from '../capture/bytes.ts'
import { captureFile, framesOf } from '../captures.ts'
import { captureOf, detailOf } from './at.ts'
import { bytes, from, info, openedFile, patient, tour, tree } from './finds.ts'

const files = temporaryDirectory()

const packetsOf = (found: readonly Found[]) => found.map(({ hit }) => hit.packet)

/** Packet, label and value of a hit in the tree. */
function rowOf(capture: Capture, found: Found | undefined): string {
  if (found?.hit.node === undefined) return 'none'
  const { nodes, found: dissection } = detailOf(capture, found.hit.packet)
  const { kind, path, record } = nodes[found.hit.node]!
  return `${found.hit.packet} ${kind} ${path.split(' ')[0]} ${record < 0 ? '' : dissection.fields[record]!.label}`
}

// Packets 1 to 4 are pings in tunnels, 5 to 12 are IKE, as the article has it and tshark says.
describe('in the list', () => {
  it.each([
    ['ICMP', 'text', [2, 3, 4, 1]],
    ['icmp', 'text', [2, 3, 4, 1]],
    ['echo reply', 'text', [2, 4]],
    ['ECHO Reply', 'text', [2, 4]],
    ['ipv6/ip/icmp', 'text', [3, 4]],
    ['172.16.0.2 → 172.16.0.1', 'text', [2, 4]],
    ['fd3e:62ee:99db:bb1a::2', 'text', [3, 4]],
    ['truncated', 'text', [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1]],
    ['seq [0-9]+', 'regex', [2, 3, 4, 1]],
    ['seq 2$', 'regex', [3, 4]],
    ['^ip/ip', 'regex', [2, 1]],
    ['echo|IKE', 'regex', [5, 6, 7, 8, 9, 10, 11, 12]],
    ['z*', 'regex', []],
    ['seq [0-9]+', 'text', []],
    ['c0a80101', 'hex', []],
    ['seq 2', 'hex', [3, 4]],
  ] as const)('%s (%s) is in packets %j', async (text, kind, packets) => {
    const capture = await captureOf('walkthrough.pcap')
    const there = await tour(capture, info(text, kind), 1, from(capture, 1))
    expect(packetsOf(there)).toEqual(packets)
    const back = await tour(capture, info(text, kind), -1, from(capture, 1))
    const backwards = [...packets].filter(number => number > 1).reverse()
    expect(packetsOf(back)).toEqual([...backwards, ...packets.filter(number => number === 1)])
  })

  it('goes on around the end, and says so', async () => {
    const capture = await captureOf('walkthrough.pcap')
    const next = (packet: number, by: 1 | -1) =>
      findNext(capture, info('echo reply'), from(capture, packet), by, patient)
    expect(await next(2, 1)).toEqual({ hit: { packet: 4 }, where: 'onward' })
    expect(await next(4, 1)).toEqual({ hit: { packet: 2 }, where: 'around' })
    expect(await next(4, -1)).toEqual({ hit: { packet: 2 }, where: 'onward' })
    expect(await next(2, -1)).toEqual({ hit: { packet: 4 }, where: 'around' })
  })

  it('says that there is no other', async () => {
    const single = await openedFile(files.write('single.pcap', twoRecords.subarray(0, 44)))
    for (const by of [1, -1] as const)
      expect(await findNext(single, info('eth'), from(single, 1), by, patient)).toEqual({
        hit: { packet: 1 },
        where: 'here',
      })
    single.close()
  })

  // Only frames 5 and 8 complete a datagram (tshark: ip.reassembled.length); a fragment alone would seem to be a ping.
  it('reads what fragments make together', async () => {
    const capture = await captureOf('frag-inner-gre.pcap')
    expect(packetsOf(await tour(capture, info('echo re'), 1, from(capture, 1)))).toEqual([5, 8])
    expect(packetsOf(await tour(capture, info('echo re'), -1, from(capture, 1)))).toEqual([8, 5])
    expect(packetsOf(await tour(capture, tree('fragments are frames 3, 4, 5'), 1, from(capture, 8)))).toEqual(
      [5],
    )
  })
})

describe('in the tree', () => {
  it('goes from row to row, through labels and values', async () => {
    const capture = await captureOf('walkthrough.pcap')
    const there = await tour(capture, tree('Time to live'), 1, from(capture, 1))
    expect(there.slice(0, 4).map(hit => rowOf(capture, hit))).toEqual([
      '1 field ip Time to live',
      '1 field ip/ip Time to live',
      '2 field ip Time to live',
      '2 field ip/ip Time to live',
    ])
    // One in each of the 12 packets, and a second one where there is IPv4 in IPv4; 3 and 4 are IPv4 in IPv6.
    expect(there).toHaveLength(14)
    expect(there.at(-1)!.hit.packet).toBe(12)
  })

  it.each([
    ['172.16.0.2', 'text', '1 layer ip/ip ', '1 field ip/ip Destination'],
    ['Destination: 172.16.0.2', 'text', '1 field ip/ip Destination', '3 field ipv6/ip Destination'],
    ['^Destination: .*\\.2$', 'regex', '1 field ip Destination', '1 field ip/ip Destination'],
    ['echo reply', 'text', '2 layer ip/ip/icmp ', '2 field ip/ip/icmp Type'],
    ['the capture holds 34', 'text', '3 note ipv6/ip/icmp/data ', '4 note ipv6/ip/icmp/data '],
    ['0x7d4a', 'text', '1 field ip/ip/icmp Checksum', '1 field ip/ip/icmp Checksum'],
  ] as const)('%s (%s) is in %s, then in %s', async (text, kind, first, second) => {
    const capture = await captureOf('walkthrough.pcap')
    const hit = await findNext(capture, tree(text, kind), from(capture, 1), 1, patient)
    expect(rowOf(capture, hit)).toBe(first)
    const then = await findNext(
      capture,
      tree(text, kind),
      from(capture, hit!.hit.packet, hit!.hit),
      1,
      patient,
    )
    expect(rowOf(capture, then)).toBe(second)
  })

  it('goes back the way it came', async () => {
    const capture = await captureOf('walkthrough.pcap')
    const there = await tour(capture, tree('172.16.0.2'), 1, from(capture, 1))
    const last = there.at(-1)!.hit
    const back = await tour(capture, tree('172.16.0.2'), -1, from(capture, last.packet, last))
    expect(back.map(({ hit }) => hit)).toEqual([
      ...there
        .map(({ hit }) => hit)
        .slice(0, -1)
        .reverse(),
      last,
    ])
    expect(back.map(({ where }) => where)).toEqual([...there.slice(1).map(() => 'onward'), 'around'])
  })

  it('comes last to what lies before the cursor in its own packet', async () => {
    const capture = await captureOf('walkthrough.pcap')
    const only = tree('0x7d4a')
    const hit = (await findNext(capture, only, from(capture, 1), 1, patient))!.hit
    const node = hit.node!
    const at = (selected: number, by: 1 | -1) =>
      findNext(capture, only, from(capture, 1, { node: selected }), by, patient)
    expect(await at(node + 1, 1)).toEqual({ hit: { packet: 1, node }, where: 'around' })
    expect(await at(node - 1, -1)).toEqual({ hit: { packet: 1, node }, where: 'around' })
    expect(await at(node + 1, -1)).toEqual({ hit: { packet: 1, node }, where: 'onward' })
    expect(await at(node, 1)).toEqual({ hit: { packet: 1, node }, where: 'here' })
    expect(await at(node, -1)).toEqual({ hit: { packet: 1, node }, where: 'here' })
  })
})

describe('in the bytes', () => {
  // Where tcpdump -xx shows c0a8 0101.
  const gateway = [12, 16, -1, -1, 16, 12, 16, 12, 16, 12, 16, 12]
  const places = gateway.flatMap((byte, i) => (byte < 0 ? [] : [{ packet: i + 1, byte }]))

  it.each(['c0a80101', 'c0 a8 01 01', 'C0:A8:01:01', '0xc0a80101'])('%s is found', async text => {
    const capture = await captureOf('walkthrough.pcap')
    const there = await tour(capture, bytes(text, 'hex'), 1, from(capture, 1))
    expect(there.map(({ hit }) => hit)).toEqual(places)
    const back = await tour(capture, bytes(text, 'hex'), -1, from(capture, 1))
    expect(back.map(({ hit }) => hit)).toEqual([...places].reverse())
  })

  it('finds several in one packet, each behind the last', async () => {
    const capture = await captureOf('walkthrough.pcap')
    const there = await tour(capture, bytes('ac10', 'hex'), 1, from(capture, 1))
    expect(there.map(({ hit }) => [hit.packet, hit.byte])).toEqual([
      [1, 32],
      [1, 36],
      [2, 32],
      [2, 36],
      [3, 52],
      [3, 56],
      [4, 52],
      [4, 56],
    ])
    const before = await findNext(capture, bytes('ac10', 'hex'), from(capture, 1, { byte: 36 }), -1, patient)
    expect(before).toEqual({ hit: { packet: 1, byte: 32 }, where: 'onward' })
  })

  it.each([
    ['012345', 'text', { packet: 1, byte: 96 }],
    ["%&'()*+,-./", 'text', { packet: 1, byte: 85 }],
    ['[0-5]{6}$', 'regex', { packet: 1, byte: 96 }],
    ['\\xfd>b\\xee', 'regex', { packet: 3, byte: 8 }],
    ['\\xfd.b', 'regex', { packet: 3, byte: 8 }],
    ['5d036381', 'hex', { packet: 9, byte: 28 }],
  ] as const)('%s (%s) is at %j', async (text, kind, hit) => {
    const capture = await captureOf('walkthrough.pcap')
    const found = await findNext(capture, bytes(text, kind), from(capture, 1), 1, patient)
    expect(found?.hit).toEqual(hit)
  })

  it('finds what another program finds in every packet of a capture', async () => {
    const capture = await captureOf('ikev2-psk.pcap')
    const needle = Buffer.from('c0a801', 'hex')
    const expected = (await framesOf(captureFile('ikev2-psk.pcap'))).flatMap(frame => {
      const contents = Buffer.from(frame.bytes)
      const hits: { packet: number; byte: number }[] = []
      for (let at = contents.indexOf(needle); at >= 0; at = contents.indexOf(needle, at + 3))
        hits.push({ packet: frame.number, byte: at })
      return hits
    })
    expect(expected.length).toBeGreaterThan(5)
    const there = await tour(capture, bytes('c0a801', 'hex'), 1, from(capture, 1))
    expect(there.map(({ hit }) => hit)).toEqual(expected)
  })

  it('finds text in Latin-1 and in UTF-8, small and large letters', async () => {
    // ÉCOLE and école in UTF-8, then in Latin-1, then with bytes that are no letters between.
    const texts = ['c389434f4c45', 'c3a9636f6c65', 'c9434f4c45', 'e9636f6c65', 'e963006f6c65']
    const records = texts.map(text => {
      const length = `${(text.length / 2).toString(16).padStart(2, '0')}000000`
      return `00f15365 40e20100 ${length}${length} ${text}`
    })
    const header = 'd4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000'
    const capture = await openedFile(files.write('ecole.pcap', hex([header, ...records].join(''))))
    const there = await tour(capture, bytes('École'), 1, from(capture, 5))
    expect(there.map(({ hit }) => hit)).toEqual([1, 2, 3, 4].map(packet => ({ packet, byte: 0 })))
    expect(await findNext(capture, bytes('→'), from(capture, 1), 1, patient)).toBeUndefined()
    capture.close()
  })

  it('takes the bytes that fragments made for what comes behind those of the frame', async () => {
    const capture = await captureOf('frag-inner-gre.pcap')
    const start = from(capture, 5)
    const selected = start.detail!.nodes.findLastIndex(node => start.detail!.found.bufferOf[node.layer]! > 0)
    const ether = bytes('fee1bbd10001', 'hex')
    // The sender of frame 5 and its receiver (tshark -e eth): 0002 at byte 0, 0001 at byte 6.
    const back = await findNext(capture, ether, { ...start, selected, byte: 2 }, -1, patient)
    expect(back).toEqual({ hit: { packet: 5, byte: 6 }, where: 'onward' })
    const onward = await findNext(capture, ether, { ...start, selected, byte: 2 }, 1, patient)
    expect(onward).toEqual({ hit: { packet: 6, byte: 0 }, where: 'onward' })
  })
})
