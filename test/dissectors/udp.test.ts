import { describe, expect, it } from 'vitest'
import { ipv4, ipv6 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

// A NAT keepalive between two Linux hosts.
const keepalive =
  'fee1bbd10002 fee1bbd10001 0800 4500001db60040004011017cc0a80101c0a80102 1194 1194 0009 5a5f ff'

// VXLAN over IPv6, which Linux sends without a checksum.
const vxlan = `
  fee1bbd10001 fee1bbd10002 86dd 60000000003a1140fd3e62ee99dbbb1a0000000000000002fd3e62ee99dbbb1a0000000000000001
  dce2 2118 003a 0000 08000000ffffff006a65c0ac4d6c1e1a3e31be70080600010800060400021e1a3e31be70ac1000026a65c0ac4d6cac100001`

const hello = '68656c6c6f'
const ports = 'c000c001'

describe('UDP', () => {
  it('delimits its fields and verifies the checksum', () => {
    const { stack, values, places, show, notes, found, line } = peel(frameOf(hexBytes(keepalive)))
    expect(stack.slice(0, 3)).toEqual(['eth', 'ip', 'udp'])
    expect([values('udp.srcport'), places('udp.srcport')]).toEqual([[4500], ['272+16']])
    expect([show('udp.dstport'), places('udp.dstport')]).toEqual([['ipsec-nat-t (4500)'], ['288+16']])
    expect([show('udp.length'), places('udp.length')]).toEqual([['9 bytes'], ['304+16']])
    expect([show('udp.checksum'), places('udp.checksum')]).toEqual([['0x5a5f'], ['320+16']])
    expect(notes).toEqual([])
    expect(found.layer(2).length).toBe(8)
    expect(line({ verbose: 1, numeric: false })).toContain('.ipsec-nat-t: [udp sum ok] ')
  })

  it('shows a port without a service as its number', () => {
    expect(peel(ipv4(17, `${ports}000d0000${hello}`)).show('udp.srcport')).toEqual(['49152'])
  })

  it('says what the checksum has to be', () => {
    const { notes, line } = peel(ipv4(17, `${ports}000d1234${hello}`))
    expect(notes).toEqual(['error: Checksum 0x1234 is wrong, 0xb7fb expected'])
    expect(line({ verbose: 1 })).toContain(': [bad udp cksum 1234! -> b7fb] udp 5 (ttl')
    expect(peel(ipv6(17, `${ports}000d1234${hello}`)).notes).toEqual([
      'error: Checksum 0x1234 is wrong, 0xe08a expected',
    ])
    expect(peel(ipv4(17, `${ports}000db7fb${hello}`)).notes).toEqual([])
  })

  it('leaves the checksum to the network card', () => {
    const { notes, line } = peel(ipv4(17, `${ports}000d8422${hello}`))
    expect(notes).toEqual([
      'info: Only the pseudo header is summed: captured on the sender, which leaves the rest to its network card',
    ])
    expect(line({ verbose: 1 })).toContain('[bad udp cksum 8422! -> b7fb] ')
  })

  it('writes a sum of 0 as 0xffff', () => {
    expect(peel(ipv4(17, `${ports}000affff fbd3`.replace(' ', ''))).notes).toEqual([])
  })

  it('does without a checksum over IPv4', () => {
    const { notes, line } = peel(ipv4(17, `${ports}000d0000${hello}`))
    expect(notes).toEqual([])
    expect(line({ verbose: 1 })).toContain(': [no udp cksum] udp 5 ')
  })

  it('does without a checksum over IPv6 only in tunnels', () => {
    expect(peel(ipv6(17, `${ports}000d0000${hello}`)).notes).toEqual([
      'warning: No checksum over IPv6, which receivers drop: only tunnels may do so (RFC 8200 §8.1)',
    ])
    expect(peel(frameOf(hexBytes(vxlan))).notes).toContain(
      'info: No checksum over IPv6, which tunnels may do (RFC 6935): damage to the addresses goes unnoticed',
    )
  })

  it('leaves what its length does not cover to the layer around it', () => {
    const { stack, values, found } = peel(ipv4(17, `${ports}000a0000${hello}`))
    expect(stack).toEqual(['ip', 'udp', 'data'])
    expect(values('data.data')).toEqual(['6865'])
    expect(values('data.leftover')).toEqual(['6c6c6f'])
    expect(found.layer(0).length).toBe(23)
  })

  it('may not be longer than the packet', () => {
    const { notes, values, line } = peel(ipv4(17, `${ports}001e0000${hello}`))
    expect(notes).toEqual(['error: Length claims 30 bytes, Total length leaves 13'])
    expect(values('data.data')).toEqual([hello])
    expect(line()).toBe('192.0.2.1.49152 > 192.0.2.2.49153: udp 22')
  })

  it('is at least a header long', () => {
    for (const length of ['0000', '0005', '0007']) {
      const { notes, statuses, stack } = peel(ipv4(17, `${ports}${length}0000${hello}`))
      expect(notes).toEqual([
        `error: Malformed: Length is ${Number(length)}, less than the 8 bytes before it`,
      ])
      expect(statuses).toEqual(['complete', 'malformed'])
      expect(stack).toEqual(['ip', 'udp'])
    }
    expect(peel(ipv4(17, `${ports}00050000${hello}`)).line()).toContain(': truncated-udp 5')
    expect(peel(ipv4(17, `${ports}0008`)).line()).toContain(': truncated-udp 6')
    expect(peel(ipv4(17, `${ports}00080000`)).notes).toEqual([])
  })

  it('keeps what a short capture holds', () => {
    const { notes, statuses, line } = peel(ipv4(17, `${ports}000d1234${hello}`, 7))
    expect(notes).toEqual(['warning: Truncated: Checksum needs 2 bytes, the capture holds 0'])
    expect(statuses).toEqual(['complete', 'truncated'])
    expect(line()).toContain('192.0.2.1.49152 > 192.0.2.2.49153: [|udp]')
    const cut = peel(ipv4(17, `${ports}000d1234${hello}`, 2))
    expect(cut.notes).toEqual(['warning: Truncated: Data needs 5 bytes, the capture holds 3'])
  })

  it('says little with -q', () => {
    expect(peel(frameOf(hexBytes(keepalive))).line({ quiet: true })).toBe(
      '192.168.1.1.4500 > 192.168.1.2.4500: udp 1 (DF)',
    )
  })
})
