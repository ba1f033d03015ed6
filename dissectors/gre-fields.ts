import { bytes, type FieldOptions, field, hex, type Part } from '../src/dissect/field.ts'
import { etherTypeMeanings, etherTypes } from './numbers/ether-types.ts'
import { receiverSaid } from './spi-said.ts'

/** Bits of the first word. */
export const bit = {
  checksum: 0x8000,
  routing: 0x4000,
  key: 0x2000,
  sequence: 0x1000,
  strictRoute: 0x0800,
  recursion: 0x0700,
  acknowledgment: 0x0080,
} as const

/** MikroTik's Ethernet over IP: enhanced GRE with a tunnel's number in the place of the call. */
export const eoip = 0x6400

/** What PPTP carries. */
export const ppp = 0x880b

/** Protocol types that change what follows the header. */
export const [bridged, spanOne, redirected] = [0x6558, 0x88be, 0x883e]

const present = (name: string, label: string, options: Omit<FieldOptions<'flag'>, 'type'>) =>
  field(name, label, { type: 'flag', ...options })

const parts: readonly Part[] = [
  [
    present('gre.flags.checksum', 'Checksum present', {
      explain:
        'When set, a checksum over GRE header and payload follows, so damage inside the tunnel is noticed.',
      section: 'RFC 2784 §2.2',
    }),
    1,
  ],
  [
    present('gre.flags.routing', 'Routing present', {
      explain:
        'When set, a list of source routes follows. RFC 2784 took it out: a receiver that does not know RFC 1701 drops the packet.',
      section: 'RFC 1701',
    }),
    1,
  ],
  [
    present('gre.flags.key', 'Key present', {
      explain: 'When set, a key follows, by which two hosts tell several tunnels between them apart.',
      section: 'RFC 2890 §2',
    }),
    1,
  ],
  [
    present('gre.flags.sequence_number', 'Sequence number present', {
      explain: 'When set, packets are numbered, so that the receiver can drop those that come late.',
      section: 'RFC 2890 §2',
    }),
    1,
  ],
  [
    present('gre.flags.strict_source_route', 'Strict source route', {
      explain:
        'When set, all source routes are strict: no router may stand between two entries of the list. RFC 2784 took it out and sends 0.',
      section: 'RFC 1701',
    }),
    1,
  ],
  [
    field('gre.flags.recursion_control', 'Recursion control', {
      explain:
        'How many more times the packet may be put into GRE again, so that tunnels cannot loop into each other. RFC 2784 took it out and sends 0.',
      section: 'RFC 1701',
    }),
    3,
  ],
]

const version = field('gre.flags.version', 'Version', {
  explain: 'Tells plain GRE (0) from the enhanced GRE of PPTP (1), whose key is a length and a call.',
  section: 'RFC 2784 §2.3.1',
  values: { 0: 'GRE', 1: 'Enhanced GRE' },
})

const reserved = field('gre.flags.reserved', 'Reserved', {
  explain: 'Free for later use: sent as 0, ignored by receivers.',
  section: 'RFC 2784 §2.3',
})

const acknowledged = present('gre.flags.ack', 'Acknowledgment sequence number present', {
  explain: 'When set, the packet also says which packet of the other direction arrived last.',
  section: 'RFC 2637 §4.1',
})

const word = (more: readonly Part[]) =>
  field('gre.flags_and_version', 'Flags and version', {
    explain:
      'Says which optional fields follow and which kind of GRE this is. All of it is 0 in the plainest tunnel.',
    section: 'RFC 2784 §2.1',
    show: hex(4),
    parts: [...parts, ...more, [version, 3]],
  })

/** The glossary of the GRE header; its source routes are in gre-routing.ts. */
export const f = {
  flags: word([[reserved, 5]]),
  enhancedFlags: word([
    [acknowledged, 1],
    [reserved, 4],
  ]),
  protocolType: field('gre.proto', 'Protocol type', {
    explain: 'An EtherType naming the packet carried inside. GRE can carry anything that Ethernet can.',
    section: 'RFC 2784 §2.4',
    values: etherTypes,
    meanings: etherTypeMeanings,
    here: value =>
      value === 0
        ? '0 names no packet. Cisco’s keepalives are such empty packets, sent round and back to see whether the tunnel is alive.'
        : '',
  }),
  checksum: field('gre.checksum', 'Checksum', {
    explain:
      'The Internet checksum of the GRE header and everything behind it. It finds accidents, not attackers: anyone can compute it.',
    section: 'RFC 2784 §2.5',
    show: hex(4),
  }),
  offset: field('gre.offset', 'Offset', {
    explain: 'Bytes from the start of the source routes to the one in use.',
    section: 'RFC 1701',
    show: bytes,
  }),
  reserved1: field('gre.offset', 'Reserved1', {
    explain:
      'Comes with the checksum and fills its word up; sent as 0. RFC 1701 had the offset of the source route in use here.',
    section: 'RFC 2784 §2.6',
    show: hex(4),
  }),
  key: field('gre.key', 'Key', {
    explain:
      'Tells tunnels between the same two hosts apart; a label, not a secret, for GRE encrypts nothing.',
    section: 'RFC 2890 §2.1',
    show: hex(8),
  }),
  bridgedKey: field('gre.key', 'Key', {
    explain:
      'Tells tunnels between the same two hosts apart. NVGRE, which carries Ethernet as this tunnel does, puts a virtual subnet and a flow here; other bridges a number of their own.',
    section: 'RFC 7637 §3.2',
    show: hex(8),
    parts: [
      [
        field('nvgre.vsid', 'Virtual subnet ID', {
          explain:
            'Of NVGRE: which virtual network the frame is in, as a VLAN number would say, but with 24 bits.',
          section: 'RFC 7637 §3.2',
        }),
        24,
      ],
      [
        field('nvgre.flowid', 'Flow ID', {
          explain: 'Of NVGRE: differs from flow to flow, so that routers spread them over several paths.',
          section: 'RFC 7637 §3.2',
        }),
        8,
      ],
    ],
  }),
  payloadLength: field('gre.key.payload_length', 'Payload length', {
    explain: 'Bytes behind this header; what comes after them is padding.',
    section: 'RFC 2637 §4.1',
    show: bytes,
  }),
  callId: field('gre.key.call_id', 'Call ID', {
    explain:
      'The session to which the packet belongs, by the number that its receiver gave it over PPTP’s control connection.',
    here: receiverSaid,
    section: 'RFC 2637 §4.1',
  }),
  tunnelId: field('gre.key.tunnel_id', 'Tunnel ID', {
    explain:
      'MikroTik’s EoIP keeps the number of the tunnel where PPTP has its call, with the low byte first. Both ends need the same.',
  }),
  sequenceNumber: field('gre.sequence_number', 'Sequence number', {
    explain:
      'Counts the packets of this direction; the receiver may drop one that is older than the last it passed on.',
    section: 'RFC 2890 §2.2',
  }),
  acknowledgmentNumber: field('gre.ack_number', 'Acknowledgment number', {
    explain:
      'The highest sequence number that arrived in order from the other side. It paces the sender; nothing is sent a second time.',
    section: 'RFC 2637 §4.1',
  }),
}
