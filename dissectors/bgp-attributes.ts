import type { Reader } from '../src/dissect/reader.ts'
import { attributeFields as f } from './bgp-attribute-fields.ts'
import { walkCommunities, walkExtendedCommunities, walkLargeCommunities } from './bgp-communities.ts'
import { walkFamily } from './bgp-nlri.ts'

// |O|T|P|E| unused |   Type code   |  Length, 8 or with E 16 bits  |  Value …

const extendedLength = 0x10

/** Reads `total` bytes of attributes. */
export function walkAttributes(r: Reader, total: number): void {
  r.open(f.attributes, total)
  while (r.more()) {
    r.open(f.attribute)
    const flags = r.u8(f.flags)
    const type = r.u8(f.type)
    const wide = (flags & extendedLength) !== 0
    const length = wide ? r.u16(f.length) : r.u8(f.length)
    r.claim((wide ? 4 : 3) + length, f.length)
    walkValue(r, type, length)
    if (r.left > 0) r.rest(f.value)
    r.close()
  }
  r.close()
}

function walkValue(r: Reader, type: number, length: number): void {
  const four = length === 4
  if (type === 1 && length === 1) r.u8(f.origin)
  else if (type === 2 || type === 17) walkPath(r)
  else if (type === 3 && four) r.ipv4(f.nextHop)
  else if (type === 4 && four) r.u32(f.exitDiscriminator)
  else if (type === 5 && four) r.u32(f.localPreference)
  else if ((type === 7 || type === 18) && (length === 6 || length === 8)) {
    r.bits(f.aggregatorAs, (length - 4) * 8)
    r.ipv4(f.aggregatorOrigin)
  } else if (type === 8 && length > 0) walkCommunities(r)
  else if (type === 9 && four) r.ipv4(f.originator)
  else if (type === 10 && length > 0) walkClusters(r)
  else if (type === 14) walkReached(r)
  else if (type === 15) walkUnreached(r)
  else if (type === 16 && length > 0) walkExtendedCommunities(r)
  else if (type === 32) walkLargeCommunities(r)
  else if (type === 35 && four) r.u32(f.customer)
  else if (type === 128 && length > 4) {
    r.u32(f.setOrigin)
    walkAttributes(r, length - 4)
  } else if (r.checking && lengths[type] !== undefined && lengths[type] !== length)
    r.noteField('error', `This attribute has ${lengths[type]} bytes (RFC 4271 §5.1)`)
}

/** Bytes of the values that always have as many. */
const lengths: Readonly<Record<number, number>> = { 1: 1, 3: 4, 4: 4, 5: 4, 6: 0, 9: 4, 35: 4 }

function walkClusters(r: Reader): void {
  r.open(f.clusters)
  while (r.more()) r.ipv4(f.cluster)
  r.close()
}

/** AS numbers have 4 bytes where the attribute then comes out to the byte, else 2: nothing in the message says which. */
function walkPath(r: Reader): void {
  const long = comesOut(r, 4)
  while (r.more()) {
    r.open(f.segment)
    r.u8(f.segmentType)
    const count = r.u8(f.segmentLength)
    r.claim(2 + count * (long ? 4 : 2), f.segmentLength)
    for (let i = 0; i < count; i++)
      if (long) r.u32(f.as4)
      else r.u16(f.as2)
    r.close()
  }
}

function comesOut(r: Reader, size: number): boolean {
  let at = 0
  while (at < r.left) {
    const type = r.peek(at)
    const count = r.peek(at + 1)
    // The capture ends here: nothing contradicts it so far.
    if (type < 0 || count < 0) return true
    if (type < 1 || type > 4) return false
    at += 2 + count * size
  }
  return at === r.left
}

function walkReached(r: Reader): void {
  const family = r.u16(f.reachFamily)
  const subsequent = r.u8(f.reachSubsequent)
  r.open(f.hop)
  const length = r.u8(f.hopLength)
  r.claim(1 + length, f.hopLength)
  walkHop(r, length)
  r.close()
  r.u8(f.attachments)
  if (r.left === 0) return
  r.open(f.reached)
  walkFamily(r, family, subsequent, false)
  r.close()
}

/** The next hop is of the kind that its length says, whatever the routes are (RFC 8950). */
function walkHop(r: Reader, length: number): void {
  if (length === 12 || length === 24 || length === 48) r.octets(f.hopDistinguisher, 8)
  if (length === 4 || length === 12) r.ipv4(f.hop4)
  else if (length === 16 || length === 32 || length === 24 || length === 48) r.ipv6(f.hop6)
  if (length === 48) r.octets(f.hopDistinguisher, 8)
  if (length === 32 || length === 48) r.ipv6(f.hopLinkLocal)
  if (r.left > 0) r.rest(f.hopOther)
}

function walkUnreached(r: Reader): void {
  const family = r.u16(f.unreachFamily)
  const subsequent = r.u8(f.unreachSubsequent)
  if (r.left === 0) return
  r.open(f.unreached)
  walkFamily(r, family, subsequent, true)
  r.close()
}
