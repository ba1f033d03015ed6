import type { Frame } from '../src/frame.ts'
import { ipv4 } from './craft.ts'
import { hexBytes } from './peel.ts'

/** A TCP segment with sequence number 1 and no options around a payload written as hex, in IPv4; `cut`: bytes left out at its end. */
export const tcp4 = (source: number, destination: number, payload: string, cut = 0): Frame =>
  tcpSegment(source, destination, 1, 0x18, payload, cut)

/** The same with any sequence number and flags. */
export function tcpSegment(
  source: number,
  destination: number,
  sequence: number,
  flags: number,
  payload: string,
  cut = 0,
): Frame {
  const digits = (number: number, bytes: number) => number.toString(16).padStart(bytes * 2, '0')
  const head = `${digits(source, 2)}${digits(destination, 2)}${digits(sequence, 4)}00000001 50${digits(flags, 1)}`
  const segment = (checksum: string) => `${head} ffff ${checksum} 0000 ${payload}`
  const body = hexBytes(segment('0000'))
  const pseudo = hexBytes('c0000201 c0000202 0006')
  return ipv4(6, segment(digits(sum(body, sum(pseudo, body.length)) ^ 0xffff, 2)), cut)
}

/** The ones' complement sum, not inverted, of bytes and what was summed before. */
function sum(bytes: Uint8Array, before: number): number {
  let total = before
  for (let i = 0; i < bytes.length; i += 2) total += bytes[i]! * 256 + (bytes[i + 1] ?? 0)
  return total % 0xffff
}

/** Text as hex. */
export const hexOf = (text: string): string => Buffer.from(text, 'latin1').toString('hex')

/** The number of bytes of `hex` in `bytes` bytes, and behind it the bytes: a vector as most protocols write it. */
export const vector = (bytes: number, hex: string): string =>
  hexBytes(hex)
    .length.toString(16)
    .padStart(bytes * 2, '0') + hex
