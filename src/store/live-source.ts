import { CaptureError } from '../capture/errors.ts'
import type { Live } from '../capture/live/live.ts'
import type { Capture } from './capture.ts'

/** Where the packets of a capture come from while they do. */
export type LiveSource = Pick<
  Live,
  'interfaces' | 'filter' | 'isRunning' | 'recorder' | 'finished' | 'onChange' | 'tend' | 'stop' | 'restart'
> & {
  /** It cannot begin anew. */
  readonly isOnce?: true
}

/** A pipe that somebody else captures into. */
export class Pipe implements LiveSource {
  readonly isOnce = true
  readonly interfaces = []
  readonly filter = ''
  readonly recorder = undefined
  readonly finished = Promise.resolve()
  onChange = () => {}
  readonly #capture: Capture

  constructor(capture: Capture) {
    this.#capture = capture
  }

  get isRunning(): boolean {
    return !this.#capture.complete
  }

  tend(): void {}

  stop(): void {
    this.#capture.stop()
  }

  /** @throws {CaptureError} */
  async restart(): Promise<void> {
    throw new CaptureError(`${this.#capture.name}: a pipe cannot begin anew`)
  }
}
