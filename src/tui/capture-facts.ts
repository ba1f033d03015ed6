import type { Flows } from '../filter/flows.ts'
import type { Moment, PacketFacts } from '../filter/packet-facts.ts'
import type { Capture } from '../store/capture.ts'
import { flowsUpTo } from './flow-numbering.ts'

/** What filters ask of the packets of a capture beside what is in them; looked up when it is asked for. */
export class CaptureFacts implements PacketFacts {
  /** The packet that it is about. */
  number = 0
  readonly #capture: Capture
  readonly #marked: () => ReadonlySet<number>

  constructor(capture: Capture, marked: () => ReadonlySet<number> = () => new Set()) {
    this.#capture = capture
    this.#marked = marked
  }

  get first(): Moment | undefined {
    return this.#momentOf(this.#capture.first)
  }

  get previous(): Moment | undefined {
    return this.#momentOf(this.number - 1)
  }

  get interfaceName(): string {
    return this.#capture.interface(this.number).name
  }

  /** Reads on to the packet, where it was not read so far for that. */
  get flows(): Flows {
    return flowsUpTo(this.#capture, this.number)
  }

  get marked(): boolean {
    return this.#marked().has(this.number)
  }

  #momentOf(number: number): Moment | undefined {
    const capture = this.#capture
    if (number < capture.first || number > capture.count) return undefined
    return {
      seconds: capture.seconds(number),
      fraction: capture.fraction(number),
      digits: capture.digits(number),
    }
  }
}
