import { escapeControls } from '../../byte-writer.ts'
import { innerWidth } from '../geometry.ts'
import { arrangementOf, rowsOf } from '../layout.ts'
import { listedOf } from '../listed.ts'
import { columnsOf, timeText, wishesOf } from '../packet-columns.ts'
import { packetRow, packetTitle } from '../packet-rows.ts'
import type { State } from '../state.ts'
import type { View } from '../view.ts'
import { Pane } from './pane.tsx'

/** The list: a line a packet, with the layers that it is made of and the addresses of the outermost and innermost one. */
export function Packets({ state, lines, theme }: View) {
  const rect = arrangementOf(state).panes.get('packets')
  if (rect === undefined) return null
  lines.ask(state.columns)
  const listed = listedOf(state)
  const first = Math.max(state.tops.packets, listed.first)
  const shown = Array.from(
    { length: Math.max(0, Math.min(rowsOf(state, 'packets'), listed.end - first)) },
    (_, i) => lines.get(listed.at(first + i)),
  )
  const times = shown.map((line, i) =>
    timeText(line.time, state.time, lines.timeOf(countedFrom(state, line.number, first + i))),
  )
  lines.wishes = wishesOf(lines.wishes, shown, times, state.capture?.count)
  const columns = columnsOf(lines.wishes, innerWidth(rect) - 2, lines.columns, state.hidden)
  const rows = shown.map((line, i) => packetRow(state, line, times[i]!, columns, innerWidth(rect)))
  return (
    <Pane
      state={state}
      pane="packets"
      title={packetTitle(state, columns)}
      rows={rows.length > 0 ? rows : [[{ text: nothingOf(state), role: 'dim' }]]}
      theme={theme}
    />
  )
}

/** Why no packet is listed. */
function nothingOf({ capture, filter }: State): string {
  if (capture && filter && capture.count > 0)
    return filter.read < capture.count && !filter.stopped ? 'No packet matches so far.' : 'No packet matches.'
  if (capture?.complete) return 'There are no packets in this capture.'
  const captured = capture?.live?.filter
  return captured
    ? `No packets yet that the capture filter lets through: ${escapeControls(captured)}`
    : 'No packets yet.'
}

/** The packet that the time of another, in a row of the list, counts from; 0: none. */
function countedFrom(state: State, number: number, row: number): number {
  const { time, references } = state
  if (time === 'delta' && state.sorted) return number - 1
  if (time === 'delta') return row > listedOf(state).first ? listedOf(state).at(row - 1) : 0
  return references.findLast(reference => reference <= number) ?? 1
}
