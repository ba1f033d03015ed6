import type { Next } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { n } from './icmpv6-nd-fields.ts'
import { walkOptions } from './icmpv6-options.ts'
import { reservedBits, reservedBytes } from './reserved.ts'

/** Messages of neighbour discovery and their kin: a few fixed fields, then options. */
export function walkDiscovery(r: Reader, type: number): Next {
  switch (type) {
    case 133:
    case 141:
    case 142:
      reservedBytes(r, n.reserved, 4)
      break
    case 134:
      r.u8(n.hopLimit)
      reservedBits(r, r.u8(n.raFlags) & 3)
      r.u16(n.routerLifetime)
      r.u32(n.reachable)
      r.u32(n.retransmit)
      break
    case 135:
      reservedBytes(r, n.reserved, 4)
      checkTarget(r, r.ipv6(n.soughtTarget))
      break
    case 136:
      reservedBits(r, r.u32(n.naFlags) & 0x1fffffff)
      checkTarget(r, r.ipv6(n.target))
      break
    case 137:
      reservedBytes(r, n.reserved, 4)
      r.ipv6(n.nextHop)
      r.ipv6(n.destination)
      break
    default:
      walkMobile(r, type)
  }
  return walkOptions(r)
}

/** Offset of the options of a redirect in the message. */
export const redirectOptions = 40

function checkTarget(r: Reader, at: number): void {
  if (r.checking && r.bytes[at] === 0xff)
    r.noteField('error', 'The target is a multicast address, which no single neighbour has')
}

function walkMobile(r: Reader, type: number): void {
  switch (type) {
    case 144:
    case 146:
      r.u16(n.mobileIdentifier)
      reservedBytes(r, n.reserved, 2)
      break
    case 145:
      r.u16(n.mobileIdentifier)
      reservedBytes(r, n.reserved, 2)
      while (r.more()) r.ipv6(n.homeAgent)
      break
    case 147:
      r.u16(n.mobileIdentifier)
      reservedBits(r, r.u16(n.mobileFlags) & 0x3fff)
      break
    case 148:
      r.u16(n.pathIdentifier)
      r.u16(n.component)
      break
    case 149:
      r.u16(n.pathIdentifier)
      r.u16(n.allComponents)
      r.u16(n.component)
      reservedBytes(r, n.reserved, 2)
      break
    case 154:
      if (r.u8(n.subtype) === 4) reservedBits(r, r.u8(n.handoverFlags) & 0x3f)
      else reservedBytes(r, n.reserved, 1)
      r.u16(n.fastIdentifier)
      break
  }
}
