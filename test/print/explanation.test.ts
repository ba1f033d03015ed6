import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { controls } from '../../src/byte-writer.ts'
import { Session } from '../../src/dissect/session.ts'
import { type Explanation, explain } from '../../src/print/explanation.ts'
import { captureFile, captureNames, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { ethernet, frameOf, hexBytes, raw } from '../peel.ts'
import { treeInCapture, treeOf, treeOfFrame } from './trees.ts'

describe('packet 2 of the walkthrough', async () => {
  // Positions, bytes and meanings are those that the article gives.
  const tree = await treeInCapture('walkthrough.pcap', 2)

  it('explains an address', () => {
    expect(tree.explain('ip ip.src')).toEqual({
      title: 'Source',
      section: 'RFC 791 §3.1',
      position: 'bytes 0x000c–0x000f',
      width: '32 bits',
      hex: 'c0a8 0102',
      ascii: '',
      bits: undefined,
      value: '192.168.1.2',
      filter: 'ip.src == 192.168.1.2',
      text: [
        'Who sent the packet; in an outer header, the tunnel’s near end.',
        'It is one of the addresses for private use (RFC 1918): it means something only inside its own network, and a NAT device has to replace it on the way to the Internet.',
      ],
    })
  })

  it('finds a part where the whole is specified, unless it has a section of its own', async () => {
    // RFC 791 §3.1 has the flags; what don’t fragment is used for is in RFC 1191.
    expect(tree.explain('ip ip.flags ip.flags.mf').section).toBe('RFC 791 §3.1')
    expect(tree.explain('ip ip.flags ip.flags.df').section).toBe('RFC 1191 §3')
    const { nodes, found } = await treeInCapture('l2tp.pcap', 1)
    const host = nodes.findIndex(
      ({ record }) => record >= 0 && found.fields[record]!.name === 'l2tp.avp.host_name',
    )
    expect(explain(found, nodes, host).section).toBe('RFC 2661 §4.1')
  })

  it('explains a field of half a byte', () => {
    expect(tree.explain('ip ip.hdr_len')).toMatchObject({
      position: 'byte 0x0000, bits 4–7',
      width: '4 bits',
      hex: '45',
      ascii: 'E',
      bits: { whole: '0100 0101', marked: '.... 0101' },
      value: '20 bytes (5)',
      text: [
        'Tells where the payload begins, because options make the header longer. Counts words of 4 bytes.',
        '5 × 4 = 20 bytes, the least there is: no options.',
      ],
    })
  })

  it('explains a flag', () => {
    expect(tree.explain('ip ip.flags ip.flags.df')).toMatchObject({
      section: 'RFC 1191 §3',
      position: 'byte 0x0006, bit 1',
      width: '1 bit',
      bits: { whole: '0000 0000', marked: '.0.. ....' },
      filter: 'ip.flags.df == 0',
    })
  })

  it('counts bits of several bytes through', () => {
    expect(tree.explain('ip ip.frag_offset').position).toBe('bytes 0x0006–0x0007, bits 3–15')
  })

  it('tells that a sum is right', () => {
    expect(tree.explain('ip ip.checksum')).toMatchObject({ hex: '6c33', ascii: 'l3', width: '16 bits' })
    expect(tree.explain('ip ip.checksum').text.at(-1)).toBe(
      'Computed again for this packet, it comes out the same.',
    )
  })

  it('explains a layer, and how it tells what follows', () => {
    expect(tree.explain('ip/ip')).toMatchObject({
      title: 'Internet Protocol version 4',
      section: 'RFC 791',
      position: 'bytes 0x0014–0x0027',
      width: '20 bytes',
      hex: '4500 0054 0461 0000 ff01 5f24 ac10 0002 …',
      filter: 'ip',
    })
    const { text } = tree.explain('ip/ip')
    expect(text.slice(1)).toEqual([
      'Protocol 1 says that ICMP follows.',
      'The header takes 20 of the 102 captured bytes, 20 %; with all that it carries it is 84 bytes long.',
    ])
  })

  it('says that the capture stopped', () => {
    const { text } = tree.explain('ip/ip/icmp/data')
    expect(text[1]).toBe(
      'The capture ends inside this layer; the packet itself may be whole. Truncated: Data needs 56 bytes, the capture holds 54.',
    )
    expect(tree.explain('ip/ip/icmp/data !').title).toBe('Warning: Data')
    expect(tree.explain('ip/ip/icmp/data data.data')).toMatchObject({
      width: '54 bytes',
      hex: '5896 e585 356b ab31 2549 8f94 dea0 35d7 …',
      ascii: 'X...5k.1%I....5.…',
      filter: 'data.data[0:16] == 58:96:e5:85:35:6b:ab:31:25:49:8f:94:de:a0:35:d7',
    })
  })
})

describe('other packets', () => {
  it('tells of bytes that are not the frame’s', async () => {
    const tree = await treeInCapture('frag-outer-ipip.pcap', 4)
    expect(tree.explain('eth/ip').text[1]).toBe(
      'Protocol 4 says that IPv4 follows. That lies in the reassembled IPv4 datagram of 1500 bytes.',
    )
    expect(tree.explain('eth/ip/ip ip.ttl').position).toBe('byte 0x0008 of the reassembled IPv4 datagram')
    expect(tree.explain('eth/ip/ip').text[1]).toContain(
      'does not lie in the captured bytes, but in the reassembled IPv4 datagram.',
    )
  })

  it('tells of quotations', async () => {
    const tree = await treeInCapture('tunnel-unreachable.pcap', 4)
    expect(tree.explain('eth/ip/icmp').text[1]).toBe('It quotes a packet, whose first header is IPv4.')
    expect(tree.explain('eth/ip/icmp/ip').text[1]).toBe(
      'It belongs to an earlier packet, which this one quotes, perhaps not to its end. Protocol 47 says that GRE follows.',
    )
  })

  it('tells what is encrypted', async () => {
    const tree = await treeInCapture('esp-tunnel-aes128gcm.pcap', 3)
    expect(tree.explain('eth/ip/esp').text).toContain(
      'It is complete, and encrypted on purpose. Encrypted: what is inside can be read only with the keys of this association.',
    )
    expect(tree.explain('eth/ip/esp esp.spi').filter).toBe('esp.spi == 0x00001001')
  })

  it('finds the port that dispatched, and numbers too wide to count with', async () => {
    const tree = await treeInCapture('ikev2-psk.pcap', 3)
    expect(tree.explain('eth/ip/udp').text[1]).toBe('Source port 500 says that IKE follows.')
    expect(tree.explain('eth/ip/udp/isakmp isakmp.ispi').filter).toBe(
      'isakmp.ispi == cc:75:96:26:f1:15:72:4f',
    )
    expect(tree.explain('eth/ip/udp/isakmp isakmp.typepayload').filter).toBe('isakmp.typepayload')
  })

  it('puts header and trailer together', () => {
    const echo = '4500001c000100004001f6dcc0000201c00002020800f7ff00000000'
    const bytes = hexBytes(`02005e530002 02005e530001 0800 ${echo} ${'00'.repeat(18)}`)
    const { position, width, text } = treeOfFrame(frameOf(bytes, ethernet)).explain('eth')
    expect(position).toBe('bytes 0x0000–0x000d and bytes 0x002a–0x003b')
    expect(width).toBe('32 bytes')
    expect(text.at(-1)).toBe(
      'Header and trailer take 32 of the 60 captured bytes, 53 %; with all that it carries it is 60 bytes long.',
    )
  })

  it('explains a note by the field that it is about', () => {
    const bytes = hexBytes('4500001c000100004001f6dd c0000201 c0000202 0800f7ff00000000')
    const tree = treeOfFrame(frameOf(bytes, raw))
    expect(tree.explain('ip ip.checksum !')).toMatchObject({
      title: 'Error: Header checksum',
      position: 'bytes 0x000a–0x000b',
      hex: 'f6dd',
      text: [
        'Header checksum 0xf6dd is wrong, 0xf6dc expected.',
        'Covers this header only and is made anew at every hop, because the time to live changes.',
      ],
    })
    expect(tree.explain('ip ip.checksum').text.at(-1)).toBe(
      'Header checksum 0xf6dd is wrong, 0xf6dc expected.',
    )
  })

  it('explains what contradicts itself', () => {
    // An IKE payload that claims 3 bytes, less than its own header.
    const tree = treeOfFrame(
      udp4(500, 500, '0011223344556677 0000000000000000 2b202208 00000000 00000020 00000003'),
    )
    expect(tree.explain('ip/udp/isakmp').text.join(' ')).toMatch(
      /The packet contradicts itself here, so the rest of it is not read\. Malformed: Payload length is 3,/,
    )
  })
})

const textsOf = ({ bits, text, ...rest }: Explanation): string[] => [
  ...Object.values(rest),
  ...Object.values(bits ?? {}),
  ...text,
]

/** What no reader may see of an explanation. */
function faultsOf(explanation: Explanation): string[] {
  const texts = textsOf(explanation)
  return [
    ...(explanation.title === '' ? ['no title'] : []),
    ...(explanation.text.length === 0 ? ['no text'] : []),
    ...texts.filter(text => /NaN|undefined|Infinity|\[object/.test(text) || text.search(controls) >= 0),
  ]
}

it.each(captureNames)('%s is explained to the last node', async name => {
  const dissector = newDissector(new Session())
  const faults: string[] = []
  for (const frame of await framesOf(captureFile(name))) {
    const { found, nodes } = treeOf(dissector.dissect(frame, 'noted'))
    nodes.forEach((node, i) => {
      const where = `frame ${frame.number}, ${node.path}`
      faults.push(...faultsOf(explain(found, nodes, i)).map(fault => `${where}: ${fault}`))
    })
  }
  expect(faults).toEqual([])
})

describe('filters', () => {
  const isMissing = spawnSync('tshark', ['--version']).status !== 0
  const packets = [
    ['walkthrough.pcap', 2],
    ['gre-key.pcap', 3],
    ['ikev1-main-psk.pcap', 3],
    ['ah-tunnel-sha1.pcap', 4],
    ['sit.pcap', 3],
  ] as const

  /** Fields that tshark 4.0 counts in other units, or that it has not under this name. */
  const differing =
    /^(ip\.hdr_len|tcp\.hdr_len|data\.|icmp\.data_time\.|isakmp\.(typepayload|datapayload|reserved|flags\.reserved|sa\.situation|ike\.attr\.word)|ah\.reserved)/

  const finds = (name: string, number: number, filter: string): boolean => {
    const options = ['-nr', captureFile(name), '-Y', `frame.number == ${number} && (${filter})`]
    const run = spawnSync('tshark', options, { encoding: 'utf8' })
    return run.status === 0 && run.stdout.trim() !== ''
  }

  it.skipIf(isMissing).each(packets)(
    'find packet %s %i in tshark',
    { timeout: 60_000 },
    async (name, number) => {
      const { found, nodes } = await treeInCapture(name, number)
      const filters = nodes
        .map((node, i) => (node.record < 0 ? '' : explain(found, nodes, i).filter))
        .filter(filter => filter !== '' && !differing.test(filter))
      expect(filters.length).toBeGreaterThan(10)
      if (finds(name, number, filters.join(' && '))) return
      expect(filters.filter(filter => !finds(name, number, filter))).toEqual([])
      expect.fail('each filter alone finds the packet, all together do not')
    },
  )
})
