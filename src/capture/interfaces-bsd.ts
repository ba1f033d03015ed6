import { spawnSync } from 'node:child_process'
import type { Counter, Link } from './interfaces.ts'

/**
 * The BSDs and macOS tell of their interfaces through ifconfig and netstat. Written from their manuals and from what
 * they print; no live one has been asked by our tests.
 */
export type BsdSources = {
  /** The output of `ifconfig -a`. */
  readonly ifconfig: () => string
  /** Outputs of netstat that together count packets and bytes. */
  readonly netstat: () => readonly string[]
}

type Traffic = { readonly received: Counter; readonly sent: Counter }
type Columns = Readonly<Record<string, number>>

const run = (program: string, ...args: string[]): string =>
  spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout ?? ''

const system: BsdSources = {
  ifconfig: () => run('ifconfig', '-a'),
  // OpenBSD and NetBSD count either packets or bytes; FreeBSD cuts names short unless told not to.
  netstat: () =>
    process.platform === 'freebsd'
      ? [run('netstat', '-ibnW')]
      : process.platform === 'darwin'
        ? [run('netstat', '-ibn')]
        : [run('netstat', '-in'), run('netstat', '-ibn')],
}

/** What names of interfaces say about their kind: these systems name them after their driver. */
const kindsByDriver: Readonly<Record<string, string>> = {
  aggr: 'bond',
  bridge: 'bridge',
  carp: 'carp',
  enc: 'ipsec',
  epair: 'epair',
  etherip: 'etherip',
  gif: 'gif',
  gre: 'gre',
  ipsec: 'ipsec',
  lagg: 'bond',
  ovpn: 'openvpn',
  pair: 'pair',
  pflog: 'pflog',
  pppoe: 'pppoe',
  sec: 'ipsec',
  stf: '6to4',
  svlan: 'vlan',
  tap: 'tap',
  trunk: 'bond',
  tun: 'tun',
  utun: 'tun',
  veb: 'bridge',
  vether: 'vether',
  vlan: 'vlan',
  vport: 'vport',
  vxlan: 'vxlan',
  wg: 'wireguard',
}

/** Every interface that ifconfig lists. */
export function bsdLinks(sources = system): Link[] {
  const traffic = bsdCounters(sources)
  const nothing = { packets: 0, bytes: 0 }
  // What belongs to an interface is indented below its name.
  const paragraphs = sources.ifconfig().split(/^(?=\S+: flags=)/m)
  return paragraphs.flatMap((paragraph, at) => {
    const heading = /^(\S+): flags=[0-9a-fx]+<([^>]*)>(?:.*? mtu (\d+))?/.exec(paragraph)
    if (!heading) return []
    const name = heading[1]!
    const { received, sent } = traffic.get(name) ?? { received: nothing, sent: nothing }
    const link = { name, mtu: heading[3] === undefined ? undefined : Number(heading[3]), received, sent }
    return [{ ...link, ...paragraphFacts(name, heading[2]!.split(','), paragraph, at + 1) }]
  })
}

function paragraphFacts(name: string, flags: readonly string[], text: string, at: number) {
  const value = (pattern: RegExp) => pattern.exec(text)?.[1]
  const mac = value(/^\s+(?:lladdr|ether|address:?) ([0-9a-f:]{17})/m)
  const hasCarrier = !/^\s+status: (no carrier|inactive|no network)/m.test(text)
  return {
    index: Number(value(/^\s+index (\d+)/m) ?? at),
    state: !flags.includes('UP') ? 'down' : hasCarrier ? 'up' : 'no carrier',
    kind: kindOf(name, flags, text, mac !== undefined),
    mac,
    addresses: addressesOf(text),
    description: value(/^\s+description: (.*)/m) ?? '',
  } as const
}

function kindOf(name: string, flags: readonly string[], text: string, hasMac: boolean): string {
  if (flags.includes('LOOPBACK')) return 'loopback'
  const driver = kindsByDriver[name.replace(/\d+$/, '')]
  if (driver) return driver
  if (/^\s+media: .*IEEE ?802\.11/m.test(text)) return 'wireless'
  if (hasMac) return 'ethernet'
  return flags.includes('POINTOPOINT') ? 'tunnel' : 'unknown'
}

function addressesOf(text: string): string[] {
  const addresses: string[] = []
  for (const [, address, rest] of text.matchAll(/^\s+inet (?:alias )?(\S+)(.*)/gm)) {
    const mask = /netmask 0x([0-9a-f]{8})/.exec(rest!)?.[1]
    addresses.push(mask === undefined ? address! : `${address}/${prefixOf(mask)}`)
  }
  for (const [, address, rest] of text.matchAll(/^\s+inet6 (?:alias )?(\S+)(.*)/gm)) {
    const prefix = /prefixlen (\d+)/.exec(rest!)?.[1]
    const plain = address!.replace(/%[^/]*/, '')
    addresses.push(prefix === undefined ? plain : `${plain}/${prefix}`)
  }
  return addresses
}

/** How many bits of a netmask in hex are set. */
const prefixOf = (mask: string): number =>
  [...Number.parseInt(mask, 16).toString(2)].filter(bit => bit === '1').length

/** What netstat has counted for each interface. */
export function bsdCounters(sources = system): Map<string, Traffic> {
  const counted = new Map<string, Columns>()
  for (const output of sources.netstat())
    for (const [name, columns] of tableOf(output)) counted.set(name, { ...counted.get(name), ...columns })
  const traffic = new Map<string, Traffic>()
  for (const [name, { Ipkts = 0, Ibytes = 0, Opkts = 0, Obytes = 0 }] of counted)
    traffic.set(name, {
      received: { packets: Ipkts, bytes: Ibytes },
      sent: { packets: Opkts, bytes: Obytes },
    })
  return traffic
}

/**
 * The numbers of each interface's own line, by their headings. The address before them may be empty or hold
 * anything, so they are counted from the right.
 */
function* tableOf(output: string): Generator<[name: string, columns: Columns]> {
  const [headings = '', ...lines] = output.split('\n')
  const names = headings.trim().split(/\s+/)
  const counts = names.slice(names.indexOf('Address') + 1)
  for (const line of lines) {
    if (!/\s<Link/.test(line)) continue
    const words = line.trim().split(/\s+/)
    const numbers = words.slice(-counts.length).map(Number)
    // An asterisk marks an interface that is down.
    const name = words[0]!.replace(/\*$/, '')
    yield [name, Object.fromEntries(counts.map((heading, at) => [heading, numbers[at] || 0]))]
  }
}
