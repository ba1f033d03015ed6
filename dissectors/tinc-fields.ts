import { field } from '../src/dissect/field.ts'
import { type LayerView, textAt } from '../src/dissect/layer-view.ts'

/** Names of requests by their numbers; those from 18 on are of tinc 1.1. */
export const requests: readonly string[] = [
  'ID',
  'METAKEY',
  'CHALLENGE',
  'CHAL_REPLY',
  'ACK',
  'STATUS',
  'ERROR',
  'TERMREQ',
  'PING',
  'PONG',
  'ADD_SUBNET',
  'DEL_SUBNET',
  'ADD_EDGE',
  'DEL_EDGE',
  'KEY_CHANGED',
  'REQ_KEY',
  'ANS_KEY',
  'PACKET',
  'CONTROL',
  'REQ_PUBKEY',
  'ANS_PUBKEY',
  'SPTPS_PACKET',
  'UDP_INFO',
  'MTU_INFO',
]

const word = (name: string, label: string, explain: string) =>
  field(`tinc.${name}`, label, { type: 'text', explain })

/** `METAKEY (1)`, of the digits at `start`. */
export const requestName = (all: Uint8Array, start: number, length: number): string => {
  const number = textAt(all, start, length)
  return `${requests[Number(number)] ?? 'unassigned'} (${number})`
}

/** What the requests are for that can be read, as nothing of this connection is encrypted yet. */
const purposes: Readonly<Record<string, string>> = {
  0: 'ID: who speaks, and in which version. The other side looks up the key that it has for this name.',
  1: 'METAKEY: the key under which everything that this side sends from here on is encrypted, itself encrypted for the other side.',
  4: 'ACK: the other side is accepted. In clear it shows that encryption is switched off.',
  5: 'STATUS: a number and a text for people.',
  6: 'ERROR: why the connection is closed.',
  7: 'TERMREQ: the connection is to be closed.',
  8: 'PING: asks whether the other side is alive.',
  9: 'PONG: the answer to a PING.',
}

/** What the only request of a layer is for; of several, the view does not tell which one is meant. */
function requestSaid(layer: LayerView): string {
  const record = layer.at(f.request)
  if (record < 0 || layer.at(f.request, record) >= 0) return ''
  return purposes[textAt(layer.bytes, layer.position(record), layer.found.bitLengths[record]! >> 3)] ?? ''
}

/** The glossary of tinc’s meta-protocol. */
export const f = {
  group: field('tinc.request', 'Request', {
    type: 'group',
    explain: 'A line of text that ends with a newline: the number of a request and words after it.',
  }),
  request: field('tinc.request.number', 'Request number', {
    type: 'text',
    explain:
      'What the line is for. In tinc 1.0 a listener sees the first two of each side, ID and METAKEY; then encryption begins.',
    read: requestName,
    here: (_value, layer) => requestSaid(layer),
  }),
  blank: word('blank', 'Separator', 'A blank between words, or the newline at the end of the request.'),
  name: word(
    'name',
    'Name',
    'The name of the node that speaks, in clear: the other side looks for its public key under it.',
  ),
  version: word(
    'version',
    'Protocol version',
    '17 for tinc 1.0; with a minor number behind a dot for tinc 1.1, which from 17.2 on goes over to its own encryption (SPTPS).',
  ),
  cipher: word(
    'cipher',
    'Cipher',
    'OpenSSL’s number of the cipher for this connection: 427 is AES-256-CBC, 429 AES-256-CFB, 91 Blowfish-CBC, 0 none.',
  ),
  digest: word('digest', 'Digest', 'OpenSSL’s number of the hash: 672 is SHA-256, 64 SHA-1.'),
  macLength: word(
    'maclength',
    'MAC length',
    'Bytes of a hash that packets carry; on this connection none do.',
  ),
  compression: word(
    'compression',
    'Compression',
    'How packets are compressed: 0 not at all, 1 to 9 by zlib, 10 and 11 by LZO.',
  ),
  key: word(
    'key',
    'Key',
    'A random key for what this side sends, in hexadecimal, encrypted with the other side’s RSA key. Whoever steals that key later can read what was recorded today.',
  ),
  other: word('word', 'Word', 'A word that this request has and whose place has no name here.'),
  part: field('tinc.part', 'Beginning of a message', {
    type: 'bytes',
    explain: 'A request or a message of the handshake whose end the capture does not have.',
  }),
  record: field('tinc.sptps', 'SPTPS record', {
    type: 'group',
    explain: 'A message of tinc 1.1’s own handshake, which is readable until both sides have signed.',
  }),
  length: field('tinc.sptps.length', 'Length', {
    explain: 'Bytes of the body that follows the type: 65 for an exchange of keys, 64 for a signature.',
  }),
  type: field('tinc.sptps.type', 'Type', {
    explain: 'Tells the handshake from what is sent when it is over; only the handshake can be read.',
    values: { 128: 'Handshake' },
    meanings: {
      128: 'An exchange of keys or a signature. Everything behind both sides’ signatures is encrypted.',
    },
  }),
  sptpsVersion: field('tinc.sptps.version', 'Version', {
    explain: 'Which version of the handshake follows: 0, the only one there is.',
  }),
  nonce: field('tinc.sptps.nonce', 'Nonce', {
    type: 'bytes',
    explain: 'Random, and part of what is signed: so no old signature fits.',
  }),
  publicKey: field('tinc.sptps.key', 'Public key', {
    type: 'bytes',
    explain:
      'Made for this connection and thrown away after it: what was recorded stays unreadable even if long-term keys are stolen.',
  }),
  signature: field('tinc.sptps.signature', 'Signature', {
    type: 'bytes',
    explain:
      'Ed25519, over both exchanges of keys and the names: it shows who made them. What follows it is encrypted.',
  }),
  encrypted: field('tinc.encrypted', 'Encrypted', {
    type: 'bytes',
    explain:
      'Requests, encrypted: challenges and their replies, then subnets, edges of the mesh, and the keys of data packets. In tinc 1.0 nothing tells where one begins.',
  }),
}

/** What the words of a request say, by its number; further ones are words. */
export const words: readonly (readonly (typeof f.name)[])[] = [
  [f.name, f.version],
  [f.cipher, f.digest, f.macLength, f.compression, f.key],
]

/** The glossary of tinc’s data packets. */
export const d = {
  destination: field('tinc.dst_id', 'Destination ID', {
    type: 'bytes',
    explain:
      'The beginning of a hash of the name of the node that the packet is for: a node under way passes it on without being able to read it. Zeros: for whoever receives it.',
  }),
  source: field('tinc.src_id', 'Source ID', {
    type: 'bytes',
    explain:
      'The beginning of a hash of the name of the node that sent the packet: by it the receiver finds the keys.',
  }),
  sequence: field('tinc.seqno', 'Sequence number', {
    explain:
      'Counts the packets of this session from 0 on, handshake included: it is the nonce of the encryption, and old packets sent again are noticed.',
  }),
  payload: field('tinc.payload', 'Encrypted packet', {
    type: 'bytes',
    explain:
      'A packet or an Ethernet frame of the mesh, its type, and a tag of 16 bytes, encrypted with ChaCha20-Poly1305.',
  }),
  opaque: field('tinc.packet', 'Encrypted packet', {
    type: 'bytes',
    explain:
      'In tinc 1.0 everything is encrypted, sequence number and packet alike, and a few bytes of an HMAC follow. The keys went through the meta connection.',
  }),
}
