import { FilterError } from './errors.ts'
import type { Span } from './expression.ts'
import { regexSearch } from './regex.ts'
import { RegexError } from './regex-tree.ts'
import type { ValueTest } from './relations.ts'
import { areBytes, type Kind } from './values.ts'

/**
 * The test of a value against a regular expression, small and capital letters alike; `(?-i)` tells them apart.
 * @throws {FilterError} where it is none
 */
export function matching(pattern: string, { at, end }: Span, kind: Kind): ValueTest {
  try {
    const finds = regexSearch(pattern, areBytes(kind))
    return value => finds(value instanceof Uint8Array ? value : unitsOf(String(value)))
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    throw new FilterError(
      `${error.message}, at character ${error.at + 1} of the pattern`,
      at,
      end,
      'a regular expression',
    )
  }
}

const unitsOf = (text: string): Uint16Array =>
  Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
