import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { eth } from './eth.ts'
import { nextProtocols } from './numbers/next-protocols.ts'
import { udpPorts } from './numbers/ports.ts'
import { printNetwork } from './vxlan-line.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |R|R|Ver|I|P|B|O|       Reserved                |Next Protocol  |
// |        VXLAN Network Identifier (VNI)         |   Reserved    |

const reserved = field('vxlan.flags_reserved', 'Reserved', {
  explain: 'Two flags that are kept free: sent as 0 and ignored.',
})

const bit = { identifier: 0x08, protocol: 0x04, operations: 0x01 } as const

const f = {
  flags: field('vxlan.flags', 'Flags', {
    explain:
      'Says how to read the rest: 0x0c, a network and a next protocol, is what a tunnel of IP packets has.',
    show: hex(2),
    parts: [
      [reserved, 2],
      [
        field('vxlan.ver', 'Version', {
          explain: 'A receiver drops a version that it does not know. So far there is only 0.',
          section: 'draft-ietf-nvo3-vxlan-gpe §3.1',
        }),
        2,
      ],
      [
        field('vxlan.i_bit', 'Instance', {
          type: 'flag',
          explain: 'When set, the packet belongs to the virtual network whose number follows.',
          section: 'draft-ietf-nvo3-vxlan-gpe §3.1',
        }),
        1,
      ],
      [
        field('vxlan.p_bit', 'Next protocol', {
          type: 'flag',
          explain:
            'When set, the header says what it carries. When not, this is an Ethernet frame, as in plain VXLAN.',
          section: 'draft-ietf-nvo3-vxlan-gpe §3.1',
        }),
        1,
      ],
      [
        field('vxlan.b_bit', 'Ingress-replicated BUM traffic', {
          type: 'flag',
          explain:
            'When set, the sender made a copy for each receiver: a broadcast, a multicast, or a frame to a station that nobody knows yet.',
          section: 'draft-ietf-nvo3-vxlan-gpe §3.1',
        }),
        1,
      ],
      [
        field('vxlan.o_bit', 'OAM', {
          type: 'flag',
          explain:
            'When set, the packet tests or manages the tunnel itself and goes to no station behind it.',
          section: 'draft-ietf-nvo3-vxlan-gpe §3.1',
        }),
        1,
      ],
    ],
  }),
  reserved16: field('vxlan.reserved_16', 'Reserved', {
    explain: 'Room between flags and next protocol; sent as 0.',
    show: hex(4),
  }),
  nextProtocol: field('vxlan.next_proto', 'Next protocol', {
    explain:
      'Names what is inside. With it, a tunnel can carry IP packets without an Ethernet header around each.',
    section: 'draft-ietf-nvo3-vxlan-gpe §3.1',
    values: nextProtocols,
  }),
  identifier: field('vxlan.vni', 'VXLAN network identifier', {
    explain: 'The virtual network that the packet belongs to; networks know nothing of each other.',
    section: 'draft-ietf-nvo3-vxlan-gpe §3.1',
  }),
  reserved8: field('vxlan.reserved8', 'Reserved', {
    explain: 'The last byte of the second word, kept free and sent as 0.',
    show: hex(2),
  }),
}

export const vxlanGpe = protocol({
  id: 'vxlan-gpe',
  name: 'Generic Protocol Extension for VXLAN',
  short: 'VXLAN-GPE',
  reference: 'draft-ietf-nvo3-vxlan-gpe',
  about: 'VXLAN that says what it carries: IP packets, MPLS or service chains besides Ethernet frames.',
  fields: f,
  claims: [[udpPorts, 4790]],
  walk(r) {
    const flags = r.u8(f.flags)
    if (flags & 0x30) r.noteField('warning', 'Another version than 0, which receivers drop')
    if (!(flags & bit.identifier)) r.noteField('warning', 'No network identifier is said to be there')
    if (r.u16(f.reserved16) !== 0) r.noteField('warning', 'Reserved: these bytes are to be 0')
    const next = r.u8(f.nextProtocol)
    r.u24(f.identifier)
    r.u8(f.reserved8)
    if (flags & bit.operations) r.note('info', 'A packet of the tunnel’s own management')
    return flags & bit.protocol ? r.payload(nextProtocols, next) : r.carry(eth)
  },
  summary: v =>
    v.number(f.flags) & bit.protocol
      ? `network ${v.number(f.identifier)}, ${v.show(f.nextProtocol)}`
      : `network ${v.number(f.identifier)}`,
  line: printNetwork('VXLAN-GPE', f.identifier),
})
