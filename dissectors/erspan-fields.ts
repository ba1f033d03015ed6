import { field, hex } from '../src/dissect/field.ts'
import { mirrorFaultMeanings } from './numbers/tunnel-meanings.ts'

const draft = 'draft-foschiano-erspan-03'

/** The header of types II and III. */
export const erspanFields = {
  version: field('erspan.version', 'Version', {
    explain:
      'Tells the two headers apart. The oldest type has none at all, and GRE without a sequence number around it.',
    section: `${draft} §4.2`,
    values: { 1: 'Type II', 2: 'Type III' },
  }),
  vlan: field('erspan.vlan', 'VLAN', {
    explain: 'The virtual LAN in which the switch saw the frame, for its tag may have been taken off.',
    section: `${draft} §4.2`,
  }),
  cos: field('erspan.cos', 'Class of service', {
    explain: 'The priority of the frame’s VLAN tag, from 0 to 7, kept because the tag may be gone.',
    section: `${draft} §4.2`,
  }),
  encap: field('erspan.encap', 'Encapsulation', {
    explain: 'Which tag the frame had when it came, and whether it is still there.',
    section: `${draft} §4.2`,
    values: { 0: 'without VLAN', 1: 'ISL', 2: '802.1Q', 3: 'VLAN tag preserved' },
  }),
  damage: field('erspan.bso', 'Bad/Short/Oversized', {
    explain: 'What was wrong with the frame as the switch received it.',
    section: `${draft} §4.3`,
    meanings: mirrorFaultMeanings,
    values: { 0: 'good or unknown', 1: 'short', 2: 'oversized', 3: 'bad CRC or alignment' },
  }),
  truncated: field('erspan.truncated', 'Truncated', {
    explain: '1 where the switch cut the copy, because the tunnel could not carry all of it.',
    section: `${draft} §4.2`,
    values: { 0: 'no', 1: 'yes' },
  }),
  span: field('erspan.spanid', 'Session ID', {
    explain: 'Which mirroring session of the switch sent the copy; a collector may have many.',
    section: `${draft} §4.2`,
  }),
  reserved: field('erspan.reserved', 'Reserved', {
    explain: 'Bits in front of the index without a use; sent as 0.',
    section: `${draft} §4.2`,
    show: hex(3),
  }),
  index: field('erspan.index', 'Index', {
    explain: 'Where in the switch the frame was seen: a port and a direction, numbered by the platform.',
    section: `${draft} §4.2`,
    show: hex(5),
  }),
  timestamp: field('erspan.timestamp', 'Timestamp', {
    explain: 'When the switch saw the frame, in the units of the granularity; it wraps around quickly.',
    section: `${draft} §4.3`,
  }),
  securityGroup: field('erspan.sgt', 'Security group tag', {
    explain: 'The group to which Cisco’s TrustSec assigned the sender.',
    section: `${draft} §4.3`,
  }),
  isEthernet: field('erspan.p', 'Has Ethernet PDU', {
    explain: '1 where the payload is the mirrored frame.',
    section: `${draft} §4.3`,
    values: { 0: 'no', 1: 'yes' },
  }),
  frameType: field('erspan.ft', 'Frame type', {
    explain: 'Whether a whole frame was mirrored, or a packet without its link header.',
    section: `${draft} §4.3`,
    values: { 0: 'Ethernet', 2: 'IP' },
  }),
  hardware: field('erspan.hw', 'Hardware ID', {
    explain: 'Which forwarding engine inside the switch made the copy; their clocks need not agree.',
    section: `${draft} §4.3`,
  }),
  direction: field('erspan.direction', 'Direction', {
    explain: 'Whether the frame was entering the switch or leaving it.',
    section: `${draft} §4.3`,
    values: { 0: 'ingress', 1: 'egress' },
  }),
  granularity: field('erspan.gra', 'Timestamp granularity', {
    explain:
      'How fine the timestamp counts: in hundreds of microseconds or of nanoseconds, or as IEEE 1588 does.',
    section: `${draft} §4.3`,
    values: { 0: '100 microseconds', 1: '100 nanoseconds', 2: 'IEEE 1588', 3: 'set by the user' },
  }),
  optional: field('erspan.o', 'Optional subheader', {
    explain: '1 where eight more bytes of the platform’s own follow.',
    section: `${draft} §4.3`,
    values: { 0: 'no', 1: 'yes' },
  }),
} as const

/** The eight bytes that a platform may add to type III. */
export const platformFields = {
  group: field('erspan.platform', 'Platform subheader', {
    type: 'group',
    explain:
      'What one family of switches says besides: where exactly the frame was seen, and the upper half of the time.',
    section: `${draft} §4.3.1`,
  }),
  id: field('erspan.platid', 'Platform ID', {
    explain: 'Which family of switches it is, and so how the other 58 bits are laid out.',
    section: `${draft} §4.3.1`,
  }),
  reserved1: field('erspan.pid1.rsvd1', 'Reserved', {
    explain: 'Bits in front of the domain; sent as 0.',
    section: `${draft} §4.3.1`,
  }),
  domain: field('erspan.pid1.vsmid', 'VSM domain ID', {
    explain: 'Which virtual switch, of several that are managed together.',
    section: `${draft} §4.3.1`,
  }),
  port1: field('erspan.pid1.port_index', 'Port ID/Index', {
    explain: 'The port of the virtual switch.',
    section: `${draft} §4.3.1`,
  }),
  reserved3: field('erspan.pid3.rsvd1', 'Reserved', {
    explain: 'Bits in front of the port; sent as 0.',
    section: `${draft} §4.3.1`,
  }),
  port3: field('erspan.pid3.port_index', 'Port ID/Index', {
    explain: 'The number of the port where the frame came in or went out, in the platform’s own counting.',
    section: `${draft} §4.3.1`,
  }),
  upper3: field('erspan.pid3.timestamp', 'Upper timestamp', {
    explain: 'The upper half of the time in the header.',
    section: `${draft} §4.3.1`,
  }),
  reserved4a: field('erspan.pid4.rsvd1', 'Reserved', {
    explain: 'The first of the unused bits of this platform.',
    section: `${draft} §4.3.1`,
  }),
  reserved4b: field('erspan.pid4.rsvd2', 'Reserved', {
    explain: 'More unused bits of this platform.',
    section: `${draft} §4.3.1`,
  }),
  reserved4c: field('erspan.pid4.rsvd3', 'Reserved', {
    explain: 'A last unused word of this platform.',
    section: `${draft} §4.3.1`,
  }),
  switch5: field('erspan.pid5.switchid', 'Switch ID', {
    explain: 'Which switch saw the frame, by a number that its owner gave it.',
    section: `${draft} §4.3.1`,
  }),
  port5: field('erspan.pid5.port_index', 'Port ID/Index', {
    explain: 'By which port of that switch the mirrored frame came.',
    section: `${draft} §4.3.1`,
  }),
  seconds5: field('erspan.pid5.timestamp', 'Timestamp in seconds', {
    explain: 'The full seconds of the time; the header has the part below.',
    section: `${draft} §4.3.1`,
  }),
  reserved7: field('erspan.pid7.rsvd1', 'Reserved', {
    explain: 'Bits in front of the source; sent as 0.',
    section: `${draft} §4.3.1`,
  }),
  source7: field('erspan.pid7.source_index', 'Source index', {
    explain: 'The number of the interface in the switch’s own tables.',
    section: `${draft} §4.3.1`,
  }),
  upper7: field('erspan.pid7.timestamp', 'Upper timestamp', {
    explain: 'The upper 32 bits of a time of 64.',
    section: `${draft} §4.3.1`,
  }),
  unknownHigh: field('erspan.pid.rsvd_high', 'Reserved', {
    explain: 'Bits that only the makers of this platform can read.',
    section: `${draft} §4.3.1`,
  }),
  unknownLow: field('erspan.pid.rsvd', 'Reserved', {
    explain: 'The rest of what only the makers of this platform can read.',
    section: `${draft} §4.3.1`,
  }),
} as const
