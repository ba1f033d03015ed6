import type { Frame } from '../frame.ts'
import { linkTypeName } from '../link-types.ts'
import { fractionIn } from './clock.ts'
import { CaptureError } from './errors.ts'

const nanoMagic = 0xa1b23c4d
const microMagic = 0xa1b2c3d4
const longestSnap = 262144

export type PcapOptions = {
  /** LINKTYPE_ number of all frames. */
  readonly linkType: number
  readonly fcsBytes?: number
  /** Decimal digits of the seconds: 9 by default, 6 for readers from before 2013. */
  readonly digits?: 6 | 9
  readonly snapLength?: number
}

/** Encodes a pcap file (draft-ietf-opsawg-pcap), little endian: the header, then a record for each frame. */
export class PcapWriter {
  readonly #linkType: number
  readonly #fcsBytes: number
  readonly #digits: 6 | 9
  readonly #snapLength: number

  constructor(options: PcapOptions) {
    this.#linkType = options.linkType
    this.#fcsBytes = options.fcsBytes ?? 0
    this.#digits = options.digits ?? 9
    this.#snapLength = options.snapLength || longestSnap
  }

  header(): Uint8Array {
    const bytes = new Uint8Array(24)
    const view = new DataView(bytes.buffer)
    const fcs = this.#fcsBytes > 0 ? 0x04000000 + Math.min(this.#fcsBytes >> 1, 15) * 2 ** 28 : 0
    view.setUint32(0, this.#digits === 9 ? nanoMagic : microMagic, true)
    view.setUint16(4, 2, true)
    view.setUint16(6, 4, true)
    view.setUint32(16, this.#snapLength, true)
    view.setUint32(20, fcs + this.#linkType, true)
    return bytes
  }

  /**
   * A frame without a time gets the time 0.
   *
   * @throws {CaptureError} where pcap cannot hold the frame: another link type, a time before 1970 or after 2106
   */
  record(frame: Frame): Uint8Array {
    if (frame.linkType !== this.#linkType) {
      const [its, ours] = [linkTypeName(frame.linkType), linkTypeName(this.#linkType)]
      throw new CaptureError(
        `frame ${frame.number} is ${its} and a pcap file of ${ours} holds no other; write pcapng`,
      )
    }
    const seconds = Number.isNaN(frame.seconds) ? 0 : frame.seconds
    if (seconds < 0 || seconds > 0xffffffff) {
      throw new CaptureError(
        `frame ${frame.number} is of a time before 1970 or after 2106, which pcap cannot hold`,
      )
    }
    const bytes = new Uint8Array(16 + frame.capturedLength)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, seconds, true)
    view.setUint32(4, fractionIn(frame, this.#digits), true)
    view.setUint32(8, frame.capturedLength, true)
    view.setUint32(12, frame.wireLength, true)
    bytes.set(frame.bytes.subarray(frame.start, frame.start + frame.capturedLength), 16)
    return bytes
  }
}
