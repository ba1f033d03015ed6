import { bytes, type Field, field, hex } from '../src/dissect/field.ts'
import { attributes, families, origins, segmentTypes, subsequentFamilies } from './numbers/bgp.ts'
import {
  attributeMeanings,
  familyMeanings,
  originMeanings,
  segmentMeanings,
  subsequentMeanings,
} from './numbers/bgp-meanings.ts'

const flag = (name: string, label: string, explain: string): Field<'flag'> =>
  field(`bgp.update.path_attribute.flags.${name}`, label, { type: 'flag', explain, section: 'RFC 4271 §4.3' })

const family = (name: string): Field<'uint'> =>
  field(`bgp.update.path_attribute.${name}.afi`, 'Address family', {
    explain: 'What the routes lead to: networks of IPv4, of IPv6, or something else than IP.',
    section: 'RFC 4760 §3',
    values: families,
    meanings: familyMeanings,
  })

const subsequent = (name: string): Field<'uint'> =>
  field(`bgp.update.path_attribute.${name}.safi`, 'Subsequent address family', {
    explain:
      'What the routes are for. Together with the address family it says how the networks below are written.',
    section: 'RFC 4760 §3',
    values: subsequentFamilies,
    meanings: subsequentMeanings,
  })

const address = (name: string, label: string, explain: string, section: string): Field<'ipv4'> =>
  field(name, label, { type: 'ipv4', explain, section })

const hop = 'bgp.update.path_attribute.mp_reach_nlri.next_hop'

export const attributeFields = {
  attribute: field('bgp.update.path_attribute', 'Path attribute', {
    type: 'group',
    explain: 'A fact about the routes of this message: flags, type, length and the value.',
    section: 'RFC 4271 §5',
  }),
  flags: field('bgp.update.path_attribute.flags', 'Flags', {
    explain: 'What a router does with the attribute when it does not know it.',
    section: 'RFC 4271 §4.3',
    show: hex(2),
    parts: [
      [
        flag(
          'optional',
          'Optional',
          'Clear where every router has to know the attribute, as it does origin, path and next hop.',
        ),
        1,
      ],
      [
        flag('transitive', 'Transitive', 'When set, a router that does not know the attribute passes it on.'),
        1,
      ],
      [flag('partial', 'Partial', 'Set by routers that passed the attribute on without knowing it.'), 1],
      [
        flag(
          'extended_length',
          'Extended length',
          'When set, the length has 2 bytes, for values of more than 255.',
        ),
        1,
      ],
      [
        field('bgp.update.path_attribute.flags.unused', 'Unused', {
          explain: 'Four bits that no attribute uses; sent as 0 and ignored by receivers.',
          section: 'RFC 4271 §4.3',
        }),
        4,
      ],
    ],
  }),
  type: field('bgp.update.path_attribute.type_code', 'Type code', {
    explain:
      'Tells what the value says about the routes: the way they came, where packets go, who may hear of them.',
    section: 'RFC 4271 §4.3',
    values: attributes,
    meanings: attributeMeanings,
  }),
  length: field('bgp.update.path_attribute.length', 'Length', {
    explain: 'Bytes of the attribute’s value, counted in one byte or, with the flag Extended length, in two.',
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
    meanings: originMeanings,
  }),
  segment: field('bgp.update.path_attribute.as_path_segment', 'AS path segment', {
    type: 'group',
    explain: 'A part of the path: networks in order, or a set of them whose order is lost.',
    section: 'RFC 4271 §4.3',
  }),
  segmentType: field('bgp.update.path_attribute.as_path_segment.type', 'Segment type', {
    explain: 'Whether the order of the networks is known: shorter paths win, and a set counts as one step.',
    section: 'RFC 4271 §4.3',
    values: segmentTypes,
    meanings: segmentMeanings,
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
    'The router to which packets for these IPv4 networks are sent. Between networks it is the neighbour’s address.',
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
    explain: 'The network that put several routes together; longer prefixes may be hidden behind it.',
    section: 'RFC 4271 §5.1.7',
  }),
  aggregatorOrigin: address(
    'bgp.update.path_attribute.aggregator_origin',
    'Aggregator',
    'The router that put several routes together, by its identifier.',
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
    explain: 'The number of the customer’s network, whose own attributes follow untouched.',
    section: 'RFC 6368 §5',
  }),
  reachFamily: family('mp_reach_nlri'),
  reachSubsequent: subsequent('mp_reach_nlri'),
  unreachFamily: family('mp_unreach_nlri'),
  unreachSubsequent: subsequent('mp_unreach_nlri'),
  hop: field(hop, 'Next hop', {
    type: 'group',
    explain: 'The router to which packets for the networks below are sent, in an address of any family.',
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
  hop4: address(
    `${hop}.ipv4`,
    'IPv4 address',
    'Where packets for these networks go next, by an IPv4 address.',
    'RFC 4760 §3',
  ),
  hop6: field(`${hop}.ipv6`, 'IPv6 address', {
    type: 'ipv6',
    explain: 'Where packets for these networks go next, by an address that is valid beyond the link.',
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
    explain: 'The networks of this family that the sender can no longer reach.',
    section: 'RFC 4760 §4',
  }),
  attributes: field('bgp.update.path_attributes', 'Path attributes', {
    type: 'group',
    explain:
      'What there is to know about the routes of this message; all of them share it, so that it is said once.',
    section: 'RFC 4271 §4.3',
  }),
}
