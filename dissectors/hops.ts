/** What most systems begin with: old Windows and some devices; Linux, BSD, macOS; Windows; routers and Solaris. */
const beginnings = [32, 64, 128, 255] as const

/** What a time to live or hop limit tells about the way so far. `name`: as in a sentence. */
export function hopsSoFar(value: number, name: string): string {
  if (value === 0) return 'At 0 nobody may pass the packet on.'
  if (value === 1)
    return 'At 1 the next router drops it: it is meant for this link, or a traceroute asks who is there.'
  if (value === 255)
    return 'At 255, the most there is, the sender itself put it there: no router has passed the packet since.'
  const beginning = beginnings.find(start => value <= start)!
  const hops = beginning - value
  if (hops === 0)
    return `${value} is what many systems begin with, so most likely no router has passed the packet yet.`
  if (hops > 40) return `Where the sender began, ${value} does not tell: few ways have so many routers.`
  return `Most systems begin at 32, 64, 128 or 255. From ${beginning} on, ${hops === 1 ? 'one router has' : `${hops} routers have`} lowered this ${name} so far.`
}
