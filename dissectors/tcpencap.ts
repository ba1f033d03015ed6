import { bytes, field, hex } from '../src/dissect/field.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { esp } from './esp.ts'
import { isakmp } from './isakmp.ts'
import { tcpPorts } from './numbers/ports.ts'

// | "IKETCP"                                                      |  once, in front of the first message
// |            Length             |                                  of the message, these 2 bytes included
// |                       Non-ESP Marker: 0                       |  then an IKE message
// |               Security Parameters Index: not 0                |  the first of ESP, which has no header here

const prefix = [0x49, 0x4b, 0x45, 0x54, 0x43, 0x50]

/** Bytes of a framed NAT keepalive; nothing else is shorter than a length with an ESP header behind it. */
const keepaliveLength = 3
const shortest = 10

const f = {
  prefix: field('tcpencap.stream_prefix', 'Stream prefix', {
    type: 'text',
    explain:
      'Opens the stream from the side that connected, so that a server which has other services on its port knows what follows.',
    section: 'RFC 9329 §4',
  }),
  length: field('tcpencap.length', 'Length', {
    explain:
      'Bytes of the message, these 2 included. TCP is a stream without borders between messages, so each says where it ends.',
    section: 'RFC 9329 §3',
    show: bytes,
  }),
  marker: field('tcpencap.non_esp_marker', 'Non-ESP marker', {
    explain:
      'Four zero bytes where ESP would have its SPI, which is never 0: so an IKE message is known in the stream that both share.',
    section: 'RFC 9329 §3.1',
    show: hex(8),
  }),
  keepalive: field('tcpencap.nat_keepalive', 'NAT keepalive', {
    explain:
      'A lone byte that keeps the way through a NAT device open. TCP has keepalives of its own, so it is not needed here; the receiver ignores it.',
    section: 'RFC 9329 §6.6',
    show: hex(2),
  }),
  message: field('tcpencap.message', 'Further message', {
    type: 'group',
    explain:
      'Another message in the same segment. The first one has been peeled; of this one the beginning is shown.',
    section: 'RFC 9329 §3',
  }),
  spi: field('tcpencap.esp_spi', 'Security parameters index', {
    explain: 'Names the security association of an ESP packet to the receiver, which chose the number.',
    section: 'RFC 4303 §2.1',
    show: hex(8),
  }),
  sequence: field('tcpencap.esp_sequence', 'Sequence number', {
    explain:
      'Counts the ESP packets of this association from 1 on, so that an old one sent again is noticed.',
    section: 'RFC 4303 §2.2',
  }),
  data: field('tcpencap.data', 'Message data', {
    type: 'bytes',
    explain:
      'The rest of a further message in this segment: of IKE from its header on, of ESP what is encrypted.',
  }),
  part: field('tcpencap.part', 'Part of a message', {
    type: 'bytes',
    explain:
      'A piece of a message that begins in an earlier segment or goes on in a later one. Segments are not put together.',
  }),
}

export const tcpencap = protocol({
  id: 'tcpencap',
  name: 'TCP Encapsulation of IKE and IPsec Packets',
  short: 'TCP Encap',
  reference: 'RFC 9329, RFC 8229',
  about:
    'Carries IKE and ESP over TCP where a network lets no UDP through. Lost packets delay all that follow, so it is the last resort.',
  fields: f,
  claims: [[tcpPorts, 4500]],
  walk(r) {
    if (atPrefix(r)) r.text(f.prefix, prefix.length)
    if (r.left === 0) return r.carry(undefined)
    const length = announced(r)
    if (!isLength(length) && r.peek(1) >= 0) return walkPart(r)
    if (r.left < 2) return walkPart(r)
    r.u16(f.length)
    if (length - 2 > r.left) return walkBeginning(r, length)
    if (length === keepaliveLength) {
      r.u8(f.keepalive)
      return r.carry(undefined, 0)
    }
    const end = r.pos + length - 2
    const next = walkMarker(r)
    return r.carry(next, end - r.pos)
  },
  trailer(r) {
    const first = r.start + (prefixAt(r) ? prefix.length : 0)
    const end = first + ((r.bytes[first]! << 8) | r.bytes[first + 1]!)
    // What the first message left over of its own length.
    if (r.pos < end && end <= r.stop) r.octets(f.part, end - r.pos)
    while (r.more()) walkFurther(r)
  },
  summary(v) {
    if (v.has(f.keepalive)) return 'NAT keepalive'
    if (!v.has(f.length)) return v.has(f.prefix) ? 'stream prefix' : 'part of a message'
    const what = v.has(f.marker) ? 'IKE' : 'ESP'
    return `${v.has(f.prefix) ? 'stream prefix, ' : ''}${what}, ${v.show(f.length)}`
  },
})

/** True where the cursor is at the bytes that open a stream, as far as they are captured. */
function atPrefix(r: Reader): boolean {
  if (r.left < prefix.length || r.peek() !== prefix[0]) return false
  for (let i = 1; i < prefix.length; i++) {
    const byte = r.peek(i)
    if (byte >= 0 && byte !== prefix[i]) return false
  }
  return true
}

/** The same for the start of the layer, when the cursor is behind what it carries. */
function prefixAt(r: Reader): boolean {
  for (let i = 0; i < prefix.length; i++) if (r.bytes[r.start + i] !== prefix[i]) return false
  return true
}

/** The length at the cursor; negative where it is not there. */
const announced = (r: Reader): number => (r.peek() << 8) | r.peek(1)

const isLength = (length: number): boolean => length >= shortest || length === keepaliveLength

const isMarker = (r: Reader): boolean => (r.peek() | r.peek(1) | r.peek(2) | r.peek(3)) <= 0

function walkMarker(r: Reader): Next {
  // Where a byte is not there, peek says -1: then the marker is what the stop tells of.
  if (!isMarker(r)) return esp
  r.u32(f.marker)
  return isakmp
}

/** A message of which this segment has the first bytes only. */
function walkBeginning(r: Reader, length: number): Next {
  if (r.noting)
    r.note(
      'info',
      `The message has ${length} bytes, ${r.left + 2} of them in this segment; the rest is in later ones, which are not put together. Or the segment begins inside a message`,
    )
  if (r.left < 4) return walkPart(r)
  return r.excerpt(walkMarker(r), false)
}

/** Bytes that begin with no length: TCP cuts its stream where it likes. */
function walkPart(r: Reader): Next {
  r.note('info', 'The segment begins inside a message, which is not put together')
  r.rest(f.part)
  return r.carry(undefined)
}

function walkFurther(r: Reader): void {
  const length = announced(r)
  if (r.left < 2 || !isLength(length) || length > r.left) {
    if (length > r.left) r.note('info', 'The last message of this segment goes on in the next one')
    r.rest(f.part)
    return
  }
  r.open(f.message)
  r.u16(f.length)
  r.claim(length, f.length)
  if (length === keepaliveLength) r.u8(f.keepalive)
  else if (isMarker(r)) r.u32(f.marker)
  else {
    r.u32(f.spi)
    r.u32(f.sequence)
  }
  if (r.left > 0) r.rest(f.data)
  r.close()
}
