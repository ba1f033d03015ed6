import { bytes, field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'

/** Key material as wg(8) prints it. */
const base64 = (all: Uint8Array, start: number, length: number): string =>
  Buffer.from(all.buffer, all.byteOffset + start, length).toString('base64')

/** A little-endian number of up to 64 bits. */
const littleNumber = (all: Uint8Array, start: number, length: number): string => {
  let value = 0n
  for (let i = Math.min(length, 8) - 1; i >= 0; i--) value = (value << 8n) | BigInt(all[start + i]!)
  return String(value)
}

/** Names of the four messages, as the protocol's paper has them. */
export const messages: Readonly<Record<number, string>> = {
  1: 'Handshake Initiation',
  2: 'Handshake Response',
  3: 'Cookie Reply',
  4: 'Transport Data',
}

const purposes: Readonly<Record<number, string>> = {
  1: 'The first message of a handshake: who begins shows a fresh key, and, encrypted, who it is. There is no negotiation: WireGuard has one set of algorithms.',
  2: 'Answers the first message. After it both sides have the same keys, and two messages were all it took; a new handshake follows about every two minutes.',
  3: 'Sent by a busy peer in place of an answer: it hands out a cookie, and computes nothing costly until the sender has shown that its address is real.',
  4: 'Carries one encrypted IP packet, or nothing at all: then it is a keepalive.',
}

/** The glossary of WireGuard. */
export const f = {
  type: field('wg.type', 'Type', {
    explain:
      'Tells which of the four kinds of messages this is, and so its layout: three belong to the handshake, the fourth carries packets.',
    values: messages,
    meanings: purposes,
    here: value => (purposes[value] === undefined ? `${value} is none of the four kinds.` : ''),
  }),
  reserved: field('wg.reserved', 'Reserved', {
    type: 'bytes',
    explain:
      'Zeros. They make the type a little-endian number of 32 bits, so that what follows lies where computers read it fast. Some services put marks of their own here.',
  }),
  sender: field('wg.sender', 'Sender', {
    explain:
      'The index that the sender made up for this session. The other side puts it into Receiver from now on: so a packet finds its keys, whatever address it comes from.',
    show: hex(8),
  }),
  receiver: field('wg.receiver', 'Receiver', {
    explain:
      'The index that the receiver chose, as Sender, in its own handshake message: it tells which session, and so which keys, the packet belongs to. Addresses and ports may change under way, this does not.',
    show: hex(8),
  }),
  ephemeral: field('wg.ephemeral', 'Ephemeral', {
    type: 'bytes',
    explain:
      'A Curve25519 public key made for this handshake and thrown away after it: whoever steals the long-term keys later still cannot read what was recorded today.',
    read: base64,
  }),
  encryptedStatic: field('wg.encrypted_static', 'Encrypted Static', {
    type: 'bytes',
    explain:
      'The initiator’s long-term public key (32 bytes and a tag of 16), encrypted so that only the responder can read it: a listener does not learn who calls.',
  }),
  encryptedTimestamp: field('wg.encrypted_timestamp', 'Encrypted Timestamp', {
    type: 'bytes',
    explain:
      'The time (12 bytes of TAI64N and a tag of 16). A responder takes only a later one than before, so a recorded initiation is of no use to whoever sends it again.',
  }),
  encryptedEmpty: field('wg.encrypted_empty', 'Encrypted Empty', {
    type: 'bytes',
    explain:
      'A tag of 16 bytes over nothing: it shows that the responder has the right long-term key, and the preshared key where there is one.',
  }),
  mac1: field('wg.mac1', 'MAC1', {
    type: 'bytes',
    explain:
      'Made with the receiver’s public key, so only who knows that key gets any answer. To a port scanner WireGuard is silent.',
  }),
  mac2: field('wg.mac2', 'MAC2', {
    type: 'bytes',
    explain:
      'Made with a cookie that the receiver sent before, which shows that the sender’s address is real. Zeros while nobody has asked for one.',
    here: (_value, layer) => cookieSaid(layer),
  }),
  nonce: field('wg.nonce', 'Nonce', {
    type: 'bytes',
    explain: 'Random, and used once: the same cookie never looks the same twice on the wire.',
  }),
  encryptedCookie: field('wg.encrypted_cookie', 'Encrypted Cookie', {
    type: 'bytes',
    explain:
      'A cookie of 16 bytes and a tag of 16. The receiver keys MAC2 of its next handshake message with it. Only who sent the message it answers can decrypt it.',
  }),
  counter: field('wg.counter', 'Counter', {
    explain:
      'Counts the packets of this direction from 0 on. It is the nonce of the encryption, and the receiver drops a number that it has seen: no packet counts twice.',
    read: littleNumber,
    here: (_value, layer) => counterSaid(layer),
  }),
  encryptedPacket: field('wg.encrypted_packet', 'Encrypted Packet', {
    type: 'bytes',
    explain:
      'An IP packet and a tag of 16 bytes that proves its sender, encrypted by ChaCha20-Poly1305 with keys that exist only in the memory of both peers. Zeros fill the packet up to a multiple of 16 bytes, so that its exact length stays hidden.',
    here: (_value, layer) => sizeSaid(layer),
  }),
  unknown: field('wg.data', 'Data', {
    type: 'bytes',
    explain: 'What follows a type that is not WireGuard’s: another service may use this port.',
  }),
}

function cookieSaid(layer: LayerView): string {
  if (!layer.has(f.mac2)) return ''
  const start = layer.start(f.mac2)
  const isEmpty = layer.bytes.subarray(start, start + 16).every(byte => byte === 0)
  return isEmpty
    ? 'It is all zeros: the sender was not asked for a cookie, so the receiver is not under load.'
    : 'It is filled in: the receiver was busy and asked for a cookie in a Cookie Reply.'
}

/** How far a direction has come: a first packet, or one after how many. */
function counterSaid(layer: LayerView): string {
  if (!layer.has(f.counter)) return ''
  const count = BigInt(littleNumber(layer.bytes, layer.start(f.counter), 8))
  if (count === 0n)
    return 'This is the first packet under these keys. The initiator sends it at once: until it arrives the responder may send nothing.'
  return `${count.toLocaleString('en-US')} ${count === 1n ? 'packet was' : 'packets were'} sent under these keys before it.`
}

function sizeSaid(layer: LayerView): string {
  const inside = packetBytes(layer)
  return inside > 0
    ? `The packet has at most ${bytes(inside)} here, the zeros included.`
    : 'Nothing but the tag: a keepalive, which shows that the peer is there and has the key.'
}

/** Bytes inside the encryption, filling included. */
export const packetBytes = (layer: LayerView): number => Math.max(0, layer.extent - 32)
