import { describe, it } from 'vitest'
import { newDissector } from '../dissectors/index.ts'
import { Session } from '../src/dissect/session.ts'
import { Follower } from '../src/follow/follow.ts'
import type { Frame } from '../src/frame.ts'
import { captureFile, captureNames, framesOf } from './captures.ts'
import { everyPrinter, everyStory } from './every-printer.ts'

/** The same numbers on every run (xorshift32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
}

/** Changes some bytes, favouring the values that lengths lie with. */
function damage(frame: Frame, random: (below: number) => number): Frame {
  const bytes = frame.bytes.slice()
  const lies = [0, 1, 0xff, 0x7f, 0x80, 0x40, 4, 47, 50]
  for (let changes = 1 + random(6); changes > 0 && bytes.length > 0; changes--)
    bytes[random(bytes.length)] = random(2) === 0 ? lies[random(lies.length)]! : random(256)
  const capturedLength = random(4) === 0 ? random(bytes.length + 1) : bytes.length
  const wireLengths = [random(2000), 0, 0x3fffffff, 0x7fffffff, 0xffffffff]
  const wireLength = wireLengths[random(24)] ?? frame.wireLength
  return {
    ...frame,
    bytes,
    capturedLength,
    wireLength,
    fcsBytes: random(20) === 0 ? random(256) : frame.fcsBytes,
  }
}

describe.each(captureNames)('%s, damaged at random', name => {
  it('never breaks a walk or a printer', { timeout: 60_000 }, async () => {
    const frames = await framesOf(captureFile(name), 40)
    const random = randomFrom(name.length * 7919 + 1)
    const session = new Session()
    const follower = new Follower()
    const dissector = newDissector(session)
    for (let round = 0; round < 150; round++) {
      const frame = damage(frames[random(frames.length)]!, random)
      try {
        everyPrinter(frame, session)
        follower.see(dissector.dissect(frame, 'fields'))
      } catch (error) {
        const hex = Buffer.from(frame.bytes.subarray(0, frame.capturedLength)).toString('hex')
        throw new Error(`link type ${frame.linkType}, wire length ${frame.wireLength}, bytes ${hex}`, {
          cause: error,
        })
      }
    }
    everyStory(follower.story())
  })
})

describe('bytes of no capture', () => {
  it.each([0, 1, 101, 108, 109, 113, 117, 228, 229, 276, 999])(
    'do not break link type %i',
    { timeout: 60_000 },
    linkType => {
      const random = randomFrom(linkType + 17)
      for (let round = 0; round < 300; round++) {
        const bytes = Uint8Array.from({ length: random(200) }, () => random(256))
        const frame = {
          number: round + 1,
          seconds: round,
          fraction: 0,
          digits: 6,
          capturedLength: bytes.length,
          wireLength: bytes.length,
          linkType,
          fcsBytes: 0,
          interfaceId: -1,
          comments: [],
          bytes,
          start: 0,
        }
        everyPrinter(frame, new Session())
      }
    },
  )
})
