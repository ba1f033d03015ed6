import '../../dissectors/index.ts'
import { allFields, type Field, type FieldType, leftover, leftoverBits } from '../dissect/field.ts'
import { allProtocols, type Protocol } from '../dissect/protocol.ts'
import { derivedFields } from './derived-fields.ts'
import { flowFields } from './flow-fields.ts'
import { formOf } from './forms.ts'
import { type PseudoField, pseudoFields } from './pseudo-fields.ts'
import type { Kind } from './values.ts'

/** Something that a filter can ask for by its name. */
export type Named = {
  readonly name: string
  readonly kind: Kind
  /** What it is called, for people. */
  readonly label: string
  /** All fields of this name: one, or several that are alike; for a protocol and a pseudo field none. */
  readonly fields: readonly Field[]
  readonly protocol: Protocol | undefined
  readonly pseudo: PseudoField | undefined
}

/** Names that stand for two fields. */
const pairs: Readonly<Record<string, readonly [string, string, label: string]>> = {
  'eth.addr': ['eth.src', 'eth.dst', 'Source or destination address'],
  'ip.addr': ['ip.src', 'ip.dst', 'Source or destination address'],
  'ipv6.addr': ['ipv6.src', 'ipv6.dst', 'Source or destination address'],
  'tcp.port': ['tcp.srcport', 'tcp.dstport', 'Source or destination port'],
  'http.request': ['http.request.method', 'http.request.uri', 'The line of a request'],
  'http.response': ['http.response.code', 'http.response.phrase', 'The line of a response'],
  'udp.port': ['udp.srcport', 'udp.dstport', 'Source or destination port'],
}

const kinds: Readonly<Record<FieldType, Kind>> = {
  uint: 'number',
  flag: 'flag',
  bytes: 'bytes',
  group: 'bytes',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
  ether: 'ether',
  text: 'text',
}

/** A group that reads as text, such as a name in parts, is that text. */
function kindOf({ name, type, read }: Field): Kind {
  const form = formOf(name)
  if (form !== undefined) return form === 'ipv4' || form === 'ipv6' ? form : 'number'
  return type === 'group' && read !== undefined ? 'text' : kinds[type]
}

const nothing = { fields: [], protocol: undefined, pseudo: undefined }

const known = new Map<string, Named>()

/** What has this name; few of thousands are asked for before the first packet is read. */
export function named(name: string): Named | undefined {
  const entry = known.get(name) ?? lookUp(name)
  if (entry) known.set(name, entry)
  return entry
}

function lookUp(name: string): Named | undefined {
  const pseudo = ownNames().get(name)
  if (pseudo) return { ...nothing, name, kind: pseudo.kind, label: pseudo.explain, pseudo }
  const pair = Object.hasOwn(pairs, name) ? pairs[name] : undefined
  const fields = (pair?.slice(0, 2) ?? [name]).flatMap(each => fieldNames().get(each) ?? [])
  const shown = pair ? fields[0] : fields.at(-1)
  if (shown) return { ...nothing, name, kind: kindOf(shown), label: pair?.[2] ?? shown.label, fields }
  const protocol = allProtocols.find(({ id }) => id === name)
  return protocol && { ...nothing, name, kind: 'protocol', label: protocol.name, protocol }
}

export const isName = (text: string): boolean => named(text) !== undefined

let all: ReadonlyMap<string, Named> | undefined

/** Everything that has a name, by its name. */
export function catalogue(): ReadonlyMap<string, Named> {
  const ids = allProtocols.map(({ id }) => id)
  all ??= new Map(
    [...ids, ...fieldNames().keys(), ...Object.keys(pairs), ...ownNames().keys()].flatMap(name => {
      const entry = named(name)
      return entry ? [[name, entry]] : []
    }),
  )
  return all
}

let fieldsByName: ReadonlyMap<string, readonly Field[]> | undefined

function fieldNames(): ReadonlyMap<string, readonly Field[]> {
  if (fieldsByName) return fieldsByName
  const names = new Map<string, Field[]>()
  for (const field of allFields) {
    const same = names.get(field.name)
    if (same) same.push(field)
    else names.set(field.name, [field])
  }
  fieldsByName = names
  return names
}

let ownByName: ReadonlyMap<string, PseudoField> | undefined

/** What no packet has: it is worked out. */
function ownNames(): ReadonlyMap<string, PseudoField> {
  ownByName ??= new Map(
    [...pseudoFields, ...derivedFields, ...flowFields].map(pseudo => [pseudo.name, pseudo]),
  )
  return ownByName
}

/** Words of the language itself, which name nothing. */
export const keywords: ReadonlySet<string> = new Set(
  'and or not xor eq ne lt le gt ge any_eq all_ne all_eq any_ne contains matches in any all bitand bitwise_and'.split(
    ' ',
  ),
)

/** True for what could be the name of a field or protocol, mistyped perhaps. */
export const looksLikeName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text)

/** What can be calculated from values, and how the parentheses are filled. */
export const functions: Readonly<Record<string, string>> = {
  len: 'bytes of a field or protocol',
  count: 'how often the packet has a field or protocol',
  lower: 'text in small letters',
  upper: 'text in capital letters',
  string: 'a number or an address as text',
  min: 'the smallest of several values',
  max: 'the largest of several values',
  abs: 'a number without its sign',
}

export const isFunction = (name: string): boolean => Object.hasOwn(functions, name)

const owners = new Map<Field, ReadonlySet<Protocol>>()

/** The protocols in whose layers a field can be. */
export function ownersOf(field: Field): ReadonlySet<Protocol> {
  let own = owners.get(field)
  if (own === undefined) {
    // What a broken layer leaves over may be in any.
    const isAnyones = field === leftover || field === leftoverBits
    own = new Set(allProtocols.filter(({ fields }) => isAnyones || Object.values(fields).some(has(field))))
    owners.set(field, own)
  }
  return own
}

/** Whether another field is this one, or has it as a part. */
const has =
  (field: Field) =>
  (other: Field): boolean =>
    other === field || (other.parts?.some(([part]) => part !== undefined && has(field)(part)) ?? false)
