import { alike } from '../alike.ts'
import { type Names, NumberSpace, nameOf } from '../dissect/number-space.ts'
import { FilterError } from './errors.ts'
import type { Literal } from './expression.ts'
import type { Named } from './names.ts'
import { parseDate, parseSeconds } from './times.ts'
import { areBytes, bytesOfText, type Kind, kindNames, type Value } from './values.ts'

/** A value that was typed. `prefix`: how many of its bits count, of an address with a slash. */
export type Constant = { readonly value: Value; readonly prefix: number | undefined }

const plain = (value: Value): Constant => ({ value, prefix: undefined })

/**
 * What a literal stands for where it is compared with values of a kind. `fields`: those that it is compared with, for
 * the names of their values.
 * @throws {FilterError} where it is no such value
 */
export function constantOf(literal: Literal, kind: Kind, beside: Named | undefined): Constant {
  const found = read(literal, kind, beside)
  if (found !== undefined) return found
  const close = alikeValues(literal.text, beside)
  const hint = close.length > 0 ? `; did you mean ${close.map(written).join(' or ')}?` : ''
  throw new FilterError(
    `${shown(literal)} is not ${kindNames[kind]}${hint}`,
    literal.at,
    literal.end,
    isDecimalByte(literal, kind) ? `0x${Number(literal.text).toString(16)}` : expectedOf(kind, beside),
  )
}

/** Bytes are hexadecimal, whatever they look like: 25 is 0x25, and 254 is none. */
const isDecimalByte = ({ text, quoted }: Literal, kind: Kind): boolean =>
  areBytes(kind) && quoted === 'no' && /^\d{3}$/.test(text) && Number(text) < 256

const shown = ({ text, quoted }: Literal): string => {
  const short = text.length > 40 ? `${text.slice(0, 40)}…` : text
  return quoted === 'string' ? `"${short}"` : short
}

const written = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `"${name}"`)

const examples: Readonly<Record<Kind, string>> = {
  number: 'a number such as 64, 0x40 or 0b1000000',
  flag: '1, 0, true or false',
  ipv4: 'an address such as 192.0.2.1 or 192.0.2.0/24',
  ipv6: 'an address such as 2001:db8::1 or 2001:db8::/32',
  ether: 'six bytes such as 00:00:5e:00:53:01',
  bytes: 'bytes such as 45:00, or text in quotation marks',
  protocol: 'bytes such as 45:00, or text in quotation marks',
  text: 'text in quotation marks',
  time: '"2026-11-21 10:00:00" or seconds since 1970',
  duration: 'seconds such as 0.5',
  none: 'nothing: it is there or not',
}

const expectedOf = (kind: Kind, beside: Named | undefined): string =>
  kind === 'number' && namesOf(beside).length > 0 ? `${examples.number}, or a name` : examples[kind]

function read(literal: Literal, kind: Kind, beside: Named | undefined): Constant | undefined {
  const { text, quoted } = literal
  if (kind === 'number' || kind === 'flag') return numberOf(literal, kind, beside)
  if (kind === 'text') return plain(text)
  if (kind === 'bytes' || kind === 'protocol') {
    const bytes = quoted === 'no' ? bytesOfHex(text) : bytesOfText(text)
    return bytes && plain(bytes)
  }
  if (kind === 'time' || kind === 'duration') {
    const time = kind === 'time' ? parseDate(text) : parseSeconds(text)
    return time === undefined ? undefined : plain(time)
  }
  if (kind === 'ether') {
    const bytes = bytesOfHex(text)
    return bytes?.length === 6 ? plain(bytes) : undefined
  }
  if (kind === 'ipv4') return prefixed(text, 32, ipv4Number)
  return kind === 'ipv6' ? prefixed(text, 128, ipv6Bytes) : undefined
}

// ---- numbers and their names --------------------------------------------------------------------------

/** A whole number as it may be typed; undefined: it is none. Numbers beyond 2^53 come as bigint. */
export function wholeNumber(text: string): number | bigint | undefined {
  const form = /^(?:0[xX][0-9a-fA-F]{1,64}|0[bB][01]{1,128}|0[0-7]{0,64}|[1-9]\d{0,64})$/
  if (!form.test(text)) return undefined
  const value = BigInt(/^0[0-7]+$/.test(text) ? `0o${text}` : text)
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
}

function numberOf({ text, quoted }: Literal, kind: Kind, beside: Named | undefined): Constant | undefined {
  if (quoted === 'character') {
    const code = text.charCodeAt(0)
    return code < 0x100 ? plain(code) : plain(code & 0xff)
  }
  const number = quoted === 'no' ? wholeNumber(text) : undefined
  if (kind === 'flag') {
    if (number !== undefined) return plain(Number(number) === 0 ? 0 : 1)
    if (/^(?:true|yes|set)$/i.test(text)) return plain(1)
    if (/^(?:false|no|not set)$/i.test(text)) return plain(0)
  }
  const value = number ?? valueNamed(text, beside)
  return value === undefined ? undefined : plain(value)
}

const namesOf = (beside: Named | undefined): Names[] =>
  [...(beside?.fields ?? []), ...(beside?.pseudo ? [beside.pseudo] : [])].flatMap(({ values }) =>
    values === undefined ? [] : [values],
  )

const tableOf = (names: Names): Readonly<Record<number, string>> =>
  names instanceof NumberSpace ? names.names : names

/** Letters and digits only, small: `IKE_AUTH` and `Ike Auth` are the same. */
const bare = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]+/g, '')

/** The number that bears a name: exactly so, then loosely, then what the protocol is called that claims it. */
function valueNamed(text: string, beside: Named | undefined): number | undefined {
  const all = namesOf(beside)
  const wanted = bare(text)
  if (wanted === '') return undefined
  const rules: ((name: string, names: Names, value: number) => boolean)[] = [
    name => name === text,
    name => bare(name) === wanted,
    name => bare(name.replace(/\(.*\)/, '')) === wanted || bare(/\((.*)\)/.exec(name)?.[1] ?? '') === wanted,
    (_name, names, value) => claims(names, value, wanted),
  ]
  for (const fits of rules)
    for (const names of all)
      for (const [key, name] of Object.entries(tableOf(names)))
        if (fits(name, names, Number(key))) return Number(key)
  return undefined
}

function claims(names: Names, value: number, wanted: string): boolean {
  const protocol = names instanceof NumberSpace ? names.find(value) : undefined
  return protocol !== undefined && (bare(protocol.id) === wanted || bare(protocol.short) === wanted)
}

/** Names of the values of what is compared, with their numbers. */
export const valueNames = (beside: Named | undefined): { name: string; value: number }[] =>
  namesOf(beside).flatMap(names =>
    Object.keys(tableOf(names)).map(key => ({ name: nameOf(names, Number(key)) ?? '', value: Number(key) })),
  )

function alikeValues(text: string, beside: Named | undefined): string[] {
  const names = valueNames(beside).map(({ name }) => name)
  return text.length > 60 || names.length > 2000 ? [] : alike(text, names, 2)
}

// ---- bytes and addresses ------------------------------------------------------------------------------

const hexForms = [
  /^[0-9a-fA-F]{1,2}(?::[0-9a-fA-F]{1,2})*:?$/,
  /^[0-9a-fA-F]{1,2}(?:-[0-9a-fA-F]{1,2})+$/,
  /^[0-9a-fA-F]{1,2}(?:\.[0-9a-fA-F]{1,2})+$/,
]

/** Bytes as they may be typed: `45:00`, `45-00`, `45.00`, `4500`, `4500.0800`, `0x45`. */
export function bytesOfHex(text: string): Uint8Array | undefined {
  if (/^0x[0-9a-fA-F]{1,2}$/i.test(text)) return Uint8Array.of(Number(text))
  if (hexForms.some(form => form.test(text)))
    return Uint8Array.from(text.split(/[:.-]/).filter(Boolean), pair => Number.parseInt(pair, 16))
  if (!/^(?:[0-9a-fA-F]{4}(?:[.:-][0-9a-fA-F]{4})+|(?:[0-9a-fA-F]{2})+)$/.test(text)) return undefined
  const pairs = text.replace(/[^0-9a-fA-F]/g, '').match(/../g) ?? []
  return Uint8Array.from(pairs, pair => Number.parseInt(pair, 16))
}

function prefixed(
  text: string,
  bits: number,
  address: (text: string) => Value | undefined,
): Constant | undefined {
  const slash = text.indexOf('/')
  const value = address(slash < 0 ? text : text.slice(0, slash))
  if (value === undefined) return undefined
  if (slash < 0) return plain(value)
  const tail = text.slice(slash + 1)
  const prefix = tail.includes('.') ? maskLength(tail) : Number(tail)
  return prefix !== undefined && prefix <= bits && /^[\d.]+$/.test(tail) ? { value, prefix } : undefined
}

/** `255.255.0.0` → 16. */
function maskLength(text: string): number | undefined {
  const mask = ipv4Number(text)
  if (mask === undefined) return undefined
  const length = Math.clz32(~mask)
  return mask === (length === 0 ? 0 : (-1 << (32 - length)) >>> 0) ? length : undefined
}

export function ipv4Number(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  if (!parts || parts.some(part => part > 255)) return undefined
  return parts.reduce((address, part) => address * 256 + part, 0)
}

export function ipv6Bytes(text: string): Uint8Array | undefined {
  const tail = text.slice(text.lastIndexOf(':') + 1)
  const ipv4 = tail.includes('.') ? ipv4Number(tail) : undefined
  if (tail.includes('.') && ipv4 === undefined) return undefined
  const low = ipv4 === undefined ? tail : `${(ipv4 >>> 16).toString(16)}:${(ipv4 & 0xffff).toString(16)}`
  const halves = (text.slice(0, text.length - tail.length) + low).split('::')
  const [left, right] = halves.map(half => (half === '' ? [] : half.split(':')))
  if (
    !left ||
    halves.length > 2 ||
    ![...left, ...(right ?? [])].every(each => /^[0-9a-fA-F]{1,4}$/.test(each))
  )
    return undefined
  const missing = 8 - left.length - (right?.length ?? 0)
  if (right === undefined ? missing !== 0 : missing < 0) return undefined
  const words = [...left, ...Array<string>(right ? missing : 0).fill('0'), ...(right ?? [])]
  return Uint8Array.from(
    words.flatMap(word => [Number.parseInt(word, 16) >> 8, Number.parseInt(word, 16) & 0xff]),
  )
}
