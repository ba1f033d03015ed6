import { newDissector } from '../../dissectors/index.ts'
import type { Dissection } from '../../src/dissect/dissection.ts'
import { Session } from '../../src/dissect/session.ts'
import type { Frame } from '../../src/frame.ts'
import type { Capture } from '../../src/store/capture.ts'

/** All that a dissection says, as data that can be compared. */
export function told(found: Dissection) {
  const layers = Array.from({ length: found.layerCount }, (_, i) => ({
    id: found.protocols[i]!.id,
    status: found.statuses[i],
    bounds: [found.starts[i], found.ends[i], found.limits[i]],
    buffer: found.bufferOf[i],
    quoted: found.quoted[i],
    records: [found.first[i], found.last[i], found.trailerFirst[i], found.trailerLast[i]],
  }))
  const fields = Array.from({ length: found.fieldCount }, (_, i) =>
    [found.fields[i]!.name, found.bits[i], found.bitLengths[i], found.values[i], found.depths[i]].join(' '),
  )
  const buffers = found.buffers.map(({ name, label, bytes }) => [
    name,
    label,
    Buffer.from(bytes).toString('hex'),
  ])
  const checks = found.checks.map(({ layer, field, expected, good }) => [layer, field.name, expected, good])
  return { number: found.frame.number, layers, fields, buffers, checks, notes: [...found.notes] }
}

export type Told = ReturnType<typeof told>

/** What a walk through all frames, one after the other in one session, says of each. */
export function walked(frames: readonly Frame[]): Told[] {
  const dissector = newDissector(new Session())
  return frames.map(frame => told(dissector.dissect(frame, 'noted')))
}

/** The same numbers, 1 to count, in an order that looks like none. */
export function mixed(count: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i + 1)
  return order.sort((a, b) => ((a * 7919) % 1009) - ((b * 7919) % 1009) || b - a)
}

/** What the capture says of each frame, asked in a mixed order, backwards, and again. */
export function asked(capture: Capture): Told[] {
  const kept = new Map(mixed(capture.count).map(number => [number, capture.dissect(number)]))
  return Array.from({ length: capture.count }, (_, i) => told(kept.get(i + 1)!))
}
