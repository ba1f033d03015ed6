import { describe, expect, it } from 'vitest'
import { newDissector } from '../../dissectors/index.ts'
import type { Dissection } from '../../src/dissect/dissection.ts'
import { Session } from '../../src/dissect/session.ts'
import type { Frame } from '../../src/frame.ts'
import { captureFile, captureNames, framesOf, itInCorpus } from '../captures.ts'

/** The layers of a frame. What a trailer misses, only those who look closer are told. */
function layersOf(found: Dissection): string[] {
  return Array.from(
    { length: found.layerCount },
    (_, i) => `${found.protocols[i]!.id} at ${found.starts[i]} in ${found.outers[i]}/${found.bufferOf[i]}`,
  )
}

/** The frame, then copies of it with one byte of its headers changed, and cut ones. */
function* variants(frame: Frame): Iterable<Frame> {
  yield frame
  const { start, capturedLength } = frame
  for (let at = 0; at < Math.min(capturedLength, 80); at++) {
    const bytes = frame.bytes.slice(start, start + capturedLength)
    // Another value, another bit, nothing: lengths and numbers that are and are not what they should be.
    bytes[at] = [bytes[at]! ^ (1 << (at % 8)), 0, 0xff, bytes[at]! + 1][at % 4]!
    yield { ...frame, bytes, start: 0 }
    if (at % 3 === 0) yield { ...frame, capturedLength: at }
  }
}

/** Recording fields, every header is walked: the layers have to be the same. */
async function compare(file: string, limit: number): Promise<void> {
  const peeling = newDissector(new Session())
  const walking = newDissector(new Session())
  for (const frame of await framesOf(file, limit))
    for (const variant of variants(frame))
      expect(layersOf(peeling.dissect(variant, 'peel')), `packet ${frame.number}`).toEqual(
        layersOf(walking.dissect(variant, 'fields')),
      )
}

describe('plain headers', () => {
  it.each(captureNames)('are peeled as they are walked: %s', async name => {
    await compare(captureFile(name), 5)
  })

  itInCorpus('are peeled as they are walked', 60_000, file => compare(file, 40))
})
