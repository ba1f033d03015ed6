import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { ByteWriter } from '../../src/byte-writer.ts'
import { Session } from '../../src/dissect/session.ts'
import { printTree } from '../../src/print/tree.ts'
import { captureFile, framesOf } from '../captures.ts'
import { ethernet, frameOf, hexBytes } from '../peel.ts'

async function linesOf(name: string, number: number): Promise<string[]> {
  const dissector = newDissector(new Session())
  const out = new ByteWriter()
  for (const frame of await framesOf(captureFile(name), number)) {
    out.clear()
    printTree(out, dissector.dissect(frame, 'noted'))
  }
  return out.toString().split('\n')
}

describe('the tree as text', () => {
  it('prints packet 2 of the walkthrough', async () => {
    // The values are the article's, the drawn bits tshark's.
    expect(await linesOf('walkthrough.pcap', 2)).toEqual([
      'Frame 2: 104 bytes on the wire, 102 captured',
      'IPv4  192.168.1.2 → 192.168.1.1, TTL 64                              0–19   20 %',
      '  Version                  0100 .... = 4',
      '  Header length            .... 0101 = 20 bytes (5)',
      '  Differentiated services  0x00',
      '    Differentiated services codepoint  0000 00.. = default (0)',
      '    Explicit congestion notification   .... ..00 = Not ECN-capable (0)',
      '  Total length             104 bytes',
      '  Identification           0x8b0b',
      '  Flags                    000. .... = 0x0',
      '    Reserved bit    0... .... = Not set',
      '    Don’t fragment  .0.. .... = Not set',
      '    More fragments  ..0. .... = Not set',
      '  Fragment offset          ...0 0000 0000 0000 = 0 bytes (0)',
      '  Time to live             64',
      '  Protocol                 IPv4 encapsulation (4)',
      '  Header checksum          0x6c33',
      '  Source                   192.168.1.2',
      '  Destination              192.168.1.1',
      'IPv4  172.16.0.2 → 172.16.0.1, TTL 255                              20–39   20 %',
      '  Version                  0100 .... = 4',
      '  Header length            .... 0101 = 20 bytes (5)',
      '  Differentiated services  0x00',
      '    Differentiated services codepoint  0000 00.. = default (0)',
      '    Explicit congestion notification   .... ..00 = Not ECN-capable (0)',
      '  Total length             84 bytes',
      '  Identification           0x0461',
      '  Flags                    000. .... = 0x0',
      '    Reserved bit    0... .... = Not set',
      '    Don’t fragment  .0.. .... = Not set',
      '    More fragments  ..0. .... = Not set',
      '  Fragment offset          ...0 0000 0000 0000 = 0 bytes (0)',
      '  Time to live             255',
      '  Protocol                 ICMP (1)',
      '  Header checksum          0x5f24',
      '  Source                   172.16.0.2',
      '  Destination              172.16.0.1',
      'ICMP  Echo reply, id 0xaa08, seq 1                                  40–47    8 %',
      '  Type             Echo reply (0)',
      '  Code             0',
      '  Checksum         0x854a',
      '  Identifier       0xaa08',
      '  Sequence number  1',
      'Data  54 bytes                                                     48–101   53 %',
      '  ! Truncated: Data needs 56 bytes, the capture holds 54',
      '  Data  5896e585356bab3125498f94dea035d72019d75f1ddc60c518191a1b1c1d1e1f… (54 bytes)',
      '',
      '',
    ])
  })

  it('announces bytes that are not the frame’s, and where they begin', async () => {
    const lines = await linesOf('frag-outer-ipip.pcap', 4)
    const at = lines.indexOf('[Reassembled IPv4 datagram, 1500 bytes]')
    expect(lines[at + 1]).toBe(
      'IPv4  172.16.0.1 → 172.16.0.2, TTL 64                                0–19    1 %',
    )
    expect(lines.filter(line => line.includes('Reassembled')).length).toBe(1)
    expect(lines).toContain('  · Completes datagram 0xce10, whose fragments are frames 3, 4')
  })

  it('marks what an ICMP error quotes', async () => {
    const lines = await linesOf('tunnel-unreachable.pcap', 4)
    expect(lines).toContain(
      'GRE  IPv4 (0x0800)  [quoted]                                        62–65    3 %',
    )
  })

  it('keeps comments and their control characters apart from the terminal', () => {
    const bytes = hexBytes('02005e530002 02005e530001 88b5')
    const out = new ByteWriter()
    const frame = { ...frameOf(bytes, ethernet), comments: ['two\nlines\x1b'] }
    printTree(out, newDissector().dissect(frame, 'noted'))
    expect(out.toString().split('\n').slice(0, 2)).toEqual([
      'Frame 1: 14 bytes on the wire',
      '  # two\\x0alines\\x1b',
    ])
  })
})
