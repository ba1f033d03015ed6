import { block } from '../src/dissect/block.ts'
import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { eth } from './eth.ts'
import { vxlanLesson } from './lessons/tunnels.ts'
import { udpPorts } from './numbers/ports.ts'
import { reservedBits } from './reserved.ts'
import { printNetwork } from './vxlan-line.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |G|R|R|R|I|R|R|R|R|D|R|R|A|R|R|R|        Group Policy ID        |
// |        VXLAN Network Identifier (VNI)         |   Reserved    |

const bit = { policy: 0x8000, identifier: 0x0800, dontLearn: 0x0040, applied: 0x0008 } as const
const allBits = bit.policy | bit.identifier | bit.dontLearn | bit.applied

const policyDraft = 'draft-smith-vxlan-group-policy §2.1'

const reserved = field('vxlan.flags_reserved', 'Reserved', {
  explain: 'Flags that nobody has given a meaning yet: sent as 0, so that one can be added later.',
})

const f = {
  flags: field('vxlan.flags', 'Flags', {
    explain:
      'Says which fields of the header hold something. 0x0800, a network identifier and nothing else, is the usual value.',
    section: 'RFC 7348 §5',
    show: hex(4),
    parts: [
      [
        field('vxlan.flag_g', 'Group policy', {
          type: 'flag',
          explain: 'When set, the header says which group the sender of the inner frame is in.',
          section: policyDraft,
        }),
        1,
      ],
      [reserved, 3],
      [
        field('vxlan.flag_i', 'Instance', {
          type: 'flag',
          explain: 'When set, the network identifier is valid. A receiver drops the packet when it is not.',
          section: 'RFC 7348 §5',
        }),
        1,
      ],
      [reserved, 4],
      [
        field('vxlan.flag_d', 'Don’t learn', {
          type: 'flag',
          explain:
            'When set, the receiver is not to remember behind which tunnel end the source address of the inner frame is.',
          section: policyDraft,
        }),
        1,
      ],
      [reserved, 2],
      [
        field('vxlan.flag_a', 'Policy applied', {
          type: 'flag',
          explain: 'When set, a device on the way has enforced the group’s policy, and no further one is to.',
          section: policyDraft,
        }),
        1,
      ],
      [reserved, 3],
    ],
  }),
  groupPolicy: field('vxlan.gbp', 'Group policy ID', {
    explain:
      'The group that the sender of the inner frame is in, so that a firewall can decide by groups in the place of addresses.',
    meanings: { 0: '0: no groups are used.' },
    section: policyDraft,
  }),
  identifier: field('vxlan.vni', 'VXLAN network identifier', {
    explain:
      'Keeps tenants apart who share the same cables: of 16 million possible networks the frame is in this one. As a VLAN number, but twice as long.',
    section: 'RFC 7348 §5',
  }),
  reserved8: field('vxlan.reserved8', 'Reserved', {
    explain: 'Fills the header up to eight bytes; sent as 0 and ignored.',
    section: 'RFC 7348 §5',
    show: hex(2),
  }),
}

const header = block([f.flags, 16], [f.groupPolicy, 16], [f.identifier, 24], [f.reserved8, 8])

export const vxlan = protocol({
  id: 'vxlan',
  name: 'Virtual eXtensible Local Area Network',
  short: 'VXLAN',
  reference: 'RFC 7348, draft-smith-vxlan-group-policy',
  about:
    'Carries Ethernet frames of many virtual networks over UDP, so that machines anywhere in a data centre share a link. No encryption.',
  lesson: vxlanLesson,
  fields: f,
  begins: header,
  // 8472 is what Linux used before there was a number.
  claims: [[udpPorts, 4789, 8472]],
  walk(r) {
    r.block(header)
    if (!r.checking) return r.carry(eth)
    const flags = r.of(f.flags)
    if (!(flags & bit.identifier)) r.noteOn(f.flags, 'warning', 'No network identifier: receivers drop this')
    reservedBits(r, flags & ~allBits)
    if (!(flags & bit.policy) && r.of(f.groupPolicy) !== 0)
      r.noteOn(f.groupPolicy, 'warning', 'A group, but the flag that says so is not set')
    return r.carry(eth)
  },
  summary: v =>
    v.number(f.flags) & bit.policy
      ? `network ${v.number(f.identifier)}, group ${v.number(f.groupPolicy)}`
      : `network ${v.number(f.identifier)}`,
  line: printNetwork('VXLAN', f.identifier),
})
