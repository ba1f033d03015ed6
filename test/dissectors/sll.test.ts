import { describe, expect, it } from 'vitest'
import { frameOf, hexBytes, peel } from '../peel.ts'

const version1 = 113
const version2 = 276
const echo = '4500001c000100004001f6dcc0000201c00002020800f7ff00000000'

describe('sll', () => {
  // The header of arkime's gtp-iphone.pcap.
  it('reads version 1', () => {
    const p = peel(frameOf(hexBytes(`0000 0304 0006 0000000000000000 0800 ${echo}`), version1))
    expect(p.stack.slice(0, 2)).toEqual(['sll', 'ip'])
    expect(p.show('sll.pkttype')).toEqual(['to us (0)'])
    expect(p.places('sll.pkttype')).toEqual(['0+16'])
    expect(p.show('sll.hatype')).toEqual(['Loopback (772)'])
    expect(p.places('sll.hatype')).toEqual(['16+16'])
    expect(p.values('sll.halen')).toEqual([6])
    expect(p.show('sll.src.eth')).toEqual(['00:00:00:00:00:00'])
    expect(p.places('sll.src.eth')).toEqual(['48+48'])
    expect(p.places('sll.unused')).toEqual(['96+16'])
    expect(p.show('sll.etype')).toEqual(['IPv4 (0x0800)'])
    expect(p.places('sll.etype')).toEqual(['112+16'])
    expect(p.line({ link: true })).toMatch(/^In 00:00:00:00:00:00 0800 44: 192/)
    expect(p.line()).toMatch(/^192/)
  })

  // The header of tcpdump's babel.pcap, captured on a GRE tunnel.
  it('reads a protocol of GRE, and an address of no bytes', () => {
    const p = peel(frameOf(hexBytes(`0004 030a 0000 0000000000000000 0800 ${echo}`), version1))
    expect(p.places('sll.gretype')).toEqual(['112+16'])
    expect(p.values('sll.etype')).toEqual([])
    expect(p.places('sll.unused')).toEqual(['48+64'])
    expect(p.stack.slice(0, 2)).toEqual(['sll', 'ip'])
  })

  it.each([
    ['0004', 'c000020100000000', 'sll.src.ipv4', '192.0.2.1', '48+32'],
    ['0008', '0011223344556677', 'sll.src.other', '0011223344556677', '48+64'],
    ['0014', '0011223344556677', 'sll.src.other', '0011223344556677', '48+64'],
    ['0001', '0a00000000000000', 'sll.src.other', '0a', '48+8'],
  ])('reads an address of length 0x%s', (length, address, name, shown, place) => {
    const p = peel(frameOf(hexBytes(`0000 0020 ${length} ${address} 0800 ${echo}`), version1))
    expect(p.show(name)).toEqual([shown])
    expect(p.places(name)).toEqual([place])
    expect(p.stack[1]).toBe('ip')
  })

  // pcapplusplus' Sll2PacketLLC.pcap, cut after the LLC header.
  it('reads version 2 with LLC', () => {
    const p = peel(frameOf(hexBytes('0004 0000 00000003 0001 02 06 e01cfcd3b1e10000 424203'), version2))
    expect(p.stack).toEqual(['sll', 'llc'])
    expect(p.show('sll.ltype')).toEqual(['802.2 LLC (0x0004)'])
    expect(p.places('sll.ltype')).toEqual(['0+16'])
    expect(p.values('sll.ifindex')).toEqual([3])
    expect(p.places('sll.ifindex')).toEqual(['32+32'])
    expect(p.places('sll.hatype')).toEqual(['64+16'])
    expect(p.show('sll.pkttype')).toEqual(['multicast (2)'])
    expect(p.places('sll.pkttype')).toEqual(['80+8'])
    expect(p.places('sll.halen')).toEqual(['88+8'])
    expect(p.show('sll.src.eth')).toEqual(['e0:1c:fc:d3:b1:e1'])
    expect(p.places('sll.src.eth')).toEqual(['96+48'])
    expect(p.places('sll.unused')).toEqual(['144+16'])
    expect(p.line()).toBe('sap 42 ui/C len=0')
    expect(p.line({ link: true })).toBe('M e0:1c:fc:d3:b1:e1 0004 23: sap 42 ui/C len=0')
  })

  it('finds the kind of interface behind the protocol in version 2', () => {
    const p = peel(frameOf(hexBytes(`0800 0001 00000009 030a 04 04 c000020100000000 ${echo}`), version2))
    expect(p.places('sll.gretype')).toEqual(['0+16'])
    expect(p.notes).toEqual(['warning: The reserved bytes are not 0'])
  })

  it('carries whole Ethernet frames', () => {
    const p = peel(
      frameOf(
        hexBytes(`0000 0001 0006 02005e5300010000 0003 02005e530002 02005e530001 0800 ${echo}`),
        version1,
      ),
    )
    expect(p.stack.slice(0, 3)).toEqual(['sll', 'eth', 'ip'])
  })

  it('shows what no dissector claims', () => {
    const p = peel(frameOf(hexBytes('0000 0118 0000 0000000000000000 000c 00000123'), version1))
    expect(p.show('sll.ltype')).toEqual(['CAN (0x000c)'])
    expect(p.notes).toEqual(['info: No dissector claims Linux packet type 0x000c'])
  })

  it('takes what follows the packet as its trailer', () => {
    const p = peel(frameOf(hexBytes(`0000 0001 0006 02005e5300010000 0800 ${echo} 0000`), version1))
    expect(p.places('sll.trailer')).toEqual(['352+16'])
  })

  it('keeps what is captured', () => {
    const p = peel(frameOf(hexBytes('0000 0001 0006 02005e'), version1, 44))
    expect(p.values('data.leftover')).toEqual(['02005e'])
    expect(p.notes).toEqual(['warning: Truncated: Source needs 6 bytes, the capture holds 3'])
    expect(p.statuses).toEqual(['truncated'])
  })
})
