import { CaptureError } from '../../src/capture/errors.ts'
import { readHexDump } from '../../src/capture/hex-dump.ts'

/** A text of lines. */
export const lines = (...all: string[]): string => all.map(line => `${line}\n`).join('')

/** The frames of a dump as hex. */
export const hexOf = (text: string): string[] =>
  readHexDump(text).frames.map(frame => Buffer.from(frame.bytes).toString('hex'))

/** The sentence with which a text is refused. */
export const failure = (text: string): string => {
  try {
    readHexDump(text, 'notes.txt')
  } catch (error) {
    if (error instanceof CaptureError) return error.message
    throw error
  }
  return 'no failure'
}
