import type { Reader } from './reader.ts'

/** The one's complement sum of 16-bit words from `start` to `end`, added to `sum` (RFC 1071 §1); not folded. */
export function onesSum(bytes: Uint8Array, start: number, end: number, sum = 0): number {
  let total = sum
  const even = start + ((end - start) & ~1)
  for (let i = start; i < even; i += 2) total += (bytes[i]! << 8) | bytes[i + 1]!
  return even < end ? total + (bytes[even]! << 8) : total
}

/** Folds a sum into 16 bits and complements it: what goes into the checksum field. */
export function folded(sum: number): number {
  let total = sum
  while (total > 0xffff) total = Math.floor(total / 0x10000) + (total % 0x10000)
  return ~total & 0xffff
}

/**
 * The value that the checksum field has to hold so that the bytes from `start` to `end` sum up, given the value
 * that it holds now (RFC 1624 §3 in the plain form of RFC 1071).
 */
export const expectedChecksum = (
  bytes: Uint8Array,
  start: number,
  end: number,
  actual: number,
  sum = 0,
): number => folded(onesSum(bytes, start, end, sum) + (~actual & 0xffff))

/** The sum of the pseudo header that TCP, UDP and ICMPv6 include (RFC 9293 §3.1, RFC 8200 §8.1). */
export function pseudoHeader(r: Reader, protocol: number, length: number): number {
  const { bytes, source, destination, size } = r.addresses
  const addresses = onesSum(bytes, destination, destination + size, onesSum(bytes, source, source + size))
  return addresses + protocol + Math.floor(length / 0x10000) + (length % 0x10000)
}
