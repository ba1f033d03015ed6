import { escapeControls } from '../byte-writer.ts'
import { CaptureError } from '../capture/errors.ts'
import type { TimeStamp } from '../print/clock.ts'
import type { Capture } from '../store/capture.ts'
import { CaptureFacts } from './capture-facts.ts'
import { type FieldColumn, fieldColumn } from './field-columns.ts'
import { numberAhead } from './numbering-ahead.ts'
import { noWishes, type Wishes } from './packet-columns.ts'
import { type PacketLine, packetLine } from './packet-line.ts'

/** Lines that are kept: many screens of them. */
const kept = 4096

const noTime: TimeStamp = { seconds: Number.NaN, fraction: 0, digits: 0 }

/** The lines of the packet list, each made when it is first shown. */
export class PacketLines {
  readonly #capture: Capture | undefined
  readonly #lines = new Map<number, PacketLine>()
  /** The widest columns so far. */
  wishes: Wishes = noWishes
  #columns: readonly FieldColumn[] = []

  constructor(capture?: Capture) {
    this.#capture = capture
  }

  /** The columns that somebody asked for. */
  get columns(): readonly FieldColumn[] {
    return this.#columns
  }

  /** Has columns of these names from now on. */
  ask(names: readonly string[]): void {
    if (names.join(' ') === this.#columns.map(({ name }) => name).join(' ')) return
    this.#columns = names.map(fieldColumn).filter(column => typeof column !== 'string')
    if (this.#capture && this.#columns.some(({ flows }) => flows)) void numberAhead(this.#capture)
    this.#lines.clear()
    this.wishes = { ...this.wishes, fields: [] }
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
    if (capture === undefined || number < capture.first || number > capture.count) return undefined
    return {
      seconds: capture.seconds(number),
      fraction: capture.fraction(number),
      digits: capture.digits(number),
    }
  }

  /** Where a packet was captured, where there are several places. */
  #deviceOf(number: number): string {
    const capture = this.#capture!
    const names = new Set(capture.interfaces.map(({ name }) => name))
    return names.size > 1 ? escapeControls(capture.interface(number).name) : ''
  }

  #read(number: number): PacketLine {
    try {
      const capture = this.#capture!
      const about = new CaptureFacts(capture)
      about.number = number
      return packetLine(capture.dissect(number), this.#deviceOf(number), this.#columns, about)
    } catch (error) {
      if (!(error instanceof CaptureError)) throw error
      // It may have left the ring since the screen was told which packets there are.
      const time = this.timeOf(number)
      const length = time ? this.#capture!.wireLength(number) : 0
      return {
        number,
        time: time ?? noTime,
        device: '',
        stack: [],
        links: 0,
        outer: undefined,
        inner: undefined,
        length,
        info: error.message,
        verdicts: [],
        fields: [],
      }
    }
  }
}
