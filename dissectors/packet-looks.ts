import { folded, onesSum, pseudoHeader } from '../src/dissect/checksum.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

/**
 * True where the `length` bytes at `at` of `bytes` are a packet of this IP protocol beyond reasonable doubt: its lengths
 * fit to the byte, its sums are right. Random bytes pass once in a million times or less; protocols that are not looked for
 * here never do.
 */
export function looksLikePacket(
  r: Reader,
  protocol: number,
  bytes: Uint8Array,
  at: number,
  length: number,
): boolean {
  switch (protocol) {
    case 4:
      return looksLikeIpv4(bytes, at, length)
    case 41:
      return looksLikeIpv6(bytes, at, length)
    case 6:
      return looksLikeTcp(bytes, at, length) && sumsUp(r, protocol, bytes, at, length)
    case 17:
      return looksLikeUdp(bytes, at, length) && sumsUp(r, protocol, bytes, at, length)
    case 1:
      return r.addresses.size === 4 && looksLikeIcmp(bytes, at, length) && sum(bytes, at, length) === 0
    case 58:
      if (r.addresses.size !== 16 || !looksLikeIcmpv6(bytes, at, length)) return false
      return sumsUp(r, protocol, bytes, at, length)
    default:
      return false
  }
}

const word = (bytes: Uint8Array, at: number): number => (bytes[at]! << 8) | bytes[at + 1]!

const sum = (bytes: Uint8Array, at: number, length: number): number => folded(onesSum(bytes, at, at + length))

/** True where a sum with a pseudo header is right. Behind a NAT it never is, for there the addresses have changed. */
const sumsUp = (r: Reader, protocol: number, bytes: Uint8Array, at: number, length: number): boolean =>
  folded(onesSum(bytes, at, at + length, pseudoHeader(r, protocol, length))) === 0

function looksLikeIpv4(bytes: Uint8Array, at: number, length: number): boolean {
  if (length < 20 || bytes[at]! >> 4 !== 4 || word(bytes, at + 2) !== length) return false
  const header = (bytes[at]! & 15) * 4
  return header >= 20 && header <= length && sum(bytes, at, header) === 0
}

/** Without a sum: but a version, a length, a next header that is known and one host as the source have to fit. */
function looksLikeIpv6(bytes: Uint8Array, at: number, length: number): boolean {
  if (length < 40 || bytes[at]! >> 4 !== 6 || word(bytes, at + 4) !== length - 40) return false
  return ipProtocols.find(bytes[at + 6]!) !== undefined && bytes[at + 8] !== 0xff
}

function looksLikeTcp(bytes: Uint8Array, at: number, length: number): boolean {
  if (length < 20) return false
  const header = (bytes[at + 12]! >> 4) * 4
  return header >= 20 && header <= length && (bytes[at + 12]! & 14) === 0
}

/** A datagram without a sum proves nothing. */
const looksLikeUdp = (bytes: Uint8Array, at: number, length: number): boolean =>
  length >= 8 && word(bytes, at + 4) === length && word(bytes, at + 6) !== 0

/** Types and codes up to the last ones that IANA has assigned. */
const looksLikeIcmp = (bytes: Uint8Array, at: number, length: number): boolean =>
  length >= 8 && bytes[at]! <= 43 && bytes[at + 1]! < 16

/** Errors up to 4, messages from 128 on. */
const looksLikeIcmpv6 = (bytes: Uint8Array, at: number, length: number): boolean =>
  length >= 8 && (bytes[at]! <= 4 || (bytes[at]! >= 128 && bytes[at]! <= 161)) && bytes[at + 1]! < 16
