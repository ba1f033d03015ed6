import { isAsked } from './quiz-mode.ts'
import { type Layout, type Pane, panes, type Size, type State } from './state.ts'
import { isWalking } from './walk-mode.ts'

/** A part of the screen, in character cells from the upper left corner, (0, 0). */
export type Rect = {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A line between panes that the mouse can drag: `share` of the layout moves with it. */
export type Border = { readonly share: 'packets' | 'left' | 'lesson'; readonly rect: Rect }

/** Where everything is. The first row of a pane is its title. */
export type Arrangement = {
  readonly panes: ReadonlyMap<Pane, Rect>
  readonly borders: readonly Border[]
  readonly header: Rect
  readonly footer: Rect
}

/** Below this, one pane is shown at a time. */
export const roomForAll: Size = { columns: 80, rows: 24 }
/** Below this, nothing is. */
export const leastSize: Size = { columns: 24, rows: 6 }

export const isTooSmall = (size: Size): boolean =>
  size.columns < leastSize.columns || size.rows < leastSize.rows

/**
 * Columns of sixteen bytes a row, with the offset, as text too, and a bar; and of eight: in twos or fours, and `apart`,
 * with a blank between any two.
 */
const roomForBytes = { sixteen: 65, eight: 37, sixteenApart: 73, eightApart: 41 } as const
/** A tree has at least so much beside sixteen bytes a row. */
const roomForTree = 43

/** Without colours, bytes in hex have a blank between any two, for brackets. */
export const bytesApart = ({ colour, group }: State): boolean => !colour || group === 1

/** What the tree has of the width beside the bytes. */
export function leftShare({ left }: Layout, columns: number, apart: boolean): number {
  if (left !== undefined) return left
  const { sixteen, eight, sixteenApart, eightApart } = roomForBytes
  const most = apart ? sixteenApart : sixteen
  return 1 - (columns >= most + roomForTree ? most : apart ? eightApart : eight) / columns
}

/** Rows that nearly every explanation fits into, with its title, and the share of a small screen that it has at most. */
const lessonRows = 10
const mostLesson = 0.27

/** What the explanation has of the height. */
export const lessonShare = ({ lesson }: Layout, rows: number): number =>
  lesson ?? Math.min(mostLesson, lessonRows / rows)

/** The share of the height that a list of many packets has. */
const usualList = 0.32
/** With bytes and explanation at the side, what is left in either column has so much more of the height. */
export const sideFactor = 1.5

/** What the list has of the height: where nobody has said how much, no more than so many packets fill. */
export function listShare({ packets, kind }: Layout, rows: number, count = Number.POSITIVE_INFINITY): number {
  const factor = kind === 'sides' ? sideFactor : 1
  return packets === undefined ? Math.min(usualList * factor, (count + 1) / rows) : packets * factor
}

/** Title and two rows. */
const leastHeight = 3
const leastWidth = 16

/**
 * The parts of the screen for this size and layout. `apart`: bytes in hex have a blank between any two; `teaches`: a lesson goes on,
 * and the screen is for it; `count`: packets that there are, where no more will come.
 */
export function arrange(
  size: Size,
  layout: Layout,
  focus: Pane,
  apart = false,
  teaches?: 'walk' | 'quiz',
  count = Number.POSITIVE_INFINITY,
): Arrangement {
  const { columns, rows } = size
  const header = { left: 0, top: 0, width: columns, height: 1 }
  const footer = { left: 0, top: rows - 1, width: columns, height: 1 }
  const body = { left: 0, top: 1, width: columns, height: rows - 2 }
  if (teaches && !layout.zoomed && body.height >= 2 * leastHeight)
    return { ...(teaches === 'quiz' ? quiz(body) : lesson(body, apart, focus)), header, footer }
  const single = layout.zoomed || columns < roomForAll.columns || rows < roomForAll.rows
  const placed = single
    ? { panes: new Map([[focus, body]]), borders: [] }
    : layouts[layout.kind](body, layout, { apart, count })
  return { ...placed, header, footer }
}

type Placed = Pick<Arrangement, 'panes' | 'borders'>

/** What a layout has to know besides: whether bytes stand apart, and how many packets there are. */
type Needs = { readonly apart: boolean; readonly count: number }

const layouts: Readonly<Record<Layout['kind'], (body: Rect, layout: Layout, needs: Needs) => Placed>> = {
  /** The list, then tree and bytes side by side, then the explanation. */
  columns(body, layout, { apart, count }) {
    const [list, middle, lesson] = threeRows(body, layout, leastHeight, count)
    const [tree, bytes] = beside(middle, leftShare(layout, middle.width, apart))
    return placed(
      { packets: list, tree, bytes, explanation: lesson },
      { packets: titleOf(middle), left: barOf(bytes), lesson: lesson && titleOf(lesson) },
    )
  },
  /** Everything below each other, as wide as the screen. */
  rows(body, layout, { count }) {
    const [list, middle, lesson] = threeRows(body, layout, 2 * leastHeight, count)
    const [tree, bytes] = above(middle, 0.5)
    return placed(
      { packets: list, tree, bytes, explanation: lesson },
      { packets: titleOf(middle), lesson: lesson && titleOf(lesson) },
    )
  },
  /** List and tree on the left, bytes and explanation on the right. */
  sides(body, layout, { apart, count }) {
    const [left, right] = beside(body, leftShare(layout, body.width, apart))
    const [list, tree] = above(left, listShare(layout, left.height, count))
    const [bytes, lesson] = layout.explanation
      ? above(right, 1 - lessonShare(layout, body.height) * sideFactor)
      : [right]
    return placed(
      { packets: list, tree, bytes, explanation: lesson },
      { packets: titleOf(tree), left: barOf(right), lesson: lesson && titleOf(lesson) },
    )
  },
}

/** What the drawing of a header has of the height at a walk, the columns that it needs, and a bar before other panes. */
const drawingShare = 0.58
const roomForDrawing = 73

/** Rows of bytes that most packets and questions are about, with a title. */
const bytesRows = 16

/** Columns in which an explanation is read well beside a drawing, which then has all of the height. */
const roomToRead = 84

/** The panes of a walk: the header that is drawn, with the bytes beside it where there is room, above the explanation. */
function lesson(body: Rect, apart: boolean, focus: Pane): Placed {
  if (body.width >= roomForDrawing + roomToRead) {
    const [tree, right] = beside(body, roomForDrawing / body.width)
    const [bytes, explanation] = above(right, Math.min(0.5, bytesRows / right.height))
    return placed({ packets: undefined, tree, bytes, explanation }, {})
  }
  const least = apart ? roomForBytes.eightApart : roomForBytes.eight
  const [upper, explanation] = above(body, drawingShare)
  if (body.width < roomForDrawing + least)
    return {
      panes: new Map([
        [focus === 'bytes' ? focus : 'tree', upper],
        ['explanation', explanation],
      ]),
      borders: [],
    }
  const [tree, right] = beside(upper, roomForDrawing / upper.width)
  return placed({ packets: undefined, tree, bytes: right, explanation }, {})
}

const titleOf = (rect: Rect): Rect => ({ ...rect, height: 1 })
const barOf = (rect: Rect): Rect => ({ ...rect, width: 1 })

function placed(
  rects: Readonly<Record<Pane, Rect | undefined>>,
  lines: Readonly<Partial<Record<Border['share'], Rect | undefined>>>,
): Placed {
  const shown = panes.filter(pane => rects[pane] !== undefined)
  const shares = (['left', 'packets', 'lesson'] as const).filter(share => lines[share] !== undefined)
  return {
    panes: new Map(shown.map(pane => [pane, rects[pane]!])),
    borders: shares.map(share => ({ share, rect: lines[share]! })),
  }
}

/** `least`: rows that the middle needs. */
function threeRows(
  body: Rect,
  layout: Layout,
  least: number,
  count: number,
): [list: Rect, middle: Rect, lesson: Rect | undefined] {
  const [list, rest] = above(
    body,
    listShare(layout, body.height, count),
    layout.explanation ? least + leastHeight : least,
  )
  if (!layout.explanation) return [list, rest, undefined]
  const height = clamp(
    Math.round(body.height * lessonShare(layout, body.height)),
    leastHeight,
    rest.height - least,
  )
  return [list, ...above(rest, (rest.height - height) / rest.height)]
}

/** `below`: rows that the lower part needs. */
function above(rect: Rect, share: number, below = leastHeight): [Rect, Rect] {
  const height = clamp(Math.round(rect.height * share), leastHeight, rect.height - below)
  return [
    { ...rect, height },
    { ...rect, top: rect.top + height, height: rect.height - height },
  ]
}

function beside(rect: Rect, share: number): [Rect, Rect] {
  const width = clamp(Math.round(rect.width * share), leastWidth, rect.width - leastWidth)
  return [
    { ...rect, width },
    { ...rect, left: rect.left + width, width: rect.width - width },
  ]
}

export const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value))

/** The share of a small screen that bytes have at most beside a question. */
const mostBytes = 0.45

/** The bytes that the question is about, above it: list and layers would tell the answer. */
function quiz(body: Rect): Placed {
  const [bytes, explanation] = above(body, Math.min(mostBytes, bytesRows / body.height))
  return placed({ packets: undefined, tree: undefined, bytes, explanation }, {})
}

const teaches = (state: State): 'walk' | 'quiz' | undefined =>
  isAsked(state) ? 'quiz' : isWalking(state) ? 'walk' : undefined

/** Packets of a capture that no more will come to. */
export const countOf = ({ capture }: State): number | undefined =>
  capture?.complete && !capture.live ? capture.count : undefined

/** The parts of the screen of a state, remembered for the one that was asked about last. */
export const arrangementOf = remembered(
  (state: State) =>
    [state.size, state.layout, state.focus, bytesApart(state), teaches(state), countOf(state)] as const,
  arrange,
)

/** Calls `make` only when one of the keys has changed. */
export function remembered<S, K extends unknown[], R>(
  keysOf: (from: S) => K,
  make: (...keys: K) => R,
): (from: S) => R {
  let last: K | undefined
  let result: R
  return from => {
    const keys = keysOf(from)
    if (last === undefined || keys.some((key, i) => key !== last![i])) {
      result = make(...keys)
      last = keys
    }
    return result
  }
}

/** Rows of a pane below its title; 0 where it is not shown. */
export const rowsOf = (state: State, pane: Pane): number =>
  Math.max(0, (arrangementOf(state).panes.get(pane)?.height ?? 1) - 1)

/** The pane, and the row of it (-1: its title), under a cell of the screen. */
export function paneAt(
  state: State,
  column: number,
  row: number,
): { pane: Pane; rect: Rect; row: number } | undefined {
  for (const [pane, rect] of arrangementOf(state).panes)
    if (contains(rect, column, row)) return { pane, rect, row: row - rect.top - 1 }
  return undefined
}

/** The border under a cell of the screen; those of two columns or rows are easier to catch, so near ones count. */
export function borderAt(state: State, column: number, row: number): Border['share'] | undefined {
  return arrangementOf(state).borders.find(({ rect }) => contains(rect, column, row))?.share
}

const contains = (rect: Rect, column: number, row: number): boolean =>
  column >= rect.left && column < rect.left + rect.width && row >= rect.top && row < rect.top + rect.height
