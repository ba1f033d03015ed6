import { allFields, type Field, maxFields } from './field.ts'
import type { Protocol } from './protocol.ts'

/** What is wished of a field, as bits: the field itself, its parts. */
export const wanted = 1
export const partsWanted = 2
/**
 * Fields that a view asks for, learnt from its asking: a line of text needs a handful of the fields of a packet,
 * and recording only those doubles the speed. A view that asked for a field that was not recorded is given the packet again.
 */
export class Selection {
  /** By field: 0 passed over, otherwise `wanted`, `partsWanted` or both. */
  readonly wishes = new Uint8Array(maxFields)
  /** A field was asked for that the last walk passed over. */
  missed = false
  /** Protocols whose layers have to be recorded; of the others only the start is known, as where layers are peeled. Undefined: all. */
  layers: ReadonlySet<Protocol> | undefined

  /** Takes note of a field that was asked for. */
  want(field: Field): void {
    if (this.wishes[field.id]! & wanted) return
    this.wishes[field.id]! |= wanted
    this.missed = true
    for (const word of wordsOf(field)) this.wishes[word]! |= partsWanted
  }
}

let words: Map<Field, number[]> | undefined

/** The fields, by id, that a field is a part of. */
function wordsOf(part: Field): readonly number[] {
  if (words === undefined) {
    words = new Map()
    for (const { id, parts } of allFields)
      for (const [inside] of parts ?? []) if (inside) words.set(inside, [...(words.get(inside) ?? []), id])
  }
  return words.get(part) ?? []
}
