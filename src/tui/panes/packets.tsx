import { innerWidth } from '../geometry.ts'
import { arrangementOf, rowsOf } from '../layout.ts'
import {
  addressText,
  type Column,
  columnsOf,
  cutTime,
  stackSpans,
  timeText,
  wishesOf,
} from '../packet-columns.ts'
import type { PacketLine } from '../packet-line.ts'
import type { State } from '../state.ts'
import { fit, type Ground, type Row, type Span } from '../text.ts'
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
  const columns = columnsOf(lines.wishes, innerWidth(rect) - 2, state.time)
  const rows = shown.map((line, i) => packetRow(state, line, times[i]!, columns, rect.width))
  const empty: Row[] = [
    [
      {
        text: state.capture?.complete ? 'There are no packets in this capture.' : 'No packets yet.',
        role: 'dim',
      },
    ],
  ]
  return (
    <Pane
      state={state}
      pane="packets"
      title={titleOf(state, columns)}
      rows={count > 0 ? rows : empty}
      theme={theme}
    />
  )
}

/** The packet that the time of another counts from; 0: none. */
function countedFrom({ time, references }: State, number: number): number {
  if (time === 'delta') return number - 1
  return references.findLast(reference => reference <= number) ?? 1
}

const timeTitles = {
  time: 'Time',
  date: 'Date and time',
  relative: 'Seconds',
  delta: 'Since last',
  epoch: 'Since 1970',
} as const
const rightAligned = new Set(['number', 'length'])

function titleOf(state: State, columns: readonly Column[]): Row {
  const cells = columns.flatMap(({ name, title, width }): Row => {
    const text = name === 'time' ? timeTitles[state.time] : title
    const aligned = rightAligned.has(name) ? text.padStart(width) : text
    return [
      ...fit([{ text: aligned, role: state.focus === 'packets' ? 'title' : 'dim' }], width),
      { text: ' ' },
    ]
  })
  return [{ text: ' ' }, ...cells.slice(0, -2), { ...cells.at(-2)!, text: cells.at(-2)!.text.trimEnd() }]
}

function packetRow(
  state: State,
  line: PacketLine,
  time: string,
  columns: readonly Column[],
  width: number,
): Row {
  const current = line.number === state.packet
  const marked = state.marked.has(line.number)
  const ground: Ground = current
    ? state.focus === 'packets'
      ? 'cursor'
      : 'cursor-idle'
    : marked
      ? 'marked'
      : 'none'
  const cells = columns.flatMap(
    (column): Row => [...fit(cellOf(state, line, time, column), column.width), { text: ' ' }],
  )
  const signs: Row = [
    { text: current ? '►' : ' ', role: 'key' },
    { text: marked ? '*' : ' ', role: 'match' },
  ]
  return fit([...signs, ...cells], width, ground)
}

function cellOf(state: State, line: PacketLine, time: string, { name, width }: Column): Row {
  switch (name) {
    case 'number':
      return [{ text: String(line.number).padStart(width), role: 'dim' }]
    case 'time':
      return [
        { text: cutTime(time, width), role: state.references.includes(line.number) ? 'match' : 'plain' },
      ]
    case 'stack':
      return stackSpans(line.stack, width)
    case 'outer':
      return line.outer ? [{ text: addressText(line.outer, width) }] : []
    case 'inner':
      return line.inner ? [{ text: addressText(line.inner, width), role: 'title' }] : []
    case 'length':
      return [{ text: String(line.length).padStart(width), role: 'dim' }]
    case 'info':
      return [...verdictSpans(line, width), { text: line.info }]
  }
}

/** Columns from which on verdicts are words in the list; in narrower ones a sign stands for them. */
const roomForWords = 22

/** A colour alone says nothing to who cannot see it. */
const verdictSpans = ({ verdicts }: PacketLine, width: number): Span[] =>
  verdicts.flatMap((verdict): Span[] => {
    const grave = verdict === 'malformed' || verdict === 'bad checksum'
    const text = width < roomForWords ? (grave ? '✗ ' : '! ') : `${verdict} · `
    return [{ text, role: grave ? 'error' : 'warning' }]
  })
