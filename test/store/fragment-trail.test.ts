import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCapture } from '../../src/capture/write.ts'
import type { Frame } from '../../src/frame.ts'
import { Capture } from '../../src/store/capture.ts'
import { FragmentTrail } from '../../src/store/fragment-trail.ts'
import { joined, temporaryDirectory } from '../capture/bytes.ts'
import { ipv4, ipv6, udp4 } from '../craft.ts'
import { frameOf, raw } from '../peel.ts'
import { asked, told, walked } from './walked.ts'

const files = temporaryDirectory()

/** One piece of an IPv4 datagram from 192.0.2.1 to 192.0.2.2; its header's sum is not made to fit. */
function piece4(
  id: number,
  carried: number,
  whole: Uint8Array,
  from: number,
  until = whole.length,
): Uint8Array {
  const { bytes } = ipv4(carried, Buffer.from(whole.subarray(from, until)).toString('hex'))
  const view = new DataView(bytes.buffer)
  view.setUint16(4, id)
  view.setUint16(6, (until < whole.length ? 0x2000 : 0) + from / 8)
  return bytes
}

/** The same of an IPv6 packet from 2001:db8::1 to 2001:db8::2. */
function piece6(id: number, next: number, whole: Uint8Array, from: number, until = whole.length): Uint8Array {
  const header = new Uint8Array(8)
  const view = new DataView(header.buffer)
  header[0] = next
  view.setUint16(2, from + (until < whole.length ? 1 : 0))
  view.setUint32(4, id)
  return ipv6(44, Buffer.from(joined(header, whole.subarray(from, until))).toString('hex')).bytes
}

/** A UDP datagram with a sound length and 28 bytes of payload. */
const udp = udp4(1000, 2000, '5a'.repeat(28)).bytes.subarray(20)

async function captured(name: string, packets: Iterable<Uint8Array>, seconds: (number: number) => number) {
  const frames: Frame[] = []
  const writer = createCapture(files.path(name), 'pcap')
  const origin = { linkType: raw, digits: 6 }
  for (const bytes of packets) {
    const number = frames.length + 1
    const frame = { ...frameOf(bytes, raw), number, seconds: seconds(number) }
    frames.push(frame)
    writer.write(frame, origin)
  }
  writer.commit()
  const capture = await Capture.begin(files.path(name))
  await capture.survey()
  expect(capture.count).toBe(frames.length)
  return { frames, capture }
}

const stackOf = (capture: Capture, number: number): string[] => {
  const found = capture.dissect(number)
  return found.protocols.slice(0, found.layerCount).map(p => p.id)
}

describe('fragments of a capture', () => {
  it('that lie between each other come together, whichever frame is asked for first', async () => {
    const packets = [
      piece4(1, 17, udp, 0, 16),
      piece4(2, 17, udp, 16),
      piece6(1, 17, udp, 16),
      piece4(1, 17, udp, 16),
      piece6(1, 17, udp, 0, 16),
      piece4(2, 17, udp, 0, 16),
    ]
    const { capture } = await captured('between.pcap', packets, () => 0)
    for (const number of [6, 4, 5]) {
      const { buffers } = capture.dissect(number)
      expect(buffers.map(buffer => buffer.bytes)).toEqual([udp])
      expect(stackOf(capture, number)).toContain('udp')
    }
    for (const number of [1, 2, 3]) expect(stackOf(capture, number)).not.toContain('udp')
    const notes = (number: number) => capture.dissect(number).notes.map(note => note.text)
    expect(notes(4)).toContain('Completes datagram 0x0001, whose fragments are frames 1, 4')
    expect(notes(6)).toContain('Completes datagram 0x0002, whose fragments are frames 2, 6')
    expect(notes(5)).toContain('Completes datagram 0x00000001, whose fragments are frames 3, 5')
    capture.close()
  })

  it('inside of others come together', async () => {
    const inner = [piece4(7, 17, udp, 0, 16), piece4(7, 17, udp, 16)]
    const packets = inner.flatMap((bytes, i) => [piece4(8 + i, 4, bytes, 0, 24), piece4(8 + i, 4, bytes, 24)])
    const { capture } = await captured('inside.pcap', packets, () => 0)
    expect(stackOf(capture, 4)).toEqual(['ip', 'ip', 'udp', 'data'])
    expect(capture.dissect(4).buffers.map(buffer => buffer.bytes)).toEqual([inner[1], udp])
    expect(stackOf(capture, 2)).toEqual(['ip', 'ip', 'data'])
    capture.close()
  })

  it('are given up after a minute, and the next one says so', async () => {
    const packets = [0, 1, 2, 3].map(() => piece4(1, 17, udp, 0, 16))
    const { capture } = await captured('late.pcap', packets, number => number * 61)
    for (const number of [4, 2, 3])
      expect(capture.dissect(number).notes.map(note => note.text)).toContain(
        `The fragments from frame ${number - 1} on were given up after 60 seconds`,
      )
    capture.close()
  })
})

/** What fragments are made of here: each whole is carried in pieces, some are pieces of another whole themselves. */
const wholes: readonly (readonly [carried: number, whole: Uint8Array])[] = [
  [17, udp],
  [17, udp.map((byte, i) => (i > 20 ? byte ^ 1 : byte))],
  [4, piece4(1, 17, udp, 0, 16)],
  [4, piece4(1, 17, udp, 16)],
  [4, piece4(2, 4, piece4(1, 17, udp, 16), 0, 24)],
  [4, piece4(2, 4, piece4(1, 17, udp, 16), 24)],
  [41, piece6(1, 17, udp, 0, 16)],
  [41, piece6(1, 17, udp, 16)],
]

/** Mostly of datagrams that keep apart and come together, some that meet others of the same name. */
const somePiece = fc
  .record({
    whole: fc.nat(wholes.length - 1),
    own: fc.constantFrom(true, true, true, true, false),
    cut: fc.constantFrom([0, 16], [16], [0, 16], [16], [0, 24], [24], [8, 24]),
    swapped: fc.constantFrom(false, false, false, false, true),
    later: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 20, 61),
  })
  .map(({ whole, own, cut, swapped, later }) => {
    const [carried, bytes] = wholes[whole]!
    const piece = (whole % 4 === 3) === swapped ? piece4 : piece6
    return { later, bytes: piece(own ? whole : 1, carried, bytes, cut[0]!, cut[1]) }
  })

it('any frame is what the walk through the whole capture finds, whatever the fragments before it', async () => {
  let completed = 0
  let nested = 0
  const property = fc.asyncProperty(
    fc.array(somePiece, { minLength: 1, maxLength: 80, size: 'max' }),
    async pieces => {
      const times = pieces.map(({ later }) => later)
      for (let i = 1; i < times.length; i++) times[i]! += times[i - 1]!
      const packets = pieces.map(({ bytes }) => bytes)
      const { frames, capture } = await captured('any.pcap', packets, number => times[number - 1]!)
      const expected = walked(frames)
      expect(asked(capture)).toEqual(expected)
      completed += expected.filter(({ buffers }) => buffers.length > 0).length
      nested += expected.filter(({ buffers }) => buffers.length > 1).length
      capture.close()
    },
  )
  await fc.assert(property, { numRuns: 300 })
  // Else the property would say little.
  expect(completed).toBeGreaterThan(500)
  expect(nested).toBeGreaterThan(50)
})

describe('a capture full of fragments', () => {
  const octets = new Uint8Array(65_000)
  function* repeated(times: number): Generator<Uint8Array> {
    const piece = piece4(1, 17, octets, 0, 16)
    for (let i = 0; i < times; i++) yield piece
  }

  it('that repeat needs no more of them than a datagram has', async () => {
    const { frames, capture } = await captured(
      'repeated.pcap',
      [...repeated(20_000), piece4(1, 17, octets, 16)],
      () => 0,
    )
    const found = capture.dissect(20_001)
    expect(found.buffers.map(buffer => buffer.bytes.length)).toEqual([octets.length])
    const last = walked(frames).slice(-2)
    expect([told(capture.dissect(20_000)), told(found)]).toEqual(last)
    capture.close()
  })

  it('says so where they are too many to go back to', async () => {
    function* growing(): Generator<Uint8Array> {
      yield* repeated(8192)
      for (let at = 16; at < 60_000; at += 8)
        for (let length = 1; length <= 8; length++) yield piece4(1, 17, octets, at, at + length)
    }
    const { capture } = await captured('growing.pcap', growing(), () => 0)
    expect(capture.count).toBeGreaterThan(65_537)
    const tooMany = (number: number) =>
      capture.dissect(number).notes.filter(note => note.text.includes('too many to put them together')).length
    expect([tooMany(65_537), tooMany(65_538)]).toEqual([0, 1])
    capture.close()
  })
})

describe('a trail', () => {
  it('leads from a frame to those before it that matter', () => {
    const trail = new FragmentTrail()
    const a = trail.enter(2, -1, false)
    const b = trail.enter(3, -1, false)
    const c = trail.enter(5, a, false)
    trail.enter(7, b, false)
    trail.enter(7, c, false)
    expect(trail.framesBefore(7)).toEqual({ frames: [2, 3, 5], cut: false })
    expect(trail.framesBefore(5)).toEqual({ frames: [2], cut: false })
    expect(trail.framesBefore(2)).toEqual({ frames: [], cut: false })
    expect(trail.framesBefore(4)).toEqual({ frames: [], cut: false })
    expect(trail.framesBefore(8)).toEqual({ frames: [], cut: false })
  })

  it('leads through what was around a fragment in the frames on its way', () => {
    const trail = new FragmentTrail()
    const outer = trail.enter(1, -1, false)
    trail.enter(2, outer, false)
    const inner = trail.enter(2, -1, false)
    trail.enter(4, inner, false)
    expect(trail.framesBefore(4)).toEqual({ frames: [1, 2], cut: false })
  })

  it('leads to what was given up from the frame that gave it up, and no further', () => {
    const trail = new FragmentTrail()
    const first = trail.enter(1, -1, false)
    trail.enter(2, first, false)
    const second = trail.enter(3, first, true)
    const third = trail.enter(4, second, true)
    trail.enter(5, third, false)
    expect(trail.framesBefore(3)).toEqual({ frames: [1], cut: false })
    expect(trail.framesBefore(4)).toEqual({ frames: [3], cut: false })
    expect(trail.framesBefore(5)).toEqual({ frames: [4], cut: false })
  })

  it('forgets in good order, and says where it did', () => {
    const trail = new FragmentTrail()
    // Datagrams of three fragments, one of which lies far behind the others.
    const before: number[] = []
    const enter = (frame: number, last: number) => before.push(trail.enter(frame, last, false)) - 1
    for (let frame = 1; frame <= 9000; frame++) {
      const entry = frame % 10 === 0 && frame > 1000 ? before[frame - 1000]! : -1
      enter(frame, entry)
      if (frame % 100 === 0) trail.forget(frame - 1500)
    }
    expect(before).toEqual(Array.from({ length: 9000 }, (_, i) => i))
    expect(trail.framesBefore(9000)).toEqual({ frames: [8001], cut: false })
    expect(trail.framesBefore(8999)).toEqual({ frames: [], cut: false })
    trail.forget(8500)
    expect(trail.framesBefore(9000)).toEqual({ frames: [], cut: true })
    expect(trail.framesBefore(8600)).toEqual({ frames: [], cut: true })
    trail.forget(20_000)
    trail.enter(20_001, 8999, false)
    const next = trail.enter(20_002, -1, false)
    trail.enter(20_003, next, false)
    expect(trail.framesBefore(20_001)).toEqual({ frames: [], cut: true })
    expect(trail.framesBefore(20_003)).toEqual({ frames: [20_002], cut: false })
  })
})
