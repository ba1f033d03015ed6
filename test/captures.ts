import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'vitest'
import { CaptureError } from '../src/capture/errors.ts'
import { openSource } from '../src/capture/source.ts'
import { emptyFrame, type Frame, keep } from '../src/frame.ts'

const bundled = join(import.meta.dirname, '..', 'captures')

/** The captures of the project, by name. */
export const captureNames = readdirSync(bundled).filter(name => /\.pcap(ng)?$/.test(name))

export const captureFile = (name: string): string => join(bundled, name)

/** A folder of further captures, where one is given: tests of them are skipped without it. */
export const corpus = process.env['VPNSCOPE_CORPUS']

const corpusFiles =
  corpus === undefined
    ? []
    : readdirSync(corpus, { recursive: true, encoding: 'utf8' })
        .filter(name => /\.(pcap|pcapng|cap)(\.gz)?$/.test(name))
        .map(name => join(corpus, name))

/** The frames of a capture, at most `limit` of them; none of a file that is no capture, of which a corpus has some. */
export async function framesOf(file: string, limit = 1000): Promise<Frame[]> {
  const source = await openSource(file).catch(error => {
    if (error instanceof CaptureError && !file.startsWith(bundled)) return undefined
    throw error
  })
  if (source === undefined) return []
  const frame = emptyFrame()
  const frames: Frame[] = []
  do while (frames.length < limit && source.next(frame)) frames.push(keep(frame))
  while (frames.length < limit && (await source.more()))
  source.close()
  return frames
}

/** A test for each capture of the corpus; one that is shown as skipped where there is no corpus. */
export function itInCorpus(what: string, timeout: number, test: (file: string) => Promise<void>): void {
  if (corpusFiles.length === 0) it.skip(`${what}: no captures, VPNSCOPE_CORPUS is not set`)
  else it.each(corpusFiles)(`${what}: %s`, { timeout }, test)
}
