import type { Frame } from '../frame.ts'
import type { Window } from './window.ts'

/** Options of any block: comment; of packets: flags; the others of interfaces and their statistics (draft-ietf-opsawg-pcapng, section 3.5 and 4.3). */
export const option = {
  comment: 1,
  packetFlags: 2,
  interfaceName: 2,
  interfaceDescription: 3,
  resolution: 9,
  fcsLength: 13,
  timeOffset: 14,
  droppedByInterface: 5,
  droppedBySystem: 7,
} as const

/** A block may hold millions of one-byte comments; nobody reads them. */
const mostComments = 100

const utf8 = new TextDecoder()

/** The bytes that a decoder looks at, wherever they are. */
export type Bytes = Pick<Window, 'bytes' | 'view'>

/**
 * Calls `visit` for each option between `start` and `end`. The last one may lack opt_endofopt; an option that
 * claims more than is left ends the list, for the block's own length is sound.
 */
export function eachOption(
  held: Bytes,
  start: number,
  end: number,
  little: boolean,
  visit: (code: number, start: number, length: number) => void,
): void {
  let at = start
  while (at + 4 <= end) {
    const code = held.view.getUint16(at, little)
    const length = held.view.getUint16(at + 2, little)
    if (code === 0 || at + 4 + length > end) return
    visit(code, at + 4, length)
    at += 4 + padded(length)
  }
}

/** Blocks, options and packet data are padded to 32 bits. */
export const padded = (length: number): number => length + (-length & 3)

/** UTF-8 text; some writers end it with zeros. */
export function textAt(held: Bytes, start: number, length: number): string {
  let end = start + length
  while (end > start && held.bytes[end - 1] === 0) end--
  return utf8.decode(held.bytes.subarray(start, end))
}

/** The comments among the options of a block, the first hundred. */
export function commentsAt(held: Bytes, start: number, end: number, little: boolean): string[] {
  const comments: string[] = []
  eachOption(held, start, end, little, (code, at, length) => {
    if (code === option.comment && comments.length < mostComments) comments.push(textAt(held, at, length))
  })
  return comments
}

/** What the options of a packet block say of the frame: its comments, and a checksum other than its interface's. */
export function readPacketOptions(
  held: Bytes,
  start: number,
  end: number,
  little: boolean,
  frame: Frame,
): void {
  let commented = false
  eachOption(held, start, end, little, (code, at, length) => {
    if (code === option.comment) commented = true
    if (code !== option.packetFlags || length !== 4) return
    // Bits 5 to 8, 0 where the interface tells (section 4.3.1).
    const fcsBytes = (held.view.getUint32(at, little) >>> 5) & 15
    if (fcsBytes > 0) frame.fcsBytes = fcsBytes
  })
  if (commented) frame.comments = commentsAt(held, start, end, little)
}

/** What the options of an Interface Description Block say, or leave as it is by default. */
export function interfaceAt(held: Bytes, start: number, end: number, little: boolean) {
  const told = { name: '', description: '', fcsBytes: 0, resolution: 6, offset: 0 }
  eachOption(held, start, end, little, (code, at, length) => {
    if (code === option.interfaceName) told.name = textAt(held, at, length)
    else if (code === option.interfaceDescription) told.description = textAt(held, at, length)
    else if (code === option.fcsLength && length === 1) told.fcsBytes = held.view.getUint8(at)
    else if (code === option.resolution && length === 1) told.resolution = held.view.getUint8(at)
    else if (code === option.timeOffset && length === 8)
      told.offset = Number(held.view.getBigInt64(at, little))
  })
  return told
}

/** What an interface cannot count. */
const uncounted = 2n ** 64n - 1n

/** How many packets were lost, by the options of an Interface Statistics Block; undefined: they do not say. */
export function lostAt(held: Bytes, start: number, end: number, little: boolean): number | undefined {
  let lost: number | undefined
  eachOption(held, start, end, little, (code, at, length) => {
    if ((code !== option.droppedByInterface && code !== option.droppedBySystem) || length !== 8) return
    const count = held.view.getBigUint64(at, little)
    if (count !== uncounted) lost = (lost ?? 0) + Number(count)
  })
  return lost
}
