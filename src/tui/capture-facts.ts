import { setImmediate } from 'node:timers/promises'
import { CaptureError } from '../capture/errors.ts'
import type { Dissection } from '../dissect/dissection.ts'
import { Flows } from '../filter/flows.ts'
import type { Moment, PacketFacts } from '../filter/packet-facts.ts'
import type { Capture } from '../store/capture.ts'

type Numbering = { readonly flows: Flows; readonly look: (number: number) => Dissection; next: number }

/** Of each capture, so that columns and filters count alike. */
const numberings = new WeakMap<Capture, Numbering>()

/** The capture is decoded in another way: what it has of flows may be another. */
export function forgetFlows(capture: Capture): void {
  numberings.delete(capture)
}

function numberingOf(capture: Capture): Numbering {
  const known = numberings.get(capture)
  if (known) return known
  const begun = { flows: new Flows(), look: capture.looker('peel', undefined, true), next: capture.first }
  numberings.set(capture, begun)
  return begun
}

function flowsUpTo(capture: Capture, number: number): Flows {
  const numbering = numberingOf(capture)
  for (; numbering.next <= number; numbering.next++) {
    numbering.next = Math.max(numbering.next, capture.first)
    const { protocols } = capture.shape(numbering.next)
    if (protocols.some(({ id }) => id === 'tcp' || id === 'udp'))
      numbering.flows.see(numbering.look(numbering.next))
  }
  return numbering.flows
}

/** How long keys have to wait, in milliseconds. */
const slice = 15
/** Packets between two looks at the clock. */
const stretch = 256

/**
 * Numbers the flows of all packets that are known by now, in slices: whoever goes to the end of a long capture then need not
 * wait for it. Ends where the capture is closed, or decoded otherwise.
 */
export async function numberAhead(capture: Capture): Promise<void> {
  const numbering = numberingOf(capture)
  try {
    while (numbering.next <= capture.count && numberings.get(capture) === numbering) {
      const until = performance.now() + slice
      do flowsUpTo(capture, Math.min(numbering.next + stretch, capture.count))
      while (numbering.next <= capture.count && performance.now() < until)
      await setImmediate()
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
  }
}

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
