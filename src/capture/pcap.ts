import { type Frame, noComments } from '../frame.ts'
import { linkTypeOf } from '../link-types.ts'
import { cutShort, type Decoder, type Interface, longestFrame, type Step } from './decoder.ts'
import type { Window } from './window.ts'

const microMagic = 0xa1b2c3d4
const nanoMagic = 0xa1b23c4d
/** Alexey Kuznetzov's patch to libpcap 0.4: 8 more bytes a record, for interface and protocol. */
const patchedMagic = 0xa1b2cd34

const fileHeader = 24
const plainRecord = 16
const patchedRecord = 24

/** Enough of a patched file to tell which record header it has. */
const evidence = 4096

/** Whether four bytes begin a pcap file, in either byte order. */
export const isPcap = (magic: number): boolean => byteOrder(magic) !== undefined

/** True: little endian, where `magic` was read as little endian. */
function byteOrder(magic: number): boolean | undefined {
  if (magic === microMagic || magic === nanoMagic || magic === patchedMagic) return true
  if (magic === 0xd4c3b2a1 || magic === 0x4d3cb2a1 || magic === 0x34cdb2a1) return false
  return undefined
}

/**
 * Reads pcap files (draft-ietf-opsawg-pcap): both byte orders, microseconds, nanoseconds, the patched format, and
 * the old versions that wrote the two lengths the other way round.
 */
export class PcapDecoder implements Decoder {
  readonly interfaces: Interface[] = []
  readonly interfaceIndex = 0
  readonly sectionComments = noComments
  readonly secrets = []
  damage: string | undefined
  #little = true
  #header = plainRecord
  #linkType = 1
  #fcsBytes = 0
  #digits = 6
  #second = 1e6
  #longest = 0
  #swapped: 'never' | 'always' | 'if captured is longer' = 'never'

  begin(window: Window): Step {
    if (window.held < fileHeader) return this.#short(window, 'file header', `${fileHeader}`)
    const at = window.start
    const little = byteOrder(window.view.getUint32(at, true)) === true
    const field = (offset: number) => window.view.getUint32(at + offset, little)
    const link = field(20)
    this.#little = little
    this.#digits = field(0) === nanoMagic ? 9 : 6
    this.#second = 10 ** this.#digits
    this.#linkType = linkTypeOf(link & 0xffff)
    this.#longest = longestFrame(this.#linkType)
    this.#fcsBytes = link & 0x04000000 ? (link >>> 28) * 2 : 0
    const version = (offset: number) => window.view.getUint16(at + offset, little)
    this.#swapped = lengthOrder(version(4), version(6))
    if (field(0) === patchedMagic) {
      if (window.held < evidence && !window.complete) return 'more'
      const size = recordHeaderOf(window, at + fileHeader, little, this.#longest)
      if (size === undefined) {
        this.damage = 'a patched pcap file (a1 b2 cd 34) whose records are of no known form'
        return 'damage'
      }
      this.#header = size
    }
    this.interfaces.push({
      id: -1,
      section: 0,
      linkType: this.#linkType,
      name: '',
      description: '',
      snapLength: field(16),
      fcsBytes: this.#fcsBytes,
      digits: this.#digits,
      littleEndian: little,
    })
    window.start = at + fileHeader
    return 'frame'
  }

  next(window: Window, frame: Frame): Step {
    const at = window.start
    const held = window.end - at
    const header = this.#header
    if (held < header) return this.#short(window, 'record', `at least ${header}`)
    const view = window.view
    const little = this.#little
    let captured = view.getUint32(at + 8, little)
    let wire = view.getUint32(at + 12, little)
    if (this.#swapped !== 'never' && (this.#swapped === 'always' || captured > wire)) {
      const first = captured
      captured = wire
      wire = first
    }
    if (captured > this.#longest) {
      this.damage = `record at byte ${window.position} claims ${captured} bytes`
      return 'damage'
    }
    if (held < header + captured) return this.#short(window, 'record', `${header + captured}`)
    frame.seconds = view.getUint32(at, little)
    frame.fraction = view.getUint32(at + 4, little)
    if (frame.fraction >= this.#second) carry(frame, this.#second)
    frame.digits = this.#digits
    frame.capturedLength = captured
    frame.wireLength = wire
    frame.linkType = this.#linkType
    frame.fcsBytes = this.#fcsBytes
    frame.interfaceId = -1
    frame.comments = noComments
    frame.bytes = window.bytes
    frame.start = at + header
    window.start = at + header + captured
    return 'frame'
  }

  #short(window: Window, what: string, wanted: string): Step {
    if (!window.complete) return 'more'
    if (window.held === 0 && what === 'record') return 'end'
    this.damage = cutShort(what, window, wanted)
    return 'damage'
  }
}

/** Some writers let the fraction run over the second. */
function carry(frame: Frame, second: number): void {
  frame.seconds += Math.floor(frame.fraction / second)
  frame.fraction %= second
}

/** Before version 2.3 the length on the wire came first; 2.3 and DG/UX's 543.0 were written both ways. */
function lengthOrder(major: number, minor: number) {
  if (major === 2 && minor < 3) return 'always'
  return (major === 2 && minor === 3) || major === 543 ? 'if captured is longer' : 'never'
}

/**
 * Some systems' tcpdump wrote the patched magic before plain records: the header with which the records end where
 * the file ends, else the one that makes sense of what is there.
 */
function recordHeaderOf(window: Window, start: number, little: boolean, longest: number): number | undefined {
  const endWith = (header: number): number | undefined => {
    let at = start
    while (at + header <= window.end) {
      const micros = window.view.getUint32(at + 4, little)
      const captured = window.view.getUint32(at + 8, little)
      const wire = window.view.getUint32(at + 12, little)
      if (captured > wire || wire > longest || micros >= 1e6) return undefined
      at += header + captured
    }
    return at
  }
  const candidates = [patchedRecord, plainRecord]
  const exact = candidates.find(header => window.complete && endWith(header) === window.end)
  return exact ?? candidates.find(header => endWith(header) !== undefined)
}
