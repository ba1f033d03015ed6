import { counts, type Field, field, hex, words } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { kindOf } from './address-kinds.ts'
import { lengthInWords } from './header-length.ts'
import { hopsSoFar } from './hops.ts'
import { dscpMeanings, dscpNames, ecnMeanings, ecnNames } from './numbers/ds-field.ts'
import { ipProtocolMeanings } from './numbers/ip-protocol-meanings.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

const flags = field('ip.flags', 'Flags', {
  explain:
    'Three bits by which the sender allows or forbids that routers cut the packet, and by which the pieces are known.',
  section: 'RFC 791 §3.1',
  show: hex(1),
  parts: [
    [
      field('ip.flags.rb', 'Reserved bit', {
        type: 'flag',
        explain: 'Has to be 0. RFC 3514 is the joke that calls it the evil bit.',
        section: 'RFC 791 §3.1',
        meanings: { 1: 'It is 1, which no honest system sends.' },
      }),
      1,
    ],
    [
      field('ip.flags.df', 'Don’t fragment', {
        type: 'flag',
        explain:
          'When set, a router that cannot pass the packet whole drops it and says so with an ICMP error. Path MTU discovery needs those errors; tunnels make the MTU smaller.',
        section: 'RFC 1191 §3',
        meanings: {
          0: 'Not set: a router may cut this packet into fragments.',
          1: 'Set: this packet arrives whole or not at all. Where large packets vanish in a tunnel and small ones pass, look for the ICMP errors.',
        },
      }),
      1,
    ],
    [
      field('ip.flags.mf', 'More fragments', {
        type: 'flag',
        explain: 'When set, more of this datagram follows; the last fragment has 0.',
        section: 'RFC 791 §3.1',
        here: (value, layer) => moreSentence(value, layer),
      }),
      1,
    ],
  ],
})

const fragmentOffset = field('ip.frag_offset', 'Fragment offset', {
  explain: 'Where this fragment’s payload belongs in the datagram, in units of 8 bytes.',
  section: 'RFC 791 §3.1',
  show: counts(8),
  here: value =>
    value === 0
      ? '0: this is the whole datagram or its first piece, the only one with the header of what it carries.'
      : `${value} × 8: the payload goes on from byte ${value * 8} of the datagram, without a header of its own, so ports and the like are not here.`,
})

const headerLength = field('ip.hdr_len', 'Header length', {
  explain: 'Tells where the payload begins, because options make the header longer. Counts words of 4 bytes.',
  section: 'RFC 791 §3.1',
  here: lengthInWords,
  show: words(4),
})

const source: Field<'ipv4'> = field('ip.src', 'Source', {
  type: 'ipv4',
  explain: 'Who sent the packet; in an outer header, the tunnel’s near end.',
  section: 'RFC 791 §3.1',
  here: kindOf(() => source, 4),
})
const destination: Field<'ipv4'> = field('ip.dst', 'Destination', {
  type: 'ipv4',
  explain: 'Where the packet is to go; in an outer header, the tunnel’s far end.',
  section: 'RFC 791 §3.1',
  here: kindOf(() => destination, 4),
})

/** The glossary of the IPv4 header; its options are in ip-options.ts. */
export const f = {
  version: field('ip.version', 'Version', {
    explain: 'Comes first so that a receiver knows which header follows. It is 4 here; 6 would be IPv6.',
    section: 'RFC 791 §3.1',
  }),
  headerLength,
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
          meanings: dscpMeanings,
        }),
        6,
      ],
      [
        field('ip.dsfield.ecn', 'Explicit congestion notification', {
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
  length: field('ip.len', 'Total length', {
    explain:
      'Bytes of header and payload together. What the link added behind it, as padding of short frames, is not counted.',
    section: 'RFC 791 §3.1',
    show: value => `${value} bytes`,
    here: (value, layer) => {
      const header = layer.number(headerLength) * 4
      return value >= header && header >= 20
        ? `${value} bytes less ${header} of header leave ${value - header} for what the packet carries.`
        : ''
    },
  }),
  identification: field('ip.id', 'Identification', {
    explain:
      'The same in all fragments of one datagram, so that the receiver can tell which belong together.',
    here: (_value, layer) =>
      layer.number(flags) === 2 && layer.number(fragmentOffset) === 0
        ? 'This packet may not be cut, so the number means nothing here; many systems leave 0.'
        : '',
    section: 'RFC 6864 §4',
    show: hex(4),
  }),
  flags,
  fragmentOffset,
  timeToLive: field('ip.ttl', 'Time to live', {
    explain:
      'Each router takes 1 off and drops the packet at 0, so that loops end. A tunnel counts as one hop for the packet inside.',
    section: 'RFC 791 §3.1',
    here: value => hopsSoFar(value, 'number'),
  }),
  protocol: field('ip.proto', 'Protocol', {
    explain: 'Names the header that follows this one.',
    section: 'RFC 791 §3.1',
    values: ipProtocols,
    meanings: ipProtocolMeanings,
  }),
  checksum: field('ip.checksum', 'Header checksum', {
    explain: 'Covers this header only and is made anew at every hop, because the time to live changes.',
    section: 'RFC 791 §3.1',
    meanings: {
      0: '0 mostly means that nobody has made it yet: the sender leaves it to its network card, and the capture was made before that.',
    },
    show: hex(4),
  }),
  source,
  destination,
}

function moreSentence(value: number, layer: LayerView): string {
  const offset = layer.number(fragmentOffset)
  if (value === 1)
    return offset === 0
      ? 'Set: this is the first piece of a datagram.'
      : 'Set: a piece from the middle of a datagram.'
  return offset > 0
    ? 'Not set, but the offset is not 0: this is the last piece.'
    : 'Not set, and the offset is 0: this datagram was not cut.'
}
