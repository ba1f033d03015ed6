const initialSize = 1 << 20

/**
 * The stretch of a capture that is in memory: bytes `start` to `end` of `bytes` are still to be read.
 *
 * One buffer is used again and again. 1 MiB stays in the processor's caches and makes system calls rare; it grows
 * only when a single record is longer, and only as its bytes arrive.
 */
export class Window {
  bytes = new Uint8Array(initialSize)
  view = new DataView(this.bytes.buffer)
  start = 0
  end = 0
  /** Where in the (unpacked) capture `bytes[0]` lies. */
  origin = 0
  /** No bytes will follow those held. */
  complete = false

  /** Position of `start` in the capture. */
  get position(): number {
    return this.origin + this.start
  }

  get held(): number {
    return this.end - this.start
  }

  /** Free space after `end`: at least one byte. Moves the bytes held to the front. */
  room(): Uint8Array {
    const old = this.bytes
    if (this.held === old.length) {
      this.bytes = new Uint8Array(old.length * 2)
      this.view = new DataView(this.bytes.buffer)
      this.bytes.set(old)
    } else if (this.start > 0) {
      old.copyWithin(0, this.start, this.end)
      this.origin += this.start
      this.end -= this.start
      this.start = 0
    }
    return this.bytes.subarray(this.end)
  }

  /** Takes the bytes held out, as a copy, and begins anew at position 0. */
  take(): Uint8Array {
    const taken = this.bytes.slice(this.start, this.end)
    this.start = this.end = this.origin = 0
    return taken
  }
}
