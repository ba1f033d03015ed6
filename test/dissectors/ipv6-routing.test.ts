import { describe, expect, it } from 'vitest'
import { ipv6 } from '../craft.ts'
import { peel } from '../peel.ts'

// From 2001:db8::1, "hello"; the sum counts 2001:db8::b as the destination, as the receiver does.
const udp = '9c409c41000d280268656c6c6f'
const a = '20010db800000000000000000000000a'
const b = '20010db800000000000000000000000b'
const home = '20010db8000000000000000000000002'

const routing = (hex: string, payload = udp) => peel(ipv6(43, `${hex}${payload}`))
const start = '2001:db8::1 > 2001:db8::2: '
const end = '2001:db8::1.40000 > 2001:db8::2.40001: [udp sum ok] udp 5'

// Places and values are those of tshark 4.0 for the same bytes, where it shows the field.
describe('IPv6 routing headers', () => {
  it('of type 0 list all stops and are dangerous', () => {
    const { stack, show, values, places, notes, line } = routing(`1104 0002 00000000 ${a} ${b}`)
    expect(stack).toEqual(['ipv6', 'ipv6.routing', 'udp', 'data'])
    expect(show('ipv6.routing.nxt')).toEqual(['UDP (17)'])
    expect(show('ipv6.routing.len')).toEqual(['40 bytes (4)'])
    expect(show('ipv6.routing.type')).toEqual(['Source route (deprecated) (0)'])
    expect(values('ipv6.routing.segleft')).toEqual([2])
    expect(places('ipv6.routing.segleft')).toEqual(['344+8'])
    expect(places('ipv6.routing.src.reserved')).toEqual(['352+32'])
    expect(show('ipv6.routing.src.addr')).toEqual(['2001:db8::a', '2001:db8::b'])
    expect(places('ipv6.routing.src.addr')).toEqual(['384+128', '512+128'])
    expect(notes).toEqual([
      'warning: Source routes let anyone bounce traffic off this host; RFC 5095 forbids to follow them',
    ])
    expect(line({ verbose: 1 })).toBe(
      `${start}srcrt (len=4, type=0, segleft=2, rsv=0x0, [0]2001:db8::a, [1]2001:db8::b)${end} (len 53, hlim 64)`,
    )
  })

  it('that are used up leave the destination alone', () => {
    expect(routing(`1102 0000 00000000 ${b}`).notes).toEqual([
      'error: Checksum 0x2802 is wrong, 0x280b expected',
    ])
  })

  it('of type 2 name a mobile host’s home', () => {
    const { show, places, notes, line } = routing(`1102 0201 00000000 ${b}`)
    expect(show('ipv6.routing.mipv6.home_address')).toEqual(['2001:db8::b'])
    expect(places('ipv6.routing.mipv6.home_address')).toEqual(['384+128'])
    expect(notes).toEqual([])
    expect(line({ verbose: 1 })).toContain(`${start}srcrt (len=2, type=2, segleft=1)${end}`)
  })

  it('of type 3 leave out what all addresses have in common', () => {
    const list = '0000000000000003 0000000000000004 000b 000000000000'
    const { values, places, notes, statuses } = routing(`1103 0303 8e600000 ${list}`)
    expect(statuses).toEqual(['complete', 'complete', 'complete', 'complete'])
    expect(values('ipv6.routing.rpl.cmprI')).toEqual([8])
    expect(places('ipv6.routing.rpl.cmprI')).toEqual(['352+4'])
    expect(values('ipv6.routing.rpl.cmprE')).toEqual([14])
    expect(values('ipv6.routing.rpl.pad')).toEqual([6])
    expect(places('ipv6.routing.rpl.reserved')).toEqual(['364+20'])
    expect(values('ipv6.routing.rpl.address')).toEqual(['0000000000000003', '0000000000000004', '000b'])
    expect(places('ipv6.routing.rpl.address')).toEqual(['384+64', '448+64', '512+16'])
    expect(values('ipv6.routing.rpl.padding')).toEqual(['000000000000'])
    expect(notes).toEqual([])
    expect(routing(`1103 0304 8e600000 ${list}`).notes).toEqual([
      'error: 4 segments left, but the list holds 3',
    ])
  })

  it('of type 3 do not run away', () => {
    const { statuses, notes } = routing('1100 0301 00f00000')
    expect(statuses).toEqual(['complete', 'malformed'])
    expect(notes.at(-1)).toBe('error: Malformed: Address needs 16 bytes, Hdr ext len leaves 0')
  })

  it('of type 4 list segments from the last one on', () => {
    const { show, values, places, notes } = routing(`1104 0401 01 00 1234 ${b} ${home}`)
    expect(show('ipv6.routing.type')).toEqual(['Segment routing (4)'])
    expect(values('ipv6.routing.srh.last_entry')).toEqual([1])
    expect(places('ipv6.routing.srh.flags')).toEqual(['360+8'])
    expect(show('ipv6.routing.srh.tag')).toEqual(['0x1234'])
    expect(show('ipv6.routing.srh.addr')).toEqual(['2001:db8::b', '2001:db8::2'])
    expect(places('ipv6.routing.srh.addr')).toEqual(['384+128', '512+128'])
    expect(notes).toEqual([])
    const lies = routing(`1104 0403 02 40 1234 ${b} ${home}`)
    expect(lies.statuses[1]).toBe('malformed')
    expect(lies.notes).toEqual([
      'warning: Unused flags are set',
      'error: Malformed: Segment needs 16 bytes, Hdr ext len leaves 0',
    ])
  })

  // RFC 8754 §2.1.
  it('of type 4 carry TLVs', () => {
    const hmac = `0526 8000 00000009 ${'aa'.repeat(32)}`
    const { show, values, places, notes } = routing(
      `110a 0401 01 20 1234 ${b} ${home} ${hmac} 0406 000000000000`,
    )
    expect(values('ipv6.routing.srh.flags.oam')).toEqual([1])
    expect(show('ipv6.routing.srh.tlv.type')).toEqual(['HMAC (5)', 'PadN (4)'])
    expect(values('ipv6.routing.srh.tlv.len')).toEqual([38, 6])
    expect(places('ipv6.routing.srh.tlv')).toEqual(['640+320', '960+64'])
    expect(values('ipv6.routing.srh.hmac.d')).toEqual([1])
    expect(show('ipv6.routing.srh.hmac.key_id')).toEqual(['0x00000009'])
    expect(values('ipv6.routing.srh.hmac')).toEqual(['aa'.repeat(32)])
    expect(notes).toEqual([])
  })

  it('of types 5 and 6 have short identifiers', () => {
    const to = udp.replace('2802', '280b')
    const short = routing('1101 0501 0001 0002 0003 0004 0005 0006', to)
    expect(short.values('ipv6.routing.crh16.sid')).toEqual([1, 2, 3, 4, 5, 6])
    const long = routing('1101 0601 00000001 00000002 00000003', to)
    expect(long.values('ipv6.routing.crh32.sid')).toEqual([1, 2, 3])
    expect(long.places('ipv6.routing.crh32.sid')).toEqual(['352+32', '384+32', '416+32'])
  })

  it('of unknown types are passed over', () => {
    const { stack, show, values } = routing('1100 fd00 01020304', udp.replace('2802', '280b'))
    expect(stack).toEqual(['ipv6', 'ipv6.routing', 'udp', 'data'])
    expect(show('ipv6.routing.type')).toEqual(['Experiment 1 (253)'])
    expect(values('ipv6.routing.unknown_data')).toEqual(['01020304'])
  })

  it('work together with a home address behind them', () => {
    const home = `1102 c910 20010db8000000000000000000000099 0102 0000`
    const both = '2b00 0401ff 010100'
    const packet = ipv6(60, `${both} 3c02 0000 00000000 ${b} ${home} ${udp.replace('2802', '2773')}`)
    const { stack, notes } = peel(packet)
    expect(stack).toEqual(['ipv6', 'ipv6.dstopts', 'ipv6.routing', 'ipv6.dstopts', 'udp', 'data'])
    expect(notes).toEqual([])
  })
})
