import type { Topic } from '../../dissectors/lessons/topics.ts'
import { escapeControls } from '../byte-writer.ts'
import type { Field } from '../dissect/field.ts'
import { NumberSpace } from '../dissect/number-space.ts'
import type { Lesson, Protocol } from '../dissect/protocol.ts'
import { explainFilterName } from './filter-names.ts'
import { allNames, fieldsOf, lookUp, type NamedValue, nearestNames, ownersOf, valuesOf } from './names.ts'
import type { Block } from './prose.ts'

/** What there is to say about a name without a packet: as a protocol, a field, a value; undefined: nothing. */
export function explainName(name: string): Block[] | undefined {
  const { protocols, topics, fields, values, alike } = lookUp(name)
  if ([protocols, topics, fields, values, alike].every(list => list.length === 0))
    return explainFilterName(name)
  const labels = new Set(fields.map(({ label }) => label))
  return [
    ...protocols.flatMap(p => explainProtocol(p)),
    ...topics.flatMap(explainTopic),
    ...(fields.length > 0 ? [title(`${fields[0]!.name}: ${[...labels].join(', ')}`)] : []),
    ...fields.flatMap(explainField),
    ...(alike.length > 0 ? [title(`Fields called ${escapeControls(name)}`), ...alike.map(fieldEntry)] : []),
    ...(values.length > 0 ? [title(`${escapeControls(name)} as a value`), ...values.map(valueEntry)] : []),
  ]
}

/** A sentence for a name that nothing is known of, with those that look like it. */
export function unknownName(name: string): string {
  const near = nearestNames(name, 6).map(entry => entry.name)
  const hint = near.length > 0 ? `did you mean ${near.join(', ')}?` : 'explain --list has all names'
  return `${name}: nothing of this name; ${hint}`
}

/** Names that begin so, with a few words each; without a beginning protocols and fields only, for values are thousands. Empty: there are none. */
export function listNames(beginning: string): Block[] {
  const wanted = beginning.toLowerCase()
  const rows = allNames()
    .filter(({ name, kind }) => (wanted === '' ? kind !== 'value' : name.toLowerCase().startsWith(wanted)))
    .map(({ name, kind, about }) => [name, kind, about])
  return rows.length === 0 ? [] : [{ kind: 'table', heads: ['name', 'kind', 'what it is'], rows }]
}

const title = (said: string): Block => ({ kind: 'title', text: said })
const text = (said: string, tone: 'plain' | 'aside' = 'plain'): Block => ({ kind: 'text', text: said, tone })
const entry = (term: string, said: string, aside = '') =>
  ({ kind: 'entry', term, aside, text: said }) as const

/** A protocol: what it is for, how it is known, what it costs, what goes wrong, and all of its fields; `stories`: with values. */
export function explainProtocol(p: Protocol, stories = false): Block[] {
  const called = p.short === p.name ? p.name : `${p.short}, ${p.name}`
  const fields = fieldsOf(p)
  return [
    title(`${p.id}: ${called}`),
    text(p.about),
    ...(p.reference === '' ? [] : [entry('Specified in', `${p.reference}.`)]),
    ...seat(p, fields),
    ...(p.lesson ? lessonEntries(p.lesson) : []),
    { kind: 'section', text: 'Fields, in the order of the header' },
    ...fields.flatMap(field => [fieldEntry(field), ...(stories ? storiesOf(field) : [])]),
  ]
}

/** A way to use protocols that has a name of its own. */
export const explainTopic = (topic: Topic): Block[] => [
  title(topic.title),
  text(topic.about),
  ...lessonEntries(topic.lesson),
  text(`See also: ${topic.see.join(', ')}.`, 'aside'),
]

/** Where it sits: the numbers that announce it, and its own fields that announce what follows. */
function seat(p: Protocol, fields: readonly Field[]): Block[] {
  const announced = p.claims.map(
    ([space, ...numbers]) => `${space.label} ${numbers.map(space.show).join(', ')}`,
  )
  const looked = [p.guess?.space, p.guess?.further].flatMap(space => (space ? [space.label] : []))
  const onward = fields
    .filter(({ values }) => values instanceof NumberSpace)
    .map(({ label, name }) => `${label} (${name})`)
  return [
    ...(announced.length > 0 ? [entry('Announced by', `${announced.join('; ')}.`)] : []),
    ...(looked.length > 0
      ? [entry('Known by its looks', `on a ${looked.join(' or ')} that nobody claims.`)]
      : []),
    ...(onward.length > 0 ? [entry('Says what follows in', `${onward.join(', ')}.`)] : []),
  ]
}

/** What the header of a protocol does not tell. */
export const lessonEntries = ({ protects, overhead, recognised, mistakes }: Lesson): Block[] => [
  entry('What it protects', protects),
  entry('Overhead', overhead),
  entry('How it is recognised', recognised),
  { kind: 'section', text: 'What goes wrong' },
  ...mistakes.map(mistake => entry('', mistake)),
]

const fieldEntry = (field: Field): Block =>
  entry(field.name, field.explain, `${field.label}${field.section ? `, ${field.section}` : ''}`)

/** The values that have a story, below their field. */
const storiesOf = (field: Field): Block[] =>
  valuesOf(field)
    .filter(({ meaning }) => meaning !== '')
    .map(value => ({ ...valueOfField(value), depth: 1 }))

/** More names than this are left to those who ask for one. */
const mostNames = 80

function explainField(field: Field): Block[] {
  const owners = ownersOf(field)
  const where = owners.map(({ id, short, reference }) => `${short} (${id}, ${field.section ?? reference})`)
  return [
    text(`${field.label} in ${where.join(', ') || 'no protocol'}. ${placeOf(field)}`),
    text(field.explain),
    ...valueEntries(field),
  ]
}

/** The values that a field can have, as far as they have names: those with a story first, one by one. */
export function valueEntries(field: Field): Block[] {
  const values = valuesOf(field)
  const told = values.filter(({ meaning }) => meaning !== '')
  const others = values.filter(({ meaning }) => meaning === '').map(({ number, name }) => `${number} ${name}`)
  const more = others.length > mostNames ? `, and ${others.length - mostNames} more` : ''
  return [
    ...told.map(valueOfField),
    ...(others.length > 0
      ? [
          entry(
            told.length > 0 ? 'Other values' : 'Values',
            `${others.slice(0, mostNames).join(', ')}${more}.`,
          ),
        ]
      : []),
  ]
}

const kinds: Readonly<Record<Field['type'], string>> = {
  uint: 'a number',
  flag: 'a flag',
  bytes: 'bytes',
  ipv4: 'an IPv4 address',
  ipv6: 'an IPv6 address',
  ether: 'a link address',
  text: 'text',
  group: 'a group of fields',
}

function placeOf({ type, place }: Field): string {
  if (!place) return `It holds ${kinds[type]}.`
  const { byte, bit, width } = place
  const within = bit % 8 === 0 && width % 8 === 0 ? '' : `, from bit ${bit % 8} on`
  return `It holds ${kinds[type]} of ${width === 1 ? '1 bit' : `${width} bits`}, ${byte === 0 ? 'at the start' : `${byte} bytes into the fixed part`} of the header${within}.`
}

const valueOfField = ({ number, name, meaning }: NamedValue) =>
  entry(name === '' ? number : name, meaning, name === '' ? '' : `(${number})`)

function valueEntry({ number, name, fields, meaning, announces }: NamedValue): Block {
  const where = fields.map(field => `${field.label} (${field.name})`)
  const shown =
    where.length > 4 ? `${where.slice(0, 4).join(', ')} and ${where.length - 4} more` : where.join(', ')
  const follows = announces ? `It says that ${announces.short} (${announces.id}) follows.` : ''
  return entry(`${name} (${number})`, meaning || follows || fields[0]!.explain, `in ${shown}`)
}
