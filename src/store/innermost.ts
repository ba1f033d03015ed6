import type { Dissection } from '../dissect/dissection.ts'
import { type Frame, noComments } from '../frame.ts'

/** LINKTYPE_RAW: a packet begins with its IPv4 or IPv6 header. */
export const rawPackets = 101

/**
 * The IP packet inside all tunnels, at the time of the frame that carried it; undefined: nothing is wrapped in anything,
 * or what is there names neither version. Its bytes are those of the dissection, and as long there.
 */
export function innermostPacket(found: Dissection): Frame | undefined {
  const layers = Array.from({ length: found.layerCount }, (_, i) => i).filter(
    i => found.protocols[i]!.addresses && found.quoted[i] === 0,
  )
  const layer = layers.at(-1)
  if (layer === undefined || layers.length < 2) return undefined
  const { frame } = found
  const wireLength = found.limits[layer]! - found.starts[layer]!
  const start = found.baseOf(layer) + found.starts[layer]!
  const held = found.bufferOf[layer] === 0 ? frame.start + frame.capturedLength : found.bytesOf(layer).length
  const capturedLength = Math.max(0, Math.min(wireLength, held - start))
  // Nothing else tells readers of such a file which of the two it is.
  const version = capturedLength > 0 ? found.bytesOf(layer)[start]! >> 4 : 0
  if (version !== 4 && version !== 6) return undefined
  return {
    ...frame,
    linkType: rawPackets,
    fcsBytes: 0,
    comments: noComments,
    bytes: found.bytesOf(layer),
    start,
    capturedLength,
    wireLength,
  }
}
