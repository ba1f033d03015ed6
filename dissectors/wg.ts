import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { wgLesson } from './lessons/daemons.ts'
import { udpPorts } from './numbers/ports.ts'
import { f, messages, packetBytes } from './wg-fields.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Type      |              Reserved (zeros)                 |
//
// All numbers are little-endian. Then, with lengths in bytes:
// 1: Sender (4), Ephemeral (32), Encrypted Static (48), Encrypted Timestamp (28), MAC1 (16), MAC2 (16)
// 2: Sender (4), Receiver (4), Ephemeral (32), Encrypted Empty (16), MAC1 (16), MAC2 (16)
// 3: Receiver (4), Nonce (24), Encrypted Cookie (32)
// 4: Receiver (4), Counter (8), Encrypted Packet (16 and more, multiples of 16)

/** Bytes of each message, the least of them for data. */
const lengths: readonly number[] = [0, 148, 92, 64, 32]

/** True where type, zeros and length are those of a message of WireGuard. */
function looksLikeWireGuard(r: Reader): boolean {
  const type = r.peek()
  if (type < 1 || type > 4 || (r.peek(1) | r.peek(2) | r.peek(3)) !== 0) return false
  // Handshakes and cookies have one length each: 32 bits of type and the exact length.
  if (type < 4) return r.left === lengths[type]
  // Data is filled up to 16 bytes, and a session ends long before its counter needs the upper two of its 8 bytes.
  return r.left >= 32 && r.left % 16 === 0 && (r.peek(14) | r.peek(15)) === 0
}

export const wg = protocol({
  id: 'wg',
  name: 'WireGuard',
  reference: 'https://www.wireguard.com/protocol/',
  about:
    'A tunnel for IP packets over UDP: two messages agree on keys, all others carry one encrypted packet each. Addresses, protocols and ports inside are hidden; who talks to whom, when, and roughly how much stays visible.',
  lesson: wgLesson,
  fields: f,
  claims: [[udpPorts, 51820]],
  guess: { space: udpPorts, begins: looksLikeWireGuard },
  walk(r) {
    const type = r.u8(f.type)
    if (lengths[type] === undefined || type === 0) return walkUnknown(r)
    const marked = r.checking && (r.peek() | r.peek(1) | r.peek(2)) > 0
    r.octets(f.reserved, 3)
    if (marked)
      r.noteField(
        'warning',
        'These bytes are to be 0: another protocol, or a service that marks its packets here',
      )
    if (type === 1) walkInitiation(r)
    else if (type === 2) walkResponse(r)
    else if (type === 3) walkCookie(r)
    else return walkData(r)
    if (r.left > 0) trail(r, type)
    return r.carry(undefined)
  },
  summary: summarize,
  line: printWireGuard,
})

function walkUnknown(r: Reader): Next {
  r.status('unknown')
  r.note('info', 'No message of WireGuard has this type')
  if (r.left > 0) r.rest(f.unknown)
  return r.carry(undefined)
}

function walkInitiation(r: Reader): void {
  r.u32le(f.sender)
  r.octets(f.ephemeral, 32)
  r.octets(f.encryptedStatic, 48)
  r.octets(f.encryptedTimestamp, 28)
  walkMacs(r)
}

function walkResponse(r: Reader): void {
  r.u32le(f.sender)
  r.u32le(f.receiver)
  r.octets(f.ephemeral, 32)
  r.octets(f.encryptedEmpty, 16)
  walkMacs(r)
}

function walkMacs(r: Reader): void {
  r.octets(f.mac1, 16)
  const asked = r.checking && isSet(r, 16)
  r.octets(f.mac2, 16)
  if (asked) r.noteField('info', 'The sender was asked for a cookie before, and shows it here')
}

/** True where one of the next `length` bytes is not 0. */
function isSet(r: Reader, length: number): boolean {
  for (let i = 0; i < length; i++) if (r.peek(i) > 0) return true
  return false
}

function walkCookie(r: Reader): void {
  r.u32le(f.receiver)
  r.octets(f.nonce, 24)
  r.octets(f.encryptedCookie, 32)
}

function walkData(r: Reader): Next {
  r.u32le(f.receiver)
  r.u64le(f.counter)
  if (r.left < 16) r.malformed(`Encrypted Packet is ${r.left} bytes, its tag alone has 16`)
  if (r.checking && r.left % 16 !== 0)
    r.note('warning', 'WireGuard fills packets up to multiples of 16 bytes, this one is none')
  const why =
    r.left === 16
      ? 'A keepalive: nothing is inside, it tells the peer and NAT devices under way that the sender is there'
      : 'Encrypted: the IP packet inside can be read only with the keys of this session'
  return r.opaque(f.encryptedPacket, why)
}

function trail(r: Reader, type: number): void {
  if (r.checking)
    r.note('warning', `${messages[type]} has ${lengths[type]} bytes, more of them are here: it is refused`)
  r.rest(f.unknown)
}

function summarize(v: LayerView): string {
  const type = v.number(f.type)
  const from = v.has(f.sender) ? `, from ${v.show(f.sender)}` : ''
  const to = v.has(f.receiver) ? `, to ${v.show(f.receiver)}` : ''
  if (type !== 4) return `${messages[type]?.toLowerCase() ?? `unknown type ${type}`}${from}${to}`
  const counter = `${to}, counter ${v.show(f.counter)}`
  const inside = packetBytes(v)
  return inside === 0 ? `keepalive${counter}` : `data${counter}, ${inside} bytes encrypted`
}

/** WireGuard as OpenBSD’s tcpdump prints it. */
function printWireGuard(v: LayerView, line: Line): void {
  const { out } = line
  const type = v.number(f.type)
  const known = type === 4 ? v.extent >= 32 : v.extent === lengths[type]
  if (!known || type === 0) {
    out.ascii('[wg] unknown')
    return
  }
  if (type === 1) out.ascii('[wg] initiation from ').text(v.show(f.sender))
  else if (type === 2)
    out.ascii('[wg] response from ').text(v.show(f.sender)).ascii(' to ').text(v.show(f.receiver))
  else if (type === 3) out.ascii('[wg] cookie  to ').text(v.show(f.receiver))
  else printData(v, line)
}

function printData(v: LayerView, line: Line): void {
  const { out } = line
  const inside = packetBytes(v)
  if (inside > 0) out.ascii('[wg] data length ').decimal(inside).ascii(' to ')
  else out.ascii('[wg] keepalive to ')
  out.text(v.show(f.receiver)).ascii(' nonce ').text(v.show(f.counter))
}
