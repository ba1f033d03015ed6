import type { Field } from './field.ts'
import type { Reader } from './reader.ts'

/** The one's complement sum of 16-bit words from `start` to `end`, added to `sum` (RFC 1071 §1); not folded. */
export function onesSum(bytes: Uint8Array, start: number, end: number, sum = 0): number {
  let total = sum
  const even = start + ((end - start) & ~1)
  for (let i = start; i < even; i += 2) total += (bytes[i]! << 8) | bytes[i + 1]!
  return even < end ? total + (bytes[even]! << 8) : total
}

/** The same of many bytes: taken by fours, in less than half the time. */
function longSum(view: DataView, start: number, end: number, sum: number): number {
  let total = sum
  let at = start
  for (const last = end - 8; at <= last; at += 8) {
    const one = view.getUint32(at)
    const other = view.getUint32(at + 4)
    total += (one >>> 16) + (one & 0xffff) + (other >>> 16) + (other & 0xffff)
  }
  for (; at + 1 < end; at += 2) total += view.getUint16(at)
  return at < end ? total + (view.getUint8(at) << 8) : total
}

/** Folds a sum into 16 bits and complements it: what goes into the checksum field. */
export function folded(sum: number): number {
  let total = sum
  while (total > 0xffff) total = Math.floor(total / 0x10000) + (total % 0x10000)
  return ~total & 0xffff
}

/**
 * The value that the checksum field has to hold so that the reader’s bytes from `start` to `end` sum up, given the value
 * that it holds now (RFC 1624 §3 in the plain form of RFC 1071).
 */
export function expectedChecksum(r: Reader, start: number, end: number, actual: number, sum = 0): number {
  const expected = folded(longSum(r.view, start, end, sum) + (~actual & 0xffff))
  // 0 and 0xffff are the same number in one's complement (RFC 1624 §3).
  return expected === 0 && actual === 0xffff ? actual : expected
}

/** The sum of the pseudo header that TCP, UDP and ICMPv6 include (RFC 9293 §3.1, RFC 8200 §8.1). */
export function pseudoHeader(r: Reader, protocol: number, length: number): number {
  const { bytes, source, destination, size } = r.addresses
  const addresses = onesSum(bytes, destination, destination + size, onesSum(bytes, source, source + size))
  return addresses + protocol + Math.floor(length / 0x10000) + (length % 0x10000)
}

/**
 * Verifies the checksum that covers a pseudo header and `covered` bytes from the start of the layer. For `protocol`s in
 * which 0 means that there is none (UDP), `never0` says that a sum of 0 is written as 0xffff.
 *
 * A host whose network card makes the checksums leaves the sum of the pseudo header in the field, with the length
 * in it or, for a packet that the card is to cut, without.
 */
export function verifySegment(
  r: Reader,
  f: Field<'uint'>,
  protocol: number,
  actual: number,
  never0 = false,
  covered = r.limit - r.start,
): void {
  const sum = pseudoHeader(r, protocol, r.limit - r.start)
  const computed = expectedChecksum(r, r.start, r.start + covered, actual, sum)
  const expected = computed === 0 && never0 ? 0xffff : computed
  const left = ~actual & 0xffff
  const partial = left === folded(sum) || left === folded(pseudoHeader(r, protocol, 0))
  r.verify(
    f,
    actual,
    expected,
    4,
    partial
      ? 'Only the pseudo header is summed: captured on the sender, which leaves the rest to its network card'
      : undefined,
  )
}
