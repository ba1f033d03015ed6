import { describe, expect, it } from 'vitest'
import { ipv6 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const icmpv6 = (payload: string, cut = 0) => peel(ipv6(58, payload, cut))
const between = '2001:db8::1 > 2001:db8::2: '

// Linux; values as tshark and tcpdump read them.
const solicitation = `3333ff000002fee1bbd1000186dd 6000000000203aff fd3e62ee99dbbb1a0000000000000001
  ff0200000000000000000001ff000002 8700549e00000000 fd3e62ee99dbbb1a0000000000000002 0101fee1bbd10001`
const advertisement = `fee1bbd10001fee1bbd1000286dd 6000000000203aff fd3e62ee99dbbb1a0000000000000002
  fd3e62ee99dbbb1a0000000000000001 88003b7e60000000 fd3e62ee99dbbb1a0000000000000002 0201fee1bbd10002`

describe('ICMPv6 neighbour discovery', () => {
  it('asks who has an address', () => {
    const { stack, show, values, places, notes, line } = peel(frameOf(hexBytes(solicitation)))
    expect(stack).toEqual(['eth', 'ipv6', 'icmpv6'])
    expect(show('icmpv6.type')).toEqual(['Neighbor solicitation (135)'])
    expect(values('icmpv6.checksum')).toEqual([0x549e])
    expect(values('icmpv6.reserved')).toEqual(['00000000'])
    expect(show('icmpv6.nd.ns.target_address')).toEqual(['fd3e:62ee:99db:bb1a::2'])
    expect(places('icmpv6.nd.ns.target_address')).toEqual(['496+128'])
    expect(places('icmpv6.opt')).toEqual(['624+64'])
    expect(show('icmpv6.opt.type')).toEqual(['Source link-layer address (1)'])
    expect(show('icmpv6.opt.length')).toEqual(['8 bytes (1)'])
    expect(show('icmpv6.opt.src_linkaddr')).toEqual(['fe:e1:bb:d1:00:01'])
    expect(places('icmpv6.opt.src_linkaddr')).toEqual(['640+48'])
    expect(notes).toEqual([])
    const text =
      'fd3e:62ee:99db:bb1a::1 > ff02::1:ff00:2: icmp6: neighbor sol: who has fd3e:62ee:99db:bb1a::2'
    expect(line()).toBe(text)
    expect(line({ verbose: 1 })).toBe(
      `${text}(src lladdr: fe:e1:bb:d1:00:01) [icmp6 cksum ok] (len 32, hlim 255)`,
    )
  })

  it('answers', () => {
    const { show, values, places, notes, line } = peel(frameOf(hexBytes(advertisement)))
    expect(values('icmpv6.nd.na.flag')).toEqual([0x60000000])
    expect(values('icmpv6.nd.na.flag.r')).toEqual([0])
    expect(values('icmpv6.nd.na.flag.s')).toEqual([1])
    expect(values('icmpv6.nd.na.flag.o')).toEqual([1])
    expect(places('icmpv6.nd.na.flag.rsv')).toEqual(['467+29'])
    expect(show('icmpv6.opt.target_linkaddr')).toEqual(['fe:e1:bb:d1:00:02'])
    expect(notes).toEqual([])
    expect(line({ verbose: 1 })).toContain(
      'icmp6: neighbor adv: tgt is fd3e:62ee:99db:bb1a::2(SO)(tgt lladdr: fe:e1:bb:d1:00:02) [icmp6 cksum ok]',
    )
  })

  it('never speaks of a multicast target, nor sets reserved bits', () => {
    const { notes } = icmpv6('8800 0000 00000001 ff020000000000000000000000000001')
    expect(notes).toContain('error: The target is a multicast address, which no single neighbour has')
    expect(notes).toContain('warning: Reserved bits are set')
  })

  it('redirects, with the packet quoted in an option', () => {
    const { stack, show, places, found, notes, line } =
      icmpv6(`8900c6a400000000fe80000000000000000000000000000320010db8000000000000000000000002
      020100005e0053020408000000000000600000000010110120010db8000000000000000000000001
      20010db8000000000000000000000002d903829a001082f57171717171717171`)
    expect(stack).toEqual(['ipv6', 'icmpv6', 'ipv6', 'udp', 'data'])
    expect(show('icmpv6.nd.rd.target_address')).toEqual(['fe80::3'])
    expect(show('icmpv6.rd.na.destination_address')).toEqual(['2001:db8::2'])
    expect(show('icmpv6.opt.type')).toEqual(['Target link-layer address (2)', 'Redirected header (4)'])
    expect(places('icmpv6.opt.reserved')).toEqual(['720+48'])
    expect(found.layer(2).quoted).toBe(true)
    expect(found.layer(2).offset).toBe(96)
    expect(notes).toEqual([])
    expect(line()).toBe(`${between}icmp6: redirect 2001:db8::2 to fe80::3`)
    expect(line({ verbose: 1 })).toContain('(tgt lladdr: 00:00:5e:00:53:02)(redirect)')
  })

  it('redirects, with options behind the packet', () => {
    const { stack, show, places, notes, line } =
      icmpv6(`8900c6a400000000fe80000000000000000000000000000320010db8000000000000000000000002
      0408000000000000600000000010110120010db800000000000000000000000120010db800000000
      0000000000000002d903829a001082f57171717171717171020100005e005302`)
    expect(stack).toEqual(['ipv6', 'icmpv6', 'ipv6', 'udp', 'data'])
    expect(places('icmpv6.opt.type')).toEqual(['640+8', '1152+8'])
    expect(show('icmpv6.opt.target_linkaddr')).toEqual(['00:00:5e:00:53:02'])
    expect(notes).toEqual([])
    expect(line({ verbose: 1 })).toContain('(redirect)(tgt lladdr: 00:00:5e:00:53:02) [icmp6 cksum ok]')
  })

  it('redirects with a lying length', () => {
    const head = `8900 0000 00000000 ${'00'.repeat(32)}`
    expect(icmpv6(`${head} 0408 000000000000`).notes.at(-1)).toBe(
      'error: Malformed: Length claims 64 bytes for Option, 8 are left in the message',
    )
    expect(icmpv6(`${head} 0401 000000000000`).stack).toEqual(['ipv6', 'icmpv6'])
  })
})

const udp6 = `6000000000101101 20010db8000000000000000000000001 20010db8000000000000000000000002`

describe('ICMPv6 errors', () => {
  it('quote the packet', () => {
    const { stack, show, values, places, notes, line } =
      icmpv6(`0104321c00000000600000000010110120010db800000000000000000000000120010db800000000
      0000000000000002d903829a001082f57171717171717171`)
    expect(stack).toEqual(['ipv6', 'icmpv6', 'ipv6', 'udp', 'data'])
    expect(show('icmpv6.code')).toEqual(['Port unreachable (4)'])
    expect(values('icmpv6.reserved')).toEqual(['00000000'])
    expect(places('icmpv6.reserved')).toEqual(['352+32'])
    expect(values('udp.dstport')).toEqual([33434])
    expect(notes).toEqual([])
    expect(line()).toBe(`${between}icmp6: 2001:db8::2 udp port 33434 unreachable`)
  })

  it.each([
    ['0100', '2001:db8::2 unreachable route'],
    ['0101', '2001:db8::2 unreachable prohibited'],
    ['0102', '2001:db8::2 beyond scope of source address 2001:db8::1'],
    ['0103', '2001:db8::2 unreachable address'],
    ['0105', '2001:db8::2 unreachable code-#5'],
    ['0300', 'time exceeded in-transit for 2001:db8::2'],
    ['0301', 'ip6 reassembly time exceeded'],
    ['0302', 'time exceeded code-#2'],
    ['0400', 'parameter problem errorneous - octet 6'],
    ['0401', 'parameter problem next header - octet 6'],
    ['0402', 'parameter problem option - octet 6'],
    ['0403', 'parameter problem code-#3'],
  ])('%s', (head, text) => {
    const word = head.startsWith('04') ? '00000006' : '00000000'
    const { line, stack } = icmpv6(`${head} 0000 ${word} ${udp6} d903829a00100000`)
    expect(stack).toEqual(['ipv6', 'icmpv6', 'ipv6', 'udp'])
    expect(line()).toBe(`${between}icmp6: ${text}`)
  })

  it('tell the next link’s MTU', () => {
    const { show, places, line, notes } =
      icmpv6(`0200d1c5000005006000000005a8110120010db800000000000000000000000120010db800000000
      0000000000000002d903829a05a81234717171717171717171717171717171717171717171717171
      71717171717171717171717171717171717171717171717171717171`)
    expect(show('icmpv6.mtu')).toEqual(['1280 bytes'])
    expect(places('icmpv6.mtu')).toEqual(['352+32'])
    expect(notes.filter(note => !note.includes('Cut'))).toEqual([])
    expect(line()).toBe(`${between}icmp6: too big 1280`)
    expect(icmpv6(`0200 0000 000004ff ${udp6}`).notes).toContain(
      'warning: No IPv6 link has an MTU of 1279: IPv6 needs 1280 bytes',
    )
  })

  it('have extensions behind the length', () => {
    const { show, values, places, notes } =
      icmpv6(`0103934a100000006000000005a8110120010db800000000000000000000000120010db800000000
      0000000000000002d903829a05a81234717171717171717171717171717171717171717171717171
      71717171717171717171717171717171717171717171717171717171717171717171717171717171
      71717171717171717171717171717171200094c0000c01011896000100010102001802c400020000
      20010db8000000000000000000000001`)
    expect(show('icmpv6.length')).toEqual(['128 bytes (16)'])
    expect(places('icmpv6.length')).toEqual(['352+8'])
    expect(places('icmp.ext')).toEqual(['1408+320'])
    expect(values('icmp.ext.checksum')).toEqual([0x94c0])
    expect(values('icmp.mpls.label')).toEqual([100704, 16])
    expect(show('icmp.int_info.ipv6')).toEqual(['2001:db8::1'])
    expect(notes.filter(note => !note.includes('Cut'))).toEqual([])
  })

  it('of unknown kinds are bytes', () => {
    const { show, line } = icmpv6(`6300fd7468656c6c6f`)
    expect(show('icmpv6.data')).toEqual(['68656c6c6f'])
    expect(line()).toBe(`${between}icmp6: type-#99`)
  })

  it('that are cut say so', () => {
    expect(icmpv6('0200 0000 00000500', 2).line()).toBe(`${between}[|icmp6]`)
    expect(icmpv6(`0100 0000 00000000 ${udp6}`, 10).line()).toBe(`${between}icmp6: [|icmp6]`)
  })
})

describe('ICMPv6 messages', () => {
  it('echo', () => {
    const { stack, values, places, notes, line } = icmpv6(`8000e8a0aa0800016162636465666768`)
    expect(stack).toEqual(['ipv6', 'icmpv6', 'data'])
    expect(values('icmpv6.echo.identifier')).toEqual([0xaa08])
    expect(values('icmpv6.echo.sequence_number')).toEqual([1])
    expect(places('icmpv6.echo.sequence_number')).toEqual(['368+16'])
    expect(notes).toEqual([])
    expect(line({ verbose: 1 })).toContain('icmp6: echo request (id:aa08 seq:1) [icmp6 cksum ok]')
    expect(icmpv6('8100 0000 0001 0002').line({ verbose: 1 })).toContain(
      'icmp6: echo reply (id:0001 seq:2) [bad icmp6 cksum 0! -> 2345]',
    )
  })

  it.each([
    [
      'query',
      `8200fc2027100000ff020000000000000000000000010003`,
      'multicast listener query max resp delay: 10000 addr: ff02::1:3',
    ],
    [
      'report',
      `8300223100000000ff020000000000000000000000010003`,
      'multicast listener report max resp delay: 0 addr: ff02::1:3',
    ],
    [
      'done',
      `8400213100000000ff020000000000000000000000010003`,
      'multicast listener done max resp delay: 0 addr: ff02::1:3',
    ],
  ])('multicast listener %s', (_, payload, text) => {
    const { show, notes, line } = icmpv6(payload)
    expect(show('icmpv6.mld.multicast_address')).toEqual(['ff02::1:3'])
    expect(notes).toEqual([])
    expect(line()).toBe(`${between}icmp6: ${text}`)
  })

  it('multicast listener query, version 2', () => {
    const { show, values, places, notes, line } =
      icmpv6(`8200297193880000ff0200000000000000000000000100030a9c000220010db80000000000000000
      0000000120010db8000000000000000000000002`)
    expect(show('icmpv6.mld.maximum_response_code')).toEqual(['80000 ms (37768)'])
    expect(values('icmpv6.mld.flag.s')).toEqual([1])
    expect(values('icmpv6.mld.flag.qrv')).toEqual([2])
    expect(places('icmpv6.mld.flag.qrv')).toEqual(['517+3'])
    expect(show('icmpv6.mld.qqi')).toEqual(['448 seconds (156)'])
    expect(show('icmpv6.mld.source_address')).toEqual(['2001:db8::1', '2001:db8::2'])
    expect(notes).toEqual([])
    expect(line()).toBe(`${between}icmp6: multicast listener query v2  [gaddr ff02::1:3, 2 source(s)]`)
    expect(line({ verbose: 2 })).toContain(
      'v2  [max resp delay=80000] [gaddr ff02::1:3 sflag robustness=2 qqi=448 { 2001:db8::1 2001:db8::2 }]',
    )
  })

  it('multicast listener report, version 2', () => {
    const { show, values, places, notes, line } =
      icmpv6(`8f0041a10000000204000000ff02000000000000000000000001000306010001ff02000000000000
      000000000001000420010db8000000000000000000000001deadbeef`)
    expect(values('icmpv6.mldr.nb_mcast_records')).toEqual([2])
    expect(places('icmpv6.mldr.mar')).toEqual(['384+160', '544+320'])
    expect(show('icmpv6.mldr.mar.record_type')).toEqual([
      'Change to exclude mode (4)',
      'Block old sources (6)',
    ])
    expect(show('icmpv6.mldr.mar.multicast_address')).toEqual(['ff02::1:3', 'ff02::1:4'])
    expect(show('icmpv6.mldr.mar.source_address')).toEqual(['2001:db8::1'])
    expect(values('icmpv6.mldr.mar.auxiliary_data')).toEqual(['deadbeef'])
    expect(notes).toEqual([])
    const text = `${between}multicast listener report v2, 2 group record(s)`
    expect(line()).toBe(text)
    expect(line({ verbose: 1 })).toContain(
      `${text} [gaddr ff02::1:3 to_ex, 0 source(s)] [gaddr ff02::1:4 block, 1 source(s)] [icmp6 cksum ok]`,
    )
    expect(line({ verbose: 2 })).toContain(
      '[gaddr ff02::1:3 to_ex { }] [gaddr ff02::1:4 block { 2001:db8::1 }]',
    )
  })

  it('cannot count more records than there are', () => {
    expect(icmpv6('8f00 0000 0000 ffff').statuses.at(-1)).toBe('malformed')
    expect(icmpv6(`8200 0000 00000000 ${'00'.repeat(16)} 0000 ffff`).statuses.at(-1)).toBe('malformed')
  })
})
