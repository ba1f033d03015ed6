import type { Field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'

/** Reads bytes that senders have to leave at 0. */
export function reservedBytes(r: Reader, f: Field<'bytes'>, length: number): void {
  const at = r.octets(f, length)
  if (r.checking && r.bytes.subarray(at, at + length).some(byte => byte !== 0))
    r.noteField('warning', `${f.label}: these bytes are to be 0`)
}

/** Notes bits, of the word that was read last, that senders have to leave at 0. */
export function reservedBits(r: Reader, bits: number): void {
  if (r.checking && bits !== 0) r.noteField('warning', 'Reserved bits are set')
}
