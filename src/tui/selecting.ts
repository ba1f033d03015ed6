import { nodeAt } from '../print/node-ranges.ts'
import { bufferOf, firstByte, fold, hasChildren, isOpen, reveal } from './folding.ts'
import type { State } from './state.ts'

/** Puts a node under the cursor and unfolds what hides it. `byte`: where in its buffer; default: where it starts. */
export function select(state: State, index: number, byte?: number): State {
  const { detail } = state
  const node = detail?.nodes[index]
  if (detail === undefined || node === undefined) return state
  return {
    ...state,
    selected: index,
    wanted: node.path,
    byte: byte ?? firstByte(detail, index),
    folding: reveal(detail, state.folding, index),
    tops: index === state.selected ? state.tops : { ...state.tops, explanation: 0 },
  }
}

/** Puts the cursor of the bytes pane on a byte, and selects the field that it belongs to. */
export function selectByte(state: State, byte: number): State {
  const { detail } = state
  if (detail === undefined) return state
  const index = nodeAt(detail.found, detail.nodes, bufferOf(detail, state.selected), byte)
  return index < 0 ? { ...state, byte } : select(state, index, byte)
}

/** Right unfolds, then goes inside; left folds, then goes to what is around. */
export function foldSideways(state: State, by: number): State {
  const { detail, folding, selected } = state
  const node = detail?.nodes[selected]
  if (detail === undefined || node === undefined) return state
  const foldable = hasChildren(detail, selected)
  const open = foldable && isOpen(folding, node.path)
  if (by > 0) {
    if (open) return select(state, selected + 1)
    return foldable ? { ...state, folding: fold(folding, [node.path], true) } : state
  }
  if (open) return { ...state, folding: fold(folding, [node.path], false) }
  return node.parent >= 0 ? select(state, node.parent) : state
}

/** Gives a pane the focus; one that is not shown comes back. */
export function focusOn(state: State, pane: State['focus']): State {
  const layout = pane === 'explanation' ? { ...state.layout, explanation: true } : state.layout
  return { ...state, focus: pane, layout }
}
