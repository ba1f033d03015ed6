import { protocols } from '../../dissectors/index.ts'
import { type Topic, topics } from '../../dissectors/lessons/topics.ts'
import type { Field } from '../dissect/field.ts'
import { type Names, NumberSpace, numberOf } from '../dissect/number-space.ts'
import type { Protocol } from '../dissect/protocol.ts'

/** A number of a table, what it is called there, and the fields that hold it. */
export type NamedValue = {
  readonly value: number
  /** As the table writes numbers: `0x0800`, `14`. */
  readonly number: string
  readonly name: string
  readonly fields: readonly Field[]
  /** What it means, in sentences; empty: the name says it all. */
  readonly meaning: string
  /** The protocol that this number announces. */
  readonly announces: Protocol | undefined
}

/** All that is known under a name. */
export type Known = {
  readonly protocols: readonly Protocol[]
  readonly topics: readonly Topic[]
  /** Every definition of that name; a header that comes in several forms has several. */
  readonly fields: readonly Field[]
  readonly values: readonly NamedValue[]
  /** Where no protocol and no field has just this name: fields whose name ends in it or whose label it is. */
  readonly alike: readonly Field[]
}

/** A field and its parts, outermost first. */
export const withParts = (field: Field): Field[] => [
  field,
  ...(field.parts ?? []).flatMap(([part]) => (part ? withParts(part) : [])),
]

/** The fields of a protocol in the order of its glossary, parts behind their words, each name once. */
export function fieldsOf(protocol: Protocol): Field[] {
  const names = new Set<string>()
  return Object.values(protocol.fields)
    .flatMap(withParts)
    .filter(({ name }) => !names.has(name) && names.add(name))
}

/** The protocols that have a field. */
export const ownersOf = (field: Field): Protocol[] =>
  protocols.filter(p => Object.values(p.fields).some(own => withParts(own).includes(field)))

/** Letters and digits only: `No proposal chosen` is NO_PROPOSAL_CHOSEN. */
const folded = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')

/** The words of a name: `ENCR_AES_CBC` is encr, aes and cbc. */
const wordsOf = (name: string): string =>
  ` ${name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .join(' ')} `

/** Everything of this name: protocols by id or by what people call them, fields, named values, numbers that announce protocols. */
export function lookUp(name: string): Known {
  const wanted = name.trim().toLowerCase()
  const loose = folded(name)
  const isNamed = (other: string) => loose !== '' && folded(other) === loose
  const found = {
    protocols: protocols.filter(
      p => p.id === wanted || [p.short, p.name, ...(p.lesson?.also ?? [])].some(isNamed),
    ),
    topics: topics.filter(topic => [topic.name, ...topic.also].some(isNamed)),
    fields: allNamed(field => field.name.toLowerCase() === wanted),
    values: /^(0x[0-9a-f]+|\d+)$/.test(wanted) ? announced(Number(wanted)) : valuesNamed(name, isNamed),
  }
  const isKnown = found.protocols.length + found.topics.length + found.fields.length > 0
  const isAlike = ({ name: own, label }: Field) => own.toLowerCase().endsWith(`.${wanted}`) || isNamed(label)
  return { ...found, alike: isKnown || wanted === '' ? [] : firstOfEach(allNamed(isAlike)) }
}

/** Values of this name. Of several words they may be a part: AES-CBC is in ENCR_AES_CBC. */
function valuesNamed(name: string, isNamed: (other: string) => boolean): NamedValue[] {
  const words = wordsOf(name)
  const isPhrase = words.trim().includes(' ')
  return namedValues(other => isNamed(other) || (isPhrase && wordsOf(other).includes(words)))
}

const firstOfEach = (fields: readonly Field[]): Field[] =>
  fields.filter((field, i) => fields.findIndex(other => other.name === field.name) === i)

function allNamed(isWanted: (field: Field) => boolean): Field[] {
  const found = protocols.flatMap(p => Object.values(p.fields).flatMap(withParts)).filter(isWanted)
  return [...new Set(found)]
}

/** Fields by the table of names that they share. */
function tables(): Map<Names, Field[]> {
  const found = new Map<Names, Field[]>()
  for (const field of allNamed(() => true)) {
    const { values } = field
    if (values === undefined) continue
    const others = found.get(values)
    if (others) others.push(field)
    else found.set(values, [field])
  }
  return found
}

const entriesOf = (names: Names): [number, string][] =>
  Object.entries(names instanceof NumberSpace ? names.names : names).map(([value, name]) => [
    Number(value),
    name,
  ])

function namedValues(isWanted: (name: string) => boolean): NamedValue[] {
  return [...tables()].flatMap(([names, fields]) =>
    entriesOf(names)
      .filter(([, name]) => isWanted(name))
      .map(([value, name]) => namedValue(names, fields, value, name)),
  )
}

/** Numbers alone are in every table; only those that say which protocol follows are worth a look. */
const announced = (value: number): NamedValue[] =>
  [...tables()].flatMap(([names, fields]) =>
    names instanceof NumberSpace && (names.names[value] !== undefined || names.find(value) !== undefined)
      ? [namedValue(names, fields, value, names.names[value] ?? names.find(value)?.short ?? '')]
      : [],
  )

function namedValue(names: Names, fields: readonly Field[], value: number, name: string): NamedValue {
  const meanings = fields.map(field => field.meanings?.[value] ?? '').filter(text => text !== '')
  return {
    value,
    number: numberOf(names, value),
    name,
    fields: firstOfEach(fields),
    meaning: [...new Set(meanings)].join(' '),
    announces: names instanceof NumberSpace ? names.find(value) : undefined,
  }
}

/** The values of a field that have a name or a story, in the order of their numbers. */
export function valuesOf(field: Field): NamedValue[] {
  const { values } = field
  if (values === undefined) return meaningsOf(field)
  return entriesOf(values).map(([value, name]) => namedValue(values, [field], value, name))
}

const meaningsOf = (field: Field): NamedValue[] =>
  Object.entries(field.meanings ?? {}).map(([number, meaning]) => ({
    value: Number(number),
    number: field.show?.(Number(number)) ?? number,
    name: '',
    fields: [field],
    meaning,
    announces: undefined,
  }))

/** A name that can be looked up, and what it is in a few words. */
export type Entry = {
  readonly name: string
  readonly kind: 'protocol' | 'topic' | 'field' | 'value'
  readonly about: string
}

/** Every name that there is something to say about: protocols, fields, values. */
export function allNames(): Entry[] {
  const entries: Entry[] = [
    ...protocols.map(p => ({ name: p.id, kind: 'protocol', about: p.name }) as const),
    ...topics.map(topic => ({ name: topic.name, kind: 'topic', about: topic.title }) as const),
    ...allNamed(() => true).map(({ name, label }) => ({ name, kind: 'field', about: label }) as const),
    ...namedValues(() => true).map(({ name, number, fields }) => ({
      name,
      kind: 'value' as const,
      about: `${number} in ${fields
        .map(field => field.name)
        .slice(0, 3)
        .join(', ')}`,
    })),
  ]
  const seen = new Set<string>()
  return entries.filter(({ name, kind }) => !seen.has(`${kind} ${name}`) && seen.add(`${kind} ${name}`))
}

/** At most `count` names that look like this one, the nearest first. */
export function nearestNames(name: string, count: number): Entry[] {
  const wanted = folded(name)
  if (wanted === '') return []
  const near = allNames().flatMap(entry => {
    const distance = distanceOf(wanted, folded(entry.name), folded(entry.about), entry.kind === 'protocol')
    // Values are many, and rarely what somebody mistyped.
    const far = distance + (entry.kind === 'value' ? 0.5 : 0)
    return distance < tooFar ? [{ entry, distance: far }] : []
  })
  const seen = new Set<string>()
  return near
    .sort((a, b) => a.distance - b.distance || a.entry.name.length - b.entry.name.length)
    .map(({ entry }) => entry)
    .filter(({ name: own }) => !seen.has(folded(own)) && seen.add(folded(own)))
    .slice(0, count)
}

const tooFar = 100

/**
 * How far a name is from what was typed: a beginning is nearest, then a beginning of its label, a slip, a part, two slips, a part
 * of the label.
 */
function distanceOf(wanted: string, name: string, about: string, isCalled: boolean): number {
  if (name.startsWith(wanted)) return 1
  if (about.startsWith(wanted)) return 2
  const words = isCalled ? [name, about] : [name]
  const slips = wanted.length < 3 ? tooFar : Math.min(...words.map(word => slipsIn(wanted, word)))
  if (slips === 1) return 3
  if (name.includes(wanted)) return 4
  if (name.length > 4 && wanted.startsWith(name)) return 4.5
  if (slips === 2 && wanted.length >= 5) return 5
  return wanted.length > 3 && about.includes(wanted) ? 8 : tooFar
}

/** Slips in all of a name, or in its beginning, which counts as one more. */
const slipsIn = (wanted: string, name: string): number =>
  Math.min(edits(wanted, name, 2), 1 + edits(wanted, name.slice(0, wanted.length + 1), 1))

/** Letters to change, add or take away to make one word of the other; beyond `most` it does not matter how many. */
function edits(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let row = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let k = 1; k <= other.length; k++)
      next.push(Math.min(row[k]! + 1, next[k - 1]! + 1, row[k - 1]! + (one[i - 1] === other[k - 1] ? 0 : 1)))
    row = next
  }
  return row[other.length]!
}
