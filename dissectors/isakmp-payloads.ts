import type { DissectionBuffer } from '../src/dissect/dissection.ts'
import { bytes, type Field, field, hex } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { ikev1Payloads } from './ikev1-payloads.ts'
import { ikev2Payloads } from './ikev2-payloads.ts'
import { f as header } from './isakmp-fields.ts'
import { collectEncryptedFragment, collectFragment } from './isakmp-fragments.ts'
import { noteNatDetection } from './nat-detection.ts'
import { payloadSections, payloadTypes } from './numbers/isakmp.ts'
import { payloadMeanings } from './numbers/isakmp-meanings.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Next Payload  |C|  RESERVED   |         Payload Length        |

const group = (name: string, explain: string, section?: string): Field<'group'> =>
  field('isakmp.typepayload', name, { type: 'group', explain, ...(section ? { section } : {}) })

const groups = new Map<number, Field<'group'>>()
for (const [type, purpose] of Object.entries(payloadMeanings))
  groups.set(
    Number(type),
    group(`${payloadTypes[Number(type)]} payload`, purpose, payloadSections[Number(type)]),
  )
const unknown = group(
  'Unknown payload',
  'A payload of a type without a name here. Receivers pass over it, unless it says that it is critical.',
)

/** One group for each type of payload, each with its own name and purpose. */
export const payloadGroups: Readonly<Record<string, Field>> = Object.fromEntries([
  ...[...groups].map(([type, f]) => [`payload${type}`, f] as const),
  ['payload', unknown],
])

const types = new Map<Field, number>()
for (const [type, f] of groups) types.set(f, type)

/** The type of payload that a group stands for: undefined for other fields, -1 for an unknown type. */
export const payloadTypeOf = (f: Field): number | undefined => (f === unknown ? -1 : types.get(f))

const totalFragments = field('isakmp.frag.total', 'Total fragments', {
  explain:
    'How many pieces the message has. More than in a piece before means that the sender started again with smaller ones.',
  section: 'RFC 7383 §2.5',
})

export const payloadFields = {
  critical: field('isakmp.criticalpayload', 'Critical', {
    type: 'flag',
    explain:
      'When set, a receiver that does not know this type of payload refuses the whole message; else it passes over it. 0 in all types of RFC 7296, which everyone knows.',
    section: 'RFC 7296 §2.5',
  }),
  reserved7: field('isakmp.reserved7', 'Reserved', {
    explain: 'Free for later use: sent as 0, ignored by receivers.',
    section: 'RFC 7296 §3.2',
    show: hex(2),
  }),
  reserved: field('isakmp.reserved', 'Reserved', {
    explain: 'Free for later use; sent as 0.',
    section: 'RFC 2408 §3.2',
    show: hex(2),
  }),
  payloadLength: field('isakmp.payloadlength', 'Payload length', {
    explain: 'Bytes of this payload, these 4 of its header included; the next one starts behind them.',
    section: 'RFC 7296 §3.2',
    show: bytes,
  }),
  data: field('isakmp.datapayload', 'Data', {
    type: 'bytes',
    explain: 'The contents of a payload whose type is not taken apart here, or what its fields leave over.',
  }),
  encryptedPayloads: field('isakmp.enc.data', 'Encrypted data', {
    type: 'bytes',
    explain:
      'An initialization vector, the inner payloads with their padding, encrypted, and an integrity check value. How long these are depends on the algorithms.',
    section: 'RFC 7296 §3.14',
  }),
  fragmentNumber: field('isakmp.frag.number', 'Fragment number', {
    explain:
      'Puts the pieces in order, counted from 1 on. Each piece is authenticated on its own, so a forged one is thrown away alone.',
    section: 'RFC 7383 §2.5',
    here: (value, layer) =>
      layer.has(totalFragments) ? `Piece ${value} of ${layer.number(totalFragments)}.` : '',
  }),
  totalFragments,
  ciscoFragmentId: field('isakmp.frag.packetid', 'Fragment ID', {
    explain: 'Tells which pieces belong together: all of one message have the same number.',
    show: hex(4),
  }),
  ciscoFragmentNumber: field('isakmp.frag.seq', 'Fragment number', {
    explain: 'Puts the pieces in order, counted from 1 on. How many there are only the last one tells.',
  }),
  ciscoLastFragment: field('isakmp.frag.last', 'Last fragment', {
    explain: 'Marks the last piece of a message with 1; all before it have 0.',
  }),
}

const f = payloadFields

const encryptedPayload = 46
const encryptedFragment = 53
/** The fragment payload of IKEv1. */
export const ciscoFragment = 132

/** Reads the chain of payloads that begins with type `first`. Returns the message that its fragment makes whole. */
export function walkPayloads(r: Reader, first: number, major: number): DissectionBuffer | undefined {
  let whole: DissectionBuffer | undefined
  let [type, last] = [first, 0]
  while (type !== 0) {
    last = type
    r.open(groups.get(type) ?? unknown)
    const next = r.u8(header.nextPayload)
    if (major === 1) walkReserved(r)
    else walkCritical(r, type)
    const length = r.u16(f.payloadLength)
    r.claim(length, f.payloadLength)
    if (major === 1 && type === ciscoFragment) whole ??= walkCiscoFragment(r)
    const isSealed = major === 2 && (type === encryptedPayload || type === encryptedFragment)
    if (isSealed) walkSealed(r, type, next)
    else walkOpen(r, type, major)
    r.close()
    type = isSealed ? 0 : next
  }
  if (r.noting) noteNatDetection(r)
  if (r.left === 0) return whole
  r.rest(header.extra)
  if (r.checking && major === 2 && (last === encryptedPayload || last === encryptedFragment))
    r.noteField('error', 'The encrypted payload has to be the last one of its message (RFC 7296 §3.14)')
  return whole
}

function walkSealed(r: Reader, type: number, next: number): void {
  if (type === encryptedFragment) walkFragment(r, next)
  r.opaque(
    f.encryptedPayloads,
    'Encrypted: the payloads inside can be read only with the keys of this IKE SA',
  )
}

function walkOpen(r: Reader, type: number, major: number): void {
  // No payload carries a layer.
  if (r.sink !== null) (major === 1 ? ikev1Payloads : ikev2Payloads).get(type)?.(r)
  if (r.left > 0) r.rest(f.data)
}

function walkReserved(r: Reader): void {
  const reserved = r.u8(f.reserved)
  if (r.checking && reserved !== 0) r.noteField('warning', 'The reserved byte of a payload is to be 0')
}

function walkCritical(r: Reader, type: number): void {
  const critical = r.flag(f.critical)
  if (r.checking && critical) noteCritical(r, type)
  const reserved = r.bits(f.reserved7, 7)
  if (r.checking && reserved !== 0) r.noteField('warning', 'The reserved bits of a payload are to be 0')
}

/** The payloads that RFC 7296 itself defines: everyone knows them. */
const [firstKnown, lastKnown] = [33, 48]

function noteCritical(r: Reader, type: number): void {
  if (type >= firstKnown && type <= lastKnown)
    r.noteField('warning', 'The critical bit is to be 0 in a payload that everyone knows (RFC 7296 §3.2)')
  else
    r.noteField(
      payloadTypes[type] === undefined ? 'warning' : 'info',
      'Critical: a receiver that does not know this payload has to refuse the message',
    )
}

function walkFragment(r: Reader, next: number): void {
  const number = r.u16(f.fragmentNumber)
  const total = r.u16(f.totalFragments)
  if (r.checking && number > 1 && next !== 0)
    r.note('warning', 'Only the first fragment names the first inner payload (RFC 7383 §2.5)')
  if (number > 0 && number <= total) collectEncryptedFragment(r, number, total)
  else if (r.checking) r.noteField('error', 'A fragment’s number is from 1 to the total of fragments')
}

function walkCiscoFragment(r: Reader): DissectionBuffer | undefined {
  const id = r.u16(f.ciscoFragmentId)
  const number = r.u8(f.ciscoFragmentNumber)
  if (r.checking && number === 0) r.noteField('error', 'Fragments are numbered from 1 on')
  const isLast = (r.u8(f.ciscoLastFragment) & 1) === 1
  return number === 0 ? undefined : collectFragment(r, id, number, isLast)
}
