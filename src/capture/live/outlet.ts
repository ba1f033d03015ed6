import { writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { ByteQueue } from '../byte-queue.ts'

/** Milliseconds after which a reader that had enough is offered more. */
const patienceMs = 2
const chunkSize = 1 << 16
const clock = new Int32Array(new SharedArrayBuffer(4))
const pause = () => Atomics.wait(clock, 0, 0, 1)

/**
 * Standard output of a program that must not wait: what a slow reader does not take yet is kept here, up to `most`
 * bytes. Whatever the system says to a write but that, ends the program: nobody reads any more.
 */
export class Outlet {
  readonly #most: number
  readonly #queue = new ByteQueue()
  readonly #chunk = new Uint8Array(chunkSize)
  /** What of the chunk is not written. */
  #rest = this.#chunk.subarray(0, 0)
  #timer: NodeJS.Timeout | undefined

  constructor(most: number) {
    this.#most = most
    // Makes a pipe one that says no instead of keeping us.
    new Socket({ fd: 1, readable: false, writable: true }).unref()
  }

  /** Writes now what can be written now; waits only where too much is kept. */
  write(bytes: Uint8Array): void {
    const done = this.#isEmpty ? writeSome(bytes) : 0
    if (done < bytes.length) this.#queue.put(bytes.subarray(done))
    this.#push()
    while (this.#queue.length > this.#most) this.#wait()
  }

  /** Waits until everything is written. */
  drain(): void {
    while (!this.#isEmpty) this.#wait()
  }

  get #isEmpty(): boolean {
    return this.#rest.length === 0 && this.#queue.length === 0
  }

  #wait(): void {
    pause()
    this.#push()
  }

  #push(): void {
    clearTimeout(this.#timer)
    while (!this.#isEmpty) {
      if (this.#rest.length === 0) this.#rest = this.#chunk.subarray(0, this.#queue.take(this.#chunk))
      const done = writeSome(this.#rest)
      this.#rest = this.#rest.subarray(done)
      if (done > 0) continue
      this.#timer = setTimeout(() => this.#push(), patienceMs)
      return
    }
  }
}

/** How many bytes the reader takes now. */
function writeSome(bytes: Uint8Array): number {
  try {
    return writeSync(1, bytes)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EPIPE') process.exit(0)
    if (code !== 'EAGAIN') throw error
    return 0
  }
}
