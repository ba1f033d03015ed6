import { CaptureError } from '../errors.ts'
import type { CaptureRequest, Capturer } from './capturer.ts'

/** Milliseconds between two tries. */
const retryMs = 1000

/** Interfaces that have ended and are tried again, until somebody has enough of it. */
export class Retries {
  readonly #start: (request: CaptureRequest) => Promise<Capturer>
  /** The next try of each, or the one that goes on. */
  readonly #timers = new Map<string, NodeJS.Timeout>()

  constructor(start: (request: CaptureRequest) => Promise<Capturer>) {
    this.#start = start
  }

  /** How many interfaces are awaited. */
  get size(): number {
    return this.#timers.size
  }

  has(device: string): boolean {
    return this.#timers.has(device)
  }

  /** Tries once, a second later. `tell` gets a capturer that runs, or why there is none. */
  add(request: CaptureRequest, tell: (found: Capturer | CaptureError) => void): void {
    const { device } = request
    const attempt = async () => {
      const found = await this.#start(request).catch((error: unknown) => {
        if (!(error instanceof CaptureError)) throw error
        return error
      })
      if (this.#timers.get(device) === timer) {
        this.#timers.delete(device)
        tell(found)
      } else if (!(found instanceof CaptureError)) found.stop()
    }
    const timer = setTimeout(attempt, retryMs)
    this.#timers.set(device, timer)
  }

  /** Gives all of them up. */
  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }
}
