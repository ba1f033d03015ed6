import type { Dissection } from '../dissect/dissection.ts'
import { Flows } from '../filter/flows.ts'
import type { Capture } from '../store/capture.ts'

/** The flows of a capture, numbered up to the packet `next`. */
export type Numbering = { readonly flows: Flows; readonly look: (number: number) => Dissection; next: number }

/** Of each capture, so that columns and filters count alike. */
const numberings = new WeakMap<Capture, Numbering>()

/** The capture is decoded in another way: what it has of flows may be another. */
export function forgetFlows(capture: Capture): void {
  numberings.delete(capture)
}

/** How far the flows of a capture are numbered; another object where it is decoded otherwise since. */
export function numberingOf(capture: Capture): Numbering {
  const known = numberings.get(capture)
  if (known) return known
  const begun = { flows: new Flows(), look: capture.looker('peel', undefined, true), next: capture.first }
  numberings.set(capture, begun)
  return begun
}

/** Numbers the flows of all packets up to one. */
export function flowsUpTo(capture: Capture, number: number): Flows {
  const numbering = numberingOf(capture)
  for (; numbering.next <= number; numbering.next++) {
    numbering.next = Math.max(numbering.next, capture.first)
    const { protocols } = capture.shape(numbering.next)
    if (protocols.some(({ id }) => id === 'tcp' || id === 'udp'))
      numbering.flows.see(numbering.look(numbering.next))
  }
  return numbering.flows
}
