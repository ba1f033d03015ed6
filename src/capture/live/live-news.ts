import type { Live } from './live.ts'

/** Tells in lines what happens to the interfaces of a capture that goes on, and to its recording. */
export class LiveNews {
  readonly #live: Live
  readonly #tell: (text: string) => void
  /** What was told last of each interface that gives no packets, and how often each was interrupted by then. */
  readonly #troubles = new Map<string, string>()
  readonly #interruptions = new Map<string, number>()
  #failure: string | undefined

  constructor(live: Live, tell: (text: string) => void) {
    this.#live = live
    this.#tell = tell
  }

  /** Tells what is new since the last look. */
  look(): void {
    this.#lookAtInterfaces()
    this.#lookAtRecording()
  }

  /** Of the end of the last one its end tells. */
  #lookAtInterfaces(): void {
    const { interfaces } = this.#live
    const goesOn = interfaces.some(({ ended, isAwaited }) => ended === undefined || isAwaited)
    for (const { device, ended, trouble, isAwaited, interruptions, interruption } of interfaces) {
      if (interruptions > (this.#interruptions.get(device) ?? 0))
        this.#tell(`${interruption}; capturing again`)
      this.#interruptions.set(device, interruptions)
      const now = ended || trouble || ''
      const isNew = now !== (this.#troubles.get(device) ?? '')
      if (!goesOn || !isNew) continue
      this.#troubles.set(device, now)
      if (now !== '') this.#tell(isAwaited || trouble ? `${now}; waiting for it` : now)
    }
  }

  #lookAtRecording(): void {
    const { failure, path } = this.#live.recorder ?? {}
    if (failure === this.#failure) return
    this.#failure = failure
    this.#tell(failure ?? `${path}: is written again`)
  }
}
