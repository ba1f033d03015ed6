import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import { Session } from '../../src/dissect/session.ts'
import type { Frame } from '../../src/frame.ts'
import { packetLine } from '../../src/tui/packet-line.ts'
import { ipv4 } from '../craft.ts'
import { captureOf } from './at.ts'

const lineOf = (frame: Frame) => packetLine(newDissector(new Session()).dissect(frame, 'noted'))
const line = async (name: string, number: number) => packetLine((await captureOf(name)).dissect(number))

/** A packet of a capture with some bytes changed, and perhaps fewer of them captured. */
async function changed(
  name: string,
  number: number,
  bytes: Readonly<Record<number, number>>,
): Promise<Frame> {
  const frame = (await captureOf(name)).frame(number)
  const copy = frame.bytes.slice(frame.start, frame.start + frame.capturedLength)
  for (const [at, byte] of Object.entries(bytes)) copy[Number(at)] = byte
  return { ...frame, bytes: copy, start: 0 }
}

describe('the line of a packet', () => {
  it('has both ends of a tunnel', async () => {
    // The article's packet 2, with the length that its IP header promises.
    expect(await line('walkthrough.pcap', 2)).toMatchObject({
      number: 2,
      stack: ['ip', 'ip', 'icmp'],
      outer: { source: '192.168.1.2', destination: '192.168.1.1' },
      inner: { source: '172.16.0.2', destination: '172.16.0.1' },
      length: 104,
    })
    expect((await line('walkthrough.pcap', 2)).info).toMatch(/echo reply.*aa08.*1$/i)
  })

  it('of a tunnel between two kinds of addresses has both', async () => {
    expect(await line('walkthrough.pcap', 3)).toMatchObject({
      stack: ['ipv6', 'ip', 'icmp'],
      outer: { source: 'fd3e:62ee:99db:bb1a::1', destination: 'fd3e:62ee:99db:bb1a::2' },
      inner: { source: '172.16.0.1', destination: '172.16.0.2' },
    })
  })

  it('of no tunnel has no inner addresses', async () => {
    const said = await line('walkthrough.pcap', 5)
    expect(said).toMatchObject({ stack: ['ip', 'udp', 'isakmp'], inner: undefined, length: 538 })
    expect(said.outer).toEqual({ source: '192.168.1.2', destination: '192.168.1.1' })
    expect(said.info).toContain('IKE_SA_INIT')
  })

  it('of an error takes no addresses from the packet that it quotes', async () => {
    const capture = await captureOf('tunnel-unreachable.pcap')
    const lines = Array.from({ length: capture.count }, (_, i) => packetLine(capture.dissect(i + 1)))
    const errors = lines.filter(({ info }) => /port unreachable/i.test(info))
    expect(errors.length).toBeGreaterThan(0)
    for (const each of errors) {
      expect(each.stack.slice(-2)).toEqual(['ip', 'icmp'])
      expect(each.outer?.source).toBe('192.168.1.2')
      expect(each.inner).toBeUndefined()
    }
  })

  it('counts the bytes on the wire, not those that were captured', async () => {
    expect((await captureOf('snap-68.pcap')).capturedLength(3)).toBe(68)
    expect((await line('snap-68.pcap', 3)).length).toBeGreaterThan(68)
  })
})

describe('the verdict', () => {
  it('on a packet that is whole and right is none', async () => {
    expect((await line('ipip.pcap', 3)).verdicts).toEqual([])
  })

  it('is truncated where the capture stopped', async () => {
    // Each packet of the walkthrough was cut after 102 bytes, and is longer.
    for (let packet = 1; packet <= 12; packet++)
      expect((await line('walkthrough.pcap', packet)).verdicts).toEqual(['truncated'])
  })

  it('is fragment for every part of a datagram, inside the tunnel or outside', async () => {
    for (const [name, count] of [
      ['frag-inner-gre.pcap', 8],
      ['frag-outer-ipip.pcap', 10],
    ] as const) {
      // Two packets of ARP come first.
      for (let packet = 1; packet <= count; packet++)
        expect((await line(name, packet)).verdicts.includes('fragment'), `${name} ${packet}`).toBe(packet > 2)
    }
  })

  it('is bad checksum where a byte has changed', async () => {
    // The last byte of the inner ICMP of an IPv4 in IPv4 ping, behind 14 + 20 + 20 + 8 bytes of headers.
    const frame = await changed('ipip.pcap', 3, { 70: 0xee })
    expect(lineOf(frame).verdicts).toEqual(['bad checksum'])
  })

  it('is bad checksum for GRE too', async () => {
    const before = await line('gre-csum.pcap', 3)
    expect(before.verdicts).toEqual([])
    // Behind 14 + 20 bytes: flags, type, checksum at 38.
    expect(lineOf(await changed('gre-csum.pcap', 3, { 38: 0x12, 39: 0x34 })).verdicts).toEqual([
      'bad checksum',
    ])
  })

  it('is malformed where the packet contradicts itself', async () => {
    // The header length of the inner IPv4 header, behind 14 + 20 bytes, as three words: five are the least.
    expect(lineOf(await changed('ipip.pcap', 3, { 34: 0x43 })).verdicts).toContain('malformed')
  })

  it('is none for a sum that is left to the network card, even if something else is wrong with that layer', () => {
    // TCP, six words: port 1 to 2, SYN. The sum of the pseudo header alone: c000 0201 c000 0202 0006 0018 make 8422.
    const tcp = (option: string) => `00010002 00000000 00000000 60020000 8422 0000 ${option}`
    expect(lineOf(ipv4(6, tcp('01010101'))).verdicts).toEqual([])
    // An option of no length.
    expect(lineOf(ipv4(6, tcp('02000000'))).verdicts).not.toContain('bad checksum')
    expect(lineOf(ipv4(6, tcp('01010101').replace('8422', '8423'))).verdicts).toEqual(['bad checksum'])
  })
})

describe('a header that carries what nobody here knows', () => {
  it('is one of the layers, and the one that speaks', async () => {
    // tshark: eth:ethertype:ip:gre:osi:esis
    expect(await line('isis.pcap', 6)).toMatchObject({
      stack: ['eth', 'ip', 'gre', 'osi'],
      info: 'ES-IS (130)',
    })
    expect(lineOf(ipv4(253, '00010203')).stack).toEqual(['ip'])
  })
})
