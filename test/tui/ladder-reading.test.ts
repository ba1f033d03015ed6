import { describe, expect, it } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import type { Capture } from '../../src/store/capture.ts'
import { StoryReading } from '../../src/tui/story-reading.ts'
import { captureOf } from './at.ts'
import { patient } from './finds.ts'
import { storyOf } from './ladders.ts'

/** As much of a capture as reading a story takes, some of it otherwise. */
const like = (capture: Capture, others: Partial<Pick<Capture, 'first' | 'frame'>>) =>
  ({
    first: 1,
    frame: (number: number, into?: Parameters<Capture['frame']>[1]) => capture.frame(number, into),
    ...others,
  }) as Capture

describe('what packets tell together', () => {
  it('is the same read at once and packet by packet', async () => {
    const capture = await captureOf('ikev2-psk.pcap')
    const reading = new StoryReading(capture)
    for (let last = 1; last <= capture.count; last++) {
      await reading.readTo(last, patient)
      expect([reading.read, reading.story.packets]).toEqual([last, last])
    }
    expect(reading.story).toEqual(await storyOf(capture))
  })

  it('is not told anew where nothing was read', async () => {
    const reading = new StoryReading(await captureOf('ikev2-psk.pcap'))
    await reading.readTo(5, patient)
    const { story } = reading
    await reading.readTo(3, patient)
    expect(reading.story).toBe(story)
  })

  it('is left where it is stopped, and goes on from there', async () => {
    const capture = await captureOf('ikev2-psk.pcap')
    const stopped = new AbortController()
    const slow = like(capture, {
      frame(number, into) {
        if (number === 4) stopped.abort()
        // A slice is over by then.
        for (const end = performance.now() + 20; performance.now() < end; );
        return capture.frame(number, into)
      },
    })
    const reading = new StoryReading(slow)
    await reading.readTo(capture.count, { ...patient, signal: stopped.signal })
    expect(reading.read).toBe(4)
    await reading.readTo(capture.count, patient)
    expect(reading.story).toEqual(await storyOf(capture))
  })

  it('begins at the first packet that a ring still has', async () => {
    const capture = await captureOf('ikev2-psk.pcap')
    const reading = new StoryReading(like(capture, { first: 5 }))
    await reading.readTo(capture.count, patient)
    // The first message is an IKE_AUTH request: nobody saw how it began.
    const [negotiation] = reading.story.negotiations
    expect([negotiation?.messages[0]?.packet, negotiation?.progress]).toEqual([5, 'joined-in-the-middle'])
    expect(reading.story.packets).toBe(capture.count - 4)
  })

  it('passes over what leaves a ring meanwhile', async () => {
    const capture = await captureOf('ikev2-psk.pcap')
    const ring = { ...like(capture, {}), first: 1 } as { first: number } & Capture
    const reading = new StoryReading(ring)
    await reading.readTo(4, patient)
    ring.first = 9
    await reading.readTo(capture.count, patient)
    expect(reading.story.negotiations[0]?.messages.map(({ packet }) => packet)).toEqual([3, 4, 11, 12])
  })

  it('ends where a packet cannot be read any more, with a sentence', async () => {
    const capture = await captureOf('ikev2-psk.pcap')
    const broken = like(capture, {
      frame() {
        throw new CaptureError('the file has become shorter')
      },
    })
    await expect(new StoryReading(broken).readTo(2, patient)).rejects.toThrow('the file has become shorter')
  })
})
