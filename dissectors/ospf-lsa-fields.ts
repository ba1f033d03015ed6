import { bytes, field, hex, seconds, words } from '../src/dissect/field.ts'
import { ospf3AdvertisementMeanings, ospfAdvertisementMeanings } from './numbers/routing-meanings.ts'
import { option } from './ospf-fields.ts'

const group = 'group' as const
const octets = 'bytes' as const
const ipv4 = 'ipv4' as const

const lsTypes: Readonly<Record<number, string>> = {
  1: 'Router-LSA',
  2: 'Network-LSA',
  3: 'Summary-LSA (IP network)',
  4: 'Summary-LSA (ASBR)',
  5: 'AS-External-LSA',
  6: 'Group-membership-LSA',
  7: 'NSSA AS-External-LSA',
  9: 'Opaque LSA, link-local scope',
  10: 'Opaque LSA, area-local scope',
  11: 'Opaque LSA, AS-wide scope',
}

const lsTypes3: Readonly<Record<number, string>> = {
  8193: 'Router-LSA',
  8194: 'Network-LSA',
  8195: 'Inter-Area-Prefix-LSA',
  8196: 'Inter-Area-Router-LSA',
  16389: 'AS-External-LSA',
  8199: 'NSSA-LSA',
  8: 'Link-LSA',
  8201: 'Intra-Area-Prefix-LSA',
}

/** The glossary of advertisements and of link-local signaling. */
export const a = {
  lsa: field('ospf.lsa_header', 'LSA', {
    type: group,
    explain: 'A link state advertisement: one piece of the map that every router of the area has.',
    section: 'RFC 2328 §A.4.1',
  }),
  age: field('ospf.lsa.age_word', 'Age', {
    explain: 'Seconds since it was made; 3600 takes it out of all maps.',
    section: 'RFC 2328 §A.4.1',
    show: seconds,
    parts: [
      [
        field('ospf.lsa.donotage', 'Do not age', {
          explain: 'When set, the age stands still: for links that cost by the call.',
          section: 'RFC 1793 §2.2',
        }),
        1,
      ],
      [
        field('ospf.lsa.age', 'Age without the flag', {
          explain: 'The age in seconds, without the bit in front of it.',
          section: 'RFC 2328 §A.4.1',
        }),
        15,
      ],
    ],
  }),
  lsType: field('ospf.lsa', 'LS type', {
    explain: 'What is told: a router’s links, a network, a route from elsewhere.',
    section: 'RFC 2328 §A.4.1',
    meanings: ospfAdvertisementMeanings,
    values: lsTypes,
  }),
  lsType3: field('ospf.v3.lsa', 'LS type', {
    explain:
      'What is told, with how far it is flooded and what routers do that do not know it in the first bits.',
    section: 'RFC 5340 §A.4.2.1',
    meanings: ospf3AdvertisementMeanings,
    values: lsTypes3,
  }),
  lsId: field('ospf.lsa.id', 'Link state ID', {
    type: ipv4,
    explain: 'Tells advertisements of the same kind and router apart; what it means depends on the kind.',
    section: 'RFC 2328 §A.4.1',
  }),
  advertiser: field('ospf.advrouter', 'Advertising router', {
    type: ipv4,
    explain: 'The router that made this piece of the map and alone may change it.',
    section: 'RFC 2328 §A.4.1',
  }),
  lsSequence: field('ospf.lsa.seqnum', 'Sequence number', {
    explain: 'The newer advertisement has the higher number; the first one is 0x80000001.',
    section: 'RFC 2328 §A.4.1',
    show: hex(8),
  }),
  lsChecksum: field('ospf.lsa.chksum', 'Checksum', {
    explain: 'Fletcher’s, over the advertisement without its age: it stays with it all through the network.',
    section: 'RFC 2328 §A.4.1',
    show: hex(4),
  }),
  lsLength: field('ospf.lsa.length', 'Length', {
    explain: 'Bytes of the advertisement with its header of 20.',
    section: 'RFC 2328 §A.4.1',
    show: bytes,
  }),
  lsBody: field('ospf.lsa.body', 'Contents', {
    type: octets,
    explain: 'Links, masks, metrics, prefixes: what this kind of advertisement tells.',
    section: 'RFC 2328 §A.4',
  }),
  signaling: field('ospf.lls', 'Link-local signaling', {
    type: group,
    explain: 'More to say to the neighbour than the packet has room for; old routers do not see it.',
    section: 'RFC 5613 §2.1',
  }),
  signalingChecksum: field('ospf.lls.checksum', 'Block checksum', {
    explain: 'Over the block of link-local signaling; not used beside a digest.',
    section: 'RFC 5613 §2.2',
    show: hex(4),
  }),
  signalingLength: field('ospf.lls.data_length', 'Block length', {
    explain: 'Words of four bytes in the block, this header included.',
    section: 'RFC 5613 §2.2',
    show: words(4),
  }),
  tlvType: field('ospf.tlv_type', 'TLV type', {
    explain: 'What the block says: extended options, or a digest over it.',
    section: 'RFC 5613 §2.3',
    values: { 1: 'Extended Options', 2: 'Cryptographic Authentication' },
  }),
  tlvLength: field('ospf.tlv_length', 'TLV length', {
    explain: 'Bytes of the value; zeros may follow up to a whole word.',
    section: 'RFC 5613 §2.3',
    show: bytes,
  }),
  extended: field('ospf.lls.ext.options', 'Extended options', {
    explain: 'What the router can do that found no room in the options.',
    section: 'RFC 5613 §2.4',
    show: hex(8),
    parts: [
      [undefined, 30],
      [option('ospf.lls.ext.options.rs', 'RS', 'The router starts anew and asks not to be given up.'), 1],
      [
        option(
          'ospf.lls.ext.options.lr',
          'LR',
          'Maps can be compared again without giving the neighbour up.',
        ),
        1,
      ],
    ],
  }),
  tlvValue: field('ospf.tlv_value', 'TLV value', {
    type: octets,
    explain: 'What a part of the advertisement says whose type is not taken apart here.',
    section: 'RFC 5613 §2.3',
  }),
}
