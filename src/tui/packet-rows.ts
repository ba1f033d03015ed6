import { withHits } from './hits.ts'
import { addressText } from './packet-addresses.ts'
import { type Column, type ColumnName, cutTime, isField, placeOf, stackSpans } from './packet-columns.ts'
import { type PacketLine, shortVerdicts } from './packet-line.ts'
import type { State } from './state.ts'
import { fit, type Ground, type Row, type Span, width } from './text.ts'

const timeTitles = {
  time: 'Time',
  date: 'Date and time',
  relative: 'Seconds',
  delta: 'Since last',
  epoch: 'Since 1970',
} as const
const shortTitles: Readonly<Partial<Record<ColumnName, string>>> = { info: 'Says' }

/** Numbers: their last digits stand below each other. */
const isNumber = (state: State, name: Column['name']): boolean =>
  name === 'number' || name === 'length' || (name === 'time' && !['time', 'date'].includes(state.time))

/** The titles of the columns. */
export function packetTitle(state: State, columns: readonly Column[]): Row {
  const cells = columns.flatMap(({ name, title, width, right }): Row => {
    const whole = name === 'time' ? timeTitles[state.time] : title
    // A blank stands behind the last title.
    const room = name === 'info' ? width - 1 : width
    const text = whole.length <= room ? whole : (shortTitles[name as ColumnName] ?? whole.split(' ')[0]!)
    const aligned = right || isNumber(state, name) ? text.padStart(width) : text
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
  const isAlone = columns.every(({ name }) => name !== 'outer')
  const cells = columns.flatMap((column): Row => {
    const cell =
      column.name === 'inner' && isAlone ? innermost(line, column.width) : cellOf(state, line, time, column)
    return [...fit(current ? withHits(cell, state.find, 'info') : cell, column.width), { text: ' ' }]
  })
  const signs: Row = [
    { text: current ? '►' : ' ', role: 'key' },
    marked ? { text: '*', role: 'key' } : { text: ' ' },
  ]
  return fit([...signs, ...cells.slice(0, -1)], width, ground)
}

function cellOf(state: State, line: PacketLine, time: string, { name, width, right }: Column): Row {
  if (isField(name)) {
    const text = line.fields[placeOf(name)] ?? ''
    return [{ text: right ? text.padStart(width) : text, role: 'value' }]
  }
  switch (name) {
    case 'number':
      return [{ text: String(line.number).padStart(width), role: 'dim' }]
    case 'time':
      return isReference(state, line)
        ? [{ text: 'T', role: 'key' }, { text: '0'.padStart(width - 1) }]
        : [{ text: isNumber(state, name) ? cutTime(time, width).padStart(width) : cutTime(time, width) }]
    case 'device':
      return [{ text: line.device, role: 'info' }]
    case 'stack':
      return stackSpans(line.stack, width, line.links)
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

/** One column for both pairs of addresses: those that matter most. */
const innermost = ({ inner, outer }: PacketLine, columns: number): Row => {
  const pair = inner ?? outer
  return pair ? [{ text: addressText(pair, columns), role: inner ? 'title' : 'plain' }] : []
}

/** Times count from this packet: its own is always 0, and the key that made it one stands there too. */
const isReference = ({ time, references }: State, { number }: PacketLine): boolean =>
  time === 'relative' && references.includes(number)

/** A colour alone says nothing to who cannot see it. */
function verdictSpans({ verdicts, info }: PacketLine, columns: number): Span[] {
  const words = verdicts.map(verdict => `${verdict} · `)
  const fits = words.join('').length + width(info) <= columns
  return verdicts.map((verdict, i) => ({
    text: fits ? words[i]! : `${shortVerdicts[verdict]} `,
    role: verdict === 'malformed' || verdict === 'bad checksum' ? 'error' : 'warning',
  }))
}
