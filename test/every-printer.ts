import { expect } from 'vitest'
import { newDissector } from '../dissectors/index.ts'
import { ByteWriter, controls } from '../src/byte-writer.ts'
import { Session } from '../src/dissect/session.ts'
import type { Story } from '../src/follow/story.ts'
import type { Frame } from '../src/frame.ts'
import { explain } from '../src/print/explanation.ts'
import { printJson } from '../src/print/json.ts'
import { printLadders } from '../src/print/ladder.ts'
import { printAssociations } from '../src/print/sas.ts'
import { printStoryJson } from '../src/print/story-json.ts'
import { TcpdumpPrinter } from '../src/print/tcpdump.ts'
import { printTree } from '../src/print/tree.ts'
import { treeNodes } from '../src/print/tree-nodes.ts'
import { type Peeled, peel } from './peel.ts'

const out = new ByteWriter()
const text = new TcpdumpPrinter(
  newDissector(),
  out,
  'local',
  { verbose: 3, numeric: false, link: true, quiet: false },
  { ascii: true, link: true },
)
const brief = new TcpdumpPrinter(
  newDissector(),
  out,
  'delta',
  { verbose: 0, numeric: true, link: false, quiet: false },
  undefined,
)
const alone = newDissector()

/** What no frame may be printed as: numbers and texts that are not there. */
const nothing = /NaN|undefined|Infinity|\[object/

/**
 * Prints a frame in every way and looks at what no input may bring about: exceptions, control characters, values that
 * are not there, JSON that is none, layers too many or past the end. `session`: what the frames before it left.
 */
export function everyPrinter(frame: Frame, session = new Session()): void {
  out.clear()
  text.print(frame)
  brief.print(frame)
  const textLines = out.length
  printTree(out, newDissector(session).dissect(frame, 'noted'))
  expect(hasControls()).toBe(false)
  // The dump beside the text holds the packet's own letters.
  expect(withoutDumps(out.toString())).not.toMatch(nothing)
  expect(textLines).toBeGreaterThan(0)
  explainAll(frame)
  out.clear()
  printJson(out, alone.dissect(frame, 'noted'))
  const line = out.toString()
  expect(hasControls()).toBe(false)
  const packet = JSON.parse(line)
  expect(packet.protocols.length).toBeLessThanOrEqual(64)
  for (const layer of packet.layers) {
    expect(layer.summary).not.toMatch(nothing)
    if (!('buffer' in layer)) expect(layer.offset + layer.length).toBeLessThanOrEqual(frame.capturedLength)
    for (const note of layer.notes) expect(note.text).not.toMatch(nothing)
  }
}

/** Prints a story in every way and looks at the same. */
export function everyStory(story: Story): void {
  out.clear()
  for (const columns of [60, 200]) printLadders(out, story, { columns, ascii: columns === 60 })
  printAssociations(out, story, 'date')
  expect(hasControls()).toBe(false)
  expect(out.toString()).not.toMatch(nothing)
  for (const about of ['ladder', 'sas'] as const) {
    out.clear()
    printStoryJson(out, story, about)
    expect(hasControls()).toBe(false)
    for (const line of out.toString().trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('kind')
  }
}

/** Explains every node of the frame's tree. */
function explainAll(frame: Frame): void {
  const found = alone.dissect(frame, 'noted')
  const nodes = treeNodes(found)
  nodes.forEach((_, i) => {
    const { title, value, position, width, filter, text } = explain(found, nodes, i)
    expect(`${title} ${position} ${width} ${filter} ${text.join(' ')}`).not.toMatch(nothing)
    expect([title, value, filter, ...text].join('').search(controls)).toBe(-1)
  })
}

/** Peels a frame that every printer had before. */
export function survive(frame: Frame): Peeled {
  everyPrinter(frame)
  return peel(frame)
}

const withoutDumps = (lines: string): string => lines.replace(/^ {2}[0-9a-f]{4,}: .*$/gm, '')

const hasControls = (): boolean =>
  out.bytes
    .subarray(0, out.length)
    .some(byte => (byte < 0x20 && byte !== 0x0a && byte !== 0x09) || byte === 0x7f)
