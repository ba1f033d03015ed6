import { hexText } from '../src/addresses.ts'
import type { DissectionBuffer } from '../src/dissect/dissection.ts'
import type { NumberedFragment } from '../src/dissect/numbered-fragments.ts'
import type { Reader } from '../src/dissect/reader.ts'

// Messages that IKE cuts itself, so that IP need not: IKEv1 cuts what it sends (payload 132), IKEv2 cuts before it
// encrypts (RFC 7383), so that only the keys put its pieces together.

/**
 * Takes an IKEv1 fragment that is read but for its data, which the reader has left. Returns the message, where this was
 * the last fragment of it to come.
 */
export function collectFragment(
  r: Reader,
  id: number,
  number: number,
  isLast: boolean,
): DissectionBuffer | undefined {
  const found = collect(r, ` ${id}`, number, isLast ? number : 0)
  if (found?.whole === undefined) return undefined
  return {
    name: 'reassembled-isakmp',
    label: 'Reassembled ISAKMP message',
    bytes: Buffer.concat(found.whole),
  }
}

/**
 * Takes an encrypted fragment of IKEv2, whose initialization vector is what the reader has next, and notes how much of
 * its message is here. Each is encrypted on its own: with the keys, what is inside of all of them makes the message.
 */
export function collectEncryptedFragment(r: Reader, number: number, total: number): void {
  collect(r, '', number, total)
}

/** Undefined where the fragment is not all there, or there is no session to keep it. */
function collect(r: Reader, id: string, number: number, total: number): NumberedFragment | undefined {
  // Nobody cuts a piece of a message once more.
  if (r.around?.id === 'isakmp') r.note('error', 'A fragment inside a message that came in fragments')
  else if (r.session !== undefined && r.whole && !r.excerpted) {
    const bytes = r.bytes.subarray(r.pos, r.limit)
    const found = r.session.messageFragments.add(r.frame, `${nameOf(r)}${id}`, number, total, bytes)
    if (r.noting) note(r, found)
    return found
  }
  return undefined
}

/** Addresses, SPIs, version, exchange, flags and message ID: the same in all fragments of one message. */
function nameOf({ addresses, bytes, start }: Reader): string {
  const { size } = addresses
  const from = hexText(addresses.bytes, addresses.source, size)
  const to = hexText(addresses.bytes, addresses.destination, size)
  return `${from} ${to} ${hexText(bytes, start, 16)} ${hexText(bytes, start + 17, 7)}`
}

function note(r: Reader, { whole, frames, total, missing, repeats, doubt }: NumberedFragment): void {
  const are = frames.length === 1 ? 'is' : 'are'
  if (whole) r.note('info', `All fragments of this message are here, in packets ${frames.join(', ')}`)
  else if (doubt === undefined && missing.length > 0)
    r.note(
      'info',
      `${frames.length} of ${total} fragments of this message ${are} here, missing: ${missing.join(', ')}`,
    )
  else if (doubt === undefined)
    r.note('info', `${counted(frames.length)} of this message ${are} here, and the last one is not`)
  if (repeats) r.note('info', 'The fragment came before: it is sent again')
  if (doubt) r.note('warning', doubt)
}

const counted = (count: number): string => (count === 1 ? '1 fragment' : `${count} fragments`)
