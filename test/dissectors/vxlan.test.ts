import { describe, expect, it } from 'vitest'
import { ipv6, udp4 } from '../craft.ts'
import { peel } from '../peel.ts'

const frame = '00163e000002 00163e000001 9000 0102'
const packet = '45000014000000004004 f6e2 c0000201 c0000202'

// Values and bit ranges are those of tshark, and the figures of RFC 7348, RFC 8926 and the drafts.
describe('VXLAN', () => {
  it('reads flags, group and network', () => {
    const { stack, values, places, notes, line } = peel(udp4(40000, 4789, `8808 005a 000007 00 ${frame}`))
    expect(stack).toEqual(['ip', 'udp', 'vxlan', 'eth', 'data'])
    expect(values('vxlan.flags')).toEqual([0x8808])
    expect(values('vxlan.flag_g')).toEqual([1])
    expect(values('vxlan.flag_i')).toEqual([1])
    expect(values('vxlan.flag_d')).toEqual([0])
    expect(values('vxlan.flag_a')).toEqual([1])
    expect(places('vxlan.flag_a')).toEqual(['236+1'])
    expect(values('vxlan.gbp')).toEqual([90])
    expect(values('vxlan.vni')).toEqual([7])
    expect(places('vxlan.vni')).toEqual(['256+24'])
    expect(notes).toEqual(['info: No dissector claims EtherType 0x9000'])
    expect(line()).toContain('.4789: VXLAN vni 7: ')
  })

  it('notes what receivers drop or ignore', () => {
    expect(peel(udp4(40000, 8472, `4000 0001 000007 00 ${frame}`)).notes.slice(0, 3)).toEqual([
      'warning: No network identifier: receivers drop this',
      'warning: Reserved bits are set',
      'warning: A group, but the flag that says so is not set',
    ])
  })

  it('is cut or lies about its length', () => {
    expect(peel(udp4(40000, 4789, '0800 0000 000007', 2)).statuses.at(-1)).toBe('truncated')
    expect(peel(udp4(40000, 4789, '0800 0000 0000')).notes).toEqual([
      'error: Malformed: VXLAN network identifier needs 3 bytes, Length leaves 2',
    ])
  })

  it('may go without a checksum over IPv6', () => {
    expect(peel(ipv6(17, `9c40 12b5 0020 0000 0800 0000 000007 00 ${frame}`)).notes[0]).toContain(
      'which tunnels may do',
    )
  })
})

describe('VXLAN-GPE', () => {
  it('says what it carries', () => {
    const { stack, show, notes } = peel(udp4(40000, 4790, `0c 0000 01 000007 00 ${packet}`))
    expect(stack).toEqual(['ip', 'udp', 'vxlan-gpe', 'ip'])
    expect(show('vxlan.next_proto')).toEqual(['IPv4 (1)'])
    expect(show('vxlan.p_bit')).toEqual(['Set'])
    expect(notes).toEqual([])
    expect(peel(udp4(40000, 4790, `0c 0000 63 000007 00 ${packet}`)).notes).toEqual([
      'info: No dissector claims next protocol 99',
    ])
  })

  it('carries Ethernet where it does not say so', () => {
    const { stack, notes } = peel(udp4(40000, 4790, `09 0001 00 000007 00 ${frame}`))
    expect(stack.slice(2, 4)).toEqual(['vxlan-gpe', 'eth'])
    expect(notes).toContain('warning: Reserved: these bytes are to be 0')
    expect(notes).toContain('info: A packet of the tunnel’s own management')
    expect(peel(udp4(40000, 4790, `30 0000 00 000007 00 ${frame}`)).notes.slice(0, 2)).toEqual([
      'warning: Another version than 0, which receivers drop',
      'warning: No network identifier is said to be there',
    ])
  })
})

describe('Geneve', () => {
  it('reads options', () => {
    const { stack, values, show, places, notes } = peel(
      udp4(40000, 6081, `04 40 0800 00002a 00 0102 80 01 00010002 0104 00 01 deadbeef ${packet}`),
    )
    expect(stack).toEqual(['ip', 'udp', 'geneve', 'ip'])
    expect(values('geneve.vni')).toEqual([42])
    expect(show('geneve.option.class')).toEqual(['Open Virtual Networking (OVN) (258)', 'VMware (260)'])
    expect(values('geneve.option.type')).toEqual([0x80, 0])
    expect(values('geneve.option.type.critical')).toEqual([1, 0])
    expect(show('geneve.option.length')).toEqual(['16 bytes (4)', '4 bytes (1)', '4 bytes (1)'])
    expect(values('geneve.option.unknown.data')).toEqual(['00010002', 'deadbeef'])
    expect(places('geneve.options')).toEqual(['288+128'])
    expect(notes).toEqual([])
  })

  it('warns where flags and options differ', () => {
    expect(peel(udp4(40000, 6081, `0041 0800 00002a 00 ${packet}`)).notes).toEqual([
      'warning: Reserved bits are set',
      'warning: No option is critical',
    ])
    expect(peel(udp4(40000, 6081, `4100 0800 00002a 00 ffff 81 00 ${packet}`)).notes).toEqual([
      'error: Version 1 in the place of 0: receivers drop this',
      'warning: A critical option, but the flag that says so is not set',
    ])
  })

  it('refuses options longer than their room', () => {
    const option = peel(udp4(40000, 6081, `0100 0800 00002a 00 0102 00 02 ${packet}`))
    expect(option.statuses.at(-1)).toBe('malformed')
    expect(option.notes).toEqual(['error: Malformed: Length claims 12 bytes for Option, Options leaves 4'])
    expect(peel(udp4(40000, 6081, '3f00 0800 00002a 00 0102 00 02')).notes).toEqual([
      'error: Malformed: Options claims 252 bytes for Options, Length leaves 4',
    ])
  })
})
