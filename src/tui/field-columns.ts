import type { Dissection } from '../dissect/dissection.ts'
import type { Field } from '../dissect/field.ts'
import { display } from '../dissect/layer-view.ts'
import { FilterError } from '../filter/errors.ts'
import type { Reference } from '../filter/expression.ts'
import { compileFilter } from '../filter/filter.ts'
import { isWanted } from '../filter/layers.ts'
import { named } from '../filter/names.ts'

/** A column of the list that somebody asked for. */
export type FieldColumn = {
  /** As a filter names it: `isakmp.ispi`, `inner.ip.ttl`. */
  readonly name: string
  /** Its values are numbers without names. */
  readonly isNumber: boolean
  /** What it says of a packet; of several values a few, with commas. Empty: the packet has none. */
  read(found: Dissection): string
  /** What it is sorted by: a number, a text; undefined where the packet has none. */
  rank(found: Dissection): number | string | undefined
}

/** Values of one packet that are shown. */
const mostValues = 4

/** The column of a field or protocol, or what is wrong with the name, as a sentence. */
export function fieldColumn(name: string): FieldColumn | string {
  const reference = referenceIn(name)
  if (typeof reference === 'string') return reference
  const { fields = [], protocol } = named(reference.name) ?? {}
  const { layers } = reference
  if (protocol)
    return columnOf(name, false, found =>
      layersWanted(found, layers)
        .filter(layer => found.protocols[layer] === protocol)
        .map(layer => ({ text: found.layer(layer).summary, number: Number.NaN })),
    )
  if (fields.length === 0) return `${reference.name} is of the whole packet, and no column`
  const isNumber = fields.every(({ type, values, read }) => type === 'uint' && !values && !read)
  return columnOf(name, isNumber, found =>
    layersWanted(found, layers).flatMap(layer => valuesIn(found, layer, fields)),
  )
}

/** The reference that a text is, and nothing else. */
function referenceIn(name: string): Reference | string {
  try {
    const { expression } = compileFilter(name, 'display')
    if (expression.kind === 'exists' && expression.of.kind === 'reference') return expression.of
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    return error.message
  }
  return `${name} is no field or protocol`
}

/** A value as people read it, and as a number where it is one. */
type Said = { readonly text: string; readonly number: number }

function columnOf(name: string, isNumber: boolean, say: (found: Dissection) => readonly Said[]): FieldColumn {
  return {
    name,
    isNumber,
    read: found => {
      const values = say(found)
      const shown = values.slice(0, mostValues).map(({ text }) => text)
      return values.length > mostValues ? `${shown.join(',')},…` : shown.join(',')
    },
    rank: found => {
      const [first] = say(found)
      if (first === undefined) return undefined
      return Number.isNaN(first.number) ? first.text : first.number
    },
  }
}

const layersWanted = (found: Dissection, layers: Reference['layers']): number[] =>
  Array.from({ length: found.layerCount }, (_, layer) => layer).filter(layer =>
    isWanted(found.protocols, found.layerCount, layer, layers),
  )

function valuesIn(found: Dissection, layer: number, fields: readonly Field[]): Said[] {
  const view = found.layer(layer)
  const ranges = [
    [found.first[layer]!, found.last[layer]!],
    [found.trailerFirst[layer]!, found.trailerLast[layer]!],
  ] as const
  return ranges.flatMap(([from, until]) =>
    Array.from({ length: until - from }, (_, i) => from + i)
      .filter(record => fields.includes(found.fields[record]!))
      .map(record => ({ text: display(found, record, view), number: found.values[record]! })),
  )
}
