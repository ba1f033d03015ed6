import { newDissector } from '../dissectors/index.ts'
import { ByteWriter } from '../src/byte-writer.ts'
import { Session } from '../src/dissect/session.ts'
import type { Frame } from '../src/frame.ts'
import type { Block, Depth } from '../src/print/prose.ts'
import { explainPacket } from '../src/print/prose-packet.ts'
import { writeText } from '../src/print/prose-text.ts'
import { captureFile, framesOf } from './captures.ts'

/** The explanation of the last one of some frames, of which all are walked, with times read as UTC. */
export function explainedBlocks(frames: readonly Frame[], depth: Depth = 'full', columns = 80): Block[] {
  const dissector = newDissector(new Session())
  for (const frame of frames.slice(0, -1)) dissector.dissect(frame, 'peel')
  const found = dissector.dissect(frames.at(-1)!, 'noted')
  const zone = process.env['TZ']
  process.env['TZ'] = 'UTC'
  const blocks = explainPacket(found, { origin: { capture: 'test.pcap', device: '' }, depth, columns })
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
  return blocks
}

export const blocksOf = async (capture: string, number: number, depth: Depth = 'full'): Promise<Block[]> =>
  explainedBlocks(await framesOf(captureFile(capture), number), depth)

export function textOf(blocks: readonly Block[], columns = 80): string {
  const out = new ByteWriter()
  writeText(out, blocks, { columns, ascii: false, paint: undefined })
  return out.toString()
}

/** The explanation of a packet as plain text in 80 columns. */
export const explained = async (capture: string, number: number, depth: Depth = 'full'): Promise<string> =>
  textOf(await blocksOf(capture, number, depth))
