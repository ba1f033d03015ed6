import { tcpPorts, udpPorts } from '../../dissectors/numbers/ports.ts'

/** What stands in front of an address or a port and says whose it is; `link` is whatever tcpdump calls the link layer. */
export type Family = 'link' | 'ip' | 'ip6' | 'arp' | 'rarp' | 'tcp' | 'udp'

/** Words that say a family. */
export const families: ReadonlyMap<string, Family> = new Map([
  ['ether', 'link'],
  ['link', 'link'],
  ['fddi', 'link'],
  ['tr', 'link'],
  ['wlan', 'link'],
  ['ip', 'ip'],
  ['ip6', 'ip6'],
  ['arp', 'arp'],
  ['rarp', 'rarp'],
  ['tcp', 'tcp'],
  ['udp', 'udp'],
])

/** tcpdump's words for protocols, beside those that have the same name here. */
export const protocolsBy: ReadonlyMap<string, readonly string[]> = new Map([
  ['ip6', ['ipv6']],
  ['icmp6', ['icmpv6']],
  ['vlan', ['vlan', 'ieee8021ad']],
  // They share a number, and tcpdump does not look further.
  ['vrrp', ['vrrp', 'carp']],
  ['carp', ['vrrp', 'carp']],
])

/** Protocols that are known by their EtherType only, or by their access point of LLC. */
export const etherTypes: ReadonlyMap<string, number> = new Map([
  ['ip', 0x0800],
  ['arp', 0x0806],
  ['rarp', 0x8035],
  ['ip6', 0x86dd],
  ['atalk', 0x809b],
  ['aarp', 0x80f3],
  ['decnet', 0x6003],
  ['lat', 0x6004],
  ['moprc', 0x6002],
  ['mopdl', 0x6001],
  ['loopback', 0x9000],
  ['sca', 0x6007],
  ['ipx', 0x8137],
  ['iso', 0xfe],
  ['stp', 0x42],
  ['netbeui', 0xf0],
])

/** IP protocols, with the names of Linux' protocols(5) that are usual. */
export const ipProtocolNumbers: ReadonlyMap<string, number> = new Map([
  ['icmp', 1],
  ['igmp', 2],
  ['ipencap', 4],
  ['ipip', 4],
  ['tcp', 6],
  ['igrp', 9],
  ['udp', 17],
  ['ipv6', 41],
  ['ipv6-route', 43],
  ['ipv6-frag', 44],
  ['rsvp', 46],
  ['gre', 47],
  ['esp', 50],
  ['ah', 51],
  ['icmp6', 58],
  ['ipv6-icmp', 58],
  ['ipv6-nonxt', 59],
  ['ipv6-opts', 60],
  ['eigrp', 88],
  ['ospf', 89],
  ['etherip', 97],
  ['pim', 103],
  ['ipcomp', 108],
  ['vrrp', 112],
  ['carp', 112],
  ['l2tp', 115],
  ['sctp', 132],
  ['mobility-header', 135],
  ['udplite', 136],
  ['mpls-in-ip', 137],
])

/** Constants that tcpdump has names for, in arithmetic. */
export const constants: ReadonlyMap<string, number> = new Map([
  ['tcpflags', 13],
  ['tcp-fin', 0x01],
  ['tcp-syn', 0x02],
  ['tcp-rst', 0x04],
  ['tcp-push', 0x08],
  ['tcp-ack', 0x10],
  ['tcp-urg', 0x20],
  ['tcp-ece', 0x40],
  ['tcp-cwr', 0x80],
  ['icmptype', 0],
  ['icmpcode', 1],
  ['icmp-echoreply', 0],
  ['icmp-unreach', 3],
  ['icmp-sourcequench', 4],
  ['icmp-redirect', 5],
  ['icmp-echo', 8],
  ['icmp-routeradvert', 9],
  ['icmp-routersolicit', 10],
  ['icmp-timxceed', 11],
  ['icmp-paramprob', 12],
  ['icmp-tstamp', 13],
  ['icmp-tstampreply', 14],
  ['icmp-ireq', 15],
  ['icmp-ireqreply', 16],
  ['icmp-maskreq', 17],
  ['icmp-maskreply', 18],
  ['icmp6type', 0],
  ['icmp6code', 1],
  ['icmp6-destinationunreach', 1],
  ['icmp6-packettoobig', 2],
  ['icmp6-timeexceeded', 3],
  ['icmp6-parameterproblem', 4],
  ['icmp6-echo', 128],
  ['icmp6-echoreply', 129],
  ['icmp6-multicastlistenerquery', 130],
  ['icmp6-multicastlistenerreportv1', 131],
  ['icmp6-multicastlistenerdone', 132],
  ['icmp6-routersolicit', 133],
  ['icmp6-routeradvert', 134],
  ['icmp6-neighborsolicit', 135],
  ['icmp6-neighboradvert', 136],
  ['icmp6-redirect', 137],
  ['icmp6-routerrenum', 138],
  ['icmp6-nodeinformationquery', 139],
  ['icmp6-nodeinformationresponse', 140],
  ['icmp6-ineighbordiscoverysolicit', 141],
  ['icmp6-ineighbordiscoveryadvert', 142],
  ['icmp6-multicastlistenerreportv2', 143],
  ['icmp6-homeagentdiscoveryrequest', 144],
  ['icmp6-homeagentdiscoveryreply', 145],
  ['icmp6-mobileprefixsolicit', 146],
  ['icmp6-mobileprefixadvert', 147],
  ['icmp6-certpathsolicit', 148],
  ['icmp6-certpathadvert', 149],
  ['icmp6-multicastrouteradvert', 151],
  ['icmp6-multicastroutersolicit', 152],
  ['icmp6-multicastrouterterm', 153],
])

/** Words that have no translation: a sentence each. */
export const untranslated: ReadonlyMap<string, string> = new Map([
  ['gateway', 'names are not looked up; ether host and not host say the same'],
  ...[
    'fddi',
    'tr',
    'wlan',
    'type',
    'subtype',
    'dir',
    'addr1',
    'addr2',
    'addr3',
    'addr4',
    'ra',
    'ta',
    'radio',
    'slip',
  ].map(word => [word, 'links of this kind are not read'] as const),
  ...['clnp', 'esis'].map(
    word => [word, 'the protocol is not read; llc.dsap == 0xfe finds all of OSI'] as const,
  ),
  ...[
    'lane',
    'oamf4s',
    'oamf4e',
    'oamf4',
    'oam',
    'metac',
    'bcc',
    'sc',
    'ilmic',
    'connectmsg',
    'metaconnect',
    'vpi',
    'vci',
  ].map(word => [word, 'ATM is not read'] as const),
])

/** Names beside those of the dissectors. */
const aliases: ReadonlyMap<string, number> = new Map([
  ['http', 80],
  ['dns', 53],
  ['ike', 500],
  ['ipsec-msft', 4500],
  ['pop-3', 110],
  ['imap2', 143],
])

/** The ports with this name over TCP and over UDP. */
export function portsNamed(name: string): { tcp: number | undefined; udp: number | undefined } {
  const alias = aliases.get(name)
  const find = (names: Readonly<Record<number, string>>) => {
    const found = Object.entries(names).find(([, own]) => own === name)
    return found ? Number(found[0]) : alias
  }
  return { tcp: find(tcpPorts.names), udp: find(udpPorts.names) }
}
