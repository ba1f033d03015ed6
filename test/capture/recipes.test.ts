import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { allOf, filterOf, recipeNamed, recipes } from '../../src/capture/recipes.ts'
import type { Frame } from '../../src/frame.ts'
import { recipeList } from '../../src/print/recipes.ts'
import { captureFile } from '../captures.ts'
import { ipv4, ipv6, udp4 } from '../craft.ts'

const filter = (...names: string[]): string => filterOf(names.flatMap(name => recipeNamed(name) ?? []))

describe('the list', () => {
  it('has a name and a sentence once for each', () => {
    expect(new Set(recipes.map(({ name }) => name)).size).toBe(recipes.length)
    expect(new Set(recipes.map(({ why }) => why)).size).toBe(recipes.length)
    for (const { name, why } of recipes) {
      expect(name).toMatch(/^[a-z0-9]+$/)
      expect(name, 'taken by --recipe list').not.toBe('list')
      expect(why.length, why).toBeLessThan(100)
    }
  })

  it('is printed with filters to be copied', () => {
    const lines = recipeList().split('\n')
    for (const [at, { name, why, filter }] of recipes.entries()) {
      expect(lines[2 * at]).toMatch(new RegExp(`^${name} `))
      expect(lines[2 * at]?.slice(name.length).trim()).toBe(why)
      expect(lines[2 * at + 1]?.trim()).toBe(filter)
    }
  })
})

describe('filters put together', () => {
  it('lets through what one of several recipes does', () => {
    expect(filter('gre')).toBe(recipeNamed('gre')?.filter)
    expect(filter('gre', 'etherip')).toBe(`(${filter('gre')}) or (${filter('etherip')})`)
    expect(filter()).toBe('')
  })

  it('lets through what all of several filters do, in their order', () => {
    expect(allOf(['a or b', '', ' c '])).toBe('(a or b) and (c)')
    expect(allOf([' a or b '])).toBe('a or b')
    expect(allOf(['', ' '])).toBe('')
  })
})

const folder = mkdtempSync(join(tmpdir(), 'vpnscope-recipes-'))
afterAll(() => rmSync(folder, { recursive: true }))

const tcpdump = (...args: string[]) => spawnSync('tcpdump', args, { encoding: 'utf8', maxBuffer: 1 << 26 })
const hasTcpdump = tcpdump('--version').status === 0

/** Whole seconds of the times of those packets that tcpdump lets through. */
const kept = (file: string, filter: string): number[] => {
  const { status, stdout, stderr } = tcpdump('-ttnqr', file, filter)
  expect(`${status} ${stderr}`).toMatch(/^0 reading from file/)
  return [...stdout.matchAll(/^(\d+)\./gm)].map(match => Number(match[1]))
}

/** A raw-IP capture whose packet N was taken at second N, from 1. */
const captureOf = (frames: readonly Frame[]): string => {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt16LE(2, 4)
  header.writeUInt16LE(4, 6)
  header.writeUInt32LE(65535, 16)
  header.writeUInt32LE(101, 20)
  const records = frames.map(({ bytes }, at) => {
    const record = Buffer.alloc(16)
    record.writeUInt32LE(at + 1, 0)
    record.writeUInt32LE(bytes.length, 8)
    record.writeUInt32LE(bytes.length, 12)
    return Buffer.concat([record, bytes])
  })
  const path = join(folder, 'crafted.pcap')
  writeFileSync(path, Buffer.concat([header, ...records]))
  return path
}

/** The packet as a fragment that is not the first. */
const laterFragment = (frame: Frame): Frame => {
  const bytes = Uint8Array.from(frame.bytes)
  bytes.set([0, 185], 6)
  return { ...frame, bytes }
}
const port = (number: number) => number.toString(16).padStart(4, '0')
const udp6 = (source: number, to: number, payload: string) =>
  ipv6(17, port(source) + port(to) + port(8 + payload.length / 2) + port(0) + payload)
const zeros = (bytes: number) => '00'.repeat(bytes)
const tcpTo = (number: number) => `c000${port(number)}${zeros(8)}5002${zeros(6)}`

const everyUdp = [
  'ike',
  'natt',
  'ipsec',
  'l2tp',
  'vxlan',
  'geneve',
  'teredo',
  'tunnels',
  'wireguard',
  'openvpn',
  'vpn',
]

/** Packets, and the recipes that let them through. */
const crafted: readonly (readonly [what: string, frame: Frame, recipes: readonly string[]])[] = [
  ['IKE', udp4(500, 500, zeros(28)), ['ike', 'ipsec', 'vpn']],
  ['IKE over IPv6', udp6(500, 500, zeros(28)), ['ike', 'ipsec', 'vpn']],
  ['GDOI', udp4(848, 848, zeros(28)), ['ike', 'ipsec', 'vpn']],
  ['Photuris', udp4(5555, 468, zeros(16)), ['ike', 'ipsec', 'vpn']],
  ['IKE on port 4500', udp4(4500, 4500, zeros(32)), ['ike', 'natt', 'ipsec', 'vpn']],
  ['IKE on port 4500 over IPv6', udp6(4500, 4500, zeros(32)), ['ike', 'natt', 'ipsec', 'vpn']],
  ['ESP on port 4500', udp4(4500, 4500, `c1234567${zeros(40)}`), ['natt', 'ipsec', 'vpn']],
  ['ESP on port 4500 over IPv6', udp6(4500, 4500, `c1234567${zeros(40)}`), ['natt', 'ipsec', 'vpn']],
  ['a NAT keepalive', udp4(4500, 4500, 'ff'), ['natt', 'ipsec', 'vpn']],
  ['IKE in TCP', ipv4(6, tcpTo(4500)), ['natt', 'ipsec', 'vpn']],
  ['ESP', ipv4(50, zeros(32)), ['ipsec', 'vpn']],
  ['ESP over IPv6', ipv6(50, zeros(32)), ['ipsec', 'vpn']],
  ['a later fragment of ESP', laterFragment(ipv4(50, zeros(32))), ['ipsec', 'vpn', 'fragments']],
  ['a fragment of ESP over IPv6', ipv6(44, `320000b900000001${zeros(8)}`), ['ipsec', 'vpn', 'fragments']],
  ['AH', ipv4(51, zeros(24)), ['ipsec', 'vpn']],
  ['AH behind Destination Options', ipv6(60, `3300010400000000${zeros(24)}`), ['ipsec', 'vpn']],
  ['IPComp', ipv4(108, zeros(24)), ['ipsec', 'vpn']],
  ['IPv4 in IPv4', ipv4(4, zeros(20)), ['ipip', 'tunnels', 'vpn']],
  ['IPv6 in IPv4', ipv4(41, zeros(40)), ['ipip', 'tunnels', 'vpn']],
  ['IPv4 in IPv6 as Linux sends it', ipv6(60, `0400040104010100${zeros(20)}`), ['ipip', 'tunnels', 'vpn']],
  ['GRE', ipv4(47, zeros(24)), ['gre', 'pptp', 'tunnels', 'vpn']],
  ['control of PPTP', ipv4(6, tcpTo(1723)), ['pptp', 'tunnels', 'vpn']],
  ['EtherIP', ipv4(97, `3000${zeros(14)}`), ['etherip', 'tunnels', 'vpn']],
  ['EtherIP over IPv6', ipv6(97, `3000${zeros(14)}`), ['etherip', 'tunnels', 'vpn']],
  ['L2TP', udp4(1701, 1701, zeros(12)), ['l2tp', 'tunnels', 'vpn']],
  ['L2TP version 3', ipv4(115, zeros(12)), ['l2tp', 'tunnels', 'vpn']],
  ['VXLAN', udp4(40000, 4789, zeros(22)), ['vxlan', 'tunnels', 'vpn']],
  ['VXLAN on its first port', udp4(40000, 8472, zeros(22)), ['vxlan', 'tunnels', 'vpn']],
  ['Geneve', udp6(40000, 6081, zeros(22)), ['geneve', 'tunnels', 'vpn']],
  ['Teredo', udp4(3544, 40000, zeros(40)), ['teredo', 'tunnels', 'vpn']],
  // Types, reserved zeros and lengths as in the WireGuard paper, section 5.4.
  ['a WireGuard initiation', udp4(9999, 9998, `01000000${zeros(144)}`), ['wireguard', 'vpn']],
  ['a WireGuard response', udp4(9998, 9999, `02000000${zeros(88)}`), ['wireguard', 'vpn']],
  ['a WireGuard cookie', udp6(9998, 9999, `03000000${zeros(60)}`), ['wireguard', 'vpn']],
  ['a WireGuard keepalive', udp6(9998, 9999, `04000000${zeros(28)}`), ['wireguard', 'vpn']],
  ['OpenVPN', udp4(40000, 1194, `38${zeros(13)}`), ['openvpn', 'vpn']],
  ['OpenVPN in TCP', ipv4(6, tcpTo(1194)), ['openvpn', 'vpn']],
  ['a later fragment of UDP', laterFragment(udp4(500, 500, zeros(28))), [...everyUdp, 'fragments']],
  ['a fragment of UDP over IPv6', ipv6(44, `1100000100000001${zeros(8)}`), [...everyUdp, 'fragments']],
  ['a later fragment of TCP', laterFragment(ipv4(6, zeros(20))), ['fragments']],
  ['a fragment of TCP over IPv6', ipv6(44, `0600000100000001${zeros(8)}`), ['fragments']],
  ['ICMP fragmentation needed', ipv4(1, `03040000${zeros(32)}`), ['errors']],
  ['ICMPv6 packet too big', ipv6(58, `02000000${zeros(48)}`), ['errors']],
  ['a ping', ipv4(1, `0800f7ff${zeros(4)}`), []],
  ['a ping over IPv6', ipv6(58, `8000${zeros(6)}`), []],
  ['DNS', udp4(40000, 53, `04010100${zeros(24)}`), []],
  ['the shortest UDP', udp4(40000, 53, ''), []],
  ['ssh', ipv4(6, tcpTo(22)), []],
]

describe.skipIf(!hasTcpdump)('filters in libpcap (needs tcpdump)', () => {
  describe.each(['EN10MB', 'RAW', 'LINUX_SLL2', 'LOOP'])('on %s', linkType => {
    it.each(recipes)('$name compiles', ({ filter }) => {
      const { status, stdout } = tcpdump('-y', linkType, '-d', filter)
      expect(status).toBe(0)
      expect(stdout).toMatch(/\(000\) /)
    })
  })

  const file = captureOf(crafted.map(([, frame]) => frame))
  it.each(recipes)('$name lets through its packets and no others', ({ name, filter }) => {
    const through = kept(file, filter).map(second => crafted[second - 1]![0])
    expect(through).toEqual(crafted.filter(([, , names]) => names.includes(name)).map(([what]) => what))
  })

  it('lets a short packet through that another recipe wants', () => {
    const through = kept(file, filter('ike', 'natt')).map(second => crafted[second - 1]![0])
    expect(through).toContain('a NAT keepalive')
  })

  // Counted by tshark 4.0.17 with the display filter beside.
  it.each([
    ['ikev2-psk.pcap', 'ike', 6, 'isakmp'],
    ['ikev2-psk.pcap', 'ipsec', 10, 'isakmp or esp'],
    ['ikev2-psk.pcap', 'natt', 4, 'udp.port == 4500'],
    ['ikev1-main-psk.pcap', 'ike', 11, 'isakmp'],
    ['ikev2-cert-fragments.pcap', 'ike', 8, 'isakmp'],
    ['ikev2-cert-fragments.pcap', 'ipsec', 12, 'isakmp or esp'],
    ['walkthrough.pcap', 'ike', 8, 'isakmp'],
    ['walkthrough.pcap', 'ipip', 4, 'ip.proto == 4 or ipv6.nxt == 4'],
    ['esp-in-udp-4500.pcap', 'ike', 0, 'isakmp'],
    ['esp-in-udp-4500.pcap', 'natt', 7, 'udp.port == 4500'],
    ['ah-esp-transport.pcap', 'ipsec', 14, 'ah'],
    ['ip4in6.pcap', 'ipip', 6, 'ipv6.dstopts.nxt == 4'],
    ['gre-over-ipv6.pcap', 'gre', 6, 'gre'],
    ['frag-outer-ipip.pcap', 'tunnels', 8, 'ip.proto == 4, ip.defragment off'],
    ['tunnel-unreachable.pcap', 'errors', 4, 'icmp.type == 3'],
    ['pmtu-ipip.pcap', 'errors', 1, 'icmp.type == 3'],
  ])('of %s %s keeps %i packets', (name, recipe, count) => {
    expect(kept(captureFile(name), filter(recipe))).toHaveLength(count)
  })

  it('finds tunnels behind a VLAN tag when vlan stands in front', () => {
    const tagged = captureFile('vlan-qinq-ipip.pcap')
    expect(kept(tagged, filter('tunnels'))).toHaveLength(0)
    expect(kept(tagged, allOf(['vlan', filter('tunnels')]))).toHaveLength(4)
  })
})
