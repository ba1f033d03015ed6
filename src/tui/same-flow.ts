import type { Capture } from '../store/capture.ts'
import { Filtered, type FilterOptions } from '../store/filtered.ts'
import { questionOf } from './filtering.ts'

/** Packets that are looked at before anyone asks again whether that was enough. */
const stretch = 100_000

/** The packets that one filter is true of, found once and only as far as somebody wants to go. */
export class SameFlow {
  readonly #filtered: Filtered
  readonly text: string

  constructor(capture: Capture, text: string) {
    this.text = text
    this.#filtered = new Filtered(
      capture,
      questionOf(text, capture, () => new Set()),
    )
  }

  get capture(): Capture {
    return this.#filtered.capture
  }

  /** Packets up to this one have been looked at. */
  get read(): number {
    return this.#filtered.read
  }

  /**
   * The packet so many of them behind (or, below 0, before) another, of those that `isListed` lets count; undefined:
   * there are not as many, or the work was stopped.
   * @throws {CaptureError} where a packet cannot be read any more
   */
  async packetBy(
    packet: number,
    by: number,
    isListed: (packet: number) => boolean,
    options: FilterOptions,
  ): Promise<number | undefined> {
    const filtered = this.#filtered
    const readOn = () => filtered.readTo(Math.min(this.capture.count, filtered.read + stretch), options)
    while (filtered.read < Math.min(packet, this.capture.count) && !options.signal.aborted) await readOn()
    const direction = Math.sign(by)
    const own = filtered.packets.rowFrom(packet)
    // A packet that is none of them lies between two rows.
    let row = own < filtered.packets.end && filtered.packets.at(own) === packet ? own : own - (by > 0 ? 1 : 0)
    for (let left = Math.abs(by); left > 0; ) {
      row += direction
      while (row >= filtered.packets.end && filtered.read < this.capture.count && !options.signal.aborted)
        await readOn()
      const { packets } = filtered
      if (row < packets.first || row >= packets.end) return undefined
      if (isListed(packets.at(row))) left--
    }
    return filtered.packets.at(row)
  }
}
