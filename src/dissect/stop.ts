import type { Status } from './dissection.ts'

/** Why a walk ends early. Thrown by the Reader alone, as one shared object per kind; the engine catches it. */
export class Stop {
  readonly status: Status
  constructor(status: Status) {
    this.status = status
  }
}

/** The capture ended before the packet did. */
export const truncated = new Stop('truncated')
/** The packet contradicts itself. */
export const malformed = new Stop('malformed')
