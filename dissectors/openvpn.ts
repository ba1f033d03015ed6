import { printDetails } from '../src/dissect/detail-lines.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { openvpnLesson } from './lessons/daemons.ts'
import { tcpPorts, udpPorts } from './numbers/ports.ts'
import { f, opcodes } from './openvpn-fields.ts'
import {
  formOf,
  looksLikeOpenvpn,
  looksLikeReset,
  noForm,
  plain,
  tlsCrypt,
  undecided,
} from './openvpn-looks.ts'
import { walkTls } from './openvpn-tls.ts'
import { tcp } from './tcp.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Length, only over TCP         | Opcode  | Key |  then
//
// Data V1: what is encrypted.  Data V2: Peer ID (24), what is encrypted.
// Control: Session ID (64), [tls-auth: HMAC, Packet ID (32), Time (32)], Count (8), Count × Message ID (32),
//          [Remote Session ID (64)], [Message ID (32), TLS]
// Control in tls-crypt: Session ID (64), Packet ID (32), Time (32), Tag (256), the rest encrypted, [wrapped key, Length (16)]

const lastOpcode = 11
const [control, ack, dataV1, dataV2, resetClientV3, controlWrapped] = [4, 5, 6, 9, 10, 11]

export const openvpn: ReturnType<typeof protocol> = protocol({
  id: 'openvpn',
  name: 'OpenVPN',
  reference: 'https://openvpn.net/community-docs/openvpn-protocol.html',
  about:
    'A tunnel over one UDP or TCP port: TLS agrees on keys in its control channel, data packets are encrypted with them. What stays visible is who talks to whom, sizes, times, and the frame of the handshake, unless tls-crypt hides that too.',
  lesson: openvpnLesson,
  fields: f,
  claims: [
    [udpPorts, 1194],
    [tcpPorts, 1194],
  ],
  guess: {
    space: udpPorts,
    further: tcpPorts,
    // Over UDP the three resets, over TCP the upper half of their length.
    first: [
      [0, 8],
      [0x38, 0x38],
      [0x40, 0x40],
      [0x50, 0x50],
    ],
    begins: (r, space) => (space === udpPorts ? looksLikeReset(r, 0) : looksLikeFirst(r)),
    // Over TCP messages begin anywhere in a segment.
    goesOn: (r, space) => space === tcpPorts || looksLikeOpenvpn(r),
  },
  message: (r, sure) => (sure || fillsSegment(r) ? messageLength(r, 0) : -1),
  walk(r) {
    if (r.around === tcp) r.limitTo(2 + r.u16(f.length), f.length)
    return walkMessage(r)
  },
  summary: summarize,
  line: printDetails,
})

/** Over TCP: true for a reset alone in its segment. */
const looksLikeFirst = (r: Reader): boolean =>
  r.left > 2 && messageLength(r, 0) === r.left && looksLikeReset(r, 2)

/** Control messages are shorter, and so are packets for links of 1500 bytes, which with a static key have no opcode. */
const longestUnmarked = 2048

/** Over TCP: bytes of the message `ahead` bytes on, the two of its length included; 0: too few of them to tell, -1: none begins there. */
function messageLength(r: Reader, ahead: number): number {
  const first = r.peek(ahead + 2)
  if (first < 0) return 0
  const length = (r.peek(ahead) << 8) | r.peek(ahead + 1)
  const isData = first >> 3 === dataV1 || first >> 3 === dataV2
  return length > 0 && (isData || length <= longestUnmarked) ? length + 2 : -1
}

/** True where one length after the other leads to the end of the segment, with an opcode behind each. */
function fillsSegment(r: Reader): boolean {
  let at = 0
  while (at < r.left) {
    const opcode = r.peek(at + 2) >> 3
    if (opcode <= 0 || opcode > lastOpcode) return false
    at += messageLength(r, at)
  }
  return at === r.left
}

function walkMessage(r: Reader): Next {
  const opcode = r.peek() >> 3
  if (r.peek() >= 0 && (opcode === 0 || opcode > lastOpcode)) return walkUnread(r, 'No opcode of OpenVPN')
  if (opcode === dataV1 || opcode === dataV2) return walkData(r, opcode)
  const form = formOf(r, opcode)
  if (form === noForm) return walkUnread(r, 'No form of a control message fits')
  const keyId = r.u8(f.type) & 7
  const session = r.pos
  r.u64(f.session)
  if (form === undecided) r.rest(f.undecided)
  if (form === tlsCrypt) return walkCrypt(r, opcode)
  if (form !== plain) walkAuth(r, form)
  walkAcks(r)
  if (opcode === ack) return r.carry(undefined)
  const message = r.u32(f.messageId)
  return walkTls(r, { session, keyId, message, opens: opcode !== control })
}

function walkUnread(r: Reader, what: string): Next {
  r.status('unknown')
  if (r.noting)
    r.note(
      'info',
      `${what}: a static key, with which packets have no header, a part of a stream, or another protocol`,
    )
  r.rest(f.unread)
  return r.carry(undefined)
}

function walkData(r: Reader, opcode: number): Next {
  r.u8(f.type)
  if (opcode === dataV2) r.u24(f.peerId)
  const high = (r.peek() << 8) | r.peek(1)
  const low = (r.peek(2) << 8) | r.peek(3)
  // One of 65536 packets that begin with an HMAC looks so as well.
  if (r.noting && high === 0 && low > 0 && r.left > 20)
    r.note('info', `With an AEAD cipher this is packet ${low}, which is likely: an HMAC would look random`)
  return r.opaque(f.data, 'Encrypted: the packet inside can be read only with the keys of this session')
}

function walkAuth(r: Reader, size: number): void {
  r.octets(f.hmac, size)
  if (r.checking)
    r.noteField(
      'info',
      `tls-auth with an HMAC of ${size} bytes: a guess, for packet ID, time and acknowledgments make sense behind it`,
    )
  r.u32(f.replayId)
  r.u32(f.netTime)
}

function walkAcks(r: Reader): void {
  const count = r.u8(f.ackCount)
  if (r.checking && count > 8)
    r.noteField('warning', 'More than the 8 acknowledgments that a message has at most')
  for (let i = 0; i < count; i++) r.u32(f.ack)
  if (count > 0) r.u64(f.remoteSession)
}

function walkCrypt(r: Reader, opcode: number): Next {
  r.u32(f.replayId)
  r.u32(f.netTime)
  r.octets(f.tag, 32)
  const why = 'tls-crypt, a guess from packet ID and time: all that follows can be read only with its key'
  const wrapped = opcode === resetClientV3 || opcode === controlWrapped ? wrappedLength(r) : 0
  if (wrapped === 0) return r.opaque(f.wrapped, why)
  r.status('opaque')
  r.note('info', why)
  r.octets(f.wrapped, r.left - wrapped)
  r.open(f.clientKey, wrapped)
  r.octets(f.encryptedKey, wrapped - 2)
  r.u16(f.clientKeyLength)
  r.close()
  return r.carry(undefined)
}

/** Bytes of the wrapped key at the end, its length included; 0 where that cannot be. */
function wrappedLength(r: Reader): number {
  if (!r.whole || r.left < 2) return 0
  const length = (r.peek(r.left - 2) << 8) | r.peek(r.left - 1)
  return length > 2 && length <= r.left ? length : 0
}

function summarize(v: LayerView): string {
  if (!v.has(f.type)) return 'no message of a TLS session'
  const opcode = v.number(f.opcode)
  const name = opcodes[opcode] ?? ''
  if (opcode === dataV2) return `${name}, peer ${v.number(f.peerId)}, key ${v.number(f.keyId)}`
  if (opcode === dataV1) return `${name}, key ${v.number(f.keyId)}`
  const message = v.has(f.messageId) ? `, message ${v.number(f.messageId)}` : ''
  const acks = v.has(f.ack) ? `, acknowledges ${v.number(f.ackCount)}` : ''
  const wrap = v.has(f.tag) ? ', tls-crypt' : v.has(f.hmac) ? ', tls-auth' : ''
  return `${name}${wrap}${message}${acks}`
}
