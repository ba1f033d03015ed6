import '../../dissectors/index.ts'
import { allFields, type Field, type FieldType, leftover, leftoverBits } from '../dissect/field.ts'
import { allProtocols, type Protocol } from '../dissect/protocol.ts'
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
const kindOf = ({ type, read }: Field): Kind =>
  type === 'group' && read !== undefined ? 'text' : kinds[type]

let known: ReadonlyMap<string, Named> | undefined

/** Everything that has a name, by its name. */
export function catalogue(): ReadonlyMap<string, Named> {
  known ??= gathered()
  return known
}

function gathered(): ReadonlyMap<string, Named> {
  const names = new Map<string, Named>()
  const plain = { fields: [], protocol: undefined, pseudo: undefined }
  for (const protocol of allProtocols)
    names.set(protocol.id, { ...plain, name: protocol.id, kind: 'protocol', label: protocol.name, protocol })
  for (const field of allFields) {
    const { name, label } = field
    const fields = [...(names.get(name)?.fields ?? []), field]
    names.set(name, { ...plain, name, kind: kindOf(field), label, fields })
  }
  for (const [name, [one, other, label]] of Object.entries(pairs)) {
    const fields = [one, other].flatMap(each => names.get(each)?.fields ?? [])
    names.set(name, { ...plain, name, kind: kindOf(fields[0]!), label, fields })
  }
  for (const pseudo of pseudoFields)
    names.set(pseudo.name, { ...plain, name: pseudo.name, kind: pseudo.kind, label: pseudo.explain, pseudo })
  return names
}

export const named = (name: string): Named | undefined => catalogue().get(name)

export const isName = (text: string): boolean => catalogue().has(text)

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

let protocolsByField: ReadonlyMap<Field, ReadonlySet<Protocol>> | undefined

/** The protocols in whose layers a field can be. */
export function ownersOf(field: Field): ReadonlySet<Protocol> {
  protocolsByField ??= ownership()
  return protocolsByField.get(field) ?? new Set()
}

function ownership(): ReadonlyMap<Field, ReadonlySet<Protocol>> {
  const owners = new Map<Field, Set<Protocol>>()
  const enter = (field: Field, protocol: Protocol) => {
    const own = owners.get(field) ?? new Set()
    owners.set(field, own)
    if (own.has(protocol)) return
    own.add(protocol)
    for (const [part] of field.parts ?? []) if (part) enter(part, protocol)
  }
  for (const protocol of allProtocols) {
    for (const field of Object.values(protocol.fields)) enter(field, protocol)
    // What a broken layer leaves over.
    enter(leftover, protocol)
    enter(leftoverBits, protocol)
  }
  return owners
}
