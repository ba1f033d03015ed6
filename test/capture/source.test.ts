import { execFileSync } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import { openSource } from '../../src/capture/source.ts'
import { emptyFrame } from '../../src/frame.ts'
import { collectGarbage, heldBytes } from '../held-bytes.ts'
import {
  hex,
  joined,
  onePacket,
  read,
  readAll,
  readPieces,
  temporaryDirectory,
  timeOf,
  twoRecords,
} from './bytes.ts'

const files = temporaryDirectory()

const lengths = async (path: string) => {
  const { frames, source } = await readAll(await openSource(path))
  return [frames.map(frame => frame.capturedLength), source.damage]
}

describe('files', () => {
  it('are read from beginning to end', async () => {
    expect(await lengths(files.write('two.pcap', twoRecords))).toEqual([[4, 5], undefined])
    expect(await lengths(files.write('one.pcapng', onePacket))).toEqual([[6], undefined])
  })

  it('are read across the borders of the buffer', async () => {
    // 40,000 records of 76 bytes: 3 MB; each begins with its number.
    const record = joined(hex('00f15365 00000000 3c000000 3c000000'), new Uint8Array(60))
    const file = joined(twoRecords.subarray(0, 24), ...Array.from({ length: 40_000 }, () => record))
    const view = new DataView(file.buffer)
    for (let i = 0; i < 40_000; i++) view.setUint32(24 + 76 * i + 16, i)
    const source = await openSource(files.write('many.pcap', file))
    const frame = emptyFrame()
    let expected = 0
    while (source.next(frame)) {
      const bytes = new DataView(frame.bytes.buffer, frame.start)
      if (bytes.getUint32(0) !== expected || frame.number !== expected + 1) break
      expected++
    }
    expect(expected).toBe(40_000)
    expect(await source.more()).toBe(false)
    source.close()
  })

  it('that are refused are named with the reason', async () => {
    mkdirSync(files.path('directory'))
    const refused = async (path: string, why: string) => {
      const opening = openSource(path)
      await expect(opening).rejects.toThrow(CaptureError)
      await expect(opening).rejects.toThrow(`${path}: ${why}`)
    }
    await refused(files.path('none.pcap'), 'no such file')
    await refused(files.path('directory'), 'is a directory')
    await refused(files.write('empty.pcap', ''), 'empty file')
    await refused('/dev/null', 'empty file')
    await refused(
      files.write('a.pcap', 'PK\x03\x04'),
      'not a capture file (starts with 50 4b 03 04, a zip archive)',
    )
    await refused(files.write('short.pcap', hex('d4c3')), 'not a capture file (starts with d4 c3)')
  })
})

describe('gzip', () => {
  it('is unpacked, one member or several', async () => {
    expect(await lengths(files.write('a.pcap.gz', gzipSync(twoRecords)))).toEqual([[4, 5], undefined])
    const [head, middle, tail] = [
      twoRecords.subarray(0, 10),
      twoRecords.subarray(10, 50),
      twoRecords.subarray(50),
    ]
    const members = joined(gzipSync(head), gzipSync(middle), gzipSync(tail))
    expect(await lengths(files.write('members.gz', members))).toEqual([[4, 5], undefined])
  })

  it('that is cut off delivers what came before', async () => {
    // Stored, not compressed: 10 bytes of header, 5 before the data.
    const packed = gzipSync(twoRecords, { level: 0 })
    const path = files.write('cut.gz', packed.subarray(0, 15 + 60))
    expect(await lengths(path)).toEqual([
      [4],
      `${path}: the gzip data are cut short after 60 unpacked bytes; read 1 packet before it`,
    ])
  })

  it('that is damaged says so', async () => {
    const packed = gzipSync(joined(twoRecords, new Uint8Array(300_000)), { level: 0 })
    packed[200_000]! ^= 0xff
    const { frames, source } = await read(packed)
    expect(frames.length).toBeGreaterThan(2)
    expect(source.damage).toMatch(
      /the gzip data are damaged \(incorrect data check\) after \d+ unpacked bytes/,
    )
  })

  it('of something else is refused', async () => {
    await expect(read(gzipSync('PK\x03\x04'))).rejects.toThrow(
      'standard input: not a capture file (gzip of a file that starts with 50 4b 03 04, a zip archive)',
    )
    await expect(read(gzipSync(''))).rejects.toThrow('gzip of an empty file')
    await expect(read(gzipSync(twoRecords).subarray(0, 5))).rejects.toThrow('the gzip data are cut short')
  })

  it('that unpacks to very much stays small in memory', async () => {
    const skipped = joined(hex('ff0b0000 0c000004'), new Uint8Array(64 << 20), hex('0c000004'))
    const packed = gzipSync(joined(onePacket, skipped, onePacket), { level: 1 })
    const before = await heldBytes()
    const source = await openSource(files.write('bomb.pcapng.gz', packed))
    const frame = emptyFrame()
    let [frames, most, turns] = [0, 0, 0]
    do {
      while (source.next(frame)) frames++
      if (turns++ % 20 === 0) collectGarbage()
      most = Math.max(most, process.memoryUsage().arrayBuffers - before)
    } while (await source.more())
    expect(frames).toBe(2)
    expect(most).toBeLessThan(48 << 20)
  })
})

it('gives way in a long stretch without packets', async () => {
  const skipped = joined(hex('ff0b0000 0c004001'), new Uint8Array(20 << 20), hex('0c004001'))
  const source = await openSource(files.write('gap.pcapng', joined(onePacket, skipped, onePacket)))
  const frame = emptyFrame()
  expect([source.next(frame), source.next(frame), frame.number]).toEqual([true, false, 1])
  expect(await source.more()).toBe(true)
  expect([source.next(frame), frame.number]).toEqual([true, 2])
  source.close()
})

describe('a pipe', () => {
  it.each([
    ['plain', twoRecords.subarray(0, 50)],
    ['gzip', gzipSync(twoRecords).subarray(0, 80)],
  ])('that stays silent (%s) can be closed', async (_, bytes) => {
    const stdin = new PassThrough()
    stdin.write(bytes)
    const source = await openSource('-', { stdin })
    const frame = emptyFrame()
    const reading = (async () => {
      do {
        while (source.next(frame));
      } while (await source.more())
    })()
    setImmediate(() => source.close())
    await reading
  })

  it('that nobody writes to can be given up', async () => {
    const fifo = files.path('silent')
    execFileSync('mkfifo', [fifo])
    const waiting = new AbortController()
    const opening = openSource(fifo, { signal: waiting.signal })
    setImmediate(() => waiting.abort())
    await expect(opening).rejects.toThrow(CaptureError)
  })

  // The second record has its header and no bytes yet.
  const half = twoRecords.subarray(0, 60)
  it.each([
    ['plain', half],
    ['gzip', gzipSync(half).subarray(0, -8)],
  ])('that is stopped (%s) ends with the packets that have come whole', async (_, bytes) => {
    const stdin = new PassThrough()
    stdin.write(bytes)
    const source = await openSource('-', { stdin })
    const frame = emptyFrame()
    while (!source.next(frame)) await source.more()
    const end = source.more()
    expect(source.stop()).toBe(true)
    while (await end) if (!source.next(frame) && !(await source.more())) break
    expect([source.count, source.damage]).toEqual([1, undefined])
    expect(stdin.destroyed).toBe(true)
    source.close()
  })

  it('delivers packets as soon as they are there', async () => {
    const fifo = files.path('fifo')
    execFileSync('mkfifo', [fifo])
    const opening = openSource(fifo)
    const writer = createWriteStream(fifo)
    writer.write(twoRecords.subarray(0, 50))
    const source = await opening
    const frame = emptyFrame()
    while (!source.next(frame)) expect(await source.more()).toBe(true)
    expect([frame.number, timeOf(frame)]).toEqual([1, '1700000000.123456'])
    expect(source.next(frame)).toBe(false)
    writer.end(twoRecords.subarray(50))
    while (!source.next(frame)) expect(await source.more()).toBe(true)
    expect(frame.number).toBe(2)
    while (await source.more()) expect(source.next(frame)).toBe(false)
    expect(source.damage).toBeUndefined()
    source.close()
  })

  it('in any pieces gives the same frames', async () => {
    const whole = joined(onePacket, onePacket, hex('ff0b0000 10000000 01020304 10000000'), onePacket)
    for (const bytes of [whole, twoRecords, gzipSync(whole)]) {
      const { frames } = await read(bytes)
      await fc.assert(
        fc.asyncProperty(fc.array(fc.nat(bytes.length)), async cuts => {
          const at = [0, ...cuts.sort((a, b) => a - b), bytes.length]
          const pieces = at.slice(1).map((end, i) => bytes.subarray(at[i], end))
          expect((await readPieces(pieces)).frames).toEqual(frames)
        }),
        { numRuns: 50, seed: 1 },
      )
    }
  })
})

it('damage anywhere never throws anything but a sentence, and never loses the frames before it', async () => {
  const whole = joined(onePacket, onePacket, onePacket)
  for (const [bytes, first] of [
    [whole, 88],
    [joined(twoRecords, twoRecords.subarray(24)), 44],
    [gzipSync(whole), Number.POSITIVE_INFINITY],
  ] as const) {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(bytes.length - 1),
        fc.uint8Array({ minLength: 1, maxLength: 8 }),
        async (at, noise) => {
          const damaged = bytes.slice()
          damaged.set(noise.subarray(0, bytes.length - at), at)
          const result = await read(damaged).catch(error => error)
          if (result instanceof Error) expect(result).toBeInstanceOf(CaptureError)
          if (at >= first) expect(result.frames.length).toBeGreaterThan(0)
        },
      ),
      { numRuns: 300, seed: 2 },
    )
  }
})
