import { describe, expect, it } from 'vitest'
import { ipv4 } from '../craft.ts'
import { peel } from '../peel.ts'

const icmp = (payload: string, cut = 0) => peel(ipv4(1, payload, cut))

// A traceroute through MPLS, from tcpdump's mpls-traceroute.pcap: 128 bytes of quotation that no length tells.
const classic = `0b00cd0400000000 45000028a54c00000111f76f0c0404040c010101 a54b829b00140000
  ${'00'.repeat(100)} 2000c55f 0008010118960101`

// All that RFC 4884, 4950, 5837 and 8335 define, behind 128 bytes that the length field tells; values as tshark reads them.
const rich = `0b006b5100200000450005dc12340000401196d20a000002c0000209d903829a05c8000071717171
      71717171717171717171717171717171717171717171717171717171717171717171717171717171
      71717171717171717171717171717171717171717171717171717171717171717171717171717171
      71717171717171717171717171717171200055f0000c01011896000100010102001c020f00000007
      00010000c00002010865746830000000000005dc001802c40002000020010db80000000000000000
      000000010008090961626364001003034005060000005e0053010000`

describe('ICMP extensions', () => {
  it('follow a quotation of 128 bytes without being announced', () => {
    const { stack, values, show, places, notes, found } = icmp(classic)
    expect(stack).toEqual(['ip', 'icmp', 'ip', 'udp', 'data'])
    expect(places('data.data')).toEqual(['448+96'])
    expect(places('icmp.ext.padding')).toEqual(['544+704'])
    expect(places('icmp.ext')).toEqual(['1248+96'])
    expect(values('icmp.ext.version')).toEqual([2])
    expect(values('icmp.ext.checksum')).toEqual([0xc55f])
    expect(values('icmp.ext.length')).toEqual([8])
    expect(show('icmp.ext.class')).toEqual(['MPLS label stack (1)'])
    expect(values('icmp.mpls.label')).toEqual([100704])
    expect(places('icmp.mpls.label')).toEqual(['1312+20'])
    expect(values('icmp.mpls.exp')).toEqual([0])
    expect(values('icmp.mpls.s')).toEqual([1])
    expect(values('icmp.mpls.ttl')).toEqual([1])
    expect(notes).toEqual([])
    expect(found.layer(1).length).toBe(8 + 88 + 12)
  })

  it('are told from a longer quotation by their checksum', () => {
    const { places } = icmp(classic.replace('2000c55f', '2000c55e'))
    expect(places('icmp.ext')).toEqual([])
  })

  it('follow a quotation of the announced length', () => {
    const { stack, values, show, places, notes } = icmp(rich)
    expect(stack).toEqual(['ip', 'icmp', 'ip', 'udp', 'data'])
    expect(show('icmp.length')).toEqual(['128 bytes (32)'])
    expect(places('icmp.length')).toEqual(['200+8'])
    expect(values('icmp.unused')).toEqual(['00', '0000'])
    expect(places('icmp.ext')).toEqual(['1248+736'])
    expect(values('icmp.ext.length')).toEqual([12, 28, 24, 8, 16])
    expect(values('icmp.mpls.label')).toEqual([100704, 16])
    expect(values('icmp.mpls.s')).toEqual([0, 1])
    expect(show('icmp.int_info.role')).toEqual([
      'where the datagram arrived (0)',
      'next hop of the datagram (3)',
    ])
    expect(values('icmp.int_info.mtu_present')).toEqual([1, 0])
    expect(values('icmp.int_info.index')).toEqual([7])
    expect(show('icmp.int_info.ipv4')).toEqual(['192.0.2.1'])
    expect(show('icmp.int_info.ipv6')).toEqual(['2001:db8::1'])
    expect(show('icmp.int_info.name')[0]).toMatch(/^eth0/)
    expect(places('icmp.int_info.name')).toEqual(['1512+56'])
    expect(values('icmp.int_info.mtu')).toEqual([1500])
    expect(values('icmp.ext.data')).toEqual(['61626364'])
    expect(values('icmp.int_ident.address')).toEqual(['00005e005301'])
    expect(values('data.leftover')).toEqual(['0000'])
    expect(notes.filter(note => !note.includes('Cut'))).toEqual([])
  })

  it('of a capture cut inside them keep what is there', () => {
    const { values, notes, stack } = icmp(rich, 70)
    expect(stack).toEqual(['ip', 'icmp', 'ip', 'udp', 'data'])
    expect(values('icmp.mpls.label')).toEqual([100704, 16])
    expect(notes).toContain('warning: Truncated: Interface index needs 4 bytes, the capture holds 2')
  })

  it.each([
    ['no version 2', '1000 0000', /Version 1 of the extension structure/],
    [
      'an object of 3 bytes',
      '2000 0000 00030101',
      /Length is 3, but 4 bytes of Extension object came before/,
    ],
    ['an object beyond the end', '2000 0000 000c0101', /Length claims 12 bytes for Extension object/],
    [
      'an unknown address family',
      '2000 0000 000c0204 00090000 00000000',
      /Address family 9 has no known length/,
    ],
    ['a name without its length', '2000 0000 00080202 00000000', /length is 0, but it counts itself/],
  ])('that lie: %s', (_, extensions, note) => {
    const { notes } = icmp(`0b00 0000 0001 0000 45000014 ${extensions}`)
    expect(notes.join('\n')).toMatch(note)
  })

  it('with a wrong checksum or reserved bits', () => {
    const { notes } = icmp('0b00 0000 0001 0000 45000014 20011234 00080101 18960101')
    expect(notes).toContain('warning: Reserved bits are set')
    expect(notes).toContain('error: Checksum 0x1234 is wrong, 0xc55e expected')
  })

  it('are not where a length claims more than there is', () => {
    const { notes, places } = icmp(`0b00 0000 0020 0000 45000014`)
    expect(notes).toContain('error: Length claims 128 bytes of the datagram, 4 follow')
    expect(places('icmp.ext')).toEqual([])
  })
})

describe('ICMP extended echo', () => {
  it.each([
    [
      'by name',
      `2a00def6f707000120000f520008030165746830`,
      { 'icmp.int_ident.name': ['eth0'], 'icmp.ext.echo.req.local': ['Set'] },
    ],
    [
      'by index',
      `2a00def7f70700002000dcee0008030200000007`,
      { 'icmp.int_ident.index': ['7'], 'icmp.ext.echo.req.local': ['Not set'] },
    ],
    [
      'by address',
      `2a00def7f7070000200016ee000c030300010400c0000201`,
      {
        'icmp.int_ident.afi': ['IPv4 (1)'],
        'icmp.int_ident.addr_length': ['4 bytes'],
        'icmp.int_ident.ipv4': ['192.0.2.1'],
      },
    ],
    [
      'by IPv6 address',
      `2a00def6f707000120009f28001803030002100020010db8000000000000000000000001`,
      { 'icmp.int_ident.ipv6': ['2001:db8::1'] },
    ],
  ] as const)('asks for an interface %s', (by, payload, fields) => {
    const { show, notes } = icmp(payload)
    expect(show('icmp.ext.ctype')[0]).toMatch(by.replace('IPv6 ', ''))
    for (const [name, expected] of Object.entries(fields)) expect(show(name), name).toEqual(expected)
    expect(notes).toEqual([])
  })
})
