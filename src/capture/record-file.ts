import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs'
import { writeSome } from './output.ts'

const initialSize = 1 << 18

/**
 * A file that is written while its packets come, and whose readers may look at any time: only whole packets are
 * handed to the system, and where it takes a part of one, because the disk is full, the file is cut back to the packet
 * before it. What found no room waits here. Pipes and devices take what they can.
 *
 * All methods throw the system's errors.
 */
export class RecordFile {
  readonly #file: number
  readonly #isRegular: boolean
  /** Bytes that the system has. */
  #written = 0
  #buffer = new Uint8Array(initialSize)
  #used = 0
  /** Where the packets end in the buffer. */
  #ends: number[] = []

  /** '-' is standard output. */
  constructor(path: string) {
    this.#file = path === '-' ? 1 : openSync(path, 'w')
    this.#isRegular = path !== '-' && fstatSync(this.#file).isFile()
  }

  /** Of the file, with what waits. */
  get size(): number {
    return this.#written + this.#used
  }

  get waitingBytes(): number {
    return this.#used
  }

  get waitingPackets(): number {
    return this.#ends.length
  }

  put(bytes: Uint8Array): void {
    while (this.#used + bytes.length > this.#buffer.length) {
      const larger = new Uint8Array(this.#buffer.length * 2)
      larger.set(this.#buffer)
      this.#buffer = larger
    }
    this.#buffer.set(bytes, this.#used)
    this.#used += bytes.length
  }

  /** A packet is complete, with all that belongs before it. */
  endPacket(): void {
    this.#ends.push(this.#used)
  }

  /** Hands all that waits to the system. */
  flush(): void {
    let done = 0
    try {
      while (done < this.#used) done += this.#write(this.#buffer.subarray(done, this.#used), done)
    } finally {
      this.#keepFrom(done)
    }
  }

  /** Without `flush` before it, what waits is lost. */
  close(): void {
    if (this.#file !== 1) closeSync(this.#file)
  }

  #write(bytes: Uint8Array, done: number): number {
    if (!this.#isRegular) return writeSome(this.#file, bytes)
    return writeSync(this.#file, bytes, 0, bytes.length, this.#written + done)
  }

  #keepFrom(done: number): void {
    const whole =
      done === this.#used || !this.#isRegular ? done : (this.#ends.findLast(end => end <= done) ?? 0)
    if (whole < done) ftruncateSync(this.#file, this.#written + whole)
    this.#buffer.copyWithin(0, whole, this.#used)
    this.#used -= whole
    this.#written += whole
    this.#ends = this.#ends.filter(end => end > whole).map(end => end - whole)
  }
}
