/**
 * Capture filters that people who look after tunnels type again and again, in libpcap's language. They hold on every
 * link type; frames with a VLAN tag need `vlan` in front, which moves what follows behind the tag.
 *
 * Two traps shape them. Port numbers stand in the first fragment only, and libpcap's `udp port` sees no fragments of
 * IPv6 at all: so every recipe with UDP takes the other fragments of UDP too. And a filter that reads behind the end of a packet
 * rejects it, whatever else would have let it through: so lengths are compared before payloads are read.
 */
export type Recipe = {
  readonly name: string
  /** What it lets through and why, in a sentence. */
  readonly why: string
  readonly filter: string
}

const anyOf = (...filters: readonly string[]): string => filters.join(' or ')
const ports = (transport: 'udp' | 'tcp', ...numbers: readonly number[]): string =>
  anyOf(...numbers.map(number => `${transport} port ${number}`))
/** IP protocols. Linux puts Destination Options (60) between IPv6 and what it tunnels, for the encapsulation limit. */
const protocols = (...numbers: readonly number[]): string => {
  const behind = anyOf(...numbers.map(number => `ip6[40] = ${number}`))
  return `${anyOf(...numbers.map(number => `proto ${number}`))} or (ip6[6] = 60 and (${behind}))`
}

const udpFragments = '(ip proto 17 and ip[6:2] & 0x1fff != 0) or (ip6[6] = 44 and ip6[40] = 17)'

/** UDP by what it carries, over IPv4 and IPv6: `length` and `start` are conditions on its length field and first four bytes. */
const udpWith = (length: string, start: string): string =>
  `(udp[4:2] ${length} and udp[8:4] ${start}) or (ip6[6] = 17 and ip6[44:2] ${length} and ip6[48:4] ${start})`

// Port 4500 is shared: four zero bytes, where ESP has its SPI, mark IKE (RFC 3948 §2.2).
const ike = anyOf(
  ports('udp', 500, 848, 468),
  `(udp port 4500 and (${udpWith('>= 12', '= 0')}))`,
  udpFragments,
)
const ipsec = anyOf(ports('udp', 500, 4500, 848, 468), ports('tcp', 4500), protocols(50, 51, 108))
const tunnels = anyOf(
  protocols(4, 41, 47, 97, 115, 137),
  ports('udp', 1701, 3544, 4754, 4789, 6080, 6081, 6635, 8472),
  ports('tcp', 1723),
)
/** The types of message with their lengths, 8 bytes of UDP header included. */
const wireguard = anyOf(
  udpWith('= 156', '= 0x01000000'),
  udpWith('= 100', '= 0x02000000'),
  udpWith('= 72', '= 0x03000000'),
  udpWith('>= 40', '= 0x04000000'),
)
const openvpn = anyOf(ports('udp', 1194), ports('tcp', 1194))

/** All recipes, in the order in which they are listed. */
export const recipes: readonly Recipe[] = [
  {
    name: 'ike',
    why: 'how the ends of IPsec agree: IKE, GDOI, Photuris; of port 4500 only IKE',
    filter: ike,
  },
  {
    name: 'natt',
    why: 'IPsec behind NAT: IKE and ESP on port 4500, keepalives, and the same in TCP',
    filter: anyOf(ports('udp', 4500), ports('tcp', 4500), udpFragments),
  },
  { name: 'ipsec', why: 'all of IPsec: IKE, NAT-T, ESP, AH, IPComp', filter: anyOf(ipsec, udpFragments) },
  {
    name: 'ipip',
    why: 'IPv4 and IPv6 directly in IPv4 or IPv6: ipip, sit, gif, 6in4',
    filter: protocols(4, 41),
  },
  { name: 'gre', why: 'GRE, and with it NVGRE, ERSPAN and the data of PPTP', filter: protocols(47) },
  {
    name: 'etherip',
    why: 'whole Ethernet frames in IP, as bridges over gif send them',
    filter: protocols(97),
  },
  {
    name: 'l2tp',
    why: 'L2TP in UDP, and version 3 directly in IP',
    filter: anyOf(ports('udp', 1701), protocols(115), udpFragments),
  },
  {
    name: 'pptp',
    why: 'PPTP: its control connection and its data in GRE',
    filter: anyOf(ports('tcp', 1723), protocols(47)),
  },
  {
    name: 'vxlan',
    why: 'VXLAN, on its own port and on the one that Linux took before there was one',
    filter: anyOf(ports('udp', 4789, 8472), udpFragments),
  },
  { name: 'geneve', why: 'Geneve', filter: anyOf(ports('udp', 6081), udpFragments) },
  { name: 'teredo', why: 'IPv6 in UDP through NAT', filter: anyOf(ports('udp', 3544), udpFragments) },
  {
    name: 'tunnels',
    why: 'every tunnel that does not encrypt: all from ipip to teredo, and MPLS, GRE and GUE in UDP',
    filter: anyOf(tunnels, udpFragments),
  },
  {
    name: 'wireguard',
    why: 'WireGuard on any port: told by the type and the length of its messages',
    filter: anyOf(wireguard, udpFragments),
  },
  {
    name: 'openvpn',
    why: 'OpenVPN on its own port; for others write: udp port N',
    filter: anyOf(openvpn, udpFragments),
  },
  {
    name: 'vpn',
    why: 'all of ipsec, tunnels, wireguard and openvpn',
    filter: anyOf(ipsec, tunnels, wireguard, openvpn, udpFragments),
  },
  {
    name: 'fragments',
    why: 'fragments of IPv4 and IPv6: what a tunnel makes of packets that do not fit',
    filter: 'ip[6:2] & 0x3fff != 0 or ip6[6] = 44',
  },
  {
    name: 'errors',
    why: 'ICMP errors: too big, unreachable, time exceeded; where they are lost, tunnels hang',
    filter:
      '(icmp and (icmp[0] = 3 or icmp[0] = 4 or icmp[0] = 11 or icmp[0] = 12)) or (ip6[6] = 58 and ip6[40] < 128)',
  },
]

/** The recipe of this name, if there is one. */
export const recipeNamed = (name: string): Recipe | undefined => recipes.find(recipe => recipe.name === name)

/** A filter that lets through what any of the recipes does; empty for none. */
export const filterOf = (chosen: readonly Recipe[]): string =>
  [...new Set(chosen)].map(({ filter }) => (chosen.length === 1 ? filter : `(${filter})`)).join(' or ')

/**
 * A filter that lets through what all of them do, in their order: `vlan` moves what stands behind it. Empty ones count for
 * nothing.
 */
export function allOf(filters: readonly string[]): string {
  const given = filters.map(filter => filter.trim()).filter(filter => filter !== '')
  return given.length === 1 ? given[0]! : given.map(filter => `(${filter})`).join(' and ')
}
