import { describe, expect, it } from 'vitest'
import { ipv6 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const rawIpv6 = 229
const packet = (hex: string, wireLength?: number) => {
  const bytes = hexBytes(hex)
  return frameOf(bytes, rawIpv6, wireLength ?? bytes.length)
}

const addresses = '20010db8000000000000000000000001 20010db8000000000000000000000002'
// 2001:db8::1 port 40000 to 2001:db8::2 port 40001, "hello"; the sum is tshark's.
const udp = '9c409c41000d280b68656c6c6f'

// Linux, sit: an echo request in IPv6 in IPv4.
const sixInFour = `fee1bbd10002 fee1bbd10001 0800 4500007c 939f4000 40292366 c0a80101 c0a80102
  60010555 0040 3a 40 fd000172001600000000000000000001 fd000172001600000000000000000002
  8000a0bd 00040001 92f8006b 00000000 89770600 00000000 1011121314151617 18191a1b1c1d1e1f
  2021222324252627 28292a2b2c2d2e2f 3031323334353637`

// Linux, ip6tnl: an echo request in IPv4 in IPv6, with a tunnel encapsulation limit.
const fourInSix = `fee1bbd10002 fee1bbd10001 86dd 6003acb1 005c 3c 40
  fd3e62ee99dbbb1a0000000000000001 fd3e62ee99dbbb1a0000000000000002 0400 040104 010100
  45000054 09fc4000 4001d889 ac100001 ac100002 0800035d 00060001 bff8006b 00000000 72650300 00000000
  1011121314151617 18191a1b1c1d1e1f 2021222324252627 28292a2b2c2d2e2f 3031323334353637`

describe('IPv6', () => {
  it('names every bit of the header where tshark does', () => {
    const { stack, show, values, places, notes, statuses } = peel(
      packet(`6b9abcde 000d 11 40 ${addresses} ${udp}`),
    )
    expect(stack).toEqual(['ipv6', 'udp', 'data'])
    expect(statuses).toEqual(['complete', 'complete', 'complete'])
    expect(places('ipv6.version')).toEqual(['0+4'])
    expect(values('ipv6.tclass')).toEqual([0xb9])
    expect(places('ipv6.tclass')).toEqual(['4+8'])
    expect(show('ipv6.tclass.dscp')).toEqual(['EF (46)'])
    expect(places('ipv6.tclass.dscp')).toEqual(['4+6'])
    expect(show('ipv6.tclass.ecn')).toEqual(['ECT(1) (1)'])
    expect(places('ipv6.tclass.ecn')).toEqual(['10+2'])
    expect(show('ipv6.flow')).toEqual(['0xabcde'])
    expect(places('ipv6.flow')).toEqual(['12+20'])
    expect(show('ipv6.plen')).toEqual(['13 bytes'])
    expect(places('ipv6.plen')).toEqual(['32+16'])
    expect(show('ipv6.nxt')).toEqual(['UDP (17)'])
    expect(places('ipv6.nxt')).toEqual(['48+8'])
    expect(values('ipv6.hlim')).toEqual([64])
    expect(show('ipv6.src')).toEqual(['2001:db8::1'])
    expect(places('ipv6.src')).toEqual(['64+128'])
    expect(show('ipv6.dst')).toEqual(['2001:db8::2'])
    expect(places('ipv6.dst')).toEqual(['192+128'])
    expect(notes).toEqual([])
  })

  it('gives its addresses to the checksum inside', () => {
    expect(peel(ipv6(17, udp)).notes).toEqual([])
    expect(peel(ipv6(17, udp.replace('280b', '280c'))).notes).toEqual([
      'error: Checksum 0x280c is wrong, 0x280b expected',
    ])
  })

  it('ends where its length says', () => {
    const { stack, notes } = peel(packet(`60000000 000d 11 40 ${addresses} ${udp} 0000`))
    expect(stack).toEqual(['ipv6', 'udp', 'data'])
    expect(notes).toEqual([])
    expect(peel(packet(`60000000 0000 3b 40 ${addresses} 0000`)).stack).toEqual(['ipv6'])
  })

  it('says when its length cannot be true', () => {
    expect(peel(packet(`60000000 000e 11 40 ${addresses} ${udp}`)).notes).toEqual([
      'error: Payload length claims 54 bytes, the frame leaves 53',
    ])
  })

  it('tells a capture that stops from a packet that lies', () => {
    const cut = peel(packet(`60000000 000d 11 40 ${addresses.slice(0, 40)}`, 53))
    expect(cut.statuses).toEqual(['truncated'])
    expect(cut.notes).toEqual(['warning: Truncated: Destination address needs 16 bytes, the capture holds 3'])
    expect(cut.line()).toBe(' [|ipv6]')
    const short = peel(packet('60000000000d1140'))
    expect(short.statuses).toEqual(['malformed'])
  })

  it('reads all that is there where an offloading sender leaves the length 0', () => {
    const { stack, notes } = peel(packet(`60000000 0000 11 40 ${addresses} ${udp}`))
    expect(stack).toEqual(['ipv6', 'udp', 'data'])
    expect(notes).toEqual([
      'info: Payload length 0: captured on the sender before its network card cut the packet',
    ])
  })

  it('doubts what no host may send', () => {
    const from = 'ff020000000000000000000000000001'
    const { notes } = peel(packet(`60000000 0000 3b 00 ${from} ${'00'.repeat(16)}`))
    expect(notes).toEqual([
      'warning: Hop limit is 0: no router may pass the packet on',
      'error: The source is a multicast address, but only one host can have sent this',
      'error: The destination is the unspecified address, which names no one',
    ])
  })

  it('takes no further header for an answer', () => {
    const { stack, notes, line } = peel(ipv6(59, '616263'))
    expect(stack).toEqual(['ipv6', 'data'])
    expect(notes).toEqual(['info: No next header: 3 bytes behind it mean nothing'])
    expect(line()).toBe('2001:db8::1 > 2001:db8::2: no next header')
  })

  it('prints as OpenBSD’s tcpdump', () => {
    const { line } = peel(packet(`6b9abcde 000d 11 01 ${addresses} ${udp}`))
    const start = '2001:db8::1.40000 > 2001:db8::2.40001: '
    expect(line()).toBe(`${start}udp 5 [class 0xb9] [flowlabel 0xabcde] [hlim 1]`)
    expect(line({ verbose: 1 })).toBe(
      `${start}[udp sum ok] udp 5 [class 0xb9] [flowlabel 0xabcde] [hlim 1] (len 13)`,
    )
    expect(peel(ipv6(17, udp)).line({ verbose: 1 })).toBe(`${start}[udp sum ok] udp 5 (len 13, hlim 64)`)
    expect(peel(packet(`60000000 0010 fd 40 ${addresses}`, 50)).line()).toBe(
      'truncated-ip6 - 6 bytes missing!2001:db8::1 > 2001:db8::2: ip-proto-253 16',
    )
    const other = peel(packet(`50000000 000d 11 40 ${addresses} ${udp}`))
    expect(other.stack).toEqual(['ipv6', 'data'])
    expect(other.notes).toEqual(['error: Version 5 in the place of 6: what follows is not read'])
    expect(other.line()).toBe('bad-ip6-version 5')
  })

  it('prints tunnels by what is inside', () => {
    const inner = `4500001c 00010000 40fdf5e0 c0000201 c0000202 0102030405060708`
    const outer = peel(packet(`60000000 001c 04 40 ${addresses} ${inner}`))
    expect(outer.stack).toEqual(['ipv6', 'ip', 'data'])
    expect(outer.line()).toBe('192.0.2.1 > 192.0.2.2: ip-proto-253 8 (encap)')
    expect(outer.line({ verbose: 1 })).toBe(
      '2001:db8::1 > 2001:db8::2: 192.0.2.1 > 192.0.2.2: ip-proto-253 8 (ttl 64, id 1, len 28) (len 28, hlim 64)',
    )
    const six = peel(ipv6(41, `60000000 000d 11 40 ${addresses} ${udp}`))
    expect(six.stack).toEqual(['ipv6', 'ipv6', 'udp', 'data'])
    expect(six.line()).toBe('2001:db8::1.40000 > 2001:db8::2.40001: udp 5 (encap)')
  })

  it('is carried in IPv4, and carries it', () => {
    const sit = peel(frameOf(hexBytes(sixInFour)))
    expect(sit.stack.slice(0, 3)).toEqual(['eth', 'ip', 'ipv6'])
    expect(sit.line({ verbose: 1 })).toMatch(
      /^192.168.1.1 > 192.168.1.2: fd00:172:16::1 > fd00:172:16::2: .* \[flowlabel 0x10555\] \(len 64, hlim 64\) \(DF\) \(ttl 64, id 37791, len 124\)$/,
    )
    const tunnel = peel(frameOf(hexBytes(fourInSix)))
    expect(tunnel.stack.slice(0, 4)).toEqual(['eth', 'ipv6', 'ipv6.dstopts', 'ip'])
    const start = 'fd3e:62ee:99db:bb1a::1 > fd3e:62ee:99db:bb1a::2: DSTOPT '
    expect(tunnel.line()).toMatch(
      /^fd3e:62ee:99db:bb1a::1 > fd3e:62ee:99db:bb1a::2: DSTOPT 172.16.0.1 > 172.16.0.2: .* \(DF\) \(encap\) \[flowlabel 0x3acb1\]$/,
    )
    expect(tunnel.line({ verbose: 1 })).toContain(`${start}(type 0x04: len=1) 172.16.0.1 > 172.16.0.2: `)
    expect(tunnel.line({ verbose: 1 })).toMatch(
      /\(ttl 64, id 2556, len 84\) \[flowlabel 0x3acb1\] \(len 92, hlim 64\)$/,
    )
  })
})
