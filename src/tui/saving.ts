import type { Capture } from '../store/capture.ts'
import { Filtered } from '../store/filtered.ts'
import type { PacketNumbers } from '../store/packet-numbers.ts'
import { save } from '../store/save.ts'
import { filterFor } from './field-filters.ts'
import { questionOf } from './filtering.ts'
import type { SaveOf, State } from './state.ts'

/** Work that tells how far it is, and can be stopped. */
type Work = {
  readonly signal: AbortSignal
  readonly progress: (done: number, total: number) => void
}

/** Why nothing of what is to be saved is there, as a sentence; undefined: something is. */
export function nothingToSave({ filter, marked, detail, selected }: State, of: SaveOf): string | undefined {
  if (of === 'marked' && marked.size === 0) return 'no packet is marked; Space marks one'
  if (of === 'filtered' && (filter === undefined || filter.packets.end === filter.packets.first))
    return 'no packet matches, or there is no filter; / filters'
  if (of === 'flow' && (detail === undefined || filterFor(detail, selected, 'flow') === ''))
    return 'the packet has no SPI, key, session or address'
  return undefined
}

/**
 * Writes packets to a file; what is inside tunnels is that of the packets that are listed. Returns what there is to say
 * about it.
 * @throws {CaptureError} where that cannot be
 */
export async function saveChosen(
  state: State,
  capture: Capture,
  path: string,
  of: SaveOf,
  { signal, progress }: Work,
): Promise<string> {
  const { numbers, total } = await chosen(state, capture, of, { signal, progress })
  const count = await save(capture, path, numbers, {
    signal,
    innermost: of === 'inner',
    progress: done => progress(done, total),
  })
  if (signal.aborted) return 'stopped: nothing was saved'
  if (of !== 'inner') return `${path}: ${count} packets saved`
  return `${path}: ${count} inner packets saved; ${total - count} had no tunnel`
}

/** The packets to save, in their order. */
async function chosen(
  state: State,
  capture: Capture,
  of: SaveOf,
  { signal, progress }: Work,
): Promise<{ numbers: Iterable<number> | 'all'; total: number }> {
  const { filter, marked, detail, selected } = state
  if (of === 'marked') return { numbers: [...marked].sort((a, b) => a - b), total: marked.size }
  if (of === 'flow' && detail) {
    const question = questionOf(filterFor(detail, selected, 'flow'), capture, () => marked)
    const found = new Filtered(capture, question)
    await found.readTo(capture.count, { signal, progress: () => progress(found.read, capture.count) })
    return numbersOf(found.packets, capture)
  }
  if (of !== 'all' && filter) return numbersOf(filter.packets, capture)
  return { numbers: 'all', total: capture.count }
}

const numbersOf = (packets: PacketNumbers, capture: Capture) => ({
  numbers: numbersIn(packets, capture),
  total: packets.end - packets.first,
})

/** What leaves the ring meanwhile is left out. */
function* numbersIn(packets: PacketNumbers, capture: Capture): Generator<number> {
  for (let row = packets.first; row < packets.end; row++)
    if (packets.at(row) >= capture.first) yield packets.at(row)
}
