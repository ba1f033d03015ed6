import { hex } from '../../src/dissect/field.ts'
import { NumberSpace } from '../../src/dissect/number-space.ts'

/** Channel types of generic associated channels: https://www.iana.org/assignments/g-ach-parameters. */
export const channelTypes = new NumberSpace(
  'channel type',
  0x10000,
  {
    1: 'Management Communication Channel',
    2: 'Signaling Communication Channel',
    7: 'BFD Control, without IP/UDP',
    10: 'MPLS-TP Direct Loss Measurement',
    11: 'MPLS-TP Inferred Loss Measurement',
    12: 'MPLS-TP Delay Measurement',
    33: 'IPv4',
    34: 'MPLS-TP CC message',
    35: 'MPLS-TP CV message',
    36: 'Protection State Coordination',
    37: 'On-Demand CV',
    38: 'Lock Instruct',
    39: 'Pseudowire OAM',
    87: 'IPv6',
    88: 'Fault OAM',
    35074: 'MPLS-TP OAM',
  },
  hex(4),
)
