import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('dhcp.pcap'))
const frames6 = await framesOf(captureFile('dhcpv6.pcap'))
const packet = (number: number) => peel(frames[number - 1]!)
const packet6 = (number: number) => peel(frames6[number - 1]!)

const fixed = `01010600 3903f326 0000 8000 ${'00'.repeat(16)} fee1bbd10001 ${'00'.repeat(10 + 64 + 128)} 63825363`
const dhcp = (options: string, cut = 0) => peel(udp4(68, 67, fixed + options, cut))
const dhcpv6 = (payload: string) => peel(udp4(546, 547, payload))

// Values as tshark 4.0 shows them.
describe('DHCP', () => {
  it('reads what a client asks', () => {
    const { stack, show, values, places, found, notes } = packet(1)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'dhcp'])
    expect(show('dhcp.id')).toEqual(['0x3903f326'])
    expect(values('dhcp.flags.bc')).toEqual([1])
    expect(places('dhcp.flags.bc')).toEqual(['416+1'])
    expect(show('dhcp.hw.mac_addr')).toEqual(['fe:e1:bb:d1:00:01'])
    expect(show('dhcp.option.dhcp')).toEqual(['Discover (1)'])
    expect(show('dhcp.option.hostname')).toEqual(['alice'])
    expect(values('dhcp.option.request_list_item')).toEqual([1, 3, 6, 15, 26, 121])
    expect(show('dhcp.option.request_list_item')[5]).toBe('Classless static routes (121)')
    expect(found.layer(3).summary).toBe('Discover (1), fe:e1:bb:d1:00:01')
    expect(notes).toEqual([])
  })

  it('reads what a server gives', () => {
    const { show, found } = packet(4)
    expect(show('dhcp.ip.your')).toEqual(['192.168.1.1'])
    expect(show('dhcp.option.ip_address_lease_time')).toEqual(['3600 seconds'])
    expect(show('dhcp.option.domain_name_server')).toEqual(['192.168.1.2', '192.0.2.53'])
    expect(show('dhcp.option.interface_mtu')).toEqual(['1400'])
    expect(show('dhcp.option.classless_static_route')).toEqual([
      '10.0.0.0/8 via 192.168.1.2, 0.0.0.0/0 via 192.168.1.2',
    ])
    expect(found.layer(3).summary).toBe('ACK (5), 192.168.1.1 for fe:e1:bb:d1:00:01')
  })

  it('reads what a relay adds', () => {
    const { show, values } = packet(3)
    expect(show('dhcp.option.agent_information_option.suboption.code')).toEqual([
      'Circuit ID (1)',
      'Remote ID (2)',
    ])
    expect(values('dhcp.option.agent_information_option.value')).toEqual(['65746830', 'fee1bbd10001'])
  })

  it('refuses lengths that lie', () => {
    expect(dhcp('3501').notes).toContain(
      'error: Malformed: Length claims 3 bytes for Option, UDP length leaves 2'.replace(
        'UDP length',
        'Length',
      ),
    )
    expect(dhcp('5204 01ff').statuses.at(-1)).toBe('malformed')
    expect(dhcp('3301 05 ff').values('dhcp.option.value')).toEqual(['05'])
    expect(dhcp('350101ff', 2).statuses.at(-1)).toBe('truncated')
    const routes = dhcp('7906 080ac0a80102 ff').show('dhcp.option.classless_static_route')
    expect(routes).toEqual(['10.0.0.0/8 via 192.168.1.2'])
    expect(dhcp('7902 21ff ff').show('dhcp.option.classless_static_route')).toEqual(['…'])
  })
})

describe('DHCPv6', () => {
  it('reads what a client asks', () => {
    const { stack, show, values, notes } = packet6(1)
    expect(stack).toEqual(['eth', 'ipv6', 'udp', 'dhcpv6'])
    expect(show('dhcpv6.msgtype')).toEqual(['Solicit (1)'])
    expect(show('dhcpv6.xid')).toEqual(['0xabcdef'])
    expect(show('dhcpv6.duidllt.time')).toEqual(['2020-02-23 10:46:38 UTC'])
    expect(values('dhcpv6.iaid')).toEqual([1, 2])
    expect(show('dhcpv6.elapsed_time')).toEqual(['100 ms (10)'])
    expect(values('dhcpv6.requested_option_code')).toEqual([23, 24])
    expect(values('dhcpv6.clientfqdn.client.s')).toEqual([1])
    expect(notes).toEqual([])
  })

  it('reads what a server gives', () => {
    const { show, values } = packet6(4)
    expect(show('dhcpv6.iaaddr.ip')).toEqual(['fd00:172:16::100'])
    expect(show('dhcpv6.iaaddr.valid_lifetime')).toEqual(['7200 seconds'])
    expect(show('dhcpv6.iaprefix.pref_addr')).toEqual(['fd00:172:1600::'])
    expect(values('dhcpv6.iaprefix.pref_len')).toEqual([56])
    expect(show('dhcpv6.dns_server')).toEqual(['fd00::53', 'fd00::54'])
    expect(show('dhcpv6.status_code')).toEqual(['Success (0)'])
  })

  it('reads a relayed message as a layer', () => {
    const { stack, show, values } = packet6(2)
    expect(stack.slice(3)).toEqual(['dhcpv6', 'dhcpv6'])
    expect(show('dhcpv6.linkaddr')).toEqual(['fd00:172:16::1'])
    expect(values('dhcpv6.interface_id')).toEqual(['65746831'])
    expect(show('dhcpv6.msgtype')).toEqual(['Relay forward (12)', 'Solicit (1)'])
  })

  it('reads a relayed message in front of other options', () => {
    const relay = `0c 00 ${'00'.repeat(32)}`
    const { stack, show, values } = dhcpv6(`${relay} 0009 0004 01abcdef 0012 0001 61`)
    expect(stack.filter(id => id === 'dhcpv6')).toHaveLength(1)
    expect(show('dhcpv6.msgtype')).toEqual(['Relay forward (12)', 'Solicit (1)'])
    expect(values('dhcpv6.interface_id')).toEqual(['61'])
  })

  it('refuses lengths that lie', () => {
    expect(dhcpv6('01abcdef 0008 0004 0000').statuses.at(-1)).toBe('malformed')
    const nested = (depth: number): string => {
      let inner = ''
      for (let i = 0; i < depth; i++)
        inner = `0003${(12 + inner.length / 2).toString(16).padStart(4, '0')}${'00'.repeat(12)}${inner}`
      return inner
    }
    expect(dhcpv6(`01abcdef ${nested(10)}`).statuses.at(-1)).toBe('complete')
    expect(dhcpv6(`01abcdef ${nested(40)}`).statuses.at(-1)).toBe('malformed')
  })
})
