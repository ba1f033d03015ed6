import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Story } from '../../src/follow/story.ts'
import type { Capture } from '../../src/store/capture.ts'
import type { Action } from '../../src/tui/actions.ts'
import { keymap } from '../../src/tui/bindings.ts'
import { visibleNodes } from '../../src/tui/folding.ts'
import { bufferLength, bytesPerRow } from '../../src/tui/geometry.ts'
import { overHeight, overLength, overPlace } from '../../src/tui/ladder-moving.ts'
import { arrangementOf, isTooSmall, rowsOf } from '../../src/tui/layout.ts'
import { listedOf } from '../../src/tui/listed.ts'
import type { MouseEvent } from '../../src/tui/mouse.ts'
import type { State } from '../../src/tui/state.ts'
import { At, captureOf, detailOf, facts } from './at.ts'
import { storyOf } from './ladders.ts'
import { partsOf, unfit, viewOf } from './picture.ts'

// Whatever is typed, clicked and dragged, in terminals of any size.
const keys = [...new Set(keymap.flatMap(entry => entry.keys.flatMap(key => key.split(' '))))]
const key = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...keys.filter(name => name !== '<letter>')) },
  { weight: 2, arbitrary: fc.constantFrom(...'0123456789abyxm漢é') },
)
const mouse = fc.record({
  type: fc.constant('mouse' as const),
  action: fc.constantFrom('press', 'press', 'drag', 'drag', 'release', 'wheel-up', 'wheel-down'),
  column: fc.oneof(fc.nat(99), fc.nat(320)),
  row: fc.oneof(fc.nat(30), fc.nat(120)),
})
const size = fc.oneof(
  fc.record({ columns: fc.integer({ min: 1, max: 300 }), rows: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ columns: fc.integer({ min: 80, max: 120 }), rows: fc.integer({ min: 24, max: 40 }) }),
)
const filters = fc.constantFrom('', 'ip', 'esp', 'isakmp or icmp', '!ip', 'frame.number in {2, 5..7}')
type Event = { keys: readonly string[] } | { mouse: MouseEvent } | { action: Action }
const events = (count: number, wishes?: fc.Arbitrary<Event>): fc.Arbitrary<readonly Event[]> =>
  fc.array(
    fc.oneof(
      ...(wishes ? [{ weight: 3, arbitrary: wishes }] : []),
      { weight: 8, arbitrary: fc.array(key, { minLength: 1, maxLength: 6 }).map(list => ({ keys: list })) },
      { weight: 3, arbitrary: mouse.map(event => ({ mouse: event as MouseEvent })) },
      { weight: 1, arbitrary: size.map(to => ({ action: { type: 'resized', size: to } as const })) },
      { weight: 1, arbitrary: fc.constant({ action: { type: 'expired' } as const }) },
      {
        weight: 1,
        arbitrary: fc.boolean().map(colour => ({
          action: { type: 'themed', colour, name: colour ? 'dark 256' : 'mono' } as const,
        })),
      },
      { weight: 1, arbitrary: filters.map(text => ({ action: { type: 'filter', text } as const })) },
      { weight: 1, arbitrary: fc.string().map(text => ({ action: { type: 'type', text } as const })) },
      {
        weight: 1,
        arbitrary: fc
          .record({ packet: fc.integer({ min: 1, max: count }), byte: fc.nat(200) })
          .map(hit => ({ action: { type: 'found', hit } as const })),
      },
    ),
    { maxLength: 40 },
  )

/** What is wrong with a state: cursors that point nowhere, windows that show nothing. */
function wrongs(state: State): string[] {
  const { detail, packet, selected, byte, tops, help, prompt, start } = state
  const count = state.capture?.count ?? 0
  const listed = listedOf(state)
  const lines = detail ? visibleNodes(detail, state.folding) : []
  const lengths = {
    packets: listed.end,
    tree: lines.length,
    bytes: Math.ceil(bufferLength(state) / bytesPerRow(state)),
  }
  const checks: Record<string, boolean> = {
    packet: packet >= Math.min(1, count) && packet <= count,
    listed: listed.end === listed.first || listed.rowOf(packet) >= 0,
    selected: detail === undefined || lines.includes(selected),
    byte: byte >= 0 && (byte < bufferLength(state) || byte === 0),
    help: help === undefined || help >= 0,
    prompt: prompt === undefined || (prompt.cursor >= 0 && prompt.cursor <= prompt.text.length),
    start: start.cursor >= 0 && (start.cursor < start.entries.length || start.cursor === 0),
    focus: isTooSmall(state.size) || arrangementOf(state).panes.has(state.focus),
    over: isOverRight(state),
    whole: [packet, selected, byte, ...Object.values(tops)].every(Number.isSafeInteger),
  }
  for (const pane of ['packets', 'tree', 'bytes'] as const)
    checks[`top of ${pane}`] =
      tops[pane] >= 0 && tops[pane] <= Math.max(0, lengths[pane] - rowsOf(state, pane))
  return Object.entries(checks).flatMap(([name, right]) => (right ? [] : [name]))
}

/** The cursor of what lies over the panes is on a line, and its lines fill the window. */
function isOverRight(state: State): boolean {
  const place = overPlace(state)
  if (place === undefined) return true
  const length = overLength(state)
  const last = Math.max(0, length - overHeight(state))
  return place.cursor >= 0 && place.cursor < Math.max(1, length) && place.top >= 0 && place.top <= last
}

function happen(at: At, event: Event): void {
  if ('keys' in event) at.press(...event.keys)
  else if ('mouse' in event) at.mouse(event.mouse.action, event.mouse.column, event.mouse.row)
  else at.do(event.action)
}

const insideScreen = ({ columns, rows }: State['size'], at: At): boolean =>
  partsOf(viewOf(at)).every(
    ({ rect }) =>
      rect.left >= 0 && rect.top >= 0 && rect.left + rect.width <= columns && rect.top + rect.height <= rows,
  )

/** What the wishes of a ladder come to, in a capture with this story. */
const granted = (capture: Capture, story: Story, partly: Story): fc.Arbitrary<Event> =>
  fc
    .oneof(
      fc.constantFrom('packet', 'all', undefined).map(open => ({
        type: 'told' as const,
        story: open === undefined ? partly : story,
        ...(open !== undefined && { open }),
      })),
      fc
        .tuple(
          fc.integer({ min: 1, max: capture.count }),
          fc.integer({ min: 1, max: capture.count }),
          fc.boolean(),
        )
        .map(([left, right, arePackets]) => ({
          type: 'compared' as const,
          ...(arePackets && { of: 'packets' as const }),
          left: detailOf(capture, left),
          right: detailOf(capture, right),
        })),
    )
    .map(action => ({ action }))

const anything = (capture: Capture, numRuns: number, story: Story, partly: Story) =>
  fc.assert(
    fc.property(events(capture.count, granted(capture, story, partly)), fc.boolean(), (list, grows) => {
      const at = new At(capture, 80, 24)
      at.do({ type: 'opened', capture: facts(grows ? 0 : capture.count, { complete: !grows }) })
      for (const event of list) {
        if (grows && at.state.capture && at.state.capture.count < capture.count)
          at.do({ type: 'surveyed', capture: facts(at.state.capture.count + 1, { complete: false }) })
        happen(at, event)
        expect(wrongs(at.state)).toEqual([])
      }
      expect(unfit(partsOf(viewOf(at)))).toEqual([])
      expect(insideScreen(at.state.size, at)).toBe(true)
    }),
    { numRuns },
  )

describe('whatever happens, cursors point at something, and the screen is right', () => {
  it.each([
    ['walkthrough.pcap', 300],
    ['frag-inner-gre.pcap', 150],
    ['pcapng-two-ifaces.pcapng', 100],
    ['ikev2-invalid-ke.pcap', 150],
  ])('in %s', { timeout: 60_000 }, async (name, runs) => {
    const capture = await captureOf(name)
    const half = Math.ceil(capture.count / 2)
    anything(capture, runs, await storyOf(capture), await storyOf(capture, half))
  })

  it('on the start page', async () => {
    const capture = await captureOf('walkthrough.pcap')
    const entries = ['a', 'b', 'c'].map(path => ({
      section: path,
      label: path,
      detail: '',
      path,
      kind: 'file' as const,
    }))
    fc.assert(
      fc.property(events(1), list => {
        const at = new At(capture, 80, 24).do({ type: 'started', entries })
        for (const event of list) {
          happen(at, event)
          expect(wrongs(at.state)).toEqual([])
        }
        expect(unfit(partsOf(viewOf(at)))).toEqual([])
      }),
    )
  })
})
