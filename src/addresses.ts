import { ByteWriter } from './byte-writer.ts'

/** Strings for a screen; printers write addresses into their ByteWriter directly, without a string. */

const octets = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))
const scratch = new ByteWriter(64)

/** A capture has few addresses and shows them often: each is put into words once, and forgotten when there are too many. */
const remembered = 4096
const ipv4Texts = new Map<number, string>()
const macTexts = new Map<number, string>()

function remember(texts: Map<number, string>, address: number, text: string): string {
  if (texts.size === remembered) texts.clear()
  texts.set(address, text)
  return text
}

/** The four bytes from `start` as `192.0.2.1`. */
export function ipv4Text(bytes: Uint8Array, start: number): string {
  const [a, b, c, d] = [bytes[start]!, bytes[start + 1]!, bytes[start + 2]!, bytes[start + 3]!]
  const address = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
  return ipv4Texts.get(address) ?? remember(ipv4Texts, address, `${a}.${b}.${c}.${d}`)
}

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
export function macText(bytes: Uint8Array, start: number): string {
  const high = (bytes[start]! << 16) | (bytes[start + 1]! << 8) | bytes[start + 2]!
  const low = (bytes[start + 3]! << 16) | (bytes[start + 4]! << 8) | bytes[start + 5]!
  const address = high * 0x1000000 + low
  return macTexts.get(address) ?? remember(macTexts, address, hexText(bytes, start, 6, ':'))
}
