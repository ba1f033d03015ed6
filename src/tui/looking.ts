import {
  bufferOf,
  everything,
  firstByte,
  fold,
  hasChildren,
  isOpen,
  nodeLike,
  reveal,
  shownInstead,
} from './folding.ts'
import {
  arrangementOf,
  bytesApart,
  clamp,
  countOf,
  leftShare,
  lessonShare,
  listShare,
  sideFactor,
} from './layout.ts'
import { jump } from './moving.ts'
import type { Reducers } from './reduce.ts'
import { select, selectByte } from './selecting.ts'
import { equalLayout, groupSizes, layoutKinds, panes, radixes, type State, timeModes } from './state.ts'
import { walkOrder, walkPlace } from './walk-order.ts'

/** What of the packet is looked at, and how it is shown. */
export const reducers: Reducers<
  | 'dissected'
  | 'select'
  | 'select-byte'
  | 'find'
  | 'found'
  | 'fold'
  | 'walk'
  | 'buffer'
  | 'zoom'
  | 'layout'
  | 'explanation'
  | 'share'
  | 'equal'
  | 'drag'
  | 'drag-to'
  | 'radix'
  | 'group'
  | 'time'
  | 'help'
> = {
  dissected: (state, { detail }) => dissected(state, detail),
  select: (state, { node }) => select(state, node),
  'select-byte': (state, { byte }) => selectByte(state, byte),
  find: (state, { find }) => ({ ...state, find }),
  found: (state, { hit }) => {
    const moved = jump(state, hit.packet)
    return state.detail?.number === hit.packet ? goTo(moved, hit) : { ...moved, sought: hit }
  },
  fold: (state, { how }) => foldBy(state, how),
  walk: (state, { by }) => walk(state, by),
  buffer: state => nextBuffer(state),
  zoom: state => ({ ...state, layout: { ...state.layout, zoomed: !state.layout.zoomed } }),
  layout: (state, { kind }) => ({
    ...state,
    layout: { ...state.layout, zoomed: false, kind: kind ?? next(layoutKinds, state.layout.kind) },
  }),
  explanation: state => {
    const explanation = !state.layout.explanation
    const focus = state.focus === 'explanation' && !explanation ? 'tree' : state.focus
    return { ...state, focus, layout: { ...state.layout, explanation } }
  },
  share: (state, { share, by }) => withShare(state, share, shareOf(state, share) + by),
  equal: state => ({ ...state, layout: { ...state.layout, ...equalLayout } }),
  drag: (state, { border }) => ({ ...state, drag: border }),
  'drag-to': (state, { column, row }) => dragTo(state, column, row),
  radix: (state, { radix }) => ({ ...state, radix: radix ?? next(radixes, state.radix) }),
  group: (state, { size }) => ({ ...state, group: size ?? next(groupSizes, state.group) }),
  time: (state, { mode }) => ({ ...state, time: mode ?? next(timeModes, state.time) }),
  help: state => ({ ...state, help: state.help === undefined ? 0 : undefined }),
}

const next = <T>(list: readonly T[], item: T): T => list[(list.indexOf(item) + 1) % list.length]!

/** Shows a packet: the cursor stays on the field that it was on, where the packet has it. */
function dissected(state: State, detail: NonNullable<State['detail']>): State {
  const shown = { ...state, detail, tops: { ...state.tops, explanation: 0 } }
  const wanted = state.wanted === '' ? 0 : nodeLike(detail, state.wanted)
  // In another stack of layers the field has another path, and nobody has folded it there.
  const other = detail.nodes[wanted]?.path !== state.wanted
  const folding = other ? reveal(detail, state.folding, wanted) : state.folding
  const selected = shownInstead(detail, folding, Math.max(0, wanted))
  const there = { ...shown, folding, selected, byte: firstByte(detail, selected), sought: undefined }
  return state.sought?.packet === detail.number ? goTo(there, state.sought) : there
}

/** Puts the cursor where a search has found something in the packet that is shown. */
function goTo(state: State, { node, byte }: NonNullable<State['sought']>): State {
  if (node !== undefined) return select(state, node)
  // A node of the frame, for the byte is one of the frame.
  return byte === undefined ? state : selectByte({ ...state, selected: 0 }, byte)
}

function foldBy(state: State, how: 'toggle' | 'subtree' | 'all' | 'none'): State {
  const { detail, folding, selected } = state
  const node = detail?.nodes[selected]
  if (detail === undefined || node === undefined) return state
  switch (how) {
    case 'all':
      return { ...state, folding: everything(true) }
    case 'none':
      return onVisible({ ...state, folding: everything(false) })
    case 'toggle': {
      const target = hasChildren(detail, selected) ? selected : node.parent
      const path = detail.nodes[target]?.path
      if (path === undefined) return state
      return onVisible({ ...state, folding: fold(folding, [path], !isOpen(folding, path)) })
    }
    case 'subtree': {
      const paths = detail.nodes.slice(selected, node.end).map(inner => inner.path)
      return { ...state, folding: fold(folding, paths, !isOpen(folding, node.path)) }
    }
  }
}

/** The cursor leaves what a fold has hidden. */
function onVisible(state: State): State {
  const { detail } = state
  if (detail === undefined) return state
  const shown = shownInstead(detail, state.folding, state.selected)
  return shown === state.selected ? state : select(state, shown)
}

/** To the next field, or the header that begins, in the order of the bytes, through all layers. */
function walk(state: State, by: -1 | 1): State {
  const { detail } = state
  if (detail === undefined) return state
  const order = walkOrder(detail)
  const place = walkPlace(detail, state.selected)
  // Back from a note is to what it is about.
  const next = order[by < 0 && order[place] !== state.selected ? place : place + by]
  if (next !== undefined) return select(state, next)
  const text =
    by > 0 ? 'that was the last field; ] goes on to the next packet' : 'this is where the packet begins'
  return { ...state, message: { text, severity: 'info' } }
}

/** To the first layer in the next buffer. */
function nextBuffer(state: State): State {
  const { detail } = state
  if (detail === undefined) return state
  const count = detail.found.buffers.length + 1
  const wanted = (bufferOf(detail, state.selected) + 1) % count
  const layer = detail.nodes.findIndex((node, i) => node.kind === 'layer' && bufferOf(detail, i) === wanted)
  if (count > 1 && layer >= 0) return select(state, layer)
  return { ...state, message: { text: 'this packet has no bytes but those of its frame', severity: 'info' } }
}

function shareOf(state: State, share: 'packets' | 'left' | 'lesson'): number {
  const { layout, size } = state
  if (share === 'left') return leftShare(layout, size.columns, bytesApart(state))
  if (share === 'lesson') return lessonShare(layout, size.rows - 2)
  return layout.packets ?? listShare({ ...layout, kind: 'columns' }, size.rows - 2, countOf(state))
}

const withShare = (state: State, share: 'packets' | 'left' | 'lesson', to: number): State => ({
  ...state,
  layout: { ...state.layout, [share]: clamp(to, 0.1, 0.8) },
})

/** The border that the mouse holds goes where the mouse is. */
function dragTo(state: State, column: number, row: number): State {
  const { drag, layout, size } = state
  if (drag === undefined) return state
  const height = size.rows - 2
  const factor = layout.kind === 'sides' ? sideFactor : 1
  if (drag === 'left') return withShare(state, drag, column / size.columns)
  if (drag === 'packets') return withShare(state, drag, (row - 1) / height / factor)
  return withShare(state, drag, (size.rows - 1 - row) / height / factor)
}

/** Panes that Tab goes through. */
export const shownPanes = (state: State) => panes.filter(pane => arrangementOf(state).panes.has(pane))
