import { basename } from 'node:path'
import { newDissector } from '../dissectors/index.ts'
import { ByteWriter } from './byte-writer.ts'
import type { FrameSource } from './capture/frame-source.ts'
import { dropPrivileges } from './capture/live/privileges.ts'
import { openSource } from './capture/source.ts'
import { Session } from './dissect/session.ts'
import { type ExplainOptions, readExplainOptions } from './explain-options.ts'
import { UsageError } from './flags.ts'
import { emptyFrame, type Frame } from './frame.ts'
import { Output, printText } from './print/output.ts'
import type { Block } from './print/prose.ts'
import { explainPacket } from './print/prose-packet.ts'
import type { NumberedPacket } from './print/side-by-side.ts'
import { treeNodes } from './print/tree-nodes.ts'
import { usualFormat } from './prose-style.ts'

/**
 * `vpnscope explain`: packets of a capture as prose, or what a name means.
 *
 * @returns what is wrong with the capture, or which packets it has not; undefined: nothing
 * @throws {UsageError} where there is nothing to explain
 * @throws {CaptureError} where the capture cannot be opened
 */
export async function explainWords(args: readonly string[]): Promise<string | undefined> {
  const options = readExplainOptions(args)
  if (options.help) {
    printText(await (await import('./help.ts')).explainHelp())
    return undefined
  }
  const source = await sourceOf(options)
  if (source === undefined) {
    await explainNames(options)
    return undefined
  }
  // What is loaded later might lie where only root may look.
  if (options.diff) await import('./print/prose-diff.ts')
  dropPrivileges()
  try {
    const print = options.diff ? explainTwo : explainPackets
    return (await print(source, options)) ?? source.damage
  } finally {
    source.close()
  }
}

/** Where packets come from; undefined: from nowhere, a name is asked about. */
async function sourceOf({ read, hex, linkType }: ExplainOptions): Promise<FrameSource | undefined> {
  if (hex === undefined) return read === undefined ? undefined : openSource(read)
  const { openHexDump } = await import('./capture/hex-source.ts')
  return openHexDump(hex, linkType)
}

async function explainNames({ name = '', list, ...options }: ExplainOptions): Promise<void> {
  const { explainName, listNames, unknownName } = await import('./print/reference.ts')
  const blocks = list === undefined ? explainName(name) : listNames(list)
  if (blocks === undefined || blocks.length === 0)
    throw new UsageError(list === undefined ? unknownName(name) : `--list ${list}: no name begins so`)
  printBlocks(options, name || 'Names', blocks)
}

/** Prints the wanted packets as they come, and what is to be said where there are others. */
async function explainPackets(source: FrameSource, options: ExplainOptions): Promise<string | undefined> {
  const { packets, depth, rules } = options
  const capture = nameOf(options)
  const wanted = packets.length > 0 ? packets : [{ from: 1, to: 1 }]
  const last = Math.max(...wanted.map(({ to }) => to))
  const writer = new ByteWriter()
  const output = new Output(writer)
  const format = usualFormat(options.format, options.ascii)
  const dissector = newDissector(new Session(), rules)
  const frame = emptyFrame()
  let explained = 0
  format.begin(writer, capture)
  // Whoever named no packet wants to know how many there are.
  const goesOn = () => packets.length === 0 || frame.number < last
  do {
    while (goesOn() && source.next(frame)) {
      if (frame.number > last) continue
      const isWanted = wanted.some(({ from, to }) => from <= frame.number && frame.number <= to)
      const found = dissector.dissect(frame, isWanted ? 'noted' : 'peel')
      if (!isWanted) continue
      const origin = { capture, device: source.origin.name ?? '' }
      format.write(writer, explainPacket(found, { origin, depth, columns: format.columns }))
      explained++
      output.flush()
    }
  } while (goesOn() && (await source.more()))
  const count = frame.number
  const isMissing = last > count
  if (explained === 0) throw new UsageError(failure(source, absence(capture, count, last)))
  if (packets.length === 0 && count > 1) format.write(writer, [offer(count)])
  format.end(writer)
  output.flush()
  return isMissing ? failure(source, absence(capture, count, last)) : undefined
}

/**
 * Prints what differs between two packets.
 * @throws {UsageError} where one of them is not there
 */
async function explainTwo(source: FrameSource, options: ExplainOptions): Promise<undefined> {
  const { packets, rules } = options
  const numbers = packets.flatMap(({ from, to }) => (from === to ? [from] : [from, to]))
  const session = new Session()
  const kept: NumberedPacket[] = []
  let frame = emptyFrame()
  // A dissection is reused for the next packet, but for the one that is kept.
  let dissector = newDissector(session, rules)
  do {
    while (kept.length < numbers.length && source.next(frame)) {
      const isWanted = numbers.includes(frame.number)
      if (isWanted) keepBytes(frame)
      const found = dissector.dissect(frame, isWanted ? 'noted' : 'peel')
      if (!isWanted) continue
      kept.push({ number: frame.number, found, nodes: treeNodes(found) })
      dissector = newDissector(session, rules)
      const { number } = frame
      frame = emptyFrame()
      frame.number = number
    }
  } while (kept.length < numbers.length && (await source.more()))
  const [left, right] = kept
  if (left === undefined || right === undefined)
    throw new UsageError(failure(source, absence(nameOf(options), frame.number, Math.max(...numbers))))
  const { explainDiff } = await import('./print/prose-diff.ts')
  printBlocks(options, nameOf(options), explainDiff(left, right, nameOf(options)))
  return undefined
}

/** The source reads the next frames into the same bytes. */
function keepBytes(frame: Frame): void {
  frame.bytes = frame.bytes.slice(frame.start, frame.start + frame.capturedLength)
  frame.start = 0
}

function printBlocks(
  options: Pick<ExplainOptions, 'format' | 'ascii'>,
  title: string,
  blocks: readonly Block[],
): void {
  const writer = new ByteWriter()
  const format = usualFormat(options.format, options.ascii)
  format.begin(writer, title)
  format.write(writer, blocks)
  format.end(writer)
  new Output(writer).flush()
}

const nameOf = ({ read, hex }: ExplainOptions): string => {
  const path = read ?? hex ?? ''
  return path === '-' ? 'standard input' : basename(path)
}

const offer = (count: number): Block => ({
  kind: 'text',
  tone: 'aside',
  text: `This was packet 1 of ${count}. -n 2 explains the second one, -n 2,5-7 several.`,
})

/** What is missing, and what is wrong with the capture, for that may be why. */
const failure = ({ damage }: FrameSource, missing: string): string =>
  damage === undefined ? missing : `${missing}\n${damage}`

const absence = (name: string, count: number, number: number): string =>
  count === 0
    ? `${name}: there are no packets in it`
    : `${name}: there is no packet ${number}, the last one is ${count}`
