import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

// Linux ping in the clear; values as tshark and tcpdump read them.
const ping = `fee1bbd10002 fee1bbd10001 0800 45000054d4c440004001e290c0a80101c0a80102
  08009de100010001 6cf8006b00000000 22e60b0000000000
  101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f3031323334353637`

const icmp = (payload: string, cut = 0) => peel(ipv4(1, payload, cut))

describe('ICMP echo', () => {
  it('has an identifier and a sequence number', () => {
    const { stack, values, show, places, notes, line } = peel(frameOf(hexBytes(ping)))
    expect(stack).toEqual(['eth', 'ip', 'icmp', 'data'])
    expect(show('icmp.type')).toEqual(['Echo request (8)'])
    expect(places('icmp.type')).toEqual(['272+8'])
    expect(values('icmp.checksum')).toEqual([0x9de1])
    expect(values('icmp.ident')).toEqual([1])
    expect(places('icmp.ident')).toEqual(['304+16'])
    expect(values('icmp.seq')).toEqual([1])
    expect(places('icmp.seq')).toEqual(['320+16'])
    expect(places('data.data')).toEqual(['336+448'])
    expect(notes).toEqual([])
    expect(line()).toBe('192.168.1.1 > 192.168.1.2: icmp: echo request (DF)')
    expect(line({ verbose: 1 })).toBe(
      '192.168.1.1 > 192.168.1.2: icmp: echo request (id:0001 seq:1) [icmp cksum ok] (DF) (ttl 64, id 54468, len 84)',
    )
    expect(line({ quiet: true })).toBe('192.168.1.1 > 192.168.1.2: icmp: 8 0 (DF)')
  })

  it('starts with the time of sending when that is the time of the capture', () => {
    const frame = { ...frameOf(hexBytes(ping)), seconds: 1795225708 }
    const { show, values, places } = peel(frame)
    expect(places('icmp.data_time')).toEqual(['336+64'])
    expect(show('icmp.data_time.seconds')).toEqual(['2026-11-21 01:48:28 UTC (1795225708)'])
    expect(values('icmp.data_time.seconds_high')).toEqual([0])
    expect(places('data.data')).toEqual(['400+384'])
    expect(peel({ ...frame, seconds: 1795225708 + 90000 }).places('icmp.data_time')).toEqual([])
  })

  it('may have 32 bits of seconds and 32 of microseconds', () => {
    const frame = { ...ipv4(1, '0000 0000 0001 0001 6cf8006b 22e60b00 1011'), seconds: 1795225708 }
    expect(peel(frame).values('icmp.data_time.microseconds')).toEqual([779810])
  })

  it('is cut where the time would be', () => {
    const { stack, statuses, notes, line } = peel(ipv4(1, '0800 9de1 0001 0001 6cf8006b00000000', 5))
    expect(stack).toEqual(['ip', 'icmp'])
    expect(statuses.at(-1)).toBe('truncated')
    expect(notes).toContain('warning: Truncated: Data needs 8 bytes, the capture holds 3')
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: icmp: echo request')
  })

  it('tells a wrong checksum', () => {
    const { notes, line } = icmp('0800 9de2 0001 0001')
    expect(notes).toEqual(['error: Checksum 0x9de2 is wrong, 0xf7fd expected'])
    expect(line({ verbose: 1 })).toContain(
      'icmp: echo request (id:0001 seq:1) [bad icmp cksum 9de2! -> f7fd]',
    )
  })

  it('takes 0xffff for the 0 that it means', () => {
    expect(icmp('0800 ffff f7ff 0000').notes).toEqual([])
    expect(icmp('0800 0000 f7ff 0000').notes).toEqual([])
  })
})

const quoted = '4500003c123400000111db720a000002c0000209'

describe('ICMP errors', () => {
  it('name the reason and quote the datagram', () => {
    const { stack, show, values, places, found, notes, line } =
      icmp(`03038a1f000000004500003c123400000111db720a000002c0000209d903829a0028000071717171
      71717171717171717171717171717171717171717171717171717171`)
    expect(stack).toEqual(['ip', 'icmp', 'ip', 'udp', 'data'])
    expect(show('icmp.code')).toEqual(['Port unreachable (3)'])
    expect(values('icmp.unused')).toEqual(['00000000'])
    expect(places('icmp.unused')).toEqual(['192+32'])
    expect(show('ip.dst')).toEqual(['192.0.2.2', '192.0.2.9'])
    expect(values('udp.dstport')).toEqual([33434])
    expect([1, 2, 3, 4].map(layer => found.layer(layer).quoted)).toEqual([false, true, true, true])
    expect(notes).toEqual([])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: icmp: 192.0.2.9 udp port 33434 unreachable')
    expect(line({ verbose: 2 })).toContain(
      'unreachable [icmp cksum ok] for 10.0.0.2.55555 > 192.0.2.9.33434: ',
    )
  })

  it.each([
    [0, 'net 192.0.2.9 unreachable'],
    [1, 'host 192.0.2.9 unreachable'],
    [2, '192.0.2.9 protocol 17 unreachable'],
    [4, '192.0.2.9 unreachable - need to frag'],
    [5, '192.0.2.9 unreachable - source route failed'],
    [6, 'net 192.0.2.9 unreachable - unknown'],
    [7, 'host 192.0.2.9 unreachable - unknown'],
    [8, '192.0.2.9 unreachable - source host isolated'],
    [9, 'net 192.0.2.9 unreachable - admin prohibited'],
    [10, 'host 192.0.2.9 unreachable - admin prohibited'],
    [11, 'net 192.0.2.9 unreachable - tos prohibited'],
    [12, 'host 192.0.2.9 unreachable - tos prohibited'],
    [13, 'host 192.0.2.9 unreachable - admin prohibited filter'],
    [14, 'host 192.0.2.9 unreachable - host precedence violation'],
    [15, 'host 192.0.2.9 unreachable - precedence cutoff'],
    [16, '#16 192.0.2.9 unreachable'],
  ])('unreachable, code %i', (code, text) => {
    const hex = code.toString(16).padStart(2, '0')
    const { line } = icmp(`03${hex} 0000 00000000 ${quoted} d903829a00280000`)
    expect(line()).toBe(`192.0.2.1 > 192.0.2.2: icmp: ${text}`)
  })

  it('looks for a port in every protocol, as tcpdump does', () => {
    const gre = `4500003c1234000001 2f db54 0a000002c0000209 0000 0800 4500`
    const { line, stack } = icmp(`0303 0000 00000000 ${gre}`)
    expect(stack.slice(0, 4)).toEqual(['ip', 'icmp', 'ip', 'gre'])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: icmp: 192.0.2.9 protocol 47 port 2048 unreachable')
  })

  it('tells the next hop’s MTU', () => {
    const { values, show, places, notes, line } = icmp(
      `03049bbd000005784500003c123400000111db720a000002c0000209d903829a00280000`,
    )
    expect(values('icmp.unused')).toEqual(['0000'])
    expect(show('icmp.mtu')).toEqual(['1400 bytes'])
    expect(places('icmp.mtu')).toEqual(['208+16'])
    expect(notes.filter(note => !note.includes('Cut'))).toEqual([])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: icmp: 192.0.2.9 unreachable - need to frag (mtu 1400)')
    expect(icmp(`0304 0000 0000 0020 ${quoted}`).notes).toContain(
      'warning: No link has an MTU of 32: IPv4 needs 68 bytes',
    )
  })

  it.each([
    ['0b00', 'time exceeded in-transit'],
    ['0b01', 'ip reassembly time exceeded'],
    ['0b02', 'time exceeded-#2'],
    ['0400', 'source quench'],
  ])('%s', (head, text) => {
    const { line, stack } = icmp(`${head} 0000 00000000 ${quoted} d903829a00280000`)
    expect(stack).toEqual(['ip', 'icmp', 'ip', 'udp'])
    expect(line()).toBe(`192.0.2.1 > 192.0.2.2: icmp: ${text}`)
  })

  it('point at the byte at fault', () => {
    const { values, places, line } =
      icmp(`0c006d22140000004500003c123400000111db720a000002c0000209d903829a0028000071717171
      71717171717171717171717171717171717171717171717171717171`)
    expect(values('icmp.pointer')).toEqual([20])
    expect(places('icmp.unused')).toEqual(['200+24'])
    expect(line()).toContain('icmp: parameter problem - octet 20')
    expect(icmp(`0c01 0000 14000000 ${quoted}`).line()).toContain('icmp: requested option absent')
    expect(icmp(`0c02 0000 14000000 ${quoted}`).line()).toContain('icmp: bad length 20')
  })

  it('redirect', () => {
    const { show, line } =
      icmp(`05017d230a0000fe4500003c123400000111db720a000002c0000209d903829a0028000071717171
      71717171717171717171717171717171717171717171717171717171`)
    expect(show('icmp.code')).toEqual(['Redirect for the host (1)'])
    expect(show('icmp.redir_gw')).toEqual(['10.0.0.254'])
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: icmp: redirect 192.0.2.9 to host 10.0.0.254')
  })

  it('of IPsec point at the association', () => {
    const { show, values, stack } =
      icmp(`2804651a000000044500003c123400000111db720a000002c0000209d903829a0028000071717171
      71717171717171717171717171717171717171717171717171717171`)
    expect(show('icmp.code')).toEqual(['Need authentication (4)'])
    expect(values('icmp.photuris.pointer')).toEqual([4])
    expect(stack).toEqual(['ip', 'icmp', 'ip', 'udp', 'data'])
  })

  it('quote as much as there is', () => {
    const { stack, statuses, notes, line } = icmp(`0303 0000 00000000 4500003c12340000`)
    expect(stack).toEqual(['ip', 'icmp', 'ip'])
    expect(statuses.at(-1)).toBe('truncated')
    expect(notes.at(-1)).toMatch(/Cut: Time to live needs 1 byte, 0 of them are here/)
    expect(line()).toBe('192.0.2.1 > 192.0.2.2: icmp: [|icmp]')
    expect(icmp('0303 fcfc 00000000').stack).toEqual(['ip', 'icmp'])
  })

  it('with reserved bytes set are odd', () => {
    expect(icmp(`0301 0000 00000001 ${quoted}`).notes).toContain('warning: Unused: these bytes are to be 0')
  })
})

describe('ICMP queries', () => {
  it.each([
    [
      'timestamp',
      `0e0082261234000102a0f1e002a0f1f082a0f1f1`,
      'time stamp reply',
      {
        'icmp.originate_timestamp': ['12:15:02.112 UT (44102112)'],
        'icmp.receive_timestamp': ['12:15:02.128 UT (44102128)'],
        'icmp.transmit_timestamp': ['44102129, not of the standard kind'],
      },
    ],
    [
      'information',
      `0f00deca12340001`,
      'information request',
      { 'icmp.ident': ['0x1234'], 'icmp.seq': ['1'] },
    ],
    [
      'address mask',
      `1200dcc912340001ffffff00`,
      'address mask is 0xffffff00',
      { 'icmp.address_mask': ['255.255.255.0'] },
    ],
    ['router solicitation', `0a00f5ff00000000`, 'router solicitation', { 'icmp.reserved': ['00000000'] }],
    [
      'traceroute',
      `1e00e1a2123400000003ffff0001e848000005dc`,
      'type-#30',
      {
        'icmp.traceroute.id': ['0x1234'],
        'icmp.traceroute.outbound_hops': ['3'],
        'icmp.traceroute.return_hops': ['on the way out (65535)'],
        'icmp.traceroute.link_speed': ['125000 bytes per second'],
        'icmp.traceroute.link_mtu': ['1500 bytes'],
      },
    ],
    [
      'domain name',
      `2600fb21123400010000003c076578616d706c6503636f6d00`,
      'type-#38',
      {
        'icmp.domain.ttl': ['60 seconds'],
        'icmp.domain.names': ['076578616d706c6503636f6d00'],
      },
    ],
    [
      'mobility',
      `290012390000000061626364`,
      'type-#41',
      { 'icmp.mobility.subtype': ['0'], 'icmp.data': ['61626364'] },
    ],
    ['experiment', `fd07bf2568656c6c6f`, 'type-#253', { 'icmp.code': ['7'], 'icmp.data': ['68656c6c6f'] }],
  ] as const)('%s', (_, payload, text, fields) => {
    const { show, notes, line } = icmp(payload)
    for (const [name, expected] of Object.entries(fields)) expect(show(name), name).toEqual(expected)
    expect(notes).toEqual([])
    expect(line()).toBe(`192.0.2.1 > 192.0.2.2: icmp: ${text}`)
  })

  it('router advertisement', () => {
    const { show, values, places, line } = icmp(`0900d7fa020207080a0000fe000000000a0000fdffffffff`)
    expect(values('icmp.num_addrs')).toEqual([2])
    expect(show('icmp.lifetime')).toEqual(['1800 seconds'])
    expect(show('icmp.router_address')).toEqual(['10.0.0.254', '10.0.0.253'])
    expect(show('icmp.pref_level')).toEqual(['0', '-1'])
    expect(places('icmp.pref_level')).toEqual(['256+32', '320+32'])
    expect(line()).toContain('router advertisement lifetime 30:00 2: {10.0.0.254 0} {10.0.0.253 4294967295}')
    expect(icmp('0900 0000 01 01 0e10 0a0000fe').statuses.at(-1)).toBe('malformed')
    expect(icmp('0900 0000 00 03 0e10').line()).toContain('router advertisement lifetime 1:00:00 0: [size 3]')
  })

  it('router advertisement of a mobility agent', () => {
    const { show, values, places } = icmp(`09101909010207080a0000fe00000000100a00010e10bfc0c000020113011800`)
    expect(show('icmp.code')).toEqual(['Does not route common traffic (16)'])
    expect(values('icmp.mip.type')).toEqual([16, 19, 0])
    expect(values('icmp.mip.life')).toEqual([3600])
    expect(values('icmp.mip.flags')).toEqual([0xbfc0])
    expect(places('icmp.mip.u')).toEqual(['344+1'])
    expect(values('icmp.mip.u')).toEqual([1])
    expect(values('icmp.mip.b')).toEqual([0])
    expect(show('icmp.mip.coa')).toEqual(['192.0.2.1'])
    expect(values('icmp.mip.prefixlength')).toEqual([24])
  })

  it('extended echo', () => {
    const { show, values, places, line, notes } = icmp(`2b00dda1f7070056`)
    expect(values('icmp.ext.echo.seq')).toEqual([0])
    expect(show('icmp.ext.echo.rsp.state')).toEqual(['Reachable (2)'])
    expect(places('icmp.ext.echo.rsp.state')).toEqual(['216+3'])
    expect(values('icmp.ext.echo.rsp.active')).toEqual([1])
    expect(values('icmp.ext.echo.rsp.ipv4')).toEqual([1])
    expect(values('icmp.ext.echo.rsp.ipv6')).toEqual([0])
    expect(notes).toEqual(['warning: Reserved bits are set'])
    expect(line()).toContain('icmp: type-#43')
  })

  it('is cut before its code', () => {
    expect(icmp('0800 f7ff 0000 0000', 7).line()).toBe('192.0.2.1 > 192.0.2.2: [|icmp]')
  })
})
