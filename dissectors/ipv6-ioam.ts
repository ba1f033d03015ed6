import type { Reader } from '../src/dissect/reader.ts'
import { i } from './ipv6-ioam-fields.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |        Namespace-ID           |NodeLen  | Flags | RemainingLen|
// |               IOAM-Trace-Type                 |  Reserved     |
// |                  free space, then node data                   |

const incrementalTrace = 1

/** The contents of an IOAM option of `length` bytes (RFC 9486 §3, RFC 9197 §4.4). */
export function walkIoam(r: Reader, length: number): void {
  r.u8(i.reserved)
  const type = r.u8(i.type)
  if (type > incrementalTrace) {
    r.octets(i.data, length - 2)
    return
  }
  r.open(i.trace)
  r.u16(i.namespace)
  const nodeLength = r.bits(i.nodeLength, 5) * 4
  r.bits(i.flags, 4)
  const free = r.bits(i.remaining, 7) * 4
  const asked = r.u24(i.traceType)
  r.u8(i.traceReserved)
  if (r.checking && nodeLength !== bytesAsked(asked))
    r.note(
      'error',
      `Node length ${nodeLength} contradicts the trace type, which asks for ${bytesAsked(asked)}`,
    )
  r.octets(i.freeSpace, free)
  while (r.more()) walkNode(r, asked)
  r.close()
}

const has = (asked: number, bit: number): boolean => (asked & (0x800000 >> bit)) !== 0

/** Bytes that each node writes for the bits of the trace type; the snapshot does not count. */
function bytesAsked(asked: number): number {
  let length = 0
  for (let bit = 0; bit < 22; bit++) if (has(asked, bit)) length += bit >= 8 && bit <= 10 ? 8 : 4
  return length
}

function walkNode(r: Reader, asked: number): void {
  r.open(i.node)
  if (has(asked, 0)) {
    r.u8(i.hopLimit)
    r.u24(i.nodeId)
  }
  if (has(asked, 1)) {
    r.u16(i.ingress)
    r.u16(i.egress)
  }
  if (has(asked, 2)) r.u32(i.seconds)
  if (has(asked, 3)) r.u32(i.fraction)
  if (has(asked, 4)) r.u32(i.delay)
  if (has(asked, 5)) r.u32(i.namespaceData)
  if (has(asked, 6)) r.u32(i.queueDepth)
  if (has(asked, 7)) r.u32(i.complement)
  walkWide(r, asked)
  if (has(asked, 11)) r.u32(i.occupancy)
  for (let bit = 12; bit < 22; bit++) if (has(asked, bit)) r.u32(i.undefinedData)
  if (has(asked, 22)) {
    const words = r.u8(i.snapshotLength)
    r.u24(i.schema)
    r.octets(i.snapshot, words * 4)
  }
  r.close()
}

function walkWide(r: Reader, asked: number): void {
  if (has(asked, 8)) {
    r.u8(i.hopLimit)
    r.octets(i.nodeIdWide, 7)
  }
  if (has(asked, 9)) {
    r.u32(i.ingressWide)
    r.u32(i.egressWide)
  }
  if (has(asked, 10)) r.u64(i.namespaceDataWide)
}
