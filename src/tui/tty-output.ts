import { closeSync, constants, openSync, writeSync } from 'node:fs'

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : undefined)

/** Milliseconds between two tries to write to a terminal that takes nothing: from, to. */
const shortestWait = 1
const longestWait = 32
/** Milliseconds that the last words to a terminal may take. */
const patience = 500

/**
 * Bytes to a terminal, in order, without ever waiting for it: a slow line must not keep keys from being read. Node's
 * own stream for a terminal waits, in the middle of everything else.
 */
export class TtyOutput {
  readonly #drained: () => void
  readonly #gone: () => void
  readonly #fd: number
  #rest: Buffer = Buffer.alloc(0)
  #timer: NodeJS.Timeout | undefined
  #wait = shortestWait

  /**
   * @param drained called when everything is written, after a `write` that returned false
   * @param gone called when the terminal is no more
   */
  constructor(drained: () => void, gone: () => void) {
    this.#drained = drained
    this.#gone = gone
    this.#fd = openAgain()
  }

  /** @returns false when the terminal has not taken everything yet */
  write(text: string): boolean {
    const bytes = Buffer.from(text)
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes
    if (this.#timer === undefined) this.#push()
    return this.#timer === undefined
  }

  /** Drops what the terminal has not taken, and writes this before anything else happens. Never throws. */
  writeNow(text: string): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#rest = Buffer.from(text)
    const deadline = Date.now() + patience
    try {
      while (!this.#advance() && Date.now() < deadline)
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, longestWait)
    } catch {
      // Nobody is left to read it.
    }
    this.#rest = Buffer.alloc(0)
  }

  close(): void {
    clearTimeout(this.#timer)
    if (this.#fd !== 1) closeSync(this.#fd)
  }

  #push(): void {
    try {
      if (this.#advance()) {
        this.#wait = shortestWait
        return
      }
    } catch {
      this.#rest = Buffer.alloc(0)
      this.#gone()
      return
    }
    this.#timer = setTimeout(() => this.#retry(), this.#wait)
    this.#wait = Math.min(this.#wait * 2, longestWait)
  }

  #retry(): void {
    this.#timer = undefined
    const before = this.#rest.length
    this.#push()
    if (this.#rest.length < before) this.#wait = shortestWait
    if (this.#timer === undefined) this.#drained()
  }

  /** Writes what the terminal takes now. @returns whether that was everything */
  #advance(): boolean {
    try {
      while (this.#rest.length > 0) this.#rest = this.#rest.subarray(writeSync(this.#fd, this.#rest))
      return true
    } catch (error) {
      if (codeOf(error) === 'EAGAIN' || codeOf(error) === 'EINTR') return false
      throw error
    }
  }
}

/**
 * The terminal of standard output once more, for us alone, so that not waiting is no affair of the shell's or of
 * whoever else writes to it. Where that is refused (after `su`, say), standard output itself, which waits.
 */
function openAgain(): number {
  const path = process.platform === 'linux' ? '/proc/self/fd/1' : '/dev/tty'
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY)
  } catch {
    return 1
  }
}
