import type { Field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { f, known } from './dhcp-option-fields.ts'

// |     Code      |    Length     |  Value …        0 (padding) and 255 (end) stand alone

const [padding, end] = [0, 255]

/** Reads options up to the end mark, and padding behind it. */
export function walkOptions(r: Reader): void {
  while (r.more()) {
    const code = r.peek()
    if (code === padding || code === end) {
      r.u8(f.code)
      if (code === end) break
      continue
    }
    r.open(f.option)
    r.u8(f.code)
    const length = r.u8(f.length)
    r.claim(2 + length, f.length)
    if (length > 0) walkValue(r, code, length)
    if (r.left > 0) r.rest(f.value)
    r.close()
  }
  if (r.left > 0) r.rest(f.padding)
}

function walkValue(r: Reader, code: number, length: number): void {
  const option = known.get(code)
  if (option === undefined) return
  const { kind, field } = option
  if (kind === 'ip' && length === 4) r.ipv4(field as Field<'ipv4'>)
  else if (kind === 'ips') while (r.left >= 4 && r.more()) r.ipv4(field as Field<'ipv4'>)
  else if (kind === 'text') r.rest(field as Field<'text'>)
  else if (kind === 'u8' && length === 1) r.u8(field as Field<'uint'>)
  else if (kind === 'u16' && length === 2) r.u16(field as Field<'uint'>)
  else if ((kind === 'u32' || kind === 'seconds') && length === 4) r.u32(field as Field<'uint'>)
  else if (kind === 'codes') while (r.more()) r.u8(field as Field<'uint'>)
  else if (kind === 'bytes' || kind === 'routes') r.rest(field as Field<'bytes'>)
  else if (kind === 'client') {
    r.u8(f.idType)
    if (r.left > 0) r.rest(field as Field<'bytes'>)
  } else if (kind === 'relay') walkRelay(r, field as Field<'group'>)
}

function walkRelay(r: Reader, group: Field<'group'>): void {
  r.open(group)
  while (r.more()) {
    r.open(f.sub)
    r.u8(f.subCode)
    const length = r.u8(f.subLength)
    r.claim(2 + length, f.subLength)
    if (length > 0) r.rest(f.subValue)
    r.close()
  }
  r.close()
}
