import { expect, it } from 'vitest'
import type { Live } from '../../../src/capture/live/live.ts'
import type { LiveInterface } from '../../../src/capture/live/live-interface.ts'
import { LiveNews } from '../../../src/capture/live/live-news.ts'

const well: LiveInterface = {
  device: 'em0',
  engine: 'tcpdump',
  clock: '',
  packets: 0,
  dropped: 0,
  ended: undefined,
  isAwaited: false,
  trouble: undefined,
  interruptions: 0,
  interruption: '',
}

/** What is told when one state of two interfaces and a recording follows the other. */
function toldOf(
  ...states: readonly Partial<LiveInterface & { failure: string | undefined; other: string }>[]
) {
  const told: string[] = []
  const live = { interfaces: [well], recorder: { path: 'w.pcap', failure: undefined as string | undefined } }
  const news = new LiveNews(live as unknown as Live, text => told.push(text))
  for (const { failure, other, ...state } of states) {
    live.interfaces = [{ ...well, ...state }]
    if (other !== undefined) live.interfaces.push({ ...well, device: other })
    live.recorder = { path: 'w.pcap', failure }
    news.look()
    news.look()
  }
  return told
}

const ended = 'em0: the interface went down'

it('says that an interface is waited for, and that it is back', () => {
  expect(toldOf({}, { ended, isAwaited: true }, { interruptions: 1, interruption: ended })).toEqual([
    `${ended}; waiting for it`,
    `${ended}; capturing again`,
  ])
})

it('says so where the capturer goes on, too', () => {
  const trouble = 'em0: the interface has no carrier'
  expect(toldOf({ trouble }, { interruptions: 1, interruption: 'em0: the interface was down' })).toEqual([
    `${trouble}; waiting for it`,
    'em0: the interface was down; capturing again',
  ])
})

it('says that one has ended at once while others go on, and leaves the end of the last one to the end', () => {
  expect(toldOf({ ended, other: 'em1' })).toEqual([ended])
  expect(toldOf({ ended })).toEqual([])
})

it('says that a recording has stopped, and goes on', () => {
  const failure = 'w.pcap: cannot write: no space left on the disk'
  expect(toldOf({}, { failure }, {})).toEqual([failure, 'w.pcap: is written again'])
})
