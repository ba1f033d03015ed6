import { hexText, ipv4Text, ipv6Text, macText } from '../addresses.ts'
import { byteMark } from './lex.ts'
import { secondsText } from './times.ts'

/** What a field holds, or what is calculated from it. IPv4 addresses are numbers, times are nanoseconds. */
export type Value = number | bigint | string | Uint8Array

/** What values are compared as. `none`: it is there or not, nothing else. */
export type Kind =
  | 'number'
  | 'flag'
  | 'ipv4'
  | 'ipv6'
  | 'ether'
  | 'bytes'
  | 'protocol'
  | 'text'
  | 'time'
  | 'duration'
  | 'none'

/** As sentences name them. */
export const kindNames: Readonly<Record<Kind, string>> = {
  number: 'a number',
  flag: 'true or false',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  ether: 'a link address',
  bytes: 'bytes',
  protocol: 'bytes',
  text: 'text',
  time: 'a date or seconds since 1970',
  duration: 'seconds',
  none: 'no value',
}

/** Kinds whose values are bytes. */
export const areBytes = (kind: Kind): boolean => kind === 'bytes' || kind === 'protocol' || kind === 'ether'

/** Kinds that can be calculated with as numbers. */
export const areNumbers = (kind: Kind): boolean => kind === 'number' || kind === 'flag'

/** True where values of both kinds can be compared with each other. */
export const isComparable = (a: Kind, b: Kind): boolean =>
  a !== 'none' && (a === b || (areBytes(a) && areBytes(b)) || (areNumbers(a) && areNumbers(b)))

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const lone = new RegExp(`[${String.fromCharCode(byteMark + 0x80)}-${String.fromCharCode(byteMark + 0xff)}]`)

/** The bytes of a text; those that the text marks as bytes stand for themselves. */
export function bytesOfText(text: string): Uint8Array {
  if (!lone.test(text)) return encoder.encode(text)
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code >= byteMark && code <= byteMark + 0xff) bytes.push(code - byteMark)
    else bytes.push(...encoder.encode(character))
  }
  return Uint8Array.from(bytes)
}

/** Negative, 0 or positive, as `a` comes before, is, or comes behind `b`, both of the same kind. */
export function order(a: Value, b: Value): number {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return orderOfBytes(a, b)
  return a < b ? -1 : a > b ? 1 : 0
}

/** Fewer bytes come first, whatever they are: that is Wireshark's order. */
function orderOfBytes(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return a.length - b.length
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return 0
}

export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true
  if (typeof a === typeof b && !(a instanceof Uint8Array)) return false
  return order(a, b) === 0
}

/** The four bytes of an IPv4 address. */
export const bytesOfNumber = (address: number): Uint8Array =>
  Uint8Array.of(address >>> 24, (address >>> 16) & 0xff, (address >>> 8) & 0xff, address & 0xff)

/** A value as bytes, for slices and lengths. */
export function asBytes(value: Value, kind: Kind): Uint8Array {
  if (value instanceof Uint8Array) return value
  if (typeof value === 'string') return bytesOfText(value)
  return kind === 'ipv4' ? bytesOfNumber(Number(value)) : new Uint8Array(0)
}

/** A value as text, the way Wireshark's `string()` writes it. */
export function asText(value: Value, kind: Kind): string {
  if (kind === 'ipv4') return ipv4Text(bytesOfNumber(Number(value)), 0)
  if (kind === 'time' || kind === 'duration') return secondsText(BigInt(String(value)))
  if (!(value instanceof Uint8Array)) return String(value)
  if (kind === 'ipv6') return ipv6Text(value, 0)
  if (kind === 'ether') return macText(value, 0)
  return kind === 'text' ? decoder.decode(value) : hexText(value, 0, value.length, ':')
}
