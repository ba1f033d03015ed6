import { setImmediate } from 'node:timers/promises'
import { newDissector } from '../../dissectors/index.ts'
import type { Dissector } from '../dissect/dissect.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { emptyFrame, type Frame } from '../frame.ts'
import { nodeText, type TreeNode, treeNodes } from '../print/tree-nodes.ts'
import type { Capture } from '../store/capture.ts'
import { bufferOf } from './folding.ts'
import { consecutive, type Listed } from './listed.ts'
import { packetLine } from './packet-line.ts'
import { FindError, patternOf, placesOf } from './patterns.ts'
import type { Detail, Find, Sought } from './state.ts'
import { withinTime } from './time-limit.ts'

export type FindOptions = {
  readonly signal: AbortSignal
  /** Called now and then: packets looked at, and how many there are. */
  readonly progress: (done: number, total: number) => void
}

/** Where a search begins. */
export type From = {
  readonly packet: number
  readonly detail: Detail | undefined
  readonly selected: number
  readonly byte: number
  /** The packets to look at, in this order; default: all that have been read by then. */
  readonly listed?: Listed | undefined
}

export type Found = {
  readonly hit: Sought
  /** On the way, round the end of the capture, or where the search began: there is no other. */
  readonly where: 'onward' | 'around' | 'here'
}

/** How long keys have to wait, in milliseconds. */
const slice = 15
/** Milliseconds between two reports. */
const reports = 100
/** Milliseconds that a typed pattern may take over what takes others a slice. */
const patience = 500

/**
 * The next hit behind (or before) the cursor: first in its own packet, then in the others, around the end of the
 * capture, and last in the rest of its own. Undefined: there is none, or the search was stopped. Works in slices, between
 * which the event loop runs; of a capture that is still being read, it looks at what is there by then.
 * @throws {FindError} where the text is no pattern, or a pattern so intricate that a packet takes it half a second
 * @throws {CaptureError} where a packet cannot be read any more
 */
export async function findNext(
  capture: Capture,
  find: Find,
  from: From,
  by: 1 | -1,
  { signal, progress }: FindOptions,
): Promise<Found | undefined> {
  const search = new Search(capture, find, from)
  const steps = search.run(by)
  const next = () => steps.next()
  let told = performance.now()
  while (!signal.aborted) {
    search.until = performance.now() + slice
    // Only a pattern that someone typed can go astray, and others are not to blame for a slow disk.
    const step = find.kind === 'regex' ? withinTime(patience, next) : next()
    if (step === undefined)
      throw new FindError(`${find.text}: takes too long on packet ${search.packet}; write it more simply`)
    if (step.done) return step.value
    const now = performance.now()
    if (now - told >= reports) {
      told = now
      progress(search.done, capture.count)
    }
    await setImmediate()
  }
  return undefined
}

/** A generator yields where others may have a turn. */
type Steps<T> = Generator<undefined, T>

class Search {
  /** When the slice is over. */
  until = 0
  /** Packets that are done with, and the one being looked at. */
  done = 0
  packet = 0
  readonly #capture: Capture
  readonly #where: Find['where']
  readonly #pattern: RegExp
  readonly #from: From
  readonly #listed: Listed
  /** No session: what is put together of fragments, the capture knows better. */
  readonly #dissector: Dissector
  readonly #frame = emptyFrame()

  constructor(capture: Capture, find: Find, from: From) {
    this.#capture = capture
    this.#dissector = newDissector(undefined, capture.rules)
    this.#where = find.where
    this.#pattern = patternOf(find)
    this.#from = from
    this.#listed = from.listed ?? allOf(capture)
  }

  *run(by: 1 | -1): Steps<Found | undefined> {
    const { packet } = this.#from
    const listed = this.#listed
    const row = listed.rowOf(packet)
    const own = row >= 0
    // One that is not listed lies between two rows.
    const [before, after] = own ? [row - 1, row + 1] : [listed.rowFrom(packet) - 1, listed.rowFrom(packet)]
    const cursor = this.#cursor()
    const behind = [cursor + 1, Number.POSITIVE_INFINITY] as const
    const hit = own ? yield* this.#look(packet, by, ...(by > 0 ? behind : ([0, cursor] as const))) : undefined
    if (hit) return { hit, where: 'onward' }
    const first = yield* this.#walk(by > 0 ? after : before, by, by > 0 ? Number.POSITIVE_INFINITY : 0)
    if (first) return { hit: first, where: 'onward' }
    const [from, until] = by > 0 ? [listed.first, before] : [listed.end - 1, after]
    const second = yield* this.#walk(from, by, until)
    if (second) return { hit: second, where: 'around' }
    if (!own) return undefined
    const rest = by > 0 ? ([0, cursor + 1] as const) : ([cursor, Number.POSITIVE_INFINITY] as const)
    const last = yield* this.#look(packet, by, ...rest)
    return last && { hit: last, where: (last.node ?? last.byte ?? 0) === cursor ? 'here' : 'around' }
  }

  /** Where the cursor is among the places of its packet; -1: before them, infinite: behind them. */
  #cursor(): number {
    const { packet, detail, selected, byte } = this.#from
    if (this.#where === 'info') return 0
    if (detail?.number !== packet) return -1
    if (this.#where === 'tree') return selected
    // Bytes are those of the frame; whatever was made of them comes behind.
    return bufferOf(detail, selected) === 0 ? byte : Number.POSITIVE_INFINITY
  }

  /** The first hit from one row to another, which may be among those that are still to come. */
  *#walk(first: number, by: 1 | -1, last: number): Steps<Sought | undefined> {
    const listed = this.#listed
    for (let row = first; row >= listed.first && row < listed.end; row += by) {
      if (by > 0 ? row > last : row < last) return undefined
      const hit = yield* this.#look(listed.at(row), by, 0, Number.POSITIVE_INFINITY)
      if (hit) return hit
      this.done++
      if (this.#isOver()) yield
    }
    return undefined
  }

  /** The first hit in one packet between two places, or going backwards the last one. */
  *#look(number: number, by: 1 | -1, from: number, until: number): Steps<Sought | undefined> {
    this.packet = number
    if (until <= from) return undefined
    switch (this.#where) {
      case 'info':
        return from === 0 && this.#inInfo(number) ? { packet: number } : undefined
      case 'tree': {
        const node = yield* this.#inTree(number, by, from, until)
        return node < 0 ? undefined : { packet: number, node }
      }
      case 'bytes': {
        const byte = this.#inBytes(number, by, from, until)
        return byte < 0 ? undefined : { packet: number, byte }
      }
    }
  }

  #isOver(): boolean {
    return performance.now() >= this.until
  }

  #inInfo(number: number): boolean {
    const { info, stack, outer, inner, verdicts } = packetLine(
      this.#dissect(this.#capture.frame(number, this.#frame)),
    )
    const addresses = [outer, inner].map(pair => (pair ? `${pair.source} → ${pair.destination}` : ''))
    // Each on a line of its own, for patterns that name its start or end.
    return this.#isIn([stack.join('/'), ...addresses, ...verdicts, info].join('\n'))
  }

  *#inTree(number: number, by: 1 | -1, from: number, until: number): Steps<number> {
    const found = this.#dissect(this.#capture.frame(number))
    const nodes = treeNodes(found)
    const first = Math.max(0, from)
    const end = Math.min(nodes.length, until)
    for (let i = by > 0 ? first : end - 1; i >= first && i < end; i += by) {
      if (this.#isIn(reading(found, nodes, nodes[i]!))) return i
      if (this.#isOver()) yield
    }
    return -1
  }

  #inBytes(number: number, by: 1 | -1, from: number, until: number): number {
    const { bytes, start, capturedLength } = this.#capture.frame(number, this.#frame)
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, capturedLength).toString('latin1')
    let last = -1
    for (const place of placesOf(this.#pattern, text, from, until)) {
      if (by > 0) return place
      last = place
    }
    return last
  }

  #isIn(text: string): boolean {
    return !placesOf(this.#pattern, text, 0, Number.POSITIVE_INFINITY).next().done
  }

  /** As the capture dissects it, at a fraction of the price; lasts until the next one. */
  #dissect(frame: Frame): Dissection {
    const found = this.#dissector.dissect(frame, 'noted')
    for (let i = 0; i < found.layerCount; i++)
      if (found.protocols[i]!.isFragment?.(found.layer(i))) return this.#capture.dissect(frame.number)
    return found
  }
}

/** Every packet of a capture, which may grow meanwhile. */
const allOf = (capture: Capture): Listed => ({
  ...consecutive(1, Number.POSITIVE_INFINITY),
  get first() {
    return capture.first - 1
  },
  get end() {
    return capture.count
  },
  rowOf: packet => (packet >= capture.first && packet <= capture.count ? packet - 1 : -1),
})

/** A row of the tree as people say it. */
function reading(found: Dissection, nodes: readonly TreeNode[], node: TreeNode): string {
  const { label, value, aside } = nodeText(found, nodes, node)
  const said = label === '' || value === '' ? label + value : `${label}: ${value}`
  return aside === '' ? said : `${said}\n${aside}`
}
