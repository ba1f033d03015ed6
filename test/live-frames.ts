import { spawnSync } from 'node:child_process'
import { numbered } from './capture/live/capturing.ts'
import { framesOf } from './captures.ts'

/** What tests of live captures send, and find in files. */

/** Whether a program is installed. */
export const hasProgram = (name: string): boolean => !spawnSync(name, ['--version']).error

/** The packets of a capture file, in hex. */
export async function framesIn(path: string): Promise<string[]> {
  const frames = await framesOf(path, Number.POSITIVE_INFINITY)
  return frames.map(({ bytes, start, capturedLength }) =>
    Buffer.from(bytes.subarray(start, start + capturedLength)).toString('hex'),
  )
}

/** The numbers of the frames in a capture file. */
export const numbersIn = async (path: string): Promise<number[]> =>
  (await framesIn(path)).map(frame => Number.parseInt(frame.slice(28, 36), 16))

/** Frames with the numbers from `from` on. */
export const numberedFrames = (count: number, length = 60, from = 0): Uint8Array[] =>
  Array.from({ length: count }, (_, at) => numbered(from + at, length))
