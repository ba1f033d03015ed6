import { createGunzip } from 'node:zlib'
import { CaptureError, reasonOf } from './errors.ts'
import type { Input } from './input.ts'

const piece = 1 << 16

/** Whether these are the first bytes of gzip data (RFC 1952, section 2.3.1). */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/**
 * Unpacks another input, any number of gzip members after each other.
 *
 * The packed bytes are handed over one piece at a time, the next when all that came out of the last is taken: so
 * data that are cut off lose nothing, damaged ones 64 KiB before the damage at most, and a few bytes that unpack to
 * gigabytes fill no memory.
 */
export class GzipInput implements Input {
  failure: string | undefined
  readonly #packed: Input
  readonly #gunzip = createGunzip({ chunkSize: piece })
  #first: Uint8Array | undefined
  #chunk: Uint8Array = new Uint8Array(0)
  #unpacked = 0
  #hungry = true
  #ended = false
  #wake = () => {}

  /** `first`: bytes that were read from `packed` already. */
  constructor(packed: Input, first: Uint8Array) {
    this.#packed = packed
    this.#first = first
    this.#gunzip.on('readable', () => this.#wake())
    this.#gunzip.on('error', error => this.#end(`the gzip data ${this.#reason(error)}`))
    this.#gunzip.on('end', () => this.#end(packed.failure))
  }

  get done(): number {
    return this.#packed.done
  }

  get size(): number {
    return this.#packed.size
  }

  readNow(into: Uint8Array): number | undefined {
    if (this.#chunk.length === 0) this.#chunk = this.#gunzip.read() ?? this.#chunk
    const count = Math.min(into.length, this.#chunk.length)
    if (count === 0) return undefined
    into.set(this.#chunk.subarray(0, count))
    this.#chunk = this.#chunk.subarray(count)
    this.#unpacked += count
    return count
  }

  async read(into: Uint8Array): Promise<number> {
    for (;;) {
      const count = this.readNow(into)
      if (count) return count
      if (this.#ended) return 0
      if (this.#hungry) await this.#feed()
      else await new Promise<void>(wake => (this.#wake = wake))
    }
  }

  follow(): boolean {
    if (!this.#packed.follow) return false
    throw new CaptureError('a file packed with gzip cannot be followed; unpack it first')
  }

  end(): boolean {
    return this.#packed.end?.() ?? false
  }

  close(): void {
    this.#gunzip.destroy()
    this.#packed.close()
    this.#end('closed')
  }

  async #feed(): Promise<void> {
    const bytes = await this.#nextPiece()
    this.#hungry = false
    if (bytes.length === 0) {
      this.#gunzip.end()
      return
    }
    this.#gunzip.write(bytes, () => {
      this.#hungry = true
      this.#wake()
    })
  }

  async #nextPiece(): Promise<Uint8Array> {
    const first = this.#first
    if (first) {
      this.#first = first.length > piece ? first.subarray(piece) : undefined
      return first.subarray(0, piece)
    }
    const bytes = new Uint8Array(piece)
    return bytes.subarray(0, await this.#packed.read(bytes))
  }

  #end(failure: string | undefined): void {
    this.#ended = true
    this.failure = failure
    this.#wake()
  }

  #reason(error: Error): string {
    if (this.#packed.failure) return `break off (${this.#packed.failure})`
    const fault = reasonOf(error) === 'Z_BUF_ERROR' ? 'are cut short' : `are damaged (${error.message})`
    return `${fault} after ${this.#unpacked} unpacked bytes`
  }
}
