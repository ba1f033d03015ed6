import type { Next } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { addressFamilies } from './numbers/address-families.ts'
import { etherTypes } from './numbers/ether-types.ts'

/** The EtherType of what an address family of the BSDs stands for. */
const etherTypeOf: Readonly<Record<number, number>> = {
  2: 0x0800,
  18: 0x6558,
  24: 0x86dd,
  28: 0x86dd,
  30: 0x86dd,
  33: 0x8847,
}

/** The protocol that an address family announces, for the bytes that follow. */
export function payloadOfFamily(r: Reader, family: number): Next {
  const type = etherTypeOf[family]
  return type === undefined ? r.payload(addressFamilies, family) : r.payload(etherTypes, type)
}

/**
 * True when the 32-bit word at the cursor was written by a little-endian machine: families are small numbers,
 * so the end with the zeros is the high one.
 */
export const isLittleEndian = (r: Reader): boolean => r.peek(0) > 0 || r.peek(1) > 0
