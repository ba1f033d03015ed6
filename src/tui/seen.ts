import type { Capture } from '../store/capture.ts'
import { noShape, type Shape } from '../store/shapes.ts'
import { isStack } from './filter-judgement.ts'
import { reduce } from './reduce.ts'
import type { State } from './state.ts'

/** Packets that are looked at, spread over the capture. */
const most = 100_000
/** Stacks that are told. */
const mostStacks = 20

/** Lets a filter that somebody begins to type know what the capture is made of. */
export function withSeen(before: State, state: State, capture: Capture | undefined): State {
  const isBegun = before.prompt?.kind !== 'filter' && state.prompt?.kind === 'filter'
  return isBegun && capture ? reduce(state, { type: 'known', names: seenIn(capture) }) : state
}

/**
 * Names that say what a capture is made of, for a filter that is typed: its protocols, the most frequent first, then
 * whole stacks, `eth/ip/udp/esp`. Asks no packet that was not walked yet.
 */
export function seenIn(capture: Capture): readonly string[] {
  const protocols = new Map<string, number>()
  const stacks = new Map<string, number>()
  for (const { shape, times } of shapesOf(capture)) {
    const ids = shape.protocols.map(({ id }) => id)
    add(stacks, ids.join('/'), times)
    for (const id of new Set(ids)) add(protocols, id, times)
  }
  return [...ranked(protocols), ...ranked(stacks).filter(isStack).slice(0, mostStacks)]
}

const add = (counts: Map<string, number>, name: string, times: number) =>
  counts.set(name, (counts.get(name) ?? 0) + times)

const ranked = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name)

/** The kinds of packets, each with how many of those that are looked at are of it. */
function shapesOf(capture: Capture): { shape: Shape; times: number }[] {
  const { first, count } = capture
  const step = Math.max(1, Math.ceil((count - first + 1) / most))
  const kinds = new Map<number, { shape: Shape; times: number }>()
  for (let number = first; number <= count; number += step) {
    const kind = capture.kind(number)
    const known = kinds.get(kind)
    if (known) known.times++
    else if (kind !== noShape) kinds.set(kind, { shape: capture.shape(number), times: 1 })
  }
  return [...kinds.values()]
}
