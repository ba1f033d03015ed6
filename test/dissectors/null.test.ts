import { describe, expect, it } from 'vitest'
import { frameOf, hexBytes, peel, raw } from '../peel.ts'

const nullType = 0
const loopType = 108
const echo = '4500001c000100004001f6dcc0000201c00002020800f7ff00000000'
const echo6 =
  '6000000000083a40 20010db8000000000000000000000001 20010db8000000000000000000000002 8000244500010002'

describe('null', () => {
  it.each([
    [nullType, '00000002', echo, 2, 'ip'],
    [nullType, '02000000', echo, 2, 'ip'],
    [loopType, '00000002', echo, 2, 'ip'],
    [nullType, '18000000', echo6, 24, 'ipv6'],
    [nullType, '0000001c', echo6, 28, 'ipv6'],
    [nullType, '1e000000', echo6, 30, 'ipv6'],
    [loopType, '00000018', echo6, 24, 'ipv6'],
    [nullType, '12000000', `02005e530002 02005e530001 0800 ${echo}`, 18, 'eth'],
  ])('link type %i, family %s', (linkType, family, packet, value, next) => {
    const p = peel(frameOf(hexBytes(family + packet), linkType))
    expect(p.stack.slice(0, 2)).toEqual(['null', next])
    expect(p.values('null.family')).toEqual([value])
    expect(p.places('null.family')).toEqual(['0+32'])
    expect(p.notes.filter(note => note.startsWith('error'))).toEqual([])
  })

  // Families 99 and 7 of the project's own null-be.pcap and loop.pcap.
  it.each([
    ['00000063', 99, 'unassigned (99)'],
    ['00000007', 7, 'OSI (7)'],
  ])('shows family %s, which no dissector claims', (family, value, shown) => {
    const p = peel(frameOf(hexBytes(`${family} 8100`), nullType))
    expect(p.stack).toEqual(['null', 'data'])
    expect(p.show('null.family')).toEqual([shown])
    expect(p.notes).toEqual([`info: No dissector claims address family ${value}`])
    expect(p.line({ link: true, numeric: false })).toBe(`AF ${value}: data 2`)
  })

  // tshark shows null.type over the same four bytes.
  it('reads the EtherType of old captures from Linux', () => {
    const p = peel(frameOf(hexBytes(`00000800 ${echo}`), nullType))
    expect(p.stack[1]).toBe('ip')
    expect(p.show('null.type')).toEqual(['IPv4 (0x0800)'])
    expect(p.places('null.type')).toEqual(['0+32'])
  })

  it('prints the family with -e, unless numbers are wanted', () => {
    const four = () => peel(frameOf(hexBytes(`02000000 ${echo}`), nullType))
    expect(four().line({ link: true, numeric: false })).toMatch(/^ip: 192/)
    expect(four().line({ link: true })).toMatch(/^192/)
    expect(four().line()).toMatch(/^192/)
    const six = peel(frameOf(hexBytes(`18000000 ${echo6}`), nullType))
    expect(six.line({ link: true, numeric: false })).toMatch(/^ip6: 2001:db8::1 > /)
  })

  it('keeps what is captured', () => {
    const p = peel(frameOf(hexBytes('0200'), nullType, 44))
    expect(p.notes).toEqual(['warning: Truncated: Address family needs 4 bytes, the capture holds 2'])
    expect(p.line()).toBe(' [|null]')
  })
})

describe('raw', () => {
  it('leaves no layer before the packet', () => {
    expect(peel(frameOf(hexBytes(echo), raw)).stack.slice(0, 1)).toEqual(['ip'])
    expect(peel(frameOf(hexBytes(echo6), raw)).stack.slice(0, 1)).toEqual(['ipv6'])
    expect(peel(frameOf(hexBytes(echo), raw)).found.layer(0).offset).toBe(0)
  })

  it('says when the packet is neither IPv4 nor IPv6', () => {
    const p = peel(frameOf(hexBytes('9001'), raw))
    expect(p.stack).toEqual(['raw', 'data'])
    expect(p.statuses).toEqual(['unknown', 'complete'])
    expect(p.notes).toEqual(['info: Neither IPv4 nor IPv6: the first 4 bits say version 9'])
  })

  it('has nothing to say of an empty frame', () => {
    const p = peel(frameOf(new Uint8Array(0), raw))
    expect(p.stack).toEqual(['raw'])
    expect(p.notes).toEqual([])
  })

  it('knows the loopback header of OpenBSD, which has the same number', () => {
    expect(peel(frameOf(hexBytes(`00000002 ${echo}`), raw)).stack.slice(0, 2)).toEqual(['null', 'ip'])
    expect(peel(frameOf(hexBytes(`00000018 ${echo6}`), raw)).stack.slice(0, 2)).toEqual(['null', 'ipv6'])
  })
})
