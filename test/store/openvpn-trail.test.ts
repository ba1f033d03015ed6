import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createCapture } from '../../src/capture/write.ts'
import type { Frame } from '../../src/frame.ts'
import { Capture } from '../../src/store/capture.ts'
import { temporaryDirectory } from '../capture/bytes.ts'
import { udp4 } from '../craft.ts'
import { raw } from '../peel.ts'
import { tcpSegment } from '../tcp-craft.ts'
import { asked, walked } from './walked.ts'

const files = temporaryDirectory()

const digits = (number: number, bytes: number): string => number.toString(16).padStart(bytes * 2, '0')

/** TLS: records of many sizes, 1000 bytes in all, and one that is none. */
const records = [0, 3, 40, 300, 1, 9, 120, 2, 60, 200]
  .map(size => `170303${digits(size, 2)}${'ab'.repeat(size)}`)
  .join('')
const stream = `${records}${'ff'.repeat(1000 - records.length / 2)}${records}`

const session = (number: number): string => `58eb3d4788d423${digits(number, 1)}`

/** The control message with this number: the reset where it is 0. */
const control = (number: number, sizes: readonly number[], of: number): string => {
  if (number === 0) return `38${session(of)}0000000000`
  const from = sizes.slice(0, number - 1).reduce((sum, size) => sum + size, 0)
  return `20${session(of)}00${digits(number, 4)}${stream.slice(from * 2, (from + sizes[number - 1]!) * 2)}`
}

/** Two sides; their messages in order, mostly. */
const some = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 12, maxLength: 12 }),
  steps: fc.array(fc.tuple(fc.constantFrom(0, 1), fc.constantFrom(1, 1, 1, 1, 1, 2, -1, 0)), {
    maxLength: 24,
  }),
  first: fc.constantFrom(0, 0, 1, 4),
  cuts: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 40, maxLength: 40 }),
})

function messagesOf({ sizes, steps, first }: { sizes: number[]; steps: [number, number][]; first: number }) {
  const at = [first, first]
  return steps.map(([side, step]) => {
    const message = control(at[side]!, sizes, side)
    at[side] = Math.min(12, Math.max(0, at[side]! + step))
    return message
  })
}

/** The messages as one direction of a connection, in segments of these sizes; every seventh is sent again. */
function segments(messages: readonly string[], sizes: readonly number[]): Frame[] {
  const sent = messages.map(hex => digits(hex.length / 2, 2) + hex).join('')
  const frames: Frame[] = [tcpSegment(40000, 1194, 999, 2, '')]
  let from = 0
  for (let i = 0; from < sent.length / 2; i++) {
    const size = sizes[i % sizes.length]!
    const frame = tcpSegment(40000, 1194, 1000 + from, 0x18, sent.slice(from * 2, (from + size) * 2))
    frames.push(frame)
    if (i % 7 === 6) frames.push({ ...frame })
    from += size
  }
  return frames
}

async function sameAsWalked(frames: readonly Frame[]): Promise<string[]> {
  const numbered = frames.map((frame, i) => ({ ...frame, number: i + 1, linkType: raw }))
  const writer = createCapture(files.path('any.pcap'), 'pcap')
  for (const frame of numbered) writer.write(frame, { linkType: raw, digits: 6 })
  writer.commit()
  const capture = await Capture.begin(files.path('any.pcap'))
  await capture.survey()
  const expected = walked(numbered)
  expect(asked(capture)).toEqual(expected)
  capture.close()
  return expected.flatMap(({ notes }) => notes.map(({ text }) => text))
}

it('TLS in control messages is what the walk through the whole capture finds', {
  timeout: 30_000,
}, async () => {
  const heard: string[] = []
  const property = fc.asyncProperty(some, fc.boolean(), async (made, overTcp) => {
    const messages = messagesOf(made)
    if (messages.length === 0) return
    const frames = overTcp ? segments(messages, made.cuts) : messages.map(hex => udp4(40000, 1194, hex))
    heard.push(...(await sameAsWalked(frames)))
  })
  await fc.assert(property, { numRuns: 150 })
  for (const what of [
    'put together of 3 messages',
    'Too early: a message',
    'Sent again',
    'No message of TLS',
  ])
    expect(
      heard.some(text => text.includes(what)),
      what,
    ).toBe(true)
})
