/** How many letters must be put in, taken out or replaced, or neighbours change places, to make `b` of `a`. */
export function distance(a: string, b: string): number {
  let before: readonly number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let row = 1; row <= a.length; row++) {
    const line = [row]
    for (let at = 1; at <= b.length; at++) {
      const replaced = above[at - 1]! + (a[row - 1] === b[at - 1] ? 0 : 1)
      const isSwapped = row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1]
      const swapped = isSwapped ? before[at - 2]! + 1 : replaced
      line.push(Math.min(replaced, swapped, above[at]! + 1, line[at - 1]! + 1))
    }
    before = above
    above = line
  }
  return above[b.length]!
}

/** The names that look most like a mistyped one, the best first: those that begin or end like it, then those a slip away. */
export function alike(typed: string, names: readonly string[], most = 3): string[] {
  const small = typed.toLowerCase()
  const rank = (name: string) => {
    if (small.length > 1 && (name.startsWith(small) || name.endsWith(`.${small}`))) return 0
    const most = Math.max(1, Math.floor(name.length / 3))
    if (Math.abs(name.length - small.length) > most) return Number.POSITIVE_INFINITY
    const edits = distance(small, name.toLowerCase())
    return edits <= most ? edits : Number.POSITIVE_INFINITY
  }
  return [...new Set(names)]
    .map(name => ({ name, edits: rank(name) }))
    .filter(({ edits }) => edits < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.edits - b.edits)
    .slice(0, most)
    .map(({ name }) => name)
}
