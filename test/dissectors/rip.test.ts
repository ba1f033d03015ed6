import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('rip.pcap'))
const next = await framesOf(captureFile('ripng.pcap'))

// Values and places as tshark 4.0 has them.
describe('RIP', () => {
  it('reads version 1, which asks for everything and tells without masks', () => {
    const { stack, show, values, found, notes } = peel(frames[1]!)
    expect(stack).toEqual(['eth', 'ip', 'udp', 'rip'])
    expect(show('rip.command')).toEqual(['Response (2)'])
    expect(show('rip.ip')).toEqual(['10.0.0.0', '172.16.0.0'])
    expect(show('rip.metric')).toEqual(['1', 'unreachable (16)'])
    expect(values('rip.netmask')).toEqual([])
    expect(found.layer(3).summary).toBe('version 1, response, 2 routes')
    expect(notes).toEqual([])
    expect(peel(frames[0]!).show('rip.family')).toEqual(['Unspecified (0)'])
  })

  it('reads routes of version 2', () => {
    const { show, values, places } = peel(frames[3]!)
    expect(show('rip.netmask')).toEqual(['255.255.255.0', '255.255.0.0'])
    expect(show('rip.next_hop')).toEqual(['0.0.0.0', '192.168.1.7'])
    expect(places('rip.next_hop')).toEqual([`${58 * 8}+32`, `${78 * 8}+32`])
    expect(values('rip.route_tag')).toEqual([0, 65001])
  })

  it('masks passwords and reads digests', () => {
    const { show, notes } = peel(frames[4]!)
    expect(show('rip.auth.passwd')).toEqual(['********'])
    expect(notes).toEqual(['warning: The password crosses the network as it is'])
    const keyed = peel(frames[5]!)
    expect(keyed.values('rip.digest_offset')).toEqual([44])
    expect(keyed.values('rip.key_id')).toEqual([7])
    expect(keyed.values('rip.seq_num')).toEqual([1234])
    expect(keyed.values('rip.authentication_data')).toEqual(['00112233445566778899aabbccddeeff'])
    expect(keyed.places('rip.authentication_data')).toEqual([`${90 * 8}+128`])
  })

  it('stops at an entry that is cut', () => {
    const { statuses, values } = peel(udp4(520, 520, '02010000 00020000 0a000000 00000000'))
    expect(statuses.at(-1)).toBe('malformed')
    expect(values('rip.ip')).toEqual([0x0a000000])
  })
})

describe('RIPng', () => {
  it('reads routes and next hops', () => {
    const { stack, show, values, places, found } = peel(next[1]!)
    expect(stack).toEqual(['eth', 'ipv6', 'udp', 'ripng'])
    expect(show('ripng.rte.ipv6_prefix')).toEqual(['fd00:172:16::', 'fe80::7', '2001:db8::'])
    expect(show('ripng.rte.metric')).toEqual(['1', 'next hop (255)', 'unreachable (16)'])
    expect(values('ripng.rte.prefix_length')).toEqual([64, 0, 32])
    expect(places('ripng.rte.route_tag')).toEqual([`${82 * 8}+16`, `${102 * 8}+16`, `${122 * 8}+16`])
    expect(found.layer(3).summary).toBe('response, 2 routes')
  })

  it('notices a prefix that is too long', () => {
    const { notes } = peel(udp4(521, 521, `02010000 ${'00'.repeat(18)} 81 01`))
    expect(notes).toEqual(['warning: An address of IPv6 has 128 bits'])
  })
})
