import { PassThrough } from 'node:stream'
import { type Complaint, type Counters, Refusal } from '../../../src/capture/live/capturer.ts'
import type { CaptureRequest, Capturer } from '../../../src/capture/live/engine.ts'

/** A capturer that does what a test says. */
export class FakeCapturer implements Capturer {
  readonly engine = 'tcpdump'
  readonly stream = new PassThrough()
  readonly clock = ''
  readonly counters: Counters = { received: undefined, dropped: 0 }
  readonly ended: Promise<string | undefined>
  asked = 0
  isStopped = false
  #end: (why: string | undefined) => void = () => {}

  constructor(readonly device: string) {
    this.ended = new Promise(resolve => (this.#end = resolve))
    this.stream.write(header)
  }

  ask(): void {
    this.asked++
  }

  stop(): void {
    if (this.isStopped) return
    this.isStopped = true
    if (!this.lingers) this.end(undefined)
  }

  /** Told to stop, it goes on until `end`. */
  lingers = false

  end(why: string | undefined): void {
    this.stream.end()
    this.#end(why)
  }

  /** A packet of one byte. */
  deliver(...bytes: readonly number[]): void {
    for (const byte of bytes) this.stream.write(record(byte))
  }
}

/** pcap (draft-ietf-opsawg-pcap): little endian, microseconds, version 2.4, Ethernet. */
const header = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex')

/** A record, one second after 1970 began, of so many of these bytes. */
export const record = (byte: number, length = 1): Uint8Array => {
  const bytes = Buffer.alloc(16 + length, byte)
  for (const [at, number] of [1, 0, length, length].entries()) bytes.writeUInt32LE(number, 4 * at)
  return bytes
}

/** Those that were started, in their order. */
export const started: FakeCapturer[] = []
/** Why an interface cannot be captured on, by its name. */
export const refusals = new Map<string, Complaint>()

/** In the place of the engines. */
export function startCapturer({ device }: CaptureRequest): Promise<Capturer> {
  const refused = refusals.get(device)
  if (refused !== undefined) return Promise.reject(new Refusal(refused))
  const capturer = new FakeCapturer(device)
  started.push(capturer)
  return Promise.resolve(capturer)
}
