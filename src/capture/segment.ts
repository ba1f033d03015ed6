import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A stretch of a longer stream, in a temporary file that has no name. All methods throw the system's errors. */
export class Segment {
  /** Position of its first byte in the stream. */
  readonly start: number
  length = 0
  readonly #file: number

  constructor(start: number) {
    this.start = start
    const path = join(tmpdir(), `vpnscope-${globalThis.crypto.randomUUID()}.tmp`)
    this.#file = openSync(path, 'wx+', 0o600)
    unlinkSync(path)
  }

  /** Position behind its last byte. */
  get end(): number {
    return this.start + this.length
  }

  /** Appends; returns how many of the bytes found room. */
  write(bytes: Uint8Array): number {
    const count = writeSync(this.#file, bytes, 0, bytes.length, this.length)
    this.length += count
    return count
  }

  read(into: Uint8Array, position: number): number {
    return readSync(this.#file, into, 0, into.length, position - this.start)
  }

  close(): void {
    closeSync(this.#file)
  }
}
