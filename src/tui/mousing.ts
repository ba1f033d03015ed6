import type { Action } from './actions.ts'
import { byteGeometry } from './byte-rows.ts'
import { visibleNodes } from './folding.ts'
import { byteLayout, inset } from './geometry.ts'
import { contextOf, overOf } from './keymap.ts'
import { lineAt, overPlace } from './ladder-moving.ts'
import { borderAt, paneAt } from './layout.ts'
import { listedOf } from './listed.ts'
import type { MouseEvent } from './mouse.ts'
import { startEntryAt } from './start-rows.ts'
import type { State } from './state.ts'

/** Lines that one notch of the wheel scrolls. */
const notch = 3

/** What the mouse asks for in this state. */
export function mouseActions(state: State, event: MouseEvent): readonly Action[] {
  const { action, column, row } = event
  if (action === 'release') return state.drag ? [{ type: 'drag', border: undefined }] : []
  const wheel = action === 'wheel-down' ? notch : action === 'wheel-up' ? -notch : 0
  const context = contextOf(state)
  if (context === 'help') return wheel ? [{ type: 'move', by: wheel }] : []
  if (context === 'start') return wheel ? [{ type: 'move', by: Math.sign(wheel) }] : offered(state, event)
  if (context === 'prompt' || context === 'question') return []
  if (overOf(state)) return wheel ? [{ type: 'scroll-over', by: wheel }] : overClicked(state, event)
  if (action === 'drag') return state.drag ? [{ type: 'drag-to', column, row }] : []
  const at = paneAt(state, column, row)
  if (at === undefined) return []
  if (wheel) return [{ type: 'scroll', pane: at.pane, by: wheel }]
  if (event.button !== 'left') return []
  const focus: Action = { type: 'focus', pane: at.pane }
  const border = borderAt(state, column, row)
  if (border) return [focus, { type: 'drag', border }]
  return at.row < 0
    ? [focus]
    : [focus, ...clicked(state, at.pane, column - at.rect.left - inset(at.rect), at.row)]
}

/** A click on the start page: the entry that the cursor is on already is opened. */
function offered(state: State, { action, button, row }: MouseEvent): readonly Action[] {
  const index = action === 'press' && button === 'left' ? startEntryAt(state, row) : -1
  if (index < 0) return []
  return index === state.start.cursor ? [{ type: 'open-entry' }] : [{ type: 'entry', index }]
}

/** A click on what lies over the panes: on the line of the cursor, a negotiation is opened and a setting changed. */
function overClicked(state: State, { action, button, row }: MouseEvent): readonly Action[] {
  const index = action === 'press' && button === 'left' ? lineAt(state, row) : -1
  if (index < 0) return []
  const isAgain = index === overPlace(state)?.cursor
  if (isAgain && overOf(state) === 'settings') return [{ type: 'turn-setting', by: 1 }]
  return [isAgain && overOf(state) === 'negotiations' ? { type: 'enter' } : { type: 'line', index }]
}

/** A click on a row of a pane; columns count from its text. */
function clicked(state: State, pane: State['focus'], column: number, row: number): readonly Action[] {
  const { detail, tops } = state
  if (pane === 'packets') {
    const at = tops.packets + row
    return at < listedOf(state).end ? [{ type: 'row', row: at }] : []
  }
  if (detail === undefined) return []
  if (pane === 'tree') {
    const node = visibleNodes(detail, state.folding)[tops.tree + row]
    if (node === undefined) return []
    return node === state.selected && state.focus === 'tree'
      ? [{ type: 'fold', how: 'toggle' }]
      : [{ type: 'select', node }]
  }
  if (pane === 'bytes') {
    const byte = byteGeometry(byteLayout(state)).offsetAt(column, row)
    return byte === undefined ? [] : [{ type: 'select-byte', byte }]
  }
  return []
}
