import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CaptureError, reasonOf } from './errors.ts'
import type { Input } from './input.ts'

/**
 * Passes another input on and keeps its bytes in a temporary file, for those who come back to them. The file has
 * no name any more when this returns, so it vanishes with the process however that ends.
 */
export class SpoolInput implements Input {
  readonly #file: number
  readonly #from: Input
  #written = 0
  #fault: string | undefined

  /** `first`: bytes that were read from `from` already. */
  constructor(from: Input, first: Uint8Array) {
    this.#from = from
    this.#file = temporaryFile()
    this.#write(first)
  }

  get failure(): string | undefined {
    return this.#fault ?? this.#from.failure
  }

  get done(): number {
    return this.#from.done
  }

  get size(): number {
    return this.#from.size
  }

  readNow(into: Uint8Array): number | undefined {
    const count = this.#from.readNow(into)
    return count && this.#keep(into, count)
  }

  async read(into: Uint8Array): Promise<number> {
    return this.#keep(into, await this.#from.read(into))
  }

  readAt(into: Uint8Array, position: number): number {
    return readSync(this.#file, into, 0, into.length, position)
  }

  close(): void {
    closeSync(this.#file)
    this.#from.close()
  }

  #keep(into: Uint8Array, count: number): number {
    if (count > 0) this.#write(into.subarray(0, count))
    return this.#fault === undefined ? count : 0
  }

  #write(bytes: Uint8Array): void {
    if (this.#fault !== undefined) return
    try {
      for (let done = 0; done < bytes.length; ) {
        const count = writeSync(this.#file, bytes, done, bytes.length - done, this.#written)
        done += count
        this.#written += count
      }
    } catch (error) {
      const why = `${reasonOf(error)} in ${tmpdir()} after ${this.#written} bytes`
      this.#fault = `cannot keep a copy to go back to: ${why}; set TMPDIR to a larger disk`
    }
  }
}

function temporaryFile(): number {
  const path = join(tmpdir(), `vpnscope-${globalThis.crypto.randomUUID()}.tmp`)
  try {
    const file = openSync(path, 'wx+', 0o600)
    unlinkSync(path)
    return file
  } catch (error) {
    const why = `cannot write a temporary file in ${tmpdir()}: ${reasonOf(error)}`
    throw new CaptureError(`${why}; set TMPDIR to another directory`)
  }
}
