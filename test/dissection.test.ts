import { describe, expect, it } from 'vitest'
import { newDissector } from '../dissectors/index.ts'
import type { Dissection } from '../src/dissect/dissection.ts'
import type { Frame } from '../src/frame.ts'
import { captureFile, captureNames, framesOf, itInCorpus } from './captures.ts'

type Layer = { id: string; offset: number; fields: string[] }

const layersOf = (found: Dissection): Layer[] =>
  Array.from({ length: found.layerCount }, (_, i) => ({
    id: found.protocols[i]!.id,
    offset: found.starts[i]!,
    fields: Array.from({ length: found.last[i]! - found.first[i]! }, (_, k) => {
      const record = found.first[i]! + k
      return `${found.fields[record]!.name} ${found.bits[record]}+${found.bitLengths[record]}`
    }),
  }))

/** Every gap and overlap between the fields of the layers, at any depth, as sentences. */
function untiled(found: Dissection): string[] {
  const faults: string[] = []
  for (let layer = 0; layer < found.layerCount; layer++) {
    const { id } = found.protocols[layer]!
    let at = found.starts[layer]! * 8
    for (let i = found.first[layer]!; i < found.last[layer]!; i++) {
      if (found.depths[i] !== 0) continue
      if (found.bits[i] !== at)
        faults.push(`${id}: ${found.fields[i]!.name} starts at bit ${found.bits[i]}, not ${at}`)
      at = found.bits[i]! + found.bitLengths[i]!
    }
    if (at !== found.ends[layer]! * 8)
      faults.push(`${id} ends at bit ${found.ends[layer]! * 8}, its fields at ${at}`)
  }
  return faults
}

/** Fields that reach out of the field that they are part of. */
function escaped(found: Dissection): string[] {
  const faults: string[] = []
  const parents: number[] = []
  for (let i = 0; i < found.fieldCount; i++) {
    const depth = found.depths[i]!
    parents[depth] = i
    if (depth === 0) continue
    const parent = parents[depth - 1]!
    const inside =
      found.bits[i]! >= found.bits[parent]! &&
      found.bits[i]! + found.bitLengths[i]! <= found.bits[parent]! + found.bitLengths[parent]!
    if (!inside) faults.push(`${found.fields[i]!.name} reaches out of ${found.fields[parent]!.name}`)
  }
  return faults
}

const whole = newDissector()
const cut = newDissector()

/** Cuts a frame at every length: nothing throws, nothing that was there changes, nothing reads as malformed that was not. */
function sweep(frame: Frame, step: number): void {
  const sound = whole.dissect(frame, 'fields')
  const all = layersOf(sound)
  const malformed = sound.statuses.slice(0, sound.layerCount).includes('malformed')
  for (let length = 0; length < frame.capturedLength; length += step) {
    const found = cut.dissect({ ...frame, capturedLength: length }, 'fields')
    const layers = layersOf(found)
    const where = `frame ${frame.number} cut at ${length}`
    for (const [i, layer] of layers.slice(0, -1).entries()) {
      expect(layer.id, where).toBe(all[i]!.id)
      expect(layer.offset, where).toBe(all[i]!.offset)
      expect(layer.fields, where).toEqual(all[i]!.fields)
    }
    if (!malformed) expect(found.statuses.slice(0, found.layerCount), where).not.toContain('malformed')
  }
}

describe.each(captureNames)('%s', name => {
  it('is tiled by its fields', async () => {
    for (const frame of await framesOf(captureFile(name))) {
      const found = whole.dissect(frame, 'noted')
      expect(untiled(found), `frame ${frame.number}`).toEqual([])
      expect(escaped(found), `frame ${frame.number}`).toEqual([])
    }
  })

  it('finds the same layers with and without a sink', async () => {
    for (const frame of await framesOf(captureFile(name))) {
      const layers = (found: Dissection) => layersOf(found).map(({ id, offset }) => ({ id, offset }))
      expect(layers(whole.dissect(frame, 'peel')), `frame ${frame.number}`).toEqual(
        layers(cut.dissect(frame, 'noted')),
      )
    }
  })

  it('survives every cut', async () => {
    for (const frame of await framesOf(captureFile(name), 60)) sweep(frame, 1)
  })
})

itInCorpus('tiled, and survives every cut', 120_000, async file => {
  for (const frame of await framesOf(file, 400)) {
    expect(untiled(whole.dissect(frame, 'noted')), `frame ${frame.number}`).toEqual([])
    sweep(frame, frame.number < 40 ? 1 : 7)
  }
})
