import { field, hex, words } from '../src/dissect/field.ts'
import { dscpNames, ecnNames } from './numbers/ds-field.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

const flags = field('ip.flags', 'Flags', {
  explain: 'Three bits that rule fragmentation.',
  show: hex(1),
  parts: [
    [
      field('ip.flags.rb', 'Reserved bit', {
        type: 'flag',
        explain: 'Has to be 0. RFC 3514 is the joke that calls it the evil bit.',
      }),
      1,
    ],
    [
      field('ip.flags.df', 'Don’t fragment', {
        type: 'flag',
        explain:
          'When set, a router that cannot pass the packet whole drops it and says so with an ICMP error. Path MTU discovery needs those errors; tunnels make the MTU smaller.',
        section: 'RFC 1191 §3',
      }),
      1,
    ],
    [
      field('ip.flags.mf', 'More fragments', {
        type: 'flag',
        explain: 'When set, more of this datagram follows; the last fragment has 0.',
      }),
      1,
    ],
  ],
})

const fragmentOffset = field('ip.frag_offset', 'Fragment offset', {
  explain: 'Where this fragment’s payload belongs in the datagram, in units of 8 bytes.',
  show: words(8),
})

/** The glossary of the IPv4 header; its options are in ip-options.ts. */
export const f = {
  version: field('ip.version', 'Version', {
    explain: 'Comes first so that a receiver knows which header follows. It is 4 here; 6 would be IPv6.',
  }),
  headerLength: field('ip.hdr_len', 'Header length', {
    explain: value =>
      value < 5
        ? 'Counts 4-byte words. Every header has at least 5 of them, so this one cannot be read.'
        : value === 5
          ? 'Counts 4-byte words: 5 words are the 20 bytes of a header without options.'
          : `Counts 4-byte words: 20 bytes of fixed header, then ${value * 4 - 20} bytes of options.`,
    show: words(4),
  }),
  dsField: field('ip.dsfield', 'Differentiated services', {
    explain:
      'How routers are to queue the packet and how they report congestion. Tunnels copy it outwards, or the outer packet waits in the wrong queue.',
    section: 'RFC 2474 §3',
    show: hex(2),
    parts: [
      [
        field('ip.dsfield.dscp', 'Differentiated services codepoint', {
          explain:
            'Selects the queue and the drop preference at each router that honours it; 46 is for voice.',
          section: 'RFC 2474 §3',
          values: dscpNames,
        }),
        6,
      ],
      [
        field('ip.dsfield.ecn', 'Explicit congestion notification', {
          explain:
            'Lets a router say that a queue fills up without dropping the packet; a tunnel’s end has to copy it inwards (RFC 6040).',
          section: 'RFC 3168 §5',
          values: ecnNames,
        }),
        2,
      ],
    ],
  }),
  length: field('ip.len', 'Total length', {
    explain:
      'Bytes of header and payload together. What the link added behind it, as padding of short frames, is not counted.',
    show: value => `${value} bytes`,
  }),
  identification: field('ip.id', 'Identification', {
    explain: (_value, layer) =>
      layer.number(flags) === 2 && layer.number(fragmentOffset) === 0
        ? 'Tells fragments of different datagrams apart. This packet may not be cut, so the number means nothing; many systems leave 0.'
        : 'The same in all fragments of one datagram, so that the receiver can tell which belong together.',
    section: 'RFC 6864 §4',
    show: hex(4),
  }),
  flags,
  fragmentOffset,
  timeToLive: field('ip.ttl', 'Time to live', {
    explain:
      'Each router takes 1 off and drops the packet at 0, so that loops end. A tunnel counts as one hop for the packet inside.',
  }),
  protocol: field('ip.proto', 'Protocol', {
    explain: 'Names the header that follows: 4 is IPv4 again, 47 GRE, 50 ESP, 17 UDP.',
    values: ipProtocols,
  }),
  checksum: field('ip.checksum', 'Header checksum', {
    explain: value =>
      value === 0
        ? 'Covers this header only. 0 mostly means that nobody has made it yet: the sender leaves it to its network card, and the capture was made before that.'
        : 'Covers this header only and is made anew at every hop, because the time to live changes.',
    show: hex(4),
  }),
  source: field('ip.src', 'Source', {
    type: 'ipv4',
    explain: 'Who sent the packet; in an outer header, the tunnel’s near end.',
  }),
  destination: field('ip.dst', 'Destination', {
    type: 'ipv4',
    explain: 'Where the packet is to go; in an outer header, the tunnel’s far end.',
  }),
}
