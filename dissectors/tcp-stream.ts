import { hexText } from '../src/addresses.ts'
import type { Next, Protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import type { Place } from '../src/dissect/stream.ts'
import { longestMessage } from '../src/dissect/streams.ts'

/** What a header says of its stream. `acknowledged`: the other side has everything before this number; -1: it does not say. */
export type Numbers = {
  readonly source: number
  readonly destination: number
  readonly sequence: number
  readonly acknowledged: number
  readonly opens: boolean
}

/** The messages in a segment of a protocol that has some, together with those that the session kept of earlier segments. */
export function walkStream(r: Reader, of: Protocol, numbers: Numbers): Next {
  const { session } = r
  // Who quotes a packet can put anything into it, and a first fragment is not all of its segment.
  if (session === undefined || r.excerpted) return r.messages(of, false)
  const { streams } = session
  const { source, destination, acknowledged } = numbers
  const first = numbers.opens ? numbers.sequence + 1 : numbers.sequence
  if (acknowledged >= 0 && streams.waits)
    streams.acknowledged(keyOf(r, destination, source, true), acknowledged)
  if (!numbers.opens && r.left === 0) return r.carry(undefined)
  const key = keyOf(r, source, destination, false)
  if (numbers.opens) streams.open(r, key, first)
  if (r.left === 0) return r.carry(undefined)
  return walkPlace(r, of, streams.take(r, of, key, first), segments)
}

/** What messages are put together of, in words, and the buffer that they are put into. */
export type Pieces = {
  readonly unit: 'packets' | 'messages'
  readonly name: string
  readonly label: string
}

const segments: Pieces = { unit: 'packets', name: 'reassembled-tcp', label: 'Reassembled TCP segments' }

/** Goes on with the messages that a stream has for what the reader has left. */
export function walkPlace(r: Reader, of: Protocol, place: Place, pieces: Pieces): Next {
  if (r.noting) notePlace(r, of, place, pieces)
  if (place.kind === 'data') return r.carry(undefined)
  if (place.bytes === undefined) return r.messages(of, true)
  const { name, label } = pieces
  return r.messages(of, true, { name, label, bytes: place.bytes })
}

/** One direction between two ports of the innermost addresses. */
function keyOf({ addresses }: Reader, from: number, to: number, isBack: boolean): string {
  const { bytes, size, source, destination } = addresses
  const a = hexText(bytes, isBack ? destination : source, size)
  const b = hexText(bytes, isBack ? source : destination, size)
  return `${a} ${b} ${from} ${to}`
}

const tooEarly = (ahead: number, unit: Pieces['unit']): string => {
  if (unit === 'packets') return `Too early: ${ahead} bytes in front of it have not come yet`
  return `Too early: ${ahead === 1 ? 'a message' : `${ahead} messages`} in front of it still missing`
}

/** Tells in which company the segment is, for the reader who looks at it alone. */
function notePlace(r: Reader, of: Protocol, place: Place, { unit }: Pieces): void {
  const { part, repeats, ahead, began, packets } = place
  if (place.bytes)
    r.note(
      'info',
      `Goes on with a message that begins in packet ${began}: put together of ${packets} ${unit}`,
    )
  if (part !== undefined)
    r.note(
      'info',
      place.kind === 'data'
        ? `Part of a message that goes on in later packets, ${part} bytes so far`
        : `Ends with ${part} bytes of a message that goes on in later packets`,
    )
  if (repeats !== undefined)
    r.note(
      'info',
      repeats > 0
        ? `Sent again, or captured twice: the same as packet ${repeats}`
        : 'Sent again: its bytes came before',
    )
  if (ahead !== undefined) r.note('info', tooEarly(ahead, unit))
  if (place.middle)
    r.note(
      'info',
      `No message of ${of.short} begins here: the stream was not seen from its start, or bytes of it are missing`,
    )
  if (place.lost) r.note('warning', `No message of ${of.short} begins where one has to: the rest is not read`)
  if (place.tooLong) r.note('warning', `A message of more than ${longestMessage} bytes is not put together`)
  if (place.differs)
    r.note(
      'warning',
      'Overlaps earlier segments with other bytes, which do not count: someone may be hiding something',
    )
}
