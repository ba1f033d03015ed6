import { ByteWriter } from '../byte-writer.ts'
import { Clock, type TimeStamp, timeBetween, writeEpoch } from '../print/clock.ts'
import type { Addresses, PacketLine } from './packet-line.ts'
import type { TimeMode } from './state.ts'
import { layerRole, type Row, type Span, textOf, width } from './text.ts'

export type ColumnName = 'number' | 'time' | 'stack' | 'outer' | 'inner' | 'length' | 'info'
export type Column = { readonly name: ColumnName; readonly title: string; readonly width: number }

/** Widths that the columns would like to have, for the rows that have been seen so far. */
export type Wishes = Readonly<Record<Exclude<ColumnName, 'info'>, number>>
export const noWishes: Wishes = { number: 3, time: 4, stack: 5, outer: 5, inner: 0, length: 3 }

const titles: Readonly<Record<ColumnName, string>> = {
  number: 'No',
  time: 'Time',
  stack: 'Layers',
  outer: 'Outer addresses',
  inner: 'Inner addresses',
  length: 'Len',
  info: 'What it says',
}

/** What a column needs to say anything. */
const least: Readonly<Record<ColumnName, number>> = {
  number: 3,
  time: 12,
  stack: 12,
  outer: 15,
  inner: 15,
  length: 4,
  info: 12,
}
const order: readonly ColumnName[] = ['number', 'time', 'stack', 'outer', 'inner', 'length', 'info']
/** Who gets how many columns, one after the other, while there are some left. */
const turns: readonly (readonly [name: ColumnName, columns: number])[] = [
  ['number', 9],
  ['length', 6],
  ['stack', 18],
  ['info', 26],
  ['inner', 27],
  ['outer', 27],
  ['time', 15],
  ['stack', 24],
  ['info', 34],
  ['inner', 46],
  ['outer', 46],
  ['time', 29],
  ['stack', 60],
]

/** What rows wish, together with what others did: columns only grow, or they would jump about while one scrolls. */
export function wishesOf(wishes: Wishes, lines: readonly PacketLine[], times: readonly string[]): Wishes {
  let { number, time, stack, outer, inner, length } = wishes
  for (const line of lines) {
    number = Math.max(number, String(line.number).length)
    stack = Math.max(stack, line.stack.join('/').length)
    outer = Math.max(outer, line.outer ? full(line.outer).length : 0)
    inner = Math.max(inner, line.inner ? full(line.inner).length : 0)
    length = Math.max(length, String(line.length).length)
  }
  for (const text of times) time = Math.max(time, text.length)
  const same = [number, time, stack, outer, inner, length].every(
    (n, i) => n === wishes[order[i] as keyof Wishes],
  )
  return same ? wishes : { number, time, stack, outer, inner, length }
}

/** Shares the width of the list, one blank between two columns. Nothing in a tunnel: no column for inner addresses. */
export function columnsOf(wishes: Wishes, available: number, mode: TimeMode): readonly Column[] {
  const names = order.filter(name => name !== 'inner' || wishes.inner > 0)
  const given = new Map<ColumnName, number>()
  const wish = (name: ColumnName) => (name === 'info' ? available : wishes[name])
  const needed = (name: ColumnName) => (name === 'time' && mode === 'date' ? 19 : least[name])
  for (const name of names) given.set(name, Math.min(wish(name), needed(name)))
  const used = () => [...given.values()].reduce((sum, n) => sum + n + 1, -1)
  for (const [name, columns] of turns) {
    const now = given.get(name)
    if (now === undefined) continue
    const more = Math.min(wish(name), columns) - now
    given.set(name, now + Math.max(0, Math.min(more, available - used())))
  }
  given.set('info', Math.max(0, given.get('info')! + available - used()))
  const titleOf = (name: ColumnName) => (name === 'outer' && wishes.inner === 0 ? 'Addresses' : titles[name])
  return names.map(name => ({ name, title: titleOf(name), width: given.get(name)! }))
}

const full = ({ source, destination }: Addresses): string => `${source} → ${destination}`

/** Both addresses in as many columns as there are: the second one without what it has in common with the first, if need be. */
export function addressText(addresses: Addresses, columns: number): string {
  const { source, destination } = addresses
  const forms = [full(addresses), `${source}→${destination}`, `${source}→${short(source, destination)}`]
  const fitting = forms.find(form => form.length <= columns)
  if (fitting !== undefined) return fitting
  const half = Math.floor((columns - 1) / 2)
  return `${middleOut(source, half)}→${middleOut(short(source, destination), columns - 1 - Math.min(half, source.length))}`
}

/** The end of an address that begins as another one does, from the mark before on: `.2`, `::2`. */
function short(first: string, second: string): string {
  const mark = first.includes(':') ? ':' : '.'
  let common = 0
  for (let i = 0; i < Math.min(first.length, second.length) && first[i] === second[i]; i++)
    if (first[i] === mark && second[i - 1] !== mark) common = i
  return second.slice(common)
}

/** Keeps both ends: an address is known by its first and last digits. */
const middleOut = (text: string, columns: number): string => {
  if (text.length <= columns) return text
  if (columns < 3) return text.slice(0, Math.max(0, columns))
  const tail = Math.floor((columns - 1) / 2)
  return `${text.slice(0, columns - 1 - tail)}…${text.slice(text.length - tail)}`
}

/** Protocol ids in the colours of their layers; where there is no room for all, those in the middle are left out. */
export function stackSpans(stack: readonly string[], columns: number): Row {
  const parts = stack.map((text, layer): Span => ({ text, role: layerRole(layer) }))
  for (let kept = parts.length; kept > 0; kept--) {
    const gap: Span[] = kept < parts.length ? [{ text: '…', role: 'dim' }] : []
    // The innermost layers say the most, the outermost one says where it begins.
    for (const head of [Math.floor(kept / 2), 0]) {
      const shown = [...parts.slice(0, head), ...gap, ...parts.slice(parts.length - kept + head)]
      const row = shown.flatMap((part, i): Span[] => (i > 0 ? [{ text: '/', role: 'dim' }, part] : [part]))
      if (width(textOf(row)) <= columns) return row
    }
  }
  return parts.slice(-1)
}

const clocks = { time: new Clock('local'), date: new Clock('date') }
const writer = new ByteWriter(64)

/** The time column. `from`: what relative times and differences count from. */
export function timeText(at: TimeStamp, mode: TimeMode, from: TimeStamp | undefined): string {
  if (Number.isNaN(at.seconds)) return 'no time'
  writer.clear()
  if (mode === 'epoch') return writeEpoch(writer, at).toString()
  if (mode === 'time' || mode === 'date') {
    clocks[mode].write(writer, at)
    return writer.toString().trimEnd()
  }
  if (from === undefined || Number.isNaN(from.seconds)) return '0'
  const { negative, seconds, fraction, digits } = timeBetween(from, at)
  const sign = negative ? '-' : ''
  return digits === 0 ? `${sign}${seconds}` : `${sign}${seconds}.${String(fraction).padStart(digits, '0')}`
}

/** A time in a column that is too narrow for all its digits: the last ones go, never the first. */
export const cutTime = (text: string, columns: number): string =>
  text.length > columns ? text.slice(0, columns).replace(/\.$/, '') : text
