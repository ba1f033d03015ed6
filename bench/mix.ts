import { ikev2 } from './ike.ts'
import type { PacketWriter } from './packets.ts'

export type Kind = {
  name: string
  perMille: number
  /** Kinds of one stack share their flows: an acknowledgement belongs to the connection with the data. */
  stack: number
  /** Question and answer: the ends take turns. */
  turns?: true
  /** `size`: bytes of TCP payload, for the kinds that have one. */
  write(p: PacketWriter, size: number): void
}

const tcpInIp = 20 + 32
const pingPayload = 56

/** What a VPN gateway sees, per mille of all packets. */
export const mix: readonly Kind[] = [
  { name: 'TCP data', perMille: 280, stack: 0, write: hostTcp },
  { name: 'TCP ACK', perMille: 60, stack: 0, write: p => hostTcp(p, 0) },
  { name: 'ESP', perMille: 200, stack: 1, write: (p, size) => gateways(p, 'esp', () => esp(p, size)) },
  {
    name: 'NAT-T ESP',
    perMille: 120,
    stack: 2,
    write: (p, size) => gateways(p, 'udp', () => p.udp(4500, false, () => esp(p, size))),
  },
  {
    name: 'GRE',
    perMille: 90,
    stack: 3,
    write: (p, size) => gateways(p, 'gre', () => p.gre(p.flow.tunnel % 2 === 1, () => tcp(p, size))),
  },
  {
    name: 'IPIP',
    perMille: 100,
    stack: 4,
    write: p => gateways(p, 'ipip', () => p.ipv4('icmp', 'hosts', () => p.icmpEcho(pingPayload))),
  },
  {
    name: 'EtherIP',
    perMille: 60,
    stack: 5,
    write: (p, size) => gateways(p, 'etherip', () => p.etherIp(() => hostTcp(p, size))),
  },
  {
    name: 'ESP over IPv6',
    perMille: 30,
    stack: 6,
    write: (p, size) => p.ethernet('ipv6', 'gateways', () => p.ipv6('esp', () => esp(p, size))),
  },
  {
    name: 'IPv4 in IPv6',
    perMille: 20,
    stack: 7,
    write: (p, size) => p.ethernet('ipv6', 'gateways', () => p.ipv6('ipip', () => tcp(p, size))),
  },
  {
    name: 'IKEv2',
    perMille: 20,
    stack: 8,
    turns: true,
    write: p => gateways(p, 'udp', () => p.udp(500, true, () => ikev2(p))),
  },
  {
    name: 'VLAN ESP',
    perMille: 15,
    stack: 9,
    write: (p, size) =>
      p.ethernet('vlan', 'gateways', () =>
        p.vlan('ipv4', () => p.ipv4('esp', 'gateways', () => esp(p, size))),
      ),
  },
  {
    name: 'NAT keepalive',
    perMille: 3,
    stack: 11,
    write: p => gateways(p, 'udp', () => p.udp(4500, false, () => p.u8(0xff))),
  },
  { name: 'ARP', perMille: 2, stack: 10, turns: true, write: arp },
]

function hostTcp(p: PacketWriter, size: number): void {
  p.ethernet('ipv4', 'hosts', () => tcp(p, size))
}

function tcp(p: PacketWriter, size: number): void {
  p.ipv4('tcp', 'hosts', () => p.tcp(size))
}

function esp(p: PacketWriter, size: number): void {
  p.esp(tcpInIp + size)
}

function gateways(p: PacketWriter, protocol: Parameters<PacketWriter['ipv4']>[0], inner: () => void): void {
  p.ethernet('ipv4', 'gateways', () => p.ipv4(protocol, 'gateways', inner))
}

function arp(p: PacketWriter): void {
  const operation = p.turn % 2 === 0 ? 'request' : 'reply'
  p.ethernet('arp', 'gateways', () => p.arp(operation), operation === 'request')
}
