import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import type { Frame } from '../../src/frame.ts'
import { cellsOf } from '../../src/print/header-cells.ts'
import { drawHeader } from '../../src/print/header-drawing.ts'
import { markedDump } from '../../src/print/marked-dump.ts'
import { drawPacket } from '../../src/print/packet-drawing.ts'
import { nodesOfBytes, piecesOf } from '../../src/print/packet-pieces.ts'
import type { Mark } from '../../src/print/prose.ts'
import { treeNodes } from '../../src/print/tree-nodes.ts'
import { ipv4, ipv6, udp4 } from '../craft.ts'
import { ethernet, frameOf, hexBytes } from '../peel.ts'

const lines = (marks: readonly (readonly Mark[])[]): string[] =>
  marks.map(line =>
    line
      .map(({ text }) => text)
      .join('')
      .trimEnd(),
  )

const begun = (frame: Frame) => {
  const found = newDissector().dissect(frame, 'noted')
  const nodes = treeNodes(found)
  return { found, nodes, pieces: piecesOf(found, nodes, 0) }
}

const header = (frame: Frame, layer: number): string[] => {
  const { found, nodes } = begun(frame)
  const at = nodes.findIndex(node => node.kind === 'layer' && node.layer === layer)
  return lines(drawHeader(cellsOf(found, nodes, at + 1, nodes[at]!.end)).lines)
}

const ruler = [
  '       0                   1                   2                   3',
  '       0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1',
]

describe('a header as RFCs draw it', () => {
  it('has 32 bits a line, counts from the start of the frame, and holds the values', () => {
    expect(header(udp4(1111, 2222, '00'), 1)).toEqual([
      ...ruler,
      '      ┌───────────────────────────────┬───────────────────────────────┐',
      '  160 │          Source port          │       Destination port        │',
      '      │             1111              │             2222              │',
      '      ├───────────────────────────────┼───────────────────────────────┤',
      '  192 │            Length             │           Checksum            │',
      '      │            9 bytes            │            0x0000             │',
      '      └───────────────────────────────┴───────────────────────────────┘',
    ])
  })

  it('gives flags a letter and a digit, and labels that are too long their initials', () => {
    const [, , , labels, values, , , flags] = header(ipv4(17, ''), 0)
    expect(labels).toContain('│Version│  HL   │')
    expect(values).toContain('│   4   │   5   │')
    expect(flags).toBe('      │            0x0000             │0│0│0│       0 bytes (0)       │')
  })

  it('goes on in the next line without a border where a field does', () => {
    const frame = frameOf(hexBytes('020000000002 020000000001 9999 00'), ethernet)
    expect(header(frame, 0).slice(2)).toEqual([
      '      ┌───────────────────────────────────────────────────────────────┐',
      '    0 │                          Destination                          │',
      '      │                       02:00:00:00:00:02                       │',
      '      │                               ┌───────────────────────────────┤',
      '   32 │                               │            Source             │',
      '      │                               │       02:00:00:00:00:01       │',
      '      ├───────────────────────────────┘                               │',
      '   64 │                                                               │',
      '      ├───────────────────────────────┬───────────────────────────────┘',
      '   96 │             Type              │',
      '      │      unassigned (0x9999)      │',
      '      └───────────────────────────────┘',
    ])
  })

  it('leaves the middle out of what is long, and says how long it is', () => {
    // WireGuard’s transport data: 16 bytes of header, then 48 that are encrypted.
    const drawn = header(udp4(51820, 51820, `04000000 01020304 ${'00'.repeat(8)} ${'ab'.repeat(48)}`), 2)
    expect(drawn.filter(line => line.includes('Encrypted Packet'))).toHaveLength(1)
    expect(drawn.filter(line => line.includes('(48 bytes in all)'))).toHaveLength(1)
    // 4 + 4 + 8 bytes, then three lines for the rest, each with the number of its first bit.
    expect(drawn.filter(line => /^ *\d+ │/.test(line))).toHaveLength(1 + 1 + 2 + 3)
  })

  it('is none of a single field', () => {
    const { found, nodes } = begun(udp4(1111, 2222, '00'))
    const at = nodes.findIndex(node => node.kind === 'layer' && node.layer === 2)
    expect(drawHeader(cellsOf(found, nodes, at + 1, nodes[at]!.end)).lines).toEqual([])
  })
})

describe('a packet as boxes', () => {
  it('has the bits where headers begin over their edges', () => {
    const { found, pieces } = begun(udp4(1111, 2222, '0000'))
    expect(lines(drawPacket(found, pieces, 80))).toEqual([
      'bit 0          160       224       240',
      '    ┌──────────┬─────────┬─────────┐',
      '    │ 1 IPv4   │ 2 UDP   │ 3 Data  │',
      '    │ 20 bytes │ 8 bytes │ 2 bytes │',
      '    └──────────┴─────────┴─────────┘',
    ])
  })

  it('goes on in the next row where columns end, and shows what was not captured', () => {
    const { found, pieces } = begun(udp4(1111, 2222, '000000', 1))
    expect(lines(drawPacket(found, pieces, 32))).toEqual([
      'bit 0          160       224',
      '    ┌──────────┬─────────┐',
      '    │ 1 IPv4   │ 2 UDP   │',
      '    │ 20 bytes │ 8 bytes │',
      '    └──────────┴─────────┘',
      'bit 224       240            248',
      '    ┌─────────┬──────────────┐',
      '    │ 3 Data  │ not captured │',
      '    │ 2 bytes │ 1 byte       │',
      '    └─────────┴──────────────┘',
    ])
  })

  it('shows what lies behind a payload as the layer’s again', () => {
    const frame = frameOf(
      hexBytes(`020000000002 020000000001 0800 ${Buffer.from(ipv4(253, '').bytes).toString('hex')} 0000`),
    )
    const { pieces } = begun(frame)
    expect(pieces.map(({ layer, start, end, isTrailer }) => [layer, start, end, isTrailer])).toEqual([
      [0, 0, 14, false],
      [1, 14, 34, false],
      [0, 34, 36, true],
    ])
  })
})

describe('a dump', () => {
  it('has brackets under the bytes of each layer', () => {
    const { found, nodes, pieces } = begun(udp4(1111, 2222, '4142'))
    const bytes = found.frame.bytes
    const { lines: dumped, left } = markedDump(found, bytes, pieces, nodesOfBytes(found, nodes, 0))
    expect(left).toBe(0)
    expect(lines(dumped)).toEqual([
      '  0000  4500 001e 0000 0000 4011 f6cb c000 0201  E.......@.......',
      '        └─ 1 IPv4 ─────────────────────────────',
      '  0010  c000 0202 0457 08ae 000a 0000 4142       .....W......AB',
      '        ────────┘ └─ 2 UDP ─────────┘ └──┘',
    ])
  })

  it('knows the smallest field over each byte', () => {
    const { found, nodes } = begun(ipv6(17, '0457 08ae 0008 0000'))
    const labels = [...nodesOfBytes(found, nodes, 0)].map(node => found.fields[nodes[node]!.record]?.label)
    expect(labels[4]).toBe('Payload length')
    expect(labels[7]).toBe('Hop limit')
    expect(labels[39]).toMatch(/Destination/)
    expect(labels[47]).toBe('Checksum')
  })

  it('stops at 4096 bytes and tells how many are left', () => {
    const { found, nodes, pieces } = begun(ipv4(253, '00'.repeat(5000)))
    const dump = markedDump(found, found.frame.bytes, pieces, nodesOfBytes(found, nodes, 0))
    expect(dump.lines).toHaveLength(2 * 256)
    expect(dump.left).toBe(5020 - 4096)
  })
})
