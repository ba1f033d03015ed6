import { describe, expect, it } from 'vitest'
import { ipv4, udp4 } from '../craft.ts'
import { blocksOf, explained, explainedBlocks, textOf } from '../explained.ts'

/** Line breaks read as blanks. */
const flat = (text: string): string => text.replace(/\s+/g, ' ')

describe('where a packet ends before its headers do', () => {
  it('says that the capture ended, and how much is missing', () => {
    const said = flat(textOf(explainedBlocks([udp4(1111, 2222, '00'.repeat(8), 10)])))
    expect(said).toContain('It had 36 bytes on the wire, of which the capture holds the first 26')
    expect(said).toContain('the last 10 bytes cannot be explained')
    expect(said).toContain('Header 2, UDP: the capture ends inside it')
    expect(said).toContain('! Truncated:')
  })

  it('speaks of a header of which nothing was captured', () => {
    const said = flat(textOf(explainedBlocks([udp4(1111, 2222, '00'.repeat(8), 16)])))
    expect(said).toContain('2 UDP, of which no byte is there')
    expect(said).toContain('Header 2, UDP: the capture ends inside it')
  })

  it('says that a packet contradicts itself', () => {
    // A UDP length of 4, less than its own header.
    const said = flat(textOf(explainedBlocks([ipv4(17, '0457 08ae 0004 0000')])))
    expect(said).toContain('Header 2, UDP: it contradicts itself')
    expect(said).toContain('✗ ')
  })

  it('says that what follows is encrypted', async () => {
    const said = flat(await explained('wireguard.pcap', 3))
    expect(said).toContain(
      'Header 4, WireGuard: what it carries is encrypted, and only the keys of its two ends open it.',
    )
    expect(said).toContain('It is complete, and encrypted on purpose.')
  })

  it('says that nobody here knows what follows', () => {
    const said = flat(textOf(explainedBlocks([ipv4(253, '00010203')])))
    expect(said).toContain('Header 1, IPv4: what it carries is nothing that is known here.')
    expect(said).toContain('This is the end of the IPv4 header; 4 bytes follow.')
    expect(said).toContain('IP protocol 253')
  })
})

describe('what a tunnel costs', () => {
  it('adds up the headers between two packets', async () => {
    const eoip = flat(await explained('eoip.pcap', 5))
    expect(eoip).toContain(
      'IPv4, GRE and Ethernet wrap the packet from 172.16.0.1 to 172.16.0.2, which costs 20 + 8 + 14 = 42 bytes of overhead: where packets of 1500 bytes fit, 1458 are left',
    )
  })

  it('counts a frame that carries no packet', async () => {
    // The first packet in the tunnel asks for a link address: ARP in Ethernet in GRE.
    const said = flat(await explained('gretap.pcap', 3))
    expect(said).toMatch(/IPv4 and GRE wrap a whole frame of Ethernet, which costs 20 \+ 4 = 24 bytes/)
  })

  it('adds up all wrappings', async () => {
    const said = flat(await explained('jenga.pcap', 1, 'brief'))
    expect(said).toMatch(/All these wrappings together cost \d{3} bytes/)
    expect(said.split('up in its own routing table')).toHaveLength(2)
  })

  it('is nothing where nothing is wrapped', async () => {
    expect(await explained('ntp.pcap', 1)).not.toContain('overhead')
  })

  it('does not count a packet that an error quotes', async () => {
    const said = flat(await explained('tunnel-unreachable.pcap', 4))
    expect(said).toContain('It quotes an earlier packet from 192.168.1.1 to 192.168.1.2.')
    expect(said).toContain('the packet that it quotes begins here')
    expect(said).not.toContain('bytes of overhead')
  })
})

describe('a reassembled datagram', () => {
  it('has sections of its own', async () => {
    const said = await explained('frag-outer-ipip.pcap', 4)
    const [frame = '', whole = ''] = said.split('\nReassembled')
    expect(frame).toContain('54 bytes on the wire')
    expect(flat(frame)).toContain('which has a section of its own below')
    expect(whole).toContain('4 ICMP')
    expect(flat(whole)).toContain('Addresses and bits count from their own start.')
    expect(whole).toContain('All bytes of the buffer')
  })
})

describe('how much is said', () => {
  it('says what a field is for once in a packet', async () => {
    const said = flat(await explained('walkthrough.pcap', 2))
    expect(said.split('Each router takes 1 off')).toHaveLength(2)
  })

  it('brief leaves out drawings of headers and what fields are for', async () => {
    const brief = await blocksOf('walkthrough.pcap', 2, 'brief')
    expect(brief.filter(({ kind }) => kind === 'drawing')).toHaveLength(2)
    expect(textOf(brief)).toContain('Time to live. Hex 40, ASCII "@": 64.')
    expect(textOf(brief)).not.toContain('Each router takes 1 off')
  })

  it('has no line wider than its columns, drawings included', async () => {
    const text = textOf(await blocksOf('ikev2-psk.pcap', 3), 80)
    expect(text.split('\n').filter(line => line.length > 80)).toEqual([])
    expect(text.length).toBeGreaterThan(10_000)
  })

  it('names every byte of a packet as a field’s', async () => {
    const fields = (await blocksOf('walkthrough.pcap', 2)).filter(block => block.kind === 'field')
    const covered = fields
      .filter(({ depth }) => depth === 0)
      .reduce((sum, { start, end }) => sum + end - start, 0)
    // Two pairs of fields share a byte in each IPv4 header: version and length, flags and offset.
    expect(covered).toBe(102 + 2 * 2)
  })
})

describe('what is innermost', () => {
  it('is inside most headers, not merely the last one: two messages in a segment, a ping in the first', async () => {
    expect(flat(await explained('sstp.pcap', 7))).toContain('Innermost is ICMP: ')
    expect(flat(await explained('bgp.pcap', 9))).toContain('Innermost is BGP: ROUTE-REFRESH.')
  })

  it('is a sentence with one full stop', async () => {
    const said = flat(await explained('syslog.pcap', 3))
    expect(said).toMatch(/Innermost is Syslog: [^#]*do-nuts\. #/)
    expect(said).not.toContain('do-nuts..')
    expect(said).toMatch(/In this packet: local4\.notice [^•]*do-nuts\. •/)
  })
})
