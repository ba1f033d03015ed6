import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import { PcapWriter } from '../../src/capture/pcap-write.ts'
import { createRecorder, type RecorderOptions, recordPackets } from '../../src/capture/recorder.ts'
import type { Rotation } from '../../src/capture/rotation.ts'
import { openSource } from '../../src/capture/source.ts'
import { emptyFrame, type Frame } from '../../src/frame.ts'
import { smallDisk } from '../small-disk.ts'
import { hex, joined, onePacket, read, temporaryDirectory, twoRecords } from './bytes.ts'

const files = temporaryDirectory()

const hasTcpdump = (() => {
  try {
    execFileSync('tcpdump', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

const origin = { linkType: 101, digits: 6, snapLength: 262144 }

/** An IPv4 packet of 984 bytes, 1,000 with its record, that begins with 0x45 and has its number behind. */
function made(number: number, seconds = 1_700_000_000 + number): Frame {
  const bytes = new Uint8Array(984)
  bytes[0] = 0x45
  new DataView(bytes.buffer).setUint32(4, number)
  return { ...emptyFrame(), number, seconds, linkType: 101, capturedLength: 984, wireLength: 984, bytes }
}

const numbersIn = async (bytes: Uint8Array): Promise<number[]> => {
  const { frames, source } = await read(bytes)
  expect(source.damage).toBeUndefined()
  return frames.map(frame => new DataView(frame.bytes.buffer, frame.bytes.byteOffset).getUint32(4))
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)

/** What lies in a folder: each file's name and bytes. */
const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map(name => [name, readFileSync(join(folder, name)).toString('base64')]),
  )

const folder = () => mkdtempSync(join(files.directory, 'rotated-'))

describe.skipIf(!hasTcpdump)('files are those of tcpdump', () => {
  const pcap = new PcapWriter({ linkType: 101, digits: 6, snapLength: 262144 })
  const input = files.path('input.pcap')
  writeFileSync(input, joined(pcap.header(), ...upTo(5000).map(number => pcap.record(made(number)))))

  const cases: readonly (readonly [readonly string[], Rotation])[] = [
    [[], {}],
    [['-C', '1'], { megabytes: 1 }],
    [['-C', '2'], { megabytes: 2 }],
    [['-C', '1', '-W', '1'], { megabytes: 1, count: 1 }],
    [['-C', '1', '-W', '2'], { megabytes: 1, count: 2 }],
    [['-C', '1', '-W', '3'], { megabytes: 1, count: 3 }],
    [['-C', '1', '-W', '10'], { megabytes: 1, count: 10 }],
    [['-C', '1', '-W', '11'], { megabytes: 1, count: 11 }],
    [['-C', '1', '-W', '101'], { megabytes: 1, count: 101 }],
  ]
  it.each(cases)('with %j', async (flags, rotation) => {
    const [theirs, ours] = [folder(), folder()]
    execFileSync('tcpdump', ['-Z', 'root', '-nr', input, '-w', join(theirs, 'a-%Y.pcap'), ...flags], {
      stdio: 'ignore',
    })
    const recorder = createRecorder(join(ours, 'a-%Y.pcap'), { rotation })
    expect(await recordPackets(await openSource(input), recorder)).toBe(5000)
    expect(Object.keys(contents(theirs)).length).toBeGreaterThan(0)
    // To the byte: the input is of the byte order and the snapshot length that both write.
    expect(contents(ours)).toEqual(contents(theirs))
  })

  it.each<readonly [readonly string[], Rotation]>([
    [['-G', '1'], { seconds: 1 }],
    [['-G', '1', '-W', '2'], { seconds: 1, count: 2 }],
    [['-C', '1', '-G', '2', '-W', '3'], { megabytes: 1, seconds: 2, count: 3 }],
  ])('with %j, by the clock on the wall', async (flags, rotation) => {
    const [theirs, ours] = [folder(), folder()]
    await nextSecond()
    const recorder = createRecorder(join(ours, '%s.pcap'), { rotation })
    const arguments_ = ['-Z', 'root', '-U', '-nr', '-', '-w', join(theirs, '%s.pcap'), ...flags]
    const tcpdump = spawn('tcpdump', arguments_, { stdio: ['pipe', 'ignore', 'ignore'] })
    const ended = once(tcpdump, 'exit')
    // It may have ended by its count while packets still come.
    tcpdump.stdin.on('error', () => {})
    tcpdump.stdin.write(pcap.header())
    let number = 0
    for (let period = 0; period < 3; period++) {
      if (period > 0) await nextSecond()
      for (let i = 0; i < 1200; i++) {
        const frame = made(++number)
        recorder.write(frame, origin)
        tcpdump.stdin.write(pcap.record(frame))
      }
    }
    tcpdump.stdin.end()
    recorder.close()
    await ended
    const found = contents(theirs)
    expect(Object.keys(found).length).toBeGreaterThan(1)
    expect(contents(ours)).toEqual(found)
    expect(recorder.complete).toBe(rotation.count === 2 && rotation.megabytes === undefined)
  })
})

/** Soon after the next second has begun: neither of two programs sees another one than the other. */
async function nextSecond(): Promise<void> {
  const now = Date.now()
  await new Promise(resolve => setTimeout(resolve, 1150 - (now % 1000)))
}

describe('a recording', () => {
  it('by the times of the packets is the same whenever it is made', async () => {
    const to = folder()
    const seconds = [1_700_000_000, 1_700_000_059, 1_700_000_060, Number.NaN, 1_700_000_010, 1_700_000_500]
    const recorder = createRecorder(join(to, '%s.pcap'), { rotation: { seconds: 60 }, clock: 'packets' })
    expect(readdirSync(to)).toEqual([])
    for (const [i, time] of seconds.entries()) recorder.write(made(i + 1, time), origin)
    recorder.close()
    const found = await Promise.all(
      readdirSync(to)
        .sort()
        .map(async name => [name, await numbersIn(readFileSync(join(to, name)))]),
    )
    expect(found).toEqual([
      ['1700000000.pcap', [1, 2]],
      ['1700000060.pcap', [3, 4, 5]],
      ['1700000500.pcap', [6]],
    ])
  })

  it('can be read at any time, and has whole packets only', async () => {
    const path = files.path('growing.pcap')
    const recorder = createRecorder(path)
    for (const number of upTo(1000)) {
      recorder.write(made(number), origin)
      if (number % 100 > 0) continue
      recorder.flush()
      expect(await numbersIn(readFileSync(path))).toEqual(upTo(number))
    }
    recorder.close()
    expect(recorder.packets).toBe(1000)
  })

  it('without flushing is written in large pieces', () => {
    const path = files.path('pieces.pcap')
    const recorder = createRecorder(path, { flush: false })
    const sizes = new Set<number>()
    for (const number of upTo(1000)) {
      recorder.write(made(number), origin)
      recorder.flush()
      sizes.add(readFileSync(path).length)
    }
    // 263 packets and the header are the first that make 256 KiB.
    expect([...sizes].slice(0, 2)).toEqual([0, 24 + 263 * 1000])
    recorder.close()
    expect(readFileSync(path)).toHaveLength(24 + 1_000_000)
  })

  it('of nothing is a capture without packets', async () => {
    for (const [name, options] of [
      ['a.pcap', {}],
      ['b.pcapng', {}],
      ['c.pcap', { clock: 'packets', rotation: { seconds: 5 } }],
    ] as const) {
      createRecorder(files.path(name), options).close()
      expect(await numbersIn(readFileSync(files.path(name)))).toEqual([])
    }
  })

  it('has in each pcapng file what belongs to its packets', async () => {
    const to = folder()
    const secrets = [{ type: 0x544c534b, data: hex('616263') }]
    const about = { sectionComments: ['hi'], secrets }
    const recorder = createRecorder(join(to, 'a.pcapng'), { rotation: { megabytes: 1 }, about })
    const tunnel = { linkType: 101, name: 'tun0', digits: 9 }
    for (const number of upTo(1500)) {
      recorder.write(made(number), number % 2 ? origin : tunnel)
      if (number === 1400) secrets.push({ type: 0x544c534b, data: hex('64') })
    }
    recorder.close()
    const [first, second] = await Promise.all(
      ['a.pcapng', 'a.pcapng1'].map(name => read(readFileSync(join(to, name)))),
    )
    expect(first!.frames.length + second!.frames.length).toBe(1500)
    for (const [{ source }, known] of [
      [first!, 1],
      [second!, 2],
    ] as const) {
      expect(source.sectionComments).toEqual(['hi'])
      expect(source.secrets).toEqual(secrets.slice(0, known))
      expect(source.interfaces.map(({ name }) => name).sort()).toEqual(['', 'tun0'])
    }
  })

  it('of a capture copies it, as far as it is wanted', async () => {
    const path = files.path('copy.pcap')
    const from = files.write('from.pcap', twoRecords)
    expect(await recordPackets(await openSource(from), createRecorder(path, { source: from }))).toBe(2)
    expect(Uint8Array.from(readFileSync(path))).toEqual(twoRecords)
    expect(await recordPackets(await openSource(from), createRecorder(path), { count: 1 })).toBe(1)
    expect(Uint8Array.from(readFileSync(path))).toEqual(twoRecords.subarray(0, 44))
    const several = await openSource('-', { stdin: Readable.from([joined(onePacket, onePacket)]) })
    const kept = createRecorder(files.path('copy.pcapng'), { about: several })
    await recordPackets(several, kept)
    const { frames, source } = await read(readFileSync(files.path('copy.pcapng')))
    expect([frames.length, source.interfaces.length]).toEqual([2, 2])
  })

  it('goes through a pipe until its reader has enough', async () => {
    const fifo = files.path('fifo')
    execFileSync('mkfifo', [fifo])
    const reader = spawn('head', ['-c', '2024', fifo], { stdio: ['ignore', 'pipe', 'inherit'] })
    const taken = Readable.from(reader.stdout).toArray()
    const ended = once(reader, 'exit')
    const recorder = createRecorder(fifo)
    recorder.write(made(1), origin)
    recorder.write(made(2), origin)
    recorder.flush()
    expect(await numbersIn(joined(...(await taken)))).toEqual([1, 2])
    await ended
    expect(recorder.complete).toBe(false)
    recorder.write(made(3), origin)
    recorder.flush()
    expect([recorder.complete, recorder.failure]).toEqual([true, `${fifo}: its reader is gone`])
    recorder.resume()
    recorder.close()
    expect([recorder.complete, recorder.failure]).toEqual([true, `${fifo}: its reader is gone`])
  })

  it('that cannot begin says why', () => {
    const refused = (path: string, sentence: string, options: RecorderOptions = {}) => {
      expect(() => createRecorder(path, options)).toThrow(CaptureError)
      expect(() => createRecorder(path, options)).toThrow(sentence)
    }
    refused(files.path('no/where.pcap'), `${files.path('no/where.pcap')}: cannot write: no such file`)
    refused(files.directory, 'cannot write: is a directory')
    const source = files.write('source.pcap', twoRecords)
    symlinkSync(source, files.path('other-name.pcap'))
    refused(files.path('other-name.pcap'), 'is the capture that is read; choose another name', { source })
    expect(Uint8Array.from(readFileSync(source))).toEqual(twoRecords)
  })

  it('stops at a packet that the format cannot hold, and goes on when told', async () => {
    const path = files.path('mixed.pcap')
    const recorder = createRecorder(path)
    recorder.write(made(1), origin)
    recorder.write({ ...made(2), linkType: 9 }, { linkType: 9 })
    expect(recorder.failure).toBe('frame 2 is PPP and a pcap file of RAW holds no other; write pcapng')
    recorder.write(made(3), origin)
    recorder.resume()
    recorder.write(made(4), origin)
    recorder.close()
    expect([recorder.packets, recorder.missed, recorder.failure]).toEqual([2, 2, undefined])
    expect(await numbersIn(readFileSync(path))).toEqual([1, 4])
    const source = await openSource('-', { stdin: Readable.from([joined(onePacket, rawSection)]) })
    const copying = recordPackets(source, createRecorder(files.path('refused.pcap')))
    await expect(copying).rejects.toThrow(/frame 2 is .* a pcap file of EN10MB holds no other; write pcapng/)
    expect((await read(readFileSync(files.path('refused.pcap')))).frames).toHaveLength(1)
  })

  it('waits for the folder of its next file', async () => {
    const to = folder()
    const recorder = createRecorder(join(to, '%s/a.pcap'), { clock: 'packets', rotation: { seconds: 1 } })
    mkdirSync(join(to, '1700000001'))
    recorder.write(made(1), origin)
    recorder.write(made(2), origin)
    expect(recorder.failure).toBe(`${join(to, '1700000002', 'a.pcap')}: cannot write: no such file`)
    expect([recorder.packets, recorder.missed]).toEqual([1, 1])
    mkdirSync(join(to, '1700000002'))
    recorder.resume()
    recorder.write(made(3, 1_700_000_002), origin)
    recorder.close()
    expect([recorder.packets, recorder.missed, recorder.failure]).toEqual([2, 1, undefined])
    expect(await numbersIn(readFileSync(join(to, '1700000002', 'a.pcap')))).toEqual([3])
  })
})

/** The same packet in a section of its own, as raw IP. */
const rawSection = onePacket.slice()
rawSection[28 + 8] = 101

const disk = smallDisk(256)
afterAll(() => disk?.remove())

describe.skipIf(!disk)('a full disk (root only)', () => {
  it('costs nothing that was written, and no more than what came meanwhile', async () => {
    const [path, filler] = [join(disk!.path, 'a.pcap'), join(disk!.path, 'filler')]
    writeFileSync(filler, new Uint8Array(100_000))
    const recorder = createRecorder(path)
    let number = 0
    while (recorder.failure === undefined) {
      for (let i = 0; i < 10; i++) recorder.write(made(++number), origin)
      recorder.flush()
    }
    const taken = recorder.packets
    expect(recorder.failure).toBe(`${path}: cannot write: no space left on the disk`)
    expect([taken, recorder.missed]).toEqual([number, 0])
    const there = await numbersIn(readFileSync(path))
    expect(there).toEqual(upTo(there.length))
    expect(there.length).toBeGreaterThan(100)
    expect(there.length).toBeLessThan(number)
    recorder.write(made(++number), origin)
    recorder.resume()
    expect(recorder.failure).toBe(`${path}: cannot write: no space left on the disk`)
    expect([recorder.packets, recorder.missed]).toEqual([taken, 1])
    expect(await numbersIn(readFileSync(path))).toEqual(there)

    rmSync(filler)
    recorder.resume()
    expect(recorder.failure).toBeUndefined()
    recorder.write(made(++number), origin)
    recorder.close()
    expect(await numbersIn(readFileSync(path))).toEqual([...upTo(taken), number])
    expect([recorder.packets, recorder.missed]).toEqual([taken + 1, 1])
    rmSync(path)
  })

  it('to the end costs what does not fit, and says how much', async () => {
    const path = join(disk!.path, 'b.pcap')
    const input = files.path('large.pcap')
    const writer = new PcapWriter({ linkType: 101, digits: 6 })
    writeFileSync(input, joined(writer.header(), ...upTo(400).map(number => writer.record(made(number)))))
    const recorder = createRecorder(path)
    const copying = recordPackets(await openSource(input), recorder)
    await expect(copying).rejects.toThrow(`${path}: cannot write: no space left on the disk`)
    const there = await numbersIn(readFileSync(path))
    expect(there).toEqual(upTo(recorder.packets))
    expect(there.length).toBeGreaterThan(200)
    expect(existsSync(path)).toBe(true)
    rmSync(path)
  })
})
