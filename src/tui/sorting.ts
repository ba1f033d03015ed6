import type { Capture } from '../store/capture.ts'
import { type OrderOptions, orderOf, type PacketOrder, type Rank } from '../store/packet-order.ts'
import { CaptureFacts } from './capture-facts.ts'
import { fieldColumn } from './field-columns.ts'
import { type Listed, listedOf } from './listed.ts'
import { type PacketLine, packetLine } from './packet-line.ts'
import type { State } from './state.ts'

/** More packets are not sorted: what they are sorted by is kept for each. */
const mostSorted = 2_000_000
/** Characters of a text that count. */
const longestText = 100

const endsOf = (pair: PacketLine['outer']): string | undefined => pair && `${pair.source} ${pair.destination}`

/** What columns are sorted by that are known without the packet. */
const known: Readonly<Record<string, (capture: Capture, packet: number) => Rank>> = {
  number: (_, packet) => packet,
  time: (capture, packet) =>
    capture.seconds(packet) + capture.fraction(packet) / 10 ** capture.digits(packet),
  device: (capture, packet) => capture.interface(packet).name,
  length: (capture, packet) => capture.wireLength(packet),
}

/** What the other columns are sorted by that are always there. */
const columns: Readonly<Record<string, (line: PacketLine) => Rank>> = {
  layers: ({ stack }) => stack.join('/'),
  outer: ({ outer }) => endsOf(outer),
  inner: ({ inner }) => endsOf(inner),
  info: ({ info }) => info,
}

/** Columns that everybody has, for those who type. */
export const sortable: readonly string[] = [...Object.keys(known), ...Object.keys(columns)]

/** Columns as the list heads them. */
const heads: Readonly<Record<string, string>> = { no: 'number', len: 'length', says: 'info' }

/** The column or field that somebody typed, without what turns the order. */
function nameOf(by: string): string {
  const name = by.replace(/^-/, '')
  const small = name.toLowerCase()
  return heads[small] ?? (sortable.includes(small) ? small : name)
}

/** What is wrong with the name of a column to sort by; empty: nothing. */
export function sortProblem(by: string): string {
  const name = nameOf(by)
  if (name === '') return `sort: by which column? ${sortable.join(', ')}, or a field`
  if (sortable.includes(name)) return ''
  const column = fieldColumn(name)
  return typeof column === 'string' ? `sort: ${column}` : ''
}

/**
 * The listed packets sorted by a column, which has no problem; `-` in front of its name: from the end. Undefined: it was
 * stopped, or there are too many.
 * @throws {CaptureError} where a packet cannot be read any more
 */
export async function sortBy(
  capture: Capture,
  state: State,
  by: string,
  options: OrderOptions,
): Promise<PacketOrder | 'too many' | undefined> {
  const packets = numbersOf(listedOf({ ...state, sorted: undefined }))
  if (packets.length > mostSorted) return 'too many'
  return orderOf(packets, rankBy(capture, nameOf(by)), by.startsWith('-'), options)
}

const numbersOf = ({ first, end, at }: Listed): Uint32Array =>
  Uint32Array.from({ length: end - first }, (_, i) => at(first + i))

function rankBy(capture: Capture, name: string): (packet: number) => Rank {
  const own = known[name]
  if (own) return packet => own(capture, packet)
  const standing = columns[name]
  const column = standing ? undefined : fieldColumn(name)
  const field = typeof column === 'object' ? column : undefined
  const look = capture.looker(field?.depth ?? 'fields', field?.selection)
  const about = new CaptureFacts(capture)
  return packet => {
    const found = look(packet)
    about.number = packet
    if (standing) return cut(standing(packetLine(found)))
    return cut(field?.rank(found, about))
  }
}

const cut = (rank: Rank): Rank => (typeof rank === 'string' ? rank.slice(0, longestText) : rank)
