import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import type { InterfaceDescription } from '../../src/capture/pcapng-write.ts'
import { createCapture, formatOf, type WriterOptions } from '../../src/capture/write.ts'
import { emptyFrame, type Frame } from '../../src/frame.ts'
import { hex, joined, read, temporaryDirectory, twoRecords } from './bytes.ts'

const files = temporaryDirectory()

const frameOf = (changes: Partial<Frame>): Frame => {
  const bytes = changes.bytes ?? hex('616263')
  return {
    ...emptyFrame(),
    number: 1,
    capturedLength: bytes.length,
    wireLength: bytes.length,
    ...changes,
    bytes,
  }
}

/** Writes frames, each of the interface that its `interfaceId` is the index of. */
function write(
  name: string,
  frames: readonly Frame[],
  origins: readonly InterfaceDescription[],
  options: WriterOptions = {},
): Uint8Array {
  const path = files.path(name)
  const capture = createCapture(path, formatOf(name), options)
  for (const frame of frames) capture.write(frame, origins[Math.max(frame.interfaceId, 0)]!)
  capture.commit()
  return Uint8Array.from(readFileSync(path))
}

describe('pcap', () => {
  it('copies a file to the byte', async () => {
    const { frames, source } = await read(twoRecords)
    expect(write('copy.pcap', frames, source.interfaces)).toEqual(twoRecords)
  })

  it('is in nanoseconds where the capture is, and keeps its check sequence', () => {
    const frame = frameOf({ seconds: 1700000000, fraction: 123456789, digits: 9, wireLength: 64 })
    expect(write('nano.pcap', [frame], [{ linkType: 1, fcsBytes: 4 }])).toEqual(
      hex(`4d3cb2a1 0200 0400 00000000 00000000 00000400 01000024
           00f15365 15cd5b07 03000000 40000000 616263`),
    )
  })

  it('without frames is a header', () => {
    expect(write('none.pcap', [], [], { linkType: 101 })).toEqual(
      hex('4d3cb2a1 0200 0400 00000000 00000000 00000400 65000000'),
    )
  })

  it.each([
    [
      'another link type',
      { linkType: 9 },
      'frame 1 is PPP and a pcap file of EN10MB holds no other; write pcapng',
    ],
    ['a time before 1970', { seconds: -1 }, 'frame 1 is of a time before 1970 or after 2106'],
    ['a time after 2106', { seconds: 2 ** 32 }, 'frame 1 is of a time before 1970 or after 2106'],
  ])('cannot hold %s', (_, changes, message) => {
    const capture = createCapture(files.path('refused.pcap'), 'pcap')
    expect(() => capture.write(frameOf(changes), { linkType: 1 })).toThrow(message)
    capture.abandon()
    expect(existsSync(files.path('refused.pcap'))).toBe(false)
  })
})

describe('pcapng', () => {
  it('is what tshark reads', () => {
    const frame = frameOf({
      seconds: 1700000000,
      fraction: 123456,
      wireLength: 60,
      interfaceId: 0,
      comments: ['hi'],
      fcsBytes: 2,
    })
    const origin = { linkType: 1, name: 'lo0', digits: 6, snapLength: 262144 }
    const secret = { type: 0x544c534b, data: hex('616263') }
    expect(write('a.pcapng', [frame], [origin], { comments: ['made up'], secrets: [secret] })).toEqual(
      hex(`0a0d0d0a 2c000000 4d3c2b1a 0100 0000 ffffffffffffffff 0100 0700 6d616465207570 00 0000 0000 2c000000
           0a000000 18000000 4b534c54 03000000 616263 00 18000000
           01000000 28000000 0100 0000 00000400 0900 0100 06000000 0200 0300 6c6f3000 0000 0000 28000000
           06000000 38000000 00000000 240a0600 40222018 03000000 3c000000 616263 00
           0100 0200 68690000 0200 0400 40000000 0000 0000 38000000`),
    )
  })

  it('cuts a comment of more than 65,535 bytes between characters', async () => {
    const bytes = write('long.pcapng', [frameOf({ comments: ['ü'.repeat(40_000)] })], [{ linkType: 1 }])
    const { frames } = await read(bytes)
    expect(frames[0]!.comments).toEqual(['ü'.repeat(32_767)])
  })

  it('cannot hold a time before 1970', () => {
    const capture = createCapture(files.path('refused.pcapng'), 'pcapng')
    expect(() => capture.write(frameOf({ seconds: -1 }), { linkType: 1 })).toThrow('before 1970')
    capture.abandon()
  })

  it('gives back what was written', async () => {
    const origins = fc.array(
      fc.record({
        linkType: fc.nat(300).map(type => (type >= 12 && type <= 14 ? 1 : type)),
        name: fc.string(),
        description: fc.string({ unit: 'grapheme' }),
        snapLength: fc.constantFrom(0, 262144),
        fcsBytes: fc.constantFrom(0, 4),
        digits: fc.constantFrom(0, 3, 6, 9),
      }),
      { minLength: 1, maxLength: 3 },
    )
    const packets = fc.array(
      fc.record({
        bytes: fc.uint8Array({ maxLength: 100 }),
        start: fc.nat(3),
        more: fc.nat(2000),
        seconds: fc.nat(2 ** 31),
        fraction: fc.nat(10 ** 9 - 1),
        origin: fc.nat(2),
        comments: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 2 }),
      }),
      { maxLength: 20 },
    )
    const text = (value: string) => value.replace(/\0+$/, '')
    const property = fc.asyncProperty(origins, packets, async (described, made) => {
      const order: InterfaceDescription[] = []
      const frames = made.map((packet, i): Frame => {
        const origin = described[packet.origin % described.length]!
        if (!order.includes(origin)) order.push(origin)
        return {
          number: i + 1,
          seconds: packet.seconds,
          fraction: Math.floor(packet.fraction / 10 ** (9 - origin.digits)),
          digits: origin.digits,
          capturedLength: packet.bytes.length,
          wireLength: packet.bytes.length + packet.more,
          linkType: origin.linkType,
          fcsBytes: origin.fcsBytes,
          interfaceId: order.indexOf(origin),
          comments: packet.comments,
          bytes: joined(new Uint8Array(packet.start), packet.bytes, hex('ffff')),
          start: packet.start,
        }
      })
      const { frames: again, source } = await read(write('round.pcapng', frames, order))
      expect(again).toEqual(
        frames.map(frame => ({
          ...frame,
          comments: frame.comments.map(text),
          bytes: frame.bytes.slice(frame.start, frame.start + frame.capturedLength),
          start: 0,
        })),
      )
      expect(source.interfaces.map(({ name, description }) => [name, description])).toEqual(
        order.map(origin => [text(origin.name ?? ''), text(origin.description ?? '')]),
      )
      expect(source.damage).toBeUndefined()
    })
    await fc.assert(property, { numRuns: 100, seed: 3 })
  })

  it('keeps a packet without a time', async () => {
    const frame = frameOf({ seconds: Number.NaN, wireLength: 3, interfaceId: 0 })
    const { frames } = await read(write('timeless.pcapng', [frame], [{ linkType: 1, digits: 6 }]))
    expect(frames).toEqual([frame])
  })
})

describe('the file', () => {
  const leftovers = () => readdirSync(files.directory).filter(name => name.endsWith('.tmp'))

  it('keeps what it had until the new one is whole', () => {
    const path = files.write('kept.pcap', 'precious')
    const capture = createCapture(path, 'pcap')
    for (let i = 0; i < 1000; i++) capture.write(frameOf({ bytes: new Uint8Array(1500) }), { linkType: 1 })
    expect(readFileSync(path, 'utf8')).toBe('precious')
    capture.abandon()
    capture.abandon()
    expect(readFileSync(path, 'utf8')).toBe('precious')
    expect(leftovers()).toEqual([])
  })

  it('keeps its permissions, and its place behind a link', () => {
    const path = files.write('real.pcap', 'old')
    chmodSync(path, 0o640)
    symlinkSync(path, files.path('link.pcap'))
    const capture = createCapture(files.path('link.pcap'), 'pcap')
    capture.commit()
    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(readFileSync(path)).toHaveLength(24)
    expect(readFileSync(files.path('link.pcap'))).toHaveLength(24)
    expect(leftovers()).toEqual([])
  })

  it('that cannot be written is named with the reason', () => {
    const path = files.path('nowhere/a.pcap')
    expect(() => createCapture(path, 'pcap')).toThrow(CaptureError)
    expect(() => createCapture(path, 'pcap')).toThrow(`${path}: cannot write: no such file`)
  })

  it('that is a device is written directly', () => {
    const capture = createCapture('/dev/null', 'pcap')
    capture.write(frameOf({}), { linkType: 1 })
    capture.commit()
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  it('is pcapng where its name says so', () => {
    expect(['a.pcap', 'a', 'b.PcapNG', '-'].map(formatOf)).toEqual(['pcap', 'pcap', 'pcapng', 'pcap'])
  })
})
