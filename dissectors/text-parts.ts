import type { Field } from '../src/dissect/field.ts'
import type { Reader } from '../src/dissect/reader.ts'

/** A part of a line: its field, where it starts and ends. A group has the parts that lie inside. */
export type Part = readonly [field: Field<'text'> | Field<'group'>, start: number, end: number]

/** A line that is taken apart: the field of all of it, that of what is between its parts, and what finds them, in any order. */
export type Parted = {
  readonly field: Field<'group'>
  readonly between: Field<'text'>
  /** Must take any text. */
  readonly parts: (line: string) => readonly Part[]
}

/** Reads the next `length` bytes, which are `line` and its end, as a group of its parts. */
export function walkParted(
  r: Reader,
  { field, between, parts }: Parted,
  line: string,
  length: number,
  end: Field<'bytes'>,
): void {
  r.open(field, length)
  const found = parts(line).filter(([, from, until]) => until > from)
  const inOrder = found.toSorted((a, b) => a[1] - b[1] || b[2] - a[2])
  walkParts(r, inOrder, 0, line.length, between)
  if (length > line.length) r.octets(end, length - line.length)
  r.close()
}

function walkParts(
  r: Reader,
  parts: readonly Part[],
  from: number,
  until: number,
  between: Field<'text'>,
): void {
  let at = from
  for (const [i, [field, start, end]] of parts.entries()) {
    // What lies in a group has been read with it.
    if (start < at) continue
    if (start > at) r.text(between, start - at)
    if (field.type === 'text') r.text(field, end - start)
    else {
      const inside = parts.slice(i + 1).filter(part => part[2] <= end)
      r.open(field, end - start)
      walkParts(r, inside, start, end, between)
      r.close()
    }
    at = end
  }
  if (at < until) r.text(between, until - at)
}

/** A part as a field by its name, for parts that a regular expression with the flag `d` found under these names. */
export function namedParts(
  found: RegExpExecArray | null,
  fields: Readonly<Record<string, Part[0]>>,
): readonly Part[] {
  const places = Object.entries(found?.indices?.groups ?? {})
  return places.flatMap(([name, place]) => (place ? [[fields[name]!, place[0], place[1]] as const] : []))
}

/** `name=value` behind a separator; `value` may be quoted. */
const parameter = /(?<=[\s;,])([^\s;,="<>]+)(?:\s*=\s*("[^"]*"|[^\s;,"]*))?/dg

/**
 * The values of the parameters from `from` on whose names are known, and those without a value as a whole. Parameters with other
 * names are parts as a whole where `other` is given.
 */
export function parameterParts(
  line: string,
  from: number,
  fields: Readonly<Record<string, Field<'text'>>>,
  other?: Field<'text'>,
): readonly Part[] {
  parameter.lastIndex = from
  const parts: Part[] = []
  for (let found = parameter.exec(line); found !== null; found = parameter.exec(line)) {
    const known = Object.hasOwn(fields, found[1]!.toLowerCase()) ? fields[found[1]!.toLowerCase()] : undefined
    const [whole, name, value] = found.indices!
    const [start, end] = known ? (value ?? name!) : whole!
    const field = known ?? other
    if (field) parts.push([field, start, end])
  }
  return parts
}
