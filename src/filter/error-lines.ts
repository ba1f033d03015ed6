import type { FilterError } from './errors.ts'

/** Characters of the text that are shown around the place. */
const shown = 72

/** What is wrong with a filter, in lines: the sentence, the text, what is meant of it, and what could stand there. `what`: its option, where it has one. */
export function errorLines(
  text: string,
  { message, at, end, expected }: FilterError,
  what = 'filter',
): string {
  const from = at < shown ? 0 : at - shown / 2
  const piece = text.slice(from, from + shown).replace(/\s/g, ' ')
  const length = Math.max(1, Math.min(end - at, from + shown - at))
  const lines = [`${what}: ${message}`, `  ${piece}`, `  ${' '.repeat(at - from)}^${'~'.repeat(length - 1)}`]
  if (expected !== undefined) lines.push(`expected: ${expected}`)
  return lines.join('\n')
}
