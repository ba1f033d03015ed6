import { expectedChecksum, folded, onesSum } from '../src/dissect/checksum.ts'
import type { Next } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { extensionFields as x } from './icmp-extension-fields.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { reservedBits, reservedBytes } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |Version|      (Reserved)       |           Checksum            |
// |             Length            |   Class-Num   |   C-Type      |  once for each object
// |                   (Object payload)                            |

/** Bytes that senders older than RFC 4884 quote before their extensions, without saying so (§5.5). */
const classicQuote = 128

/** The datagram that an error is about: `length` bytes of it, 0 where the message does not tell. */
export function quote(r: Reader, etherType: number, length = 0): Next {
  if (r.left <= 0) return undefined
  if (length > r.left && r.checking)
    r.note('error', `Length claims ${length} bytes of the datagram, ${r.left} follow`)
  const next = r.payload(etherTypes, etherType)
  if (length > 0) return r.excerpt(next, true, length)
  return r.excerpt(next, true, extended(r, r.pos + classicQuote) ? classicQuote : undefined)
}

/** What follows the quotation: `start` is where that began, `length` what the message says of it. */
export function walkBehindQuote(r: Reader, start: number, length: number): void {
  const classic = length === 0
  const end = start + (classic ? classicQuote : length)
  if (r.pos > end || (classic && !extended(r, end))) return
  r.octets(x.padding, Math.min(end - r.pos, r.left))
  if (r.left > 0) walkExtensions(r)
}

/** True where an extension structure starts at `at`; its checksum tells it from the datagram going on. */
function extended(r: Reader, at: number): boolean {
  const ahead = at - r.pos
  if (r.left < ahead + 8 || r.left > 0xffff || r.peek(ahead) !== 0x20 || r.peek(ahead + 1) !== 0) return false
  if (!r.whole || (r.peek(ahead + 2) | r.peek(ahead + 3)) === 0) return true
  return folded(onesSum(r.bytes, at, r.limit)) === 0
}

/** The extension structure, up to the end of the message. */
export function walkExtensions(r: Reader): void {
  const start = r.pos
  r.open(x.structure)
  const version = r.bits(x.version, 4)
  if (version !== 2) r.malformed(`Version ${version} of the extension structure, where there is only 2`)
  reservedBits(r, r.bits(x.reserved, 12))
  const checksum = r.u16(x.checksum)
  if (r.checking) {
    if (checksum !== 0 && r.whole)
      r.verify(x.checksum, checksum, expectedChecksum(r, start, r.limit, checksum))
  }
  while (r.more()) walkObject(r)
  r.close()
}

function walkObject(r: Reader): void {
  r.open(x.object)
  const length = r.u16(x.length)
  switch (r.u8(x.class)) {
    case 1:
      r.u8(x.ctype)
      r.claim(length, x.length)
      while (r.more()) walkLabel(r)
      break
    case 2:
      walkInformation(r, length)
      break
    case 3:
      walkIdentification(r, length)
      break
    default:
      r.u8(x.ctype)
      r.claim(length, x.length)
      r.rest(x.data)
  }
  r.close()
}

function walkLabel(r: Reader): void {
  r.open(x.entry)
  r.bits(x.label, 20)
  r.bits(x.experimental, 3)
  r.flag(x.bottom)
  r.u8(x.timeToLive)
  r.close()
}

function walkInformation(r: Reader, length: number): void {
  const pieces = r.u8(x.informationType)
  reservedBits(r, pieces & 0x30)
  r.claim(length, x.length)
  if (pieces & 8) r.u32(x.interfaceIndex)
  if (pieces & 4) {
    const family = r.u16(x.family)
    reservedBytes(r, x.familyReserved, 2)
    if (family === 1) r.ipv4(x.address4)
    else if (family === 2) r.ipv6(x.address6)
    else r.malformed(`Address family ${family} has no known length`)
  }
  if (pieces & 2) {
    const size = r.u8(x.nameLength)
    if (size === 0) r.malformed('The interface name’s length is 0, but it counts itself')
    r.text(x.name, size - 1)
  }
  if (pieces & 1) r.u32(x.mtu)
}

function walkIdentification(r: Reader, length: number): void {
  const by = r.u8(x.identificationType)
  r.claim(length, x.length)
  if (by === 1) r.rest(x.queriedName)
  else if (by === 2) r.u32(x.queriedIndex)
  else if (by === 3) {
    const family = r.u16(x.queriedFamily)
    const size = r.u8(x.queriedLength)
    reservedBytes(r, x.queriedReserved, 1)
    if (family === 1 && size === 4) r.ipv4(x.queried4)
    else if (family === 2 && size === 16) r.ipv6(x.queried6)
    else r.octets(x.queriedAddress, size)
  } else r.rest(x.data)
}
