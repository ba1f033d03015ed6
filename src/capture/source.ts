import { closeSync, constants, createReadStream, fstatSync, open, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { promisify } from 'node:util'
import { escapeControls } from '../byte-writer.ts'
import type { Decoder } from './decoder.ts'
import { CaptureError, reasonOf } from './errors.ts'
import { Source } from './frame-source.ts'
import { GzipInput, isGzip } from './gzip.ts'
import { FileInput, type Input, StreamInput } from './input.ts'
import { isPcap, PcapDecoder } from './pcap.ts'
import { isPcapng, PcapngDecoder } from './pcapng.ts'
import type { Ring } from './ring.ts'
import { sniff } from './sniff.ts'
import { SpoolInput } from './spool.ts'
import { Window } from './window.ts'

export type { FrameSource } from './frame-source.ts'

export type SourceOptions = {
  /** What '-' reads; default: the process's standard input. */
  readonly stdin?: Readable
  /** Keep the bytes of pipes and the unpacked ones of gzip in temporary files, for random access; or some of them. */
  readonly spool?: boolean | Ring
  /** Gives up waiting for a pipe that nobody writes to. */
  readonly signal?: AbortSignal | undefined
}

/** Bytes of a capture that come from elsewhere; `name`: what sentences call them. */
export type NamedInput = { readonly name: string; readonly input: Input }

/** Enough to tell a capture from other files. */
const beginning = 1024

/**
 * Opens a capture for reading from its start to its end: pcap or pcapng, plain or packed with gzip, from a regular
 * file, a FIFO, or standard input (`-`). Returns when the capture's header is read.
 *
 * @throws {CaptureError} where there is nothing to read frames from
 */
export async function openSource(path: string, options: SourceOptions = {}): Promise<Source> {
  const input = path === '-' ? openStdin(options.stdin) : await openPath(path)
  return openInput(path === '-' ? 'standard input' : escapeControls(path), input, options)
}

/**
 * The same for bytes that come from elsewhere; `name`: what sentences call them. The input is closed with the source, and
 * where it holds no capture.
 *
 * @throws {CaptureError} where there is nothing to read frames from
 */
export async function openInput(name: string, from: Input, options: SourceOptions = {}): Promise<Source> {
  let input = from
  const giveUp = () => from.end?.()
  if (options.signal?.aborted) giveUp()
  else options.signal?.addEventListener('abort', giveUp)
  try {
    const window = new Window()
    await fill(input, window, 4)
    if (window.held === 0) throw new CaptureError(`${name}: ${input.failure ?? 'empty file'}`)
    const packed = isGzip(window.bytes)
    if (packed) {
      input = new GzipInput(input, window.take())
      await fill(input, window, 4)
    }
    if (options.spool && !input.readAt) {
      const ring = options.spool === true ? {} : options.spool
      input = new SpoolInput(input, window.bytes.subarray(0, window.end), ring)
    }
    return new Source(name, input, window, await begin(name, input, window, packed))
  } catch (error) {
    input.close()
    throw error
  } finally {
    options.signal?.removeEventListener('abort', giveUp)
  }
}

/** Reads the header of the capture. */
async function begin(name: string, input: Input, window: Window, packed: boolean): Promise<Decoder> {
  const magic = window.held >= 4 ? window.view.getUint32(0, true) : 0
  const decoder = isPcap(magic) ? new PcapDecoder() : isPcapng(magic) ? new PcapngDecoder() : undefined
  if (!decoder) {
    await fill(input, window, beginning)
    if (packed && window.held === 0)
      throw new CaptureError(`${name}: ${input.failure ?? 'gzip of an empty file'}`)
    const what = sniff(window.bytes.subarray(0, window.end))
    throw new CaptureError(`${name}: not a capture file (${packed ? 'gzip of a file that ' : ''}${what})`)
  }
  for (;;) {
    const step = decoder.begin(window)
    if (step === 'damage') throw new CaptureError(`${name}: ${input.failure ?? decoder.damage}`)
    if (step === 'frame') return decoder
    await fill(input, window, window.held + 1)
  }
}

/** Reads until the window holds `wanted` bytes or the input ends. */
async function fill(input: Input, window: Window, wanted: number): Promise<void> {
  while (window.held < wanted && !window.complete) {
    const count = await input.read(window.room())
    window.end += count
    window.complete = count === 0
  }
}

async function openPath(path: string): Promise<Input> {
  let file: number
  try {
    // A FIFO would not be open before its writer comes, and nobody could give up waiting for that.
    const how = (await stat(path)).isFIFO() ? constants.O_NONBLOCK : 0
    file = await promisify(open)(path, constants.O_RDONLY | how)
  } catch (error) {
    throw new CaptureError(`${escapeControls(path)}: ${reasonOf(error)}`)
  }
  const status = fstatSync(file)
  if (status.isDirectory()) {
    closeSync(file)
    throw new CaptureError(`${escapeControls(path)}: is a directory`)
  }
  if (status.isFile()) return new FileInput(file, status.size, path)
  return new StreamInput(await streamOf(file, status))
}

function openStdin(stdin: Readable | undefined): Input {
  if (stdin) return new StreamInput(stdin)
  const status = fstatSync(0)
  if (status.isFile()) return new FileInput(0, status.size)
  if (process.stdin.isTTY) {
    throw new CaptureError(
      'standard input: is a terminal; pipe a capture in: tcpdump -U -w - | vpnscope -r -',
    )
  }
  return new StreamInput(process.stdin)
}

/** A pipe is watched, not read in a thread: a thread that waits for a silent pipe would keep the process alive. */
async function streamOf(file: number, status: Stats): Promise<Readable> {
  if (!status.isFIFO() && !status.isSocket()) return createReadStream('', { fd: file })
  const { Socket } = await import('node:net')
  return new Socket({ fd: file, readable: true, writable: false })
}
