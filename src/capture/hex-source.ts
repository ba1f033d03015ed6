import { readFileSync, readSync } from 'node:fs'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { isatty } from 'node:tty'
import { escapeControls } from '../byte-writer.ts'
import type { Frame } from '../frame.ts'
import type { Decoder, Interface, Secret } from './decoder.ts'
import { CaptureError, reasonOf } from './errors.ts'
import { type FrameSource, Source } from './frame-source.ts'
import { hexDumpFrames } from './hex-dump.ts'
import { StreamInput } from './input.ts'
import { SpoolInput } from './spool.ts'
import { Window } from './window.ts'

/**
 * The packets of a text with hex dumps, `-` for standard input.
 * @throws {CaptureError} where the text cannot be read or holds no dump
 */
export function openHexDump(path: string, linkType: number | undefined): FrameSource {
  const name = path === '-' ? 'standard input' : escapeControls(path)
  const frames = hexDumpFrames(readText(path, name), name, linkType)
  const origins = new Origins()
  let next = 0
  return {
    next(frame: Frame): boolean {
      if (next === frames.length) return false
      Object.assign(frame, frames[next++])
      return true
    },
    more: async () => false,
    get origin() {
      return origins.all[origins.indexOf(frames[Math.max(next, 1) - 1]!)]!
    },
    damage: undefined,
    interfaces: [],
    sectionComments: [],
    secrets: [],
    close() {},
  }
}

function readText(path: string, name: string): string {
  try {
    return path === '-' ? readStdin() : readFileSync(path, 'utf8')
  } catch (error) {
    throw new CaptureError(`${name}: ${reasonOf(error)}`)
  }
}

/**
 * Standard input to its end. A terminal is opened anew: the one that is there may be set not to wait, and the screen needs it
 * later on.
 */
function readStdin(): string {
  if (isatty(0)) {
    process.stderr.write('paste a dump, then press Ctrl-D on a line of its own\n')
    return readFileSync('/dev/tty', 'utf8')
  }
  const pieces: Buffer[] = []
  for (;;) {
    const piece = Buffer.alloc(65_536)
    try {
      const length = readSync(0, piece)
      if (length === 0) return Buffer.concat(pieces).toString('utf8')
      pieces.push(piece.subarray(0, length))
    } catch (error) {
      // A pipe that does not block, and whose writer is slower than we are.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}

/**
 * The same for readers who come back to any frame: the bytes of the packets lie one behind the other in a temporary
 * file. `stdin`: what '-' reads; default: the process's standard input.
 * @throws {CaptureError} where the text cannot be read, holds no dump, or there is no room for the file
 */
export async function openHexSource(path: string, linkType?: number, stdin?: Readable): Promise<Source> {
  const name = path === '-' ? 'standard input' : escapeControls(path)
  const dump = path === '-' && stdin ? await streamText(stdin, name) : readText(path, name)
  const frames = hexDumpFrames(dump, name, linkType)
  const bytes = new StreamInput(Readable.from(frames.map(frame => frame.bytes)))
  const input = new SpoolInput(bytes, new Uint8Array(0))
  return new Source(name, input, new Window(), new DumpDecoder(frames))
}

async function streamText(stream: Readable, name: string): Promise<string> {
  try {
    return await text(stream)
  } catch (error) {
    throw new CaptureError(`${name}: ${reasonOf(error)}`)
  }
}

const noBytes = new Uint8Array(0)

/** Cuts what the packets of a text were put together to, by what the text said of each. */
class DumpDecoder implements Decoder {
  readonly #origins = new Origins()
  readonly sectionComments: readonly string[] = []
  readonly secrets: readonly Secret[] = []
  readonly damage = undefined
  interfaceIndex = 0
  readonly #frames: readonly Frame[]
  #next = 0

  constructor(frames: readonly Frame[]) {
    this.#frames = frames.map(frame => ({ ...frame, bytes: noBytes }))
  }

  get interfaces(): readonly Interface[] {
    return this.#origins.all
  }

  begin(): 'frame' {
    return 'frame'
  }

  next(window: Window, frame: Frame): 'frame' | 'more' | 'end' | 'damage' {
    const about = this.#frames[this.#next]
    if (!about) return 'end'
    if (window.held < about.capturedLength) return window.complete ? 'damage' : 'more'
    this.#next++
    this.interfaceIndex = this.#origins.indexOf(about)
    Object.assign(frame, about, { bytes: window.bytes, start: window.start })
    window.start += about.capturedLength
    return 'frame'
  }
}

/** A text has no interfaces; here each stands for what some of its frames have in common. */
class Origins {
  readonly all: Interface[] = []

  indexOf({ linkType, digits }: Frame): number {
    const known = this.all.findIndex(other => other.linkType === linkType && other.digits === digits)
    if (known >= 0) return known
    return (
      this.all.push({
        id: -1,
        section: 0,
        linkType,
        name: '',
        description: '',
        snapLength: 0,
        fcsBytes: 0,
        digits,
        littleEndian: true,
      }) - 1
    )
  }
}
