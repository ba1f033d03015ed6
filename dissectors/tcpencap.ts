import { bytes, field, hex } from '../src/dissect/field.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { esp } from './esp.ts'
import { isakmp } from './isakmp.ts'
import { tcpencapLesson } from './lessons/sessions.ts'
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
}

export const tcpencap = protocol({
  id: 'tcpencap',
  name: 'TCP Encapsulation of IKE and IPsec Packets',
  short: 'TCP Encap',
  reference: 'RFC 9329, RFC 8229',
  about:
    'Carries IKE and ESP over TCP where a network lets no UDP through. Lost packets delay all that follow, so it is the last resort.',
  lesson: tcpencapLesson,
  fields: f,
  claims: [[tcpPorts, 4500]],
  message(r, sure) {
    const at = prefixed(r)
    if (at < 0) return 0
    if (at > 0 && r.left === at) return at
    if (r.peek(at + 1) < 0) return 0
    const length = (r.peek(at) << 8) | r.peek(at + 1)
    if (!isLength(length)) return -1
    return sure || at > 0 || fillsSegment(r) ? at + length : -1
  },
  walk(r) {
    if (prefixed(r) !== 0) r.text(f.prefix, prefix.length)
    if (r.left === 0) return r.carry(undefined)
    const length = r.u16(f.length)
    if (length === keepaliveLength) {
      r.u8(f.keepalive)
      return r.carry(undefined, 0)
    }
    const end = r.pos + length - 2
    const next = walkMarker(r)
    return r.carry(next, end - r.pos)
  },
  summary(v) {
    if (v.has(f.keepalive)) return 'NAT keepalive'
    if (!v.has(f.length)) return 'stream prefix'
    const what = v.has(f.marker) ? 'IKE' : 'ESP'
    return `${v.has(f.prefix) ? 'stream prefix, ' : ''}${what}, ${v.show(f.length)}`
  },
})

/** Bytes of the prefix that opens a stream, where the cursor is at it; 0 where it is not, -1 where that cannot be told yet. */
function prefixed(r: Reader): number {
  for (let i = 0; i < prefix.length; i++) {
    const byte = r.peek(i)
    if (byte < 0) return i === 0 ? 0 : -1
    if (byte !== prefix[i]) return 0
  }
  return prefix.length
}

/**
 * True where one length after the other leads to the end of the segment: ESP has nothing else to be known by, and most
 * senders put whole messages into a segment.
 */
function fillsSegment(r: Reader): boolean {
  let at = 0
  while (at < r.left && r.peek(at + 1) >= 0) {
    const length = (r.peek(at) << 8) | r.peek(at + 1)
    if (!isLength(length)) return false
    at += length
  }
  return at === r.left
}

const isLength = (length: number): boolean => length >= shortest || length === keepaliveLength

const isMarker = (r: Reader): boolean => (r.peek() | r.peek(1) | r.peek(2) | r.peek(3)) <= 0

function walkMarker(r: Reader): Next {
  // Where a byte is not there, peek says -1: then the marker is what the stop tells of.
  if (!isMarker(r)) return esp
  r.u32(f.marker)
  return isakmp
}
