import type { Depth } from '../dissect/dissect.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Field } from '../dissect/field.ts'
import { display } from '../dissect/layer-view.ts'
import type { Selection } from '../dissect/selection.ts'
import { columnsOf } from '../filter/columns.ts'
import { FilterError } from '../filter/errors.ts'
import type { Reference } from '../filter/expression.ts'
import { compileFilter } from '../filter/filter.ts'
import { isWanted } from '../filter/layers.ts'
import { named } from '../filter/names.ts'
import type { PacketFacts } from '../filter/packet-facts.ts'
import type { Value } from '../filter/values.ts'
import type { Rank } from '../store/packet-order.ts'

/** A column of the list that somebody asked for. */
export type FieldColumn = {
  /** As a filter names it: `isakmp.ispi`, `inner.ip.ttl`, `len(udp.payload)`. */
  readonly name: string
  /** Its values are numbers without names. */
  readonly isNumber: boolean
  /** What it says of a packet that has been looked at to the end; of several values a few. Empty: the packet has none. */
  read(found: Dissection, about: PacketFacts): string
  /** How a packet has to be looked at for `rank`. */
  readonly depth: Depth
  readonly selection: Selection | undefined
  /** All packets before have to be seen. */
  readonly flows: boolean
  /** What it is sorted by; undefined where the packet has none. */
  rank(found: Dissection, about: PacketFacts): Rank
}

/** Values of one packet that are shown. */
const mostValues = 4
/** Bytes that count where bytes are sorted. */
const mostBytes = 16

/** The column of what a filter can ask for, or what is wrong with the name, as a sentence. */
export function fieldColumn(name: string): FieldColumn | string {
  try {
    return columnFrom(name)
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    return error.message
  }
}

function columnFrom(name: string): FieldColumn {
  const {
    columns: [column],
    depth,
    selection,
    flows,
  } = columnsOf([name])
  const { kind, values, text } = column!
  const reference = referenceIn(name)
  const fields = reference ? (named(reference.name)?.fields ?? []) : []
  const texts = (found: Dissection, about: PacketFacts) =>
    sayingOf(reference, fields, found) ?? values(found, about).map(text)
  return {
    name,
    isNumber:
      (kind === 'number' && fields.every(field => !field.values && !field.read)) || kind === 'duration',
    depth,
    selection,
    flows,
    read: (found, about) => {
      const all = texts(found, about)
      return all.length > mostValues ? `${all.slice(0, mostValues).join(',')},…` : all.join(',')
    },
    rank: (found, about) => rankOf(values(found, about)[0]),
  }
}

/** The field or protocol that a text names; undefined: it is something that is calculated. */
function referenceIn(name: string): Reference | undefined {
  const { expression } = compileFilter(`${name} == ${name}`, 'display')
  return expression.kind === 'compare' && expression.left.kind === 'reference' ? expression.left : undefined
}

/** What a field or protocol of a packet reads like for people; undefined for what is of the whole packet, or calculated. */
function sayingOf(
  reference: Reference | undefined,
  fields: readonly Field[],
  found: Dissection,
): readonly string[] | undefined {
  const protocol = reference && named(reference.name)?.protocol
  if (reference === undefined || (fields.length === 0 && protocol === undefined)) return undefined
  const layers = Array.from({ length: found.layerCount }, (_, layer) => layer).filter(layer =>
    isWanted(found.protocols, found.layerCount, layer, reference.layers),
  )
  if (protocol)
    return layers
      .filter(layer => found.protocols[layer] === protocol)
      .map(layer => found.layer(layer).summary)
  return layers.flatMap(layer => textsIn(found, layer, fields))
}

function textsIn(found: Dissection, layer: number, fields: readonly Field[]): string[] {
  const view = found.layer(layer)
  const ranges = [
    [found.first[layer]!, found.last[layer]!],
    [found.trailerFirst[layer]!, found.trailerLast[layer]!],
  ] as const
  return ranges.flatMap(([from, until]) =>
    Array.from({ length: until - from }, (_, i) => from + i)
      .filter(record => fields.includes(found.fields[record]!))
      .map(record => display(found, record, view)),
  )
}

function rankOf(value: Value | undefined): Rank {
  if (typeof value === 'bigint') return Number(value)
  if (!(value instanceof Uint8Array)) return value
  // Half bytes as letters: digits would be taken together as numbers.
  const letters = (byte: number) => String.fromCharCode(97 + (byte >> 4), 97 + (byte & 15))
  return Array.from(value.subarray(0, mostBytes), letters).join('')
}
