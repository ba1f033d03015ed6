/**
 * One captured frame, as every source delivers it and every reader of packets takes it.
 *
 * Sources that read millions of frames reuse one Frame and one buffer: whoever keeps a frame beyond the
 * next read copies it (`keep`).
 */
export type Frame = {
  /** 1, 2, 3 … in the order of the capture, over all interfaces. */
  number: number
  /** Whole seconds since 1970-01-01 UTC, rounded down (so `fraction` is never negative); NaN: no time. */
  seconds: number
  /** The rest, in units of 10^-digits seconds. */
  fraction: number
  /** Decimal digits of the fraction that the capture holds: 6 for microseconds, 9 for nanoseconds; 0 to 12. */
  digits: number
  /** Bytes held in the capture. */
  capturedLength: number
  /** Bytes that the packet had on the wire. */
  wireLength: number
  /** LINKTYPE_ number of the tcpdump.org registry; see link-types.ts. */
  linkType: number
  /** Bytes of frame check sequence at the end of the packet on the wire, where the capture says so. */
  fcsBytes: number
  /** pcapng: index of the interface in its section; -1 where captures have no interfaces. */
  interfaceId: number
  /** pcapng: the packet's comments. */
  comments: readonly string[]
  /** Holds the frame at `start`, `capturedLength` bytes; other frames may lie around it. */
  bytes: Uint8Array
  start: number
}

export const noComments: readonly string[] = []

/** An empty frame for a source to fill. */
export const emptyFrame = (): Frame => ({
  number: 0,
  seconds: 0,
  fraction: 0,
  digits: 6,
  capturedLength: 0,
  wireLength: 0,
  linkType: 1,
  fcsBytes: 0,
  interfaceId: -1,
  comments: noComments,
  bytes: new Uint8Array(0),
  start: 0,
})

/** A copy with bytes of its own, which starts at 0. */
export const keep = (frame: Frame): Frame => ({
  ...frame,
  bytes: frame.bytes.slice(frame.start, frame.start + frame.capturedLength),
  start: 0,
})
