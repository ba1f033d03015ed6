import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import {
  appendFileSync,
  openSync,
  readdirSync,
  renameSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { PassThrough } from 'node:stream'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import { CaptureFile } from '../../src/capture/file.ts'
import { FileInput } from '../../src/capture/input.ts'
import type { Frame } from '../../src/frame.ts'
import { hex, joined, onePacket, read, temporaryDirectory, twoRecords } from './bytes.ts'

const files = temporaryDirectory()

/** A block that holds no packet, which is skipped. */
const skipped = hex('ff0b0000 10000000 01020304 10000000')
const blocks = joined(onePacket, skipped, onePacket.subarray(48), skipped, onePacket.subarray(48))
const records = joined(twoRecords, twoRecords.subarray(24))

const all = (file: CaptureFile): Frame[] => Array.from({ length: file.count }, (_, i) => file.frame(i + 1))

/** A file that is followed from its present end on. */
async function followed(name: string, bytes: Uint8Array) {
  const path = files.write(name, bytes)
  const file = await CaptureFile.open(path)
  expect(file.complete).toBe(true)
  const events = new EventEmitter()
  const reading = () => file.read({ progress: done => events.emit(`${done}`) })
  expect(file.follow(true)).toBe(true)
  expect([file.complete, file.damage, file.following]).toEqual([false, undefined, true])
  const ended = reading()
  /** Appends, and waits until it was read. */
  const append = async (more: Uint8Array, whole: number) => {
    const there = once(events, `${whole}`)
    appendFileSync(path, more)
    await there
    expect([file.complete, file.damage]).toEqual([false, undefined])
  }
  return { path, file, ended, events, append, reading }
}

describe('a file that is followed', () => {
  it.each([
    ['pcap', records, 24],
    ['pcapng', blocks, 28],
  ])('shows what is added, wherever it ended before (%s)', async (format, whole, header) => {
    const { frames } = await read(whole)
    const cuts = fc.array(fc.integer({ min: header, max: whole.length }), { minLength: 1, maxLength: 6 })
    const property = fc.asyncProperty(cuts, async at => {
      const [first, ...rest] = [...new Set([...at, whole.length])].sort((a, b) => a - b)
      const { file, append, ended } = await followed(`grows.${format}`, whole.subarray(0, first))
      let before = first!
      for (const end of rest) {
        await append(whole.subarray(before, end), end)
        before = end
      }
      expect(all(file)).toEqual(frames)
      expect(file.follow(false)).toBe(true)
      await ended
      expect([file.complete, file.damage, file.following]).toEqual([true, undefined, false])
      expect(all(file)).toEqual(frames)
      file.close()
    })
    await fc.assert(property, { numRuns: 40 })
  })

  it.each([
    ['pcap', records],
    ['pcapng', blocks],
  ])('may be written byte by byte by another program (%s)', async (format, whole) => {
    const path = files.write(`slow.${format}`, whole.subarray(0, 30))
    const file = await CaptureFile.begin(path)
    file.follow(true)
    const events = new EventEmitter()
    const damages: unknown[] = []
    const ended = file.read({
      progress(done) {
        if (file.damage !== undefined || file.complete) damages.push([done, file.damage])
        events.emit(`${done}`)
      },
    })
    const everything = once(events, `${whole.length}`)
    const script = `
      const fs = require('node:fs')
      const file = fs.openSync(${JSON.stringify(path)}, 'a')
      for (const byte of Buffer.from('${Buffer.from(whole.subarray(30)).toString('hex')}', 'hex'))
        fs.writeSync(file, Buffer.of(byte))`
    const [code] = await once(spawn(process.execPath, ['-e', script], { stdio: 'inherit' }), 'exit')
    expect(code).toBe(0)
    await everything
    expect(all(file)).toEqual((await read(whole)).frames)
    expect(damages).toEqual([])
    file.follow(false)
    await ended
    expect(file.complete).toBe(true)
    file.close()
  })

  it('ends with what it has where that is no longer wanted', async () => {
    const { file, append, ended, reading, path } = await followed('cut.pcap', twoRecords.subarray(0, 44))
    await append(twoRecords.subarray(44, 60), 60)
    file.follow(false)
    await ended
    expect(file.damage).toBe(
      `${path}: cut short in the record at byte 44: 16 of 21 bytes are there; read 1 packet before it`,
    )
    expect([file.complete, file.count]).toEqual([true, 1])
    file.follow(true)
    expect([file.complete, file.damage]).toEqual([false, undefined])
    const again = reading()
    appendFileSync(path, twoRecords.subarray(60))
    file.follow(false)
    await again
    expect([file.complete, file.damage, file.count]).toEqual([true, undefined, 2])
    file.close()
  })

  it('with damage stays damaged', async () => {
    const path = files.write('bad.pcap', joined(twoRecords, hex('00000000 00000000 ffffffff ffffffff')))
    const file = await CaptureFile.open(path)
    const sentence = `${path}: record at byte 65 claims 4294967295 bytes; read 2 packets before it`
    expect(file.damage).toBe(sentence)
    file.follow(true)
    await file.read()
    expect([file.complete, file.damage, file.following]).toEqual([true, sentence, false])
    file.close()
  })

  it('ends with a sentence when it becomes shorter', async () => {
    const { path, file, ended } = await followed('short.pcap', records)
    truncateSync(path, 50)
    await ended
    expect(file.damage).toBe(
      `${path}: the file became shorter while it was followed: 106 bytes were read, 50 are left; read 4 packets before it`,
    )
    expect([file.complete, file.following, file.count]).toEqual([true, false, 4])
    expect(file.frame(1).capturedLength).toBe(4)
    expect(() => file.frame(2)).toThrow('frame 2 is gone')
    file.close()
  })

  it('ends with a sentence when it is written anew', async () => {
    const { path, file, append, ended } = await followed('anew.pcap', twoRecords)
    await append(twoRecords.subarray(24), 106)
    const other = twoRecords.slice(24)
    other[0] = 1
    // In one step, so that the file is never seen shorter.
    writeFileSync(path, joined(twoRecords, other, other), { flag: 'r+' })
    await ended
    expect(file.damage).toBe(
      `${path}: the file was written anew while it was followed; open it again; read 4 packets before it`,
    )
    file.close()
  })

  it('is read to its end before another one takes its place', async () => {
    const { path, file, ended } = await followed('old.pcap', twoRecords)
    const other = files.write('new.pcap', onePacket)
    appendFileSync(path, twoRecords.subarray(24))
    renameSync(other, path)
    await ended
    expect(file.damage).toBe(
      `${path}: another file has taken its place; open it again; read 4 packets before it`,
    )
    expect(file.frame(4).capturedLength).toBe(5)
    file.close()
  })

  it('may lose its name', async () => {
    const { path, file, ended, events } = await followed('named.pcap', twoRecords)
    const kept = files.path('renamed.pcap')
    renameSync(path, kept)
    const grown = once(events, '106')
    appendFileSync(kept, twoRecords.subarray(24))
    await grown
    expect([file.count, file.complete, file.damage]).toEqual([4, false, undefined])
    file.follow(false)
    await ended
    file.close()
  })

  it('can be closed', async () => {
    const watches = () => readdirSync('/proc/self/fd').length
    const before = watches()
    const { file, ended } = await followed('closed.pcap', twoRecords)
    expect(watches()).toBeGreaterThan(before)
    file.close()
    await ended
    expect(watches()).toBe(before)
    expect(file.follow(true)).toBe(false)
  })

  it('may have come open, without a name', async () => {
    const path = files.write('open.pcap', twoRecords)
    const input = new FileInput(openSync(path, 'r'), 65)
    const file = await CaptureFile.begin({ name: 'standard input', input })
    file.follow(true)
    const events = new EventEmitter()
    const ended = file.read({ progress: done => events.emit(`${done}`) })
    const grown = once(events, '106')
    appendFileSync(path, twoRecords.subarray(24))
    await grown
    unlinkSync(path)
    file.follow(false)
    await ended
    expect([file.count, file.damage]).toEqual([4, undefined])
    file.close()
  })
})

it('follows no packed file, and pipes anyway', async () => {
  const path = files.write('packed.gz', gzipSync(twoRecords))
  const packed = await CaptureFile.open(path)
  expect(() => packed.follow(true)).toThrow(CaptureError)
  expect(() => packed.follow(true)).toThrow(
    `${path}: a file packed with gzip cannot be followed; unpack it first`,
  )
  expect([packed.complete, packed.following]).toEqual([true, false])
  packed.close()
  for (const bytes of [twoRecords, gzipSync(twoRecords)]) {
    const stdin = new PassThrough()
    stdin.end(bytes)
    const file = await CaptureFile.open('-', { stdin })
    expect([file.follow(true), file.complete, file.following]).toEqual([false, true, false])
    file.close()
  }
})
