const units = [
  [86400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const

/** What a number of seconds comes to in larger units, as a sentence; empty for those that people take in at once. */
export function longTime(seconds: number): string {
  if (seconds === 0xffffffff) return 'All bits are set: for ever.'
  if (!(seconds >= 120)) return ''
  const parts: string[] = []
  let left = seconds
  for (const [size, name] of units) {
    const count = Math.floor(left / size)
    left %= size
    if (count > 0 && parts.length < 2) parts.push(count === 1 ? `1 ${name}` : `${count} ${name}s`)
  }
  return `That is ${parts.join(' and ')}.`
}

/** What a count of bytes comes to in larger units, as a sentence; empty below a million. */
export function largeSize(bytes: number): string {
  if (!(bytes >= 1e6)) return ''
  return bytes >= 1e9 ? `That is ${(bytes / 1e9).toFixed(1)} GB.` : `That is ${(bytes / 1e6).toFixed(1)} MB.`
}
