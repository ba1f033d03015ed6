import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { type CaptureRequest, type Capturer, startCapturer } from '../../../src/capture/live/engine.ts'
import { openSource } from '../../../src/capture/source.ts'
import { emptyFrame } from '../../../src/frame.ts'
import { hexBytes } from '../../peel.ts'

export const everything = { filter: '', snapLength: 0, promiscuous: true } as const

/** A capture that ends with the test. */
export async function capture(request: Partial<CaptureRequest> & { device: string }): Promise<Capturer> {
  const capturer = await startCapturer({ ...everything, ...request })
  onTestFinished(() => capturer.stop())
  return capturer
}

/** The sentence that a capture fails with. */
export const refusal = (request: Partial<CaptureRequest> & { device: string }): Promise<string> =>
  startCapturer({ ...everything, ...request }).then(
    capturer => {
      capturer.stop()
      return `captures with ${capturer.engine}`
    },
    (error: Error) => error.message,
  )

export type Caught = {
  readonly hex: string
  readonly wireLength: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly linkType: number
}

/** Reads what a capturer delivers. */
export class Catch {
  readonly frames: Caught[] = []
  readonly #waiting: { readonly count: number; readonly resolve: () => void }[] = []
  /** Why the stream is no sound capture; undefined: it is. */
  readonly finished: Promise<string | undefined>

  constructor(capturer: Capturer) {
    this.finished = this.#read(capturer)
  }

  /** Waits for so many frames. */
  has(count: number): Promise<void> {
    return new Promise(resolve => {
      if (this.frames.length >= count) resolve()
      else this.#waiting.push({ count, resolve })
    })
  }

  async #read(capturer: Capturer): Promise<string | undefined> {
    const source = await openSource('-', { stdin: capturer.stream })
    const frame = emptyFrame()
    do {
      while (source.next(frame)) {
        const bytes = frame.bytes.subarray(frame.start, frame.start + frame.capturedLength)
        this.frames.push({
          hex: Buffer.from(bytes).toString('hex'),
          wireLength: frame.wireLength,
          time: frame.seconds * 1000 + (frame.fraction / 10 ** frame.digits) * 1000,
          linkType: frame.linkType,
        })
      }
      for (const { count, resolve } of this.#waiting) if (this.frames.length >= count) resolve()
    } while (await source.more())
    return source.damage
  }
}

/** The numbers of the processes whose command line has this word in it. */
export function processesWith(word: string): { pid: number; program: string; words: string[] }[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(pid => ({ pid: Number(pid), words: commandLine(pid) }))
    .filter(({ words, pid }) => pid !== process.pid && words.some(text => text.includes(word)))
    .map(({ pid, words }) => ({ pid, program: words[0]!.split('/').at(-1)!, words }))
}

/** There is no event for the end of someone else's child. */
export async function untilGone(word: string): Promise<void> {
  while (processesWith(word).length > 0) await wait(20)
}

function commandLine(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

const ethernet = 'ffffffffffff 00005e005302'

/**
 * RFC 2003 around RFC 792: an echo request in IPv4 in IPv4, from 192.0.2.1 to 192.0.2.2 outside and from 10.0.0.1 to
 * 10.0.0.2 inside, with 56 bytes of data. All checksums are right.
 */
export function ipInIp(sequence = 1): Uint8Array {
  const data = Array.from({ length: 56 }, (_, at) => at)
  const icmp = checked([8, 0, 0, 0, 0x12, 0x34, sequence >> 8, sequence & 255, ...data], 2)
  const inner = ip(1, [10, 0, 0, 1], [10, 0, 0, 2], icmp)
  return Uint8Array.from([...hexBytes(`${ethernet}0800`), ...ip(4, [192, 0, 2, 1], [192, 0, 2, 2], inner)])
}

/** The same with an IEEE 802.1Q tag: VLAN 42, priority 5. */
export function tagged(): Uint8Array {
  const plain = ipInIp()
  return Uint8Array.from([...plain.subarray(0, 12), 0x81, 0x00, 0xa0, 0x2a, ...plain.subarray(12)])
}

/** A frame of no protocol (IEEE 802's local experimental Ethertype 1, 0x88b5) with a number in it. */
export const numbered = (number: number, length = 60): Uint8Array => {
  const frame = new Uint8Array(length).fill(0x5a)
  frame.set(hexBytes(`${ethernet}88b5`))
  new DataView(frame.buffer).setUint32(14, number)
  return frame
}

function ip(protocol: number, from: number[], to: number[], payload: number[]): number[] {
  const total = 20 + payload.length
  const header = [0x45, 0, total >> 8, total & 255, 0, 1, 0x40, 0, 64, protocol, 0, 0, ...from, ...to]
  return [...checked(header, 10), ...payload]
}

/** The same bytes with the Internet checksum (RFC 1071) at `place`. */
function checked(bytes: number[], place: number): number[] {
  let sum = 0
  for (let at = 0; at < bytes.length; at += 2) sum += bytes[at]! * 256 + (bytes[at + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  const made = [...bytes]
  made[place] = (~sum >> 8) & 255
  made[place + 1] = ~sum & 255
  return made
}

export const hexOf = (frames: readonly Uint8Array[]): string[] =>
  frames.map(frame => Buffer.from(frame).toString('hex'))
