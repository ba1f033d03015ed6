import { field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'

/** The glossary of IPv4 options. */
export const optionFields = {
  options: field('ip.options', 'Options', {
    type: 'group',
    explain: 'What the fixed header has no room for.',
  }),
}

/** Reads `length` bytes of options behind the fixed header. */
export function walkOptions(r: Reader, length: number): void {
  r.open(optionFields.options, length)
  r.close()
}
