import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createCapture } from '../../src/capture/write.ts'
import type { Frame } from '../../src/frame.ts'
import { Capture } from '../../src/store/capture.ts'
import { temporaryDirectory } from '../capture/bytes.ts'
import { ipv4, tcp4 } from '../craft.ts'
import { raw } from '../peel.ts'
import { asked, walked } from './walked.ts'

const files = temporaryDirectory()

/** Writes frames into a capture and opens it. */
async function captured(name: string, made: readonly Frame[]) {
  const frames = made.map((frame, i) => ({ ...frame, number: i + 1, linkType: raw }))
  const writer = createCapture(files.path(name), 'pcap')
  for (const frame of frames) writer.write(frame, { linkType: raw, digits: 6 })
  writer.commit()
  const capture = await Capture.begin(files.path(name))
  await capture.survey()
  expect(capture.count).toBe(frames.length)
  return { frames, capture }
}

const message = (more: number): string =>
  `${(10 + more).toString(16).padStart(4, '0')}d00d000000000007${'ab'.repeat(more)}`

/** 700 bytes of messages, most of them short, that end with a whole one. */
const stream = [0, 20, 3, 100, 8, 8, 250, 30, 1, 60, 90].map(message).join('') + '0003ff'.repeat(4)
const length = stream.length / 2

/** Mostly the next bytes of the stream, sometimes some of others, some again, or none of it. */
const someSegment = fc.record({
  step: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, -30, 25, -200, 90),
  size: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 300 })),
  kind: fc.constantFrom(
    'data',
    'data',
    'data',
    'data',
    'data',
    'data',
    'again',
    'other',
    'open',
    'ack',
    'cut',
  ),
  back: fc.constantFrom(false, false, false, true),
  fragments: fc.constantFrom(false, false, false, true),
})

/** The packet in two fragments. */
function fragmented(frame: Frame, id: number): Frame[] {
  const payload = Buffer.from(frame.bytes.subarray(20)).toString('hex')
  return [payload.slice(0, 32), payload.slice(32)].map((hex, i) => {
    const piece = ipv4(6, hex)
    const view = new DataView(piece.bytes.buffer)
    view.setUint16(4, id)
    view.setUint16(6, i === 0 ? 0x2000 : 2)
    piece.bytes.set(frame.bytes.subarray(12, 20), 12)
    return piece
  })
}

it('any frame is what the walk through the whole capture finds, whatever the segments before it', async () => {
  let together = 0
  let waited = 0
  let again = 0
  const property = fc.asyncProperty(
    fc.array(someSegment, { minLength: 1, maxLength: 60, size: 'max' }),
    fc.constantFrom(1000, 0xffffff80),
    fc.boolean(),
    async (segments, start, opened) => {
      const at = { false: 0, true: 0 }
      const frames: Frame[] = opened ? [tcp4(start, '', { flags: 2 })] : []
      for (const [i, { step, size, kind, back, fragments }] of segments.entries()) {
        const side = back ? 'true' : 'false'
        if (kind === 'open') {
          const flags = back ? 0x12 : 2
          frames.push(tcp4(start + (i % 2) * 200_000, '', { flags, back }))
          at[side] = 0
          continue
        }
        if (kind === 'ack') {
          frames.push(
            tcp4(start, '', {
              flags: 0x10,
              back,
              ack: start + 1 + at[back ? 'false' : 'true'] + (i % 3) * 40,
            }),
          )
          continue
        }
        const last = frames.at(-1)
        if (kind === 'again' && last) {
          frames.push({ ...last })
          continue
        }
        const from = Math.max(0, Math.min(length, at[side] + step))
        const until = Math.min(length, from + size)
        const hex = stream.slice(from * 2, until * 2)
        const other = kind === 'other' ? hex.replaceAll('ab', 'cd') : hex
        const frame = tcp4(start + 1 + from, other, { back })
        if (kind === 'cut')
          frames.push({ ...frame, capturedLength: Math.max(40, frame.capturedLength - (i % 30)) })
        else if (fragments && hex.length > 60) frames.push(...fragmented(frame, i))
        else frames.push(frame)
        if (step <= 0) at[side] = Math.max(at[side], until) % length
      }
      if (frames.length === 0) return
      const { frames: numbered, capture } = await captured('any.pcap', frames)
      const expected = walked(numbered)
      expect(asked(capture)).toEqual(expected)
      for (const { notes, buffers } of expected) {
        const texts = notes.map(note => note.text).join()
        if (buffers.some(([name]) => name === 'reassembled-tcp')) together++
        if (texts.includes('Too early')) waited++
        if (texts.includes('Sent again')) again++
      }
      capture.close()
    },
  )
  await fc.assert(property, { numRuns: 300 })
  // Else the property would say little.
  expect(together).toBeGreaterThan(300)
  expect(waited).toBeGreaterThan(200)
  expect(again).toBeGreaterThan(500)
}, 120_000)

it('a long stream needs few earlier frames for any of its packets', async () => {
  const long = message(1000).repeat(400)
  const frames = [tcp4(0, '', { flags: 2 })]
  for (let at = 0; at < long.length / 2; at += 700)
    frames.push(tcp4(1 + at, long.slice(at * 2, at * 2 + 1400)))
  const { frames: numbered, capture } = await captured('long.pcap', frames)
  const expected = walked(numbered)
  expect(asked(capture)).toEqual(expected)
  expect(expected.filter(({ buffers }) => buffers.length > 0).length).toBeGreaterThan(300)
  capture.close()
})
