import { distance } from '../alike.ts'
import { CaptureError } from './errors.ts'
import { bsdCounters, bsdLinks } from './interfaces-bsd.ts'
import { linuxCounters, linuxLinks } from './interfaces-linux.ts'

/** Packets and bytes since the interface exists. */
export type Counter = { readonly packets: number; readonly bytes: number }

/** What the operating system tells of one network interface. Its texts are as they are there, with nothing escaped. */
export type Link = {
  readonly name: string
  /** The kernel's number; 0 for what is no interface of its own. */
  readonly index: number
  /** `no carrier`: switched on, but without a cable or a peer. */
  readonly state: 'up' | 'no carrier' | 'down'
  /** What it is in one word of the system's: `ethernet`, `bridge`, `ipip`, `wireguard` … */
  readonly kind: string
  /** As `00:00:5e:00:53:01`; undefined where there are no such addresses. */
  readonly mac: string | undefined
  /** IPv4 and IPv6 with their prefix, as `192.0.2.1/24`. */
  readonly addresses: readonly string[]
  /** In bytes. */
  readonly mtu: number | undefined
  /** What the administrator called it, or empty. */
  readonly description: string
  readonly received: Counter
  readonly sent: Counter
}

/** An interface with the number that `-D` lists and `-i` takes, from 1. */
export type NetworkInterface = Link & { readonly number: number }

const isLinux = process.platform === 'linux'

/** Where libpcap, and so tcpdump -D, puts an interface: what is likely to carry packets first. */
const rank = ({ state, kind, name }: Link): number =>
  (state === 'down' ? 8 : 0) +
  (state === 'no carrier' ? 4 : 0) +
  (kind === 'loopback' ? 2 : 0) +
  (name === 'any' ? 1 : 0)

/** All network interfaces, and on Linux `any`, in the order in which tcpdump -D lists them. */
export function listInterfaces(): NetworkInterface[] {
  return numbered(isLinux ? withAny(linuxLinks()) : bsdLinks())
}

/** Sorts and numbers interfaces as `listInterfaces` does. */
export function numbered(links: readonly Link[]): NetworkInterface[] {
  const sorted = [...links].sort((a, b) => rank(a) - rank(b) || a.index - b.index)
  return sorted.map((link, at) => ({ ...link, number: at + 1 }))
}

/** What has passed each interface so far, in both directions; cheap enough to be asked every second. */
export function counters(): Map<string, Counter> {
  const counted = isLinux ? linuxCounters() : bsdCounters()
  const total = new Map<string, Counter>()
  for (const [name, { received, sent }] of counted) total.set(name, sum([received, sent]))
  if (isLinux) total.set('any', sum([...total.values()]))
  return total
}

/**
 * The name behind what `-i` says: `2` is the second interface of `-D` unless one has this name. Every other text is
 * returned as it is, because libpcap knows devices that are no network interfaces (`nflog`, `usbmon1`).
 * @throws {CaptureError} when there is no interface of this number
 */
export function deviceOf(text: string, interfaces = listInterfaces()): string {
  if (!/^\d{1,9}$/.test(text) || interfaces.some(({ name }) => name === text)) return text
  const chosen = interfaces[Number(text) - 1]
  if (chosen) return chosen.name
  throw new CaptureError(
    `-i ${text}: no interface of this number; there are ${interfaces.length} (vpnscope -D)`,
  )
}

/** As many names as a sentence can hold. */
const mostSuggested = 5

/** Names to suggest to someone who typed one that does not exist: those that look alike, then those that are up. */
export function nearest(name: string, interfaces = listInterfaces()): string[] {
  const alike = (other: string) => {
    const edits = distance(name.toLowerCase(), other.toLowerCase())
    return edits <= Math.max(1, Math.floor(other.length / 3)) ? edits : Number.POSITIVE_INFINITY
  }
  const ranked = interfaces
    .map(({ name: other, state }, at) => ({ other, edits: alike(other), at, up: state === 'up' }))
    .filter(({ edits, up }) => up || edits < Number.POSITIVE_INFINITY)
  ranked.sort((a, b) => (a.edits === b.edits ? a.at - b.at : a.edits - b.edits))
  return ranked.slice(0, mostSuggested).map(({ other }) => other)
}

function withAny(links: readonly Link[]): Link[] {
  const any: Link = {
    name: 'any',
    index: 0,
    state: 'up',
    kind: 'all',
    mac: undefined,
    addresses: [],
    mtu: undefined,
    description: '',
    received: sum(links.map(({ received }) => received)),
    sent: sum(links.map(({ sent }) => sent)),
  }
  return [...links, any]
}

function sum(parts: readonly Counter[]): Counter {
  return parts.reduce(
    (total, { packets, bytes }) => ({ packets: total.packets + packets, bytes: total.bytes + bytes }),
    { packets: 0, bytes: 0 },
  )
}
