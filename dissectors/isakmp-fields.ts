import { bytes, field, hex, type Part } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { exchangeTypes, payloadTypes } from './numbers/isakmp.ts'
import { exchangeMeanings } from './numbers/isakmp-meanings.ts'

const version = (value: number): string => `${value >> 4}.${value & 15}`

const reservedBits = field('isakmp.flags.reserved', 'Reserved', {
  explain: 'Free for later use: sent as 0, ignored by receivers.',
  show: hex(1),
})

const flagsOf1: readonly Part[] = [
  [reservedBits, 5],
  [
    field('isakmp.flag_a', 'Authentication only', {
      type: 'flag',
      explain: 'When set, an informational message is authenticated but not encrypted.',
      section: 'RFC 2408 §3.1',
    }),
    1,
  ],
  [
    field('isakmp.flag_c', 'Commit', {
      type: 'flag',
      explain:
        'When set, the other side waits for a confirmation before it uses the new keys, so that nothing encrypted arrives too early.',
      section: 'RFC 2408 §3.1',
    }),
    1,
  ],
  [
    field('isakmp.flag_e', 'Encryption', {
      type: 'flag',
      explain:
        'When set, everything behind this header is encrypted under the keys that the exchange before made.',
      section: 'RFC 2408 §3.1',
    }),
    1,
  ],
]

const flagsOf2: readonly Part[] = [
  [reservedBits, 2],
  [
    field('isakmp.flag_r', 'Response', {
      type: 'flag',
      explain: 'Tells an answer from a request. In IKEv2 every request has exactly one answer.',
      section: 'RFC 7296 §3.1',
      values: { 0: 'request', 1: 'response' },
      meanings: {
        0: 'Whoever sent this repeats it until an answer comes.',
        1: 'Whoever sent this keeps it, to answer the same request once more should this one get lost.',
      },
    }),
    1,
  ],
  [
    field('isakmp.flag_v', 'Version', {
      type: 'flag',
      explain:
        'When set, the sender speaks a newer major version too; if neither side had to, someone pushed them down to this one.',
      section: 'RFC 7296 §3.1',
    }),
    1,
  ],
  [
    field('isakmp.flag_i', 'Initiator', {
      type: 'flag',
      explain: 'Set in messages of the side that began this IKE SA. It says which SPI is the receiver’s own.',
      section: 'RFC 7296 §3.1',
      values: { 0: 'from the responder', 1: 'from the initiator' },
      meanings: {
        0: 'The receiver began this IKE SA: the first SPI is its own.',
        1: 'The receiver did not begin this IKE SA: the second SPI is its own.',
      },
    }),
    1,
  ],
  [reservedBits, 3],
]

/** Side and kind of an IKEv2 message together. */
function roles(value: number): string {
  const side = (value & 0x08) === 0 ? 'responder' : 'initiator'
  return (value & 0x20) === 0
    ? `Together: a request, from the ${side} of the IKE SA.`
    : `Together: an answer, from the ${side} of the IKE SA.`
}

/** True where nobody has answered the initiator yet. */
function isFirst(layer: LayerView): boolean {
  const start = layer.start(f.responderSpi)
  const spi = layer.bytes.subarray(start, start + 8)
  return spi.length === 8 && spi.every(byte => byte === 0)
}

/** Bytes of a message that fits a packet of Ethernet behind 20 of IPv4 and 8 of UDP. */
const mostInPacket = 1500 - 28

const fitting = (value: number): string =>
  value > mostInPacket
    ? 'In UDP that does not fit one packet of Ethernet: IP has to cut it into fragments, which many firewalls drop. Where tunnels fail at certificates, look here; IKE can cut its messages itself (RFC 7383).'
    : ''

/** Which message of its side this is, as far as the number tells. */
function numbered(value: number, layer: LayerView): string {
  const version = layer.number(f.version) >> 4
  if (version === 1)
    return value === 0
      ? '0: this belongs to phase 1.'
      : 'It is not 0: this belongs to an exchange under the protection of phase 1, and all of its messages have this number.'
  if (version !== 2) return ''
  if (value === 0) return '0: the first exchange, or the first request that this side makes.'
  return value === 1 ? '1: the second exchange of this side, IKE_AUTH where it is the initiator’s.' : ''
}

/** The glossary of the IKE header; payloads are in isakmp-payloads.ts. */
export const f = {
  initiatorSpi: field('isakmp.ispi', 'Initiator SPI', {
    type: 'bytes',
    explain:
      'A number chosen at random by the side that began; with the responder’s it names this IKE SA. IKEv1 calls it a cookie.',
    section: 'RFC 7296 §3.1',
  }),
  responderSpi: field('isakmp.rspi', 'Responder SPI', {
    type: 'bytes',
    explain:
      'A number chosen at random by the side that answers. From then on the two numbers together name the IKE SA, so that it survives a change of addresses.',
    here: (_value, layer) => (isFirst(layer) ? 'It is 0: nobody has answered yet.' : ''),
    section: 'RFC 7296 §3.1',
  }),
  nextPayload: field('isakmp.nextpayload', 'Next payload', {
    explain:
      'Names the payload that follows, for payloads do not say what they are themselves: each is announced by the one before it. 0 ends the chain.',
    section: 'RFC 7296 §3.2',
    values: payloadTypes,
    // What the payload itself is for, its group says.
    meanings: { 0: 'Nothing follows: this is the last payload, or the message has none.' },
  }),
  version: field('isakmp.version', 'Version', {
    explain: 'Two numbers of four bits. A higher minor version may be ignored, a higher major version not.',
    section: 'RFC 7296 §3.1',
    show: version,
    parts: [
      [
        field('isakmp.mjver', 'Major version', {
          explain: 'The two versions share this header and little else: other exchanges, other payloads.',
          meanings: {
            1: 'IKEv1, of 1998 (RFC 2409): two phases, many options, deprecated since 2023 (RFC 9395).',
            2: 'IKEv2, of 2005 (today RFC 7296): four messages to a tunnel, and every request has an answer.',
          },
          section: 'RFC 7296 §3.1',
        }),
        4,
      ],
      [
        field('isakmp.mnver', 'Minor version', {
          explain: '0 in everything that was ever published; receivers ignore it.',
          section: 'RFC 7296 §3.1',
        }),
        4,
      ],
    ],
  }),
  exchangeType: field('isakmp.exchangetype', 'Exchange type', {
    explain:
      'Which conversation this is, and so which payloads belong in it. Below 34 it is IKEv1, from 34 on IKEv2.',
    section: 'RFC 7296 §3.1',
    values: exchangeTypes,
    meanings: exchangeMeanings,
  }),
  flags1: field('isakmp.flags', 'Flags', {
    explain: 'Three bits that say how the message is protected; the other five are free.',
    section: 'RFC 2408 §3.1',
    show: hex(2),
    parts: flagsOf1,
  }),
  flags2: field('isakmp.flags', 'Flags', {
    explain: 'Tells the side that sent the message, and a question from an answer.',
    here: roles,
    section: 'RFC 7296 §3.1',
    show: hex(2),
    parts: flagsOf2,
  }),
  messageId: field('isakmp.messageid', 'Message ID', {
    explain:
      'Joins answers to requests and tells repeated messages. IKEv2 counts from 0; IKEv1 has 0 in phase 1 and then a random number for each exchange.',
    section: 'RFC 7296 §2.2',
    show: hex(8),
    here: numbered,
  }),
  length: field('isakmp.length', 'Length', {
    explain:
      'Bytes of the message, these 28 of the header included. Over UDP it has to agree with the datagram, over TCP it finds the end of the message.',
    section: 'RFC 7296 §3.1',
    show: bytes,
    here: fitting,
  }),
  keepalive: field('isakmp.keepalive', 'NAT keepalive', {
    explain: 'A lone byte that keeps the way through a NAT device open. The receiver ignores it.',
    section: 'RFC 3948 §2.3',
    show: hex(2),
  }),
  encrypted: field('isakmp.enc.data', 'Encrypted data', {
    type: 'bytes',
    explain:
      'The payloads of this message, encrypted with the keys that came out of phase 1. What they are is hidden, even the first one’s contents; their length is not.',
  }),
  extra: field('isakmp.extradata', 'Extra data', {
    type: 'bytes',
    explain:
      'Bytes behind the last payload, inside the length that the header claims. Some IKEv1 senders pad messages to 4 bytes.',
  }),
}
