import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrange, arrangementOf, borderAt, isTooSmall, paneAt } from '../../src/tui/layout.ts'
import {
  type CaptureFacts,
  equalLayout,
  initialState,
  type Layout,
  layoutKinds,
  panes,
} from '../../src/tui/state.ts'
import { facts } from './at.ts'

const usual: Layout = { kind: 'columns', zoomed: false, explanation: true, ...equalLayout }
const sized = (columns: number, rows: number, layout: Partial<Layout> = {}) =>
  arrange({ columns, rows }, { ...usual, ...layout }, 'tree')
/** `left,top widthxheight` of each pane. */
const places = (columns: number, rows: number, layout?: Partial<Layout>) =>
  Object.fromEntries(
    Array.from(sized(columns, rows, layout).panes, ([pane, { left, top, width, height }]) => [
      pane,
      `${left},${top} ${width}x${height}`,
    ]),
  )

describe('the panes', () => {
  // Of the rows between header and footer the list has 32 %, the explanation 27 %; sixteen bytes take 65 columns, eight 37.
  it.each([
    [80, 24, { packets: '0,1 80x7', tree: '0,8 43x9', bytes: '43,8 37x9', explanation: '0,17 80x6' }],
    [
      120,
      40,
      { packets: '0,1 120x12', tree: '0,13 55x16', bytes: '55,13 65x16', explanation: '0,29 120x10' },
    ],
    [
      200,
      50,
      { packets: '0,1 200x15', tree: '0,16 135x23', bytes: '135,16 65x23', explanation: '0,39 200x10' },
    ],
    [79, 24, { tree: '0,1 79x22' }],
    [80, 23, { tree: '0,1 80x21' }],
    [24, 6, { tree: '0,1 24x4' }],
  ] as const)('at %ix%i', (columns, rows, expected) => {
    expect(places(columns, rows)).toEqual(expected)
    expect(isTooSmall({ columns, rows })).toBe(false)
  })

  it.each([
    [23, 5],
    [23, 6],
    [24, 5],
    [1, 1],
  ])('have no room at %ix%i', (columns, rows) => {
    expect(isTooSmall({ columns, rows })).toBe(true)
  })

  it.each([
    [80, 24, 80 - 41],
    [115, 40, 115 - 41],
    [116, 40, 116 - 73],
    [200, 50, 200 - 73],
  ])('at %ix%i leave bytes that stand apart their room', (columns, rows, left) => {
    // Sixteen: offset and two blanks, 47 columns of digits, two blanks, the text, a bar and a blank; or eight.
    expect(arrange({ columns, rows }, usual, 'tree', true).panes.get('bytes')?.left).toBe(left)
  })

  it.each([
    // A title, and a row for each packet; never less than two rows.
    [1, 3],
    [2, 3],
    [5, 6],
    [11, 12],
    [12, 12],
    [1_000_000, 12],
  ])('leave the list of %i packets what it can fill, at most what many have: %i rows', (count, height) => {
    const placed = arrange({ columns: 120, rows: 40 }, usual, 'tree', false, undefined, count)
    expect(placed.panes.get('packets')?.height).toBe(height)
    expect(placed.panes.get('tree')?.height).toBe(28 - height)
    const wanted = { ...usual, packets: 0.32 }
    const asked = arrange({ columns: 120, rows: 40 }, wanted, 'tree', false, undefined, count)
    expect(asked.panes.get('packets')?.height).toBe(12)
  })

  it('keep the room of packets that are still to come', () => {
    const height = (others: Partial<CaptureFacts>) => {
      const state = initialState({ columns: 120, rows: 40 })
      return arrangementOf({ ...state, capture: facts(2, others) }).panes.get('packets')?.height
    }
    expect(height({})).toBe(3)
    expect(height({ complete: false })).toBe(12)
    expect(height({ live: { running: true } as CaptureFacts['live'] })).toBe(12)
  })

  it.each([
    // The drawing of a header takes 73 columns; a wide screen has room for all rows of it, and to read beside it.
    [80, 24, { tree: '0,1 80x13', explanation: '0,14 80x9' }],
    [156, 40, { tree: '0,1 73x22', bytes: '73,1 83x22', explanation: '0,23 156x16' }],
    [157, 40, { tree: '0,1 73x38', bytes: '73,1 84x16', explanation: '73,17 84x22' }],
    [200, 50, { tree: '0,1 73x48', bytes: '73,1 127x16', explanation: '73,17 127x32' }],
  ] as const)('of a walk at %ix%i are for the lesson', (columns, rows, expected) => {
    const { panes: shown } = arrange({ columns, rows }, usual, 'tree', false, 'walk')
    const found = Array.from(shown, ([pane, { left, top, width, height }]) => [
      pane,
      `${left},${top} ${width}x${height}`,
    ])
    expect(Object.fromEntries(found)).toEqual(expected)
  })

  it('lie below each other in rows, each as wide as the screen', () => {
    expect(places(120, 40, { kind: 'rows' })).toEqual({
      packets: '0,1 120x12',
      tree: '0,13 120x8',
      bytes: '0,21 120x8',
      explanation: '0,29 120x10',
    })
  })

  it('lie beside each other in sides', () => {
    // 48 % and 41 % of 38 rows.
    expect(places(120, 40, { kind: 'sides' })).toEqual({
      packets: '0,1 55x18',
      tree: '0,19 55x20',
      bytes: '55,1 65x23',
      explanation: '55,24 65x15',
    })
  })

  it('leave the place of the explanation to the others when it is hidden', () => {
    expect(places(120, 40, { explanation: false })).toEqual({
      packets: '0,1 120x12',
      tree: '0,13 55x26',
      bytes: '55,13 65x26',
    })
  })

  it('are one when it is zoomed', () => {
    expect(places(120, 40, { zoomed: true })).toEqual({ tree: '0,1 120x38' })
    expect(sized(120, 40, { zoomed: true }).borders).toEqual([])
  })
})

const share = fc.double({ min: 0.1, max: 0.8, noNaN: true })
const layouts: fc.Arbitrary<Layout> = fc.record({
  kind: fc.constantFrom(...layoutKinds),
  zoomed: fc.boolean(),
  explanation: fc.boolean(),
  packets: share,
  left: fc.option(share, { nil: undefined }),
  lesson: share,
})
const size = fc.record({ columns: fc.integer({ min: 24, max: 400 }), rows: fc.integer({ min: 6, max: 150 }) })

describe('any layout', () => {
  it('has every cell of the screen in one part of it', () => {
    fc.assert(
      fc.property(size, layouts, fc.constantFrom(...panes), ({ columns, rows }, layout, focus) => {
        const { panes: shown, header, footer } = arrange({ columns, rows }, layout, focus)
        const cells = new Uint8Array(columns * rows)
        for (const { left, top, width, height } of [header, footer, ...shown.values()])
          for (let row = top; row < top + height; row++)
            for (let column = left; column < left + width; column++) cells[row * columns + column]!++
        expect(cells.every(times => times === 1)).toBe(true)
        const area = [header, footer, ...shown.values()].reduce(
          (sum, rect) => sum + rect.width * rect.height,
          0,
        )
        expect(area).toBe(columns * rows)
      }),
      { numRuns: 300 },
    )
  })

  it('leaves every pane its title and two rows, and shows the one with the focus', () => {
    fc.assert(
      fc.property(size, layouts, fc.constantFrom(...panes), (screen, layout, focus) => {
        const focused = focus === 'explanation' ? { ...layout, explanation: true } : layout
        const { panes: shown } = arrange(screen, focused, focus)
        expect(shown.has(focus)).toBe(true)
        for (const { width, height } of shown.values()) {
          expect(width).toBeGreaterThanOrEqual(16)
          expect(height).toBeGreaterThanOrEqual(3)
        }
      }),
      { numRuns: 300 },
    )
  })
})

it('what is under a cell is found', () => {
  const state = initialState({ columns: 120, rows: 40 })
  expect(paneAt(state, 60, 0)).toBeUndefined()
  expect(paneAt(state, 60, 39)).toBeUndefined()
  expect(paneAt(state, 120, 20)).toBeUndefined()
  expect(paneAt(state, 0, 1)).toMatchObject({ pane: 'packets', row: -1 })
  expect(paneAt(state, 119, 12)).toMatchObject({ pane: 'packets', row: 10 })
  expect(paneAt(state, 54, 28)).toMatchObject({ pane: 'tree', row: 14 })
  expect(paneAt(state, 55, 14)).toMatchObject({ pane: 'bytes', row: 0 })
  expect(paneAt(state, 0, 38)).toMatchObject({ pane: 'explanation', row: 8 })
  expect([
    borderAt(state, 3, 13),
    borderAt(state, 55, 20),
    borderAt(state, 3, 29),
    borderAt(state, 3, 14),
  ]).toEqual(['packets', 'left', 'lesson', undefined])
})
