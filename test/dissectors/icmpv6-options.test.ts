import { describe, expect, it } from 'vitest'
import { ipv6 } from '../craft.ts'
import { frameOf, hexBytes, peel } from '../peel.ts'

const icmpv6 = (payload: string, cut = 0) => peel(ipv6(58, payload, cut))

// From tcpdump's icmpv6-ra-pref64.pcap.
const advertisement = `333300000001e21581b4b94586dd 6009fc7200483aff fe80000000000000e01581fffeb4b945
  ff020000000000000000000000000001 860015e8504001f4 00000000 00000000 0101e21581b4b945
  0304408000000e100000070800000000 20010db800cc00dd0000000000000000
  2602000020010db800010064ff9b0000`

describe('ICMPv6 router advertisement', () => {
  it('holds flags, timers and options', () => {
    const { show, values, places, notes, line } = peel(frameOf(hexBytes(advertisement)))
    expect(values('icmpv6.nd.ra.cur_hop_limit')).toEqual([80])
    expect(values('icmpv6.nd.ra.flag')).toEqual([0x40])
    expect(values('icmpv6.nd.ra.flag.m')).toEqual([0])
    expect(values('icmpv6.nd.ra.flag.o')).toEqual([1])
    expect(show('icmpv6.nd.ra.flag.prf')).toEqual(['Medium (0)'])
    expect(places('icmpv6.nd.ra.flag.prf')).toEqual(['475+2'])
    expect(show('icmpv6.nd.ra.router_lifetime')).toEqual(['500 seconds'])
    expect(show('icmpv6.opt.type')).toEqual([
      'Source link-layer address (1)',
      'Prefix information (3)',
      'PREF64 (38)',
    ])
    expect(show('icmpv6.opt.prefix')).toEqual(['2001:db8:cc:dd::'])
    expect(places('icmpv6.opt.prefix')).toEqual(['752+128'])
    expect(values('icmpv6.opt.pref64.scaled_lifetime')).toEqual([0])
    expect(show('icmpv6.opt.pref64.plc')).toEqual(['96 bits (0)'])
    expect(values('icmpv6.opt.pref64.prefix')).toEqual(['20010db800010064ff9b0000'])
    expect(notes).toEqual([])
    expect(line({ verbose: 1 })).toContain(
      'icmp6: router advertisement(chlim=80, O, pref=medium, router_ltime=500, reachable_time=0, retrans_time=0)' +
        '(src lladdr: e2:15:81:b4:b9:45)' +
        '(prefix info: L valid_ltime=3600, preferred_ltime=1800, prefix=2001:db8:cc:dd::/64)' +
        '(unknown opt_type=38, opt_len=2) [icmp6 cksum ok]',
    )
  })

  it.each([
    [
      'prefix information',
      `860061b740e8070800007530000003e8030440e000015180000038400000000020010db800010000
      0000000000000000`,
      '(prefix info: LA valid_ltime=86400, preferred_ltime=14400, prefix=2001:db8:1::/64)',
      {
        'icmpv6.opt.prefix.flag.l': ['Set'],
        'icmpv6.opt.prefix.flag.r': ['Set'],
        'icmpv6.opt.prefix.valid_lifetime': ['86400 seconds'],
        'icmpv6.opt.reserved': ['00000000'],
      },
    ],
    [
      'MTU',
      `860052b640e8070800007530000003e80501000000000578`,
      '(mtu: mtu=1400)',
      { 'icmpv6.opt.mtu': ['1400 bytes'] },
    ],
    [
      'name servers',
      `8600d9e040e8070800007530000003e81905000000000e1020010db8000000000000000000000053
      20010db8000000000000000000000054`,
      '(rdnss: lifetime=3600s, addr=2001:db8::53, addr=2001:db8::54)',
      {
        'icmpv6.opt.rdnss': ['2001:db8::53', '2001:db8::54'],
      },
    ],
    [
      'search list',
      `8600340d40e8070800007530000003e81f05000000000e10076578616d706c6503636f6d0004636f
      7270076578616d706c65000000000000`,
      '(dnssl: opt_len=5)',
      {
        'icmpv6.name.label': ['example', 'com', 'corp', 'example'],
        'icmpv6.name.label_length': ['7', '3', '0', '4', '7', '0'],
        'icmpv6.opt.padding': ['0000000000'],
      },
    ],
    [
      'route',
      `8600e05940e8070800007530000003e8180230080000070820010db800020000`,
      '(route-info: 2001:db8:2::/48, pref=high, lifetime=1800s)',
      {
        'icmpv6.opt.route_info.flag.route_preference': ['High (1)'],
        'icmpv6.opt.route_info.prefix': ['20010db800020000'],
      },
    ],
    [
      'default route',
      `8600451640e8070800007530000003e818010018ffffffff`,
      '(route-info: ::/0, pref=low, lifetime=4294967295s)',
      {
        'icmpv6.opt.route_lifetime': ['infinity (4294967295)'],
      },
    ],
    [
      'host route',
      `8600904740e8070800007530000003e8180380080000070820010db8000200000000000000000009`,
      '(route-info: 2001:db8:2::9/128, pref=high, lifetime=1800s)',
      {
        'icmpv6.opt.prefix.length': ['128'],
      },
    ],
    [
      'nonce',
      `860003b040e8070800007530000003e80e01a1b2c3d4e5f6`,
      '(unknown opt_type=14, opt_len=1)',
      { 'icmpv6.opt.nonce': ['a1b2c3d4e5f6'] },
    ],
    [
      'timestamp',
      `860079d040e8070800007530000003e80d0200000000000000006553f1008000`,
      '(unknown opt_type=13, opt_len=2)',
      {
        'icmpv6.opt.timestamp.seconds': ['2023-11-14T22:13:20Z (1700000000)'],
        'icmpv6.opt.timestamp.fraction': ['32768'],
      },
    ],
    [
      'captive portal',
      `8600c4d740e8070800007530000003e8250468747470733a2f2f706f7274616c2e6578616d706c65
      2f00000000000000`,
      '(unknown opt_type=37, opt_len=4)',
      {},
    ],
    [
      'CGA',
      `8600722240e8070800007530000003e80b0502000000000000000000000000000000000020010db8
      00000000006b65796b65796b65790000`,
      '(unknown opt_type=11, opt_len=5)',
      {
        'icmpv6.opt.cga.pad_length': ['2'],
        'icmpv6.opt.cga.subnet_prefix': ['20010db800000000'],
        'icmpv6.opt.cga.subject_public_key_info': ['6b65796b65796b6579'],
        'icmpv6.opt.padding': ['0000'],
      },
    ],
    [
      'RSA signature',
      `860007b040e8070800007530000003e80c060000000102030405060708090a0b0c0d0e0f73696773
      696773696773696773696773696773696773696700000000`,
      '(unknown opt_type=12, opt_len=6)',
      {
        'icmpv6.opt.rsa.key_hash': ['000102030405060708090a0b0c0d0e0f'],
      },
    ],
    [
      'interval',
      `8600e0fd40e8070800007530000003e80701000000007530`,
      '(unknown opt_type=7, opt_len=1)',
      {
        'icmpv6.opt.advertisement_interval': ['30000 ms'],
      },
    ],
    [
      'home agent',
      `86004e1c40e8070800007530000003e808010000000a0708`,
      '(unknown opt_type=8, opt_len=1)',
      {
        'icmpv6.opt.home_agent_preference': ['10'],
        'icmpv6.opt.home_agent_lifetime': ['1800 seconds'],
      },
    ],
    [
      'flags',
      `8600c32d40e8070800007530000003e81a01800000000000`,
      '(unknown opt_type=26, opt_len=1)',
      { 'icmpv6.opt.efo': ['0x8000'] },
    ],
    [
      'registration',
      `86006ed840e8070800007530000003e8210200000000003c0011223344556677`,
      '(unknown opt_type=33, opt_len=2)',
      {
        'icmpv6.opt.aro.registration_lifetime': ['60 minutes'],
        'icmpv6.opt.aro.eui64': ['0011223344556677'],
      },
    ],
    [
      'context',
      `8600cd4b40e8070800007530000003e8220240110000000a20010db800050000`,
      '(unknown opt_type=34, opt_len=2)',
      {
        'icmpv6.opt.6co.flag.c': ['Set'],
        'icmpv6.opt.6co.flag.cid': ['1'],
        'icmpv6.opt.6co.valid_lifetime': ['10 minutes'],
      },
    ],
    [
      'border router',
      `86000c5040e8070800007530000003e8230300010002000a20010db8000000000000000000000006`,
      '(unknown opt_type=35, opt_len=3)',
      {
        'icmpv6.opt.abro.version_low': ['1'],
        'icmpv6.opt.abro.version_high': ['2'],
        'icmpv6.opt.abro.6lbr_address': ['2001:db8::6'],
      },
    ],
    [
      'capabilities',
      `8600392d40e8070800007530000003e82401000100000000`,
      '(unknown opt_type=36, opt_len=1)',
      { 'icmpv6.opt.6cio.flag_g': ['Set'] },
    ],
    [
      'trust anchor',
      `8600b0ca40e8070800007530000003e80f02010100076578616d706c65000000`,
      '(unknown opt_type=15, opt_len=2)',
      {
        'icmpv6.opt.name_x501': ['00076578616d706c650000'],
        'icmpv6.opt.padding': ['00'],
      },
    ],
    [
      'addresses',
      `8600f88240e8070800007530000003e8090500000000000020010db800000000000000000000000a
      20010db800000000000000000000000b`,
      '(unknown opt_type=9, opt_len=5)',
      {
        'icmpv6.opt.ipv6_address': ['2001:db8::a', '2001:db8::b'],
      },
    ],
    [
      'mobility anchor',
      `8600f4ec40e8070800007530000003e817031f80000003e820010db800000000000000000000000e`,
      '(unknown opt_type=23, opt_len=3)',
      {
        'icmpv6.opt.map.distance': ['1'],
        'icmpv6.opt.map.preference': ['15'],
        'icmpv6.opt.map.flag.r': ['Set'],
        'icmpv6.opt.map.global_address': ['2001:db8::e'],
      },
    ],
    [
      'experiment',
      `8600360040e8070800007530000003e8fd01616263646566`,
      '(unknown opt_type=253, opt_len=1)',
      { 'icmpv6.data': ['616263646566'] },
    ],
  ] as const)('option: %s', (_, payload, text, fields) => {
    const { show, notes, line } = icmpv6(payload)
    for (const [name, expected] of Object.entries(fields)) expect(show(name), name).toEqual(expected)
    expect(notes).toEqual([])
    expect(line({ verbose: 1 })).toContain(
      `(chlim=64, MO, pref=high, router_ltime=1800, reachable_time=30000, retrans_time=1000)${text} [icmp6 cksum ok]`,
    )
  })

  it.each([
    ['of length 0', '0100 000000000000', /Length is 0: the message has to be dropped/],
    ['beyond the end', '0502 0000 00000578', /Length claims 16 bytes for Option, .* leaves 8/],
    ['with too short a prefix', '0301 4000 00000000', /Preferred lifetime needs 4 bytes, Length leaves 0/],
    ['with a label beyond it', '1f02 0000 00000e10 40 00000000000000', /A label of 64 bytes/],
    [
      'with more padding than bytes',
      '0b01 ff00 00000000',
      /Pad length 255, but 5 bytes are left in the option/,
    ],
  ])('an option %s', (_, option, note) => {
    const { statuses, notes } = icmpv6(`8500 0000 00000000 ${option}`)
    expect(statuses.at(-1)).toBe('malformed')
    expect(notes.at(-1)).toMatch(note)
  })

  it('warns of what hosts ignore', () => {
    const { notes } = icmpv6(`8500 0000 00000000 0304 40 01 0000003c 0000003d ${'00'.repeat(20)}`)
    expect(notes).toContain('warning: Reserved bits are set')
    expect(notes).toContain('warning: Preferred longer than it is valid: hosts ignore the prefix')
  })
})
