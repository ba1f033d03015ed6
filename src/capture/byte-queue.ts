const blockSize = 1 << 18

/** Bytes that wait, first in, first out. Blocks of memory that were read are used again. */
export class ByteQueue {
  /** Bytes that wait. */
  length = 0
  #blocks: Uint8Array[] = []
  /** Where the bytes begin in the first block, and end in the last one. */
  #start = 0
  #end = blockSize
  #spare: Uint8Array | undefined

  put(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      if (this.#end === blockSize) {
        this.#blocks.push(this.#spare ?? new Uint8Array(blockSize))
        this.#spare = undefined
        this.#end = 0
      }
      const part = bytes.subarray(done, done + blockSize - this.#end)
      this.#blocks.at(-1)!.set(part, this.#end)
      this.#end += part.length
      done += part.length
    }
    this.length += bytes.length
  }

  /** Moves as many bytes as there are, and as fit; returns how many. */
  take(into: Uint8Array): number {
    let done = 0
    while (done < into.length && this.length > 0) {
      const [block] = this.#blocks
      const last = this.#blocks.length === 1
      const part = block!.subarray(this.#start, last ? this.#end : blockSize).subarray(0, into.length - done)
      into.set(part, done)
      done += part.length
      this.#start += part.length
      this.length -= part.length
      if (this.#start === (last ? this.#end : blockSize)) this.#free(last)
    }
    return done
  }

  #free(last: boolean): void {
    this.#spare = this.#blocks.shift()
    this.#start = 0
    if (last) this.#end = blockSize
  }
}
