import { FilterError } from './errors.ts'
import type { Span } from './expression.ts'
import type { ValueTest } from './relations.ts'
import { asText, type Kind } from './values.ts'

/**
 * The test of a value against a regular expression, small and capital letters alike; `(?-i)` in front tells them apart.
 * @throws {FilterError} where it is none
 */
export function matching(pattern: string, { at, end }: Span, kind: Kind): ValueTest {
  const exact = pattern.startsWith('(?-i)')
  try {
    const expression = new RegExp(pattern.replace(/^\(\?-?i\)/, ''), exact ? '' : 'i')
    return value =>
      expression.test(
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : asText(value, kind),
      )
  } catch {
    throw new FilterError('no regular expression', at, end)
  }
}
