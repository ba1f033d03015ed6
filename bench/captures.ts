import { once } from 'node:events'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { generate } from './generate.ts'
import { type Input, inputs } from './subjects.ts'

/** The captures that subjects read, each written when it is first asked for. */
export class Captures {
  readonly #directory: string
  readonly #mixPackets: number
  readonly #seed: number
  readonly #paths = new Map<number, string>()

  constructor(directory: string, mixPackets: number, seed: number) {
    this.#directory = directory
    this.#mixPackets = mixPackets
    this.#seed = seed
  }

  packets(input: Input): number {
    return input === 'mix' ? this.#mixPackets : inputs[input]
  }

  /** The path of a capture that now lies in the page cache, as far as there is memory for it. */
  async warm(input: Input): Promise<string> {
    const packets = this.packets(input)
    const path = this.#paths.get(packets) ?? (await this.#write(packets))
    await once(createReadStream(path, { highWaterMark: 1 << 20 }).resume(), 'close')
    return path
  }

  async #write(packets: number): Promise<string> {
    const path = join(this.#directory, `${packets}.pcap`)
    console.error(`generating ${packets} packets`)
    await generate(path, { packets, seed: this.#seed, profile: 'mix' })
    this.#paths.set(packets, path)
    return path
  }
}
