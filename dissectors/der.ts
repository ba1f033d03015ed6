import { bytes as countOfBytes, type Field, field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { objectIdentifiers } from './numbers/object-identifiers.ts'

// DER writes every value as
// |      Tag      |     Length    |  Contents …
// |      Tag      |    0x80 + n   |  Length, n bytes  |  Contents …

/** Tags of DER that certificates use. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const

/** A value in DER: its tag, and where its contents lie, end exclusive. */
export type Der = { readonly tag: number; readonly start: number; readonly end: number }

/**
 * The value whose tag is at `at`. Undefined where there is none that ends by `limit`, of whose bytes those before `held`
 * are here; also for tags and lengths that no packet needs: longer ones, and DER's forbidden indefinite one.
 */
export function derAt(bytes: Uint8Array, at: number, limit: number, held = limit): Der | undefined {
  if (at + 2 > held) return undefined
  const tag = bytes[at]!
  const first = bytes[at + 1]!
  const longTag = (tag & 0x1f) === 0x1f
  if (tag === 0 || longTag || first === 0x80 || first > 0x82) return undefined
  const start = at + 2 + (first > 0x80 ? first - 0x80 : 0)
  if (start > held) return undefined
  const length =
    first < 0x80 ? first : first === 0x81 ? bytes[at + 2]! : (bytes[at + 2]! << 8) | bytes[at + 3]!
  return start + length <= limit ? { tag, start, end: start + length } : undefined
}

const tagNames: Readonly<Record<number, string>> = {
  1: 'BOOLEAN',
  2: 'INTEGER',
  3: 'BIT STRING',
  4: 'OCTET STRING',
  5: 'NULL',
  6: 'OBJECT IDENTIFIER',
  10: 'ENUMERATED',
  12: 'UTF8String',
  18: 'NumericString',
  19: 'PrintableString',
  20: 'TeletexString',
  22: 'IA5String',
  23: 'UTCTime',
  24: 'GeneralizedTime',
  26: 'VisibleString',
  28: 'UniversalString',
  30: 'BMPString',
  48: 'SEQUENCE',
  49: 'SET',
}

/** `SEQUENCE, 28 bytes` for the two, three or four bytes of tag and length as one number. */
function headerText(value: number): string {
  const size = value < 0x10000 ? 2 : value < 0x1000000 ? 3 : 4
  const tag = Math.floor(value / 256 ** (size - 1))
  const length = size === 4 ? value % 0x10000 : value % 0x100
  const name = tag >= 0x80 ? `[${tag & 0x1f}]` : (tagNames[tag] ?? `tag ${tag}`)
  return `${name}, ${countOfBytes(length)}`
}

/** Arcs of an identifier, and bytes of it, that are put into words at most. */
const longestIdentifier = 40

/** `2.5.4.3` for the contents of an object identifier. */
export function oidText(bytes: Uint8Array, start: number, end: number): string {
  if (end === start || end - start > longestIdentifier) return 'an object identifier of unlikely length'
  if (bytes[end - 1]! & 0x80) return 'an object identifier that does not end'
  const arcs: number[] = []
  let arc = 0
  for (let at = start; at < end; at++) {
    arc = arc * 128 + (bytes[at]! & 0x7f)
    if (bytes[at]! & 0x80) continue
    if (arcs.length > 0) arcs.push(arc)
    else arcs.push(...(arc < 80 ? [Math.floor(arc / 40), arc % 40] : [2, arc - 80]))
    arc = 0
  }
  return arcs.every(Number.isSafeInteger) ? arcs.join('.') : 'an object identifier of unlikely numbers'
}

/** `commonName (2.5.4.3)`. */
export function readOid(bytes: Uint8Array, start: number, length: number): string {
  const oid = oidText(bytes, start, start + length)
  const name = objectIdentifiers[oid]
  return name === undefined ? oid : `${name} (${oid})`
}

/** `2026-02-02 17:40:48 UTC` for the contents of a UTCTime or GeneralizedTime; others as they are. */
export function readTime(bytes: Uint8Array, start: number, length: number): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(length, 32)).toString('latin1')
  const parts = /^(\d{2}|\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (parts === null) return text
  const [, year, month, day, hour, minute, second] = parts
  // Two digits stand for the years from 1950 to 2049 (RFC 5280 §4.1.2.5.1).
  const full = year!.length === 4 ? year : Number(year) < 50 ? `20${year}` : `19${year}`
  return `${full}-${month}-${day} ${hour}:${minute}:${second} UTC`
}

export const derFields = {
  header: field('ber.header', 'Tag and length', {
    explain: 'DER writes every value as a tag that says what it is, the number of its bytes, and the bytes.',
    section: 'X.690 §8.1',
    show: headerText,
  }),
  unread: field('ber.unread', 'Unread bytes', {
    type: 'bytes',
    explain:
      'Bytes that are not the DER that belongs here: a length that does not fit, or another kind of value.',
    section: 'X.690 §8.1',
  }),
  padding: field('ber.bitstring.padding', 'Unused bits', {
    explain:
      'How many bits at the end of the last byte do not count, for a bit string need not fill its bytes.',
    section: 'X.690 §8.6.2',
  }),
  oid: field('ber.oid', 'Object identifier', {
    type: 'bytes',
    explain: 'A name for a thing that nobody else uses, written as numbers from a worldwide tree.',
    section: 'X.690 §8.19',
    read: readOid,
  }),
  other: field('ber.value', 'Value', {
    type: 'bytes',
    explain: 'A value of a kind that is not taken apart here.',
    section: 'X.690 §8.1',
  }),
}

const f = derFields

/** What is in a value. `tag` is the value's. */
export type Contents = (r: Reader, tag: number) => void

/** Any tag will do. */
export const anyTag = -1

/** Reads tag and length; undefined, and what is left around becomes bytes, where no value of this tag is here. */
export function begin(r: Reader, tag: number): Der | undefined {
  const value = valueAt(r, tag)
  if (value === undefined) giveUp(r)
  else r.bits(f.header, (value.start - r.pos) * 8)
  return value
}

function valueAt(r: Reader, tag: number): Der | undefined {
  const value = derAt(r.bytes, r.pos, r.limit, r.stop)
  return value !== undefined && (tag === anyTag || tag === value.tag) ? value : undefined
}

function giveUp(r: Reader): void {
  if (r.left === 0) return
  r.rest(f.unread)
  r.noteField('warning', 'This is not the DER that belongs here')
}

/** Reads a value as a group, tag and length inside. False where it is not there; then nothing is left around it. */
export function readGroup(r: Reader, group: Field<'group'>, tag: number, contents: Contents): boolean {
  const value = valueAt(r, tag)
  if (value === undefined) {
    giveUp(r)
    return false
  }
  r.open(group, value.end - r.pos)
  begin(r, tag)
  contents(r, value.tag)
  r.close()
  return true
}

/** Reads a value as tag and length, and a group of its contents behind them. */
export function readContents(r: Reader, group: Field<'group'>, tag: number, contents: Contents): void {
  const value = begin(r, tag)
  if (value !== undefined && value.end > value.start)
    groupOf(r, group, value.end - value.start, contents, tag)
}

/** Makes a group of the next `length` bytes. */
export function groupOf(
  r: Reader,
  group: Field<'group'>,
  length: number,
  contents: Contents,
  tag: number = anyTag,
): void {
  r.open(group, length)
  contents(r, tag)
  r.close()
}

/** Reads a value as tag and length, and a field of its contents. */
export function readLeaf(r: Reader, leaf: Field<'bytes' | 'text'>, tag: number): Der | undefined {
  const value = begin(r, tag)
  if (value === undefined) return undefined
  // What is captured of a value is shown before the walk stops.
  if (value.end > r.end) r.rest(leaf)
  else r.octets(leaf, value.end - value.start)
  return value
}

/** Reads an integer or boolean of at most four bytes as a number; longer ones are bytes. */
export function readNumber(r: Reader, number: Field<'uint'>, tag: number): void {
  const value = begin(r, tag)
  if (value === undefined || value.end === value.start) return
  const size = value.end - value.start
  if (size <= 4) r.bits(number, size * 8)
  else r.octets(f.other, size)
}

/** Reads an object identifier; the text is empty where there is none. */
export function readIdentifier(r: Reader, leaf: Field<'bytes'>): string {
  const value = readLeaf(r, leaf, tags.objectIdentifier)
  return value === undefined ? '' : oidText(r.bytes, value.start, value.end)
}
