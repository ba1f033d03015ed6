import { CaptureError } from '../capture/errors.ts'
import type { TimeStamp } from '../print/clock.ts'
import type { Capture } from '../store/capture.ts'
import { noWishes, type Wishes } from './packet-columns.ts'
import { type PacketLine, packetLine } from './packet-line.ts'

/** Lines that are kept: many screens of them. */
const kept = 4096

/** The lines of the packet list, each made when it is first shown. */
export class PacketLines {
  readonly #capture: Capture | undefined
  readonly #lines = new Map<number, PacketLine>()
  /** The widest columns so far. */
  wishes: Wishes = noWishes

  constructor(capture?: Capture) {
    this.#capture = capture
  }

  /** The line of a packet; one that cannot be read any more says so. */
  get(number: number): PacketLine {
    const known = this.#lines.get(number)
    if (known) return known
    const line = this.#read(number)
    if (this.#lines.size >= kept) this.#lines.delete(this.#lines.keys().next().value!)
    this.#lines.set(number, line)
    return line
  }

  timeOf(number: number): TimeStamp | undefined {
    const capture = this.#capture
    if (capture === undefined || number < 1 || number > capture.count) return undefined
    return {
      seconds: capture.seconds(number),
      fraction: capture.fraction(number),
      digits: capture.digits(number),
    }
  }

  #read(number: number): PacketLine {
    try {
      return packetLine(this.#capture!.dissect(number))
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      const time = this.timeOf(number)!
      const length = this.#capture!.wireLength(number)
      return {
        number,
        time,
        stack: [],
        outer: undefined,
        inner: undefined,
        length,
        info: error.message,
        verdicts: [],
      }
    }
  }
}
