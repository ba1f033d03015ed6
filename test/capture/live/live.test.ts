import { beforeEach, expect, it, vi } from 'vitest'
import type { CaptureRequest } from '../../../src/capture/live/engine.ts'
import { Live, type LiveOptions } from '../../../src/capture/live/live.ts'
import { openInput } from '../../../src/capture/source.ts'
import { emptyFrame } from '../../../src/frame.ts'
import { record, refusals, started } from './fake-capturer.ts'

// Capturers that do what a test says.
vi.mock('../../../src/capture/live/engine.ts', () => import('./fake-capturer.ts'))

beforeEach(() => {
  started.length = 0
  refusals.clear()
})

const request = (device: string): CaptureRequest => ({ device, filter: '', snapLength: 0, promiscuous: true })

async function begin(devices: readonly string[], options: LiveOptions = {}) {
  const live = await Live.start(devices.map(request), options)
  return { live, reader: new Reader(live) }
}

/** Reads what a live capture delivers. */
class Reader {
  readonly packets: string[] = []
  readonly finished: Promise<string | undefined>
  readonly #watchers = new Set<() => void>()

  constructor(live: Live) {
    this.finished = this.#read(live)
  }

  has(count: number): Promise<void> {
    return new Promise(resolve => {
      const look = () => {
        if (this.packets.length < count) return
        this.#watchers.delete(look)
        resolve()
      }
      this.#watchers.add(look)
      look()
    })
  }

  async #read(live: Live): Promise<string | undefined> {
    const source = await openInput('live', live)
    const frame = emptyFrame()
    do {
      while (source.next(frame)) {
        const { name } = source.interfaces[source.decoder.interfaceIndex]!
        this.packets.push(`${name} ${frame.bytes[frame.start]}`)
      }
      for (const look of this.#watchers) look()
    } while (await source.more())
    return source.damage
  }
}

it('makes one stream of several interfaces, and keeps their names', async () => {
  const { live, reader } = await begin(['em0', 'em1'])
  const [em0, em1] = started
  em0!.deliver(1)
  await reader.has(1)
  em1!.deliver(2)
  await reader.has(2)
  em0!.deliver(3)
  await reader.has(3)
  live.stop()
  expect(await reader.finished).toBeUndefined()
  expect(reader.packets).toEqual(['em0 1', 'em1 2', 'em0 3'])
  expect(live.interfaces).toMatchObject([
    { device: 'em0', packets: 2, dropped: 0, ended: '', interruptions: 0 },
    { device: 'em1', packets: 1, dropped: 0, ended: '' },
  ])
})

it('begins with all interfaces or with none', async () => {
  refusals.set('em1', { kind: 'device', text: 'em1: no such interface' })
  await expect(begin(['em0', 'em1', 'em2'])).rejects.toThrow('em1: no such interface')
  expect(started.map(({ device, isStopped }) => [device, isStopped])).toEqual([
    ['em0', true],
    ['em2', true],
  ])
})

it('goes on with the others when one ends, and ends with the last', async () => {
  const { live, reader } = await begin(['em0', 'em1'])
  const [em0, em1] = started
  em0!.deliver(1)
  em0!.end('em0: the interface is gone')
  await reader.has(1)
  em1!.deliver(2)
  await reader.has(2)
  expect(live.isRunning).toBe(true)
  expect(live.interfaces[0]!.ended).toBe('em0: the interface is gone')
  em1!.end('em1: the interface is gone')
  expect(await reader.finished).toBeUndefined()
  expect(live.isRunning).toBe(false)
})

it('stops after so many packets, of whichever interface', async () => {
  const { reader } = await begin(['em0', 'em1'], { limit: 3 })
  const [em0, em1] = started
  em0!.deliver(1, 2)
  await reader.has(2)
  em1!.deliver(3, 4, 5)
  await reader.finished
  expect(reader.packets).toEqual(['em0 1', 'em0 2', 'em1 3'])
  expect([em0!.isStopped, em1!.isStopped]).toEqual([true, true])
})

it('delivers what comes after it was stopped', async () => {
  const { live, reader } = await begin(['em0'])
  const [em0] = started
  em0!.lingers = true
  live.stop()
  em0!.deliver(1, 2)
  em0!.end(undefined)
  await reader.finished
  expect(reader.packets).toEqual(['em0 1', 'em0 2'])
})

it('says what is wrong with what an interface delivers, and keeps what came before', async () => {
  const { live, reader } = await begin(['em0', 'em1'])
  const [em0, em1] = started
  em0!.deliver(1)
  // The header of a record, and not all of what it promises.
  em0!.stream.write(record(0).subarray(0, 12))
  em0!.end('em0: tcpdump was killed (SIGKILL)')
  em1!.deliver(2)
  await reader.has(2)
  em1!.end(undefined)
  expect(await reader.finished).toBeUndefined()
  expect(reader.packets.toSorted()).toEqual(['em0 1', 'em1 2'])
  expect(live.interfaces[0]!.ended).toBe('em0: tcpdump was killed (SIGKILL)')
})

it('waits with the interface when nobody reads', async () => {
  const live = await Live.start([request('em0')])
  const [em0] = started
  const into = new Uint8Array(1)
  live.readNow(into)
  const block = Buffer.concat(Array.from({ length: 1024 }, () => record(7, 1008)))
  let sent = 0
  while (em0!.stream.write(block) && sent < 100 << 20) sent += block.length
  for (; sent < 100 << 20; sent += block.length) {
    const room = new Promise<boolean>(resolve => em0!.stream.once('drain', () => resolve(true)))
    if (em0!.stream.writableNeedDrain && !(await Promise.race([room, soon()]))) break
    em0!.stream.write(block)
  }
  expect(sent).toBeGreaterThan(31 << 20)
  expect(sent).toBeLessThan(40 << 20)
  live.close()
  em0!.end(undefined)
  await live.finished
})

/** Whatever could still happen by itself has happened: several turns of the event loop. */
async function soon(): Promise<boolean> {
  for (let turn = 0; turn < 50; turn++) await new Promise(resolve => setImmediate(resolve))
  return false
}

it('asks running interfaces for their counters', async () => {
  const { live, reader } = await begin(['em0', 'em1'])
  const [em0, em1] = started
  em0!.end('gone')
  em1!.deliver(1)
  await reader.has(1)
  await soon()
  live.tend()
  expect([em0!.asked, em1!.asked]).toEqual([0, 1])
  live.close()
})

it('begins anew where an interface has ended, once the old one is through', async () => {
  const { live, reader } = await begin(['em0'], { patient: true })
  const [first] = started
  first!.lingers = true
  first!.deliver(1)
  await reader.has(1)
  live.stop()
  const again = live.restart()
  const twice = live.restart()
  expect(live.isRunning).toBe(false)
  first!.deliver(2)
  first!.end(undefined)
  await Promise.all([again, twice])
  expect(started).toHaveLength(2)
  expect(live.isRunning).toBe(true)
  started[1]!.deliver(3)
  await reader.has(3)
  expect(reader.packets).toEqual(['em0 1', 'em0 2', 'em0 3'])
  // An end that was asked for is no interruption.
  expect(live.interfaces).toMatchObject([{ packets: 3, interruptions: 0 }])
  live.close()
  await reader.finished
})

it('says why it cannot begin anew', async () => {
  const { live, reader } = await begin(['em0'], { patient: true })
  started[0]!.end('em0: the interface is gone')
  await reader.has(0)
  await soon()
  refusals.set('em0', { kind: 'device', text: 'em0: no such interface' })
  await expect(live.restart()).rejects.toThrow('em0: no such interface')
  expect(live.interfaces).toMatchObject([{ ended: 'em0: the interface is gone' }])
  refusals.clear()
  await live.restart()
  expect(live.interfaces).toMatchObject([{ ended: undefined, interruptions: 1 }])
  live.close()
})

it('tries by itself again, every second, until it succeeds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { live, reader } = await begin(['em0'], { patient: true })
    refusals.set('em0', { kind: 'device', text: 'em0: no such interface' })
    started[0]!.end('em0: the interface is gone')
    await soon()
    await vi.advanceTimersByTimeAsync(5000)
    expect(started).toHaveLength(1)
    refusals.clear()
    await vi.advanceTimersByTimeAsync(1000)
    expect(started).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(5000)
    expect(started).toHaveLength(2)
    started[1]!.deliver(1)
    await reader.has(1)
    expect(live.interfaces).toMatchObject([{ ended: undefined, interruptions: 1 }])
    live.close()
  } finally {
    vi.useRealTimers()
  }
})

/** A live capture whose clock is the test's. */
async function withTime(options: LiveOptions, story: (live: Live, reader: Reader) => Promise<void>) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { live, reader } = await begin(['em0'], options)
    await story(live, reader)
    live.close()
  } finally {
    vi.useRealTimers()
  }
}

const second = () => vi.advanceTimersByTimeAsync(1000)

it('waits for an interface that went down, patient or not, and adds its losses up', () =>
  withTime({}, async (live, reader) => {
    const changes: unknown[] = []
    live.onChange = () => changes.push(live.interfaces.map(({ ended, isAwaited }) => [ended, isAwaited])[0])
    started[0]!.deliver(1)
    await reader.has(1)
    started[0]!.counters.dropped = 3
    refusals.set('em0', { kind: 'down', text: 'em0: the interface is down' })
    started[0]!.end('em0: the interface went down')
    await soon()
    expect(live.interfaces).toMatchObject([{ isAwaited: true, interruptions: 0, interruption: '' }])
    await second()
    await second()
    refusals.clear()
    await second()
    started[1]!.counters.dropped = 4
    started[1]!.deliver(2)
    await reader.has(2)
    expect(live.interfaces).toMatchObject([
      {
        packets: 2,
        dropped: 7,
        ended: undefined,
        isAwaited: false,
        interruptions: 1,
        interruption: 'em0: the interface went down',
      },
    ])
    expect(changes.at(0)).toEqual(['em0: the interface went down', true])
    expect(changes).toContainEqual([undefined, false])
  }))

it.each([
  ['device', 'em0: no such interface', 'em0: the interface went down; em0: no such interface'],
  ['permission', 'cannot capture on em0: root has gone', 'em0: the interface went down; root has gone'],
] as const)('gives one up that went down and is refused: %s', (kind, text, ended) =>
  withTime({}, async (live, reader) => {
    started[0]!.deliver(1)
    await reader.has(1)
    refusals.set('em0', { kind, text })
    started[0]!.end('em0: the interface went down')
    await soon()
    await second()
    expect(await reader.finished).toBeUndefined()
    expect(live.interfaces).toMatchObject([{ ended, isAwaited: false }])
  }),
)

it('does not wait for a capturer that was killed, unless it is patient', () =>
  withTime({}, async (live, reader) => {
    started[0]!.end('em0: tcpdump was killed (SIGKILL)')
    expect(await reader.finished).toBeUndefined()
    expect(live.interfaces).toMatchObject([{ ended: 'em0: tcpdump was killed (SIGKILL)', isAwaited: false }])
  }))

it('goes on trying by itself after somebody has tried in vain', () =>
  withTime({ patient: true }, async (live, reader) => {
    refusals.set('em0', { kind: 'device', text: 'em0: no such interface' })
    started[0]!.end('em0: the interface is gone')
    await soon()
    await expect(live.restart()).rejects.toThrow('em0: no such interface')
    expect(live.interfaces).toMatchObject([{ ended: 'em0: the interface is gone', isAwaited: true }])
    refusals.clear()
    await second()
    started[1]!.deliver(1)
    await reader.has(1)
  }))

it('tries no more, patient or not, what is forbidden', () =>
  withTime({ patient: true }, async live => {
    refusals.set('em0', { kind: 'permission', text: 'cannot capture on em0: root has gone' })
    started[0]!.end('em0: the interface is gone')
    await soon()
    await second()
    refusals.clear()
    await expect(live.restart()).resolves.toBeUndefined()
    expect(started).toHaveLength(2)
  }))

it('records what still comes when it is closed, and nobody reads it any more', async () => {
  const { live, reader } = await begin(['em0'])
  const [em0] = started
  em0!.lingers = true
  const recorded: number[] = []
  let isClosed = false
  const recorder = {
    complete: false,
    failure: undefined,
    write: (frame: { bytes: Uint8Array; start: number }) => recorded.push(frame.bytes[frame.start]!),
    flush: () => {},
    close: () => {
      isClosed = true
    },
  }
  Object.assign(live, { recorder })
  em0!.deliver(1)
  await reader.has(1)
  live.close()
  await reader.finished
  em0!.deliver(2, 3)
  expect(isClosed).toBe(false)
  em0!.end(undefined)
  await live.finished
  expect(recorded).toEqual([1, 2, 3])
  expect(isClosed).toBe(true)
  expect(reader.packets).toEqual(['em0 1'])
})

it('ends at once when it is closed before anybody has read', async () => {
  const live = await Live.start([request('em0')])
  live.close()
  await live.finished
  expect(started[0]).toMatchObject({ isStopped: true, stream: { destroyed: true } })
})
