import type { Silence } from './story.ts'

/** One that carries packets in one direction, and hears when something came back. */
type Carrier = { answer(): void }

/** A run of packets in one direction. */
type Run = {
  readonly source: string
  readonly packets: Map<Carrier, number>
  /** Its last packet. */
  last: number
  lastTime: number
}

/**
 * How long each direction between two addresses runs while nothing comes back, whatever the associations: when they are
 * rekeyed, others go on.
 */
export class Silences {
  #run: Run | undefined
  #before: Run | undefined
  /** The longest run of each direction that ended with an answer, in seconds, by source. */
  readonly #longest = new Map<string, number>()

  add(carrier: Carrier, source: string, packet: number, time: number): void {
    const run = this.#run?.source === source ? this.#run : this.#turn(source)
    run.packets.set(carrier, (run.packets.get(carrier) ?? 0) + 1)
    run.last = packet
    run.lastTime = time
  }

  /** Of the run that is not answered yet, where something came back before it. */
  of(carrier: Carrier): Silence | undefined {
    const packets = this.#run?.packets.get(carrier)
    if (packets === undefined || this.#run === undefined || this.#before === undefined) return undefined
    const { last: since, lastTime: sinceTime } = this.#before
    return { packets, since, sinceTime, longestBefore: this.#longest.get(this.#run.source) ?? 0 }
  }

  #turn(source: string): Run {
    const run = this.#run
    if (run !== undefined) {
      const seconds = run.lastTime - (this.#before?.lastTime ?? Number.NaN)
      if (seconds > (this.#longest.get(run.source) ?? 0)) this.#longest.set(run.source, seconds)
      for (const carrier of run.packets.keys()) carrier.answer()
    }
    this.#before = run
    const next = { source, packets: new Map<Carrier, number>(), last: 0, lastTime: 0 }
    this.#run = next
    return next
  }
}
