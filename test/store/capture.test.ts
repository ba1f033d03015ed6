import { EventEmitter, once } from 'node:events'
import { appendFileSync, truncateSync } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import { StreamInput } from '../../src/capture/input.ts'
import { PcapWriter } from '../../src/capture/pcap-write.ts'
import { createCapture } from '../../src/capture/write.ts'
import { emptyFrame } from '../../src/frame.ts'
import { Capture } from '../../src/store/capture.ts'
import { save } from '../../src/store/save.ts'
import { hex, joined, onePacket, temporaryDirectory, twoRecords } from '../capture/bytes.ts'
import { captureFile, captureNames, framesOf, itInCorpus } from '../captures.ts'
import { udp4 } from '../craft.ts'
import { asked, told, walked } from './walked.ts'

const files = temporaryDirectory()

async function opened(path: string, options: Parameters<typeof Capture.begin>[1] = {}): Promise<Capture> {
  const capture = await Capture.begin(path, options)
  await capture.survey()
  return capture
}

async function sameInAnyOrder(file: string): Promise<void> {
  const frames = await framesOf(file)
  if (frames.length === 0) return
  const capture = await opened(file)
  if (capture.count === frames.length) expect(asked(capture)).toEqual(walked(frames))
  capture.close()
}

describe('a frame asked for in any order', () => {
  it.each(captureNames)('is what a walk through %s finds', name => sameInAnyOrder(captureFile(name)))
  itInCorpus('is what a walk finds', 60_000, sameInAnyOrder)

  it('lasts while others are asked for', async () => {
    const capture = await opened(captureFile('frag-inner-gre.pcap'))
    const kept = capture.dissect(3)
    const before = told(kept)
    for (let number = capture.count; number > 0; number--) capture.dissect(number)
    expect(told(kept)).toEqual(before)
    expect(before.layers.map(layer => layer.id)).toContain('gre')
    capture.close()
  })
})

describe('an open capture', () => {
  it('tells of each frame what its record says, and what it is made of', async () => {
    const capture = await opened(files.write('a.pcap', twoRecords))
    expect(capture.name).toBe(files.path('a.pcap'))
    expect(capture.complete).toBe(true)
    expect(
      [1, 2].map(number => [
        capture.seconds(number),
        capture.fraction(number),
        capture.digits(number),
        capture.capturedLength(number),
        capture.wireLength(number),
        capture.interface(number).linkType,
      ]),
    ).toEqual([
      [1700000000, 123456, 6, 4, 4, 1],
      [1700000001, 999999, 6, 5, 1500, 1],
    ])
    expect(capture.shape(1)).toMatchObject({ protocols: [{ id: 'eth' }], starts: [0] })
    expect(() => capture.shape(3)).toThrow(RangeError)
    expect(Buffer.from(capture.frame(2).bytes).toString()).toBe('efghi')
    capture.close()
  })

  it('has the interfaces, comments and secrets of the file', async () => {
    const secrets = hex('0a000000 18000000 4b534c54 03000000 616263 00 18000000')
    const comment = hex(
      '0a0d0d0a 28000000 4d3c2b1a 0100 0000 ffffffffffffffff 0100 0200 6869 0000 00000000 28000000',
    )
    const capture = await opened(files.write('b.pcapng', joined(comment, secrets, onePacket)))
    expect(capture.sectionComments).toEqual(['hi'])
    expect(capture.secrets).toEqual([{ type: 0x544c534b, data: hex('616263') }])
    expect(capture.interfaces).toHaveLength(1)
    capture.close()
  })

  it('keeps what lies before the damage', async () => {
    const capture = await opened(files.write('c.pcap', twoRecords.subarray(0, 60)))
    expect([capture.count, capture.complete]).toEqual([1, true])
    expect(capture.damage).toMatch(/c\.pcap: cut short .* read 1 packet before it$/)
    expect(capture.dissect(1).layerCount).toBe(1)
    capture.close()
  })

  it('says that a frame is gone, or that it is closed', async () => {
    const capture = await opened(files.write('d.pcap', twoRecords))
    truncateSync(files.path('d.pcap'), 50)
    expect(() => capture.dissect(2)).toThrow(CaptureError)
    expect(() => capture.dissect(2)).toThrow('frame 2 is gone')
    capture.close()
    capture.close()
    expect(() => capture.frame(1)).toThrow(CaptureError)
    expect(() => capture.frame(1)).toThrow('d.pcap: is closed')
  })

  it('is none where there is nothing to read', async () => {
    await expect(Capture.begin(files.write('e.pcap', 'no capture'))).rejects.toThrow(CaptureError)
    await expect(Capture.begin(files.path('nowhere'))).rejects.toThrow('nowhere: no such file')
    await expect(Capture.begin(files.write('e.txt', 'prose'), { hex: true })).rejects.toThrow(CaptureError)
  })

  it('may come from an input that is there already', async () => {
    const input = new StreamInput(Readable.from([twoRecords]))
    const capture = await Capture.begin({ name: 'em0', input })
    await capture.survey()
    expect([capture.name, capture.path, capture.count]).toEqual(['em0', '-', 2])
    expect(Buffer.from(capture.frame(1).bytes).toString()).toBe('abcd')
    capture.close()
    const nothing = { name: 'em1', input: new StreamInput(Readable.from([hex('00')])) }
    await expect(Capture.begin(nothing)).rejects.toThrow('em1: not a capture file')
  })

  it('may come through a pipe', async () => {
    const capture = await opened('-', { stdin: Readable.from([twoRecords]) })
    expect([capture.name, capture.path, capture.count]).toEqual(['standard input', '-', 2])
    expect(Buffer.from(capture.frame(1).bytes).toString()).toBe('abcd')
    capture.close()
    expect(() => capture.frame(1)).toThrow('standard input: is closed')
  })
})

describe('a survey', () => {
  const path = files.path('long.pcap')
  const packets = 20_000
  const writer = createCapture(path, 'pcap')
  for (let number = 1; number <= packets; number++)
    writer.write({ ...udp4(number, 53, '00'.repeat(number % 5)), number }, { linkType: 101 })
  writer.commit()

  it('reports how far it is', async () => {
    const reports: number[][] = []
    const capture = await Capture.begin(path)
    await capture.survey({ progress: (...report) => reports.push(report) })
    const size = 24 + packets * (16 + 28) + (packets / 5) * 10
    expect(reports.at(-1)).toEqual([size, size, packets])
    capture.close()
  })

  it('does nothing when it is told to stop before it began, and once when it is asked for twice', async () => {
    const capture = await Capture.begin(path)
    await capture.survey({ signal: AbortSignal.abort() })
    expect([capture.count, capture.complete]).toEqual([0, false])
    await Promise.all([capture.survey(), capture.survey()])
    expect([capture.complete, capture.count, capture.damage]).toEqual([true, packets, undefined])
    const ports = [1, 9999, packets].map(number => {
      const { bytes } = capture.frame(number)
      return bytes[20]! * 256 + bytes[21]!
    })
    expect(ports).toEqual([1, 9999, packets])
    capture.close()
  })

  /** A capture whose first packet is there, while its pipe says nothing more. */
  async function halfWay(signal?: AbortSignal) {
    const pipe = new PassThrough()
    pipe.write(twoRecords.subarray(0, 44))
    const capture = await Capture.begin('-', { stdin: pipe })
    const events = new EventEmitter()
    const progress = (_: number, __: number, count: number) => events.emit(`${count} found`)
    const survey = capture.survey({ progress, ...(signal && { signal }) })
    await once(events, '1 found')
    expect([capture.count, capture.complete]).toEqual([1, false])
    expect(capture.dissect(1).frame.number).toBe(1)
    return { capture, survey, pipe }
  }

  it('finds frames of a pipe as they come', async () => {
    const { capture, survey, pipe } = await halfWay()
    pipe.end(twoRecords.subarray(44))
    await survey
    expect([capture.count, capture.complete]).toEqual([2, true])
    capture.close()
  })

  it('stops when it is told to, and goes on', async () => {
    const stop = new AbortController()
    const { capture, survey, pipe } = await halfWay(stop.signal)
    stop.abort()
    pipe.end(twoRecords.subarray(44))
    await survey
    expect([capture.count, capture.complete]).toEqual([1, false])
    await capture.survey()
    expect([capture.count, capture.complete]).toEqual([2, true])
    expect(capture.shape(2).protocols.map(p => p.id)).toEqual(['eth'])
    capture.close()
  })

  it('goes on behind the end of a file that is followed', async () => {
    const file = files.write('grows.pcap', twoRecords.subarray(0, 50))
    const capture = await opened(file)
    expect([capture.count, capture.complete]).toEqual([1, true])
    expect(capture.damage).toContain('cut short')
    expect([capture.follow(true), capture.following, capture.complete]).toEqual([true, true, false])
    const events = new EventEmitter()
    const survey = capture.survey({ progress: (_, __, count) => events.emit(`${count} found`) })
    const found = once(events, '2 found')
    appendFileSync(file, twoRecords.subarray(50))
    await found
    expect([capture.complete, capture.damage]).toEqual([false, undefined])
    expect(Buffer.from(capture.frame(2).bytes).toString()).toBe('efghi')
    capture.follow(false)
    await survey
    expect([capture.complete, capture.damage, capture.following]).toEqual([true, undefined, false])
    capture.close()
  })

  it('ends when the capture is closed', async () => {
    const { capture, survey } = await halfWay()
    capture.close()
    await survey
    expect(capture.count).toBe(1)
  })
})

describe('a ring', () => {
  /** 200 datagrams in two fragments each, all first halves before all second ones, then a thousand others. */
  const halves = Array.from({ length: 400 }, (_, i) => {
    const { bytes } = udp4(1000, 2000, '5a'.repeat(28))
    const piece = i < 200 ? bytes.slice(0, 36) : joined(bytes.subarray(0, 20), bytes.subarray(36))
    const view = new DataView(piece.buffer)
    view.setUint16(2, piece.length)
    view.setUint16(4, i % 200)
    view.setUint16(6, i < 200 ? 0x2000 : 2)
    return piece
  })
  const pcap = new PcapWriter({ linkType: 101 })
  const records = [...halves, ...Array.from({ length: 1000 }, (_, i) => udp4(i, 53, '00').bytes)].map(bytes =>
    pcap.record({
      ...emptyFrame(),
      linkType: 101,
      capturedLength: bytes.length,
      wireLength: bytes.length,
      bytes,
    }),
  )
  const pipe = (count: number) => Readable.from([joined(pcap.header(), ...records.slice(0, count))])
  const notes = (capture: Capture, number: number) =>
    capture.dissect(number).notes.map(note => [note.severity, note.text])

  it('knows of each packet still there what a whole capture knows, but for fragments that left', async () => {
    const whole = await opened('-', { stdin: pipe(400) })
    const capture = await opened('-', { stdin: pipe(400), ring: { bytes: 16_000 } })
    expect([whole.first, whole.count, capture.count]).toEqual([1, 400, 400])
    const { first } = capture
    expect(first).toBeGreaterThan(50)
    expect(first).toBeLessThan(200)
    for (let number = first; number <= 400; number++) {
      if (number <= 200 || number - 200 >= first)
        expect(told(capture.dissect(number))).toEqual(told(whole.dissect(number)))
      else {
        expect(notes(capture, number)).toContainEqual([
          'warning',
          'Fragments or segments that go with it came in packets that have left the ring: they cannot be put together any more',
        ])
        expect(notes(whole, number).join()).toContain('Completes datagram')
      }
      expect(capture.shape(number).protocols).toEqual(whole.shape(number).protocols)
    }
    for (const ask of ['dissect', 'shape', 'frame', 'seconds'] as const)
      expect(() => capture[ask](first - 1)).toThrow(`packet ${first - 1} has left the ring`)
    whole.close()
    capture.close()
  })

  it('is saved as far as it is there', async () => {
    const capture = await opened('-', { stdin: pipe(1400), ring: { bytes: 16_000 } })
    expect(capture.first).toBeGreaterThan(400)
    const path = files.path('ring.pcap')
    expect(await save(capture, path, 'all')).toBe(1401 - capture.first)
    const saved = await opened(path)
    expect(saved.count).toBe(1401 - capture.first)
    expect(saved.frame(1).bytes).toEqual(capture.frame(capture.first).bytes)
    saved.close()
    capture.close()
  })
})

describe('hex dumps', () => {
  const packet = Buffer.from(udp4(4660, 53, '0102').bytes).toString('hex')
  /** 16 bytes a line, as tools print them. */
  const dumped = (hexText: string) =>
    [...hexText.matchAll(/.{1,32}/g)].map(
      ([row], i) => `${(i * 16).toString(16).padStart(4, '0')}  ${row.replace(/../g, '$& ')}`,
    )
  const dump = [
    '1969-12-31 23:59:58.000000000001 a packet from before the epoch, in picoseconds',
    ...dumped(packet),
    '',
    '1970-01-01 00:00:07.000009',
    ...dumped(packet.replace('1234', '5678')),
    '',
    '0000  ff fe',
  ].join('\n')

  it('become a capture like others', async () => {
    const capture = await opened(files.write('dump.txt', dump), { hex: true, linkType: 101 })
    expect([capture.count, capture.complete, capture.damage]).toEqual([3, true, undefined])
    const into = emptyFrame()
    for (const number of [3, 1, 2]) expect(capture.frame(number, into).number).toBe(number)
    expect(capture.frame(1)).toMatchObject({
      seconds: -2,
      fraction: 1,
      digits: 12,
      linkType: 101,
      interfaceId: -1,
      capturedLength: 30,
      wireLength: 30,
    })
    expect(Buffer.from(capture.frame(1).bytes).toString('hex')).toBe(packet)
    expect([capture.seconds(2), capture.fraction(2), capture.digits(2)]).toEqual([7, 9, 6])
    expect(Buffer.from(capture.frame(2).bytes).toString('hex', 20, 22)).toBe('5678')
    expect(capture.seconds(3)).toBeNaN()
    expect(capture.frame(3).bytes).toEqual(hex('fffe'))
    expect(capture.shape(2).protocols.map(p => p.id)).toEqual(capture.shape(1).protocols.map(p => p.id))
    expect(capture.shape(1).protocols.map(p => p.id)).toContain('udp')
    capture.close()
  })

  it('may come through a pipe, and have their link types guessed', async () => {
    const capture = await opened('-', { hex: true, stdin: Readable.from([Buffer.from(dump)]) })
    expect([capture.name, capture.count]).toEqual(['standard input', 3])
    expect(capture.shape(1).protocols.map(p => p.id)).toContain('ip')
    capture.close()
  })
})
