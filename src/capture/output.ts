import { randomUUID } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { CaptureError, reasonOf } from './errors.ts'

const bufferSize = 1 << 18

/**
 * Writes a file that appears whole or not at all: under another name in the same directory until `commit`. A file
 * of that name keeps its contents until then, and its permissions. Pipes, devices and '-' (standard output) are
 * written directly.
 *
 * All methods throw a CaptureError where the system refuses; the file is then as it was before.
 */
export class Output {
  readonly #name: string
  readonly #path: string
  readonly #temporary: string | undefined
  readonly #mode: number | undefined
  readonly #file: number
  readonly #buffer = new Uint8Array(bufferSize)
  #used = 0
  #closed = false
  #finished = false

  constructor(path: string) {
    this.#name = path === '-' ? 'standard output' : path
    const { target, mode, direct } =
      path === '-' ? { target: path, mode: undefined, direct: true } : this.#do(() => look(path))
    this.#path = target
    this.#mode = mode
    this.#temporary = direct ? undefined : `${target}.${randomUUID().slice(0, 8)}.tmp`
    this.#file =
      path === '-' ? 1 : this.#do(() => openSync(this.#temporary ?? target, this.#temporary ? 'wx' : 'w'))
  }

  write(bytes: Uint8Array): void {
    if (this.#used + bytes.length > bufferSize) this.flush()
    if (bytes.length > bufferSize) {
      this.#writeAll(bytes, bytes.length)
    } else {
      this.#buffer.set(bytes, this.#used)
      this.#used += bytes.length
    }
  }

  /** Hands everything to the system: for a reader at the other end of a pipe. */
  flush(): void {
    const length = this.#used
    this.#used = 0
    this.#writeAll(this.#buffer, length)
  }

  /** Finishes the file and gives it its name. */
  commit(): void {
    this.flush()
    this.#do(() => {
      if (this.#temporary) fsyncSync(this.#file)
      this.#close()
      if (this.#temporary && this.#mode !== undefined) chmodSync(this.#temporary, this.#mode)
      if (this.#temporary) renameSync(this.#temporary, this.#path)
      this.#finished = true
    })
  }

  /** Throws away what was written. Does nothing after `commit` or an error. */
  abandon(): void {
    if (this.#finished) return
    this.#finished = true
    this.#close()
    if (this.#temporary) unlinkSync(this.#temporary)
  }

  #close(): void {
    if (this.#closed) return
    this.#closed = true
    if (this.#file !== 1) closeSync(this.#file)
  }

  #writeAll(bytes: Uint8Array, length: number): void {
    for (let done = 0; done < length; )
      done += this.#do(() => writeSome(this.#file, bytes.subarray(done, length)))
  }

  #do<T>(action: () => T): T {
    try {
      return action()
    } catch (error) {
      const reason = reasonOf(error)
      if (this.#file !== undefined) this.abandon()
      throw new CaptureError(`${this.#name}: cannot write: ${reason}`)
    }
  }
}

/** What is at the path now. A link is followed, so that its target is replaced and not the link. */
function look(path: string): { target: string; mode: number | undefined; direct: boolean } {
  const status = statSync(path, { throwIfNoEntry: false })
  if (!status) return { target: path, mode: undefined, direct: false }
  return { target: realpathSync(path), mode: status.mode & 0o7777, direct: !status.isFile() }
}

/**
 * Writes some of the bytes and returns how many. Standard output may be a pipe that does not block: waits a millisecond
 * at a time while it is full.
 */
export function writeSome(file: number, bytes: Uint8Array): number {
  try {
    return writeSync(file, bytes)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    return 0
  }
}
