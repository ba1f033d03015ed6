import { readFileSync } from 'node:fs'
import type { Frame } from '../frame.ts'
import { CaptureError, reasonOf } from './errors.ts'
import type { FrameSource } from './frame-source.ts'
import { hexDumpFrames } from './hex-dump.ts'

/**
 * The packets of a text with hex dumps, `-` for standard input.
 * @throws {CaptureError} where the text cannot be read or holds no dump
 */
export function openHexDump(path: string, linkType: number | undefined): FrameSource {
  const name = path === '-' ? 'standard input' : path
  const frames = hexDumpFrames(readText(path, name), name, linkType)
  let next = 0
  return {
    next(frame: Frame): boolean {
      if (next === frames.length) return false
      Object.assign(frame, frames[next++])
      return true
    },
    more: async () => false,
    damage: undefined,
    interfaces: [],
    sectionComments: [],
    secrets: [],
    close() {},
  }
}

function readText(path: string, name: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8')
  } catch (error) {
    throw new CaptureError(`${name}: ${reasonOf(error)}`)
  }
}
