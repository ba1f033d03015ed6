import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FilterError } from '../../src/filter/errors.ts'
import { formatExpression } from '../../src/filter/format.ts'
import { parseExpression } from '../../src/filter/parse.ts'
import { parseTcpdump } from '../../src/filter/tcpdump-parse.ts'
import { constants } from '../../src/filter/tcpdump-words.ts'

const translated = (text: string) => formatExpression(parseTcpdump(text))

const host = (address: string) =>
  `ip.addr == ${address} || arp.src.proto_ipv4 == ${address} || arp.dst.proto_ipv4 == ${address}`

/** What pcap-filter(7) says in words, in the display language. */
const translations: Readonly<Record<string, string>> = {
  'host 10.0.0.1': host('10.0.0.1'),
  '10.0.0.1': host('10.0.0.1'),
  'src host 10.0.0.1': 'ip.src == 10.0.0.1 || arp.src.proto_ipv4 == 10.0.0.1',
  'dst 10.0.0.1': 'ip.dst == 10.0.0.1 || arp.dst.proto_ipv4 == 10.0.0.1',
  'ip src and dst 10.0.0.1': 'ip.src == 10.0.0.1 && ip.dst == 10.0.0.1',
  'ip src or dst 10.0.0.1': 'ip.addr == 10.0.0.1',
  'arp host 10.0.0.1': 'arp.src.proto_ipv4 == 10.0.0.1 || arp.dst.proto_ipv4 == 10.0.0.1',
  'ip host 10.1': 'ip.addr == 10.1.0.0/16',
  'ip net 10': 'ip.addr == 10.0.0.0/8',
  'ip net 172.16.0.0/12': 'ip.addr == 172.16.0.0/12',
  'ip net 192.168.1.1': 'ip.addr == 192.168.1.1',
  'ip net 10.0.0.0 mask 255.0.0.0': 'ip.addr == 10.0.0.0/8',
  'ip src net 10.0.7.0 mask 255.0.255.0': 'ip.src & 255.0.255.0 == 10.0.7.0',
  'host 2001:DB8::1': 'ipv6.addr == 2001:db8::1',
  'src net 2001:db8::/32': 'ipv6.src == 2001:db8::/32',
  'ether host 2:0:5e:0:53:1': 'eth.addr == 02:00:5e:00:53:01',
  'ether src 0200.5e00.5301': 'eth.src == 02:00:5e:00:53:01',
  'ether dst 02005e005301': 'eth.dst == 02:00:5e:00:53:01',
  '02-00-5e-00-53-01': 'eth.addr == 02:00:5e:00:53:01',
  'port 500': 'tcp.port == 500 || udp.port == 500',
  'udp port 0x1f4': 'udp.port == 500',
  'udp port isakmp': 'udp.port == 500',
  'tcp src port http': 'tcp.srcport == 80',
  'udp src and dst port 4500': 'udp.srcport == 4500 && udp.dstport == 4500',
  'udp portrange 5060-5061': 'udp.port in {5060 .. 5061}',
  'udp dst portrange 5061-5060': 'udp.dstport in {5060 .. 5061}',
  'udp portrange 53': 'udp.port == 53',
  'udp port 500 or 4500': 'udp.port == 500 || udp.port == 4500',
  'udp port 500 or (4500 or 10000)': 'udp.port == 500 || udp.port == 4500 || udp.port == 10000',
  'ip host (10.0.0.1 or 10.0.0.2)': 'ip.addr == 10.0.0.1 || ip.addr == 10.0.0.2',
  'ip host not 10.0.0.1': '!(ip.addr == 10.0.0.1)',
  'not ip src 10.0.0.1 and 10.0.0.2': '!(ip.src == 10.0.0.1) && ip.src == 10.0.0.2',
  'udp port 53 and isakmp': 'udp.port == 53 && udp.port == 500',
  'ip host 10.0.0.1 and isakmp': 'ip.addr == 10.0.0.1 && isakmp',
  'proto 47': 'ip.proto == 47 || ipv6.nxt == 47 || ipv6.fraghdr.nxt == 47',
  'ip proto \\udp': 'ip.proto == 17',
  'ip6 proto ipv6-icmp': 'ipv6.nxt == 58 || ipv6.fraghdr.nxt == 58',
  'ether proto 0x0806': 'eth.type == 0x0806 || vlan.etype == 0x0806 || sll.etype == 0x0806',
  'ether proto 0x42': 'llc.dsap == 66',
  'esp or ah or gre': 'esp || ah || gre',
  'ip6 and icmp6': 'ipv6 && icmpv6',
  igrp: 'ip.proto == 9 || ipv6.nxt == 9 || ipv6.fraghdr.nxt == 9',
  'vlan 100': 'vlan.id == 100 || ieee8021ad.id == 100',
  'mpls 1000': 'mpls.label == 1000',
  'pppoes 3': 'pppoes && pppoe.session_id == 3',
  'geneve 7': 'geneve.vni == 7',
  'less 100': 'frame.len <= 100',
  'greater 100': 'frame.len >= 100',
  'len > 100': 'frame.len > 100',
  broadcast: 'eth.dst == ff:ff:ff:ff:ff:ff',
  multicast: 'eth.dst[0] & 0x01',
  'ip multicast': 'ip.dst >= 224.0.0.0',
  'ip6 multicast': 'ipv6.dst == ff00::/8',
  'ip[9] = 4': 'ip.proto == 4',
  '5 > ip[8]': 'ip.ttl < 5',
  'ip[2:2] > 576': 'ip.len > 576',
  'ip[0] & 0xf != 5': 'ip[0] & 0x0f !== 0x05',
  'ip[6:2] & 0x1fff != 0': 'ip[6:2] & 1f:ff',
  'ether[0:4] = 0xffffffff': 'eth[0:4] == ff:ff:ff:ff',
  'ether[14] = 0x45': 'frame[14] == 0x45',
  'tcp[tcpflags] & tcp-syn != 0': 'tcp.flags & 0x02',
  'tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn': 'tcp.flags & 0x12 == 0x02',
  'tcp[13] & 2 = 0': 'tcp.flags & 0x02 == 0',
  'ip[1] & 3 != 0': 'ip.dsfield & 0x03',
  'ip[8] != 64': 'ip.ttl !== 64',
  'tcp[13] = 2': 'tcp.flags & 0xff == 0x02',
  'icmp[icmptype] = icmp-echo': 'icmp.type == 8',
  'icmp6[icmp6type] = icmp6-echo': 'icmpv6.type == 128',
  'icmp[4:2] = 0x1234': 'icmp[4:2] == 12:34',
  'udp[4:2] > 100': 'udp.length > 100',
  'udp[8:4] = 0': 'udp.payload[0:4] == 00:00:00:00',
  'tcp[((tcp[12:1] & 0xf0) >> 2):4] = 0x47455420': 'tcp.payload[0:4] == 47:45:54:20',
  'tcp[(tcp[12] >> 4) * 4 + 4] = 0x2f': 'tcp.payload[4] == 0x2f',
  '(ip[2:2] - ((ip[0]&0xf)<<2)) - ((tcp[12]&0xf0)>>2) != 0': 'ip.len - ip.hdr_len - tcp.hdr_len !== 0',
  'ip[8] * 2 + 1 > 0x81': 'ip.ttl * 2 + 1 > 129',
  'udp[4:2] + 20 = ip[2:2]': 'udp.length + 20 == ip.len',
  'ip[0] >> 4 = 4': 'ip[0] in {0x40 .. 0x4f}',
  'ip[8] ^ 1 = 65': 'ip[8] == 0x40',
  'ip[8] | 1 = 65': 'ip[8] in {0x40 .. 0x41}',
  'tcp[12] >> 4 = 5': 'tcp[12] in {0x50 .. 0x5f}',
  'ip[16:2] = ip[12:2]': 'ip[16:2] == ip[12:2]',
  'udp[8:2] = udp[10:2]': 'udp.payload[0:2] == udp.payload[2:2]',
  'ip protochain 17': 'ip.proto == 17 || ah.next_header == 17',
  'ip6 protochain \\udp':
    'ipv6.nxt == 17 || ipv6.hopopts.nxt == 17 || ipv6.dstopts.nxt == 17 || ipv6.routing.nxt == 17 || ipv6.fraghdr.nxt == 17 || ah.next_header == 17',
  outbound: 'sll.pkttype == 4 || pflog.dir == 2',
  inbound: '(sll || pflog) && !(sll.pkttype == 4 || pflog.dir == 2)',
  'on em0': 'pflog.ifname == "em0"',
  'rulenum 2': 'pflog.rulenr == 2',
  'subrulenum 4': 'pflog.subrulenr == 4',
  'ruleset vpn': 'pflog.ruleset == "vpn"',
  'reason memory': 'pflog.reason == 5',
  'action block and ifname em0': 'pflog.action == 1 && pflog.ifname == "em0"',
  'ifindex 3': 'sll.ifindex == 3',
  'llc ui': 'llc.control & 0xef == 0x03',
  'llc or arp': 'llc || arp',
  iso: 'llc.dsap == 254',
  'iso proto \\isis': 'isis',
  'isis and lsp': 'isis && isis.type in {18, 20}',
  stp: 'llc.dsap == 66',
  'ether proto \\stp': 'llc.dsap == 66',
  'wlan host 02:00:5e:00:53:01': 'eth.addr == 02:00:5e:00:53:01',
  'rarp src 10.0.0.1':
    '(eth.type == 0x8035 || vlan.etype == 0x8035 || sll.etype == 0x8035) && arp.src.proto_ipv4 == 10.0.0.1',
  carp: 'vrrp || carp',
  'arp or udp and esp': '(arp || udp) && esp',
  'not arp and udp': '!arp && udp',
  'not (arp or udp)': '!(arp || udp)',
  '!arp && udp || esp': '(!arp && udp) || esp',
}

describe('an expression of tcpdump’s', () => {
  it.each(Object.entries(translations))('%s', (text, display) => {
    expect(translated(text)).toBe(display)
  })
})

/** The text, what is said about it, and which part of it is meant. */
const refusals: readonly (readonly [text: string, says: RegExp, part: string])[] = [
  ['host www.example.org', /no address, and names are not looked up/, 'www.example.org'],
  ['host 10', /no address/, '10'],
  ['host 256.0.0.1', /no address/, '256.0.0.1'],
  ['host 1::2::3', /no IPv6 address/, '1::2::3'],
  ['ip host 2001:db8::1', /no IPv4 address/, '2001:db8::1'],
  ['ip6 host 10.0.0.1', /no IPv6 address/, '10.0.0.1'],
  ['tcp host 10.0.0.1', /tcp has ports, not addresses: write "tcp and host 10.0.0.1"/, '10.0.0.1'],
  ['ip port 80', /ip has no ports/, '80'],
  ['ether net 10', /the link layer has no net/, '10'],
  ['ether host 10.0.0.1', /no Ethernet address/, '10.0.0.1'],
  ['net 10.0.0.0/33', /no length of a prefix/, '33'],
  ['net 10.0.0.0 mask 255.0.0', /no mask/, '255.0.0'],
  ['port 65536', /no port/, '65536'],
  ['port nosuch', /no service is called nosuch/, 'nosuch'],
  ['proto 256', /no IP protocol/, '256'],
  ['src proto 47', /a protocol has no direction/, '47'],
  ['tcp proto 47', /does not say which protocol/, '47'],
  ['ether proto 0x10000', /no EtherType/, '0x10000'],
  ['vlan 4096', /more than vlan has/, '4096'],
  ['less', /less what/, ''],
  ['udp port', /more has to follow/, ''],
  ['arp and', /more has to follow/, ''],
  ['(arp', /more has to follow/, ''],
  ['arp)', /does not follow here/, ')'],
  ['arp esp', /does not follow here/, 'esp'],
  ['icmp host 10.0.0.1', /host does not follow here/, 'host'],
  ['tcp and 80', /a number alone is no condition/, '80'],
  ['foo', /no word of tcpdump’s/, 'foo'],
  ['arp and foo', /no word of tcpdump’s/, 'foo'],
  ['arp @', /has no meaning here/, '@'],
  ['gateway a', /gateway has no translation/, 'gateway'],
  ['clnp', /clnp has no translation: the protocol is not read/, 'clnp'],
  ['action foo', /foo does not follow here/, 'foo'],
  ['reason', /more has to follow/, ''],
  ['wlan type mgt', /links of this kind are not read/, 'wlan'],
  ['iso proto esis', /esis does not follow here/, 'esis'],
  ['sctp[0:2] = 5', /bytes of sctp have no translation/, 'sctp'],
  ['ip[0] ^ 1 > 300', /it is true of no packet/, 'ip[0] ^ 1 > 300'],
  ['ip broadcast', /ip broadcast has no translation/, 'ip broadcast'],
  ['ip[2:3] = 1', /3 bytes are no number/, '3'],
  ['ip[0] = 256', /256 does not fit into 1 byte/, '256'],
  ['ip[20] = 3', /no translation: behind byte 20/, 'ip[20]'],
  ['ip[ip[0]] = 1', /the place depends on the packet/, 'ip[0]'],
  ['1 = 1', /says the same of every packet/, '1 = 1'],
  ['ip[8] | 1 = ip[9]', /there is no \| between fields/, 'ip[8] | 1'],
  ['tcp & udp = 1', /a condition has no value/, 'tcp'],
  ['ip[12:4] + 1 = 3', /can only be compared with a number/, 'ip[12:4]'],
]

describe('what is none', () => {
  it.each(refusals)('%s', (text, says, part) => {
    const error = thrown(() => parseTcpdump(text))
    expect(error).toBeInstanceOf(FilterError)
    const { message, at, end } = error as FilterError
    expect(message).toMatch(says)
    expect(text.slice(at, end)).toBe(part)
    if (part !== '') expect(at).toBe(text.lastIndexOf(part))
    else expect(at).toBe(text.length)
  })

  it('is refused where it is too long, too deep or has too many terms', () => {
    for (const text of [
      `${'('.repeat(5000)}arp${')'.repeat(5000)}`,
      `${'not '.repeat(10_000)}arp`,
      `port 1${' or 1'.repeat(10_000)}`,
      `ip[8]${' + 1'.repeat(10_000)} = 1`,
      `${'-'.repeat(10_000)}1 = ip[8]`,
      ' '.repeat(70_000),
    ])
      expect(thrown(() => parseTcpdump(text))).toBeInstanceOf(FilterError)
  })
})

function thrown(what: () => unknown): unknown {
  try {
    return what()
  } catch (error) {
    return error
  }
}

const words = [
  ...[
    'host',
    'net',
    'port',
    'portrange',
    'proto',
    'src',
    'dst',
    'and',
    'or',
    'not',
    '!',
    '(',
    ')',
    '[',
    ']',
    ':',
  ],
  ...['protochain', 'llc', 'ui', 'iso', 'lsp', 'on', 'reason', 'action', 'inbound', 'fddi', 'rarp', '^', '%'],
  ...[
    'ip',
    'ip6',
    'tcp',
    'udp',
    'arp',
    'ether',
    'icmp',
    'esp',
    'vlan',
    'mpls',
    'less',
    'len',
    'broadcast',
    'mask',
  ],
  ...[
    '10.0.0.1',
    '10',
    '::1',
    '2:0:0:0:0:1',
    '80',
    '1-2',
    'http',
    '/',
    '=',
    '!=',
    '>',
    '&',
    '|',
    '<<',
    '-',
    '\\tcp',
  ],
]
const anyText = fc.oneof(
  fc.array(fc.constantFrom(...words), { maxLength: 14 }).map(all => all.join(' ')),
  fc.string(),
)

describe('any text', () => {
  it('is read, or refused with a place in it; what is read is read again from its translation', () => {
    fc.assert(
      fc.property(anyText, text => {
        const read = thrown(() => parseTcpdump(text))
        if (read instanceof FilterError) {
          expect(read.at).toBeGreaterThanOrEqual(0)
          expect(read.end).toBeLessThanOrEqual(text.length)
          expect(read.at).toBeLessThanOrEqual(read.end)
        } else {
          if (read instanceof Error) throw read
          const display = translated(text)
          expect(formatExpression(parseExpression(display))).toBe(display)
        }
      }),
      { numRuns: 1000, seed: 7 },
    )
  })
})

const installed = spawnSync('tcpdump', ['--version']).status === 0

describe.skipIf(!installed)('the names of numbers', () => {
  it.each(['tcp', 'icmp', 'icmp6'])('of %s are those that tcpdump itself compares with', header => {
    const named = [...constants].filter(([name]) => new RegExp(`^${header}(?!6)`).test(name))
    const text = named.map(([name]) => `${header}[2] = ${name}`).join(' or ')
    const { stdout } = spawnSync('tcpdump', ['-O', '-y', 'EN10MB', '-d', text], { encoding: 'utf8' })
    // A byte of the packet is loaded and stored, then the number that it is compared with is loaded.
    const compared = [...stdout.matchAll(/ldb +\[x \+ \d+\]\n\S+ +st .*\n\S+ +ld +#0x([0-9a-f]+)/g)]
    expect(named.length).toBeGreaterThan(5)
    expect(compared.map(([, value]) => Number.parseInt(value ?? '', 16))).toEqual(
      named.map(([, value]) => value),
    )
  })
})
