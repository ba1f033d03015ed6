import { closeSync, readSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { reasonOf } from './errors.ts'
import { Growth } from './growth.ts'

/** Bytes in order, from a file, a pipe, or what unpacks them. */
export type Input = {
  /** Bytes of the file read so far, and its size when it was opened, or followed last; 0: unknown. */
  readonly done: number
  readonly size: number
  /** Why the bytes ended before their end. */
  readonly failure: string | undefined
  /** Reads without waiting; 0: the end, undefined: nothing is there yet. */
  readNow(into: Uint8Array): number | undefined
  /** Reads, waits if it must; 0: the end. */
  read(into: Uint8Array): Promise<number>
  /**
   * Reads again what came at `position` and returns how many bytes of it are there; absent: nothing can be read again.
   * Throws the system's error.
   */
  readAt?(into: Uint8Array, position: number): number
  /**
   * Waits at the end for what may still be written there, or no longer waits. False: it does not wait at an end, and
   * need not: what comes from a pipe comes anyway. Absent: the same.
   *
   * @throws {CaptureError} where that cannot be done
   */
  follow?(on: boolean): boolean
  /** Ends it at what has come by now. False, or absent: it has an end of its own, and nobody waits for it long. */
  end?(): boolean
  /** The first byte that can be read again; absent: byte 0. */
  readonly oldest?: number
  close(): void
}

/** A regular file. */
export class FileInput implements Input {
  size: number
  done = 0
  failure: string | undefined
  readonly #file: number
  readonly #path: string | undefined
  #growth: Growth | undefined
  #atEnd = false
  #closed = false

  /** `path`: where it was opened; undefined: it came open. */
  constructor(file: number, size: number, path?: string) {
    this.#file = file
    this.size = size
    this.#path = path
  }

  readNow(into: Uint8Array): number | undefined {
    if (this.#closed || this.failure !== undefined) return 0
    try {
      if (this.#growth && this.#atEnd) {
        const found = this.#growth.look(this.done)
        if (typeof found === 'string') return this.#fail(found)
        this.size = found
      }
      const count = readSync(this.#file, into, 0, into.length, this.done)
      this.done += count
      if (count > 0) this.#atEnd = false
      else if (this.#growth) return this.#wait(this.#growth)
      return count
    } catch (error) {
      return this.#fail(`reading failed at byte ${this.done}: ${reasonOf(error)}`)
    }
  }

  /** Never waits for the disk, but lets others have their turn. */
  async read(into: Uint8Array): Promise<number> {
    await setImmediate()
    for (;;) {
      const count = this.readNow(into)
      if (count !== undefined) return count
      await this.#growth?.change()
    }
  }

  follow(on: boolean): boolean {
    this.#growth?.stop()
    this.#atEnd = false
    this.#growth = on ? new Growth(this.#file, this.#path) : undefined
    return true
  }

  readAt(into: Uint8Array, position: number): number {
    return readSync(this.#file, into, 0, into.length, position)
  }

  close(): void {
    this.#closed = true
    this.#growth?.stop()
    closeSync(this.#file)
  }

  #wait(growth: Growth): undefined {
    if (!this.#atEnd) growth.mark(this.done)
    this.#atEnd = true
  }

  #fail(failure: string): number {
    this.failure = failure
    return 0
  }
}

/** A pipe, a socket or a device. */
export class StreamInput implements Input {
  readonly size = 0
  done = 0
  failure: string | undefined
  readonly #stream: Readable
  readonly #chunks: AsyncIterator<Uint8Array>
  #chunk: Uint8Array = new Uint8Array(0)
  #stopped = false

  constructor(stream: Readable) {
    this.#stream = stream
    this.#chunks = stream[Symbol.asyncIterator]()
  }

  readNow(into: Uint8Array): number | undefined {
    const count = Math.min(into.length, this.#chunk.length)
    if (count === 0) return undefined
    into.set(this.#chunk.subarray(0, count))
    this.#chunk = this.#chunk.subarray(count)
    this.done += count
    return count
  }

  async read(into: Uint8Array): Promise<number> {
    while (this.#chunk.length === 0) {
      const next = await this.#chunks.next().catch(error => this.#fail(error))
      if (next.done) return 0
      this.#chunk = next.value
    }
    return this.readNow(into) ?? 0
  }

  end(): boolean {
    this.#stopped = true
    this.#stream.destroy()
    return true
  }

  close(): void {
    this.#stream.destroy()
  }

  #fail(error: unknown): IteratorResult<Uint8Array> {
    if (!this.#stopped) this.failure = `reading failed at byte ${this.done}: ${reasonOf(error)}`
    return { done: true, value: undefined }
  }
}
