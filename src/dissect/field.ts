import type { Place } from './block.ts'
import type { LayerView } from './layer-view.ts'
import type { Names } from './number-space.ts'

/**
 * What a field holds. It decides which Reader method may read it, the JSON type of its value and what a
 * filter may compare it with.
 */
export type FieldType = 'uint' | 'flag' | 'bytes' | 'ipv4' | 'ipv6' | 'ether' | 'text' | 'group'

/** A part of a field: consecutive bits from the most significant one down. Without a field they are passed over. */
export type Part = readonly [field: Field<'uint' | 'flag'> | undefined, bits: number]

export type FieldOptions<T extends FieldType = FieldType> = {
  /** Default: `uint`. */
  readonly type?: T
  /** What the field is for, to someone who has not read the RFC; what depends on the value is in `meanings` and `here`. */
  readonly explain: string
  /** Where the field is defined, where that is not the protocol's `reference`: `RFC 2890 §2.1`. */
  readonly section?: string
  /** Names of the values; a value prints as `TCP (6)`. */
  readonly values?: Names
  /** What single values mean, a sentence each, to someone who has only their names; read after `explain`. */
  readonly meanings?: Meanings
  /** What the value says in this packet, as a sentence of its own behind `explain`; empty: nothing to add. Takes any value. */
  readonly here?: (value: number, layer: LayerView) => string
  /** How the number reads for people, `0x1234` or `20 bytes (5)`. */
  readonly show?: Show
  /** How bytes, or all that a group spans, read for people: a date, a name. Must take any bytes, and any number of them. */
  readonly read?: Read
  /** A word of bits: its parts from the first bit on, each of at most 32 bits, reported with it. */
  readonly parts?: readonly Part[]
}

/** One entry of a protocol's glossary. Everything that any view says about a field comes from here. */
export type Field<T extends FieldType = FieldType> = {
  /** Unique in this process; indexes tables of per-field data. */
  readonly id: number
  /** Wireshark's display-filter name where Wireshark has the field. */
  readonly name: string
  /** The RFC's own words. */
  readonly label: string
  readonly type: T
  readonly explain: string
  readonly section: string | undefined
  readonly values: Names | undefined
  readonly meanings: Meanings | undefined
  readonly here: FieldOptions['here']
  readonly show: Show | undefined
  readonly read: Read | undefined
  readonly parts: readonly Part[] | undefined
  /** Where it lies in a block; null: in several places. Set by `block`. */
  place: Place | null | undefined
}

/** More fields than all protocols together declare; tables of per-field data have this size. */
export const maxFields = 8192

const all: Field[] = []

/** Every field declared so far, by id. */
export const allFields: readonly Field[] = all

/** Declares a field. */
export function field<T extends FieldType = 'uint'>(
  name: string,
  label: string,
  options: FieldOptions<T>,
): Field<T> {
  if (all.length === maxFields) throw new Error(`${name}: more than ${maxFields} fields; raise maxFields`)
  const declared = {
    id: all.length,
    name,
    label,
    type: (options.type ?? 'uint') as T,
    explain: options.explain,
    section: options.section,
    values: options.values,
    meanings: options.meanings,
    here: options.here,
    show: options.show,
    read: options.read,
    parts: options.parts,
    place: undefined,
  }
  all.push(declared)
  return declared
}

/** Several glossaries as one, for a protocol that spreads over files; their keys may coincide. */
export function glossary(
  ...parts: readonly Readonly<Record<string, Field>>[]
): Readonly<Record<string, Field>> {
  return Object.fromEntries(parts.flatMap(part => Object.values(part)).entries())
}

/** Sentences about values. */
export type Meanings = Readonly<Record<number, string>>

/** How `length` bytes from `start` read for people; some refer to other bytes of their layer. */
export type Read = (bytes: Uint8Array, start: number, length: number, layer: LayerView) => string

/** Shows nothing of what should not be read over someone's shoulder. */
export const secret: Read = () => '********'

/**
 * How a number reads for people. Printers write plain hexadecimal with `digits` on their own, without a string; `unit`: the bytes
 * that each counted word has, and filters count in bytes.
 */
export type Show = ((value: number) => string) & { readonly digits?: number; readonly unit?: number }

/** Shows a number in hexadecimal with at least `digits` digits. */
export const hex = (digits: number): Show =>
  Object.assign((value: number) => `0x${value.toString(16).padStart(digits, '0')}`, { digits })

/** Shows a count of words as bytes: `20 bytes (5)`. Filters take the bytes, as Wireshark's do. */
export const words = (bytesPerWord: number): Show =>
  Object.assign(counts(bytesPerWord), { unit: bytesPerWord })

/** As `words`, for what filters of Wireshark's take as it is counted in the packet. */
export function counts(bytesPerWord: number): Show {
  return value => `${value * bytesPerWord} bytes (${value})`
}

/** Shows `1 byte`, `2 bytes`. */
export const bytes = (value: number): string => (value === 1 ? '1 byte' : `${value} bytes`)

/** Shows `1 second`, `2 seconds`. */
export const seconds = (value: number): string => (value === 1 ? '1 second' : `${value} seconds`)

/** Bytes that no field of a layer takes: after a stop, or past what the header needs. */
export const leftover = field('data.leftover', 'Remaining bytes', {
  type: 'bytes',
  explain: 'Bytes that belong to this layer but that none of its fields accounts for.',
})

/** The bits after a field that ended inside a byte, where the walk stopped there. */
export const leftoverBits = field('data.leftover_bits', 'Remaining bits', {
  explain: 'The rest of a byte of which only the first bits could be read.',
})
