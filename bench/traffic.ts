import { mix } from './mix.ts'
import { newFlow, type PacketWriter } from './packets.ts'
import { type Random, shuffle } from './random.ts'

/** TCP payload lengths of a profile: one line is drawn, then a length from its first to its last number. */
const profiles = {
  mix: [
    [1, 40],
    [20, 100],
    [60, 240],
    [200, 400],
    [300, 800],
    [400, 1200],
    [1340, 1340],
  ],
  small: [
    [1, 8],
    [8, 36],
  ],
} as const

export type Profile = keyof typeof profiles
export const profileNames: readonly string[] = Object.keys(profiles)
export const isProfile = (name: string): name is Profile => profileNames.includes(name)

const tunnels = 64

/** An endless deck of packets: of each thousand, every kind gets exactly its share, in random order. */
export class Traffic {
  readonly #writer: PacketWriter
  readonly #random: Random
  readonly #sizes: (typeof profiles)[Profile]
  readonly #flows = Array.from({ length: tunnels * stacks() }, (_, id) => newFlow(id, id % tunnels))
  readonly #deck = Uint8Array.from(mix.flatMap((kind, index) => new Array<number>(kind.perMille).fill(index)))
  #dealt = 0

  constructor(writer: PacketWriter, random: Random, profile: Profile) {
    this.#writer = writer
    this.#random = random
    this.#sizes = profiles[profile]
  }

  /** Writes one packet, without padding, where the writer stands. */
  writeNext(): void {
    const writer = this.#writer
    const random = this.#random
    if (this.#dealt % this.#deck.length === 0) shuffle(this.#deck, random)
    const kind = mix[this.#deck[this.#dealt++ % this.#deck.length]!]!
    const flow = this.#flows[kind.stack * tunnels + random.between(0, tunnels - 1)]!
    const side = kind.turns ? flow.packets[0] + flow.packets[1] : random.next() >>> 16
    writer.flow = flow
    writer.direction = side % 2 === 0 ? 0 : 1
    flow.packets[writer.direction]++
    const [from, to] = this.#sizes[random.between(0, this.#sizes.length - 1)]!
    kind.write(writer, random.between(from, to))
  }
}

function stacks(): number {
  return 1 + Math.max(...mix.map(kind => kind.stack))
}
