import { bytes, type Field, field, hex } from '../src/dissect/field.ts'
import { attributes, families, origins, segmentTypes, subsequentFamilies } from './numbers/bgp.ts'

const purposes: Readonly<Record<number, string>> = {
  1: 'How the route came into BGP at its source.',
  2: 'The networks that the route came through: whoever finds itself in the list drops the route, so nothing goes in circles.',
  3: 'The router to which packets are sent next.',
  4: 'Which of several links into the sender’s network it would like to be used; the lowest wins.',
  5: 'How much this network likes the route; the highest wins. It never leaves the network.',
  6: 'Says that networks were left out of the path when routes were put together.',
  7: 'Who put several routes together into this one.',
  8: 'Labels by which networks sort routes.',
  9: 'The router within this network from which the route came: it does not take it back.',
  10: 'The route reflectors that the route passed, so that it does not go in circles among them.',
  14: 'Routes of other kinds than plain IPv4, with their next hop.',
  15: 'Routes of other kinds than plain IPv4 that are gone.',
  16: 'Labels with a type, such as the VPNs that a route belongs to.',
  17: 'The path with long AS numbers, carried through routers that know short ones only.',
  18: 'Who put routes together, with a long AS number, carried through routers that know short ones only.',
  22: 'Which multicast tunnel carries the traffic.',
  23: 'By which tunnels the next hop can be reached, with what they need to be told.',
  26: 'The cost of the way summed over several networks of one operator.',
  32: 'Labels with room for long AS numbers.',
  35: 'The network from which the route may go to customers only, so that leaks are noticed.',
  40: 'The label or address by which segment routing reaches the prefix.',
  128: 'The attributes that a customer’s route had, kept while it crosses the provider.',
}

export const purposeOf = (type: number): string =>
  purposes[type] ?? 'An attribute that is not taken apart here.'

const flag = (name: string, label: string, explain: string): Field<'flag'> =>
  field(`bgp.update.path_attribute.flags.${name}`, label, { type: 'flag', explain, section: 'RFC 4271 §4.3' })

const family = (name: string): Field<'uint'> =>
  field(`bgp.update.path_attribute.${name}.afi`, 'Address family', {
    explain: 'Of which kind of addresses these routes are.',
    section: 'RFC 4760 §3',
    values: families,
  })

const subsequent = (name: string): Field<'uint'> =>
  field(`bgp.update.path_attribute.${name}.safi`, 'Subsequent address family', {
    explain: 'For which use these routes are: unicast, multicast, VPNs.',
    section: 'RFC 4760 §3',
    values: subsequentFamilies,
  })

const address = (name: string, label: string, explain: string, section: string): Field<'ipv4'> =>
  field(name, label, { type: 'ipv4', explain, section })

const hop = 'bgp.update.path_attribute.mp_reach_nlri.next_hop'

export const attributeFields = {
  attribute: field('bgp.update.path_attribute', 'Path attribute', {
    type: 'group',
    explain: 'One thing to know about the routes of this message.',
    section: 'RFC 4271 §5',
  }),
  flags: field('bgp.update.path_attribute.flags', 'Flags', {
    explain: 'What a router does with the attribute when it does not know it.',
    section: 'RFC 4271 §4.3',
    show: hex(2),
    parts: [
      [flag('optional', 'Optional', 'Clear where every router has to know the attribute.'), 1],
      [
        flag('transitive', 'Transitive', 'When set, a router that does not know the attribute passes it on.'),
        1,
      ],
      [flag('partial', 'Partial', 'Set by routers that passed the attribute on without knowing it.'), 1],
      [flag('extended_length', 'Extended length', 'When set, the length has 2 bytes.'), 1],
      [
        field('bgp.update.path_attribute.flags.unused', 'Unused', {
          explain: 'Sent as 0 and ignored by receivers.',
          section: 'RFC 4271 §4.3',
        }),
        4,
      ],
    ],
  }),
  type: field('bgp.update.path_attribute.type_code', 'Type code', {
    explain: purposeOf,
    section: 'RFC 4271 §4.3',
    values: attributes,
  }),
  length: field('bgp.update.path_attribute.length', 'Length', {
    explain: 'Bytes of the attribute’s value.',
    section: 'RFC 4271 §4.3',
    show: bytes,
  }),
  value: field('bgp.update.path_attribute.value', 'Value', {
    type: 'bytes',
    explain: 'What the attribute says, where that is not taken apart here.',
    section: 'RFC 4271 §5',
  }),
  origin: field('bgp.update.path_attribute.origin', 'Origin', {
    explain:
      'Where the route comes from: the network’s own routing (IGP), EGP of old, or unknown, as from static routes.',
    section: 'RFC 4271 §5.1.1',
    values: origins,
  }),
  segment: field('bgp.update.path_attribute.as_path_segment', 'AS path segment', {
    type: 'group',
    explain: 'A part of the path: networks in order, or a set of them whose order is lost.',
    section: 'RFC 4271 §4.3',
  }),
  segmentType: field('bgp.update.path_attribute.as_path_segment.type', 'Segment type', {
    explain: 'A sequence counts each of its networks as a step, a set counts as one.',
    section: 'RFC 4271 §4.3',
    values: segmentTypes,
  }),
  segmentLength: field('bgp.update.path_attribute.as_path_segment.length', 'Segment length', {
    explain:
      'How many AS numbers follow; of 2 or of 4 bytes each, which follows from the length of the attribute.',
    section: 'RFC 4271 §4.3',
  }),
  as2: field('bgp.update.path_attribute.as_path_segment.as2', 'AS number, 2 bytes', {
    explain: 'A network on the way; the first one is the sender’s.',
    section: 'RFC 4271 §5.1.2',
  }),
  as4: field('bgp.update.path_attribute.as_path_segment.as4', 'AS number, 4 bytes', {
    explain: 'A network on the way, by a long AS number; the first one is the sender’s.',
    section: 'RFC 6793 §3',
  }),
  nextHop: address(
    'bgp.update.path_attribute.next_hop',
    'Next hop',
    'The router to which packets for the networks below are sent.',
    'RFC 4271 §5.1.3',
  ),
  exitDiscriminator: field('bgp.update.path_attribute.multi_exit_disc', 'Multiple exit discriminator', {
    explain: 'The cost of this link in the eyes of the sender’s network; the lowest is to be used.',
    section: 'RFC 4271 §5.1.4',
  }),
  localPreference: field('bgp.update.path_attribute.local_pref', 'Local preference', {
    explain: 'How much the network likes this route before any other thing is compared; 100 by custom.',
    section: 'RFC 4271 §5.1.5',
  }),
  aggregatorAs: field('bgp.update.path_attribute.aggregator_as', 'Aggregator AS', {
    explain: 'The network that put several routes together.',
    section: 'RFC 4271 §5.1.7',
  }),
  aggregatorOrigin: address(
    'bgp.update.path_attribute.aggregator_origin',
    'Aggregator',
    'The router that put them together.',
    'RFC 4271 §5.1.7',
  ),
  originator: address(
    'bgp.update.path_attribute.originator_id',
    'Originator identifier',
    'The router in this network that told the route first.',
    'RFC 4456 §8',
  ),
  clusters: field('bgp.path_attribute.cluster_list', 'Cluster list', {
    type: 'group',
    explain: 'The groups of route reflectors that the route has passed.',
    section: 'RFC 4456 §8',
  }),
  cluster: address(
    'bgp.path_attribute.cluster_id',
    'Cluster identifier',
    'One group of route reflectors; a reflector that finds its own drops the route.',
    'RFC 4456 §8',
  ),
  customer: field('bgp.update.path_attribute.otc', 'Only to customer', {
    explain: 'The network that marked the route; beyond it the route goes down to customers only.',
    section: 'RFC 9234 §5',
  }),
  setOrigin: field('bgp.update.path_attribute.attr_set.origin_as', 'Origin AS', {
    explain: 'The customer’s network, whose attributes follow.',
    section: 'RFC 6368 §5',
  }),
  reachFamily: family('mp_reach_nlri'),
  reachSubsequent: subsequent('mp_reach_nlri'),
  unreachFamily: family('mp_unreach_nlri'),
  unreachSubsequent: subsequent('mp_unreach_nlri'),
  hop: field(hop, 'Next hop', {
    type: 'group',
    explain: 'The router to which packets for these networks are sent.',
    section: 'RFC 4760 §3',
  }),
  hopLength: field(`${hop}.length`, 'Length of next hop', {
    explain: 'Bytes of the next hop. 32 where IPv6 has a global and a link-local address.',
    section: 'RFC 4760 §3, RFC 2545 §3',
    show: bytes,
  }),
  hopDistinguisher: field(`${hop}.rd`, 'Route distinguisher', {
    type: 'bytes',
    explain: 'Always 0: it is here so that the next hop has the form of a VPN’s address.',
    section: 'RFC 4364 §4.3.2',
  }),
  hop4: address(`${hop}.ipv4`, 'IPv4 address', 'The next hop’s address.', 'RFC 4760 §3'),
  hop6: field(`${hop}.ipv6`, 'IPv6 address', {
    type: 'ipv6',
    explain: 'The next hop’s global address.',
    section: 'RFC 2545 §3',
  }),
  hopLinkLocal: field(`${hop}.ipv6.link_local`, 'Link-local address', {
    type: 'ipv6',
    explain: 'The next hop’s address on the link that both share; redirects need it.',
    section: 'RFC 2545 §3',
  }),
  hopOther: field(`${hop}.other`, 'Other next hop', {
    type: 'bytes',
    explain: 'A next hop in a form that is not taken apart here.',
    section: 'RFC 4760 §3',
  }),
  attachments: field('bgp.update.path_attribute.mp_reach_nlri.nbr_snpa', 'Reserved', {
    explain: 'Counted link addresses of the next hop before RFC 4760; sent as 0.',
    section: 'RFC 4760 §3',
  }),
  reached: field('bgp.update.path_attribute.mp_reach_nlri', 'Reachable destinations', {
    type: 'group',
    explain: 'The networks that are reached through the next hop above.',
    section: 'RFC 4760 §3',
  }),
  unreached: field('bgp.update.path_attribute.mp_unreach_nlri', 'Withdrawn destinations', {
    type: 'group',
    explain: 'The networks that the sender can no longer reach.',
    section: 'RFC 4760 §4',
  }),
  attributes: field('bgp.update.path_attributes', 'Path attributes', {
    type: 'group',
    explain: 'What there is to know about the routes of this message; all of them share it.',
    section: 'RFC 4271 §4.3',
  }),
}
