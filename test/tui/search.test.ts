import { truncateSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { CaptureError } from '../../src/capture/errors.ts'
import { findNext } from '../../src/tui/find.ts'
import { FindError } from '../../src/tui/patterns.ts'
import type { Find } from '../../src/tui/state.ts'
import { temporaryDirectory, twoRecords } from '../capture/bytes.ts'
import { captureOf } from './at.ts'
import { bytes, from, info, openedFile, patient, tree } from './finds.ts'

const files = temporaryDirectory()

afterEach(() => vi.restoreAllMocks())

describe('a search', () => {
  it('finds nothing in nothing', async () => {
    const capture = await openedFile(files.write('empty.pcap', twoRecords.subarray(0, 24)))
    for (const find of [info('a'), tree('a'), bytes('a')])
      expect(await findNext(capture, find, from(capture, 0), 1, patient)).toBeUndefined()
    capture.close()
  })

  it('refuses what cannot be looked for', async () => {
    const capture = await captureOf('walkthrough.pcap')
    const refused = (find: Find) => expect(findNext(capture, find, from(capture, 1), 1, patient)).rejects
    await refused(info('seq (', 'regex')).toThrow(FindError)
    await refused(bytes('c0a', 'hex')).toThrow(FindError)
  })

  it('ends with a pattern that goes astray, and the next one works', async () => {
    const capture = await captureOf('walkthrough.pcap')
    const astray = findNext(capture, bytes('(.*)*zz', 'regex'), from(capture, 6), 1, patient)
    await expect(astray).rejects.toThrow(FindError)
    await expect(astray).rejects.toThrow('(.*)*zz: takes too long on packet 6')
    expect(await findNext(capture, bytes('012345', 'regex'), from(capture, 1), 1, patient)).toEqual({
      hit: { packet: 1, byte: 96 },
      where: 'onward',
    })
  })

  it('ends where a packet cannot be read any more', async () => {
    const path = files.write('gone.pcap', twoRecords)
    const capture = await openedFile(path)
    const start = from(capture, 1)
    truncateSync(path, 50)
    for (const find of [info('nowhere'), tree('nowhere'), bytes('nowhere'), bytes('nowhere', 'regex')]) {
      const search = findNext(capture, find, start, 1, patient)
      await expect(search).rejects.toThrow(CaptureError)
      await expect(search).rejects.toThrow('frame 2 is gone')
    }
    capture.close()
  })

  it('looks at packets that come while it goes on', async () => {
    const capture = await captureOf('walkthrough.pcap')
    let count = 4
    vi.spyOn(capture, 'count', 'get').mockImplementation(() => Math.min(count++, 12))
    expect(await findNext(capture, info('isakmp'), from(capture, 4), 1, patient)).toEqual({
      hit: { packet: 5 },
      where: 'onward',
    })
  })
})

describe('a long search', () => {
  /** Each look at the clock finds it so many milliseconds later. */
  function hurry(ms: number): void {
    let now = 0
    vi.spyOn(performance, 'now').mockImplementation(() => (now += ms))
  }

  it.each([info('nowhere'), tree('nowhere'), bytes('nowhere'), bytes('nowhere', 'regex')])(
    'lets others have a turn: %j',
    async find => {
      const capture = await captureOf('walkthrough.pcap')
      hurry(20)
      const reports: number[][] = []
      let going = true
      let turns = 0
      const search = findNext(capture, find, from(capture, 1), 1, {
        ...patient,
        progress: (...report) => reports.push(report),
      }).finally(() => {
        going = false
      })
      while (going) {
        turns++
        await setImmediate()
      }
      expect(await search).toBeUndefined()
      expect(turns).toBeGreaterThan(10)
      expect(reports.length).toBeGreaterThan(1)
      for (const [done, total] of reports) {
        expect(done).toBeLessThan(12)
        expect(total).toBe(12)
      }
      expect(reports).toEqual(reports.toSorted((a, b) => a[0]! - b[0]!))
    },
  )

  it('has its say only now and then', async () => {
    const capture = await captureOf('walkthrough.pcap')
    hurry(1)
    const progress = vi.fn()
    await findNext(capture, info('nowhere'), from(capture, 1), 1, { ...patient, progress })
    expect(progress).not.toHaveBeenCalled()
  })

  it('stops when it is told to', async () => {
    const capture = await captureOf('walkthrough.pcap')
    hurry(20)
    const frames = vi.spyOn(capture, 'frame')
    const stop = new AbortController()
    const progress = vi.fn(() => stop.abort())
    const start = from(capture, 1)
    frames.mockClear()
    const search = findNext(capture, bytes('5d036381', 'hex'), start, 1, { signal: stop.signal, progress })
    expect(await search).toBeUndefined()
    expect(progress).toHaveBeenCalledTimes(1)
    expect(frames.mock.calls.length).toBeLessThan(9)
    frames.mockClear()
    await findNext(capture, bytes('5d036381', 'hex'), start, 1, { signal: stop.signal, progress })
    expect(frames).not.toHaveBeenCalled()
  })
})
