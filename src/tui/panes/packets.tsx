import { innerWidth } from '../geometry.ts'
import { arrangementOf, rowsOf } from '../layout.ts'
import { columnsOf, timeText, wishesOf } from '../packet-columns.ts'
import { packetRow, packetTitle } from '../packet-rows.ts'
import type { State } from '../state.ts'
import type { View } from '../view.ts'
import { Pane } from './pane.tsx'

/** The list: a line a packet, with the layers that it is made of and the addresses of the outermost and innermost one. */
export function Packets({ state, lines, theme }: View) {
  const rect = arrangementOf(state).panes.get('packets')
  const count = state.capture?.count ?? 0
  if (rect === undefined) return null
  const first = state.tops.packets + 1
  const shown = Array.from(
    { length: Math.max(0, Math.min(rowsOf(state, 'packets'), count - first + 1)) },
    (_, i) => lines.get(first + i),
  )
  const times = shown.map(line =>
    timeText(line.time, state.time, lines.timeOf(countedFrom(state, line.number))),
  )
  lines.wishes = wishesOf(lines.wishes, shown, times)
  const columns = columnsOf(lines.wishes, innerWidth(rect) - 2)
  const rows = shown.map((line, i) => packetRow(state, line, times[i]!, columns, innerWidth(rect)))
  const nothing = state.capture?.complete ? 'There are no packets in this capture.' : 'No packets yet.'
  return (
    <Pane
      state={state}
      pane="packets"
      title={packetTitle(state, columns)}
      rows={count > 0 ? rows : [[{ text: nothing, role: 'dim' }]]}
      theme={theme}
    />
  )
}

/** The packet that the time of another counts from; 0: none. */
function countedFrom({ time, references }: State, number: number): number {
  if (time === 'delta') return number - 1
  return references.findLast(reference => reference <= number) ?? 1
}
