import type { Field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import {
  anyTag,
  begin,
  type Contents,
  derFields,
  readContents,
  readGroup,
  readIdentifier,
  readLeaf,
  readNumber,
  tags,
} from './der.ts'
import { readName } from './distinguished-name.ts'
import { extensionFields } from './x509-extension-fields.ts'

// Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }

const f = extensionFields

/** What is in an extension, by its identifier. */
const contents: Readonly<Record<string, Contents>> = {
  '2.5.29.14': r => void readLeaf(r, f.keyIdentifier, tags.octetString),
  '2.5.29.15': r => void readGroup(r, f.usageBits, tags.bitString, readUsage),
  '2.5.29.17': r => readContents(r, f.names, tags.sequence, readNames),
  '2.5.29.18': r => readContents(r, f.issuerNames, tags.sequence, readNames),
  '2.5.29.19': r => void readGroup(r, f.constraints, tags.sequence, readConstraints),
  '2.5.29.20': r => readNumber(r, f.listNumber, tags.integer),
  '2.5.29.21': r => readNumber(r, f.reason, tags.enumerated),
  '2.5.29.31': r => readContents(r, f.points, tags.sequence, each(f.point, readPoint)),
  '2.5.29.32': r => readContents(r, f.policies, tags.sequence, each(f.policy, readPolicy)),
  '2.5.29.35': r => void readGroup(r, f.authority, tags.sequence, readAuthority),
  '2.5.29.37': r =>
    readContents(r, f.purposes, tags.sequence, () => {
      while (r.more()) readIdentifier(r, f.purpose)
    }),
  '1.3.6.1.5.5.7.1.1': r => readContents(r, f.accesses, tags.sequence, each(f.access, readAccess)),
}

/** Reads an extension. */
export function readExtension(r: Reader): void {
  readGroup(r, f.extension, tags.sequence, () => {
    const oid = readIdentifier(r, f.id)
    if (r.peek() === tags.boolean) readNumber(r, f.critical, tags.boolean)
    const known = contents[oid]
    if (known === undefined) readLeaf(r, f.unknown, tags.octetString)
    else readGroup(r, f.value, tags.octetString, known)
  })
}

/** A list of sequences, each with the same things inside. */
const each =
  (item: Field<'group'>, inside: Contents): Contents =>
  r => {
    while (r.more()) readGroup(r, item, tags.sequence, inside)
  }

function readUsage(r: Reader): void {
  r.u8(derFields.padding)
  if (r.left > 0) r.u8(f.usage)
  if (r.left > 0) r.u8(f.usageMore)
}

function readConstraints(r: Reader): void {
  if (r.peek() === tags.boolean) readNumber(r, f.ca, tags.boolean)
  if (r.left > 0) readNumber(r, f.pathLength, tags.integer)
}

const context = (number: number): number => 0x80 | number
const constructed = (number: number): number => 0xa0 | number

function readAuthority(r: Reader): void {
  if (r.peek() === context(0)) readLeaf(r, f.authorityKey, context(0))
  if (r.peek() === constructed(1)) readContents(r, f.authorityIssuer, constructed(1), readNames)
  if (r.left > 0) readLeaf(r, f.authoritySerial, context(2))
}

function readNames(r: Reader): void {
  while (r.more()) readGeneralName(r)
}

/** Reads one general name up to the limit; only where someone looks, otherwise it is passed over. */
export function walkGeneralName(r: Reader): void {
  if (r.sink === null) r.rest(derFields.unread)
  else readGeneralName(r)
}

/** Names that are one field, by tag. */
const simpleNames: Readonly<Record<number, Field<'text'> | Field<'bytes'>>> = {
  [context(1)]: f.mail,
  [context(2)]: f.dns,
  [context(6)]: f.uri,
  [context(8)]: f.registered,
}

function readGeneralName(r: Reader): void {
  const tag = r.peek()
  if (tag === constructed(4)) readContents(r, f.directory, tag, () => readName(r, f.directoryName))
  else if (tag === context(7) && r.peek(1) === 4) readAddress(r, f.ipv4)
  else if (tag === context(7) && r.peek(1) === 16) readAddress(r, f.ipv6)
  else readLeaf(r, simpleNames[tag] ?? f.otherName, anyTag)
}

function readAddress(r: Reader, address: Field<'ipv4'> | Field<'ipv6'>): void {
  if (begin(r, anyTag) === undefined) return
  if (address.type === 'ipv4') r.ipv4(address as Field<'ipv4'>)
  else r.ipv6(address as Field<'ipv6'>)
}

function readPoint(r: Reader): void {
  if (r.peek() === constructed(0))
    readContents(r, f.pointName, constructed(0), () => {
      if (r.peek() === constructed(0)) readContents(r, f.fullName, constructed(0), readNames)
      else readLeaf(r, derFields.other, anyTag)
    })
  while (r.more()) readLeaf(r, derFields.other, anyTag)
}

function readAccess(r: Reader): void {
  readIdentifier(r, f.accessMethod)
  if (r.left > 0) readGeneralName(r)
}

function readPolicy(r: Reader): void {
  readIdentifier(r, f.policyId)
  if (r.left > 0) readLeaf(r, f.qualifiers, tags.sequence)
}
