import type { Reader } from '../src/dissect/reader.ts'
import { etherTypes } from './numbers/ether-types.ts'

/** Octets of addresses in front of the type. */
const typeAt = 12

/**
 * True where an Ethernet frame may begin `ahead` bytes on: its type is one that somebody here reads, or a length that
 * fits with an LLC header behind it, and no group sent it.
 */
export function looksLikeFrame(r: Reader, ahead: number): boolean {
  const low = r.peek(ahead + typeAt + 1)
  if (low < 0 || r.peek(ahead + 6) & 1) return false
  const type = (r.peek(ahead + typeAt) << 8) | low
  if (type >= 0x600) return etherTypes.find(type) !== undefined
  return type >= 3 && type <= r.left - ahead - typeAt - 2 && isLlc(r, ahead + typeAt + 2)
}

/** Service access points that frames on real links have: SNAP, spanning tree, OSI, and NetBIOS. */
function isLlc(r: Reader, ahead: number): boolean {
  const point = r.peek(ahead)
  return point === r.peek(ahead + 1) && (point === 0xaa || point === 0x42 || point === 0xfe || point === 0xf0)
}
