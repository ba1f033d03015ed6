import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { Session } from '../../src/dissect/session.ts'
import { drawBits } from '../../src/print/drawn-bits.ts'
import { nodeAt, nodeRanges } from '../../src/print/node-ranges.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { ethernet, frameOf, hexBytes } from '../peel.ts'
import { type Tree, treeInCapture, treeOf, treeOfFrame } from './trees.ts'

/** 192.0.2.1 → 192.0.2.2, an ICMP echo request without data, whose checksums tshark finds right. */
const echo = '4500001c000100004001f6dcc0000201c00002020800f7ff00000000'
const stations = '02005e530002 02005e530001'

const drawn = (tree: Tree): string[] =>
  tree.nodes.map(node => drawBits(tree.found, tree.nodes, node)?.marked ?? '').filter(bits => bits !== '')

const selected = (tree: Tree, byte: number, buffer = 0): string | undefined =>
  tree.nodes[nodeAt(tree.found, tree.nodes, buffer, byte)]?.path

describe('packet 2 of the walkthrough', async () => {
  // Values of the article that the walkthrough is taken from, and of tshark -V.
  const tree = await treeInCapture('walkthrough.pcap', 2)

  it('has a branch for each layer', () => {
    expect(tree.nodes.filter(node => node.kind === 'layer').map(node => node.path)).toEqual([
      'ip',
      'ip/ip',
      'ip/ip/icmp',
      'ip/ip/icmp/data',
    ])
    expect(tree.text('ip/ip')).toEqual({
      label: 'IPv4',
      value: '172.16.0.2 → 172.16.0.1, TTL 255',
      bits: '',
      severity: undefined,
      place: '20–39',
      share: '20 %',
      aside: '',
    })
  })

  it('reads as the article reads it', () => {
    const read = (path: string) => tree.text(path).value
    expect(read('ip ip.version')).toBe('4')
    expect(read('ip ip.len')).toBe('104 bytes')
    expect(read('ip ip.id')).toBe('0x8b0b')
    expect(read('ip ip.checksum')).toBe('0x6c33')
    expect(read('ip ip.src')).toBe('192.168.1.2')
    expect(read('ip/ip ip.ttl')).toBe('255')
    expect(read('ip/ip/icmp icmp.checksum')).toBe('0x854a')
    expect(tree.text('ip ip.ttl')).toMatchObject({ label: 'Time to live', value: '64' })
  })

  it('draws bits as tshark does', () => {
    const header = [
      '0100 ....',
      '.... 0101',
      '0000 00..',
      '.... ..00',
      '000. ....',
      '0... ....',
      '.0.. ....',
      '..0. ....',
      '...0 0000 0000 0000',
    ]
    expect(drawn(tree)).toEqual([...header, ...header])
  })

  it('says what the layer has inside, and what is wrong with it', () => {
    const layer = tree.nodes[tree.index('ip/ip/icmp/data')]!
    expect([layer.warnings, layer.errors]).toEqual([1, 0])
    expect(tree.text('ip/ip/icmp/data !')).toMatchObject({
      severity: 'warning',
      value: 'Truncated: Data needs 56 bytes, the capture holds 54',
    })
    expect(tree.nodes[tree.index('ip/ip')]!.errors).toBe(0)
  })

  it('finds the field of a byte', () => {
    expect(selected(tree, 0)).toBe('ip ip.version')
    expect(selected(tree, 1)).toBe('ip ip.dsfield')
    expect(selected(tree, 6)).toBe('ip ip.flags')
    expect(selected(tree, 7)).toBe('ip ip.frag_offset')
    expect(selected(tree, 9)).toBe('ip ip.proto')
    expect(selected(tree, 0x0f)).toBe('ip ip.src')
    expect(selected(tree, 0x24)).toBe('ip/ip ip.dst')
    expect(selected(tree, 101)).toBe('ip/ip/icmp/data data.data')
    // Promised by the headers, but not captured.
    expect(selected(tree, 103)).toBe('ip/ip/icmp/data')
    expect(selected(tree, 104)).toBeUndefined()
    expect(selected(tree, 0, 1)).toBeUndefined()
  })

  it('tells where nodes are', () => {
    const ranges = (path: string) => nodeRanges(tree.found, tree.nodes[tree.index(path)]!)
    expect(ranges('ip/ip')).toEqual([{ start: 20, end: 40, bit: 0, bits: 160 }])
    expect(ranges('ip ip.flags ip.flags.df')).toEqual([{ start: 6, end: 7, bit: 1, bits: 1 }])
    expect(ranges('ip ip.frag_offset')).toEqual([{ start: 6, end: 8, bit: 3, bits: 13 }])
    expect(ranges('ip/ip/icmp/data !')).toEqual([{ start: 48, end: 102, bit: 0, bits: 432 }])
  })
})

describe('other packets', () => {
  it('draws the flags of GRE in their word, as tshark does', async () => {
    const tree = await treeInCapture('gre-key.pcap', 3)
    const gre = tree.nodes.filter(node => node.path.startsWith('eth/ip/gre gre.flags_and_version '))
    expect(gre.map(node => drawBits(tree.found, tree.nodes, node)?.marked)).toEqual([
      '0... .... .... ....',
      '.0.. .... .... ....',
      '..1. .... .... ....',
      '...0 .... .... ....',
      '.... 0... .... ....',
      '.... .000 .... ....',
      '.... .... 0000 0...',
      '.... .... .... .000',
    ])
    expect(tree.text('eth/ip/gre gre.key')).toMatchObject({ label: 'Key', value: '0xdeadbeef' })
    expect(tree.nodes[tree.index('eth/ip/gre')]!.labelWidth).toBe('Flags and version'.length)
  })

  it('lays a reassembled datagram into bytes of its own', async () => {
    const tree = await treeInCapture('frag-outer-ipip.pcap', 4)
    expect(tree.text('eth/ip/ip')).toMatchObject({
      aside: 'Reassembled IPv4 datagram, 1500 bytes',
      place: '0–19',
      share: '1 %',
    })
    expect(tree.text('eth/ip/ip/icmp').aside).toBe('')
    expect(tree.text('eth/ip ip.frag_offset')).toMatchObject({
      bits: '...0 0000 1011 1001',
      value: '1480 bytes (185)',
    })
    expect(selected(tree, 8, 1)).toBe('eth/ip/ip ip.ttl')
    expect(selected(tree, 22)).toBe('eth/ip ip.ttl')
    // What the fragment carries is data of the frame, seen again in the datagram.
    expect(selected(tree, 53)).toBe('eth/ip')
  })

  it('counts the payloads of IKE, which share a name', async () => {
    const tree = await treeInCapture('ikev2-psk.pcap', 3)
    const payload = 'eth/ip/udp/isakmp isakmp.typepayload'
    expect(tree.text(payload).label).toBe('Security Association payload')
    expect(tree.text(`${payload}[2]`).label).toBe('Key Exchange payload')
    expect(tree.text(`${payload}[2] isakmp.payloadlength`).value).toBe('264 bytes')
    // Bytes 42 + 28 on: the header of the first payload, whose second byte is a flag and seven reserved bits.
    expect(selected(tree, 70)).toBe(`${payload} isakmp.nextpayload`)
    expect(selected(tree, 71)).toBe(`${payload} isakmp.criticalpayload`)
  })

  it('gives a trailer to the layer that has it', () => {
    const tree = treeOfFrame(frameOf(hexBytes(`${stations} 0800 ${echo} ${'00'.repeat(18)}`), ethernet))
    expect(tree.text('eth').place).toBe('0–13, 42–59')
    expect(tree.text('eth').share).toBe('53 %')
    const eth = tree.nodes[tree.index('eth')]!
    expect(nodeRanges(tree.found, eth).map(({ start, end }) => [start, end])).toEqual([
      [0, 14],
      [42, 60],
    ])
    expect(selected(tree, 59)).toBe('eth eth.padding')
    expect(tree.text('eth eth.dst eth.lg')).toMatchObject({ bits: '.... ..1.' })
  })

  it('puts a note behind its field', () => {
    const wrong = echo.replace('f6dc', 'f6dd')
    const tree = treeOfFrame(frameOf(hexBytes(`${stations} 0800 ${wrong}`), ethernet))
    const at = tree.index('eth/ip ip.checksum')
    expect(tree.nodes[at + 1]).toMatchObject({
      kind: 'note',
      path: 'eth/ip ip.checksum !',
      parent: tree.index('eth/ip'),
    })
    expect(tree.text('eth/ip ip.checksum !').value).toBe('Header checksum 0xf6dd is wrong, 0xf6dc expected')
    expect(tree.nodes[tree.index('eth/ip')]).toMatchObject({ warnings: 0, errors: 1 })
  })

  it('puts comments first, made safe', () => {
    const tree = treeOfFrame({
      ...frameOf(hexBytes(`${stations} 0800 ${echo}`)),
      comments: ['a\x1b[2J', 'b'],
    })
    expect(tree.nodes.slice(0, 3).map(node => [node.kind, node.path])).toEqual([
      ['comment', '#1'],
      ['comment', '#2'],
      ['layer', 'eth'],
    ])
    expect(tree.text('#1').value).toBe('a\\x1b[2J')
  })

  it('is there at once for a packet of twelve thousand payloads', () => {
    // IKEv2 with vendor IDs of 4 bytes each: five rows a payload.
    const header = '0011223344556677 0000000000000000 2b20 2208 00000000'
    const payloads = 12_000
    const length = (28 + payloads * 4).toString(16).padStart(8, '0')
    const body = `${'2b000004'.repeat(payloads - 1)}00000004`
    const found = newDissector().dissect(udp4(500, 500, header + length + body), 'noted')
    treeOf(found)
    const start = performance.now()
    const { nodes } = treeOf(found)
    const took = performance.now() - start
    expect(nodes.length).toBeGreaterThan(60_000)
    expect(new Set(nodes.map(node => node.path)).size).toBe(nodes.length)
    expect(took).toBeLessThan(300)
  })
})

/** What is wrong with how nodes lie in each other, as sentences. */
function misplaced({ nodes }: Tree): string[] {
  const faults: string[] = []
  const open: number[] = []
  nodes.forEach((node, i) => {
    while (open.length > 0 && nodes[open.at(-1)!]!.end <= i) open.pop()
    if (node.parent !== (open.at(-1) ?? -1)) faults.push(`${node.path}: parent ${node.parent}`)
    if (node.depth !== open.length) faults.push(`${node.path}: depth ${node.depth}`)
    const around = nodes[node.parent]
    if (node.end <= i || node.end > (around?.end ?? nodes.length))
      faults.push(`${node.path}: end ${node.end}`)
    open.push(i)
  })
  const paths = new Set(nodes.map(node => node.path))
  if (paths.size !== nodes.length) faults.push('two nodes have one path')
  return faults
}

/** Bytes of the frame for which no node is found, or one that does not have them. */
function lost({ found, nodes }: Tree): number[] {
  return Array.from({ length: found.frame.capturedLength }, (_, byte) => byte).filter(byte => {
    const node = nodes[nodeAt(found, nodes, 0, byte)]
    if (node === undefined) return true
    if (nodeRanges(found, node).some(({ start, end }) => start <= byte && byte < end)) return false
    // The payload of a fragment is no header's: the layer that carries it has to do.
    return node.kind !== 'layer' || found.starts[node.layer]! > byte || found.limits[node.layer]! <= byte
  })
}

/** Words whose parts, drawn and laid over each other, are not all of the word. */
function patchy({ found, nodes }: Tree): string[] {
  return nodes.flatMap((node, i) => {
    const parts = found.fields[node.record]?.parts
    if (node.record < 0 || parts === undefined || parts.some(([part]) => part === undefined)) return []
    if (found.bitLengths[node.record]! > 16) return []
    const inside = nodes.filter(part => part.parent === i && part.record >= 0)
    const drawings = inside.map(part => drawBits(found, nodes, part)!.marked)
    const together = [...drawings[0]!]
      .map((_, at) =>
        drawings
          .map(bits => bits[at]!)
          .sort()
          .at(-1),
      )
      .join('')
    const word = drawBits(found, nodes, node)?.marked ?? drawBits(found, nodes, inside[0]!)!.whole
    return together === word ? [] : [`${node.path}: ${together} is not ${word}`]
  })
}

describe.each(captureNames)('%s', name => {
  it('grows into trees that hold everything once', async () => {
    const dissector = newDissector(new Session())
    for (const frame of await framesOf(captureFile(name))) {
      const tree = treeOf(dissector.dissect(frame, 'noted'))
      const where = `frame ${frame.number}`
      expect(misplaced(tree), where).toEqual([])
      const records = tree.nodes.map(node => node.record).filter(record => record >= 0)
      expect(
        records.sort((a, b) => a - b),
        where,
      ).toEqual(Array.from({ length: tree.found.fieldCount }, (_, i) => i))
      const notes = tree.nodes.filter(node => node.kind === 'note').map(node => node.note)
      expect(
        notes.sort((a, b) => a - b),
        where,
      ).toEqual(tree.found.notes.map((_, i) => i))
      expect(lost(tree), where).toEqual([])
      expect(patchy(tree), where).toEqual([])
    }
  })
})
