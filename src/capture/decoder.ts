import type { Frame } from '../frame.ts'
import type { Window } from './window.ts'

/**
 * What a decoder met: a frame; too few bytes in the window (never when the window is complete); the end, after a
 * whole record; damage, after which nothing can be read.
 */
export type Step = 'frame' | 'more' | 'end' | 'damage'

/** Where frames were captured. A pcap file has one without a name. */
export type Interface = {
  /** Index in its section; -1 in pcap files. */
  readonly id: number
  /** Sections count from 0. */
  readonly section: number
  /** LINKTYPE_ number. */
  readonly linkType: number
  /** Empty where the capture does not tell. */
  readonly name: string
  readonly description: string
  /** Most bytes captured of a packet; 0: no limit. */
  readonly snapLength: number
  readonly fcsBytes: number
  /** Decimal digits of its clock, 0 to 12. */
  readonly digits: number
  /** The byte order of its section. */
  readonly littleEndian: boolean
  /** Packets that were lost there, as far as the capture has told by now. */
  lost?: number
}

/** A Decryption Secrets Block: `type` is the block's number, 0x544c534b for a TLS key log. */
export type Secret = { readonly type: number; readonly data: Uint8Array }

export type Decoder = {
  /** Reads the file's header: 'frame' (go on with next), 'more' or 'damage' (not readable at all). */
  begin(window: Window): Step
  /** Fills all of `frame` but its number; its bytes are the window's. */
  next(window: Window, frame: Frame): Step
  /** Of all sections, in order. */
  readonly interfaces: readonly Interface[]
  /** Index in `interfaces` of the last frame's. */
  readonly interfaceIndex: number
  readonly sectionComments: readonly string[]
  readonly secrets: readonly Secret[]
  /** After 'damage': what is wrong, and at which byte. */
  readonly damage: string | undefined
}

const usbAndDbus = new Set([189, 220, 231, 249, 279, 288])

/** Most bytes that a frame may hold, as in libpcap: a record that claims more is damage, not a packet. */
export const longestFrame = (linkType: number): number => (usbAndDbus.has(linkType) ? 1 << 27 : 1 << 18)

/** The sentence for a record that the capture does not hold to its end. */
export const cutShort = (what: string, window: Window, wanted: string): string =>
  `cut short in the ${what} at byte ${window.position}: ${window.held} of ${wanted} bytes are there`
