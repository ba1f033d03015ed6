import { describe, expect, it } from 'vitest'
import { ipv4, udp4 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const frame = (hex: string) => frameOf(hexBytes(hex))

// Linux, `ip link add type gre … csum`: an echo request.
const withChecksum = `
  fee1bbd10002 fee1bbd10001 0800 45000070 24e44000 402f9227 c0a80101 c0a80102
  8000 0800 77ff 0000
  45000054 5c5c4000 40018629 ac100001 ac100002
  08007738 000d0001 46f9006b 00000000 7a820000 00000000 1011121314151617
  18191a1b1c1d1e1f 2021222324252627 28292a2b2c2d2e2f 3031323334353637`

const inner = `
  4500002c f2954000 40013409 0a180001 0a180002 0800698a 1d000005 be1f495a20dce38b43a43badca741bc8`
const ethernet = '02005e180002 02005e180001 0800'
const everything = `${ethernet} 45000050 facc4000 402f534d c0000218 c6336419 b000 0800 0000 0000 0050002a 00000011 ${inner}`
const routed = `${ethernet} 45000058 ac444000 402fa1cd c0000218 c6336419
  4000 0800 0000 0000 0800 00 08 c0000218 c6336419 0000 00 00
  4500002c 60024000 4001c69c 0a180001 0a180002 0800cbba 1d000004 4db8a167ff304868a98048d7b8802daf`

describe('GRE as captured', () => {
  it('delimits the flags and verifies the checksum', () => {
    const { stack, values, places, show, found, notes } = peel(frame(withChecksum))
    expect(stack.slice(0, 4)).toEqual(['eth', 'ip', 'gre', 'ip'])
    expect(values('gre.flags_and_version')).toEqual([0x8000])
    expect(places('gre.flags_and_version')).toEqual(['272+16'])
    expect(places('gre.flags.checksum')).toEqual(['272+1'])
    expect(places('gre.flags.routing')).toEqual(['273+1'])
    expect(places('gre.flags.key')).toEqual(['274+1'])
    expect(places('gre.flags.sequence_number')).toEqual(['275+1'])
    expect(places('gre.flags.strict_source_route')).toEqual(['276+1'])
    expect(places('gre.flags.recursion_control')).toEqual(['277+3'])
    expect(places('gre.flags.reserved')).toEqual(['280+5'])
    expect(places('gre.flags.version')).toEqual(['285+3'])
    expect(values('gre.flags.checksum')).toEqual([1])
    expect(show('gre.proto')).toEqual(['IPv4 (0x0800)'])
    expect(show('gre.checksum')).toEqual(['0x77ff'])
    expect(places('gre.offset')).toEqual(['320+16'])
    expect(show('gre.offset')).toEqual(['0x0000'])
    expect(found.layer(2).length).toBe(8)
    expect(notes.filter(note => !note.startsWith('info'))).toEqual([])
  })

  it('prints as tcpdump does', () => {
    const { line } = peel(frame(withChecksum))
    expect(line()).toMatch(/^192\.168\.1\.1 > 192\.168\.1\.2: gre 172\.16\.0\.1 > 172\.16\.0\.2: /)
    expect(line({ verbose: 1 })).toContain(': gre [C] 0800 sum 0x77ff 172.16.0.1 > 172.16.0.2: ')
  })

  it('reads key and sequence number behind a wrong checksum', () => {
    const { show, values, places, notes, line } = peel(frame(everything))
    expect(show('gre.key')).toEqual(['0x0050002a'])
    expect(places('gre.key')).toEqual(['336+32'])
    expect(values('gre.sequence_number')).toEqual([17])
    expect(notes).toContain('error: Checksum 0x0000 is wrong, 0x4774 expected')
    expect(line({ verbose: 1 })).toContain(
      ': gre [CKS] 0800 sum 0x0 key=5242922|20480+2a seq 17 10.24.0.1 > ',
    )
    expect(line()).toContain(': gre key=5242922|20480+2a seq 17 10.24.0.1 > ')
  })

  it('reads source routes up to the empty one', () => {
    const { show, values, places, notes, line, stack } = peel(frame(routed))
    expect(stack.slice(0, 4)).toEqual(['eth', 'ip', 'gre', 'ip'])
    expect(places('gre.routing')).toEqual(['336+96', '432+32'])
    expect(values('gre.routing.address_family')).toEqual([2048, 0])
    expect(places('gre.routing.address_family')).toEqual(['336+16', '432+16'])
    expect(values('gre.routing.sre_offset')).toEqual([0, 0])
    expect(values('gre.routing.src_length')).toEqual([8, 0])
    expect(show('gre.routing.address')).toEqual(['192.0.2.24', '198.51.100.25'])
    expect(notes).toContain(
      'warning: Bits of RFC 1701 that RFC 2784 took out: most receivers drop the packet',
    )
    expect(line()).toContain(': gre off 0x0 (rtaf=ip *192.0.2.24 198.51.100.25) 10.24.0.1 > ')
    expect(line({ verbose: 1 })).toContain(': gre [R] 0800 off 0x0 (rtaf=ip *')
  })

  it('carries Ethernet', () => {
    const { stack, show } = peel(
      frame(`fee1bbd10002 fee1bbd10001 0800 45000042 7c404000 402f3af9 c0a80101 c0a80102 0000 6558
        ffffffffffff 527a3be920ee 0806 0001 0800 06 04 0001 527a3be920ee ac100001 000000000000 ac100002`),
    )
    expect(stack.slice(0, 4)).toEqual(['eth', 'ip', 'gre', 'eth'])
    expect(show('gre.proto')).toEqual(['Transparent Ethernet Bridging (0x6558)'])
  })
})

describe('enhanced GRE', () => {
  const pptp = `${ethernet} 45000051 ed814000 402f6097 c0000218 c6336419 3081 880b 002d 0005 00000002 00000001
    21 4500002c 2f3f4000 4001f75f 0a180001 0a180002 0800a557 1d000007 63c814460c86f3187249a0136437475f`

  it('has length, call and acknowledgment', () => {
    const { values, places, notes, line } = peel(frame(pptp))
    expect(values('gre.flags.version')).toEqual([1])
    expect(values('gre.flags.ack')).toEqual([1])
    expect(places('gre.flags.ack')).toEqual(['280+1'])
    expect(places('gre.flags.reserved')).toEqual(['281+4'])
    expect(values('gre.key.payload_length')).toEqual([45])
    expect(places('gre.key.payload_length')).toEqual(['304+16'])
    expect(values('gre.key.call_id')).toEqual([5])
    expect(values('gre.sequence_number')).toEqual([2])
    expect(values('gre.ack_number')).toEqual([1])
    expect(places('gre.ack_number')).toEqual(['368+32'])
    expect(notes.filter(note => note.startsWith('error'))).toEqual([])
    expect(line()).toContain(': pptp callid 5 seq 2 ack 1: ')
    expect(line({ verbose: 1 })).toContain(': pptp [KSA] len 45 callid 5 seq 2 ack 1: ')
  })

  it('acknowledges without a payload', () => {
    const { stack, line, notes } = peel(ipv4(47, '2081 880b 0000 0005 00000002'))
    expect(stack).toEqual(['ip', 'gre'])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: pptp callid 5 ack 2')
    expect(notes).toEqual([])
  })

  it('is EoIP with MikroTik’s protocol type: the tunnel has its low byte first', () => {
    const { stack, values, places, line } = peel(
      frame(`${ethernet} 45000056 6af04000 402fe323 c0000218 c6336419 2001 6400 003a 2c01
        02005e180002 02005e180001 0800 4500002c 610c4000 4001c592 0a180001 0a180002
        08009232 1d000001 eab955fee295ec44e26e8ba7513279f0`),
    )
    expect(stack.slice(0, 5)).toEqual(['eth', 'ip', 'gre', 'eth', 'ip'])
    expect(values('gre.key.tunnel_id')).toEqual([300])
    expect(places('gre.key.tunnel_id')).toEqual(['320+16'])
    expect(line()).toContain(': eoip 300: 10.24.0.1 > ')
    expect(line({ verbose: 1 })).toContain(': eoip len=58 tunnel-id=300: 10.24.0.1 > ')
  })

  it('keeps EoIP tunnels alive with nothing', () => {
    expect(peel(ipv4(47, '20016400 0000 0700')).line()).toBe('192.0.2.1 > 192.0.2.2: eoip 7: keepalive')
  })

  it('says what contradicts RFC 2637', () => {
    expect(peel(ipv4(47, '9001880b 0000 0000 00000001 ff')).notes.slice(0, 3)).toEqual([
      'error: Enhanced GRE has neither checksum nor source routes nor recursion control (RFC 2637 §4.1)',
      'error: Enhanced GRE needs its key: the payload length and the call',
      'error: Checksum 0x0000 is wrong, 0xe8f0 expected',
    ])
    expect(peel(ipv4(47, '30790800 0000 0000 00000001')).notes).toEqual([
      'warning: Reserved flag bits are set',
      'warning: Enhanced GRE carries PPP, or MikroTik’s EoIP',
    ])
  })

  it('notes a payload length that the packet does not have', () => {
    const { notes, line } = peel(ipv4(47, '20016400 0040 0100 02005e18'))
    expect(notes).toContain('error: Payload length claims 64 bytes, 4 are left')
    expect(line()).toContain('eoip 1 truncated-eoip - 60 bytes missing!: ')
  })

  it('leaves what is behind the payload length to itself', () => {
    const { values, stack } = peel(ipv4(47, '3001 99ff 0002 0001 00000001 aaaa bbbbbb'))
    expect(stack.at(-1)).toBe('data')
    expect(values('gre.key.payload_length')).toEqual([2])
    expect(values('data.data')).toEqual(['aaaa'])
    expect(values('data.leftover')).toEqual(['bbbbbb'])
  })
})

describe('GRE on the edge', () => {
  it('is told as a keepalive without a protocol', () => {
    const { notes, line } = peel(ipv4(47, '00000000'))
    expect(notes).toEqual(['info: Keepalive: no packet is inside'])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: gre keep-alive')
    expect(line({ verbose: 1 })).toContain(': gre [] 0000 keep-alive (')
  })

  it('names a protocol that nobody claims', () => {
    const { statuses, notes, line } = peel(ipv4(47, '0000 99ff aabb'))
    expect(statuses).toContain('unknown')
    expect(notes).toEqual(['info: No dissector claims EtherType 0x99ff'])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: gre unknown-proto-99ff')
  })

  it('stops at a version that nobody defined', () => {
    const { notes, line, stack } = peel(ipv4(47, '0002 0800 45000014'))
    expect(notes).toEqual(['error: Version 2: only 0 and 1 are defined, the rest is not read'])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: gre-unknown-version=2')
    expect(stack.at(-1)).toBe('data')
  })

  it('warns of reserved bits and of a Reserved1', () => {
    expect(peel(ipv4(47, '00f80000')).notes).toContain('warning: Reserved flag bits are set')
    expect(peel(ipv4(47, '80000000 7ffe0001')).notes).toEqual([
      'warning: Reserved1 is to be 0 where no source routes follow',
      'info: Keepalive: no packet is inside',
    ])
  })

  it('does not check a checksum of which bytes are missing', () => {
    const { notes, statuses } = peel(ipv4(47, '8000 99ff 1234 0000 0102030405060708', 4))
    expect(notes.filter(note => note.includes('wrong'))).toEqual([])
    expect(statuses.at(-1)).toBe('truncated')
  })

  it('tells cut from contradictory', () => {
    const cut = peel(ipv4(47, '2000 0800 00000001', 2))
    expect(cut.statuses.at(-1)).toBe('truncated')
    expect(cut.notes).toEqual(['warning: Truncated: Key needs 4 bytes, the capture holds 2'])
    expect(cut.line()).toContain(': gre [|gre]')
    const lie = peel(ipv4(47, '2000 0800 0000'))
    expect(lie.statuses.at(-1)).toBe('malformed')
    expect(lie.notes).toEqual(['error: Malformed: Key needs 4 bytes, Total length leaves 2'])
  })

  it('ends source routes that do not end', () => {
    const endless = peel(ipv4(47, `4000 0800 0000 0000 ${'0001 00 00'.repeat(40)}`))
    expect(endless.values('gre.routing.address_family')).toHaveLength(40)
    expect(endless.statuses.at(-1)).toBe('malformed')
    expect(endless.notes.at(-1)).toBe('error: Malformed: Address family needs 2 bytes, Total length leaves 0')
  })

  it('reads autonomous systems and unknown lists, and refuses a list too long', () => {
    const { values, line, notes } = peel(
      ipv4(47, '4800 0000 0000 0000 fffe 02 04 fde8fde9 0099 00 03 010203 0800 05 03 0a0b0c 0000 00 00'),
    )
    expect(values('gre.routing.system')).toEqual([65000, 65001])
    expect(values('gre.routing.information')).toEqual(['010203'])
    expect(values('data.leftover')).toEqual(['0a0b0c'])
    expect(notes).toContain('warning: SRE offset 5 points behind the 3 bytes of its list')
    expect(line()).toBe(
      '192.0.2.1 > 192.0.2.2: gre off 0x0 (rtaf=asn fde8 *fde9) (rtaf=0x99) (rtaf=ip badoffset=5) keep-alive',
    )
    expect(peel(ipv4(47, '4000 0800 0000 0000 0800 00 10 c0000201')).notes).toContain(
      'error: Malformed: SRE length claims 20 bytes for Source route entry, Total length leaves 8',
    )
  })

  it('travels in UDP too', () => {
    const { stack, line } = peel(udp4(40000, 4754, '00000000'))
    expect(stack.slice(-2)).toEqual(['udp', 'gre'])
    expect(line()).toContain('192.0.2.1.40000 > 192.0.2.2.4754: gre keep-alive')
  })
})

describe('GRE that changes what follows', () => {
  it('has NVGRE’s virtual subnet in the key of a bridge', () => {
    const { stack, values, places, line } = peel(
      ipv4(47, '2000 6558 00123456 020000000002 020000000001 0800'),
    )
    expect(stack.slice(0, 3)).toEqual(['ip', 'gre', 'eth'])
    expect(values('gre.key')).toEqual([0x123456])
    expect(values('nvgre.vsid')).toEqual([0x1234])
    expect(places('nvgre.vsid')).toEqual(['192+24'])
    expect(values('nvgre.flowid')).toEqual([0x56])
    expect(line()).toContain('gre key=1193046|4660+56 ')
  })

  it('may have a redirect header of WCCP', () => {
    const packet = '45000014 00010000 40fd0000 0a090001 0a090002'
    const second = peel(ipv4(47, `0000 883e 83330507 ${packet}`))
    expect(second.stack.slice(0, 3)).toEqual(['ip', 'gre', 'ip'])
    expect(second.values('gre.wccp.dynamic_service')).toEqual([1])
    expect(second.values('gre.wccp.alternative_bucket_used')).toEqual([1])
    expect(second.values('gre.wccp.redirect_header_valid')).toEqual([0])
    expect(second.values('gre.wccp.service_id')).toEqual([0x33])
    expect(second.values('gre.wccp.primary_bucket')).toEqual([7])
    const first = peel(ipv4(47, `0000 883e ${packet}`))
    expect(first.stack.slice(0, 3)).toEqual(['ip', 'gre', 'ip'])
    expect(first.values('gre.wccp.service_id')).toEqual([])
  })

  it('returns to its sender as a keepalive', () => {
    const { stack, notes } = peel(ipv4(47, '0000 0800 45000018 00010000 ff2f0000 c0000202 c0000201 00000000'))
    expect(stack).toEqual(['ip', 'gre', 'ip', 'gre'])
    expect(notes).toContain('info: Keepalive: no packet is inside')
  })
})
