/** One interface that packets come from. */
export type LiveInterface = {
  readonly device: string
  readonly engine: string
  /** Whose clock it is, where that is not the kernel's; else empty. */
  readonly clock: string
  /** Packets that came. */
  readonly packets: number
  /** Packets that the system let go, as far as it tells. */
  readonly dropped: number | undefined
  /** Why no more packets come, empty where that was asked for; undefined: they may. */
  readonly ended: string | undefined
  /** It ended, and is tried again, every second. */
  readonly isAwaited: boolean
  /** Why nothing passes it while its capturer goes on, as a sentence; undefined: as far as is known, all is well. */
  readonly trouble: string | undefined
  /** How often it ended unasked or went down, and came back: what passed in between is missing. */
  readonly interruptions: number
  /** Why, the last time; empty: never. */
  readonly interruption: string
}
