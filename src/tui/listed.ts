import type { PacketNumbers } from '../store/packet-numbers.ts'
import type { PacketOrder } from '../store/packet-order.ts'
import { remembered } from './layout.ts'
import type { State } from './state.ts'

/** A display filter, and what it has found. */
export type FilterView = {
  /** In our own language. */
  readonly text: string
  /** The packets that match among those up to `read`. */
  readonly packets: PacketNumbers
  readonly read: number
  /** It was stopped there. */
  readonly stopped: boolean
}

/** The order of the list, where it is not that of the capture. */
export type SortedView = {
  /** The name of a column, with a minus in front where it is the other way round. */
  readonly by: string
  readonly order: PacketOrder
}

/** The packets of the list, a row each. */
export type Listed = PacketNumbers & {
  /** The row of a packet; -1: it is not listed. */
  rowOf(packet: number): number
}

/** Which packets are listed: all of the capture, those that match the filter, and in which order. */
export const listedOf: (state: State) => Listed = remembered(
  ({ capture, filter, sorted }: State) =>
    [capture?.first ?? 1, capture?.count ?? 0, filter?.packets, sorted?.order] as const,
  (first, count, matching, order) => {
    const listed = matching ? among(matching, first, count) : consecutive(first, count)
    return order ? inOrder(order, listed) : listed
  },
)

/** All packets from one to another: the row of a packet is its number less one. */
export function consecutive(from: number, count: number): Listed {
  const first = Math.min(from - 1, count)
  return {
    first,
    end: count,
    at: row => row + 1,
    rowFrom: packet => Math.max(first, Math.min(packet - 1, count)),
    rowOf: packet => (packet > first && packet <= count ? packet - 1 : -1),
  }
}

/** Those of some packets that are shown: a view that is paused knows of no later ones. */
function among(packets: PacketNumbers, from: number, count: number): Listed {
  const [first, end] = [packets.rowFrom(from), packets.rowFrom(count + 1)]
  const rowFrom = (packet: number) => Math.max(first, Math.min(packets.rowFrom(packet), end))
  return {
    first,
    end,
    at: row => packets.at(row),
    rowFrom,
    rowOf: packet => {
      const row = rowFrom(packet)
      return row < end && packets.at(row) === packet ? row : -1
    },
  }
}

/** Sorted packets, and behind them those that have come since. */
function inOrder(order: PacketOrder, listed: Listed): Listed {
  const since = listed.rowFrom(order.last + 1)
  const rowOf = (packet: number) => {
    const row = packet > order.last ? listed.rowOf(packet) : -1
    return row < 0 ? order.rowOf(packet) : order.length + row - since
  }
  return {
    first: 0,
    end: order.length + listed.end - since,
    at: row => (row < order.length ? order.at(row) : listed.at(since + row - order.length)),
    rowFrom: packet => Math.max(0, rowOf(packet)),
    rowOf,
  }
}

/** The packet so many rows further on, as far as there are any; one that is not listed lies between two rows. */
export function packetBy(state: State, by: number): number {
  const listed = listedOf(state)
  const row = listed.rowOf(state.packet)
  const from = row < 0 ? listed.rowFrom(state.packet) - (by > 0 ? 1 : 0) : row
  return packetIn(state, from + by)
}

/** The packet of a row, or of the nearest one that there is; where there is none, the selected packet. */
export function packetIn(state: State, row: number): number {
  const { first, end, at } = listedOf(state)
  return end > first ? at(Math.max(first, Math.min(row, end - 1))) : state.packet
}

export const firstPacket = (state: State): number => packetIn(state, Number.NEGATIVE_INFINITY)
export const lastPacket = (state: State): number => packetIn(state, Number.POSITIVE_INFINITY)

/** It is known of a packet that it is not listed. */
export function isHidden(state: State, packet: number): boolean {
  const { filter } = state
  return filter !== undefined && packet <= filter.read && listedOf(state).rowOf(packet) < 0
}

/** The listed packet that is nearest to one that is not; of two that are as near, the later one. */
export function nearest(state: State, packet: number): number {
  const row = listedOf(state).rowFrom(packet)
  const [before, after] = [packetIn(state, row - 1), packetIn(state, row)]
  return packet - before < Math.abs(after - packet) ? before : after
}
