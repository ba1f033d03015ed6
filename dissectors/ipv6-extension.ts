import type { Next } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

/** The numbers of Next Header that no protocol claims, because they say something about the chain itself. */
const hopByHop = 0
export const noNextHeader = 59

/** Goes on with what a Next Header field names (RFC 8200 §4.7 for the number 59). */
export function nextHeader(r: Reader, number: number): Next {
  if (number !== noNextHeader) return r.payload(ipProtocols, number)
  if (r.checking && r.left > 0) r.note('info', `No next header: ${r.left} bytes behind it mean nothing`)
  return r.carry(undefined)
}

/** The same behind an extension header: options for every router have to stand in front of all others. */
export function nextExtension(r: Reader, number: number): Next {
  if (r.checking && number === hopByHop)
    r.note('error', 'Hop-by-hop options follow here, but routers look for them only behind the IPv6 header')
  return nextHeader(r, number)
}

/** Source and destination side by side, for packets whose own bytes do not hold both in one buffer. */
const pair = new Uint8Array(32)

/** The 16 bytes at `at` are the sender, as the checksums of what is inside see it. */
export function setSource(r: Reader, at: number): void {
  if (r.addresses.bytes !== r.bytes) pair.set(r.bytes.subarray(at, at + 16), apart(r).source)
  else r.addresses.source = at
}

/** The 16 bytes at `at` are where the packet finally goes. */
export function setDestination(r: Reader, at: number): void {
  if (r.addresses.bytes !== r.bytes) pair.set(r.bytes.subarray(at, at + 16), apart(r).destination)
  else r.addresses.destination = at
}

/** Replaces all of the destination but its first `kept` bytes by those at `at`. */
export function completeDestination(r: Reader, kept: number, at: number): void {
  pair.set(r.bytes.subarray(at, at + 16 - kept), apart(r).destination + kept)
}

/** Moves the addresses to where they may be changed without touching the packet. */
function apart(r: Reader): Reader['addresses'] {
  const { bytes, source, destination } = r.addresses
  if (bytes === pair) return r.addresses
  pair.set(bytes.subarray(source, source + 16), 0)
  pair.set(bytes.subarray(destination, destination + 16), 16)
  r.addresses.bytes = pair
  r.addresses.source = 0
  r.addresses.destination = 16
  return r.addresses
}
