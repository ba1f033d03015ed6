import { setImmediate } from 'node:timers/promises'

/** What a packet is sorted by; undefined: it has nothing of the kind, and comes last. */
export type Rank = number | string | undefined

export type OrderOptions = {
  readonly signal: AbortSignal
  /** Called now and then: steps that are done, and how many there are. */
  readonly progress: (done: number, total: number) => void
}

/** How long keys have to wait, in milliseconds. */
const slice = 15
/** Packets that are sorted at once. */
const run = 512
/** Packets between two looks at the clock. */
const stretch = 64
/** To ask for the rank of a packet takes as long as so many steps of sorting. */
const asking = 20

/** Some packets in an order of their own: a row each. Never changed once it is made; 8 bytes a packet. */
export class PacketOrder {
  /** The highest number of a packet; 0: there are none. */
  readonly last: number
  /** The packet of each row. */
  readonly #packets: Uint32Array
  /** The row of each packet, counted from 1; 0: it has none. */
  readonly #rows: Uint32Array

  constructor(packets: Uint32Array) {
    this.#packets = packets
    this.last = packets.reduce((highest, packet) => Math.max(highest, packet), 0)
    this.#rows = new Uint32Array(this.last + 1)
    for (let row = 0; row < packets.length; row++) this.#rows[packets[row]!] = row + 1
  }

  get length(): number {
    return this.#packets.length
  }

  at(row: number): number {
    return this.#packets[row]!
  }

  /** The row of a packet; -1: it is not among these. */
  rowOf(packet: number): number {
    return (this.#rows[packet] ?? 0) - 1
  }
}

/**
 * Sorts packets by what `rank` says of each: numbers, then texts as people sort them, then the rest; those that are alike
 * stay in their order. Works in slices, between which the event loop runs. Undefined: it was stopped.
 */
export async function orderOf(
  packets: Uint32Array,
  rank: (packet: number) => Rank,
  descending: boolean,
  { signal, progress }: OrderOptions,
): Promise<PacketOrder | undefined> {
  const ranks: Rank[] = []
  const order = Uint32Array.from(packets, (_, i) => i)
  const merges = Math.max(0, Math.ceil(Math.log2(order.length / run)))
  const total = order.length * (asking + merges)
  const sign = descending ? -1 : 1
  const compare = (a: number, b: number) => compared(ranks[a], ranks[b], sign) || a - b
  const steps = sorting(packets, rank, ranks, order, compare)
  let done = 0
  while (!signal.aborted) {
    const until = performance.now() + slice
    do {
      const step = steps.next()
      if (step.done) return new PacketOrder(step.value.map(i => packets[i]!))
      done += step.value
    } while (performance.now() < until)
    progress(Math.min(done, total), total)
    await setImmediate()
  }
  return undefined
}

const collator = new Intl.Collator('en', { numeric: true })

function compared(a: Rank, b: Rank, sign: number): number {
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  if (typeof a === 'string' && typeof b === 'string') return sign * collator.compare(a, b)
  return kindOf(a) - kindOf(b)
}

const kindOf = (rank: Rank): number => (typeof rank === 'number' ? 0 : typeof rank === 'string' ? 1 : 2)

/** Asks for all ranks, sorts short runs, and merges them. Yields steps that are done. */
function* sorting(
  packets: Uint32Array,
  rank: (packet: number) => Rank,
  ranks: Rank[],
  order: Uint32Array,
  compare: (a: number, b: number) => number,
): Generator<number, Uint32Array> {
  for (let i = 0; i < packets.length; i++) {
    const value = rank(packets[i]!)
    ranks.push(typeof value === 'number' && Number.isNaN(value) ? undefined : value)
    if (i % stretch === 0) yield stretch * asking
  }
  for (let from = 0; from < order.length; from += run) {
    order.subarray(from, from + run).sort(compare)
    yield 0
  }
  let sorted = order
  let free: Uint32Array = new Uint32Array(order.length)
  for (let width = run; width < order.length; width *= 2) {
    for (let from = 0; from < order.length; from += 2 * width)
      yield* merge(sorted, free, from, width, compare)
    ;[sorted, free] = [free, sorted]
  }
  return sorted
}

/** Merges two runs of `width` from one place on into the same place of another array. */
function* merge(
  from: Uint32Array,
  into: Uint32Array,
  start: number,
  width: number,
  compare: (a: number, b: number) => number,
): Generator<number, void> {
  const middle = Math.min(start + width, from.length)
  const end = Math.min(start + 2 * width, from.length)
  let [left, right] = [start, middle]
  for (let at = start; at < end; at++) {
    const isLeft = left < middle && (right >= end || compare(from[left]!, from[right]!) <= 0)
    into[at] = isLeft ? from[left++]! : from[right++]!
    if (at % stretch === 0) yield stretch
  }
}
