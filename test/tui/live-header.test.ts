import { expect, it } from 'vitest'
import type { LiveFacts } from '../../src/tui/state.ts'
import { At, facts } from './at.ts'
import { screenOf } from './picture.ts'

const well: LiveFacts = {
  devices: 'em0',
  running: true,
  awaited: false,
  rate: 12,
  dropped: undefined,
  troubles: [],
  interruptions: 0,
  interruption: '',
  recording: undefined,
  fault: undefined,
}

/** The first line of the screen for a live capture of which 12 packets have come. */
async function header(columns: number, live: Partial<LiveFacts>): Promise<string> {
  const at = await At.open('walkthrough.pcap', columns, 24)
  const capture = facts(12, { name: 'em0', complete: false, live: { ...well, ...live } })
  return screenOf(at.do({ type: 'opened', capture }))[0]!
}

const down = 'em0: the interface went down'

it.each([
  [80, {}, 'following · 12/s'],
  [80, { dropped: 3, recording: 'w.pcap' }, 'following · 3 dropped · 12/s · into w.pcap'],
  [80, { running: false, troubles: [down] }, `stopped, r begins anew · ! ${down}`],
  [
    80,
    { running: false, troubles: [`${down}; more`] },
    `stopped, r begins anew · ! em0: the interface went dow…`,
  ],
  [120, { running: false, awaited: true, troubles: [down] }, `waiting, r tries at once · ! ${down}`],
  [120, { troubles: ['em0: the interface is down'] }, 'following · ! em0: the interface is down · 12/s'],
  [80, { interruptions: 2, interruption: down }, 'following · 2 interrupted · 12/s'],
  [120, { interruptions: 2, interruption: down }, `following · 2 interrupted (${down}) · 12/s`],
])('tells at %i columns how a live capture goes: %o', async (columns, live, told) => {
  const line = await header(columns, live)
  // However little room there is, a blank is before it.
  expect(line.replace(/^ em0 · \d+ of 12 packets +/, '|').trimEnd()).toBe(`|${told}`)
  expect(line).toMatch(/packets +[a-z]/)
})
