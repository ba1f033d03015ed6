import type { Lesson } from '../../src/dissect/protocol.ts'

/** A way to use protocols that people know by a name of its own, although it has no header of its own. */
export type Topic = {
  readonly name: string
  /** Other names that people look it up by. */
  readonly also: readonly string[]
  readonly title: string
  readonly about: string
  readonly lesson: Lesson
  /** Protocols and fields to read on with. */
  readonly see: readonly string[]
}

export const topics: readonly Topic[] = [
  {
    name: 'ip-in-ip',
    also: ['ipip', 'ip4in6', '6in4', 'sit', 'gif'],
    title: 'IP in IP',
    about:
      'An IP packet as the payload of another one: the simplest tunnel, without a header of its own between the two. gif(4) on the BSDs, ipip and sit on Linux (RFC 2003, RFC 2473, RFC 4213).',
    lesson: {
      protects:
        'It protects nothing: the inner packet can be read and forged on the way. ESP in transport mode around it is a usual pair.',
      overhead: 'The outer header is all: 20 bytes over IPv4, 40 over IPv6, where Linux adds 8 of options.',
      recognised: 'Protocol or Next Header 4 (IPv4 inside) or 41 (IPv6 inside) in the outer header.',
      mistakes: [
        'The two addresses of a tunnel are swapped or wrong at one end: it drops what comes, for it takes packets from its own far end only.',
        'There are no ports: NAT devices and firewalls have to know IP protocol 4 or 41 by number.',
        'The tunnel is one hop for the packet inside, so traceroute does not show the routers below it.',
      ],
    },
    see: ['ip', 'ipv6', 'ip.proto', 'ipv6.nxt'],
  },
  {
    name: 'eoip',
    also: ['ethernet over ip', 'mikrotik'],
    title: 'EoIP, MikroTik’s Ethernet over IP',
    about:
      'Ethernet frames in GRE version 1 with EtherType 0x6400; a length and the tunnel ID stand where PPTP has its key. MikroTik’s routers have it, OpenBSD as eoip(4).',
    lesson: {
      protects: 'It protects nothing: frames travel in the open. Where secrecy matters, ESP goes around it.',
      overhead:
        'It takes 8 bytes behind the outer IP header; with the inner frame’s own 14 bytes that makes 42 over IPv4.',
      recognised: 'IP protocol 47, then 0x2001 and 0x6400. Packets without a frame are keepalives.',
      mistakes: [
        'The tunnel IDs differ: packets arrive and are dropped without a word.',
        'The tunnel ID has its low byte first, unlike every number around it: other tools show it turned round, or as half of a key.',
        'It joins two links to one, so a second way between them is a loop.',
      ],
    },
    see: ['gre', 'etherip', 'gre.key'],
  },
]
