import { field, hex } from '../src/dissect/field.ts'
import { etherTypeMeanings, etherTypes } from './numbers/ether-types.ts'
import {
  accessPoints,
  ciscoProtocols,
  organizations,
  supervisoryNames,
  unnumberedNames,
} from './numbers/llc.ts'

const showPoint = (value: number): string => {
  const name = value === 0xff ? 'global' : accessPoints.names[value & 0xfe]
  return `${name ?? 'unassigned'} (${hex(2)(value)})`
}

/** The 7 bits of an access point that name the protocol. */
const showNumber = (value: number): string =>
  `${accessPoints.names[value << 1] ?? 'unassigned'} (${hex(2)(value)})`

const frameType = field('llc.control.ftype', 'Frame type', {
  explain:
    'A last bit of 0 makes a numbered information frame, 01 a supervisory one, 11 an unnumbered one. All but LLC type 2 links use unnumbered frames only.',
  section: 'IEEE 802.2 §5.2',
  values: { 0: 'information', 1: 'supervisory', 3: 'unnumbered' },
})
const pollFinal = field('llc.control.p', 'Poll or final', {
  type: 'flag',
  explain: 'In a command: an answer is wanted at once. In a response: this is that answer.',
  section: 'IEEE 802.2 §5.3.4',
})
const receiveNumber = field('llc.control.n_r', 'Receive sequence number', {
  explain: 'The number of the frame expected next; all before it have arrived.',
  section: 'IEEE 802.2 §5.3.3',
})
const reserved = field('llc.control.reserved', 'Reserved', {
  explain: 'Has to be 0; no use is defined.',
  section: 'IEEE 802.2 §5.2',
})

/** The glossary of LLC and SNAP. The control field has three forms, which the last bits of its first byte tell apart. */
export const f = {
  destination: field('llc.dsap', 'Destination service access point', {
    explain: 'Which protocol in the receiver takes the payload; 0xaa announces a SNAP header.',
    section: 'IEEE 802.2 §3.2.1',
    show: showPoint,
    parts: [
      [
        field('llc.dsap.sap', 'Service access point', {
          explain: 'The number without the low bit: the protocol itself.',
          show: showNumber,
        }),
        7,
      ],
      [
        field('llc.dsap.ig', 'Individual or group', {
          type: 'flag',
          explain: 'Set when the payload is meant for a group of protocols.',
          values: { 0: 'individual', 1: 'group' },
        }),
        1,
      ],
    ],
  }),
  source: field('llc.ssap', 'Source service access point', {
    explain: 'Which protocol in the sender made the payload.',
    section: 'IEEE 802.2 §3.2.1',
    show: showPoint,
    parts: [
      [
        field('llc.ssap.sap', 'Service access point', {
          explain: 'The number without the low bit: the protocol itself.',
          show: showNumber,
        }),
        7,
      ],
      [
        field('llc.ssap.cr', 'Command or response', {
          type: 'flag',
          explain:
            'Tells questions from answers; the poll bit means one thing in the first and another in the second.',
          values: { 0: 'command', 1: 'response' },
        }),
        1,
      ],
    ],
  }),
  unnumbered: field('llc.control', 'Control', {
    explain: 'What the frame does. UI, unnumbered information, just carries a payload.',
    section: 'IEEE 802.2 §5.4.1',
    show: value => `${unnumberedNames[value & 0xef] ?? 'unassigned'} (${hex(2)(value)})`,
    parts: [
      [
        field('llc.control.u_modifier_high', 'Modifier, first bits', {
          explain: 'Select the command, together with the two bits behind the poll bit.',
        }),
        3,
      ],
      [pollFinal, 1],
      [
        field('llc.control.u_modifier_low', 'Modifier, last bits', {
          explain: 'Select the command, together with the three bits before the poll bit.',
        }),
        2,
      ],
      [frameType, 2],
    ],
  }),
  supervisory: field('llc.control', 'Control', {
    explain: 'Acknowledges, or holds up, numbered frames; carries no payload.',
    section: 'IEEE 802.2 §5.2',
    show: hex(4),
    parts: [
      [reserved, 4],
      [
        field('llc.control.s_ftype', 'Supervisory frame type', {
          explain:
            'RR: ready for more. RNR: stop for now. REJ: send again from the receive sequence number on.',
          section: 'IEEE 802.2 §5.4.2',
          values: supervisoryNames,
        }),
        2,
      ],
      [frameType, 2],
      [receiveNumber, 7],
      [pollFinal, 1],
    ],
  }),
  information: field('llc.control', 'Control', {
    explain: 'Numbers the frame, so that the receiver can tell when one is missing (LLC type 2).',
    section: 'IEEE 802.2 §5.2',
    show: hex(4),
    parts: [
      [
        field('llc.control.n_s', 'Send sequence number', {
          explain: 'The number of this frame, counted from 0 to 127 and around.',
          section: 'IEEE 802.2 §5.3.3',
        }),
        7,
      ],
      [frameType, 1],
      [receiveNumber, 7],
      [pollFinal, 1],
    ],
  }),
  organization: field('llc.oui', 'Organization code', {
    explain:
      'Whose numbers the next field uses. 0 means EtherTypes, so that all that Ethernet can carry fits behind LLC too.',
    section: 'IEEE 802 §9.5',
    show: value => {
      const digits = hex(6)(value).slice(2)
      return `${organizations[value] ?? 'unknown'} (${digits.match(/../g)?.join(':')})`
    },
  }),
  type: field('llc.type', 'Type', {
    explain: 'An EtherType naming the payload, as a frame with a type in the place of a length has it.',
    section: 'RFC 1042',
    meanings: etherTypeMeanings,
    values: etherTypes,
  }),
  ciscoProtocol: field('llc.cisco_pid', 'Protocol identifier', {
    explain: 'Names the payload in Cisco’s own numbers: 0x2000 is CDP, 0x010b spanning tree per VLAN.',
    show: value => `${ciscoProtocols[value] ?? 'unknown'} (${hex(4)(value)})`,
  }),
  protocol: field('llc.pid', 'Protocol identifier', {
    explain: 'Names the payload in the organization’s own numbers.',
    section: 'IEEE 802 §9.5',
    show: hex(4),
  }),
}
