import { ByteWriter } from './byte-writer.ts'
import type { Dissection } from './dissect/dissection.ts'
import { learnFlags, parseFlags, UsageError } from './flags.ts'
import { type Options, readOptions } from './options.ts'
import { Output, printText } from './print/output.ts'
import type { Block } from './print/prose.ts'
import { TourError } from './print/tour.ts'
import { stepBlocks, tourHeading, tourList } from './print/tour-text.ts'
import { bundledTours, type TourFile, tourNamed } from './print/tours.ts'
import { usualFormat } from './prose-style.ts'
import { Capture } from './store/capture.ts'

/**
 * `vpnscope learn`: lists the guided tours, or follows one, on the screen where there is one.
 *
 * @param captures the folder of captures, with the tours in it
 * @returns what is wrong with the capture; undefined: nothing
 * @throws {UsageError} where there is no such tour
 * @throws {CaptureError} where its capture cannot be opened
 */
export async function learn(args: readonly string[], captures: URL): Promise<string | undefined> {
  const given = parseFlags(args, learnFlags, 'vpnscope learn')
  const [name, second] = given.words
  if (given.has('help')) {
    printText(await (await import('./help.ts')).learnHelp())
    return undefined
  }
  if (second !== undefined) throw new UsageError(`${second}: one tour at a time`)
  try {
    if (name === undefined) {
      print(tourList(bundledTours(captures)))
      return undefined
    }
    const file = tourNamed(name, captures)
    const options = readOptions(['-r', file.capture, ...args.filter(arg => arg !== name)])
    if (process.stdout.isTTY && process.env['TERM'] !== 'dumb')
      return await (await import('./showing.ts')).show(options, captures, file.tour)
    await printTour(file, options)
  } catch (error) {
    throw error instanceof TourError ? new UsageError(error.message) : error
  }
  return undefined
}

async function printTour({ tour, capture: path }: TourFile, { rules }: Options): Promise<void> {
  const capture = await Capture.begin(path)
  try {
    void capture.decodeBy(rules)
    await capture.survey()
    const blocks = tour.steps.flatMap((step, i) =>
      stepBlocks(tour, i, dissected(capture, step.packet, tour.name)),
    )
    print([...tourHeading(tour), ...blocks])
  } finally {
    capture.close()
  }
}

function dissected(capture: Capture, packet: number, name: string): Dissection {
  if (packet <= capture.count) return capture.dissect(packet)
  throw new TourError(
    `${name}: its capture has ${capture.count} packets, and a step asks for packet ${packet}`,
  )
}

function print(blocks: readonly Block[]): void {
  const writer = new ByteWriter()
  usualFormat('text', false).write(writer, blocks)
  new Output(writer).flush()
}
