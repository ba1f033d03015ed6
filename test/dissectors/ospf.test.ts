import { describe, expect, it } from 'vitest'
import { captureFile, framesOf } from '../captures.ts'
import { ipv4 } from '../craft.ts'
import { peel } from '../peel.ts'

// Values and places as tshark 4.0 has them.

const packets = (await framesOf(captureFile('ospf.pcap'))).map(frame => () => peel(frame))
const header = (type: string, length: string) =>
  `02${type}${length} 01010101 00000000 0000 0002 0000 07 10 00000063`

describe('OSPF version 2', () => {
  it('greets its neighbours', () => {
    const { stack, show, values, places, notes, line } = packets[0]!()
    expect(stack).toEqual(['eth', 'ip', 'ospf'])
    expect(notes).toEqual([])
    expect(show('ospf.msg')).toEqual(['Hello Packet (1)'])
    expect(show('ospf.srcrouter')).toEqual(['1.1.1.1'])
    expect(show('ospf.area_id')).toEqual(['0.0.0.0'])
    expect(show('ospf.hello.network_mask')).toEqual(['255.255.255.0'])
    expect(show('ospf.hello.hello_interval')).toEqual(['10 seconds'])
    expect(show('ospf.hello.router_dead_interval')).toEqual(['40 seconds'])
    expect(show('ospf.hello.designated_router')).toEqual(['192.168.1.1'])
    expect(show('ospf.v2.options.l')).toEqual(['Set'])
    expect(show('ospf.v2.options.n')).toEqual(['Not set'])
    expect(places('ospf.v2.options.e')).toEqual([`${(34 + 30) * 8 + 6}+1`])
    expect(values('ospf.lls.checksum')).toEqual([0xfff6])
    expect(show('ospf.lls.data_length')).toEqual(['12 bytes (3)'])
    expect(show('ospf.lls.ext.options.lr')).toEqual(['Set'])
    expect(line()).toContain('ospf version 2, Hello Packet (1), router 1.1.1.1, area 0.0.0.0')
  })

  it('authenticates', () => {
    const { show, values } = packets[1]!()
    expect(show('ospf.auth.type')).toEqual(['cryptographic (2)'])
    expect(values('ospf.auth.crypt.key_id')).toEqual([7])
    expect(values('ospf.auth.crypt.seq_nbr')).toEqual([99])
    expect(values('ospf.auth.crypt.data')).toEqual(['000102030405060708090a0b0c0d0e0f'])
    expect(show('ospf.hello.active_neighbor')).toEqual(['3.3.3.3'])
    expect(packets[2]!().show('ospf.auth.simple')).toEqual(['hidden, 8 bytes'])
  })

  it('compares and completes what is known', () => {
    const description = packets[2]!()
    expect(description.notes).toEqual([])
    expect(description.values('ospf.db.interface_mtu')).toEqual([1476])
    expect(description.show('ospf.dbd.ms')).toEqual(['Set'])
    expect(description.values('ospf.db.dd_sequence')).toEqual([9354])
    expect(description.show('ospf.lsa')).toEqual(['Router-LSA (1)'])
    expect(description.values('ospf.lsa.age')).toEqual([40])
    expect(packets[3]!().show('ospf.link_state_id')).toEqual(['1.1.1.1'])
    const update = packets[4]!()
    expect(update.values('ospf.ls.number_of_lsas')).toEqual([1])
    expect(update.values('ospf.lsa.length')).toEqual([36])
    expect(update.values('ospf.lsa.body')).toEqual(['000000010a000000ffffff000300000a'])
    expect(packets[5]!().show('ospf.lsa.seqnum')).toEqual(['0x80000001'])
  })
})

describe('OSPF version 3', () => {
  it('runs over IPv6', () => {
    const { stack, show, values, notes } = packets[6]!()
    expect(stack).toEqual(['eth', 'ipv6', 'ospf'])
    expect(notes).toEqual([])
    expect(values('ospf.hello.interface_id')).toEqual([5])
    expect(show('ospf.v3.options')).toEqual(['0x000013'])
    expect(values('ospf.hello.router_dead_interval')).toEqual([40])
    expect(show('ospf.hello.active_neighbor')).toEqual(['3.3.3.3'])
    expect(packets[7]!().values('ospf.db.interface_mtu')).toEqual([1500])
    expect(packets[8]!().show('ospf.v3.lsa')).toEqual(['Router-LSA (8193)'])
  })
})

describe('lengths that lie', () => {
  it('are malformed', () => {
    expect(peel(ipv4(89, `${header('01', 'ffff')}${'00'.repeat(20)}`)).notes[0]).toContain(
      'Packet length claims 65511 bytes for Hello',
    )
    expect(peel(ipv4(89, header('01', '0004'))).statuses.at(-1)).toBe('malformed')
    expect(peel(ipv4(89, `${header('04', '0030')}00000001 ${'00'.repeat(18)}0008`)).statuses.at(-1)).toBe(
      'malformed',
    )
    expect(peel(ipv4(89, `${header('01', '002c')}${'00'.repeat(36)}`, 10)).statuses.at(-1)).toBe('truncated')
  })

  it('of messages nobody knows are data', () => {
    const { values, statuses } = peel(ipv4(89, `${header('09', '001a')}abcd${'00'.repeat(16)}`))
    expect(values('ospf.data')).toEqual(['abcd'])
    expect(statuses.at(-1)).toBe('complete')
  })

  it('are summed', () => {
    const wrong = peel(ipv4(89, `02090018 01010101 00000000 1234 0000 ${'00'.repeat(8)}`))
    expect(wrong.notes).toEqual(['error: Checksum 0x1234 is wrong, 0xfbdc expected'])
  })
})
