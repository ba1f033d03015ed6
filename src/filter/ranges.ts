import { FilterError } from './errors.ts'
import type { LayerRange, Slice } from './expression.ts'
import type { Token } from './lex.ts'

const part = /^\s*(?:(-?\d{1,9})\s*(?::\s*(\d{1,9})?|-\s*(-?\d{1,9}))?|:\s*(\d{1,9}))\s*$/

type Part = { readonly from: number; readonly length: number | undefined }

/**
 * Bytes of a value, the way they stand in brackets.
 * @throws {FilterError} where they are no ranges
 */
export function rangesOf(brackets: Token): Slice['ranges'] {
  return brackets.text.split(',').map(text => partOf(text, brackets))
}

/** Layers of a protocol: `[1-2]`, `[-1]`. */
export function layersOf(brackets: Token): readonly LayerRange[] {
  return rangesOf(brackets).map(({ from, length }) => {
    const end = length === undefined ? (from < 0 ? -1 : mostLayers) : from + length - 1
    return { from, to: end }
  })
}

/** No packet has more layers. */
export const mostLayers = 64

function partOf(text: string, { at, end }: Token): Part {
  const match = part.exec(text)
  if (!match) throw new FilterError('no range', at, end, '[2], [0:3], [1-2], [:4] or [-4:]')
  const [, from, length, last, first] = match
  if (first !== undefined) return range(0, Number(first))
  const start = Number(from)
  if (length !== undefined) return range(start, Number(length))
  if (last === undefined) return range(start, text.includes(':') ? undefined : 1)
  if (Number(last) < 0 !== start < 0 || Number(last) < start)
    throw new FilterError('the range ends before it begins', at, end, 'a last byte behind the first')
  return range(start, Number(last) - start + 1)

  function range(begin: number, count: number | undefined): Part {
    if (count === 0 || (count !== undefined && begin < 0 && begin + count > 0))
      throw new FilterError('the range has no bytes, or ends behind the value', at, end, 'a longer range')
    return { from: begin, length: count }
  }
}
