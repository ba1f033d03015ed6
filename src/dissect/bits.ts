import type { Place } from './block.ts'

/** The number in a field of a block that starts at `base`; NaN where it is none. */
export function numberAt(bytes: Uint8Array, base: number, place: Place): number {
  const at = base + place.byte
  switch (place.bytes) {
    case 1:
      return bytes[at]!
    case 2:
      return (bytes[at]! << 8) | bytes[at + 1]!
    case 4:
      return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0
    case 0:
      return bitsAt(bytes, base, place.bit, place.width)
    default:
      return Number.NaN
  }
}

/** The value of `width` bits (at most 32) at bit `bit` behind byte `base`. */
export function bitsAt(bytes: Uint8Array, base: number, bit: number, width: number): number {
  const first = base + (bit >> 3)
  const end = (bit & 7) + width
  if (end <= 8) return (bytes[first]! >> (8 - end)) & ((1 << width) - 1)
  if (end <= 16) return (((bytes[first]! << 8) | bytes[first + 1]!) >> (16 - end)) & ((1 << width) - 1)
  const length = (end + 7) >> 3
  let value = 0
  for (let i = 0; i < length; i++) value = value * 256 + bytes[first + i]!
  return Math.floor(value / 2 ** (length * 8 - end)) % 2 ** width
}
