import { writeSync } from 'node:fs'
import { ByteWriter } from '../byte-writer.ts'
import { CaptureError, reasonOf } from '../capture/errors.ts'

/** Bytes that gather before they are written out. */
const gathered = 128 * 1024

/** The reader of our output went away, as `head` does when it has enough. */
export class Closed extends Error {}

/** Standard output, written in large pieces. */
export class Output {
  readonly #writer: ByteWriter
  readonly #fd: number

  constructor(writer: ByteWriter, fd = 1) {
    this.#writer = writer
    this.#fd = fd
  }

  /** Writes out when enough has gathered. */
  drain(): void {
    if (this.#writer.length >= gathered) this.flush()
  }

  /**
   * Writes out everything.
   * @throws {Closed} when nobody reads it any more
   * @throws {CaptureError} where it cannot be written, to a full disk for one
   */
  flush(): void {
    const { bytes, length } = this.#writer
    let written = 0
    while (written < length) written += this.#write(bytes, written, length - written)
    this.#writer.clear()
  }

  #write(bytes: Uint8Array, start: number, length: number): number {
    try {
      return writeSync(this.#fd, bytes, start, length)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EPIPE') throw new Closed()
      // A pipe that is full and does not block: its reader is slower than we are.
      if (code !== 'EAGAIN') throw new CaptureError(`standard output: cannot write: ${reasonOf(error)}`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
      return 0
    }
  }
}

/** Writes lines of our own to standard output. */
export function printText(text: string): void {
  const writer = new ByteWriter()
  for (const line of text.trimEnd().split('\n')) writer.text(line).ascii('\n')
  new Output(writer).flush()
}
