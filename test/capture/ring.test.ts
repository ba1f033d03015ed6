import { fstatSync, readdirSync, readlinkSync } from 'node:fs'
import { PassThrough, Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import { CaptureFile, type CaptureOptions } from '../../src/capture/file.ts'
import { FrameIndex } from '../../src/capture/frame-index.ts'
import { StreamInput } from '../../src/capture/input.ts'
import { PcapngWriter } from '../../src/capture/pcapng-write.ts'
import { ringOption } from '../../src/capture/ring.ts'
import { SpoolInput } from '../../src/capture/spool.ts'
import { emptyFrame, type Frame } from '../../src/frame.ts'
import { heldBytes } from '../held-bytes.ts'
import { joined, temporaryDirectory, twoRecords } from './bytes.ts'

const files = temporaryDirectory()

describe('the option', () => {
  it.each([
    ['512MB', { bytes: 512_000_000 }],
    ['2gib', { bytes: 2_147_483_648 }],
    ['1.5 GB', { bytes: 1_500_000_000 }],
    ['90s', { seconds: 90 }],
    ['10min', { seconds: 600 }],
    ['2h', { seconds: 7200 }],
    ['1d', { seconds: 86_400 }],
    ['512MB,10min', { bytes: 512_000_000, seconds: 600 }],
  ])('%s', (text, ring) => expect(ringOption(text)).toEqual(ring))

  it.each([
    ['', '--ring : give a size or a time, as 512MB or 10min'],
    ['512', '--ring 512: give a size or a time, as 512MB or 10min'],
    ['-1MB', '--ring -1MB: give a size or a time'],
    ['1MB,2MB', '--ring 1MB,2MB: give a size or a time'],
    ['10m', '--ring 10m: 10min or 10MB?'],
    ['10kB', '--ring 10kB: too small to be of use; 1MB at least'],
    ['0s', '--ring 0s: too short to be of use; 1s at least'],
  ])('refuses %j', (text, sentence) => {
    expect(() => ringOption(text)).toThrow(CaptureError)
    expect(() => ringOption(text)).toThrow(sentence)
  })
})

/** Sizes of our temporary files that are open: they have no names, but the system lists them. */
const temporaryFiles = (): number[] =>
  readdirSync('/proc/self/fd').flatMap(fd => {
    try {
      return /vpnscope-.*\.tmp \(deleted\)$/.test(readlinkSync(`/proc/self/fd/${fd}`))
        ? [fstatSync(Number(fd)).size]
        : []
    } catch {
      // The one that listed the others.
      return []
    }
  })

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

/** Byte number `i` of a stream that repeats at no power of two. */
const byteAt = (i: number): number => (i * 31 + Math.floor(i / 251)) & 0xff

describe('a spool', () => {
  it('keeps the newest bytes, as many as it may, and reads them across all borders', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 8, max: 900 }),
      fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 40 }),
      fc.array(fc.tuple(fc.nat(), fc.nat(400)), { minLength: 3, maxLength: 3 }),
      async (bytes, sizes, looks) => {
        let came = 0
        const chunks = sizes.map(size => Uint8Array.from({ length: size }, () => byteAt(came++)))
        const spool = new SpoolInput(new StreamInput(Readable.from(chunks)), new Uint8Array(0), { bytes })
        const into = new Uint8Array(200)
        let passed = 0
        for (let count = await spool.read(into); count > 0; count = await spool.read(into)) {
          passed += count
          expect(passed - spool.oldest).toBeLessThanOrEqual(bytes)
          // A whole part goes at a time: an eighth of the ring.
          expect(passed - spool.oldest).toBeGreaterThanOrEqual(
            Math.min(passed, bytes - 2 * Math.ceil(bytes / 8)),
          )
          for (const [at, length] of looks) {
            const position = spool.oldest + (at % (passed - spool.oldest))
            const again = new Uint8Array(length)
            const there = Math.min(length, passed - position)
            expect(spool.readAt(again, position)).toBe(there)
            expect(again.subarray(0, there)).toEqual(
              Uint8Array.from({ length: there }, (_, i) => byteAt(position + i)),
            )
          }
          if (spool.oldest > 0) expect(spool.readAt(new Uint8Array(4), spool.oldest - 1)).toBe(0)
        }
        expect(passed).toBe(came)
        spool.close()
      },
    )
    await fc.assert(property, { numRuns: 100 })
  })

  it('takes no more of the disk, and gives it back', async () => {
    const before = sum(temporaryFiles())
    const chunks = Array.from({ length: 100 }, () => new Uint8Array(10_000))
    const spool = new SpoolInput(new StreamInput(Readable.from(chunks)), new Uint8Array(0), { bytes: 80_000 })
    const into = new Uint8Array(10_000)
    let most = 0
    while ((await spool.read(into)) > 0) most = Math.max(most, sum(temporaryFiles()) - before)
    expect(most).toBe(80_000)
    spool.close()
    spool.close()
    expect(sum(temporaryFiles())).toBe(before)
  })

  it('drops what it is told to, by whole parts', async () => {
    const pipe = new PassThrough()
    const spool = new SpoolInput(new StreamInput(pipe), new Uint8Array(0))
    const put = async (length: number) => {
      pipe.write(new Uint8Array(length))
      await spool.read(new Uint8Array(length))
    }
    await put(10)
    spool.cut()
    await put(10)
    spool.cut()
    await put(10)
    spool.drop(9)
    expect(spool.oldest).toBe(0)
    spool.drop(19)
    expect(spool.oldest).toBe(10)
    spool.drop(1000)
    expect(spool.oldest).toBe(20)
    spool.close()
  })
})

const writer = new PcapngWriter()
const origins = [
  { linkType: 1, name: 'em0', digits: 6 },
  { linkType: 101, name: 'tun0', digits: 9, fcsBytes: 4 },
] as const
const beginning = joined(writer.header(), ...origins.map(origin => writer.interface(origin)))

/** A frame that can be told from all others. */
function made(number: number, seconds = number): Frame {
  const bytes = Uint8Array.from({ length: number % 90 }, (_, i) => byteAt(number * 7 + i))
  const id = number % 3 === 0 ? 1 : 0
  return {
    number,
    seconds,
    fraction: number % 1000,
    digits: origins[id].digits,
    capturedLength: bytes.length,
    wireLength: bytes.length + (number % 5),
    linkType: origins[id].linkType,
    fcsBytes: number % 11 === 0 ? 2 : id * 4,
    interfaceId: id,
    comments: number % 7 === 0 ? [`packet ${number}`] : [],
    bytes,
    start: 0,
  }
}

/** A capture that grows as packets are put into its pipe. */
async function growing(options: CaptureOptions) {
  const pipe = new PassThrough({ highWaterMark: 1 << 20 })
  pipe.write(beginning)
  const file = await CaptureFile.begin('-', { ...options, stdin: pipe })
  let wanted = 0
  let found = () => {}
  const reading = file.read({
    progress(_, __, count) {
      if (count === wanted) found()
    },
  })
  return {
    file,
    /** Puts frames up to this number in; waits until they were found. */
    async upTo(number: number, frameOf: (number: number) => Frame = made) {
      const frames: Uint8Array[] = []
      for (let i = wanted + 1; i <= number; i++) {
        const frame = frameOf(i)
        frames.push(writer.packet(frame, frame.interfaceId))
      }
      wanted = number
      const there = new Promise<void>(resolve => (found = resolve))
      pipe.write(joined(...frames))
      await there
    },
    async end() {
      pipe.end()
      await reading
    },
  }
}

describe('a ring', () => {
  it('has every frame from the first one kept to the newest, while it grows', async () => {
    const ring = { bytes: 20_000 }
    const { file, upTo, end } = await growing({ ring })
    const into = emptyFrame()
    let before = 1
    for (const count of [...Array.from({ length: 100 }, (_, i) => 50 + i * 31), 6000]) {
      await upTo(count)
      const { first } = file
      expect(file.count).toBe(count)
      expect(first).toBeGreaterThanOrEqual(before)
      for (let number = count; number >= first; number--) {
        expect(file.frame(number)).toEqual(made(number))
        expect(file.frame(number, into)).toMatchObject({
          number,
          seconds: number,
          comments: made(number).comments,
        })
        expect(file.interface(number).name).toBe(number % 3 === 0 ? 'tun0' : 'em0')
      }
      if (first > 1) {
        const sentence = `packet ${first - 1} has left the ring; the first one kept is ${first}`
        expect(() => file.frame(first - 1)).toThrow(CaptureError)
        for (const ask of [() => file.frame(first - 1), () => file.seconds(first - 1)])
          expect(ask).toThrow(sentence)
      }
      expect(() => file.frame(count + 1)).toThrow(RangeError)
      before = first
    }
    // A frame of these takes 48 bytes and more, 160 and less.
    expect(file.count - file.first).toBeLessThan(20_000 / 48)
    expect(file.count - file.first).toBeGreaterThan((20_000 * 6) / 8 / 160)
    await end()
    expect([file.complete, file.damage, file.count]).toEqual([true, undefined, 6000])
    expect(file.frame(file.first)).toEqual(made(file.first))
    file.close()
  }, 30_000)

  it('smaller than what is read at once keeps what fits', async () => {
    const frames = Array.from({ length: 3000 }, (_, i) => writer.packet(made(i + 1), made(i + 1).interfaceId))
    const stdin = Readable.from([joined(beginning, ...frames)])
    const file = await CaptureFile.open('-', { stdin, ring: { bytes: 5000 } })
    expect(file.count).toBe(3000)
    expect(3000 - file.first).toBeLessThan(5000 / 48)
    for (let number = file.first; number <= 3000; number++) expect(file.frame(number)).toEqual(made(number))
    file.close()
  })

  it('that holds not even one packet has none', async () => {
    const long = made(1)
    long.bytes = new Uint8Array(4000)
    long.capturedLength = 4000
    const stdin = Readable.from([joined(beginning, writer.packet(long, 0))])
    const file = await CaptureFile.open('-', { stdin, ring: { bytes: 1000 } })
    expect([file.count, file.first]).toEqual([1, 2])
    expect(() => file.frame(1)).toThrow('packet 1 has left the ring; none is kept')
    file.close()
  })

  it('of time keeps the packets that are no older', async () => {
    const { file, upTo, end } = await growing({ ring: { seconds: 100 } })
    await upTo(50)
    expect(file.first).toBe(1)
    for (const count of [101, 102, 500, 1000]) {
      await upTo(count)
      expect(file.first).toBe(Math.max(1, count - 100))
      for (let number = file.first; number <= count; number++)
        expect(file.frame(number)).toEqual(made(number))
    }
    expect(() => file.frame(1)).toThrow('packet 1 has left the ring; the first one kept is 900')
    await end()
    file.close()
  })

  it('of time gives the disk back', async () => {
    const before = sum(temporaryFiles())
    const { file, upTo, end } = await growing({ ring: { seconds: 80 } })
    for (let count = 10; count <= 2000; count += 10) await upTo(count)
    // 90 of its seconds and one more part; a frame takes 160 bytes at most.
    expect(sum(temporaryFiles()) - before).toBeLessThan(110 * 160)
    expect(temporaryFiles().length).toBeLessThan(13)
    await end()
    file.close()
  })

  it('of time waits when the clock was set back', async () => {
    const { file, upTo, end } = await growing({ ring: { seconds: 100 } })
    await upTo(200)
    expect(file.first).toBe(100)
    await upTo(300, number => made(number, number - 150))
    expect([file.first, file.count]).toEqual([100, 300])
    await upTo(420, number => made(number, number))
    expect(file.first).toBe(320)
    await end()
    file.close()
  })

  it('is not for files, which are there anyway', async () => {
    const file = await CaptureFile.open(files.write('two.pcap', twoRecords), { ring: { bytes: 8 } })
    expect(file.first).toBe(1)
    expect(Buffer.from(file.frame(1).bytes).toString()).toBe('abcd')
    file.close()
  })

  it('gives the memory of its index back', async () => {
    const index = new FrameIndex()
    const frame = made(5)
    const before = await heldBytes()
    let most = 0
    for (let number = 1; number <= 2_000_000; number++) {
      index.add({ ...frame, seconds: number }, number * 100, 0, 0, false)
      if (number % 1000 > 0) continue
      index.forget(number - 500)
      most = Math.max(most, index.count - index.first)
    }
    expect(most).toBe(500)
    expect([index.count, index.first, index.seconds(1_999_999)]).toEqual([2_000_000, 1_999_500, 1_999_999])
    expect(index.firstFrom(199_999_901)).toBe(2_000_000)
    expect(() => index.seconds(1_999_499)).toThrow('has left the ring')
    // All two million would take 56 MB, 65,536 take 1.8.
    expect((await heldBytes()) - before).toBeLessThan(4 << 20)
    expect(index.count - index.first).toBe(500)
  })
})
