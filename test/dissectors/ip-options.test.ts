import { describe, expect, it } from 'vitest'
import { frameOf, hexBytes, peel } from '../peel.ts'

const rawIpv4 = 228
// 192.0.2.1 port 40000 to 192.0.2.2 port 40001, "hello"; the sum is tshark's.
const udp = '9c409c41000dff7b68656c6c6f'

/** An IPv4 header with a checksum as tshark wants it, options that fill whole words, and UDP. */
const packet = (header: string, options: string, payload = udp) =>
  peel(frameOf(hexBytes(`${header} ${options} ${payload}`), rawIpv4))

const tail = (line: string) => line.slice(line.indexOf('optlen'))

// Places and values are those of tshark 4.0 for the same bytes.
describe('IPv4 options', () => {
  it('of one byte fill up the header', () => {
    const { stack, show, values, places, notes, line } = packet(
      '46000025 12340000 4011e28f c0000201 c0000202',
      '01 01 00 00',
    )
    expect(stack).toEqual(['ip', 'udp', 'data'])
    expect(show('ip.opt.type')).toEqual(['No operation (1)', 'No operation (1)', 'End of option list (0)'])
    expect(places('ip.options')).toEqual(['160+32'])
    expect(places('ip.options.nop')).toEqual(['160+8', '168+8'])
    expect(places('ip.options.eol')).toEqual(['176+8'])
    expect(values('ip.opt.padding')).toEqual(['00'])
    expect(places('ip.opt.padding')).toEqual(['184+8'])
    expect(notes).toEqual([])
    expect(tail(line({ verbose: 1 }))).toBe('optlen=4 NOP NOP EOL-1)')
    expect(packet('46000025 12340000 4011e1e5 c0000201 c0000202', '01 01 00 aa').notes).toEqual([
      'warning: Bytes behind the end of the options may carry something unseen',
    ])
  })

  it('record the route', () => {
    const { show, places, notes, line } = packet(
      '49000031 12340000 4011bcf1 c0000201 c0000202',
      '07 0f 08 c0000209 c000020a 00000000 00',
    )
    expect(show('ip.opt.type')[0]).toBe('Record route (7)')
    expect(show('ip.opt.type.copy')[0]).toBe('in the first fragment only (0)')
    expect(places('ip.opt.type.copy')[0]).toBe('160+1')
    expect(places('ip.opt.type.class')[0]).toBe('161+2')
    expect(places('ip.opt.type.number')[0]).toBe('163+5')
    expect(show('ip.opt.len')).toEqual(['15 bytes'])
    expect(show('ip.opt.ptr')).toEqual(['8'])
    expect(show('ip.rec_rt')).toEqual(['192.0.2.9'])
    expect(places('ip.rec_rt')).toEqual(['184+32'])
    expect(show('ip.empty_rt')).toEqual(['192.0.2.10', '0.0.0.0'])
    expect(places('ip.empty_rt')).toEqual(['216+32', '248+32'])
    expect(notes).toEqual([])
    expect(tail(line({ verbose: 1 }))).toBe('optlen=16 RR{15}= RR{192.0.2.9#192.0.2.10 0.0.0.0} EOL)')
  })

  it('timestamp alone', () => {
    const { show, places, notes } = packet(
      '4800002d 12340000 40117238 c0000201 c0000202',
      '44 0c 09 00 00112233 00000000',
    )
    expect(show('ip.opt.flag')).toEqual(['Timestamps only (0)'])
    expect(places('ip.opt.overflow')).toEqual(['184+4'])
    expect(places('ip.opt.flag')).toEqual(['188+4'])
    // 1122867 milliseconds.
    expect(show('ip.opt.time_stamp')).toEqual(['00:18:42.867 UT (1122867)', '00:00:00.000 UT (0)'])
    expect(places('ip.opt.time_stamp')).toEqual(['192+32', '224+32'])
    expect(notes).toEqual([])
  })

  it('timestamp with addresses, past the last place', () => {
    const { values, show, places, notes, line } = packet(
      '4a000035 12340000 4011a9cd c0000201 c0000202',
      '44 14 0d 51 c0000209 00112233 00000000 00000000',
    )
    expect(values('ip.opt.overflow')).toEqual([5])
    expect(show('ip.opt.flag')).toEqual(['Each with the address of its router (1)'])
    expect(show('ip.opt.time_stamp_addr')).toEqual(['192.0.2.9', '0.0.0.0'])
    expect(places('ip.opt.time_stamp_addr')).toEqual(['192+32', '256+32'])
    expect(places('ip.opt.time_stamp')).toEqual(['224+32', '288+32'])
    expect(notes).toEqual([])
    expect(tail(line({ verbose: 1 }))).toBe('optlen=20 TS{20})')
  })

  it('timestamp where the sender asks for it', () => {
    const { show } = packet(
      '4a000035 12340000 401167e0 c0000201 c0000202',
      '44 14 0d 33 c0000209 80112233 c000020a 00000000',
    )
    expect(show('ip.opt.flag')).toEqual(['Only at the addresses that the sender wrote down (3)'])
    expect(show('ip.opt.time_stamp')[0]).toBe('1122867, not since midnight UT')
  })

  it('route by the sender’s will, and change where the packet finally goes', () => {
    const loose = packet('4800002d 12340000 40111591 c0000201 c0000202', '83 0b 04 c0000209 c6336407 00')
    expect(loose.show('ip.opt.type')[0]).toBe('Loose source route (131)')
    expect(loose.show('ip.opt.type.copy')[0]).toBe('in all fragments (1)')
    expect(loose.show('ip.src_rt')).toEqual(['192.0.2.9', '198.51.100.7'])
    expect(loose.places('ip.src_rt')).toEqual(['184+32', '216+32'])
    // The sum was made for 192.0.2.2; for 198.51.100.7 it is off by the difference of the two addresses.
    expect(loose.notes).toEqual([
      'warning: The sender picks the route: most networks drop this, for it gets around filters',
      'error: Checksum 0xff7b is wrong, 0x9743 expected',
    ])
    expect(tail(loose.line({ verbose: 1 }))).toBe('optlen=12 LSRR{#192.0.2.9 198.51.100.7} EOL)')
    const arrived = packet('4800002d 12340000 40110791 c0000201 c0000202', '89 0b 0c c0000209 c6336407 00')
    expect(arrived.show('ip.opt.type')[0]).toBe('Strict source route (137)')
    expect(arrived.show('ip.rec_rt')).toEqual(['192.0.2.9', '198.51.100.7'])
    expect(arrived.notes).toHaveLength(1)
    expect(tail(arrived.line({ verbose: 1 }))).toBe('optlen=12 SSRR{192.0.2.9 198.51.100.7#} EOL)')
  })

  it('classify', () => {
    const basic = packet('47000029 12340000 4011c4c4 c0000201 c0000202', '82 06 5a c1 41 00 00 00')
    expect(basic.show('ip.opt.sec_cl')).toEqual(['Secret (90)'])
    expect(basic.values('ip.opt.sec_prot_auth_flags')).toEqual([0xc1, 0x41, 0])
    expect(basic.values('ip.opt.sec_prot_auth_genser')).toEqual([1])
    expect(basic.places('ip.opt.sec_prot_auth_doe')).toEqual(['188+1'])
    expect(basic.values('ip.opt.sec_prot_auth_unassigned')).toEqual([0, 0x20, 0])
    expect(basic.places('ip.opt.sec_prot_auth_unassigned')).toEqual(['189+2', '192+7', '200+7'])
    expect(basic.values('ip.opt.sec_prot_auth_fti')).toEqual([1, 1, 0])
    const old = packet('4800002d 12340000 40112a30 c0000201 c0000202', '82 0b 6bc5 0001 4142 434445 00')
    expect(old.show('ip.opt.sec_rfc791_sec')).toEqual(['Top secret (27589)'])
    expect(old.values('ip.opt.sec_rfc791_comp')).toEqual([1])
    expect(old.show('ip.opt.sec_rfc791_hr')).toEqual(['AB'])
    expect(old.show('ip.opt.sec_rfc791_tcc')).toEqual(['CDE'])
    expect(tail(old.line({ verbose: 1 }))).toBe('optlen=12 SECURITY{11} EOL)')
    const extended = packet('47000029 12340000 40118deb c0000201 c0000202', '85 06 01 abcdef 00 00')
    expect(extended.values('ip.opt.ext_sec_add_sec_info_format_code')).toEqual([1])
    expect(extended.values('ip.opt.ext_sec_add_sec_info')).toEqual(['abcdef'])
  })

  it('label for mandatory access control', () => {
    const { show, values, places, notes } = packet(
      '49000031 12340000 40119963 c0000201 c0000202',
      '86 10 00000003 01 06 00 07 c000 00 00 00 00',
    )
    expect(values('ip.cipso.doi')).toEqual([3])
    expect(show('ip.cipso.tag_type')).toEqual(['Restrictive bitmap (1)', ...Array(4).fill('Padding (0)')])
    expect(values('ip.cipso.sensitivity_level')).toEqual([7])
    expect(places('ip.cipso.sensitivity_level')).toEqual(['232+8'])
    expect(values('ip.cipso.categories')).toEqual(['c000'])
    expect(notes).toEqual([])
    const local = packet(
      '49000031 12340000 4011d15e c0000201 c0000202',
      '86 0e 00000003 80 08 010203040506 00 00',
    )
    expect(local.values('ip.cipso.tag_data')).toEqual(['010203040506'])
  })

  it.each([
    ['46000025 12340000 40115b7b c0000201 c0000202', '88 04 0011', 'ip.opt.sid', '17'],
    ['46000025 12340000 4011d2b0 c0000201 c0000202', '0b 04 05dc', 'ip.opt.mtu', '1500 bytes'],
    ['46000025 12340000 4011d1ec c0000201 c0000202', '0c 04 05a0', 'ip.opt.mtu', '1440 bytes'],
    [
      '46000025 12340000 40114f8c c0000201 c0000202',
      '94 04 0000',
      'ip.opt.ra',
      'Router shall examine packet (0)',
    ],
    ['4800002d 12340000 4011baf7 c0000201 c0000202', '52 0c 1234 0003 ffff c000024d', 'ip.opt.ohc', '3'],
    ['4800002d 12340000 4011baf7 c0000201 c0000202', '52 0c 1234 0003 ffff c000024d', 'ip.opt.rhc', '65535'],
    [
      '4800002d 12340000 4011baf7 c0000201 c0000202',
      '52 0c 1234 0003 ffff c000024d',
      'ip.opt.originator',
      '192.0.2.77',
    ],
    [
      '47000029 12340000 40112972 c0000201 c0000202',
      '19 08 05 40 abcdef04',
      'ip.opt.qs_rate',
      '1.28 Mbit/s (5)',
    ],
    ['47000029 12340000 40112972 c0000201 c0000202', '19 08 05 40 abcdef04', 'ip.opt.qs_nonce', '0x2af37bc1'],
    ['47000029 12340000 4011a971 c0000201 c0000202', '19 08 85 40 abcdef04', 'ip.opt.qs_unused', '64'],
    ['47000029 12340000 40117fbf c0000201 c0000202', '9e 06 61626364 00 00', 'ip.opt.data', '61626364'],
  ])('%s %s has its contents', (header, options, name, value) => {
    const { show, notes, stack } = packet(header, options)
    expect(show(name)).toEqual([value])
    expect(notes).toEqual([])
    expect(stack).toEqual(['ip', 'udp', 'data'])
  })

  it('prints the others by their number', () => {
    const { line } = packet('46000025 12340000 40114f8c c0000201 c0000202', '94 04 0000')
    expect(line()).toBe('192.0.2.1.40000 > 192.0.2.2.40001: udp 5')
    expect(line({ verbose: 1 })).toBe(
      '192.0.2.1.40000 > 192.0.2.2.40001: [udp sum ok] udp 5 (ttl 64, id 4660, len 37, optlen=4 IPOPT-148{4})',
    )
  })

  it('do not hide what follows when they lie', () => {
    const short = packet('46000025 12340000 4011e42c c0000201 c0000202', '9e 01 6162')
    expect(short.stack).toEqual(['ip', 'udp', 'data'])
    expect(short.statuses).toEqual(['malformed', 'complete', 'complete'])
    expect(short.notes).toEqual(['error: The option claims 1 byte, the header leaves 4'])
    const long = packet('46000025 12340000 4011e40d c0000201 c0000202', '9e 20 6162')
    expect(long.notes).toEqual(['error: The option claims 32 bytes, the header leaves 4'])
    expect(long.values('ip.opt.data')).toEqual(['6162'])
    const odd = packet(
      '49000031 12340000 40117133 c0000201 c0000202',
      '44 0d 09 00 00112233 00000000 00 00 00 00',
    )
    expect(odd.stack).toEqual(['ip', 'udp', 'data'])
    expect(odd.notes).toEqual(['error: Timestamp: 1 of its 13 bytes are too many'])
    const route = packet('47000029 12340000 401175c2 c0000201 c0000202', '07 06 03 616263 00 00')
    expect(route.notes).toEqual([
      'warning: Points in front of the first place, 4',
      'error: Record route: 3 of its 6 bytes are too many',
    ])
    expect(tail(route.line({ verbose: 1 }))).toBe('optlen=8 RR{6}= RR{ [bad length 6] [bad ptr 3]} EOL-1)')
  })

  it('stop where contents are shorter than their kind', () => {
    const { statuses, notes } = packet('46000025 12340000 40114f8c c0000201 c0000202', '94 03 00 00')
    expect(statuses).toEqual(['malformed'])
    expect(notes.at(-1)).toBe('error: Malformed: Router alert needs 2 bytes, Length leaves 1')
  })

  it('break off where the capture does', () => {
    const bytes = hexBytes('49000031 12340000 4011bcf1 c0000201 c0000202 07 0f 08 c0000209 c000')
    const { statuses, notes } = peel(frameOf(bytes, rawIpv4, 49))
    expect(statuses).toEqual(['truncated'])
    expect(notes).toEqual(['warning: Truncated: Empty route needs 4 bytes, the capture holds 2'])
  })
})
