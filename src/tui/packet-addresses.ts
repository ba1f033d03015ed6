import type { Addresses } from './packet-line.ts'

const full = ({ source, destination }: Addresses): string => `${source} → ${destination}`

/** Ways to write both addresses, the longest first. */
export const formsOf = ({ source, destination }: Addresses): readonly string[] => [
  full({ source, destination }),
  `${source}→${destination}`,
  `${source}→${short(source, destination)}`,
]

/** Both addresses in as many columns as there are: the second one without what it has in common with the first, if need be. */
export function addressText(addresses: Addresses, columns: number): string {
  const { source, destination } = addresses
  const fitting = formsOf(addresses).find(form => form.length <= columns)
  if (fitting !== undefined) return fitting
  const half = Math.floor((columns - 1) / 2)
  return `${middleOut(source, half)}→${middleOut(short(source, destination), columns - 1 - Math.min(half, source.length))}`
}

/**
 * The end of an address that begins as another one does, from the mark before on: `.2`, `::2`. The two ends have as many
 * parts, or it could not be told where the end belongs.
 */
function short(first: string, second: string): string {
  const mark = first.includes(':') ? ':' : '.'
  let common = 0
  for (let i = 0; i < Math.min(first.length, second.length) && first[i] === second[i]; i++)
    if (first[i] === mark && second[i - 1] !== mark && shape(first.slice(i)) === shape(second.slice(i)))
      common = i
  return second.slice(common)
}

/** The parts of the end of an address, up to the zeros that IPv6 leaves out, if it does. */
const shape = (end: string): string => end.replace(/::.*/, '/').replace(/[^:./]+/g, '')

/** Keeps both ends: an address is known by its first and last digits. */
const middleOut = (text: string, columns: number): string => {
  if (text.length <= columns) return text
  if (columns < 3) return text.slice(0, Math.max(0, columns))
  const tail = Math.floor((columns - 1) / 2)
  return `${text.slice(0, columns - 1 - tail)}…${text.slice(text.length - tail)}`
}
