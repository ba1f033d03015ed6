import { numberAt } from '../dissect/bits.ts'
import { type Block, type Place, placeAt } from '../dissect/block.ts'
import type { Field } from '../dissect/field.ts'
import type { Named } from './names.ts'
import { ownersOf } from './names.ts'
import type { Value } from './values.ts'

/** A field that stands at the same place in every layer of a protocol. */
export type Spot = {
  readonly field: Field
  readonly place: Place
  /** Bytes that the layer must have for it to be there: those of the word that it is a part of, too. */
  readonly until: number
  /** What its number is multiplied with. */
  readonly unit: number
}

/** Where fields stand, by number of the protocol; undefined: they are not in its layers. */
export type Spots = readonly (readonly Spot[] | undefined)[]

/** Where the fields of a name stand; undefined where one of them has no fixed place, so that a walk has to find it. */
export function spotsOf({ fields }: Named): Spots | undefined {
  const spots: Spot[][] = []
  for (const field of fields) {
    const owners = [...ownersOf(field)]
    if (owners.length === 0) return undefined
    for (const { number, begins } of owners) {
      const own = begins === undefined ? [] : spotsIn(begins, field)
      if (own.length === 0) return undefined
      spots[number] = [...(spots[number] ?? []), ...own]
    }
  }
  return spots
}

/** Where a field stands in a block: once, or as a part of several words, as the bits of addresses do. */
export function spotsIn(block: Block, field: Field): Spot[] {
  return block.entries.flatMap(({ field: word, place }) => {
    const until = (place.bit + place.width + 7) >> 3
    if (word === field) return [spot(field, place, until)]
    let bit = place.bit
    return (word.parts ?? []).flatMap(([part, width]) => {
      bit += width
      return part === field ? [spot(field, placeAt(block, field, bit - width, width), until)] : []
    })
  })
}

function spot(field: Field, place: Place, until: number): Spot {
  const bytes = field.type === 'ipv4' ? 4 : place.bytes
  return { field, place: { ...place, bytes }, until, unit: field.show?.unit ?? 1 }
}

/** The value at a spot in a layer that starts at `start`. */
export function valueAt({ field, place, unit }: Spot, bytes: Uint8Array, start: number): Value {
  const at = start + place.byte
  if (field.type === 'uint' || field.type === 'flag' || field.type === 'ipv4')
    return place.bytes < 0 ? wide(bytes, at, place.width >> 3, false) : numberAt(bytes, start, place) * unit
  return bytes.subarray(at, at + (place.width >> 3))
}

/** A number of more than 53 bits. `swapped`: its last byte comes first. */
export function wide(bytes: Uint8Array, at: number, length: number, swapped: boolean): bigint {
  let value = 0n
  for (let i = 0; i < length; i++)
    value = value * 256n + BigInt(bytes[swapped ? at + length - 1 - i : at + i] ?? 0)
  return value
}
