import { bytes, type Field, field, hex } from '../src/dissect/field.ts'
import { kindOf } from './address-kinds.ts'
import { hopsSoFar } from './hops.ts'
import { dscpMeanings, dscpNames, ecnMeanings, ecnNames } from './numbers/ds-field.ts'
import { ipProtocolMeanings } from './numbers/ip-protocol-meanings.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

const source: Field<'ipv6'> = field('ipv6.src', 'Source address', {
  type: 'ipv6',
  explain:
    'Who sent the packet, by an IPv6 address; in an outer header, the end of the tunnel where it went in.',
  section: 'RFC 4291 §2',
  here: kindOf(() => source, 16),
})
const destination: Field<'ipv6'> = field('ipv6.dst', 'Destination address', {
  type: 'ipv6',
  explain:
    'Where the packet is to go next; a routing header may name further stops. In an outer header, the tunnel’s far end.',
  section: 'RFC 4291 §2',
  here: kindOf(() => destination, 16),
})

/** The glossary of the IPv6 header; its extension headers are layers of their own. */
export const f = {
  version: field('ipv6.version', 'Version', {
    explain: 'Comes first so that a receiver knows which header follows. It is 6 here; 4 would be IPv4.',
    section: 'RFC 8200 §3',
  }),
  trafficClass: field('ipv6.tclass', 'Traffic class', {
    explain:
      'How routers are to queue the packet and how they report congestion: what IPv4 calls differentiated services.',
    section: 'RFC 8200 §7',
    show: hex(2),
    parts: [
      [
        field('ipv6.tclass.dscp', 'Differentiated services codepoint', {
          explain:
            'Selects the queue and the drop preference at each router that honours it; 46 is for voice.',
          section: 'RFC 2474 §3',
          values: dscpNames,
          meanings: dscpMeanings,
        }),
        6,
      ],
      [
        field('ipv6.tclass.ecn', 'Explicit congestion notification', {
          explain:
            'Lets a router say that a queue fills up without dropping the packet; a tunnel’s end has to copy it inwards (RFC 6040).',
          section: 'RFC 3168 §5',
          values: ecnNames,
          meanings: ecnMeanings,
        }),
        2,
      ],
    ],
  }),
  flowLabel: field('ipv6.flow', 'Flow label', {
    explain:
      'The same in all packets of one flow, so that routers which spread flows over several paths keep them together without looking for ports. Tunnels set it from the packet inside.',
    meanings: { 0: '0: the sender did not label this flow.' },
    section: 'RFC 6437 §2',
    show: hex(5),
  }),
  payloadLength: field('ipv6.plen', 'Payload length', {
    explain:
      'Bytes behind this header: extension headers and payload. Its own 40 bytes do not count; in IPv4 they would.',
    meanings: {
      0: '0 is for packets too long for 16 bits, whose length a Jumbo Payload option gives.',
    },
    here: value => (value > 0 ? `With the header, ${value} + 40 = ${value + 40} bytes.` : ''),
    section: 'RFC 8200 §3',
    show: bytes,
  }),
  nextHeader: field('ipv6.nxt', 'Next header', {
    explain:
      'Names what follows: an extension header, or the payload’s protocol with the same numbers as in IPv4. 4 and 41 are tunnels.',
    section: 'RFC 8200 §3',
    values: ipProtocols,
    meanings: ipProtocolMeanings,
  }),
  hopLimit: field('ipv6.hlim', 'Hop limit', {
    explain:
      'What IPv4 calls time to live, under an honest name: each router takes 1 off and drops the packet at 0. A tunnel counts as one hop for the packet inside.',
    section: 'RFC 8200 §3',
    here: value => hopsSoFar(value, 'limit'),
  }),
  source,
  destination,
}
