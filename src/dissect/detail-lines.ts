import type { Field } from './field.ts'
import { display, type LayerView } from './layer-view.ts'
import type { Line } from './line.ts'
import type { Protocol } from './protocol.ts'
import type { Selection } from './selection.ts'

/** More lines than these nobody reads; the tree has them all. */
const mostLines = 100

/** Fields that say how a message is laid out, not what it says, and what is encrypted. */
const layout =
  /(?<!^(?:Prefix|Key) )\blength\b|\b(reserved\d?|unused|padding|flags?|marker|magic cookie|checksum|next payload|last substructure|SPI size|number of|situation|encrypted data|initialization vector)\b/i

/** Fields that name what the group is. */
const naming = /(?<!^Life )\b(type|code|attribute ID)$/i

/** What a group of fields says, or the header itself. */
type Detail = {
  readonly around: Detail | undefined
  readonly name: string
  type: string
  readonly facts: (readonly [label: string, value: string])[]
}

/** The line of a protocol that tcpdump has no words for, and with -v what its groups of fields say, a line each. */
export function printDetails(v: LayerView, line: Line): void {
  line.plain(v)
  if (line.options.verbose > 0) writeDetails(v, line)
}

/**
 * What the groups of a layer's fields say, a line each, indented as OpenBSD's tcpdump indents payloads. The block that a header
 * begins with is left to the summary.
 */
export function writeDetails(v: LayerView, line: Line): void {
  const { found, index } = v
  const details = detailsOf(v, { from: found.first[index]!, until: found.last[index]! })
  writeLines(details.filter(saysSomething), line)
}

/** The fields of a protocol that are told of, and who has asked for all of them. */
type Glossary = { readonly told: ReadonlySet<Field>; asked: Selection | undefined }
const glossaries = new WeakMap<Protocol, Glossary>()

/** Asks for all fields of a layer, and returns those that are told of. */
export function wantDetails({ found: { selection }, protocol }: LayerView): ReadonlySet<Field> {
  let glossary = glossaries.get(protocol)
  if (glossary === undefined) {
    const told = Object.values(protocol.fields).filter(({ label, place }) => !place && !layout.test(label))
    glossary = { told: new Set(told), asked: undefined }
    glossaries.set(protocol, glossary)
  }
  if (selection !== null && glossary.asked !== selection) {
    for (const field of Object.values(protocol.fields)) selection.want(field)
    glossary.asked = selection
  }
  return glossary.told
}

/** Records of a group of fields and all inside it, and what is not to be told of them. */
export type Told = {
  readonly from: number
  readonly until: number
  readonly leaves?: (field: Field, value: string) => boolean
}

/** The same for one group: what it says itself behind the line so far, what is inside it below. */
export function writeGroup(v: LayerView, line: Line, told: Told): void {
  const [, group, ...inside] = detailsOf(v, told)
  if (group === undefined) return
  if (saysSomething(group)) line.out.ascii(' ').text(textOf({ ...group, name: '' }))
  writeLines(inside.filter(saysSomething), line, group)
}

/** `said`: a group that has a line already, whatever it says. */
function writeLines(details: readonly Detail[], line: Line, said?: Detail): void {
  const { out } = line
  for (const detail of details.slice(0, mostLines)) {
    out.ascii('\n\t')
    for (let { around } = detail; around?.around; { around } = around)
      if (around === said || saysSomething(around)) out.ascii('    ')
    out.text(textOf(detail))
  }
  if (details.length > mostLines) out.ascii(`\n\t${details.length - mostLines} more`)
  line.spread ||= details.length > 0
}

const saysSomething = ({ type, facts }: Detail): boolean => type !== '' || facts.length > 0

/** `Service-Type (6): Framed (2)`; labels stand before values where there are several. */
function textOf({ name, type, facts }: Detail): string {
  const begin = type === '' ? name : /^\d+$/.test(type) ? `${name} ${type}` : type
  const isPlain = type !== '' && (facts.length === 1 || facts.every(([label]) => type.startsWith(label)))
  const said = facts.map(([label, value]) => (isPlain || value === '' ? value || label : `${label} ${value}`))
  return [begin, said.join(', ')].filter(text => text !== '').join(': ')
}

function detailsOf(v: LayerView, { from, until, leaves }: Told): Detail[] {
  const { fields, depths } = v.found
  const told = wantDetails(v)
  const details: Detail[] = [{ around: undefined, name: '', type: '', facts: [] }]
  /** What is around the record, by depth. */
  const open: Detail[] = []
  open[depths[from]!] = details[0]!
  let leafDepth = Number.POSITIVE_INFINITY
  for (let i = from; i < until; i++) {
    const depth = depths[i]!
    const field = fields[i]!
    // Parts of a word or a name: all of it has been said.
    if (depth > leafDepth) continue
    const isGroup = field.type === 'group' && field.read === undefined
    leafDepth = isGroup ? Number.POSITIVE_INFINITY : depth
    const around = open[depth]!
    if (isGroup) {
      open[depth + 1] = { around, name: field.label, type: '', facts: [] }
      details.push(open[depth + 1]!)
    } else if (told.has(field)) tell(around, v, i, leaves)
  }
  return details
}

/** The first field that is called a type names the group; a flag is told of where it is set, and an empty text is not. */
function tell(detail: Detail, v: LayerView, record: number, leaves: Told['leaves']): void {
  const field = v.found.fields[record]!
  const { label, type } = field
  const value = display(v.found, record, v)
  if (leaves?.(field, value)) return
  if (type === 'flag') {
    if (v.found.values[record] === 1) detail.facts.push([label, ''])
  } else if (detail.type === '' && naming.test(label)) {
    if (!value.startsWith('0x')) detail.type = value
  } else if (value !== '') detail.facts.push([label, value])
}
