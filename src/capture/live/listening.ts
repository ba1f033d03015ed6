import type { Capturer } from './capturer.ts'
import { LinkWatch } from './link-watch.ts'
import type { LiveInterface } from './live-interface.ts'

/** An interface while one capturer is at it, and after. */
export class Listening {
  readonly capturer: Capturer
  /** Packets that came, from the capturers before it too. */
  packets: number
  /** As in `LiveInterface`. */
  ended: string | undefined
  /** Resolves when it has ended and all that it delivered is passed on. */
  over: Promise<void> | undefined
  readonly #watch: LinkWatch | undefined
  readonly #before: Pick<LiveInterface, 'dropped' | 'interruptions' | 'interruption'>

  /** @param before what there was to tell of the capturer whose place it takes */
  constructor(capturer: Capturer, before?: LiveInterface) {
    this.capturer = capturer
    this.#watch = capturer.engine === 'ssh' ? undefined : new LinkWatch(capturer.device)
    const { packets = 0, dropped, interruptions = 0, interruption = '', ended } = before ?? {}
    this.packets = packets
    this.#before = {
      dropped,
      interruptions: interruptions + (ended ? 1 : 0),
      interruption: ended || interruption,
    }
  }

  /** Asks for the counters, and how the interface is; true: there is news of that. */
  look(): boolean {
    if (this.ended !== undefined) return false
    this.capturer.ask()
    return this.#watch?.look() ?? false
  }

  facts(isAwaited: boolean): LiveInterface {
    const { packets, ended } = this
    const { device, engine, clock, counters } = this.capturer
    const { dropped, interruptions, interruption } = this.#before
    const trouble = this.#watch?.trouble
    const returns = Math.max(0, (this.#watch?.downs ?? 0) - (trouble === undefined ? 0 : 1))
    return {
      device,
      engine,
      clock,
      packets,
      dropped: counters.dropped === undefined ? dropped : (dropped ?? 0) + counters.dropped,
      ended,
      isAwaited,
      trouble: trouble && ended === undefined ? `${device}: the interface ${trouble}` : undefined,
      interruptions: interruptions + returns,
      interruption: returns > 0 ? `${device}: the interface was down` : interruption,
    }
  }
}
