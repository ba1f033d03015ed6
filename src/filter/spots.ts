import { numberAt } from '../dissect/bits.ts'
import type { Place } from '../dissect/block.ts'
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
    const spot = spotOf(field)
    const owners = [...ownersOf(field)]
    if (spot === undefined || owners.length === 0) return undefined
    if (!owners.every(({ begins }) => begins === spot.place.block)) return undefined
    for (const { number } of owners) spots[number] = [...(spots[number] ?? []), spot]
  }
  return fields.length > 0 ? spots : undefined
}

function spotOf(field: Field): Spot | undefined {
  const { place } = field
  if (!place) return undefined
  const word = place.block.entries.find(
    ({ place: own }) => own.bit <= place.bit && own.bit + own.width >= place.bit + place.width,
  )
  if (word === undefined) return undefined
  const until = (word.place.bit + word.place.width + 7) >> 3
  const bytes = field.type === 'ipv4' ? 4 : place.bytes
  return { field, place: { ...place, bytes }, until, unit: field.show?.unit ?? 1 }
}

/** The value at a spot in a layer that starts at `start`. */
export function valueAt({ field, place, unit }: Spot, bytes: Uint8Array, start: number): Value {
  if (field.type === 'uint' || field.type === 'flag' || field.type === 'ipv4')
    return numberAt(bytes, start, place) * unit
  const at = start + place.byte
  return bytes.subarray(at, at + (place.width >> 3))
}
