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
  /** How often it ended unasked and came back: what passed in between is missing. */
  readonly interruptions: number
}
