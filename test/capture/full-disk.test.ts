import { once } from 'node:events'
import { closeSync, openSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import { CaptureFile } from '../../src/capture/file.ts'
import { StreamInput } from '../../src/capture/input.ts'
import { PcapWriter } from '../../src/capture/pcap-write.ts'
import { SpoolInput } from '../../src/capture/spool.ts'
import { emptyFrame } from '../../src/frame.ts'
import { smallDisk } from '../small-disk.ts'
import { joined } from './bytes.ts'

const disk = smallDisk(256)
const filler = disk ? join(disk.path, 'filler') : ''
const ordinary = process.env['TMPDIR']

afterEach(() => {
  if (ordinary === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = ordinary
  if (disk) rmSync(filler, { force: true })
})
afterAll(() => disk?.remove())

/** Writes until nothing fits any more. */
function fill(): void {
  const file = openSync(filler, 'w')
  expect(() => {
    for (;;) writeSync(file, new Uint8Array(4096))
  }).toThrow('ENOSPC')
  closeSync(file)
}

const pcap = new PcapWriter({ linkType: 101 })

/** Packets of 1,000 bytes that begin with their number. */
const packets = (from: number, to: number): Uint8Array =>
  joined(
    ...Array.from({ length: to - from + 1 }, (_, i) => {
      const bytes = new Uint8Array(1000)
      new DataView(bytes.buffer).setUint32(0, from + i)
      return pcap.record({ ...emptyFrame(), linkType: 101, capturedLength: 1000, wireLength: 1000, bytes })
    }),
  )

const numberIn = (file: CaptureFile, number: number): number =>
  new DataView(file.frame(number).bytes.buffer).getUint32(0)

describe.skipIf(!disk)('a full disk (root only)', () => {
  it('makes the capture wait, and loses nothing', async () => {
    process.env['TMPDIR'] = disk!.path
    writeFileSync(filler, new Uint8Array(100_000))
    const pipe = new PassThrough()
    pipe.write(pcap.header())
    const file = await CaptureFile.begin('-', { stdin: pipe })
    const told = new PassThrough()
    const reading = file.read({ progress: () => file.paused && told.emit('paused', file.paused) })
    pipe.write(packets(1, 100))
    pipe.end(packets(101, 200))
    const [sentence] = await once(told, 'paused')
    expect(sentence).toBe(
      `cannot keep more packets: no space left on the disk in ${disk!.path}; make room there`,
    )
    const found = file.count
    expect(found).toBeGreaterThan(50)
    expect(found).toBeLessThan(200)
    expect([file.complete, file.damage]).toEqual([false, undefined])
    for (let number = 1; number <= found; number++) expect(numberIn(file, number)).toBe(number)

    // There is still no room.
    const again = once(told, 'paused')
    file.resume()
    expect(file.paused).toBeUndefined()
    await again
    expect(file.count).toBe(found)

    rmSync(filler)
    file.resume()
    await reading
    expect([file.count, file.complete, file.damage, file.paused]).toEqual([200, true, undefined, undefined])
    for (let number = 1; number <= 200; number++) expect(numberIn(file, number)).toBe(number)
    file.close()
  })

  it('can be closed while it waits', async () => {
    process.env['TMPDIR'] = disk!.path
    const pipe = new PassThrough()
    pipe.write(pcap.header())
    const file = await CaptureFile.begin('-', { stdin: pipe })
    const told = new PassThrough()
    const reading = file.read({ progress: () => file.paused && told.emit('paused') })
    pipe.write(packets(1, 300))
    await once(told, 'paused')
    file.close()
    await reading
    expect(() => file.frame(1)).toThrow('standard input: is closed')
  })

  it('keeps bytes in order, however few find room at a time', async () => {
    process.env['TMPDIR'] = disk!.path
    const whole = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 31 + (i >> 8)) & 0xff)
    const spool = new SpoolInput(new StreamInput(Readable.from([whole])), new Uint8Array(0))
    const took: number[] = []
    const take = async (length: number) => {
      const into = new Uint8Array(length)
      took.push(...into.subarray(0, await spool.read(into)))
    }
    await take(100_000)
    fill()
    // What comes at once by far exceeds what is left of the last page.
    await take(50_000)
    expect(took.length).toBeLessThan(104_096)
    while (took.length < whole.length) {
      truncateSync(filler, statSync(filler).size - 4096)
      spool.resume()
      await take(7001)
    }
    expect(Buffer.compare(Uint8Array.from(took), whole)).toBe(0)
    const again = new Uint8Array(whole.length)
    expect(spool.readAt(again, 0)).toBe(whole.length)
    expect(Buffer.compare(again, whole)).toBe(0)
    spool.close()
  })

  it('is no hindrance to a ring that fits', async () => {
    process.env['TMPDIR'] = disk!.path
    const pipe = new PassThrough()
    pipe.write(pcap.header())
    const file = await CaptureFile.begin('-', { stdin: pipe, ring: { bytes: 200_000 } })
    pipe.end(packets(1, 1000))
    await file.read()
    expect([file.count, file.paused]).toEqual([1000, undefined])
    expect(numberIn(file, file.first)).toBe(file.first)
    file.close()
  })

  it('from the start refuses the capture', async () => {
    process.env['TMPDIR'] = disk!.path
    fill()
    const pipe = new PassThrough()
    pipe.write(pcap.header())
    const opening = CaptureFile.begin('-', { stdin: pipe })
    await expect(opening).rejects.toThrow(CaptureError)
    await expect(opening).rejects.toThrow(
      /no space left on the disk in .*; or set TMPDIR to another directory$/,
    )
  })
})
