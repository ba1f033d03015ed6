import type { Dissection } from '../dissect/dissection.ts'
import { bytes } from '../dissect/field.ts'
import { markedDump } from './marked-dump.ts'
import { drawPacket } from './packet-drawing.ts'
import { nodesOfBytes, piecesOf } from './packet-pieces.ts'
import type { Block, Depth } from './prose.ts'
import type { Told } from './prose-field.ts'
import { explainPiece } from './prose-layer.ts'
import { type Origin, overview } from './prose-overview.ts'
import { treeNodes } from './tree-nodes.ts'

/** How a packet is explained. */
export type PacketProse = {
  readonly origin: Origin
  readonly depth: Depth
  /** Drawings are no wider than so many columns, if one box fits. */
  readonly columns: number
}

/**
 * A packet read byte by byte: what it is as a whole, a drawing of it, each header with its fields in the order of the bytes, the
 * dump. Reassembled and decrypted bytes come behind the frame, in sections of their own.
 */
export function explainPacket(found: Dissection, prose: PacketProse): Block[] {
  const nodes = treeNodes(found)
  const told: Told = { fields: new Set(), protocols: new Set(), sentences: new Set() }
  const blocks = overview(found, nodes, prose.origin)
  for (let buffer = 0; buffer <= found.buffers.length; buffer++) {
    const pieces = piecesOf(found, nodes, buffer)
    const content = buffer === 0 ? frameBytes(found) : found.buffers[buffer - 1]!.bytes
    if (buffer > 0) blocks.push(...bufferHeading(found, buffer))
    blocks.push({ kind: 'drawing', lines: drawPacket(found, pieces, prose.columns) })
    for (const piece of pieces) blocks.push(...explainPiece(found, nodes, piece, prose.depth, told))
    const { lines, left } = markedDump(found, content, pieces, nodesOfBytes(found, nodes, buffer))
    blocks.push(...dumpHeading(buffer, prose.depth), { kind: 'drawing', lines, dump: buffer })
    if (left > 0) blocks.push({ kind: 'text', text: `${bytes(left)} more are not shown here.` })
  }
  return blocks
}

const frameBytes = ({ frame }: Dissection): Uint8Array =>
  frame.bytes.subarray(frame.start, frame.start + frame.capturedLength)

function bufferHeading(found: Dissection, buffer: number): Block[] {
  const { label, bytes: whole } = found.buffers[buffer - 1]!
  const text = `No captured packet holds these ${bytes(whole.length)} as they stand: they were put together or unwrapped from what was captured. Addresses and bits count from their own start.`
  return [
    { kind: 'title', text: label },
    { kind: 'text', text },
  ]
}

const howToRead =
  'How to read it: the left column is the address of the first byte of a line. Then come 16 bytes in eight columns of 16 bits: a hexadecimal digit is 4 bits, two are a byte. The right column has the same bytes as ASCII, a dot for each that cannot be printed. The brackets below a line say which header its bytes belong to.'

const dumpHeading = (buffer: number, depth: Depth): Block[] => [
  { kind: 'section', text: buffer === 0 ? 'All bytes' : 'All bytes of the buffer' },
  ...(depth === 'full' && buffer === 0 ? [{ kind: 'text', text: howToRead } as const] : []),
]
