import type { DissectionBuffer } from './dissection.ts'
import type { Protocol } from './protocol.ts'
import { type Addresses, type Reader, unlimited } from './reader.ts'

/** Messages of one protocol that lie one behind the other, and how far they have been read. */
type Run = {
  protocol: Protocol
  bytes: Uint8Array
  base: number
  pos: number
  limit: number
  end: number
  keeps: boolean
  excerpted: boolean
  addresses: Addresses
  /** The layer that carries them, and the number of the buffer that they lie in. */
  layer: number
  buffer: number
}

/** How to go on: with a message, with the beginning of one, with bytes that are none, or not at all. */
export type Turn = 'message' | 'beginning' | 'bytes' | 'none'

/**
 * What the engine comes back to when it is through with one message and all that it carries: the next message of the
 * same segment, then that of the segment around it.
 */
export class Runs {
  readonly #runs: Run[] = []
  #open = 0

  /** True where there is something to come back to. */
  get pending(): boolean {
    return this.#open > 0
  }

  /** The run that `turn` went on with last. */
  current: Pick<Run, 'protocol' | 'layer' | 'buffer'> | undefined

  clear(): void {
    this.#open = 0
  }

  /** Begins a run: what the reader has left to give, or what is in a buffer. */
  begin(r: Reader, protocol: Protocol, layer: number, buffer: number, inside?: DissectionBuffer): void {
    const run = {
      protocol,
      bytes: inside?.bytes ?? r.bytes,
      base: inside ? 0 : r.base,
      pos: inside ? 0 : r.pos,
      limit: inside ? inside.bytes.length : r.limit,
      end: inside ? inside.bytes.length : r.end,
      keeps: r.keeps,
      excerpted: r.excerpted,
      addresses: { ...r.addresses },
      layer,
      buffer,
    }
    this.#runs[this.#open++] = run
  }

  /** Places the reader at the next message, or at what is left behind the last one. */
  turn(r: Reader): Turn {
    while (this.#open > 0) {
      const run = this.#runs[this.#open - 1]!
      if (run.pos >= run.limit || run.pos >= run.end) {
        this.#open--
        continue
      }
      this.current = run
      return this.#go(r, run)
    }
    return 'none'
  }

  #go(r: Reader, run: Run): Turn {
    const { pos, limit, end, protocol } = run
    r.place(run.bytes, run.base, end - run.base, limit - run.base, '')
    r.bound(pos, limit, end)
    r.excerpted = run.excerpted
    Object.assign(r.addresses, run.addresses)
    const length = protocol.message!(r, true)
    if (length > 0 && length <= limit - pos) {
      run.pos = pos + length
      r.bound(pos, pos + length, Math.min(end, pos + length))
      return 'message'
    }
    this.#open--
    if (length < 0) return 'bytes'
    // The capture ends in front of the length: the protocol says what it misses.
    if (length === 0 && end < limit) return 'message'
    if (run.keeps) return 'bytes'
    r.excerpted = true
    r.bound(pos, unlimited, Math.min(end, limit))
    return 'beginning'
  }
}
