import { Capture } from '../../src/store/capture.ts'
import { type Found, type From, findNext } from '../../src/tui/find.ts'
import type { Find } from '../../src/tui/state.ts'
import { detailOf } from './at.ts'

export const patient = { signal: new AbortController().signal, progress() {} }

export const info = (text: string, kind: Find['kind'] = 'text'): Find => ({ text, where: 'info', kind })
export const tree = (text: string, kind: Find['kind'] = 'text'): Find => ({ text, where: 'tree', kind })
export const bytes = (text: string, kind: Find['kind'] = 'text'): Find => ({ text, where: 'bytes', kind })

/** A cursor on the first row and byte of a packet, unless told otherwise. */
export function from(capture: Capture, packet: number, where: { node?: number; byte?: number } = {}): From {
  const detail = packet === 0 ? undefined : detailOf(capture, packet)
  return { packet, detail, selected: where.node ?? 0, byte: where.byte ?? 0 }
}

/** Every hit in the order in which one comes to it, until the search is where it began. */
export async function tour(capture: Capture, find: Find, by: 1 | -1, start: From): Promise<Found[]> {
  const found: Found[] = []
  let at = start
  let hit = await findNext(capture, find, at, by, patient)
  while (hit && JSON.stringify(hit.hit) !== JSON.stringify(found[0]?.hit)) {
    found.push(hit)
    at = from(capture, hit.hit.packet, hit.hit)
    hit = await findNext(capture, find, at, by, patient)
  }
  return found
}

/** A capture that is a file of its own, read to its end. */
export async function openedFile(path: string): Promise<Capture> {
  const capture = await Capture.begin(path)
  await capture.survey()
  return capture
}
