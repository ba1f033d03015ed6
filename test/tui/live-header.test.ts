import { expect, it } from 'vitest'
import type { LiveFacts } from '../../src/tui/state.ts'
import { At, facts } from './at.ts'
import { screenOf } from './picture.ts'

const well: LiveFacts = {
  devices: 'em0',
  filter: '',
  running: true,
  awaited: false,
  rate: 12,
  dropped: undefined,
  troubles: [],
  interruptions: 0,
  interruption: '',
  recording: undefined,
  fault: undefined,
  isOnce: false,
}

const growing = { name: 'day.pcap', complete: false, following: true, done: 900, total: 900 }

it('says what is captured where nothing has come yet', async () => {
  const at = await At.open('walkthrough.pcap', 80, 24)
  const line = (filter: string) => {
    const capture = facts(0, { complete: false, live: { ...well, filter } })
    return screenOf(at.do({ type: 'opened', capture }))[2]?.trim()
  }
  expect(line('')).toBe('No packets yet.')
  expect(line('esp or udp port 500')).toBe(
    'No packets yet that the capture filter lets through: esp or udp port 500',
  )
})

it('follows again from the newest packet on, however one comes there', async () => {
  const at = await At.open('walkthrough.pcap')
  const live = (count: number) => facts(count, { name: 'em0', complete: false, live: well })
  at.do({ type: 'opened', capture: live(0) })
    .do({ type: 'surveyed', capture: live(8) })
    .press('k', 'k')
  expect(at.do({ type: 'surveyed', capture: live(9) }).state).toMatchObject({ packet: 6, follow: false })
  at.press('j', 'j').do({ type: 'surveyed', capture: live(9) })
  expect(at.state).toMatchObject({ packet: 8, follow: false })
  expect(at.press('j').state).toMatchObject({ packet: 9, follow: true })
  expect(at.do({ type: 'surveyed', capture: live(12) }).state.packet).toBe(12)
  // Nobody is taken to the end who pauses to look at something.
  expect(at.press('p', 'k', 'j').state).toMatchObject({ packet: 12, follow: false })
})

it('tells of a file that grows what is new, and that the view is paused', async () => {
  const at = await At.open('walkthrough.pcap', 80, 24)
  const line = () =>
    screenOf(at)[0]!
      .replace(/^.* packets +/, '')
      .trimEnd()
  at.do({ type: 'opened', capture: facts(3, growing) })
  at.press('G').do({ type: 'surveyed', capture: facts(5, growing) })
  expect(line()).toBe('following')
  at.press('k').do({ type: 'surveyed', capture: facts(7, growing) })
  expect(line()).toBe('2 new · waiting for more')
  at.press('p').do({ type: 'surveyed', capture: facts(12, growing) })
  expect(line()).toBe('7 new · paused')
  // Others have stopped writing: what is held back is still to be told.
  at.do({ type: 'surveyed', capture: facts(12, { ...growing, complete: true, following: false }) })
  expect(line()).toBe('7 new · paused')
  expect(at.press('p').state.capture?.count).toBe(12)
})

/** The first line of the screen for a live capture of which 12 packets have come. */
async function header(columns: number, live: Partial<LiveFacts>): Promise<string> {
  const at = await At.open('walkthrough.pcap', columns, 24)
  const capture = facts(12, { name: 'em0', complete: false, live: { ...well, ...live } })
  return screenOf(at.do({ type: 'opened', capture }))[0]!
}

const down = 'the interface went down'

it.each([
  [80, {}, 'following · 12/s'],
  [80, { dropped: 0, recording: 'w.pcap' }, 'following · 12/s · 0 dropped · into w.pcap'],
  [80, { dropped: 3, recording: 'w.pcap' }, 'following · 3 dropped · 12/s · into w.pcap'],
  // The only interface is named at the left.
  [80, { running: false, troubles: [`em0: ${down}`] }, `stopped, r begins anew · ! ${down}`],
  [
    80,
    { running: false, troubles: [`em0: ${down}; and more`] },
    `stopped, r begins anew · ! the interface went down; an…`,
  ],
  [80, { devices: 'em0, em1', troubles: [`em1: ${down}`] }, `following · ! em1: ${down} · 12/s`],
  [
    120,
    { running: false, awaited: true, troubles: [`em0: ${down}`] },
    `waiting, r tries at once · ! ${down}`,
  ],
  [80, { running: false, isOnce: true }, 'the pipe has ended'],
  [120, { troubles: ['em0: the interface is down'] }, 'following · ! the interface is down · 12/s'],
  [80, { interruptions: 2, interruption: `em0: ${down}` }, 'following · 2 interrupted · 12/s'],
  [120, { interruptions: 2, interruption: `em0: ${down}` }, `following · 2 interrupted (${down}) · 12/s`],
])('tells at %i columns how a live capture goes: %o', async (columns, live, told) => {
  const line = await header(columns, live)
  // However little room there is, a blank is before it.
  expect(line.replace(/^ em0 · \d+ of 12 packets +/, '|').trimEnd()).toBe(`|${told}`)
  expect(line).toMatch(/packets +[a-z]/)
})
