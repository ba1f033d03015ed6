import { describe, expect, it } from 'vitest'
import { frameOf, hexBytes, peel } from '../peel.ts'

const stations = '02005e530002 02005e530001'
const echo = '4500001c000100004001f6dcc0000201c00002020800f7ff00000000'

describe('vlan', () => {
  // The tags of arkime's dot1ad.pcap, whose first frame has VLAN 1525 outside VLAN 30.
  it('reads a service tag and a tag', () => {
    const p = peel(frameOf(hexBytes(`${stations} 88a8 05f5 8100 001e 0800 ${echo}`)))
    expect(p.stack.slice(0, 4)).toEqual(['eth', 'ieee8021ad', 'vlan', 'ip'])
    expect(p.values('ieee8021ad.priority')).toEqual([0])
    expect(p.places('ieee8021ad.priority')).toEqual(['112+3'])
    expect(p.values('ieee8021ad.dei')).toEqual([0])
    expect(p.places('ieee8021ad.dei')).toEqual(['115+1'])
    expect(p.values('ieee8021ad.id')).toEqual([1525])
    expect(p.places('ieee8021ad.id')).toEqual(['116+12'])
    expect(p.show('ieee8021ah.etype')).toEqual(['VLAN tag (802.1Q) (0x8100)'])
    expect(p.values('vlan.id')).toEqual([30])
    expect(p.places('vlan.id')).toEqual(['148+12'])
    expect(p.show('vlan.etype')).toEqual(['IPv4 (0x0800)'])
    expect(p.places('vlan.etype')).toEqual(['160+16'])
    expect(p.notes).toEqual([])
  })

  it('reads priority and drop eligibility', () => {
    const p = peel(frameOf(hexBytes(`${stations} 8100 d02e 0800 ${echo}`)))
    expect(p.show('vlan.priority')).toEqual(['internetwork control (6)'])
    expect(p.values('vlan.dei')).toEqual([1])
    expect(p.values('vlan.id')).toEqual([46])
    expect(p.line()).toMatch(/^802\.1Q vid 46 pri 6 dei 192\.0\.2\.1 > /)
  })

  it.each([
    ['8100', 'vlan'],
    ['9100', 'vlan'],
    ['88a8', 'ieee8021ad'],
  ])('EtherType %s is %s', (type, id) => {
    expect(peel(frameOf(hexBytes(`${stations} ${type} 0001 0800 ${echo}`))).stack[1]).toBe(id)
  })

  it('leaves the padding to the frame', () => {
    const p = peel(frameOf(hexBytes(`${stations} 8100 0064 0800 ${echo} ${'00'.repeat(14)}`)))
    expect(p.places('eth.padding')).toEqual(['368+112'])
    expect(p.found.layer(0).length).toBe(14 + 14)
    expect(p.found.layer(1).length).toBe(4)
    expect(p.values('data.leftover')).toEqual([])
  })

  // Length and access points of tcpdump's isis_sid.pcap; the 2 bytes behind are in fletcher-checksum-negative-shift.pcap.
  it('is followed by LLC where a length stands', () => {
    const p = peel(frameOf(hexBytes(`${stations} 8100 c02e 0007 f0f003 831b0100 0100`)))
    expect(p.stack).toEqual(['eth', 'vlan', 'llc', 'data'])
    expect(p.values('vlan.len')).toEqual([7])
    expect(p.places('vlan.len')).toEqual(['128+16'])
    expect(p.places('data.data')).toEqual(['168+32'])
    expect(p.places('eth.trailer')).toEqual(['200+16'])
    expect(p.line()).toBe('802.1Q vid 46 pri 6 02:00:5e:53:00:01 > 02:00:5e:53:00:02 sap f0 ui/C len=4')
  })

  it('warns of VLAN 4095', () => {
    const p = peel(frameOf(hexBytes(`${stations} 8100 0fff 0800 ${echo}`)))
    expect(p.notes).toEqual(['warning: VLAN 4095 is reserved'])
  })

  it('keeps what is captured', () => {
    const p = peel(frameOf(hexBytes(`${stations} 8100 0064 08`), 1, 60))
    expect(p.values('vlan.id')).toEqual([100])
    expect(p.notes).toEqual(['warning: Truncated: Type needs 2 bytes, the capture holds 1'])
  })
})

describe('the line of a tag', () => {
  // print-ether.c: priorities 0 and 1 change places, because 1 (background) ranks below 0.
  it.each([
    ['0', 'pri 1 '],
    ['2', 'pri 0 '],
    ['4', 'pri 2 '],
  ])('puts priorities in order (%s)', (digit, text) => {
    const p = peel(frameOf(hexBytes(`${stations} 88a8 ${digit}5f5 0800 ${echo}`)))
    expect(p.line()).toContain(`QinQ svid 1525 ${text}192`)
  })
  it('comes with the header when nothing is known of the payload', () => {
    const p = peel(frameOf(hexBytes(`${stations} 8100 0064 88b5 4142`)))
    expect(p.line()).toBe('02:00:5e:53:00:01 02:00:5e:53:00:02 8100 20: 802.1Q vid 100 pri 1 data 2')
  })
})
