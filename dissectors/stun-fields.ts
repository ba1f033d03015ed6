import { ipv4Text, ipv6Text } from '../src/addresses.ts'
import { bytes, type Field, field, hex, seconds } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { longTime } from './durations.ts'
import { stunAttributeMeanings, stunMessageMeanings } from './numbers/configuration-meanings.ts'
import { stunErrorMeanings } from './numbers/status-meanings.ts'

const section = 'RFC 8489 §5'

export const stunMethods: Readonly<Record<number, string>> = {
  1: 'Binding',
  3: 'Allocate',
  4: 'Refresh',
  6: 'Send',
  7: 'Data',
  8: 'CreatePermission',
  9: 'ChannelBind',
}
export const stunClasses: Readonly<Record<number, string>> = {
  0: 'request',
  1: 'indication',
  2: 'success',
  3: 'error',
}

/** The bits of the class lie between those of the method. */
export const classOf = (type: number): number => ((type >> 7) & 2) | ((type >> 4) & 1)
export const methodOf = (type: number): number => (type & 0x0f) | ((type >> 1) & 0x70) | ((type >> 2) & 0xf80)

const showType = (type: number): string => {
  const method = methodOf(type)
  return `${stunMethods[method] ?? `method ${method}`} ${stunClasses[classOf(type)]} (${hex(4)(type)})`
}

/** With these bytes addresses are masked, since devices on the way rewrite what looks like one. */
const cookie = [0x21, 0x12, 0xa4, 0x42]

/** A port, masked with the first half of the cookie. */
const readPort = (bytes: Uint8Array, start: number, length: number): string =>
  length === 2 ? String(((bytes[start]! << 8) | bytes[start + 1]!) ^ 0x2112) : 'incomplete'

function readAddress4(bytes: Uint8Array, start: number, length: number): string {
  if (length !== 4) return 'incomplete'
  return ipv4Text(
    bytes.slice(start, start + 4).map((byte, i) => byte ^ cookie[i]!),
    0,
  )
}

/** An address of version 6 is masked with the transaction ID, too, which stands at byte 8 of the message. */
function readAddress6(bytes: Uint8Array, start: number, length: number, message: number): string {
  if (length !== 16) return 'incomplete'
  const mask = [...cookie, ...bytes.subarray(message + 8, message + 20)]
  return ipv6Text(
    bytes.slice(start, start + 16).map((byte, i) => byte ^ mask[i]!),
    0,
  )
}

export const f = {
  type: field('stun.type', 'Message type', {
    explain:
      'What is asked, and whether this is the question, the answer, a refusal, or told without an answer.',
    meanings: stunMessageMeanings,
    section,
    show: showType,
    parts: [
      [undefined, 2],
      [
        field('stun.type.method-assignment', 'Method assignment', {
          explain: 'Who gave the method its number: 0 the IETF, 1 an expert of its own choice.',
          section: 'RFC 8489 §18.2',
        }),
        1,
      ],
      [undefined, 13],
    ],
  }),
  length: field('stun.length', 'Message length', {
    explain: 'Bytes of the attributes, always a multiple of 4.',
    section,
    show: bytes,
  }),
  cookie: field('stun.cookie', 'Magic cookie', {
    type: 'bytes',
    explain: 'Always 0x2112a442: by it the message is told from others that share its port.',
    section,
  }),
  id: field('stun.id', 'Transaction ID', {
    type: 'bytes',
    explain: 'Random, and repeated by the answer: who did not see the question cannot forge one.',
    section,
  }),
  channel: field('stun.channel', 'Channel number', {
    explain:
      'Stands for a peer of the client, agreed on before: 4 bytes where a whole message would have 36.',
    section: 'RFC 8656 §12.4',
    show: hex(4),
  }),
  channelLength: field('stun.channel.length', 'Channel data length', {
    explain: 'Bytes that the relay passes on.',
    section: 'RFC 8656 §12.4',
    show: bytes,
  }),
}

const text = (name: string, label: string, part: string, explain: string) =>
  field(`stun.att.${name}`, label, { type: 'text', explain, section: `RFC 8489 §14.${part}` })

export const a = {
  attribute: field('stun.attribute', 'Attribute', {
    type: 'group',
    explain: 'Something that the message says: type, length, value, filled up to 4 bytes.',
    section: 'RFC 8489 §14',
  }),
  type: field('stun.att.type', 'Attribute type', {
    explain: 'What the value is. Who does not know one below 0x8000 has to refuse the message.',
    meanings: stunAttributeMeanings,
    section: 'RFC 8489 §14',
    parts: [
      [
        field('stun.att.type.comprehension', 'Comprehension', {
          explain: '0 where the receiver has to know the attribute, 1 where it may pass over it.',
          section: 'RFC 8489 §14',
        }),
        1,
      ],
      [
        field('stun.att.type.assignment', 'Assignment', {
          explain: 'Who gave the attribute its number: 0 the IETF, 1 an expert.',
          section: 'RFC 8489 §18.3',
        }),
        1,
      ],
      [undefined, 14],
    ],
    values: {
      1: 'MAPPED-ADDRESS',
      6: 'USERNAME',
      8: 'MESSAGE-INTEGRITY',
      9: 'ERROR-CODE',
      10: 'UNKNOWN-ATTRIBUTES',
      12: 'CHANNEL-NUMBER',
      13: 'LIFETIME',
      18: 'XOR-PEER-ADDRESS',
      19: 'DATA',
      20: 'REALM',
      21: 'NONCE',
      22: 'XOR-RELAYED-ADDRESS',
      25: 'REQUESTED-TRANSPORT',
      28: 'MESSAGE-INTEGRITY-SHA256',
      32: 'XOR-MAPPED-ADDRESS',
      36: 'PRIORITY',
      37: 'USE-CANDIDATE',
      32802: 'SOFTWARE',
      32803: 'ALTERNATE-SERVER',
      32808: 'FINGERPRINT',
      32809: 'ICE-CONTROLLED',
      32810: 'ICE-CONTROLLING',
      32811: 'RESPONSE-ORIGIN',
      32812: 'OTHER-ADDRESS',
    },
  }),
  length: field('stun.att.length', 'Attribute length', {
    explain: 'Bytes of the value, without those that fill it up.',
    section: 'RFC 8489 §14',
    show: bytes,
  }),
  reserved: field('stun.att.reserved', 'Reserved', {
    type: 'bytes',
    explain: 'Bytes that are sent as 0.',
    section: 'RFC 8489 §14.1',
  }),
  family: field('stun.att.family', 'Family', {
    explain: 'Which kind of address follows.',
    section: 'RFC 8489 §14.1',
    values: { 1: 'IPv4', 2: 'IPv6' },
  }),
  port: field('stun.att.port', 'Port', {
    explain: 'The port that goes with the address.',
    section: 'RFC 8489 §14.1',
  }),
  ipv4: field('stun.att.ipv4', 'Address', {
    type: 'ipv4',
    explain: 'An address in clear; NAT devices that mean well may have changed it.',
    section: 'RFC 8489 §14.1',
  }),
  ipv6: field('stun.att.ipv6', 'Address', {
    type: 'ipv6',
    explain: 'The address as the server saw it, where it is one of IPv6.',
    section: 'RFC 8489 §14.1',
  }),
  portMasked: field('stun.att.port-xord', 'Port (masked)', {
    type: 'bytes',
    explain: 'The port as the server saw it, so that the client learns what NAT made of it.',
    section: 'RFC 8489 §14.2',
    read: readPort,
  }),
  ipv4Masked: field('stun.att.ipv4-xord', 'Address (masked)', {
    type: 'bytes',
    explain:
      'The address as the server saw it: this is what STUN is for. It is masked, so that nobody rewrites it.',
    section: 'RFC 8489 §14.2',
    read: readAddress4,
  }),
  ipv6Masked: field('stun.att.ipv6-xord', 'Address (masked)', {
    type: 'bytes',
    explain: 'The same in version 6, masked with the transaction as well.',
    section: 'RFC 8489 §14.2',
    read: (bytes, start, length, layer) =>
      readAddress6(bytes, start, length, layer.has(f.type) ? layer.start(f.type) : start),
  }),
  errorReserved: field('stun.att.error.reserved', 'Reserved', {
    explain: 'Bits in front of the code, sent as 0.',
    section: 'RFC 8489 §14.8',
  }),
  errorClass: field('stun.att.error.class', 'Error class', {
    explain: 'The hundreds of the code: 3 try elsewhere, 4 the client’s mistake, 5 the server’s.',
    section: 'RFC 8489 §14.8',
  }),
  errorCode: field('stun.att.error', 'Error code', {
    explain: 'The last two digits: 401 asks for a password, 438 says that the nonce is stale.',
    here: errorSaid,
    section: 'RFC 8489 §14.8',
  }),
  reason: text('error.reason', 'Reason phrase', '8', 'The error in words, for people.'),
  unknown: field('stun.att.unknown', 'Unknown attribute', {
    explain: 'A type that the server did not understand.',
    section: 'RFC 8489 §14.13',
    show: hex(4),
  }),
  lifetime: field('stun.att.lifetime', 'Lifetime', {
    explain: 'How long the relay keeps the address unless asked again.',
    here: longTime,
    section: 'RFC 8656 §18.2',
    show: seconds,
  }),
  crc: field('stun.att.crc32', 'Fingerprint', {
    explain: 'CRC-32 of the message, masked with “STUN”: one more way to tell it from others.',
    section: 'RFC 8489 §14.7',
    show: hex(8),
  }),
  priority: field('stun.att.priority', 'Priority', {
    explain: 'How much the sender likes this pair of addresses.',
    section: 'RFC 8445 §7.1.1',
  }),
  channel: field('stun.att.channelnum', 'Channel', {
    explain: 'The number that is to stand for the peer from now on.',
    section: 'RFC 8656 §18.1',
    show: hex(4),
  }),
  transport: field('stun.att.transp', 'Requested transport', {
    explain: 'What the relay is to speak to the peers: 17 is UDP.',
    section: 'RFC 8656 §18.7',
    values: { 6: 'TCP', 17: 'UDP' },
  }),
  value: field('stun.value', 'Value', {
    type: 'bytes',
    explain: 'A value of a type that is not taken apart here.',
    section: 'RFC 8489 §14',
  }),
  padding: field('stun.att.padding', 'Padding', {
    type: 'bytes',
    explain: 'Fills the attribute up to 4 bytes, with whatever the sender likes.',
    section: 'RFC 8489 §14',
  }),
}

/** Attributes that are one field, by type. */
export const wholes: Readonly<Record<number, Field<'text' | 'bytes'>>> = {
  6: text('username', 'Username', '3', 'Whose password makes the integrity; in ICE the two names of a call.'),
  8: field('stun.att.hmac', 'Message integrity', {
    type: 'bytes',
    explain: 'HMAC-SHA1 over the message, made with the password.',
    section: 'RFC 8489 §14.5',
  }),
  20: text('realm', 'Realm', '9', 'Which password is asked for.'),
  21: text(
    'nonce',
    'Nonce',
    '10',
    'To be sent back with the password’s proof, so that none is good for long.',
  ),
  28: field('stun.att.hmac_sha256', 'Message integrity, SHA-256', {
    type: 'bytes',
    explain: 'HMAC-SHA256 over the message, whole or cut short.',
    section: 'RFC 8489 §14.6',
  }),
  32802: text('software', 'Software', '14', 'The program that speaks, in its own words.'),
  32809: field('stun.att.tie-breaker', 'Tie breaker', {
    type: 'bytes',
    explain: 'Who of the two decides, where both think they do: the larger number wins.',
    section: 'RFC 8445 §7.1.3',
  }),
}

function errorSaid(number: number, layer: LayerView): string {
  return stunErrorMeanings[layer.number(a.errorClass) * 100 + number] ?? ''
}
