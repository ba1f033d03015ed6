import { field, hex } from '../src/dissect/field.ts'
import { ipProtocolMeanings } from './numbers/ip-protocol-meanings.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { routingTypeMeanings } from './numbers/routing-meanings.ts'

/** Routing types: https://www.iana.org/assignments/ipv6-parameters. */
const routingTypes: Readonly<Record<number, string>> = {
  0: 'Source route (deprecated)',
  1: 'Nimrod (deprecated)',
  2: 'Mobile IPv6 home address',
  3: 'RPL source route',
  4: 'Segment routing',
  5: 'Compact routing, 16-bit',
  6: 'Compact routing, 32-bit',
  253: 'Experiment 1',
  254: 'Experiment 2',
  255: 'Reserved',
}

/** Segment routing TLVs: https://www.iana.org/assignments/ipv6-parameters. */
const segmentTlvTypes: Readonly<Record<number, string>> = {
  0: 'Pad1',
  1: 'Ingress node (deprecated)',
  2: 'Egress node (deprecated)',
  3: 'Opaque container (deprecated)',
  4: 'PadN',
  5: 'HMAC',
  6: 'NSH carrier',
}

/** The glossary of the routing header in all its types. */
export const f = {
  next: field('ipv6.routing.nxt', 'Next header', {
    explain: 'Names what follows this header: a further extension header or the payload’s protocol.',
    section: 'RFC 8200 §4.4',
    meanings: ipProtocolMeanings,
    values: ipProtocols,
  }),
  length: field('ipv6.routing.len', 'Hdr ext len', {
    explain: 'The length of header and addresses, in words of 8 bytes behind the first one.',
    here: value => `${value} + 1 words are ${value * 8 + 8} bytes.`,
    section: 'RFC 8200 §4.4',
    show: value => `${value * 8 + 8} bytes (${value})`,
  }),
  type: field('ipv6.routing.type', 'Routing type', {
    explain: 'How the list of stops is written down and what a router does with it.',
    section: 'RFC 8200 §4.4',
    meanings: routingTypeMeanings,
    values: routingTypes,
  }),
  segmentsLeft: field('ipv6.routing.segleft', 'Segments left', {
    explain:
      'How many stops of the list are still to be visited. Each stop takes 1 off and writes the next one into the destination.',
    meanings: { 0: 'None is left: the packet’s destination is the final one.' },
    section: 'RFC 8200 §4.4',
  }),
  list: field('ipv6.routing.list', 'Type-specific data', {
    type: 'group',
    explain: 'The list of stops, in the form of its type.',
    section: 'RFC 8200 §4.4',
  }),
  unknownData: field('ipv6.routing.unknown_data', 'Unknown data', {
    type: 'bytes',
    explain: 'Contents in the form of a routing type that is not known here.',
    section: 'RFC 8200 §4.4',
  }),
  reserved: field('ipv6.routing.src.reserved', 'Reserved', {
    explain: 'Has to be 0 until someone finds a use for it.',
    section: 'RFC 2460 §4.4',
  }),
  address: field('ipv6.routing.src.addr', 'Address', {
    type: 'ipv6',
    explain: 'One stop that the packet has to make, in order; the last one is where it finally goes.',
    section: 'RFC 2460 §4.4',
  }),
  mobileReserved: field('ipv6.routing.mipv6.reserved', 'Reserved', {
    explain: 'Has to be 0 until someone finds a use for it.',
    section: 'RFC 6275 §6.4.1',
  }),
  homeAddress: field('ipv6.routing.mipv6.home_address', 'Home address', {
    type: 'ipv6',
    explain:
      'The address by which a travelling host is known; the packet reaches it at the care-of address in the IPv6 header.',
    section: 'RFC 6275 §6.4.1',
  }),
  compressedInner: field('ipv6.routing.rpl.cmprI', 'CmprI', {
    explain:
      'Bytes left out of every address but the last, because the destination begins with the same ones.',
    section: 'RFC 6554 §3',
  }),
  compressedLast: field('ipv6.routing.rpl.cmprE', 'CmprE', {
    explain: 'Bytes left out of the last address, because the destination begins with the same ones.',
    section: 'RFC 6554 §3',
  }),
  padLength: field('ipv6.routing.rpl.pad', 'Pad', {
    explain: 'Bytes behind the last address that only fill up an 8-byte word.',
    section: 'RFC 6554 §3',
  }),
  rplReserved: field('ipv6.routing.rpl.reserved', 'Reserved', {
    explain: 'Has to be 0 until someone finds a use for it.',
    section: 'RFC 6554 §3',
  }),
  shortAddress: field('ipv6.routing.rpl.address', 'Address', {
    type: 'bytes',
    explain: 'The end of a stop’s address; its beginning is that of the destination.',
    section: 'RFC 6554 §3',
  }),
  padding: field('ipv6.routing.rpl.padding', 'Padding', {
    type: 'bytes',
    explain: 'Fills up the header to whole 8-byte words.',
    section: 'RFC 6554 §3',
  }),
  lastEntry: field('ipv6.routing.srh.last_entry', 'Last entry', {
    explain: 'The index of the last segment in the list, counted from 0. What follows the list is TLVs.',
    here: value => `So there ${value === 0 ? 'is one segment' : `are ${value + 1} segments`}.`,
    section: 'RFC 8754 §2',
  }),
  flags: field('ipv6.routing.srh.flags', 'Flags', {
    explain: 'Eight bits, of which one has a meaning: it asks for measurement of operations.',
    section: 'RFC 8754 §2',
    show: hex(2),
    parts: [
      [
        field('ipv6.routing.srh.flags.reserved', 'Unused', {
          explain: 'Has to be 0 until someone finds a use for it.',
          section: 'RFC 8754 §2',
        }),
        2,
      ],
      [
        field('ipv6.routing.srh.flags.oam', 'O-flag', {
          type: 'flag',
          explain: 'Asks each segment’s end to send a timestamped copy of the packet to its controller.',
          section: 'RFC 9259 §2.1',
        }),
        1,
      ],
      [
        field('ipv6.routing.srh.flags.reserved2', 'Unused', {
          explain: 'Has to be 0 until someone finds a use for it.',
          section: 'RFC 8754 §2',
        }),
        5,
      ],
    ],
  }),
  tag: field('ipv6.routing.srh.tag', 'Tag', {
    explain: 'Marks packets of one class, so that they can be treated alike.',
    section: 'RFC 8754 §2',
    show: hex(4),
  }),
  segment: field('ipv6.routing.srh.addr', 'Segment', {
    type: 'ipv6',
    explain:
      'One instruction of the way: an address that says where to go and what to do there. The list is backwards; the first entry is the last segment.',
    section: 'RFC 8754 §2',
  }),
  tlv: field('ipv6.routing.srh.tlv', 'TLV', {
    type: 'group',
    explain: 'Something about the whole way that the addresses cannot say.',
    section: 'RFC 8754 §2.1',
  }),
  tlvType: field('ipv6.routing.srh.tlv.type', 'Type', {
    explain: 'Names the TLV. With its first bit set, routers may change the contents on the way.',
    section: 'RFC 8754 §2.1',
    values: segmentTlvTypes,
  }),
  tlvLength: field('ipv6.routing.srh.tlv.len', 'Length', {
    explain: 'Bytes of contents, without the type and this byte.',
    section: 'RFC 8754 §2.1',
  }),
  tlvData: field('ipv6.routing.srh.tlv.data', 'Contents', {
    type: 'bytes',
    explain: 'Contents that only the TLV’s own specification gives a meaning, or padding.',
    section: 'RFC 8754 §2.1',
  }),
  destinationFlag: field('ipv6.routing.srh.hmac.d', 'D', {
    type: 'flag',
    explain: 'When set, the destination address is not checked, for a list without its first segment.',
    section: 'RFC 8754 §2.1.2',
  }),
  hmacReserved: field('ipv6.routing.srh.hmac.reserved', 'Reserved', {
    explain: 'Has to be 0 until someone finds a use for it.',
    section: 'RFC 8754 §2.1.2',
  }),
  hmacKey: field('ipv6.routing.srh.hmac.key_id', 'HMAC key ID', {
    explain: 'Which of the shared keys and algorithms made the HMAC; 0 says that there is none.',
    section: 'RFC 8754 §2.1.2',
    show: hex(8),
  }),
  hmac: field('ipv6.routing.srh.hmac', 'HMAC', {
    type: 'bytes',
    explain: 'Proves to the domain’s edge that someone with the key wrote this list, not a stranger.',
    section: 'RFC 8754 §2.1.2',
  }),
  shortSid: field('ipv6.routing.crh16.sid', 'SID', {
    explain: 'One stop, as a number that each router looks up in a table of addresses.',
    section: 'RFC 9631 §3',
  }),
  longSid: field('ipv6.routing.crh32.sid', 'SID', {
    explain: 'One stop, as a number that each router looks up in a table of addresses.',
    section: 'RFC 9631 §3',
  }),
}
