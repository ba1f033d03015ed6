import { setImmediate } from 'node:timers/promises'
import { CaptureError } from '../capture/errors.ts'
import type { Capture } from '../store/capture.ts'
import { flowsUpTo, numberingOf } from './flow-numbering.ts'

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
    while (numbering.next <= capture.count && numberingOf(capture) === numbering) {
      const until = performance.now() + slice
      do flowsUpTo(capture, Math.min(numbering.next + stretch, capture.count))
      while (numbering.next <= capture.count && performance.now() < until)
      await setImmediate()
    }
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
  }
}
