import { newDissector } from '../../dissectors/index.ts'
import { ByteWriter } from '../byte-writer.ts'
import type { FrameSource } from '../capture/frame-source.ts'
import type { Depth } from '../dissect/dissect.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { LineOptions } from '../dissect/line.ts'
import { Session } from '../dissect/session.ts'
import { emptyFrame } from '../frame.ts'
import type { TimeStyle } from './clock.ts'
import { printJson } from './json.ts'
import { Output } from './output.ts'
import { type Dump, TcpdumpPrinter } from './tcpdump.ts'
import { printTree } from './tree.ts'

/** How packets are printed, and how many of them. */
export type PrintOptions = LineOptions & {
  readonly format: 'text' | 'json' | 'tree'
  /** At most this many packets. */
  readonly count: number
  readonly time: TimeStyle
  readonly dump: Dump | undefined
}

/** One way to print packets: how closely to look, and what to write. */
type Printer = { depth: Depth; session: Session | undefined; print(found: Dissection): void }

/** Prints packets as they come, in bounded memory, until the source or the wanted count ends. */
export async function printPackets(source: FrameSource, options: PrintOptions): Promise<void> {
  const writer = new ByteWriter()
  const output = new Output(writer)
  const printer = printerFor(options, writer)
  const dissector = newDissector(printer.session)
  const frame = emptyFrame()
  let left = options.count
  do {
    while (left > 0 && source.next(frame)) {
      printer.print(dissector.dissect(frame, printer.depth))
      output.drain()
      left--
    }
    output.flush()
  } while (left > 0 && (await source.more()))
}

/** Prints only how many packets there are. */
export async function printCount(source: FrameSource, options: PrintOptions): Promise<void> {
  const frame = emptyFrame()
  let count = 0
  do while (count < options.count && source.next(frame)) count++
  while (count < options.count && (await source.more()))
  const writer = new ByteWriter(64)
  writer.decimal(count).ascii(count === 1 ? ' packet\n' : ' packets\n')
  new Output(writer).flush()
}

function printerFor(options: PrintOptions, writer: ByteWriter): Printer {
  if (options.format === 'json')
    return { depth: 'checks', session: new Session(), print: found => printJson(writer, found) }
  if (options.format === 'tree')
    return { depth: 'checks', session: new Session(), print: found => printTree(writer, found) }
  const text = new TcpdumpPrinter(writer, options.time, options, options.dump)
  // tcpdump shows fragments as they come, so text has no session to put them together.
  return {
    depth: options.verbose > 0 ? 'checks' : 'fields',
    session: undefined,
    print: found => text.print(found),
  }
}
