import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frame = '020000000002 020000000001 0806 0001080006040001020000000001 0a090001 000000000000 0a090002'
const typeTwo = (header: string) => peel(ipv4(47, `1000 88be 00000001 ${header} ${frame}`))
const typeThree = (header: string) => peel(ipv4(47, `1000 22eb 00000001 ${header} ${frame}`))

// Values and places are tshark's for the same bytes.
describe('ERSPAN', () => {
  it('of type I has no header, and GRE no sequence number', () => {
    const { stack, found, values, line } = peel(ipv4(47, `0000 88be ${frame}`))
    expect(values('erspan.version')).toEqual([])
    expect(found.layer(2).summary).toBe('type I, no header')
    expect(line()).toContain('erspan type I, no header: arp who-has')
    expect(stack).toEqual(['ip', 'gre', 'erspan', 'eth', 'arp'])
  })

  it('of type II', () => {
    const { stack, values, places, show, notes, line } = typeTwo('1064 b465 12345678')
    expect(stack).toEqual(['ip', 'gre', 'erspan', 'eth', 'arp'])
    expect(show('erspan.version')).toEqual(['Type II (1)'])
    expect(values('erspan.vlan')).toEqual([100])
    expect(values('erspan.cos')).toEqual([5])
    expect(show('erspan.encap')).toEqual(['802.1Q (2)'])
    expect(places('erspan.truncated')).toEqual(['245+1'])
    expect(values('erspan.truncated')).toEqual([1])
    expect(values('erspan.spanid')).toEqual([0x65])
    expect(values('erspan.reserved')).toEqual([0x123])
    expect(show('erspan.index')).toEqual(['0x45678'])
    expect(notes).toEqual([])
    expect(line()).toContain('erspan session 101, VLAN 100, index 0x45678: arp who-has')
  })

  it('of type III, with what a platform adds', () => {
    const plain = typeThree('2064 1065 34760b01 0123 828a')
    expect(plain.stack).toEqual(['ip', 'gre', 'erspan', 'eth', 'arp'])
    expect(plain.show('erspan.bso')).toEqual(['oversized (2)'])
    expect(plain.values('erspan.timestamp')).toEqual([0x34760b01])
    expect(plain.values('erspan.sgt')).toEqual([0x123])
    expect(plain.values('erspan.p')).toEqual([1])
    expect(plain.values('erspan.hw')).toEqual([0x28])
    expect(plain.show('erspan.direction')).toEqual(['egress (1)'])
    expect(plain.show('erspan.gra')).toEqual(['100 nanoseconds (1)'])
    const platforms = [
      ['06f5a5a7', 'erspan.pid1.vsmid', 0x5a7],
      ['0ef5a5a7', 'erspan.pid3.port_index', 0x25a7],
      ['12f5a5a7', 'erspan.pid4.rsvd2', 0x25a7],
      ['16f5a5a7', 'erspan.pid5.switchid', 757],
      ['1af5a5a7', 'erspan.pid5.port_index', 42407],
      ['1ef5a5a7', 'erspan.pid7.source_index', 370087],
      ['02f5a5a7', 'erspan.pid7.rsvd1', 47],
      ['22f5a5a7', 'erspan.pid.rsvd_high', 0x2f5a5a7],
    ] as const
    for (const [word, name, value] of platforms) {
      const { stack, values } = typeThree(`2064 1065 34760b01 0123 8001 ${word} 12345678`)
      expect(values(name), name).toEqual([value])
      expect(stack).toEqual(['ip', 'gre', 'erspan', 'eth', 'arp'])
    }
  })

  it('of type III may carry packets without their link', () => {
    // tshark leaves these as data; the draft says that frame type 2 is IP.
    const packet = '45000014 00010000 40fd0000 0a090001 0a090002'
    const { stack } = peel(ipv4(47, `1000 22eb 00000001 2064 1065 34760b01 0123 0800 ${packet}`))
    expect(stack.slice(0, 4)).toEqual(['ip', 'gre', 'erspan', 'ip'])
    expect(typeThree('2064 1065 34760b01 0123 1c00').notes).toEqual([
      'info: No dissector claims ERSPAN frame type 7',
    ])
  })

  it('of a version that nobody defined', () => {
    const { notes, line } = typeTwo('3064 1065 00000abc')
    expect(notes).toEqual([
      'error: Version 3: only 1 (type II) and 2 (type III) are defined, the rest is not read',
    ])
    expect(line()).toContain('erspan version 3')
    expect(peel(ipv4(47, '1000 88be 00000001 1064')).statuses.at(-1)).toBe('malformed')
  })
})
