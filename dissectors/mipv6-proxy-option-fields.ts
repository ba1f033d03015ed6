import { hex } from '../src/dissect/field.ts'
import { reserved } from './mipv6-fields.ts'
import { part, prefixLength, typed } from './mipv6-option-fields.ts'
import { accessTechnologies, handoffIndicators } from './numbers/mobility.ts'

/** The glossary of mobility options between gateways that speak for a host, and for IPv4. */
export const p = {
  handoffReserved: reserved('mip6.hi.reserved', 'RFC 5213 §8.4'),
  handoff: part(
    'mip6.hi',
    'Handoff indicator',
    'RFC 5213 §8.4',
    'Whether the host is new here or came over from another gateway, which decides whether its old session goes on.',
    {
      values: handoffIndicators,
    },
  ),
  accessReserved: reserved('mip6.att.reserved', 'RFC 5213 §8.5'),
  access: part(
    'mip6.att',
    'Access technology type',
    'RFC 5213 §8.5',
    'The kind of network that the host came in by: Wi-Fi, Ethernet, or a mobile network.',
    {
      values: accessTechnologies,
    },
  ),
  linkIdReserved: reserved('mip6.mnlli.reserved', 'RFC 5213 §8.6'),
  linkId: typed(
    'bytes',
    'mip6.mnlli.lli',
    'Link-layer identifier',
    'RFC 5213 §8.6',
    'The interface of the host as its link knows it, so that a return by another gateway is noticed.',
  ),
  linkLocal: typed(
    'ipv6',
    'mip6.lila_lla',
    'Link-local address',
    'RFC 5213 §8.7',
    'The gateway’s own, the same wherever the host goes.',
  ),
  timestamp: part(
    'mip6.timestamp_tmp',
    'Timestamp',
    'RFC 5213 §8.8',
    'When the message was made: 48 bits of seconds, 16 of their fraction.',
  ),
  restarts: part(
    'mip6.rc',
    'Restart counter',
    'RFC 5847 §3.4',
    'Grows at every restart: the peer then knows that all bindings are lost.',
  ),
  homePrefix4: part(
    'mip6.ipv4ha.preflen',
    'Prefix-len',
    'RFC 5555 §3.1.1',
    'How many bits of the address are the network’s.',
    {
      show: prefixLength,
    },
  ),
  homeFlag4: typed(
    'flag',
    'mip6.ipv4ha.p_flag',
    'P',
    'RFC 5555 §3.1.1',
    'Asks for an IPv4 network to take along.',
  ),
  homeReserved4: reserved('mip6.ipv4ha.reserved', 'RFC 5555 §3.1.1'),
  home4: typed(
    'ipv4',
    'mip6.ipv4ha.ha',
    'IPv4 home address',
    'RFC 5555 §3.1.1',
    'Kept while the host travels; 0.0.0.0 asks for one.',
  ),
  status4: part(
    'mip6.ipv4aa.sts',
    'Status',
    'RFC 5555 §3.2.1',
    'Whether the IPv4 address was bound; from 128 on it was not.',
  ),
  natFlag: typed(
    'flag',
    'mip6.natd.f_flag',
    'F',
    'RFC 5555 §3.2.2',
    'Tells the host to put the tunnel into UDP.',
  ),
  natReserved: reserved('mip6.natd.reserved', 'RFC 5555 §3.2.2'),
  natRefresh: part(
    'mip6.natd.refresh_t',
    'Refresh time',
    'RFC 5555 §3.2.2',
    'After how many seconds at most the host has to send something, so that the NAT does not forget it.',
    {
      show: value => `${value} seconds`,
    },
  ),
  careOfReserved4: reserved('mip6.ipv4coa.reserved', 'RFC 5555 §3.1.2'),
  careOf4: typed(
    'ipv4',
    'mip6.ipv4coa.addr',
    'IPv4 care-of address',
    'RFC 5555 §3.1.2',
    'Where the host is, in an IPv4 network.',
  ),
  greReserved: reserved('mip6.grek.reserved', 'RFC 5845 §6.4'),
  greKey: part(
    'mip6.gre_key',
    'GRE key',
    'RFC 5845 §6.4',
    'What the sender wants to see in GRE packets to it: tells the hosts in the tunnel apart.',
    {
      show: hex(8),
    },
  ),
  bindingId: part(
    'mip6.bi.bid',
    'Binding ID',
    'RFC 5648 §4.1',
    'Tells several care-of addresses of one host apart.',
  ),
  bindingStatus: part('mip6.bi.status', 'Status', 'RFC 5648 §4.1', 'Whether this binding was accepted.'),
  bindingHome: typed(
    'flag',
    'mip6.bi.h_flag',
    'H',
    'RFC 5648 §4.1',
    'Set where the host is at home and away at once.',
  ),
  bindingReserved: reserved('mip6.bi.reserved', 'RFC 5648 §4.1'),
  bindingCareOf4: typed(
    'ipv4',
    'mip6.bi.coa_ipv4',
    'Care-of address',
    'RFC 5648 §4.1',
    'Where the mobile node is reached under this binding, by IPv4.',
  ),
  bindingCareOf: typed(
    'ipv6',
    'mip6.bi.coa_ipv6',
    'Care-of address',
    'RFC 5648 §4.1',
    'Where the mobile node is reached under this binding, by IPv6.',
  ),
  routerReserved4: reserved('mip6.ipv4dra.reserved', 'RFC 5844 §3.3.3'),
  router4: typed(
    'ipv4',
    'mip6.ipv4dra.dra',
    'IPv4 default-router address',
    'RFC 5844 §3.3.3',
    'The router that the gateway is to play for the host.',
  ),
}
