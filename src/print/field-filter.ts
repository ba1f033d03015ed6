import { controls } from '../byte-writer.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { type Field, secret } from '../dissect/field.ts'
import { display, type LayerView, textAt, wideHex } from '../dissect/layer-view.ts'
import { numberOf } from '../dissect/number-space.ts'
import { type Form, formed, formOf } from '../filter/forms.ts'
import { asText } from '../filter/values.ts'

/** Longer bytes are compared by their beginning. */
const comparedBytes = 16
/** Wider numbers than this Wireshark has not. */
const widestNumber = 64

/**
 * A display filter as Wireshark writes it for what a record holds: `ip.ttl == 255`. Only the name of the field where its value
 * cannot be written.
 */
export function filterOf(found: Dissection, record: number, v: LayerView): string {
  const { name } = found.fields[record]!
  const length = found.bitLengths[record]! >> 3
  const form = formOf(name)
  if (form !== undefined) return filterOfForm(form, found.fields[record]!, v, v.position(record), length)
  if (found.fields[record]!.type === 'bytes' && length > comparedBytes)
    return `${name}[0:${comparedBytes}] == ${pairs(v, record, comparedBytes)}`
  const value = operand(found, record, v, length)
  return value === '' ? name : `${name} == ${value}`
}

/** What a filter reads otherwise than the packet writes it. */
function filterOfForm(form: Form, { name, read }: Field, v: LayerView, at: number, length: number): string {
  const value = formed(form, v.bytes.subarray(at, at + length), read?.(v.bytes, at, length, v))
  const kind = form === 'ipv4' || form === 'ipv6' ? form : 'number'
  return value === undefined ? name : `${name} == ${asText(value, kind)}`
}

function operand(found: Dissection, record: number, v: LayerView, length: number): string {
  const f = found.fields[record]!
  const value = found.values[record]!
  switch (f.type) {
    case 'flag':
      return String(value)
    case 'uint':
      if (!Number.isNaN(value)) return numberText(value * (f.show?.unit ?? 1), f.show?.digits, f.values)
      return found.bitLengths[record]! <= widestNumber ? `0x${wideHex(found, record, v)}` : ''
    case 'ipv4':
    case 'ipv6':
    case 'ether':
      return display(found, record, v)
    case 'bytes':
      return pairs(v, record, length)
    case 'text':
      if (f.read === secret) return ''
      return quoted(
        f.read?.(v.bytes, v.position(record), length, v) ?? textAt(v.bytes, v.position(record), length),
      )
    case 'group':
      return ''
  }
}

function numberText(
  value: number,
  digits: number | undefined,
  names: Parameters<typeof numberOf>[0] | undefined,
) {
  if (digits !== undefined) return `0x${value.toString(16).padStart(digits, '0')}`
  return names === undefined ? String(value) : numberOf(names, value)
}

const pairs = (v: LayerView, record: number, length: number): string => {
  const at = v.position(record)
  return Array.from(v.bytes.subarray(at, at + length), byte => byte.toString(16).padStart(2, '0')).join(':')
}

/** A string in quotes. Bytes that were no UTF-8, and control characters, have no sure way to be written. */
function quoted(text: string): string {
  if (text.includes('\ufffd') || text.search(controls) >= 0) return ''
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
