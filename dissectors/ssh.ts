import { type Field, glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { sshLesson } from './lessons/daemons.ts'
import { tcpPorts } from './numbers/ports.ts'
import { sshMessages } from './numbers/ssh.ts'
import { frameFields as f, listFields } from './ssh-fields.ts'
import { messageFields } from './ssh-message-fields.ts'
import { walkMessage } from './ssh-messages.ts'
import { together } from './together.ts'

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
  lesson: sshLesson,
  fields: glossary(f, lists, messageFields),
  // SSH and NETCONF over SSH.
  claims: [[tcpPorts, 22, 830]],
  guess: { space: tcpPorts, first: [[0x53, 0x53]], begins: looksLikeVersion, goesOn: () => true },
  message: r => together(r, lengthAt),
  walk(r) {
    while (r.more()) walkNext(r)
    return r.carry(undefined)
  },
  summary: summarize,
})

/** RFC 4253 §6.1: all have to take 35000 bytes, MAC and all. What is in the clear is never longer. */
const longest = 35000

/** Lengths, code and the first word of a packet. */
const headLength = 10

const wordAt = (r: Reader, ahead: number): number =>
  r.peek(ahead) * 0x1000000 + ((r.peek(ahead + 1) << 16) | (r.peek(ahead + 2) << 8) | r.peek(ahead + 3))

const cookieLength = 16

const [disconnect, ignore, unimplemented, debug, kexInit, newKeys] = [1, 2, 3, 4, 20, 21]

/** True where the first words of a message of `size` bytes, its code at `at` included, are such as the code asks for. */
function fitsCode(r: Reader, at: number, size: number): boolean {
  const code = r.peek(at)
  const word = wordAt(r, at + 1)
  if (code === disconnect) return word < 256
  if (code === ignore) return 5 + word === size
  if (code === unimplemented) return size === 5
  if (code === debug) return r.peek(at + 1) < 2 && wordAt(r, at + 2) < size
  if (code === kexInit) return wordAt(r, at + 1 + cookieLength) < size
  if (code === newKeys) return size === 1
  // Of a method of key exchange: a string first, or sizes of groups.
  return code >= 30 && code <= 34 && (5 + word <= size || size === 5 || size === 13)
}

/**
 * Bytes of the packet in the clear that begins `ahead` bytes on; 0 where too few of them are here to tell, -1 where none
 * begins there: its length fills blocks of 8 bytes, its padding fits in, its code needs no keys, its first words fit. Of
 * encrypted ones, whose length may be in the clear as well, one of some thousand passes.
 */
function packetLength(r: Reader, ahead: number): number {
  if (r.peek(ahead) > 0 || r.peek(ahead + 1) > 0) return -1
  const isInit = r.peek(ahead + 5) === kexInit
  if (r.peek(ahead + headLength - 1 + (isInit ? cookieLength : 0)) < 0) return 0
  const length = 4 + wordAt(r, ahead)
  const padding = r.peek(ahead + 4)
  if (length < 16 || length > longest || length % 8 !== 0) return -1
  if (padding < 4 || padding + 6 > length) return -1
  return fitsCode(r, ahead + 5, length - 5 - padding) ? length : -1
}

const version = [0x53, 0x53, 0x48, 0x2d]

/** How many of the 4 bytes stand `ahead` bytes on with which versions begin; -1 where something else does. */
function versionBytes(r: Reader, ahead: number): number {
  for (let i = 0; i < version.length; i++) {
    const byte = r.peek(ahead + i)
    if (byte < 0) return i
    if (byte !== version[i]) return -1
  }
  return version.length
}

/** True for a version: `SSH-2.0-`, or `SSH-1.` of old. */
function looksLikeVersion(r: Reader): boolean {
  const isNew = r.peek(4) === 0x32 || r.peek(4) === 0x31
  return versionBytes(r, 0) === version.length && isNew && r.peek(5) === 0x2e
}

/** RFC 4253 §4.2. */
const longestLine = 255

/** Bytes of the line `ahead` bytes on with its end; 0 where the end is not here, -1 where it is too far. */
function lineLength(r: Reader, ahead: number): number {
  for (let i = 0; i < longestLine; i++) {
    const byte = r.peek(ahead + i)
    if (byte < 0) return 0
    if (byte === 0x0a) return i + 1
  }
  return -1
}

/** Text in front of the version is not looked at further than this. */
const longestText = 16384

/** Bytes of lines of printable characters `ahead` bytes on, up to a version or the end; 0: something else is there. */
function textLength(r: Reader, ahead: number): number {
  const end = Math.min(r.left, ahead + longestText)
  let at = ahead
  for (; at < end && r.peek(at) >= 0; at++) {
    const byte = r.peek(at)
    if (byte === 0x0a && versionBytes(r, at + 1) === version.length) return at + 1 - ahead
    if ((byte < 0x20 || byte > 0x7e) && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return 0
  }
  return at - ahead >= 4 ? at - ahead : 0
}

/** Bytes of what is in the clear `ahead` bytes on: a line, text, a packet. 0: too little is here to tell, -1: nothing is. */
function clearLength(r: Reader, ahead: number): number {
  const begun = versionBytes(r, ahead)
  if (begun === version.length) return lineLength(r, ahead)
  if (begun > 0) return 0
  const packet = packetLength(r, ahead)
  return packet >= 0 ? packet : textLength(r, ahead) || -1
}

/** What is encrypted has no borders: it reaches to the end of its segment. */
function lengthAt(r: Reader, ahead: number): number {
  const length = clearLength(r, ahead)
  return length < 0 ? r.left - ahead : length
}

function walkNext(r: Reader): void {
  const packet = packetLength(r, 0)
  if (versionBytes(r, 0) > 0) walkLine(r, f.protocol)
  else if (packet > 0) walkPacket(r)
  else if (packet === 0) r.rest(f.part)
  else if (textLength(r, 0) > 0) walkLine(r, f.banner)
  else walkEncrypted(r)
}

function walkLine(r: Reader, line: Field<'text'>): void {
  const length = lineLength(r, 0)
  // Without an end the line is what is here of it.
  if (length <= 0) {
    r.rest(line)
    return
  }
  const end = r.peek(length - 2) === 0x0d ? 2 : 1
  r.text(line, length - end)
  r.octets(f.lineEnd, end)
}

function walkPacket(r: Reader): void {
  r.open(f.packet)
  const length = r.u32(f.packetLength)
  r.claim(4 + length, f.packetLength)
  const padding = r.u8(f.paddingLength)
  r.open(f.message, r.left - padding)
  walkMessage(r)
  r.close()
  r.octets(f.padding, padding)
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
    const length = wordAt(r, 0)
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
