import { bytes, field, hex, type Part } from '../src/dissect/field.ts'
import { exchangeTypes, payloadTypes } from './numbers/isakmp.ts'

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
      explain: 'Tells an answer from a request. Every request is answered, and repeated until it is.',
      section: 'RFC 7296 §3.1',
      values: { 0: 'request', 1: 'response' },
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
    }),
    1,
  ],
  [reservedBits, 3],
]

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
      'A number chosen by the side that answers. It is 0 in the very first message, before anyone has answered.',
    section: 'RFC 7296 §3.1',
  }),
  nextPayload: field('isakmp.nextpayload', 'Next payload', {
    explain:
      'Names the payload that follows, for payloads do not say what they are themselves. 0 ends the chain.',
    section: 'RFC 7296 §3.2',
    values: payloadTypes,
  }),
  version: field('isakmp.version', 'Version', {
    explain: 'Two numbers of four bits. A higher minor version may be ignored, a higher major version not.',
    section: 'RFC 7296 §3.1',
    show: version,
    parts: [
      [
        field('isakmp.mjver', 'Major version', {
          explain: '1 is IKEv1 (RFC 2409), 2 is IKEv2 (RFC 7296): same header, other exchanges.',
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
  }),
  flags1: field('isakmp.flags', 'Flags', {
    explain: 'Says how the message is protected.',
    section: 'RFC 2408 §3.1',
    show: hex(2),
    parts: flagsOf1,
  }),
  flags2: field('isakmp.flags', 'Flags', {
    explain: 'Says who sent the message and whether it asks or answers.',
    section: 'RFC 7296 §3.1',
    show: hex(2),
    parts: flagsOf2,
  }),
  messageId: field('isakmp.messageid', 'Message ID', {
    explain:
      'Joins answers to requests and tells repeated messages. IKEv2 counts from 0; IKEv1 has 0 in phase 1 and then a random number for each exchange.',
    section: 'RFC 7296 §2.2',
    show: hex(8),
  }),
  length: field('isakmp.length', 'Length', {
    explain: 'Bytes of the message, these 28 of the header included.',
    section: 'RFC 7296 §3.1',
    show: bytes,
  }),
  keepalive: field('isakmp.keepalive', 'NAT keepalive', {
    explain: 'A lone byte that keeps the way through a NAT device open. The receiver ignores it.',
    section: 'RFC 3948 §2.3',
    show: hex(2),
  }),
  encrypted: field('isakmp.enc.data', 'Encrypted data', {
    type: 'bytes',
    explain: 'The payloads of this message, encrypted under the keys of the IKE SA.',
  }),
  extra: field('isakmp.extradata', 'Extra data', {
    type: 'bytes',
    explain:
      'Bytes behind the last payload, inside the length that the header claims. Some IKEv1 senders pad messages to 4 bytes.',
  }),
}
