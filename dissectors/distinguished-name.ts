import { hexText } from '../src/addresses.ts'
import { type Field, field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import {
  anyTag,
  type Der,
  derAt,
  derFields,
  groupOf,
  oidText,
  readContents,
  readGroup,
  readIdentifier,
  readLeaf,
  readOid,
  tags,
} from './der.ts'

// Name ::= SEQUENCE OF RelativeDistinguishedName
// RelativeDistinguishedName ::= SET OF SEQUENCE { type OBJECT IDENTIFIER, value ANY }

/** Names of attributes as RFC 4514 §3 and 4519 shorten them. */
const keys: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'sn',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.17': 'postalCode',
  '2.5.4.42': 'givenName',
  '2.5.4.46': 'dnQualifier',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
}

/** Longer names are cut, in characters. */
const longestName = 500
/** More parts than any name has. */
const maxParts = 64

/** The name at `start` as RFC 4514 writes it, the most particular part first: `CN=gw,O=Example`. Empty where there is none. */
export function nameText(bytes: Uint8Array, start: number, length: number): string {
  const name = derAt(bytes, start, start + length)
  return name?.tag === tags.sequence ? partsText(bytes, name.start, name.end - name.start) : ''
}

/** The parts of a name, without the SEQUENCE around them. */
function partsText(bytes: Uint8Array, start: number, length: number): string {
  const parts: string[] = []
  for (let at = start; at < start + length && parts.length < maxParts; ) {
    const part = derAt(bytes, at, start + length)
    if (part === undefined) break
    parts.unshift(partText(bytes, part.start, part.end - part.start))
    at = part.end
  }
  const text = parts.join(',')
  return text.length > longestName ? `${text.slice(0, longestName)}…` : text
}

/** One part of a name, without the SET around it. */
function partText(bytes: Uint8Array, start: number, length: number): string {
  const values: string[] = []
  for (let at = start; at < start + length && values.length < maxParts; ) {
    const pair = derAt(bytes, at, start + length)
    if (pair === undefined) break
    values.push(attributeText(bytes, pair))
    at = pair.end
  }
  return values.join('+')
}

function attributeText(bytes: Uint8Array, pair: Der): string {
  const type = derAt(bytes, pair.start, pair.end)
  const value = type && derAt(bytes, type.end, pair.end)
  if (type?.tag !== tags.objectIdentifier || value === undefined) return '?'
  const oid = oidText(bytes, type.start, type.end)
  const text = stringText(bytes, value)
  if (keys[oid] !== undefined && text !== undefined) return `${keys[oid]}=${escaped(text)}`
  const shown = Math.min(value.end, type.end + 32)
  return `${oid}=#${hexText(bytes, type.end, shown - type.end)}${shown < value.end ? '…' : ''}`
}

const utf8 = new TextDecoder()
const latin1 = new TextDecoder('latin1')
const utf16 = new TextDecoder('utf-16be')
const decoders: Readonly<Record<number, InstanceType<typeof TextDecoder>>> = {
  12: utf8,
  18: latin1,
  19: latin1,
  20: latin1,
  22: latin1,
  26: latin1,
  30: utf16,
}

const stringText = (bytes: Uint8Array, { tag, start, end }: Der): string | undefined =>
  decoders[tag]?.decode(bytes.subarray(start, end))

function valueText(bytes: Uint8Array, start: number, length: number): string {
  const value = derAt(bytes, start, start + length)
  return (value && stringText(bytes, value)) ?? ''
}

/** RFC 4514 §2.4. */
const escaped = (text: string): string => text.replace(/[",+;<>\\]|^[ #]| $/g, '\\$&')

const section = 'RFC 5280 §4.1.2.4'

const string = (name: string, label: string, alphabet: string): Field<'text'> =>
  field(name, label, { type: 'text', explain: `The value of this part of the name, ${alphabet}.`, section })

const wide = (name: string, label: string): Field<'bytes'> =>
  field(name, label, {
    type: 'bytes',
    explain: 'The value of this part of the name, in characters of two or four bytes.',
    section,
    read: (bytes, start, length) => utf16.decode(bytes.subarray(start, start + length)),
  })

/** Strings by tag. */
const strings: Readonly<Record<number, Field<'text'> | Field<'bytes'>>> = {
  12: string('x509sat.uTF8String', 'UTF8String', 'in letters of any script'),
  18: string('x509sat.NumericString', 'NumericString', 'in digits and blanks'),
  19: string(
    'x509sat.printableString',
    'PrintableString',
    'in letters, digits and a few signs: not even @ or _ is among them',
  ),
  20: string(
    'x509sat.teletexString',
    'TeletexString',
    'in the alphabet of an old teleprinter network, which most take for Latin-1',
  ),
  22: string('x509sat.IA5String', 'IA5String', 'in ASCII, as mail addresses and domain names need it'),
  30: wide('x509sat.bmpString', 'BMPString'),
}

/** The kinds of string that a DirectoryString may be. */
const directoryStrings = new Set([12, 19, 20, 28, 30])

/** Attributes that are a PrintableString and nothing else: serial number, country, qualifier. */
const plainStrings = new Set(['2.5.4.5', '2.5.4.6', '2.5.4.46'])

const f = {
  parts: field('x509if.rdnSequence', 'Parts of the name', {
    type: 'group',
    explain: 'The name from the most general part, such as a country, to the most particular one.',
    section,
  }),
  part: field('x509if.RDNSequence_item', 'Part of the name', {
    type: 'group',
    explain: 'One step towards the one who is named. It is nearly always a single pair of type and value.',
    section,
    read: partText,
  }),
  attribute: field('x509if.RelativeDistinguishedName_item_element', 'Type and value', {
    type: 'group',
    explain: 'What this part of the name says, and what kind of thing that is.',
    section,
    read: partText,
  }),
  type: field('x509if.oid', 'Type', {
    type: 'bytes',
    explain: 'What the value is: a common name, an organization, a country.',
    section,
    read: readOid,
  }),
  text: field('x509sat.DirectoryString', 'Value', {
    type: 'group',
    explain: 'A string in one of several alphabets; its tag says in which.',
    section,
    read: valueText,
  }),
}

/** The glossary of names. */
export const nameFields: Readonly<Record<string, Field>> = {
  ...f,
  ...Object.fromEntries(Object.entries(strings).map(([tag, entry]) => [`string${tag}`, entry])),
}

/** A group for a name in DER, which it spans whole. */
export const nameField = (name: string, label: string, explain: string, section: string): Field<'group'> =>
  field(name, label, { type: 'group', explain, section, read: nameText })

/** Reads a name up to the limit; only where someone looks, otherwise it is passed over. None is there: no group. */
export function walkName(r: Reader, group: Field<'group'>): void {
  if (r.sink === null) r.rest(derFields.unread)
  else if (r.left > 0) groupOf(r, group, r.left, () => readContents(r, f.parts, tags.sequence, readParts))
}

/** Reads a name as a group. */
export function readName(r: Reader, group: Field<'group'>): void {
  readGroup(r, group, tags.sequence, () => {
    if (r.left > 0) groupOf(r, f.parts, r.left, readParts)
  })
}

function readParts(r: Reader): void {
  while (r.more()) readContents(r, f.part, tags.set, readPart)
}

function readPart(r: Reader): void {
  while (r.more()) readGroup(r, f.attribute, tags.sequence, readAttribute)
}

function readAttribute(r: Reader): void {
  const oid = readIdentifier(r, f.type)
  const tag = r.peek()
  const leaf = strings[tag] ?? derFields.other
  if (!directoryStrings.has(tag) || plainStrings.has(oid)) readLeaf(r, leaf, anyTag)
  else readGroup(r, f.text, anyTag, () => void r.rest(leaf))
}
