import { bytes, type Field, field, hex } from '../src/dissect/field.ts'
import type { Names } from '../src/dissect/number-space.ts'
import type { Reader } from '../src/dissect/reader.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |A|       Attribute Type        |    AF=0  Attribute Length     |
// |F|                             |    AF=1  Attribute Value      |
// |                   AF=0  Attribute Value ...                   |

/** What a data attribute begins with, in IKEv1 and in the transforms of IKEv2. */
export type AttributeStart = {
  /** Format and type as the one word that they are on the wire. */
  readonly word: Field<'uint'>
  readonly format: Field<'flag'>
  readonly type: Field<'uint'>
  readonly length: Field<'uint'>
}

/** The start of an attribute under Wireshark's names. */
export function attributeStart(prefix: string, section: string, types: Names): AttributeStart {
  const format = field(`${prefix}.format`, 'Attribute format', {
    type: 'flag',
    explain: 'Whether the value is short or may be long.',
    section,
    values: { 0: 'type, length, value', 1: 'type, value' },
    meanings: {
      0: 'A length follows, then a value of any size.',
      1: 'The next two bytes are the value, which saves the length.',
    },
  })
  const type = field(`${prefix}.type`, 'Attribute type', {
    explain:
      'Names the property or setting whose value follows, by a number from the list of this kind of payload.',
    section,
    values: types,
  })
  const word = field(`${prefix}.word`, 'Format and type', {
    explain: 'The first bit says how the value is written, the other fifteen what it stands for.',
    section,
    show: hex(4),
    parts: [
      [format, 1],
      [type, 15],
    ],
  })
  const length = field(`${prefix}.length`, 'Attribute length', {
    explain: 'Bytes of the value, without the four in front of it.',
    section,
    show: bytes,
  })
  return { word, format, type, length }
}

const shortForm = 0x8000
/** The bits of the first word that are the type. */
export const typeBits = 0x7fff

/** Bounds the open attribute, of whose start the first word was read, and returns the bytes of its value. */
export function claimValue(r: Reader, start: AttributeStart, word: number): number {
  const short = word >= shortForm
  const length = short ? 2 : r.u16(start.length)
  r.claim((short ? 2 : 4) + length, short ? start.type : start.length)
  return length
}
