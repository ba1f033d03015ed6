import { bytes, counts, field, hex } from '../src/dissect/field.ts'
import { gtpMessageMeanings } from './numbers/tunnel-meanings.ts'
import { receiverSaid } from './spi-said.ts'

const spec = '3GPP TS 29.281 §5.1'
const extension = '3GPP TS 29.281 §5.2'

const flag = (name: string, label: string, explain: string) =>
  field(`gtp.flags.${name}`, label, { type: 'flag', explain, section: spec })

const messages: Readonly<Record<number, string>> = {
  1: 'Echo Request',
  2: 'Echo Response',
  26: 'Error Indication',
  31: 'Supported Extension Headers Notification',
  253: 'Tunnel Status',
  254: 'End Marker',
  255: 'G-PDU',
}

const extensions: Readonly<Record<number, string>> = {
  0: 'No more extension headers',
  1: 'MBMS support indication',
  2: 'MS Info Change Reporting support indication',
  3: 'Long PDCP PDU Number (not required)',
  32: 'Service Class Indicator',
  64: 'UDP Port',
  129: 'RAN Container',
  130: 'Long PDCP PDU Number',
  131: 'Xw RAN Container',
  132: 'NR RAN Container',
  133: 'PDU Session Container',
  192: 'PDCP PDU Number',
  193: 'Suspend Request',
  194: 'Suspend Response',
}

/** The glossary of the header. */
export const f = {
  flags: field('gtp.flags', 'Flags', {
    explain: 'Version, kind, and which optional fields hold something. 0x30 is a plain packet of a user.',
    section: spec,
    show: hex(2),
    parts: [
      [
        field('gtp.flags.version', 'Version', {
          explain:
            'GTP for users’ packets stayed at 1, also in 4G and 5G; version 2 is for control messages only.',
          section: spec,
        }),
        3,
      ],
      [
        field('gtp.flags.payload', 'Protocol type', {
          explain: 'Tells GTP (1) from GTP’ (0), which carries bills.',
          section: spec,
        }),
        1,
      ],
      [
        field('gtp.flags.reserved', 'Reserved', {
          explain: 'A bit that is sent as 0 and not looked at.',
          section: spec,
        }),
        1,
      ],
      [
        flag(
          'e',
          'Extension header flag',
          'When set, extension headers follow, the type of the first being told.',
        ),
        1,
      ],
      [
        flag(
          's',
          'Sequence number flag',
          'When set, the sequence number is one; otherwise the two bytes are there only because another flag wants its own.',
        ),
        1,
      ],
      [
        flag(
          'pn',
          'N-PDU number flag',
          'When set, the N-PDU number is one; otherwise the byte is there only because another flag wants its own.',
        ),
        1,
      ],
    ],
  }),
  message: field('gtp.message', 'Message type', {
    explain: 'Tells a user’s packet (255) from what the two ends of the tunnel tell each other.',
    section: spec,
    meanings: gtpMessageMeanings,
    values: messages,
  }),
  length: field('gtp.length', 'Length', {
    explain: 'Bytes behind the first eight: optional fields, extensions and payload.',
    section: spec,
    show: bytes,
  }),
  tunnel: field('gtp.teid', 'Tunnel endpoint identifier', {
    explain:
      'One user’s traffic in one direction, by the number that the receiver chose: it stands for subscriber and quality of service.',
    meanings: {
      0: 'No user’s tunnel: the two ends speak about the path, or about a tunnel that does not exist.',
    },
    here: receiverSaid,
    section: spec,
    show: hex(8),
  }),
  sequence: field('gtp.seq_number', 'Sequence number', {
    explain: 'Counts messages, so that an answer finds its question, and packets where their order matters.',
    section: spec,
  }),
  unit: field('gtp.npdu_number', 'N-PDU number', {
    explain: 'Numbers packets while a phone changes the cell, so that none is lost or doubled.',
    section: spec,
  }),
  next: field('gtp.ext_hdr.next', 'Next extension header type', {
    explain: 'What follows: another extension, or with 0 the payload.',
    meanings: {
      0: 'The user’s packet comes next.',
      64: 'The port from which the packet came that an error is about.',
      133: 'What 5G puts in front of each packet: the quality of service that it has.',
      192: 'The place of the packet in its order, for a base station that takes a phone over.',
    },
    section: extension,
    values: extensions,
  }),
}

/** The glossary of extension headers. */
export const extended = {
  group: field('gtp.ext_hdr', 'Extension header', {
    type: 'group',
    explain:
      'Something more about this packet. The two highest bits of its type say what nodes that do not know it do.',
    section: extension,
  }),
  length: field('gtp.ext_hdr.length', 'Extension header length', {
    explain: 'Of this extension in words of four bytes, this byte and the next type included.',
    section: extension,
    show: counts(4),
  }),
  pdcp: field('gtp.ext_hdr.pdcp_sn', 'PDCP sequence number', {
    explain:
      'Where the packet stands in the order of the radio link, for the base station that takes the phone over.',
    section: extension,
  }),
  port: field('gtp.ext_hdr.udp_port', 'UDP port', {
    explain: 'From which port the packet came that an error indication is about.',
    section: extension,
  }),
  content: field('gtp.ext_hdr.content', 'Content', {
    type: 'bytes',
    explain: 'What only nodes that know this type of extension can read.',
    section: extension,
  }),
  pduType: field('gtp.ext_hdr.pdu_ses_con.pdu_type', 'PDU type', {
    explain: 'Which way the packet goes: towards the phone, or from it.',
    section: '3GPP TS 38.415 §5.5',
    values: { 0: 'DL PDU SESSION INFORMATION', 1: 'UL PDU SESSION INFORMATION' },
  }),
  options: field('gtp.ext_hdr.pdu_ses_con.options', 'Options', {
    explain: 'Flags for monitoring: time stamps, delays and further fields that follow.',
    section: '3GPP TS 38.415 §5.5',
    show: hex(1),
  }),
  paging: field('gtp.ext_hdr.pdu_ses_cont.ppp', 'Paging policy presence', {
    type: 'flag',
    explain: 'When set, a byte follows that says how urgently a sleeping phone is to be called.',
    section: '3GPP TS 38.415 §5.5.3',
  }),
  reflective: field('gtp.ext_hdr.pdu_ses_cont.rqi', 'Reflective QoS indicator', {
    type: 'flag',
    explain: 'When set, the phone is to answer with the same quality of service.',
    section: '3GPP TS 38.415 §5.5.3',
  }),
  spare: field('gtp.ext_hdr.spare_bits', 'Spare', {
    explain: 'Bits of packets from the phone that nothing uses yet.',
    section: '3GPP TS 38.415 §5.5.3',
    show: hex(1),
  }),
  flow: field('gtp.ext_hdr.pdu_ses_con.qos_flow_id', 'QoS flow identifier', {
    explain: 'Which quality of service of the user’s session the packet has, say speech or surfing.',
    section: '3GPP TS 38.415 §5.5.3',
  }),
}

/** The glossary of information elements in messages of the tunnel’s ends. */
export const element = {
  group: field('gtp.ie', 'Information element', {
    type: 'group',
    explain: 'One statement of a message between the two ends of the tunnel.',
    section: '3GPP TS 29.281 §8',
  }),
  type: field('gtp.ie_id', 'Type', {
    explain: 'What the element says. Up to 127 its length is fixed, above a length follows.',
    section: '3GPP TS 29.281 §8.1',
    values: {
      14: 'Recovery',
      16: 'TEID Data I',
      133: 'GSN Address',
      141: 'Extension Header Type List',
      255: 'Private Extension',
    },
  }),
  recovery: field('gtp.recovery', 'Restart counter', {
    explain:
      'Once told other ends how often the sender had restarted; for users’ tunnels it is sent as 0 and ignored.',
    section: '3GPP TS 29.281 §8.2',
  }),
  tunnel: field('gtp.teid_data', 'TEID Data I', {
    explain: 'The tunnel of a packet that the sender of the error knows nothing of.',
    section: '3GPP TS 29.281 §8.3',
    show: hex(8),
  }),
  length: field('gtp.ext_length', 'Length', {
    explain: 'Bytes of the element behind this field.',
    section: '3GPP TS 29.281 §8.1',
    show: bytes,
  }),
  count: field('gtp.num_ext_hdr_types', 'Number of types', {
    explain: 'How many types of extension headers are listed, a byte each.',
    section: '3GPP TS 29.281 §8.5',
  }),
  kind: field('gtp.ext_hdr_type', 'Extension header type', {
    explain: 'A type of extension header that the sender can read.',
    section: '3GPP TS 29.281 §8.5',
    values: extensions,
  }),
  ipv4: field('gtp.gsn_ipv4', 'GSN address IPv4', {
    type: 'ipv4',
    explain: 'To which address the packet had come that the error is about.',
    section: '3GPP TS 29.281 §8.4',
  }),
  ipv6: field('gtp.gsn_ipv6', 'GSN address IPv6', {
    type: 'ipv6',
    explain: 'The IPv6 address to which the packet had come that the error is about.',
    section: '3GPP TS 29.281 §8.4',
  }),
  value: field('gtp.ie_value', 'Value', {
    type: 'bytes',
    explain: 'Contents of an element that only the systems of a mobile network read.',
    section: '3GPP TS 29.281 §8',
  }),
}
