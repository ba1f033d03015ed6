import type { Read } from '../src/dissect/field.ts'

/** Reads a prefix without the zeros at its end as the address of `size` bytes that it begins. */
export function prefixText(size: number, text: (bytes: Uint8Array, at: number) => string): Read {
  return (bytes, start, length) => {
    const whole = new Uint8Array(size)
    whole.set(bytes.subarray(start, start + Math.min(length, size)))
    return text(whole, 0)
  }
}
