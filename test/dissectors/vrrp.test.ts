import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { ipv4 } from '../craft.ts'
import { peel } from '../peel.ts'

const routers = await framesOf(captureFile('vrrp.pcap'))
const hosts = await framesOf(captureFile('carp.pcap'))

// Values and places as tshark 4.0 has them, told of CARP where it is that.
describe('VRRP', () => {
  it('reads version 2 with its password masked', () => {
    const { stack, show, values, places, found, notes, line } = peel(routers[1]!)
    expect(stack).toEqual(['eth', 'ip', 'vrrp'])
    expect(values('vrrp.version')).toEqual([2])
    expect(show('vrrp.prio')).toEqual(['owner (255)'])
    expect(show('vrrp.ip_addr')).toEqual(['192.168.1.254', '192.168.1.253'])
    expect(show('vrrp.auth_string')).toEqual(['********'])
    expect(places('vrrp.auth_string')).toEqual([`${50 * 8}+64`])
    expect(found.layer(2).summary).toBe('version 2, router 7, priority owner (255), 192.168.1.254')
    expect(notes).toEqual([])
    expect(line()).toContain('VRRPv2-advertise 24: vrid=7 prio=255')
  })

  it('reads version 3 over both versions of IP, its checksum with addresses or without', () => {
    const { values, show, places } = peel(routers[3]!)
    expect(values('vrrp.short_adver_int')).toEqual([100])
    expect(places('vrrp.short_adver_int')).toEqual([`${58 * 8 + 4}+12`])
    expect(show('vrrp.ipv6_addr')).toEqual(['fe80::252', 'fd3e:62ee:99db:bb1a::252'])
    for (const frame of routers) expect(peel(frame).notes).toEqual([])
    const wrong = peel(ipv4(112, '3109 7801 0064 93ee c0a801fb')).found.checks
    expect(wrong.map(({ field, good }) => [field.name, good])).toContainEqual(['vrrp.checksum', false])
  })

  it('stops where an address is missing', () => {
    const last = (payload: string) => peel(ipv4(112, payload)).statuses.at(-1)
    expect(last('3109 7802 0064 0000 c0a801fb')).toBe('malformed')
    expect(last('2109 7801 0001 0000 c0a801fb 0000')).toBe('malformed')
    expect(last('4109 7801')).toBe('complete')
  })
})

describe('CARP', () => {
  it('is told from VRRP by what stands in the place of the count, and its length', () => {
    const { stack, values, places, found, notes, line } = peel(hosts[1]!)
    expect(stack).toEqual(['eth', 'ip', 'carp'])
    expect(values('carp.vhid')).toEqual([1])
    expect(values('carp.advskew')).toEqual([100])
    expect(values('carp.demotion')).toEqual([32])
    expect(values('carp.counter')).toEqual(['77aa000000000009'])
    expect(values('carp.hmac')).toEqual(['13f00dcafe0102030405060708090a0b0c0d0e0f'])
    expect(places('carp.hmac')).toEqual([`${50 * 8}+160`])
    expect(
      found.checks.filter(({ field }) => field.name === 'carp.checksum').map(({ good }) => good),
    ).toEqual([true])
    expect(found.layer(2).summary).toBe('host 1, every 1 s, skew 100, demotion 32')
    expect(notes).toEqual([])
    expect(line()).toContain('CARPv2-advertise 36: vhid=1 advbase=1 advskew=100 demote=32')
  })

  it('is VRRP with seven addresses where there are as many', () => {
    const seven = `2107 6407 0001 0000 ${'c0a80101'.repeat(7)} ${'00'.repeat(8)}`
    expect(peel(ipv4(112, seven)).stack.at(-1)).toBe('vrrp')
    expect(peel(hosts[2]!).stack).toEqual(['eth', 'ipv6', 'carp'])
  })
})
