import { readFileSync } from 'node:fs'
import { PassThrough } from 'node:stream'
import { expect, it, onTestFinished, vi } from 'vitest'
import { StreamInput } from '../../src/capture/input.ts'
import { Capture } from '../../src/store/capture.ts'
import { Pipe } from '../../src/store/live-source.ts'
import { Reading } from '../../src/tui/reading.ts'
import type { CaptureFacts } from '../../src/tui/state.ts'
import { captureFile } from '../captures.ts'

it('tells each second how many packets have come, and nothing where nothing happens', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  const stream = new PassThrough()
  stream.write(readFileSync(captureFile('ipip.pcap')))
  const capture = await Capture.begin({ name: 'pipe', input: new StreamInput(stream) })
  const told: CaptureFacts[] = []
  let tell = (_: CaptureFacts) => {}
  const grown = new Promise<void>(resolve => {
    tell = facts => {
      if (told.push(facts) > 0 && facts.count === 18) resolve()
    }
  })
  const reading = new Reading(capture, new Pipe(capture), facts => tell(facts))
  onTestFinished(() => {
    reading.stop()
    capture.close()
    vi.useRealTimers()
  })
  void reading.run()
  await grown
  vi.advanceTimersByTime(1000)
  expect(told.at(-1)).toMatchObject({ count: 18, live: { running: true, rate: 18, isOnce: true } })
  vi.advanceTimersByTime(1000)
  expect(told.at(-1)?.live?.rate).toBe(0)
  const before = told.length
  vi.advanceTimersByTime(5000)
  expect(told.length).toBe(before)
})
