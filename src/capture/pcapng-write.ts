import type { Frame } from '../frame.ts'
import { fractionIn, ticksOf } from './clock.ts'
import type { Secret } from './decoder.ts'
import { CaptureError } from './errors.ts'
import { option, padded } from './pcapng-options.ts'

export type InterfaceDescription = {
  /** LINKTYPE_ number. */
  readonly linkType: number
  readonly name?: string
  readonly description?: string
  /** 0: no limit. */
  readonly snapLength?: number
  readonly fcsBytes?: number
  /** Decimal digits of the seconds, 9 at most and by default. */
  readonly digits?: number
}

type Option = { readonly code: number; readonly value: Uint8Array }

const utf8 = new TextEncoder()
const longestOption = 0xffff

/** Encodes one section of a pcapng file (draft-ietf-opsawg-pcapng), little endian, block by block. */
export class PcapngWriter {
  readonly #interfaces: Required<InterfaceDescription>[] = []

  /** The section's header, which comes first. */
  header(comments: readonly string[] = []): Uint8Array {
    const fixed = new Uint8Array(16)
    const view = new DataView(fixed.buffer)
    view.setUint32(0, 0x1a2b3c4d, true)
    view.setUint16(4, 1, true)
    view.setBigInt64(8, -1n, true)
    return block(0x0a0d0d0a, [fixed], comments.map(comment))
  }

  /** Describes the next interface: the first is 0, then 1, 2 … */
  interface(description: InterfaceDescription): Uint8Array {
    const { linkType, name = '', description: text = '', snapLength = 0, fcsBytes = 0 } = description
    const digits = Math.min(description.digits ?? 9, 9)
    this.#interfaces.push({ linkType, name, description: text, snapLength, fcsBytes, digits })
    const fixed = new Uint8Array(8)
    const view = new DataView(fixed.buffer)
    view.setUint16(0, linkType, true)
    view.setUint32(4, snapLength, true)
    const options: Option[] = [{ code: option.resolution, value: Uint8Array.of(digits) }]
    if (name) options.push({ code: option.interfaceName, value: encoded(name) })
    if (text) options.push({ code: option.interfaceDescription, value: encoded(text) })
    if (fcsBytes) options.push({ code: option.fcsLength, value: Uint8Array.of(fcsBytes) })
    return block(1, [fixed], options)
  }

  /** Keys for reading the packets after them. */
  secrets(secret: Secret): Uint8Array {
    return block(10, [words(secret.type, secret.data.length), secret.data], [])
  }

  /**
   * A frame of the interface with that number. Without a time it becomes a Simple Packet Block where that can hold
   * it, else it gets the time 0.
   *
   * @throws {CaptureError} where a 64-bit count of the interface's ticks cannot hold the time
   */
  packet(frame: Frame, id: number): Uint8Array {
    const { digits, fcsBytes, snapLength } = this.#interfaces[id]!
    const data = frame.bytes.subarray(frame.start, frame.start + frame.capturedLength)
    const options = frame.comments.map(comment)
    if (frame.fcsBytes !== fcsBytes)
      options.push({ code: option.packetFlags, value: words((frame.fcsBytes & 15) << 5) })
    const timeless = Number.isNaN(frame.seconds)
    const simple = frame.capturedLength === Math.min(snapLength || frame.wireLength, frame.wireLength)
    if (timeless && simple && id === 0 && options.length === 0)
      return block(3, [words(frame.wireLength), data], [])
    const ticks = timeless ? zero : ticksOf(frame.seconds, fractionIn(frame, digits), digits)
    if (!ticks)
      throw new CaptureError(
        `frame ${frame.number} is of a time before 1970 or after 2554; pcapng cannot hold it`,
      )
    return block(6, [words(id, ...ticks, frame.capturedLength, frame.wireLength), data], options)
  }
}

const zero = [0, 0] as const

const encoded = (text: string): Uint8Array => utf8.encode(text)

const comment = (text: string): Option => ({ code: option.comment, value: encoded(text) })

function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4)
  const view = new DataView(bytes.buffer)
  for (const [i, value] of values.entries()) view.setUint32(i * 4, value, true)
  return bytes
}

/** An option holds 65,535 bytes; a longer text is cut between two characters. */
function fitting(value: Uint8Array): Uint8Array {
  let end = Math.min(value.length, longestOption)
  while (end < value.length && end > 0 && (value[end]! & 0xc0) === 0x80) end--
  return value.subarray(0, end)
}

function block(type: number, body: readonly Uint8Array[], options: readonly Option[]): Uint8Array {
  const parts = body.map(part => ({ part, at: 0 }))
  let length = 8
  for (const entry of parts) {
    entry.at = length
    length += padded(entry.part.length)
  }
  const values = options.map(({ code, value }) => ({ code, value: fitting(value), at: 0 }))
  for (const entry of values) {
    entry.at = length
    length += 4 + padded(entry.value.length)
  }
  length += values.length > 0 ? 8 : 4
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, type, true)
  view.setUint32(4, length, true)
  for (const { part, at } of parts) bytes.set(part, at)
  for (const { code, value, at } of values) {
    view.setUint16(at, code, true)
    view.setUint16(at + 2, value.length, true)
    bytes.set(value, at + 4)
  }
  view.setUint32(length - 4, length, true)
  return bytes
}
