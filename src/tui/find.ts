import { setImmediate } from 'node:timers/promises'
import type { Capture } from '../store/capture.ts'
import type { PacketLines } from './packet-lines.ts'
import type { Detail, Find, Sought } from './state.ts'

/** What was typed cannot be looked for: why, as a sentence. */
export class FindError extends Error {}

export type FindOptions = {
  readonly signal: AbortSignal
  readonly progress: (done: number, total: number) => void
}

/** Where a search begins. */
export type From = {
  readonly packet: number
  readonly detail: Detail | undefined
  readonly selected: number
  readonly byte: number
}

/** The next hit behind (or before) the cursor; at the end of the capture it goes on at the start. */
export async function findNext(
  capture: Capture,
  lines: PacketLines,
  find: Find,
  from: From,
  by: 1 | -1,
  { signal, progress }: FindOptions,
): Promise<Sought | undefined> {
  const { count } = capture
  const wanted = find.text.toLowerCase()
  for (let i = 1; i <= count && !signal.aborted; i++) {
    const number = ((from.packet - 1 + by * i + 2 * count) % count) + 1
    if (lines.get(number).info.toLowerCase().includes(wanted)) return { packet: number }
    if (i % 256 === 0) {
      progress(i, count)
      await setImmediate()
    }
  }
  return undefined
}
