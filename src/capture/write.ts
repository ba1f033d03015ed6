import type { Frame } from '../frame.ts'
import type { Secret } from './decoder.ts'
import { Output } from './output.ts'
import { PcapWriter } from './pcap-write.ts'
import { type InterfaceDescription, PcapngWriter } from './pcapng-write.ts'

export type CaptureFormat = 'pcap' | 'pcapng'

/** The format that a file's name asks for: pcapng if it ends in `.pcapng` or `.ntar`, else pcap. */
export const formatOf = (path: string): CaptureFormat => (/\.(pcapng|ntar)$/i.test(path) ? 'pcapng' : 'pcap')

/** One capture file being written; it appears under its name when it is whole. */
export type CaptureWriter = {
  /** `origin`: the frame's interface, the same object for all frames of one interface. */
  write(frame: Frame, origin: InterfaceDescription): void
  /** Hands what was written to the system, for a reader of a pipe. */
  flush(): void
  commit(): void
  /** Leaves everything as it was. Does nothing after `commit`. */
  abandon(): void
}

export type WriterOptions = {
  /** Of the file; pcapng only. */
  readonly comments?: readonly string[]
  /** pcapng only. */
  readonly secrets?: readonly Secret[]
  /** Link type of a pcap file without frames; default: Ethernet. */
  readonly linkType?: number
}

/**
 * Begins a capture file; '-' is standard output.
 *
 * @throws {CaptureError} here and in all methods, where the system refuses or the format cannot hold a frame
 */
export function createCapture(
  path: string,
  format: CaptureFormat,
  options: WriterOptions = {},
): CaptureWriter {
  const output = new Output(path)
  const encoding = encoder(format, bytes => output.write(bytes), options)
  return {
    write: encoding.write,
    flush: () => output.flush(),
    commit() {
      encoding.finish()
      output.commit()
    },
    abandon: () => output.abandon(),
  }
}

/** Puts the records of one file in order. */
export type Encoder = {
  /** As in `CaptureWriter`. */
  write(frame: Frame, origin: InterfaceDescription): void
  /** What even a file without frames needs. */
  finish(): void
}

/** `put` gets the file's bytes, whole records each time. */
export function encoder(
  format: CaptureFormat,
  put: (bytes: Uint8Array) => void,
  options: WriterOptions = {},
): Encoder {
  return format === 'pcap' ? pcapEncoder(put, options) : pcapngEncoder(put, options)
}

/** The first frame's interface decides the header: nanoseconds only where there are some. */
function pcapEncoder(put: (bytes: Uint8Array) => void, options: WriterOptions): Encoder {
  let writer: PcapWriter | undefined
  const begin = (origin: InterfaceDescription) => {
    const { linkType, fcsBytes = 0, snapLength = 0, digits = 9 } = origin
    const begun = new PcapWriter({ linkType, fcsBytes, snapLength, digits: digits > 6 ? 9 : 6 })
    put(begun.header())
    return begun
  }
  return {
    write(frame, origin) {
      writer ??= begin(origin)
      put(writer.record(frame))
    },
    finish() {
      writer ??= begin({ linkType: options.linkType ?? 1 })
    },
  }
}

/** Secrets that become known later come before the next frame. */
function pcapngEncoder(put: (bytes: Uint8Array) => void, { comments, secrets = [] }: WriterOptions): Encoder {
  const writer = new PcapngWriter()
  const ids = new Map<InterfaceDescription, number>()
  let known = 0
  const finish = () => {
    while (known < secrets.length) put(writer.secrets(secrets[known++]!))
  }
  put(writer.header(comments))
  finish()
  return {
    write(frame, origin) {
      finish()
      let id = ids.get(origin)
      if (id === undefined) {
        id = ids.size
        ids.set(origin, id)
        put(writer.interface(origin))
      }
      put(writer.packet(frame, id))
    },
    finish,
  }
}
