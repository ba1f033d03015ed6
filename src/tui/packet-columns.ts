import { ByteWriter } from '../byte-writer.ts'
import { Clock, type TimeStamp, timeBetween, writeEpoch } from '../print/clock.ts'
import type { FieldColumn } from './field-columns.ts'
import { formsOf } from './packet-addresses.ts'
import { type Addresses, type PacketLine, shortVerdicts } from './packet-line.ts'
import type { TimeMode } from './state.ts'
import { layerRole, type Row, type Span, textOf, width } from './text.ts'

export type ColumnName = 'number' | 'time' | 'device' | 'stack' | 'outer' | 'inner' | 'length' | 'info'
export type Column = {
  readonly name: Slot
  readonly title: string
  readonly width: number
  /** Of numbers: their last digits stand below each other. */
  readonly right?: boolean
}

/** A column for a field that somebody asked for is `field-` and its place among them. */
type Slot = ColumnName | `field-${number}`

/** What a column needs to be understood, to say everything without blanks in it, and to say it well. */
type Wish = { readonly short: number; readonly tight: number; readonly full: number }
/** What the rows that have been seen so far wish for. */
export type Wishes = Readonly<Record<ColumnName | 'seconds', Wish>> & {
  readonly fields: readonly Wish[]
}
/** What the information needs to say anything, and has before others say all they have. */
const leastInfo = 12
const mostInfo = 34
const from = (short: number, full: number): Wish => ({ short, tight: full, full })
const same = (columns: number): Wish => from(columns, columns)
export const noWishes: Wishes = {
  number: same(2),
  time: same(4),
  /** The time where a second is as much as there is room for. */
  seconds: same(4),
  device: same(0),
  stack: same(6),
  outer: same(9),
  inner: same(0),
  length: same(3),
  info: from(leastInfo, leastInfo),
  fields: [],
}

/** All but what a packet says, which has the room that is left. */
export const optional = ['number', 'time', 'device', 'stack', 'outer', 'inner', 'length'] as const
export type OptionalColumn = (typeof optional)[number]

/** What commands call a column. */
export const spokenName = (column: OptionalColumn): string => (column === 'stack' ? 'layers' : column)

export const titles: Readonly<Record<ColumnName, string>> = {
  number: 'No',
  time: 'Time',
  device: 'On',
  stack: 'Layers',
  outer: 'Outer addresses',
  inner: 'Inner addresses',
  length: 'Len',
  info: 'What it says',
}

const order: readonly ColumnName[] = [...optional, 'info']
/** What a stack of protocols needs to say anything, and to say it as a rule. */
const leastStack = 12
const usualStack = 18
/** To the millisecond, and a date to the second. */
const shortTime = 12
const shortDate = 19
/** Columns up to which one pair of addresses has to do, and time without fractions of a second. */
const little = 66
/** Addresses that take more are always shortened. */
const longestAddresses = 40

/** What cut ones have. */
const cutAddresses = 15

/** Columns of a field, where there is little room and at most. */
const shortField = 10
const longestField = 40

/** Who gets how many columns, one after the other, while there are some left; `tight` and `full` are all or nothing. */
const turns: readonly (readonly [name: ColumnName, columns: number | 'tight' | 'full'])[] = [
  ['stack', usualStack],
  ['device', 8],
  ['info', 26],
  ['inner', 'tight'],
  ['outer', 'tight'],
  ['info', mostInfo],
  ['inner', 'full'],
  ['outer', 'full'],
  ['time', 'full'],
  ['stack', 60],
]

/**
 * What rows wish, together with what others did: columns only grow, or they would jump about while one scrolls. `last`: the
 * highest number that can come.
 */
export function wishesOf(
  wishes: Wishes,
  lines: readonly PacketLine[],
  times: readonly string[],
  last = 0,
): Wishes {
  let { number, time, seconds, device, stack, outer, inner, length, info } = wishes
  let { fields } = wishes
  number = larger(number, same(String(last).length))
  for (const line of lines) {
    if (line.device) device = larger(device, from(Math.min(line.device.length, 5), line.device.length))
    const layers = line.stack.join('/').length
    number = larger(number, same(String(line.number).length))
    stack = larger(stack, from(Math.min(layers, leastStack), layers))
    if (line.outer) outer = larger(outer, addressWish(line.outer))
    if (line.inner) inner = larger(inner, addressWish(line.inner))
    length = larger(length, same(String(line.length).length))
    info = larger(info, from(leastInfo, shortInfo(line)))
    fields = line.fields.map((text, i) => larger(fields[i] ?? same(1), fieldWish(text)))
  }
  for (const text of times) {
    const short = Math.min(text.length, /^\d{4}-/.test(text) ? shortDate : shortTime)
    time = larger(time, from(short, text.length))
    seconds = larger(seconds, same(isClock.test(text) ? text.replace(/\..*/, '').length : short))
  }
  return { number, time, seconds, device, stack, outer, inner, length, info, fields }
}

/** A time of day: of a difference the fraction may be all there is. */
const isClock = /\d:\d\d/

/** Columns that verdicts in short words take with what the packet says. */
const shortInfo = ({ verdicts, info }: PacketLine): number =>
  verdicts.reduce((sum, verdict) => sum + shortVerdicts[verdict].length + 1, width(info))

const larger = (a: Wish, b: Wish): Wish =>
  b.short <= a.short && b.tight <= a.tight && b.full <= a.full
    ? a
    : {
        short: Math.max(a.short, b.short),
        tight: Math.max(a.tight, b.tight),
        full: Math.max(a.full, b.full),
      }

const fieldWish = (text: string): Wish =>
  from(Math.min(text.length, shortField), Math.min(text.length, longestField))

function addressWish(addresses: Addresses): Wish {
  const [full, ...others] = formsOf(addresses).map(form => form.length)
  const short = Math.min(others.at(-1)!, longestAddresses)
  const longest = (forms: readonly number[]) =>
    Math.max(short, ...forms.filter(length => length <= longestAddresses))
  return { short, tight: longest(others), full: longest([full!, ...others]) }
}

/**
 * Shares the width of the list, one blank between two columns. Nothing in a tunnel: no column for inner addresses. Little
 * room: those alone, with the outer ones of packets that have no others. `hidden`: columns that nobody wants.
 */
export function columnsOf(
  wanted: Wishes,
  available: number,
  fields: readonly FieldColumn[] = [],
  hidden: readonly ColumnName[] = [],
): readonly Column[] {
  const shown = order.filter(name => !hidden.includes(name))
  if (available > little) return shared(wanted, available, shown, fields)
  const wishes = { ...wanted, time: wanted.seconds }
  if (wishes.inner.full === 0 || hidden.includes('inner')) return shared(wishes, available, shown, fields)
  const one = { ...wishes, inner: larger(wishes.inner, wishes.outer) }
  const others = shown.filter(name => name !== 'outer')
  return shared(one, available, others, fields)
}

function shared(
  wishes: Wishes,
  available: number,
  possible: readonly ColumnName[],
  fields: readonly FieldColumn[],
): readonly Column[] {
  const isThere = (name: ColumnName) => (name !== 'inner' && name !== 'device') || wish(name).full > 0
  const wish = (name: Slot): Wish =>
    isField(name) ? titled(wishes.fields[placeOf(name)], fields[placeOf(name)]!) : wishes[name]
  const own = fields.map((_, i): Slot => `field-${i}`)
  // Before the length, which the information follows.
  const names: readonly Slot[] = possible
    .filter(isThere)
    .flatMap(name => (name === 'length' ? [...own, name] : [name]))
  const given = new Map(names.map(name => [name, wish(name).short]))
  const left = () => available - [...given.values()].reduce((sum, n) => sum + n + 1, -1)
  const all = [...turns.slice(0, 2), ...own.map(name => [name, longestField] as const), ...turns.slice(2)]
  const give = (name: Slot, columns: number | 'tight' | 'full'): void => {
    const now = given.get(name)
    if (now === undefined) return
    const wanted = typeof columns === 'number' ? Math.min(wish(name).full, columns) : wish(name)[columns]
    const more = wanted - now
    if (more > 0 && (typeof columns === 'number' || more <= left()))
      given.set(name, now + Math.max(0, Math.min(more, left())))
  }
  for (const [name, columns] of all) give(name, columns)
  shrink(given, left, own)
  // Addresses that are cut anyway leave a column or two.
  give('stack', usualStack)
  given.set('info', Math.max(0, given.get('info')! + left()))
  const isPair = (name: Slot) => name === 'outer' || name === 'inner'
  const isOnly = names.filter(isPair).length === 1
  return names.map(name => {
    const width = given.get(name)!
    if (!isField(name)) return { name, title: isOnly && isPair(name) ? 'Addresses' : titles[name], width }
    const field = fields[placeOf(name)]!
    return { name, title: endOf(field.name, width), width, right: field.isNumber }
  })
}

export const isField = (name: Slot): name is `field-${number}` => name.startsWith('field-')

/** The place of a field among those that somebody asked for. */
export const placeOf = (name: `field-${number}`): number => Number(name.slice('field-'.length))

/** Values, and the last part of the name above them. */
const titled = ({ short, full }: Wish = same(1), { name }: FieldColumn): Wish =>
  from(
    Math.max(short, Math.min(lastPart(name).length, shortField)),
    Math.max(full, Math.min(name.length, longestField)),
  )

const lastPart = (name: string): string => name.slice(name.lastIndexOf('.') + 1)

/** The end of a name says the most: `ispi` of `isakmp.ispi`. */
const endOf = (name: string, columns: number): string => {
  const parts = name.split('.').map((_, i, all) => all.slice(i).join('.'))
  return parts.find(part => part.length <= columns) ?? lastPart(name).slice(0, columns)
}

/** Where even the least is too much, addresses give way, the outer ones first, then the stack. Cut, `fd3…::1→::2` has to do. */
function shrink(given: Map<Slot, number>, left: () => number, fields: readonly Slot[]): void {
  const steps = [
    ['outer', cutAddresses],
    ['inner', cutAddresses],
    ['stack', 6],
    ['outer', 7],
    ['inner', 7],
    ...fields.map(name => [name, 4] as const),
  ] as const
  for (const [name, least] of steps) {
    const now = given.get(name)
    if (now === undefined || left() >= 0) continue
    given.set(
      name,
      least === cutAddresses ? Math.min(now, least) : Math.max(Math.min(now, least), now + left()),
    )
  }
}

/**
 * Protocol ids in the colours of their layers. Where there is no room for all, the innermost ones say the most; beside them
 * stand the outermost ones, but for the `links` layers of the link, which nearly every packet has.
 */
export function stackSpans(stack: readonly string[], columns: number, links = 0): Row {
  const parts = stack.map((text, layer): Span => ({ text, role: layerRole(layer) }))
  for (let kept = parts.length; kept > 0; kept--) {
    const gap: Span[] = kept < parts.length ? [{ text: '…', role: 'dim' }] : []
    const half = Math.floor(kept / 2)
    for (const head of links > 0 ? [0, half] : [half, 0]) {
      const shown = [...parts.slice(0, head), ...gap, ...parts.slice(parts.length - kept + head)]
      const row = shown.flatMap((part, i): Row => (i > 0 ? [{ text: '/', role: 'dim' }, part] : [part]))
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
