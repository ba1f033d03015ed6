import type { Field } from './field.ts'

/** Where a field lies in its block. */
export type Place = {
  readonly block: Block
  /** First bit, from the start of the block. */
  readonly bit: number
  readonly width: number
  /** First byte. */
  readonly byte: number
  /** How its number is read: as 1, 2 or 4 whole bytes; 0: bit by bit; -1: it is none, or too wide for one. */
  readonly bytes: 0 | 1 | 2 | 4 | -1
  /** The same number in one step: out of the four bytes from `word` on, shifted right, masked. -1: there are no such four. */
  readonly word: number
  readonly shift: number
  readonly mask: number
}

/** The part of a header that is always there: fields in wire order with their widths, as the RFC's diagram has them. */
export type Block = {
  readonly bytes: number
  readonly entries: readonly { readonly field: Field; readonly place: Place }[]
}

/**
 * Declares a block of fields with their widths in bits, which fill whole bytes. A walk takes it in one step, where
 * field by field would cost ten. A field belongs to one block at most; so do the parts of its fields.
 */
export function block(...rows: readonly (readonly [field: Field, bits: number])[]): Block {
  const entries: { field: Field; place: Place }[] = []
  const bits = rows.reduce((sum, [, width]) => sum + width, 0)
  if (bits % 8 !== 0) throw new Error(`a block of ${bits} bits does not fill its last byte`)
  const declared = { bytes: bits / 8, entries }
  let bit = 0
  for (const [field, width] of rows) {
    const place = placeAt(declared, field, bit, width)
    entries.push({ field, place })
    if (field.place !== undefined) throw new Error(`${field.name} is in two blocks`)
    settle(field, place)
    bit += width
  }
  return declared
}

/** The place of a field in a block. */
export function placeAt(own: Block, field: Field, bit: number, width: number): Place {
  const isNumber = (field.type === 'uint' || field.type === 'flag') && width <= 32
  const whole = bit % 8 === 0 && (width === 8 || width === 16 || width === 32)
  const bytes = !isNumber ? -1 : whole ? ((width / 8) as 1 | 2 | 4) : 0
  const word = Math.min(bit >> 3, own.bytes - 4)
  const shift = word * 8 + 32 - bit - width
  const isInWord = isNumber && word >= 0 && shift >= 0
  return {
    block: own,
    bit,
    width,
    byte: bit >> 3,
    bytes,
    word: isInWord ? word : -1,
    shift: isInWord ? shift : 0,
    mask: isInWord ? 2 ** width - 1 : 0,
  }
}

/** A part that belongs to several words, as the bits of addresses do, has no place of its own. */
function settle(field: Field, place: Place): void {
  field.place = field.place === undefined ? place : null
  let bit = place.bit
  for (const [part, width] of field.parts ?? []) {
    if (part) settle(part, placeAt(place.block, part, bit, width))
    bit += width
  }
}
