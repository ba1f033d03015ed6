import { type Stats, statSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { CaptureError, reasonOf } from '../capture/errors.ts'
import type { InterfaceDescription } from '../capture/pcapng-write.ts'
import { type CaptureWriter, createCapture } from '../capture/write.ts'
import { emptyFrame } from '../frame.ts'
import type { Capture } from './capture.ts'
import { innermostPacket, rawPackets } from './innermost.ts'

export type SaveOptions = {
  /** Called after each slice with the packets that are done with. */
  readonly progress?: (done: number) => void
  /** Stops saving; nothing is left of it. */
  readonly signal?: AbortSignal
  /** Of each packet only the IP packet inside all of its tunnels; one that wraps none is left out. */
  readonly innermost?: boolean
}

/** How long the event loop may stand still, in milliseconds. */
const slice = 25
/** Packets between two looks at the clock. */
const stretch = 64

/**
 * Writes packets of a capture, in the order of `numbers`, to a file that appears whole or not at all: pcap where its
 * name ends in .pcap, .cap or .dmp, else pcapng, which also keeps the interfaces, the comments and the secrets.
 * 'all': those that the survey has found by now. Returns how many were written; 0 where it was stopped.
 *
 * @throws {CaptureError} where the path is the capture itself or no file, where the system refuses, where pcap cannot
 *   hold a packet, and where one cannot be read again
 */
export async function save(
  capture: Capture,
  path: string,
  numbers: Iterable<number> | 'all',
  options: SaveOptions = {},
): Promise<number> {
  refuse(capture, path)
  const { sectionComments: comments, secrets } = capture
  const linkType = options.innermost ? rawPackets : (capture.interfaces[0]?.linkType ?? 1)
  const format = /\.(pcap|cap|dmp)$/i.test(path) ? 'pcap' : 'pcapng'
  const writer = createCapture(path, format, { comments, secrets, linkType })
  try {
    const chosen = numbers === 'all' ? found(capture, capture.count) : numbers
    const written = await write(writer, capture, chosen, options)
    if (options.signal?.aborted) return 0
    writer.commit()
    return written
  } finally {
    writer.abandon()
  }
}

async function write(
  writer: CaptureWriter,
  capture: Capture,
  numbers: Iterable<number>,
  { progress, signal, innermost = false }: SaveOptions,
): Promise<number> {
  const frame = emptyFrame()
  const inside = new InnerInterfaces()
  let looked = 0
  let written = 0
  let until = performance.now() + slice
  for (const number of numbers) {
    if (signal?.aborted) break
    const packet = innermost ? innermostPacket(capture.dissect(number)) : capture.frame(number, frame)
    const origin = capture.interface(number)
    if (packet) {
      writer.write(packet, innermost ? inside.of(origin) : origin)
      written++
    }
    if (++looked % stretch > 0 || performance.now() < until) continue
    progress?.(looked)
    await setImmediate()
    until = performance.now() + slice
  }
  return written
}

/** The interfaces of a capture, as those see them who look inside the tunnels. */
class InnerInterfaces {
  readonly #known = new Map<InterfaceDescription, InterfaceDescription>()

  of(origin: InterfaceDescription): InterfaceDescription {
    const known = this.#known.get(origin)
    if (known) return known
    const inner = { ...origin, linkType: rawPackets, fcsBytes: 0 }
    this.#known.set(origin, inner)
    return inner
  }
}

/** Opening a pipe would wait for its reader, and a capture saved over itself would lose what was not chosen. */
function refuse(capture: Capture, path: string): void {
  if (path === '-') throw new CaptureError('-: standard output is the terminal; choose a name')
  const there = look(path)
  if (there === undefined) return
  if (!there.isFile()) throw new CaptureError(`${path}: is no ordinary file; choose another name`)
  const shown = capture.path === '-' ? undefined : look(capture.path)
  if (shown?.dev === there.dev && shown.ino === there.ino)
    throw new CaptureError(`${path}: is the capture being shown; choose another name`)
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw new CaptureError(`${path}: ${reasonOf(error)}`)
  }
}

/** What the ring lets go while the rest is written is left out. */
function* found(capture: Capture, count: number): Generator<number> {
  for (let number = capture.first; number <= count; number = Math.max(number + 1, capture.first)) yield number
}
