import type { Reader } from '../src/dissect/reader.ts'
import { link, segment } from './isis-link-fields.ts'
import {
  common,
  first,
  type Metrics,
  oldLinkMetrics,
  oldRouteMetrics,
  prefixBytes,
  route,
  route6,
} from './isis-route-fields.ts'

// What LSPs alone have: links, networks.
//
// 22: | Neighbour ID (7) | Metric (24) | Length of what follows | Code | Length | Value …       RFC 5305 §3
// 135: | Metric (32) | D S Prefix length (6) | Prefix … | [Length, Code, Length, Value …]       RFC 5305 §4
// 236: | Metric (32) | D X S Reserved (5) | Prefix length | Prefix … | [Length, …]              RFC 5308 §2
// 222, 235 and 237 are the same behind 16 bits with a topology                                  RFC 5120 §7
// 2: | Virtual flag | then | 4 metrics | Neighbour ID (7)                                       ISO 10589 §9
// 128, 130: | 4 metrics | Address | Mask                                                        RFC 1195 §5.3

/** Reads the value of the list; false where it is none of those that only LSPs have. `id` is the length of a router's number. */
export function walkLspList(r: Reader, type: number, id: number): boolean {
  if (type === 222 || type === 235 || type === 237) {
    r.bits(common.reserved, 4)
    r.bits(common.topology, 12)
  }
  if (type === 22 || type === 222) while (r.more()) walkLink(r, id)
  else if (type === 135 || type === 235) while (r.more()) walkRoute(r)
  else if (type === 236 || type === 237) while (r.more()) walkRoute6(r)
  else if (type === 2) walkOldLinks(r, id)
  else if (type === 128 || type === 130) while (r.more()) walkOldRoute(r)
  else if (type === 14 && r.left === 2) r.u16(common.bufferSize)
  else if (type === 134 && r.left === 4) r.ipv4(common.engineeringId)
  else return false
  return true
}

function walkLink(r: Reader, id: number): void {
  r.open(link.group)
  r.octets(link.neighbor, id + 1)
  r.u24(link.metric)
  const length = r.u8(link.length)
  r.claim(id + 5 + length, link.length)
  while (r.more()) {
    r.open(link.sub)
    const code = r.u8(link.code)
    const size = r.u8(link.subLength)
    r.claim(2 + size, link.subLength)
    walkProperty(r, code, size, id)
    if (r.left > 0) r.rest(link.value)
    r.close()
  }
  r.close()
}

function walkProperty(r: Reader, code: number, size: number, id: number): void {
  if (code === 4 && size === 8) {
    r.u32(link.localId)
    r.u32(link.remoteId)
  } else if (code === 6 && size === 4) r.ipv4(link.ipv4)
  else if (code === 8 && size === 4) r.ipv4(link.ipv4Neighbor)
  else if (code === 9 && size === 4) r.octets(link.maximum, 4)
  else if (code === 10 && size === 4) r.octets(link.reservable, 4)
  else if (code === 11 && size === 32) for (let i = 0; i < 8; i++) r.octets(link.unreserved, 4)
  else if (code === 18 && size === 3) r.u24(link.engineeringMetric)
  else if (code === 31 || code === 32) walkSegment(r, code === 32 ? id : 0)
}

/** A label has three bytes and an index four (RFC 8667 §2.2.1). */
function walkSegment(r: Reader, id: number): void {
  r.u8(segment.flags)
  r.u8(segment.weight)
  if (id > 0) r.octets(segment.system, id)
  if (r.left === 3) {
    r.bits(segment.reserved, 4)
    r.bits(segment.label, 20)
  } else if (r.left === 4) r.u32(segment.index)
}

function walkRoute(r: Reader): void {
  r.open(route.group)
  r.u32(route.metric)
  r.flag(route.down)
  const more = r.flag(route.more)
  const size = prefixBytes(r.bits(route.bits, 6))
  if (size > 0) r.octets(route.prefix, size)
  if (more) walkMore(r, 5 + size, route)
  r.close()
}

function walkRoute6(r: Reader): void {
  r.open(route6.group)
  r.u32(route6.metric)
  r.flag(route6.down)
  r.flag(route6.external)
  const more = r.flag(route6.more)
  r.bits(route6.reserved, 5)
  const size = prefixBytes(r.u8(route6.bits))
  if (size > 0) r.octets(route6.prefix, size)
  if (more) walkMore(r, 6 + size, route6)
  r.close()
}

/** What is said about a route behind its first `before` bytes; both kinds name it alike. */
function walkMore(r: Reader, before: number, of: typeof route | typeof route6): void {
  const length = r.u8(of.moreLength)
  r.claim(before + 1 + length, of.moreLength)
  while (r.more()) {
    r.u8(route.code)
    const size = r.u8(route.length)
    if (size > 0) r.octets(route.value, size)
  }
}

function walkMetrics(r: Reader, metrics: Metrics): void {
  for (const [bit, external, metric] of metrics) {
    r.flag(bit)
    r.flag(external)
    r.bits(metric, 6)
  }
}

function walkOldLinks(r: Reader, id: number): void {
  r.u8(first.virtual)
  while (r.more()) {
    r.open(first.link)
    walkMetrics(r, oldLinkMetrics)
    r.octets(first.neighbor, id + 1)
    r.close()
  }
}

function walkOldRoute(r: Reader): void {
  r.open(first.route)
  walkMetrics(r, oldRouteMetrics)
  r.ipv4(first.address)
  r.ipv4(first.mask)
  r.close()
}
