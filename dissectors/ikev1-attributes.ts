import { type Field, field } from '../src/dissect/field.ts'
import type { Names } from '../src/dissect/number-space.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { type AttributeStart, attributeStart, claimValue, typeBits } from './isakmp-attributes.ts'

/** A lifetime is a number in a unit that the attribute before it names. */
export type Lifetime = {
  /** The attribute that names the unit, and the one that has the number. */
  readonly unitType: number
  readonly durationType: number
  /** The number, for each unit. */
  readonly durations: Readonly<Record<number, Field<'uint'>>>
  readonly unknownUnit: Field<'uint'>
  /** Of 8 bytes, and of other lengths. */
  readonly wide: Field<'uint'>
  readonly odd: Field<'bytes'>
}

/** Data attributes of one kind of payload: their glossary, and what their values are by type. */
export type AttributeSet = AttributeStart & {
  readonly attribute: Field<'group'>
  readonly value: Field<'bytes'>
  readonly known: Readonly<Record<number, Field>>
  readonly lifetime?: Lifetime
  /** Reads values that are more than one field; false: this type is none of them. */
  readonly special?: (r: Reader, type: number, length: number) => boolean
}

/** The frame of an attribute under Wireshark's names. */
export function attributeFrame(prefix: string, purpose: string, types: Names, section = 'RFC 2408 §3.3') {
  return {
    attribute: field(prefix, 'Attribute', { type: 'group', explain: purpose, section }),
    ...attributeStart(prefix, section, types),
    value: field(`${prefix}.value`, 'Attribute value', {
      type: 'bytes',
      explain: 'The value of an attribute whose type or length is not known here.',
      section,
    }),
  }
}

/** `86400` as `24 hours`, as far as it divides evenly. */
export function durationText(seconds: number): string {
  const units = [
    [86400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ] as const
  const parts: string[] = []
  let left = seconds
  for (const [size, name] of units) {
    const count = Math.floor(left / size)
    left %= size
    if (count > 0) parts.push(`${count} ${name}${count === 1 ? '' : 's'}`)
  }
  if (left > 0 || parts.length === 0) parts.push(`${left} second${left === 1 ? '' : 's'}`)
  return parts.length === 1 && seconds < 60 ? parts[0]! : `${parts.join(' ')} (${seconds} seconds)`
}

/** `4608000` as `4.39 GiB (4608000 kB)`. RFC 2407 counts in units of 1024 bytes. */
export function volumeText(kilobytes: number): string {
  const names = ['KiB', 'MiB', 'GiB', 'TiB'] as const
  let size = kilobytes
  let step = 0
  while (size >= 1024 && step < 3) {
    size /= 1024
    step++
  }
  return `${Number(size.toFixed(2))} ${names[step]} (${kilobytes} kilobytes)`
}

/** The fields of a lifetime under Wireshark's names. */
export function lifetimeFields(prefix: string, unitType: number, section: string) {
  const name = `${prefix}.life_duration`
  const explain =
    'After how long the keys are thrown away and new ones made. Whoever asks for less than the other wins or is refused, as the implementation likes.'
  const unit = 'The life type before it says whether this counts seconds or kilobytes.'
  const label = 'Life Duration'
  const durations: Record<number, Field<'uint'>> = {
    1: field(name, label, { explain, section, show: durationText }),
    2: field(name, label, { explain, section, show: volumeText }),
  }
  const lifetime: Lifetime = {
    unitType,
    durationType: unitType + 1,
    durations,
    unknownUnit: field(name, label, { explain: unit, section }),
    wide: field(`${name}64`, label, { explain: unit, section }),
    odd: field(`${name}_bytes`, label, { type: 'bytes', explain: unit, section }),
  }
  return lifetime
}

/** Every field of a set, for the glossary. */
export function attributeGlossary(set: AttributeSet): Readonly<Record<string, Field>> {
  const { attribute, word, format, type, length, value, known, lifetime } = set
  const fields: Record<string, Field> = { attribute, word, format, type, length, value }
  for (const [key, entry] of Object.entries(known)) fields[`known${key}`] = entry
  if (lifetime === undefined) return fields
  const { durations, unknownUnit, wide, odd } = lifetime
  return { ...fields, unknownUnit, wide, odd, seconds: durations[1]!, kilobytes: durations[2]! }
}

/** Reads attributes up to the limit. */
export function walkAttributes(r: Reader, set: AttributeSet): void {
  let unit = 0
  while (r.more()) {
    r.open(set.attribute)
    const word = r.u16(set.word)
    const type = word & typeBits
    const length = claimValue(r, set, word)
    const read = walkValue(r, set, type, length, unit)
    if (type === set.lifetime?.unitType) unit = read
    r.close()
  }
}

/** Reads a value of `length` bytes and returns it where it is a number, else 0. */
function walkValue(r: Reader, set: AttributeSet, type: number, length: number, unit: number): number {
  if (length === 0) {
    if (r.checking) r.noteField('info', 'The attribute has no value')
    return 0
  }
  if (set.lifetime !== undefined && type === set.lifetime.durationType)
    return walkDuration(r, set.lifetime, length, unit)
  if (set.special?.(r, type, length)) return 0
  const f = set.known[type]
  const kind = f?.type
  if (kind === 'uint' && length <= 4) return r.bits(f as Field<'uint'>, length * 8)
  if (kind === 'ipv4' && length === 4) r.ipv4(f as Field<'ipv4'>)
  else if (kind === 'ipv6' && length === 16) r.ipv6(f as Field<'ipv6'>)
  else if (kind === 'text' || kind === 'bytes') r.octets(f as Field<'text' | 'bytes'>, length)
  else r.octets(set.value, length)
  return 0
}

function walkDuration(r: Reader, lifetime: Lifetime, length: number, unit: number): number {
  if (length <= 4) {
    const value = r.bits(lifetime.durations[unit] ?? lifetime.unknownUnit, length * 8)
    if (r.checking && value === 0) r.noteField('warning', 'A lifetime of 0 ends before it begins')
  } else if (length === 8) r.u64(lifetime.wide)
  else r.octets(lifetime.odd, length)
  return 0
}
