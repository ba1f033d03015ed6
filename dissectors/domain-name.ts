import { type Field, field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'

/** The glossary of a domain name as RFC 1035 §3.1 writes it, without compression. */
export const nameFields = {
  labelLength: field('icmpv6.name.label_length', 'Label length', {
    explain: 'Counts the bytes of the label behind it; the dots of a name are not sent.',
    meanings: { 0: 'A length of 0 ends the name.' },
    section: 'RFC 1035 §3.1',
  }),
  label: field('icmpv6.name.label', 'Label', {
    type: 'text',
    explain: 'The part of the name between two dots.',
    section: 'RFC 1035 §3.1',
  }),
}

/** A name up to the label of length 0, which ends it; `f` is the group around it. */
export function walkName(r: Reader, f: Field<'group'>): void {
  r.open(f)
  while (r.left > 0) if (walkLabel(r) === 0) break
  r.close()
}

/** Names up to the limit, in one group. */
export function walkNames(r: Reader, f: Field<'group'>): void {
  r.open(f)
  while (r.left > 0) walkLabel(r)
  r.close()
}

function walkLabel(r: Reader): number {
  const length = r.u8(nameFields.labelLength)
  if (length > 63) r.malformed(`A label of ${length} bytes; names have 63 at most`)
  r.text(nameFields.label, length)
  return length
}
