import { withHits } from './hits.ts'
import { addressText, type Column, cutTime, stackSpans } from './packet-columns.ts'
import type { PacketLine, Verdict } from './packet-line.ts'
import type { State } from './state.ts'
import { fit, type Ground, type Row, type Span } from './text.ts'

const timeTitles = {
  time: 'Time',
  date: 'Date and time',
  relative: 'Seconds',
  delta: 'Since last',
  epoch: 'Since 1970',
} as const
const rightAligned = new Set(['number', 'length'])

/** The titles of the columns. */
export function packetTitle(state: State, columns: readonly Column[]): Row {
  const cells = columns.flatMap(({ name, title, width }): Row => {
    const whole = name === 'time' ? timeTitles[state.time] : title
    const text = whole.length > width ? whole.split(' ')[0]! : whole
    const aligned = rightAligned.has(name) ? text.padStart(width) : text
    return [
      ...fit([{ text: aligned, role: state.focus === 'packets' ? 'title' : 'dim' }], width),
      { text: ' ' },
    ]
  })
  return [{ text: ' ' }, ...cells.slice(0, -2), { ...cells.at(-2)!, text: cells.at(-2)!.text.trimEnd() }]
}

/** One packet. `time`: what its time column says. */
export function packetRow(
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
  const cells = columns.flatMap((column): Row => {
    const cell = cellOf(state, line, time, column)
    return [...fit(current ? withHits(cell, state.find, 'info') : cell, column.width), { text: ' ' }]
  })
  const signs: Row = [
    { text: current ? '►' : ' ', role: 'key' },
    marked ? { text: '*', role: 'key' } : { text: ' ' },
  ]
  return fit([...signs, ...cells.slice(0, -1)], width, ground)
}

function cellOf(state: State, line: PacketLine, time: string, { name, width }: Column): Row {
  switch (name) {
    case 'number':
      return [{ text: String(line.number).padStart(width), role: 'dim' }]
    case 'time':
      return isReference(state, line)
        ? [{ text: 'T', role: 'key' }, { text: ' 0' }]
        : [{ text: cutTime(time, width) }]
    case 'device':
      return [{ text: line.device, role: 'info' }]
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

/** Times count from this packet: its own is always 0, and the key that made it one stands there too. */
const isReference = ({ time, references }: State, { number }: PacketLine): boolean =>
  time === 'relative' && references.includes(number)

/** Columns from which on verdicts are written out in the list; in narrower ones short words stand for them. */
const roomForWords = 22

/** What stands for verdicts where there is little room; the help says so too. */
export const shortVerdicts: Readonly<Record<Verdict, string>> = {
  truncated: 'cut',
  fragment: 'frag',
  malformed: 'bad',
  'bad checksum': 'sum',
}

/** A colour alone says nothing to who cannot see it. */
const verdictSpans = ({ verdicts }: PacketLine, width: number): Span[] =>
  verdicts.flatMap((verdict): Span[] => {
    const grave = verdict === 'malformed' || verdict === 'bad checksum'
    const text = width < roomForWords ? `${shortVerdicts[verdict]} ` : `${verdict} · `
    return [{ text, role: grave ? 'error' : 'warning' }]
  })
