import { type Field, glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { tcpPorts } from './numbers/ports.ts'
import { sshMessages } from './numbers/ssh.ts'
import { frameFields as f, listFields } from './ssh-fields.ts'
import { messageFields } from './ssh-message-fields.ts'
import { walkMessage } from './ssh-messages.ts'

// SSH-2.0-software comments CR LF           once, from each side
//
//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |                         Packet Length                         |
// | Padding Length|  Message, its code first …
// |  Padding …                       and a MAC once there are keys

const lists: Readonly<Record<string, Field>> = Object.fromEntries(
  listFields.flatMap(([length, list]) => [
    [length.name, length],
    [list.name, list],
  ]),
)

export const ssh = protocol({
  id: 'ssh',
  name: 'Secure Shell',
  short: 'SSH',
  reference: 'RFC 4253, RFC 4251, OpenBSD PROTOCOL',
  about:
    'Logs in to other machines, moves files, forwards ports, and with -w carries whole packets as a tunnel, all in one encrypted stream.',
  fields: glossary(f, lists, messageFields),
  // SSH and NETCONF over SSH.
  claims: [[tcpPorts, 22, 830]],
  walk(r) {
    while (r.more()) walkNext(r)
    return r.carry(undefined)
  },
  summary: summarize,
  line: (v, line) => line.out.ascii(': ssh ').text(v.summary),
})

/** RFC 4253 §6.1: all have to take 35000 bytes, MAC and all; OpenSSH takes 256 kB. */
const longest = 0x40000

/** Messages that may stand in the clear. */
const isClear = (code: number): boolean =>
  (code >= 1 && code <= 7) || code === 20 || code === 21 || (code >= 30 && code <= 41)

/** Bytes of the packet at the cursor by its length, 4 included; 0 where too little is here to tell. */
function announced(r: Reader): number {
  if (r.peek(3) < 0) return 0
  return 4 + ((r.peek() << 24) | (r.peek(1) << 16) | (r.peek(2) << 8) | r.peek(3))
}

/**
 * True where a packet in the clear is at the cursor: its length fills blocks of 8 bytes, its padding fits in, its code is one
 * that needs no keys. Random bytes pass once in a million times.
 */
function looksClear(r: Reader, length: number): boolean {
  const padding = r.peek(4)
  if (length < 16 || length > longest || length % 8 !== 0) return false
  if (padding < 4 || padding + 6 > length || !isClear(r.peek(5))) return false
  // Behind a packet with an encrypted body and its length in clear comes a MAC, which is no packet.
  return length >= r.left || startsLine(r, length) || r.peek(5) === newKeys || looksLength(r, length)
}

const newKeys = 21

/** True where a small length stands `ahead` bytes on. */
const looksLength = (r: Reader, ahead: number): boolean => r.peek(ahead) <= 0 && r.peek(ahead + 1) <= 3

const startsLine = (r: Reader, ahead: number): boolean =>
  r.peek(ahead) === 0x53 &&
  r.peek(ahead + 1) === 0x53 &&
  r.peek(ahead + 2) === 0x48 &&
  r.peek(ahead + 3) === 0x2d

/**
 * Bytes of the message at the cursor, for putting a stream together: a line, or a packet in the clear. 0 where more bytes
 * are needed to tell; -1 where nothing in the clear begins here, as always once there are keys.
 */
export function sshMessageLength(r: Reader): number {
  if (startsLine(r, 0)) return lineLength(r)
  const length = announced(r)
  if (length === 0) return r.left < 4 ? 0 : -1
  if (r.peek(5) < 0) return length > 0 && length <= longest ? 0 : -1
  return looksClear(r, length) ? length : -1
}

/** RFC 4253 §4.2. */
const longestLine = 255

/** Bytes of the line at the cursor with its end; 0 where the end is not here, -1 where it is too far. */
function lineLength(r: Reader): number {
  for (let i = 0; i < longestLine; i++) {
    const byte = r.peek(i)
    if (byte < 0) return 0
    if (byte === 0x0a) return i + 1
  }
  return -1
}

function walkNext(r: Reader): void {
  const length = announced(r)
  if (startsLine(r, 0)) walkLine(r, f.protocol)
  else if (!looksClear(r, length)) walkOther(r)
  else if (length > r.left) walkBeginning(r, length)
  else walkPacket(r, length)
}

function walkOther(r: Reader): void {
  if (r.pos === r.start && isText(r)) walkLine(r, f.banner)
  else walkEncrypted(r)
}

/** True where a whole line of printable characters is here. */
function isText(r: Reader): boolean {
  const length = lineLength(r)
  for (let i = 0; i < length - 2; i++) if (r.peek(i) < 0x20 || r.peek(i) > 0x7e) return false
  return length > 4
}

function walkLine(r: Reader, line: Field<'text'>): void {
  const length = lineLength(r)
  // Without an end the line is what is here of it.
  if (length <= 0) {
    r.rest(line)
    return
  }
  const end = r.peek(length - 2) === 0x0d ? 2 : 1
  r.text(line, length - end)
  r.octets(f.lineEnd, end)
}

function walkPacket(r: Reader, length: number): void {
  r.open(f.packet)
  r.u32(f.packetLength)
  r.claim(length, f.packetLength)
  const padding = r.u8(f.paddingLength)
  r.open(f.message, r.left - padding)
  walkMessage(r)
  r.close()
  r.octets(f.padding, padding)
  r.close()
}

function walkBeginning(r: Reader, length: number): void {
  r.open(f.packet)
  r.u32(f.packetLength)
  if (r.noting)
    r.noteField(
      'info',
      `The packet has ${length} bytes, ${r.left + 4} of them in this segment; the rest is in later ones, which are not put together`,
    )
  r.u8(f.paddingLength)
  r.rest(f.part)
  r.close()
}

/** Bytes of MACs and tags that are in use: UMAC-64, AES-GCM, UMAC-128, SHA-1, SHA-256, SHA-512, and truncated ones. */
const macSizes = [8, 16, 20, 32, 64, 12]

/** Reads packets whose lengths stand in clear, which one size of MAC between them makes fill the segment; or takes all as encrypted. */
function walkEncrypted(r: Reader): void {
  let mac = 0
  for (let i = 0; i < macSizes.length && mac === 0; i++) if (fills(r, macSizes[i]!)) mac = macSizes[i]!
  if (mac === 0) {
    r.opaque(
      f.encrypted,
      'Encrypted, its length too, or a piece of a longer packet: what is inside, and where packets begin, only the two ends know',
    )
    return
  }
  while (r.left > 0) {
    const length = announced(r) - 4
    r.open(f.packet)
    r.u32(f.clearLength)
    r.octets(f.encrypted, length)
    r.octets(f.mac, mac)
    r.close()
  }
  r.status('opaque')
  r.note(
    'info',
    'Encrypted with lengths in clear (encrypt-then-MAC or AES-GCM), a guess: they fill the segment to the byte. A tunnel of ssh -w does not show otherwise',
  )
}

/** True where packets with MACs of this size fill what is left. Each has whole blocks; a random word passes once in a billion times. */
function fills(r: Reader, mac: number): boolean {
  let at = 0
  while (at < r.left) {
    if (r.peek(at) !== 0 || r.peek(at + 1) < 0 || r.peek(at + 1) > 3) return false
    const length = (r.peek(at + 1) << 16) | (r.peek(at + 2) << 8) | r.peek(at + 3)
    if (length < 8 || length % 8 !== 0) return false
    at += 4 + length + mac
  }
  return at === r.left
}

function summarize(v: LayerView): string {
  for (const asked of [f.protocol, f.messageCode, f.encrypted, f.banner]) v.at(asked)
  const names: string[] = []
  let [sealed, bytes] = [0, 0]
  const { fields, values, first, last, bitLengths } = v.found
  for (let i = first[v.index]!; i < last[v.index]!; i++) {
    const value = values[i]!
    if (fields[i] === f.messageCode) names.push(sshMessages[value] ?? `message ${value}`)
    if (fields[i] !== f.encrypted) continue
    sealed++
    bytes += bitLengths[i]! >> 3
  }
  if (v.has(f.protocol)) names.unshift(v.show(f.protocol))
  if (sealed > 0) names.push(`encrypted, ${bytes} bytes${sealed > 1 ? ` in ${sealed} packets` : ''}`)
  return names.length > 0 ? names.join(', ') : v.has(f.banner) ? 'text' : 'part of a packet'
}
