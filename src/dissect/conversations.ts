import { hexText } from '../addresses.ts'
import type { Protocol } from './protocol.ts'
import type { Reader } from './reader.ts'

/** Pairs of endpoints that are remembered; of later ones only what their packets say themselves is known. */
const mostPairs = 1 << 16

/** Stands for a port that is not known yet. */
export const anyPort = 0

/** What two endpoints were seen to speak, and in which frame first. */
export type Spoken = { readonly protocol: Protocol; readonly frame: number }

/**
 * Which protocol two endpoints of a transport speak, where their ports do not say so and one of their packets gave it
 * away. Whoever asks about a frame hears of earlier ones only, so the order in which frames are asked for is no matter.
 */
export class Conversations {
  readonly #spoken = new Map<string, Spoken>()
  /** Ports of all endpoints that are remembered: most packets have others, and are spared the search. */
  readonly #ports = new Set<number>()

  /** Remembers that the addresses around the cursor speak this protocol on these ports, in the current frame first. */
  enter(r: Reader, source: number, destination: number, protocol: Protocol): void {
    if (this.#spoken.size === mostPairs) return
    const pair = pairOf(r, source, destination)
    if (this.#spoken.has(pair)) return
    this.#spoken.set(pair, { protocol, frame: r.frame.number })
    this.#ports.add(source).add(destination)
  }

  /** What the addresses around the cursor were seen to speak on these ports in an earlier frame, in either direction. */
  find(r: Reader, source: number, destination: number): Spoken | undefined {
    if (this.#spoken.size === 0) return undefined
    const knowsSource = this.#ports.has(source)
    const knowsDestination = this.#ports.has(destination)
    if (knowsSource && knowsDestination) {
      const spoken = this.#earlier(r, source, destination)
      if (spoken) return spoken
    }
    if (!this.#ports.has(anyPort)) return undefined
    return (
      (knowsSource ? this.#earlier(r, source, anyPort) : undefined) ??
      (knowsDestination ? this.#earlier(r, anyPort, destination) : undefined)
    )
  }

  #earlier(r: Reader, source: number, destination: number): Spoken | undefined {
    const spoken = this.#spoken.get(pairOf(r, source, destination))
    return spoken !== undefined && spoken.frame < r.frame.number ? spoken : undefined
  }
}

/** The same for both directions. */
function pairOf({ addresses }: Reader, source: number, destination: number): string {
  const { bytes, size } = addresses
  const from = `${hexText(bytes, addresses.source, size)} ${source}`
  const to = `${hexText(bytes, addresses.destination, size)} ${destination}`
  return from < to ? `${from} ${to}` : `${to} ${from}`
}
