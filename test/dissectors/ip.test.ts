import { describe, expect, it } from 'vitest'
import { Session } from '../../src/dissect/session.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const rawIpv4 = 228
const packet = (hex: string, wireLength?: number) => {
  const bytes = hexBytes(hex)
  return frameOf(bytes, rawIpv4, wireLength ?? bytes.length)
}

const addresses = 'c0000201 c0000202'
// 192.0.2.1 port 40000 to 192.0.2.2 port 40001, "hello"; the sums here and in the headers are tshark's.
const udp = '9c409c41000dff7b68656c6c6f'
const plain = `45000021 12340000 00112495 ${addresses}`

// The same ports, 100 bytes "zzz…", cut behind the first 48 bytes.
const z = (count: number) => '7a'.repeat(count)
const first = `45000044 42422000 40119463 ${addresses} 9c409c41006c56a4 ${z(40)}`
const last = `45000050 42420006 4011b451 ${addresses} ${z(60)}`

describe('IPv4', () => {
  it('names every bit of the header where tshark does', () => {
    const { stack, show, values, places, notes, statuses } = peel(
      packet(`45bb0021 12344000 0111e2d9 ${addresses} ${udp}`),
    )
    expect(stack).toEqual(['ip', 'udp', 'data'])
    expect(statuses).toEqual(['complete', 'complete', 'complete'])
    expect(places('ip.version')).toEqual(['0+4'])
    expect(show('ip.hdr_len')).toEqual(['20 bytes (5)'])
    expect(places('ip.hdr_len')).toEqual(['4+4'])
    expect(show('ip.dsfield')).toEqual(['0xbb'])
    expect(show('ip.dsfield.dscp')).toEqual(['EF (46)'])
    expect(places('ip.dsfield.dscp')).toEqual(['8+6'])
    expect(show('ip.dsfield.ecn')).toEqual(['Congestion experienced (3)'])
    expect(places('ip.dsfield.ecn')).toEqual(['14+2'])
    expect(show('ip.len')).toEqual(['33 bytes'])
    expect(show('ip.id')).toEqual(['0x1234'])
    expect(places('ip.flags')).toEqual(['48+3'])
    expect(values('ip.flags.rb')).toEqual([0])
    expect(values('ip.flags.df')).toEqual([1])
    expect(places('ip.flags.df')).toEqual(['49+1'])
    expect(values('ip.flags.mf')).toEqual([0])
    expect(places('ip.frag_offset')).toEqual(['51+13'])
    expect(values('ip.ttl')).toEqual([1])
    expect(show('ip.proto')).toEqual(['UDP (17)'])
    expect(show('ip.checksum')).toEqual(['0xe2d9'])
    expect(show('ip.src')).toEqual(['192.0.2.1'])
    expect(show('ip.dst')).toEqual(['192.0.2.2'])
    expect(places('ip.dst')).toEqual(['128+32'])
    expect(notes).toEqual([])
  })

  it('verifies its checksum', () => {
    const { notes, line } = peel(packet(`45020021 12340000 4011e493 ${addresses} ${udp}`))
    expect(notes).toEqual(['error: Header checksum 0xe493 is wrong, 0xe492 expected'])
    expect(line({ verbose: 1 })).toContain('(ttl 64, id 4660, len 33, bad ip cksum e493! -> e492)')
  })

  it('doubts what no host may send', () => {
    expect(peel(packet(`${plain} ${udp}`)).notes).toEqual([
      'warning: Time to live is 0: no router may pass the packet on',
    ])
    expect(peel(packet(`45010021 12348000 40116493 ${addresses} ${udp}`)).notes).toEqual([
      'warning: The reserved bit is set',
    ])
    expect(peel(packet(`45000021 12340000 4011c694 e0000001 c0000202 ${udp}`)).notes).toContain(
      'error: The source is a multicast address, but only one host can have sent this',
    )
  })

  it('ends where its length says', () => {
    const padded = peel(packet(`45020021 12340000 4011e492 ${addresses} ${udp} 000000`))
    expect(padded.stack).toEqual(['ip', 'udp', 'data'])
    expect(padded.notes).toEqual([])
    expect(peel(packet(`45020021 12340000 4011e492 ${addresses} ${udp.slice(0, -2)}`)).notes).toContain(
      'error: Total length claims 33 bytes, the frame leaves 32',
    )
    expect(peel(packet(`45000013 12340000 4011e4a2 ${addresses} ${udp}`)).statuses).toEqual(['malformed'])
  })

  it('reads all that is there where an offloading sender leaves the length 0', () => {
    const { stack, notes } = peel(packet(`45000000 12340000 4011e4b5 ${addresses} ${udp}`))
    expect(stack).toEqual(['ip', 'udp', 'data'])
    expect(notes).toEqual([
      'info: Total length 0: captured on the sender before its network card cut the packet',
    ])
  })

  it('tells a capture that stops from a packet that lies', () => {
    const cut = peel(packet('45000021 12340000 4011', 33))
    expect(cut.statuses).toEqual(['truncated'])
    expect(cut.line()).toBe(' [|ip]')
    const lies = peel(packet(`44000021 12340000 4011e494 ${addresses} ${udp}`))
    expect(lies.statuses).toEqual(['malformed'])
    expect(lies.notes).toEqual(['error: Malformed: Header length 16 is less than 20 bytes'])
    expect(lies.line()).toBe('bad-hlen 16')
    const other = peel(packet(`55000021 12340000 4011d494 ${addresses} ${udp}`))
    expect(other.stack).toEqual(['ip', 'data'])
    expect(other.notes).toEqual(['error: Version 5 in the place of 4: what follows is not read'])
    expect(other.line()).toBe('bad-ip-version 5')
    expect(peel(packet(`45000021 12340000 40fd e3a8 ${addresses}`, 30)).line()).toBe(
      'truncated-ip - 3 bytes missing!192.0.2.1 > 192.0.2.2: ip-proto-253 13',
    )
  })

  it('says what the identification means in this packet', () => {
    const meaning = (hex: string) => {
      const { found } = peel(packet(hex))
      const layer = found.layer(0)
      return found.fields.find(field => field.name === 'ip.id')!.here!(0x1234, layer)
    }
    expect(meaning(`45bb0021 12344000 0111e2d9 ${addresses} ${udp}`)).toContain('means nothing')
    expect(meaning(`${plain} ${udp}`)).toBe('')
  })

  it('prints as OpenBSD’s tcpdump', () => {
    const start = '192.0.2.1.40000 > 192.0.2.2.40001: '
    const marked = peel(packet(`45bb0021 12344000 0111e2d9 ${addresses} ${udp}`))
    expect(marked.line()).toBe(`${start}udp 5 (DF) [tos 0xbb (EC)] [ttl 1]`)
    expect(marked.line({ verbose: 1 })).toBe(
      `${start}[udp sum ok] udp 5 (DF) [tos 0xbb (EC)] [ttl 1] (id 4660, len 33)`,
    )
    expect(peel(packet(`45020021 12340000 4011e492 ${addresses} ${udp}`)).line()).toBe(
      `${start}udp 5 [tos 0x2 (E)]`,
    )
    expect(peel(packet(`45010021 12348000 40116493 ${addresses} ${udp}`)).line()).toBe(
      `${start}udp 5 [tos 0x1 (C)]`,
    )
  })
})

describe('IPv4 fragments', () => {
  it('show alone what the first one holds, and nothing of a later one', () => {
    const begin = peel(packet(first))
    expect(begin.stack).toEqual(['ip', 'udp', 'data'])
    expect(begin.line()).toBe('192.0.2.1.40000 > 192.0.2.2.40001: udp 100 (frag 16962:48@0+)')
    const later = peel(packet(last))
    expect(later.stack).toEqual(['ip', 'data'])
    expect(later.show('ip.frag_offset')).toEqual(['48 bytes (6)'])
    expect(later.line({ verbose: 1 })).toBe('192.0.2.1 > 192.0.2.2: (frag 16962:60@48) (ttl 64, len 80)')
  })

  it('are put together by a session, in any order', () => {
    for (const order of [
      [first, last],
      [last, first],
    ]) {
      const session = new Session()
      const one = peel({ ...packet(order[0]!), number: 3 }, session)
      expect(one.stack).toEqual(['ip', 'data'])
      expect(one.notes).toEqual(['info: First fragment seen of datagram 0x4242'])
      const two = peel({ ...packet(order[1]!), number: 5 }, session)
      expect(two.stack).toEqual(['ip', 'udp', 'data'])
      // UDP's sum is right over both pieces.
      expect(two.notes).toEqual(['info: Completes datagram 0x4242, whose fragments are frames 3, 5'])
      expect(two.found.buffers.map(buffer => [buffer.name, buffer.bytes.length])).toEqual([
        ['reassembled-ip', 108],
      ])
    }
  })

  it('that are cut by the capture are not waited for', () => {
    const cut = packet(first.replace(z(40), z(20)), 68)
    expect(peel(cut, new Session()).stack).toEqual(['ip', 'udp', 'data'])
    expect(peel(packet(last.replace(z(60), z(20)), 80), new Session()).stack).toEqual(['ip', 'data'])
  })

  it('that are cut by the frame around are not waited for', () => {
    const claimsMore = packet(first.replace('45000044', '45000144'))
    expect(peel(claimsMore, new Session()).stack).toEqual(['ip', 'udp', 'data'])
  })

  it('are looked at closely, for packets hide in them', () => {
    expect(peel(packet(first.replace('2000 40119463', '6000 40115463'))).notes).toContain(
      'warning: A fragment that says it must not be one',
    )
    const uneven = `45000041 42422000 40119466 ${addresses} 9c409c41006c56a4 ${z(37)}`
    expect(peel(packet(uneven)).notes).toContain(
      'error: 45 bytes are no multiple of 8, as all fragments but the last have to be',
    )
    expect(peel(packet(`4500001c 00010001 4006f6d6 ${addresses} ${'00'.repeat(8)}`)).notes).toEqual([
      'warning: Starts inside the TCP header, which hides its flags from filters (RFC 1858)',
    ])
    expect(peel(packet(`4500001c 00011fff 4011d6cd ${addresses} ${'00'.repeat(8)}`)).notes).toEqual([
      'error: Ends at byte 65536 of a datagram that has at most 65515',
    ])
  })
})
