import { ByteWriter } from './byte-writer.ts'

/** Strings for a screen; printers write addresses into their ByteWriter directly, without a string. */

const octets = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))
const scratch = new ByteWriter(64)

/** The four bytes from `start` as `192.0.2.1`. */
export const ipv4Text = (bytes: Uint8Array, start: number): string =>
  `${bytes[start]}.${bytes[start + 1]}.${bytes[start + 2]}.${bytes[start + 3]}`

/** The sixteen bytes from `start` as RFC 5952 §4 writes an address, with the exceptions of `ByteWriter.ipv6`. */
export function ipv6Text(bytes: Uint8Array, start: number): string {
  scratch.clear()
  return scratch.ipv6(bytes, start).toString()
}

/** The bytes from `start` as lower-case hex, two digits each, with `separator` between them. */
export function hexText(bytes: Uint8Array, start: number, length: number, separator = ''): string {
  let text = length > 0 ? octets[bytes[start]!]! : ''
  for (let i = start + 1; i < start + length; i++) text += separator + octets[bytes[i]!]!
  return text
}

/** The six bytes from `start` as `00:00:5e:00:53:01`. */
export const macText = (bytes: Uint8Array, start: number): string => hexText(bytes, start, 6, ':')
