import { hexText, ipv4Text, ipv6Text, macText } from '../addresses.ts'
import type { Depth } from '../dissect/dissect.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { NumberSpace, numberOf } from '../dissect/number-space.ts'
import { Selection } from '../dissect/selection.ts'
import { ownersOf } from './names.ts'
import { sourceOf } from './operands.ts'
import type { PacketFacts } from './packet-facts.ts'
import { parseValue } from './parse.ts'
import { Needs, type Source } from './source.ts'
import { dateText, secondsText } from './times.ts'
import { bytesOfNumber, type Kind, type Value } from './values.ts'

/** A field, or what is calculated from it, as a column of a table. */
export type Column = {
  /** As it was asked for. */
  readonly name: string
  readonly kind: Kind
  /** All values that a packet has of it, the dissection made as `depth` and `selection` of the columns say. */
  values(found: Dissection, about: PacketFacts): Value[]
  /** One of these values the way tshark writes it: numbers in the base that the field has. */
  text(value: Value): string
}

export type Columns = {
  readonly columns: readonly Column[]
  readonly depth: Depth
  /** The fields that have to be recorded; undefined: all, or none where the depth is `peel`. */
  readonly selection: Selection | undefined
  /** All packets before have to be seen: `PacketFacts.flows`. */
  readonly flows: boolean
}

/**
 * Columns of what is asked for: `ip.src`, `inner.ip.dst`, `eth.addr[0:3]`, `len(udp.payload)`.
 * @throws {FilterError} where something has no such name; its places are those in that text
 */
export function columnsOf(texts: readonly string[]): Columns {
  const needs = new Needs()
  const columns = texts.map(text => columnOf(text, needs))
  return { columns, depth: needs.depth, selection: selectionOf(needs), flows: needs.flows }
}

function columnOf(name: string, needs: Needs): Column {
  const source = sourceOf(parseValue(name), needs)
  return {
    name,
    kind: source.kind,
    values(found, about) {
      const values: Value[] = []
      source.gather(found, about, values)
      return values
    },
    text: value => textOf(value, source),
  }
}

/** What a dissection has to record; undefined: all, or nothing. */
export function selectionOf({ depth, fields, whole }: Needs): Selection | undefined {
  if (depth !== 'fields') return undefined
  const selection = new Selection()
  for (const field of fields) selection.want(field)
  if (!whole) selection.layers = new Set([...fields].flatMap(field => [...ownersOf(field)]))
  return selection
}

function textOf(value: Value, { kind, named }: Source): string {
  switch (kind) {
    case 'number':
      return numberText(value, named)
    case 'ipv4':
      return ipv4Text(bytesOfNumber(Number(value)), 0)
    case 'time':
      return named?.name === 'frame.time'
        ? dateText(BigInt(String(value)))
        : secondsText(BigInt(String(value)))
    case 'duration':
      return secondsText(BigInt(String(value)))
    case 'protocol':
      return named?.label ?? ''
    default:
      return value instanceof Uint8Array ? bytesText(value, kind) : String(value)
  }
}

function bytesText(bytes: Uint8Array, kind: Kind): string {
  if (kind === 'ipv6') return ipv6Text(bytes, 0)
  return kind === 'ether' ? macText(bytes, 0) : hexText(bytes, 0, bytes.length)
}

function numberText(value: Value, named: Source['named']): string {
  const [field] = named?.fields ?? []
  const { digits } = field?.show ?? {}
  // tshark shows whole bytes, whatever the bits of the field.
  if (digits !== undefined)
    return `0x${BigInt(String(value))
      .toString(16)
      .padStart(digits + (digits % 2), '0')}`
  if (field?.values instanceof NumberSpace && typeof value === 'number') return numberOf(field.values, value)
  return String(value)
}
