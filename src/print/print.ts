import { newDissector } from '../../dissectors/index.ts'
import { ByteWriter } from '../byte-writer.ts'
import type { FrameSource } from '../capture/frame-source.ts'
import type { LineOptions } from '../dissect/line.ts'
import type { Rules } from '../dissect/rules.ts'
import type { Columns } from '../filter/columns.ts'
import type { SiftedSource } from '../filter/sifted-source.ts'
import { emptyFrame, type Frame } from '../frame.ts'
import type { TimeStyle } from './clock.ts'
import { type FieldStyle, printFields, printHeader } from './fields.ts'
import { printJson } from './json.ts'
import { Output } from './output.ts'
import { type Dump, TcpdumpPrinter } from './tcpdump.ts'
import { printTree } from './tree.ts'

/** How packets are printed, and how many of them. */
export type PrintOptions = LineOptions & {
  readonly format: 'text' | 'json' | 'tree' | 'fields'
  /** What is printed of each packet where the format is `fields`, and how. */
  readonly columns: Columns
  readonly fieldStyle: FieldStyle
  /** At most this many packets. */
  readonly count: number
  readonly time: TimeStyle
  readonly dump: Dump | undefined
  /** What is decoded otherwise than the numbers say. */
  readonly rules: Rules
  /** A line of text names the interface that its packet came from. */
  readonly onInterface?: boolean
}

/** One way to print packets. */
type Printer = { print(frame: Frame, device: string): void }

/** Prints packets as they come, in bounded memory, until the source or the wanted count ends. */
export async function printPackets(source: SiftedSource, options: PrintOptions): Promise<void> {
  const writer = new ByteWriter()
  const output = new Output(writer)
  const printer = printerFor(options, writer, source)
  if (options.format === 'fields') printHeader(writer, options.columns, options.fieldStyle)
  let comments = 0
  const frame = emptyFrame()
  let left = options.count
  do {
    while (left > 0 && source.next(frame)) {
      for (; options.format === 'tree' && comments < source.sectionComments.length; comments++)
        writer.ascii('# ').text(source.sectionComments[comments]!).ascii('\n')
      printer.print(frame, source.origin.name ?? '')
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
  const lost = source.interfaces.reduce((sum, origin) => sum + (origin.lost ?? 0), 0)
  const writer = new ByteWriter(64)
  writer.decimal(count).ascii(count === 1 ? ' packet' : ' packets')
  if (lost > 0) writer.ascii(`, ${lost} more were lost while capturing`)
  writer.ascii('\n')
  new Output(writer).flush()
}

function printerFor(options: PrintOptions, writer: ByteWriter, source: SiftedSource): Printer {
  const { format, rules, columns, fieldStyle } = options
  if (format === 'text') {
    // tcpdump shows fragments as they come, so text has no session to put them together.
    const plain = newDissector(undefined, rules)
    const printer = new TcpdumpPrinter(plain, writer, options.time, options, options.dump)
    return { print: (frame, device) => printer.print(frame, options.onInterface ? device : '') }
  }
  const dissector = newDissector(source.session, rules)
  if (format === 'tree') return { print: frame => printTree(writer, dissector.dissect(frame, 'noted')) }
  if (format === 'json')
    return { print: (frame, device) => printJson(writer, dissector.dissect(frame, 'noted'), device) }
  dissector.found.selection = columns.selection ?? null
  return {
    print: frame =>
      printFields(writer, columns, fieldStyle, dissector.dissect(frame, columns.depth), source.facts),
  }
}
