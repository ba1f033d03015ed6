import { statSync } from 'node:fs'
import { emptyFrame, type Frame } from '../frame.ts'
import { CaptureError, reasonOf } from './errors.ts'
import type { FrameSource } from './frame-source.ts'
import type { InterfaceDescription } from './pcapng-write.ts'
import { RecordFile } from './record-file.ts'
import { FileNames, type Rotation } from './rotation.ts'
import { type CaptureFormat, type Encoder, encoder, formatOf } from './write.ts'

export type RecorderOptions = {
  readonly rotation?: Rotation
  /** Default: pcapng where the name ends in .pcapng or .ntar, else pcap. */
  readonly format?: CaptureFormat
  /** Whether `flush` does something; else packets are written when 256 KB have come together. Default: true. */
  readonly flush?: boolean
  /** The time that rotates files: of packets that are read again, or of the clock on the wall (default). */
  readonly clock?: 'wall' | 'packets'
  /** Whose comments and secrets pcapng files get. */
  readonly about?: Pick<FrameSource, 'sectionComments' | 'secrets'>
  /** Path of the capture that the packets come from, which is not overwritten. */
  readonly source?: string | undefined
}

/** Packets are written when so many bytes have come together. */
const batch = 1 << 18

/**
 * Writes packets to a file as they come, or to one file after the other, as tcpdump's -w does; '-' is standard output.
 * A file that exists is overwritten.
 *
 * Where the system refuses, `failure` says why and what comes from then on is missed: what was written before stays,
 * the file ends with a whole packet, and `resume` goes on.
 *
 * @throws {CaptureError} where the first file cannot be opened; nothing else throws one
 */
export function createRecorder(path: string, options: RecorderOptions = {}): Recorder {
  return new Recorder(path, options)
}

export class Recorder {
  /** The file that is written now. */
  path: string
  /** Packets taken so far; some may wait while there is a `failure`. */
  packets = 0
  /** Packets that came in vain. */
  missed = 0
  /** Why nothing is written. */
  failure: string | undefined
  readonly #options: RecorderOptions
  readonly #format: CaptureFormat
  readonly #pattern: string
  #names: FileNames
  #file: RecordFile | undefined
  #encoder: Encoder | undefined
  #latest = 0
  #readerIsGone = false
  #closed = false

  constructor(path: string, options: RecorderOptions) {
    this.#pattern = path
    this.#options = options
    this.#format = options.format ?? formatOf(path)
    this.#names = new FileNames(path, options.rotation ?? {}, wallClock())
    this.path = this.#names.name
    // Whoever is not allowed to write wants to know before the first packet, which names the file otherwise.
    if (this.#isNamedByPackets) return
    this.#try(() => this.#open())
    if (this.failure !== undefined) throw new CaptureError(this.failure)
  }

  /** Nothing more is wanted: all files that there may be are written, or the reader of a pipe is gone. */
  get complete(): boolean {
    return this.#readerIsGone || this.#names.areUsed
  }

  /** `origin`: the frame's interface, the same object for all frames of one interface. */
  write(frame: Frame, origin: InterfaceDescription): void {
    if (this.complete || this.#closed) return
    const before = this.packets
    if (this.failure === undefined) this.#try(() => this.#take(frame, origin))
    if (this.packets === before && !this.complete) this.missed++
  }

  /** Hands what came to the system; for the end of a batch. */
  flush(): void {
    if (this.failure === undefined && this.#options.flush !== false) this.#try(() => this.#file?.flush())
  }

  /** Goes on after a failure; where nothing has become better, there is one again. */
  resume(): void {
    if (this.#closed || this.complete) return
    this.failure = undefined
    this.#try(() => this.#file?.flush())
  }

  /** Ends the recording, and tries once more to write what waits; without room for that, it is missed. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    const isEmpty = this.#file === undefined && this.packets === 0 && !this.complete
    if (isEmpty && this.failure === undefined) this.#try(() => this.#open())
    this.#try(() => this.#end())
    const file = this.#file
    if (!file) return
    this.missed += file.waitingPackets
    this.packets -= file.waitingPackets
    this.#try(() => file.close())
    this.#file = undefined
  }

  get #isNamedByPackets(): boolean {
    return this.#options.clock === 'packets' && this.#options.rotation?.seconds !== undefined
  }

  #take(frame: Frame, origin: InterfaceDescription): void {
    this.#turn(frame)
    if (this.complete) return
    this.#encoder?.write(frame, origin)
    this.#file?.endPacket()
    this.packets++
    if (this.#file && this.#file.waitingBytes >= batch) this.#file.flush()
  }

  /** Sees to it that the file is open to which the frame belongs. */
  #turn(frame: Frame): void {
    const now = this.#timeOf(frame)
    if (this.#isNamedByPackets && this.packets === 0 && this.#file === undefined)
      this.#names = new FileNames(this.#pattern, this.#options.rotation ?? {}, now)
    else if (this.#names.isDue(now, this.#file?.size ?? 0)) {
      this.#end()
      this.#names.advance(now)
    }
    if (this.#file === undefined && !this.complete) this.#open()
  }

  /** Whole seconds. A packet without a time belongs to those before it. */
  #timeOf(frame: Frame): number {
    if (this.#options.clock !== 'packets') return wallClock()
    if (!Number.isNaN(frame.seconds)) this.#latest = frame.seconds
    return this.#latest
  }

  #open(): void {
    this.path = this.#names.name
    refuseSource(this.path, this.#options.source)
    const file = new RecordFile(this.path)
    const { sectionComments: comments, secrets } = this.#options.about ?? {}
    this.#encoder = encoder(this.#format, bytes => file.put(bytes), {
      ...(comments && { comments }),
      ...(secrets && { secrets }),
    })
    this.#file = file
  }

  #end(): void {
    if (!this.#file) return
    this.#encoder?.finish()
    this.#file.flush()
    this.#file.close()
    this.#file = undefined
  }

  /** Whoever reads standard output may have enough without a word; a pipe with a name is meant to be read. */
  #endForReader(): void {
    this.#readerIsGone = true
    if (this.path !== '-') this.failure = `${this.path}: its reader is gone`
  }

  #try(action: () => void): void {
    try {
      action()
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EPIPE') this.#endForReader()
      else if (error instanceof CaptureError) this.failure = error.message
      else
        this.failure = `${this.path === '-' ? 'standard output' : this.path}: cannot write: ${reasonOf(error)}`
    }
  }
}

const wallClock = (): number => Math.floor(Date.now() / 1000)

function refuseSource(path: string, source: string | undefined): void {
  if (path === '-' || source === undefined || source === '-') return
  const [ours, theirs] = [path, source].map(name => statSync(name, { throwIfNoEntry: false }))
  if (ours && theirs && ours.dev === theirs.dev && ours.ino === theirs.ino)
    throw new CaptureError(`${path}: is the capture that is read; choose another name`)
}

export type RecordOptions = {
  /** Stops after so many packets. */
  readonly count?: number | undefined
  /** Stops; what was read by then is written. */
  readonly signal?: AbortSignal
}

/**
 * Writes the packets of a capture, and ends the recording. Returns how many were written.
 * @throws {CaptureError} where the system refuses, or the format cannot hold a packet; what came before it is written
 */
export async function recordPackets(
  source: FrameSource,
  recorder: Recorder,
  { count = Number.POSITIVE_INFINITY, signal }: RecordOptions = {},
): Promise<number> {
  const frame = emptyFrame()
  const goesOn = () =>
    recorder.packets < count && !recorder.complete && !signal?.aborted && recorder.failure === undefined
  do {
    while (goesOn() && source.next(frame)) recorder.write(frame, source.origin)
    recorder.flush()
  } while (goesOn() && (await source.more()))
  const { failure } = recorder
  recorder.close()
  if (failure !== undefined || recorder.failure !== undefined)
    throw new CaptureError(failure ?? recorder.failure)
  return recorder.packets
}
