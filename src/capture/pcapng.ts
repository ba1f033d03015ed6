import { type Frame, noComments } from '../frame.ts'
import { linkTypeOf } from '../link-types.ts'
import { type Clock, clockOf, setTime } from './clock.ts'
import { cutShort, type Decoder, type Interface, longestFrame, type Secret, type Step } from './decoder.ts'
import { commentsAt, interfaceAt, lostAt, padded, readPacketOptions } from './pcapng-options.ts'
import type { Window } from './window.ts'

const block = {
  section: 0x0a0d0d0a,
  interface: 1,
  oldPacket: 2,
  simplePacket: 3,
  statistics: 5,
  secrets: 10,
  packet: 6,
} as const

const orderMagic = 0x1a2b3c4d
/** Type, length, and the length again at the end. */
const framing = 12
const sectionMinimum = 28
/** Header of (old and enhanced) packet blocks before the data. */
export const packetHeader = 28
const simpleHeader = 12
/** The longest frame of all, and generous options. */
export const longestBlock = (1 << 27) + (1 << 20)
const longestStatistics = 1 << 16
const mostSecrets = 1 << 24
const mostSectionComments = 1 << 20
/** Indexes keep an interface in 16 bits. */
const mostInterfaces = 0xffff

/** Whether four bytes, read in either order, begin a pcapng file. */
export const isPcapng = (magic: number): boolean => magic === block.section

/**
 * Reads pcapng files (draft-ietf-opsawg-pcapng): any number of sections, each with its byte order and interfaces.
 * Blocks that hold neither frames nor what frames need are skipped, whatever their size.
 */
export class PcapngDecoder implements Decoder {
  readonly interfaces: Interface[] = []
  interfaceIndex = 0
  readonly sectionComments: string[] = []
  readonly secrets: Secret[] = []
  damage: string | undefined
  #little = true
  #section = -1
  /** Index of the section's first interface. */
  #first = 0
  /** One for each of `interfaces`. */
  readonly #clocks: Clock[] = []
  #secretBytes = 0
  #commentLength = 0
  /** Bytes of a skipped block that are still to come, its trailer included. */
  #toSkip = 0
  #skipped = 0

  begin(window: Window): Step {
    return this.#readSection(window) ?? 'frame'
  }

  next(window: Window, frame: Frame): Step {
    for (;;) {
      const step = this.#toSkip > 0 ? this.#skip(window) : this.#block(window, frame)
      if (step) return step
    }
  }

  /** Reads one block; undefined: it held no frame, go on. */
  #block(window: Window, frame: Frame): Step | undefined {
    const at = window.start
    const held = window.end - at
    if (held < framing) return this.#short(window, `at least ${framing}`)
    const type = window.view.getUint32(at, this.#little)
    if (type === block.section) return this.#readSection(window)
    const length = window.view.getUint32(at + 4, this.#little)
    if (length < framing || length % 4 !== 0 || length > longestBlock) {
      return this.#broken(window, `claims ${length} bytes`)
    }
    if (!this.#wants(type, length)) {
      this.#toSkip = this.#skipped = length
      return undefined
    }
    if (held < length) return this.#short(window, `${length}`)
    const end = at + length - 4
    if (window.view.getUint32(end, this.#little) !== length) return this.#lengthsDiffer(window, length, end)
    const step = this.#read(window, frame, type, end)
    if (step !== 'damage') window.start = at + length
    return step
  }

  #wants(type: number, length: number): boolean {
    if (type === block.secrets) return this.#secretBytes + length <= mostSecrets
    return (
      type === block.packet ||
      type === block.interface ||
      type === block.simplePacket ||
      type === block.oldPacket ||
      (type === block.statistics && length <= longestStatistics)
    )
  }

  #read(window: Window, frame: Frame, type: number, end: number): Step | undefined {
    if (type === block.packet || type === block.oldPacket) return this.#readPacket(window, frame, type, end)
    if (type === block.simplePacket) return this.#readSimplePacket(window, frame, end)
    if (type === block.interface) return this.#readInterface(window, end)
    if (type === block.statistics) return this.#readStatistics(window, end)
    return this.#readSecrets(window, end)
  }

  #readPacket(window: Window, frame: Frame, type: number, end: number): Step {
    const at = window.start
    const view = window.view
    const little = this.#little
    if (end < at + packetHeader) return this.#broken(window, 'is too short for a packet')
    const id = type === block.packet ? view.getUint32(at + 8, little) : view.getUint16(at + 8, little)
    const captured = view.getUint32(at + 20, little)
    const start = at + packetHeader
    const fault = this.#claim(window, frame, id, captured, start, end)
    if (fault) return fault
    frame.wireLength = view.getUint32(at + 24, little)
    setTime(
      frame,
      this.#clocks[this.interfaceIndex]!,
      view.getUint32(at + 12, little),
      view.getUint32(at + 16, little),
    )
    const options = start + padded(captured)
    if (options + 4 <= end) readPacketOptions(window, options, end, little, frame)
    return 'frame'
  }

  #readSimplePacket(window: Window, frame: Frame, end: number): Step {
    const at = window.start
    if (end < at + simpleHeader) return this.#broken(window, 'is too short for a packet')
    const wire = window.view.getUint32(at + 8, this.#little)
    const limit = this.interfaces[this.#first]?.snapLength || wire
    const fault = this.#claim(window, frame, 0, Math.min(wire, limit), at + simpleHeader, end)
    if (fault) return fault
    frame.wireLength = wire
    frame.seconds = Number.NaN
    frame.fraction = 0
    frame.digits = this.interfaces[this.interfaceIndex]!.digits
    return 'frame'
  }

  /** Sets what all kinds of packet have, once interface and length are known to be sound. */
  #claim(
    window: Window,
    frame: Frame,
    id: number,
    captured: number,
    start: number,
    end: number,
  ): Step | undefined {
    const origin = this.interfaces[this.#first + id]
    if (!origin) {
      const known = this.interfaces.length - this.#first
      return this.#broken(window, `names interface ${id} of a section with ${known}`)
    }
    if (captured > end - start || captured > longestFrame(origin.linkType)) {
      return this.#broken(window, `holds a packet that claims ${captured} bytes`)
    }
    this.interfaceIndex = this.#first + id
    frame.capturedLength = captured
    frame.linkType = origin.linkType
    frame.fcsBytes = origin.fcsBytes
    frame.interfaceId = id
    frame.comments = noComments
    frame.bytes = window.bytes
    frame.start = start
    return undefined
  }

  #readSection(window: Window): Step | undefined {
    const at = window.start
    const view = window.view
    if (window.held < sectionMinimum) return this.#short(window, `at least ${sectionMinimum}`)
    const little = view.getUint32(at + 8, true) === orderMagic
    if (!little && view.getUint32(at + 8) !== orderMagic)
      return this.#broken(window, 'has no byte-order mark')
    const length = view.getUint32(at + 4, little)
    if (length < sectionMinimum || length % 4 !== 0 || length > longestBlock) {
      return this.#broken(window, `claims ${length} bytes`)
    }
    const major = view.getUint16(at + 12, little)
    if (major !== 1) {
      return this.#broken(
        window,
        `begins pcapng version ${major}.${view.getUint16(at + 14, little)}, not 1.0`,
      )
    }
    if (window.held < length) return this.#short(window, `${length}`)
    const end = at + length - 4
    this.#little = little
    if (view.getUint32(end, little) !== length) return this.#lengthsDiffer(window, length, end)
    for (const comment of commentsAt(window, at + 24, end, little)) {
      this.#commentLength += comment.length
      if (this.#commentLength <= mostSectionComments) this.sectionComments.push(comment)
    }
    this.#section++
    this.#first = this.interfaces.length
    window.start = at + length
    return undefined
  }

  #readInterface(window: Window, end: number): Step | undefined {
    const at = window.start
    const view = window.view
    const little = this.#little
    if (end < at + 16) return this.#broken(window, 'is too short for an interface')
    if (this.interfaces.length === mostInterfaces) {
      return this.#broken(window, `describes one interface more than ${mostInterfaces}`)
    }
    const { name, description, fcsBytes, resolution, offset } = interfaceAt(window, at + 16, end, little)
    const clock = clockOf(resolution, offset)
    this.#clocks.push(clock)
    this.interfaces.push({
      id: this.interfaces.length - this.#first,
      section: this.#section,
      linkType: linkTypeOf(view.getUint16(at + 8, little)),
      name,
      description,
      snapLength: view.getUint32(at + 12, little),
      fcsBytes,
      digits: clock.digits,
      littleEndian: little,
    })
    return undefined
  }

  /** The last ones count; they are no reason to call a capture damaged. */
  #readStatistics(window: Window, end: number): undefined {
    const at = window.start
    if (end < at + 20) return
    const origin = this.interfaces[this.#first + window.view.getUint32(at + 8, this.#little)]
    const lost = lostAt(window, at + 20, end, this.#little)
    if (origin && lost !== undefined) origin.lost = lost
  }

  #readSecrets(window: Window, end: number): Step | undefined {
    const at = window.start
    if (end < at + 16) return this.#broken(window, 'is too short for secrets')
    const length = window.view.getUint32(at + 12, this.#little)
    if (length > end - at - 16) return this.#broken(window, `holds secrets that claim ${length} bytes`)
    this.#secretBytes += end - at
    const data = window.bytes.slice(at + 16, at + 16 + length)
    this.secrets.push({ type: window.view.getUint32(at + 8, this.#little), data })
    return undefined
  }

  #skip(window: Window): Step | undefined {
    const body = this.#toSkip - 4
    if (body > 0) {
      const bytes = Math.min(body, window.held)
      window.start += bytes
      this.#toSkip -= bytes
    }
    if (this.#toSkip > 4 || window.held < 4)
      return this.#short(window, `${this.#skipped}`, this.#skipped - this.#toSkip)
    const end = window.start
    if (window.view.getUint32(end, this.#little) !== this.#skipped) {
      return this.#at(window, this.#skipped - 4, () => this.#lengthsDiffer(window, this.#skipped, end))
    }
    this.#toSkip = 0
    window.start = end + 4
    return undefined
  }

  #short(window: Window, wanted: string, before = 0): Step {
    if (!window.complete) return 'more'
    if (window.held + before === 0) return 'end'
    return this.#at(window, before, () => {
      this.damage = cutShort('block', window, wanted)
      return 'damage'
    })
  }

  /** Says something of bytes before those at hand, and leaves the window as it is: more may still be written behind. */
  #at(window: Window, before: number, say: () => Step): Step {
    window.start -= before
    const step = say()
    window.start += before
    return step
  }

  #broken(window: Window, what: string): Step {
    this.damage = `block at byte ${window.position} ${what}`
    return 'damage'
  }

  #lengthsDiffer(window: Window, length: number, end: number): Step {
    const other = window.view.getUint32(end, this.#little)
    return this.#broken(window, `claims ${length} bytes at its start and ${other} at its end`)
  }
}
