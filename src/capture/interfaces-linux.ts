import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import type { Counter, Link } from './interfaces.ts'

/**
 * Linux tells of its interfaces in files, without a program to start. Two things are not in them: what many virtual
 * interfaces are (veth, dummy, vti look like others), and, where /sys was mounted for another network namespace,
 * anything at all. Only then `ip` of iproute2 is asked, if it is there.
 */
export type LinuxSources = {
  /** The folder that holds `proc` and `sys`. */
  readonly root: string
  /** The system's list of addresses. */
  readonly addresses: () => ReturnType<typeof networkInterfaces>
  /** The output of `ip -j -d addr`, or empty. */
  readonly ip: () => string
}

type Traffic = { readonly received: Counter; readonly sent: Counter }
type Facts = Partial<Omit<Link, 'name'>>

const system: LinuxSources = {
  root: '/',
  addresses: networkInterfaces,
  ip: () => spawnSync('ip', ['-j', '-d', 'addr'], { encoding: 'utf8', maxBuffer: 1 << 26 }).stdout ?? '',
}

/** ARPHRD numbers (linux/if_arp.h) that tell what an interface is. */
const kindsByType: Readonly<Record<string, string>> = {
  32: 'infiniband',
  280: 'can',
  512: 'ppp',
  772: 'loopback',
  776: 'sit',
  778: 'gre',
  801: 'wireless',
  802: 'wireless',
  803: 'wireless',
  823: 'ip6gre',
  824: 'netlink',
}
/** What the number only narrows down: the commonest of its kinds. */
const likelyKinds: Readonly<Record<string, string>> = {
  1: 'ethernet',
  768: 'ipip',
  769: 'ip6tnl',
  65534: 'tunnel',
}
const renamed: Readonly<Record<string, string>> = { wlan: 'wireless', ether: 'ethernet', none: 'tunnel' }

/** Every interface of this process's network namespace. */
export function linuxLinks(sources = system): Link[] {
  const traffic = linuxCounters(sources.root)
  const files = sysfsFacts(sources.root, [...traffic.keys()])
  const isUnsure = [...traffic.keys()].some(name => files.get(name)?.kind === undefined)
  const asked = isUnsure ? ipFacts(sources.ip()) : new Map<string, Facts>()
  const addresses = configured(sources.addresses())
  return [...traffic].map(([name, counted], at) => ({
    name,
    index: at + 1,
    state: 'up',
    mac: undefined,
    addresses: addresses.get(name) ?? [],
    mtu: undefined,
    description: '',
    ...counted,
    ...files.get(name),
    ...asked.get(name),
    kind: asked.get(name)?.kind ?? files.get(name)?.kind ?? likelyKind(sources.root, name),
  }))
}

/** What /proc/net/dev has counted for each interface. */
export function linuxCounters(root = '/'): Map<string, Traffic> {
  const traffic = new Map<string, Traffic>()
  for (const line of read(join(root, 'proc/net/dev')).split('\n').slice(2)) {
    // A name may hold nearly anything, but no colon.
    const colon = line.indexOf(':')
    if (colon < 0) continue
    const numbers = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
      .map(Number)
    traffic.set(line.slice(0, colon).trimStart(), {
      received: { bytes: numbers[0] ?? 0, packets: numbers[1] ?? 0 },
      sent: { bytes: numbers[8] ?? 0, packets: numbers[9] ?? 0 },
    })
  }
  return traffic
}

/** What /sys tells; nothing if it is that of another network namespace. */
function sysfsFacts(root: string, names: readonly string[]): Map<string, Facts> {
  const folder = join(root, 'sys/class/net')
  const there = list(folder).filter(name => existsSync(join(folder, name, 'ifindex')))
  const isOurs = there.length === names.length && names.every(name => there.includes(name))
  return new Map(isOurs ? names.map(name => [name, linkFacts(join(folder, name))]) : [])
}

function linkFacts(folder: string): Facts {
  const value = (file: string) => read(join(folder, file)).trim()
  const isUp = (Number(value('flags')) & 1) !== 0
  const hasCarrier = value('carrier') !== '0' && value('operstate') !== 'lowerlayerdown'
  const mac = value('type') === '1' ? value('address') : ''
  const kind = kindOf(folder, value('type'))
  return {
    index: Number(value('ifindex')),
    state: isUp ? (hasCarrier ? 'up' : 'no carrier') : 'down',
    ...(kind === undefined ? {} : { kind }),
    mac: mac || undefined,
    mtu: Number(value('mtu')) || undefined,
    description: value('ifalias'),
  }
}

/** What the interface is, where its files tell for sure. */
function kindOf(folder: string, type: string): string | undefined {
  const driver = /^DEVTYPE=(.+)$/m.exec(read(join(folder, 'uevent')))?.[1]
  if (driver) return renamed[driver] ?? driver
  const tun = Number(read(join(folder, 'tun_flags')).trim())
  if (tun) return (tun & 2) !== 0 ? 'tap' : 'tun'
  if (kindsByType[type]) return kindsByType[type]
  const isHardware = type === '1' && existsSync(join(folder, 'device'))
  return isHardware ? 'ethernet' : undefined
}

const likelyKind = (root: string, name: string): string =>
  likelyKinds[read(join(root, 'sys/class/net', name, 'type')).trim()] ?? 'unknown'

/** Addresses of interfaces that run; a label such as `eth0:1` belongs to `eth0`. */
function configured(known: ReturnType<typeof networkInterfaces>): Map<string, string[]> {
  const addresses = new Map<string, string[]>()
  for (const [label, entries = []] of Object.entries(known)) {
    const name = label.split(':')[0]!
    const own = entries.map(({ cidr, address }) => cidr ?? address)
    addresses.set(name, [...(addresses.get(name) ?? []), ...own])
  }
  return addresses
}

/** The part of the output of `ip -j -d addr` that we read. */
type IpLink = {
  readonly ifname?: string
  readonly ifindex?: number
  readonly flags?: readonly string[]
  readonly mtu?: number
  readonly link_type?: string
  readonly address?: string
  readonly ifalias?: string
  readonly linkinfo?: { readonly info_kind?: string; readonly info_data?: { readonly type?: string } }
  readonly addr_info?: readonly { readonly local?: string; readonly prefixlen?: number }[]
}

function ipFacts(output: string): Map<string, Facts> {
  return new Map(ipLinks(output).map(link => [link.ifname ?? '', factsOfIp(link)]))
}

/** Nothing where `ip` is not installed or, as that of busybox, knows no JSON. */
function ipLinks(output: string): IpLink[] {
  // iproute2 6.1 writes control characters of names as they are, which no JSON string may hold.
  const escaped = output
    .trimEnd()
    .replace(/[\x00-\x1f]/g, control => `\\u00${control.charCodeAt(0).toString(16).padStart(2, '0')}`)
  try {
    const links: unknown = JSON.parse(escaped)
    return Array.isArray(links) ? links : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}

function factsOfIp({ flags = [], linkinfo, addr_info = [], ...link }: IpLink): Facts {
  const kind = (linkinfo?.info_kind === 'tun' ? linkinfo.info_data?.type : undefined) ?? linkinfo?.info_kind
  const type = link.link_type ?? 'unknown'
  return {
    index: link.ifindex ?? 0,
    state: !flags.includes('UP') ? 'down' : flags.includes('NO-CARRIER') ? 'no carrier' : 'up',
    kind: kind ?? renamed[type] ?? type,
    mac: type === 'ether' ? link.address : undefined,
    mtu: link.mtu,
    description: link.ifalias ?? '',
    addresses: addr_info.flatMap(({ local, prefixlen }) => (local ? [`${local}/${prefixlen}`] : [])),
  }
}

/** The text of a file; empty where it cannot be read: interfaces go while we look at them. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}
