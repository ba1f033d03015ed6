import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { ipv4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frames = await framesOf(captureFile('bgp.pcap'))
const packet = (number: number) => peel(frames[number - 1]!)

const ones = 'ffffffffffffffffffffffffffffffff'
/** A segment to port 179 around bytes written as hex. */
const segment = (payload: string, cut = 0) =>
  peel(ipv4(6, `80e8 00b3 00000001 00000001 5018 ffff 0000 0000 ${payload}`, cut))

// Values as tshark 4.0 shows them.
describe('BGP', () => {
  it('reads an OPEN with its capabilities', () => {
    const { stack, values, show, places, notes } = packet(2)
    expect(stack).toEqual(['eth', 'ip', 'tcp', 'bgp'])
    expect(values('bgp.length')).toEqual([83])
    expect(show('bgp.type')).toEqual(['OPEN (1)'])
    expect(values('bgp.open.myas')).toEqual([23456])
    expect(show('bgp.open.holdtime')).toEqual(['90 seconds'])
    expect(show('bgp.open.identifier')).toEqual(['172.16.0.2'])
    expect(values('bgp.cap.type')).toEqual([1, 1, 2, 70, 6, 64, 65, 69, 9, 73])
    expect(show('bgp.cap.mp.afi')).toEqual(['IPv4 (1)', 'IPv6 (2)'])
    expect(values('bgp.cap.gr.timers.restart_time')).toEqual([120])
    expect(values('bgp.cap.gr.timers.restart_flag')).toEqual([1])
    expect(values('bgp.cap.4as')).toEqual([4200000001])
    expect(show('bgp.cap.ap.sendreceive')).toEqual(['Both (3)', 'Receive (1)'])
    expect(show('bgp.cap.role')).toEqual(['Peer (4)'])
    expect(show('bgp.cap.orf.fqdn.hostname')).toEqual(['bob'])
    expect(places('bgp.marker')).toEqual(['432+128'])
    expect(notes).toEqual([])
  })

  it('reads each message of a segment as a layer', () => {
    const { stack, values, show, found } = packet(5)
    expect(stack).toEqual(['eth', 'ip', 'tcp', 'bgp', 'bgp'])
    expect(show('bgp.nlri_prefix')).toEqual(['10.1.0.0', '10.2.3.128'])
    expect(values('bgp.prefix_length')).toEqual([16, 25, 0, 48, 64])
    expect(values('bgp.update.path_attribute.as_path_segment.as4')).toEqual([64512, 64512, 64600, 4200000002])
    expect(show('bgp.update.path_attribute.next_hop')).toEqual(['172.16.0.1'])
    expect(values('bgp.update.path_attribute.multi_exit_disc')).toEqual([20])
    expect(show('bgp.update.path_attribute.community_wellknown')).toEqual(['NO_EXPORT (0xffffff01)'])
    expect(values('bgp.update.path_attribute.community_value')).toEqual([100])
    expect(show('bgp.ext_com.stype_tr_as2')).toEqual(['Route target (0x02)'])
    expect(show('bgp.ext_com.value_link_bw')).toEqual(['4000000 bytes a second'])
    expect(values('bgp.large_communities.ga')).toEqual([4200000001])
    expect(show('bgp.update.path_attribute.mp_reach_nlri.next_hop.ipv6')).toEqual(['fd00:172:16::1'])
    expect(show('bgp.update.path_attribute.mp_reach_nlri.next_hop.ipv6.link_local')).toEqual(['fe80::1'])
    expect(show('bgp.mp_reach_nlri_ipv6_prefix')).toEqual(['fd00:1::', 'fd00:2:3::'])
    expect(found.layer(3).summary).toBe('UPDATE, 2 reached')
    expect(found.layer(4).summary).toBe('UPDATE, 2 reached')
  })

  it('reads what is withdrawn, and the end of routes', () => {
    expect(packet(6).show('bgp.withdrawn_prefix')).toEqual(['10.9.0.0'])
    expect(packet(7).show('bgp.mp_unreach_nlri_ipv6_prefix')).toEqual(['fd00:9::'])
    const { stack, found, show } = packet(9)
    expect(stack.slice(3)).toEqual(['bgp', 'bgp'])
    expect(found.layer(3).summary).toBe('UPDATE, end of routes')
    expect(show('bgp.route_refresh.subtype')).toEqual(['Request (0)'])
  })

  it('reads routes of VPNs', () => {
    const { show, values } = packet(8)
    expect(show('bgp.label_stack')).toEqual(['100'])
    expect(show('bgp.rd')).toEqual(['65000:1'])
    expect(show('bgp.mp_reach_nlri_ipv4_prefix')).toEqual(['10.5.0.0'])
    expect(show('bgp.update.path_attribute.mp_reach_nlri.next_hop.ipv4')).toEqual(['172.16.0.2'])
    expect(values('bgp.update.path_attribute.aggregator_as')).toEqual([4200000001])
    expect(show('bgp.path_attribute.cluster_id')).toEqual(['10.255.0.1', '10.255.0.2'])
  })

  it('says why the connection ends', () => {
    const { show, found } = packet(10)
    expect(show('bgp.notify.minor_error_cease')).toEqual(['Administrative shutdown (2)'])
    expect(show('bgp.notify.communication')).toEqual(['maintenance'])
    expect(found.layer(3).summary).toBe('NOTIFICATION, Cease (6), Administrative shutdown (2): maintenance')
  })

  it('guesses short AS numbers and path identifiers from what comes out to the byte', () => {
    // tcpdump's tests: AS 30 {10, 20} with 2 bytes each; a path identifier in front of 8.2.0.0/24, twice.
    const path = `${ones} 0024 02 0000 000d 40 02 0a 0201001e 0102000a0014`
    expect(segment(path).values('bgp.update.path_attribute.as_path_segment.as2')).toEqual([30, 10, 20])
    const withIds = `${ones} 0027 02 0010 00000014 18080200 00000015 18080201 0000`
    const { values, show } = segment(withIds)
    expect(values('bgp.nlri_path_id')).toEqual([20, 21])
    expect(show('bgp.withdrawn_prefix')).toEqual(['8.2.0.0', '8.2.1.0'])
  })

  it('begins with its marker, and is as long as it says', () => {
    const { stack, statuses } = segment(`${ones} 0040 02 0000`)
    expect(stack).toEqual(['ip', 'tcp', 'bgp'])
    expect(statuses.at(-1)).toBe('truncated')
    expect(segment('0102030405').stack).toEqual(['ip', 'tcp', 'data'])
    expect(segment(`${ones} 0013 04 01`).stack).toEqual(['ip', 'tcp', 'bgp', 'data'])
  })

  it('refuses lengths that lie', () => {
    expect(segment(`${ones} 0012 04`).notes).toContain(
      'error: Malformed: A message of 18 bytes; its header alone has 19',
    )
    const malformed = (payload: string) => segment(payload).notes.filter(note => note.includes('Malformed'))
    expect(malformed(`${ones} 0017 02 00ff 0000`)).toHaveLength(1)
    expect(malformed(`${ones} 001a 02 0000 0003 40 01 09`)).toHaveLength(1)
    expect(malformed(`${ones} 0019 02 0000 0000 21 00`)).toEqual([
      'error: Malformed: A prefix of 33 bits; these addresses have 32',
    ])
    expect(malformed(`${ones} 001d 01 04 fde8 005a 0a000001 ff`)).toHaveLength(1)
    expect(segment(`${ones} 0013 02`).notes).toContain('error: Only a KEEPALIVE is a header and nothing else')
    expect(segment(`${ones} 001d 01 04 fde8 005a 0a000001 00`, 3).statuses.at(-1)).toBe('truncated')
  })
})
