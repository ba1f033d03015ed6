import type { Next } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { walkName } from './domain-name.ts'
import { o } from './icmpv6-option-fields.ts'
import { rare } from './icmpv6-rare-option-fields.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { reservedBits, reservedBytes } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Type      |    Length     |              ...              |
// |                              ...                              |

const ipv6 = 34525
const redirectedHeader = 4

/** Options up to the end of the message, or to the one that quotes a packet: that is the payload then. */
export function walkOptions(r: Reader): Next {
  while (r.more()) {
    if (r.peek() === redirectedHeader && r.peek(1) > 1) return walkRedirected(r)
    walkOption(r)
  }
  return undefined
}

function walkRedirected(r: Reader): Next {
  r.open(o.option)
  r.u8(o.type)
  const length = r.u8(o.length) * 8
  reservedBytes(r, o.reserved, 6)
  r.close()
  if (length - 8 > r.left)
    r.malformed(`Length claims ${length} bytes for Option, ${r.left + 8} are left in the message`)
  return r.excerpt(r.payload(etherTypes, ipv6), true, length - 8)
}

/** What follows the packet that a redirect quotes; `first` is where the options start. */
export function walkBehindRedirected(r: Reader, first: number): void {
  let at = first - r.pos
  while (r.peek(at + 1) > 0 && r.peek(at) !== redirectedHeader) at += r.peek(at + 1) * 8
  const end = at + r.peek(at + 1) * 8
  if (end > 0) r.octets(o.padding, Math.min(end, r.left))
  while (r.more()) walkOption(r)
}

function walkOption(r: Reader): void {
  r.open(o.option)
  const type = r.u8(o.type)
  const length = r.u8(o.length) * 8
  if (length === 0) r.malformed('Length is 0: the message has to be dropped (RFC 4861 §4.6)')
  r.claim(length, o.length)
  const walk = walks[type]
  if (walk === undefined) r.rest(o.data)
  else walk(r)
  r.close()
}

function walkPrefix(r: Reader): void {
  r.u8(o.prefixLength)
  reservedBits(r, r.u8(o.prefixFlags) & 0x1f)
  const valid = r.u32(o.valid)
  const preferred = r.u32(o.preferred)
  if (r.checking && preferred > valid)
    r.noteField('warning', 'Preferred longer than it is valid: hosts ignore the prefix')
  reservedBytes(r, o.reserved, 4)
  r.ipv6(o.prefix)
}

function padLength(r: Reader): number {
  const length = r.u8(rare.padLength)
  if (length > r.left) r.malformed(`Pad length ${length}, but ${r.left} bytes are left in the option`)
  return length
}

function walkCga(r: Reader): void {
  const padding = padLength(r)
  reservedBytes(r, o.reserved, 1)
  r.open(rare.cga, r.left - padding)
  r.octets(rare.modifier, 16)
  r.octets(rare.subnetPrefix, 8)
  r.u8(rare.collisionCount)
  r.rest(rare.publicKey)
  r.close()
  r.octets(o.padding, padding)
}

function walkSearchList(r: Reader): void {
  reservedBytes(r, o.reserved, 2)
  r.u32(o.searchLifetime)
  while (r.more() && r.peek() > 0) walkName(r, o.searchName)
  r.rest(o.padding)
}

function walkAddresses(r: Reader): void {
  reservedBytes(r, o.reserved, 6)
  while (r.more()) r.ipv6(rare.address)
}

function walkSignature(r: Reader): void {
  reservedBytes(r, o.reserved, 2)
  r.octets(rare.keyHash, 16)
  r.rest(rare.signature)
}

function walkCodedAddress(r: Reader): void {
  r.u8(rare.code)
  r.u8(rare.codePrefixLength)
  reservedBytes(r, o.reserved, 4)
  r.ipv6(rare.codeAddress)
}

/** An interface’s address: 6 bytes on Ethernet, up to the end elsewhere. */
const walkLink = (r: Reader, f: typeof o.sourceLink): void => {
  if (r.left === 6) r.ether(f)
  else r.rest(o.link)
}

/** How the contents of each option are laid out, behind its type and length. */
const walks: Readonly<Record<number, (r: Reader) => void>> = {
  1: r => walkLink(r, o.sourceLink),
  2: r => walkLink(r, o.targetLink),
  3: walkPrefix,
  5: r => {
    reservedBytes(r, o.reserved, 2)
    r.u32(o.mtu)
  },
  6: r => {
    r.u8(o.shortcutLimit)
    reservedBytes(r, o.reserved, 5)
  },
  7: r => {
    reservedBytes(r, o.reserved, 2)
    r.u32(rare.interval)
  },
  8: r => {
    reservedBytes(r, o.reserved, 2)
    r.u16(rare.agentPreference)
    r.u16(rare.agentLifetime)
  },
  9: walkAddresses,
  10: walkAddresses,
  11: walkCga,
  12: walkSignature,
  13: r => {
    reservedBytes(r, o.reserved, 6)
    r.open(rare.timestamp)
    r.u16(rare.secondsHigh)
    r.u32(rare.seconds)
    r.u16(rare.fraction)
    r.close()
  },
  14: r => {
    r.rest(rare.nonce)
  },
  15: r => {
    r.u8(rare.nameType)
    const padding = padLength(r)
    r.octets(rare.anchorName, r.left - padding)
    r.octets(o.padding, padding)
  },
  16: r => {
    r.u8(rare.nameType)
    reservedBytes(r, o.reserved, 1)
    r.rest(rare.certificate)
  },
  17: walkCodedAddress,
  18: walkCodedAddress,
  19: r => {
    r.u8(rare.code)
    r.rest(rare.linkOfHost)
  },
  20: r => {
    r.u8(rare.code)
    r.u8(rare.status)
    reservedBytes(r, o.reserved, 4)
    while (r.more()) r.ipv6(rare.codeAddress)
  },
  23: r => {
    r.bits(rare.distance, 4)
    r.bits(rare.mapPreference, 4)
    reservedBits(r, r.u8(rare.mapFlags) & 0x7f)
    r.u32(rare.mapLifetime)
    r.ipv6(rare.mapAddress)
  },
  24: r => {
    r.u8(o.prefixLength)
    reservedBits(r, r.u8(o.routeFlags) & 0xe7)
    r.u32(o.routeLifetime)
    r.rest(o.routePrefix)
  },
  25: r => {
    reservedBytes(r, o.reserved, 2)
    r.u32(o.serverLifetime)
    while (r.more()) r.ipv6(o.server)
  },
  26: r => {
    r.u16(o.expansion)
    reservedBytes(r, o.reserved, 4)
  },
  31: walkSearchList,
  32: walkSignature,
  33: r => {
    r.u8(rare.registrationStatus)
    reservedBytes(r, o.reserved, 3)
    r.u16(rare.registrationLifetime)
    r.octets(rare.registrationEui, 8)
  },
  34: r => {
    r.u8(rare.contextLength)
    reservedBits(r, r.u8(rare.contextFlags) & 0xe0)
    reservedBytes(r, o.reserved, 2)
    r.u16(rare.contextLifetime)
    r.rest(rare.contextPrefix)
  },
  35: r => {
    r.u16(rare.versionLow)
    r.u16(rare.versionHigh)
    r.u16(rare.borderLifetime)
    r.ipv6(rare.borderAddress)
  },
  36: r => {
    r.bits(rare.unassigned, 15)
    r.flag(rare.generic)
    r.u32(rare.unassignedRest)
  },
  37: r => {
    r.rest(o.portal)
  },
  38: r => {
    r.bits(o.scaledLifetime, 13)
    r.bits(o.lengthCode, 3)
    r.octets(o.translationPrefix, 12)
  },
}
