import { readdirSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import { CaptureFile } from '../../src/capture/file.ts'
import { emptyFrame, keep } from '../../src/frame.ts'
import { hex, joined, onePacket, read, temporaryDirectory, twoRecords } from './bytes.ts'

const files = temporaryDirectory()

/** A section with raw IP, whose clock counts picoseconds; a packet at 2^48 + 7 of them, with 2 bytes of check sequence and a comment `hi`. */
const second = hex(`
  0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c
  00000001 00000020 0065 0000 00000000 0009 0001 0c000000 0000 0000 00000020
  00000006 00000034 00000000 00010000 00000007 00000003 0000003c 616263 00
  0002 0004 00000040 0001 0002 68690000 00000034`)
const simple = hex('00000003 00000018 00000005 6162636465 000000 00000018')
/** 4 bytes of check sequence, no comment. */
const checked = hex(`
  00000006 0000002c 00000000 00010000 00000008 00000003 0000003c 616263 00 0002 0004 00000080 0000002c`)
const mixed = joined(onePacket, second, simple, checked)

const open = (name: string, bytes: Uint8Array) => CaptureFile.open(files.write(name, bytes))

describe('any frame', () => {
  it('is the same as when it was first read', async () => {
    const { frames } = await read(mixed)
    expect(frames.map(frame => frame.comments)).toEqual([[], ['hi'], [], []])
    expect(frames[1]).toMatchObject({
      seconds: 281,
      fraction: 474976710663,
      digits: 12,
      fcsBytes: 2,
      linkType: 101,
    })
    expect(frames[3]!.fcsBytes).toBe(4)
    const into = emptyFrame()
    for (const file of [await open('a.pcapng', mixed), await open('a.gz', gzipSync(mixed))]) {
      for (const number of [2, 3, 1, 2, 4]) {
        expect(file.frame(number)).toEqual(frames[number - 1])
        const frame = file.frame(number, into)
        expect(frame).toBe(into)
        expect(keep(into)).toEqual(frames[number - 1])
      }
      file.close()
    }
  })

  it('can be asked about without reading it', async () => {
    const file = await open('b.pcapng', mixed)
    const about = [1, 2, 3].map(number => [
      file.seconds(number),
      file.fraction(number),
      file.capturedLength(number),
      file.wireLength(number),
      file.interface(number).section,
    ])
    expect(about).toEqual([
      [1700000000, 123456, 6, 60, 0],
      [281, 474976710663, 3, 60, 1],
      [Number.NaN, 0, 5, 5, 1],
    ])
    file.close()
  })

  it('has a number from 1 to the count', async () => {
    const file = await open('c.pcap', twoRecords)
    expect(file.count).toBe(2)
    expect(() => file.frame(0)).toThrow(RangeError)
    expect(() => file.seconds(3)).toThrow(RangeError)
    file.close()
  })

  it('that is not there any more is named', async () => {
    const file = await open('d.pcap', twoRecords)
    truncateSync(files.path('d.pcap'), 50)
    expect(file.frame(1).capturedLength).toBe(4)
    expect(() => file.frame(2)).toThrow(CaptureError)
    expect(() => file.frame(2)).toThrow(/d\.pcap: frame 2 is gone: the file has changed; open it again/)
    file.close()
  })
})

/** 100,000 empty records: more than one segment of the index. */
const many = joined(
  twoRecords.subarray(0, 24),
  ...Array.from({ length: 100_000 }, (_, i) => new Uint8Array(new Uint32Array([i, 7, 0, i % 3]).buffer)),
)

describe('the pass over the file', () => {
  it('shows each frame in order and keeps the number it gets', async () => {
    const seen: number[] = []
    const path = files.write('e.pcap', twoRecords)
    const file = await CaptureFile.open(path, {
      visit(frame) {
        seen.push(frame.number, frame.bytes[frame.start]!)
        return 65_536 - frame.number
      },
    })
    expect(seen).toEqual([1, 0x61, 2, 0x65])
    expect([file.shape(1), file.shape(2)]).toEqual([65_535, 65_534])
    file.close()
  })

  it('reports how far it is', async () => {
    const reports: number[][] = []
    const path = files.write('f.pcap', twoRecords)
    const file = await CaptureFile.open(path, { progress: (...report) => reports.push(report) })
    expect(reports.at(-1)).toEqual([65, 65, 2])
    expect([file.complete, file.damage]).toEqual([true, undefined])
    file.close()
  })

  it('stops when it is told to, and goes on', async () => {
    const stop = new AbortController()
    const file = await CaptureFile.begin(files.write('g.pcap', many))
    const visit = (): number => {
      const until = performance.now() + 1
      while (performance.now() < until);
      stop.abort()
      return 0
    }
    await file.read({ signal: stop.signal, visit })
    const found = file.count
    expect(file.complete).toBe(false)
    expect(found).toBeGreaterThan(0)
    expect(found).toBeLessThan(100_000)
    expect(file.frame(found).seconds).toBe(found - 1)
    await file.read()
    expect([file.complete, file.count]).toEqual([true, 100_000])
    file.close()
  })

  it('keeps what it reads of every frame', async () => {
    const file = await open('h.pcap', many)
    const wrong = Array.from({ length: file.count }, (_, i) => i + 1).filter(
      number =>
        file.seconds(number) !== number - 1 ||
        file.fraction(number) !== 7 ||
        file.capturedLength(number) !== 0 ||
        file.wireLength(number) !== (number - 1) % 3,
    )
    expect(wrong).toEqual([])
    file.close()
  })

  it('keeps the frames before the damage', async () => {
    const file = await open('i.pcap', twoRecords.subarray(0, 60))
    expect(file.count).toBe(1)
    expect(file.damage).toContain(
      'cut short in the record at byte 44: 16 of 21 bytes are there; read 1 packet',
    )
    expect(file.complete).toBe(true)
    file.close()
  })
})

it('unpacks into a file that has no name', async () => {
  const ours = () => readdirSync(tmpdir()).filter(name => /^vpnscope-.*\.tmp$/.test(name))
  const before = ours()
  const file = await open('j.gz', gzipSync(mixed))
  expect(ours()).toEqual(before)
  file.close()
  file.close()
})
