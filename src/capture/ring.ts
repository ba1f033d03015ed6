import { CaptureError } from './errors.ts'

/** How much of a capture that never ends is kept. */
export type Ring = {
  /** Bytes on the disk, at most. */
  readonly bytes?: number
  /** Packets no older than the newest one by more than this. */
  readonly seconds?: number
}

const bytesIn: Readonly<Record<string, number>> = {
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
}

const secondsIn: Readonly<Record<string, number>> = { s: 1, sec: 1, min: 60, h: 3600, d: 86_400 }

/** A ring that holds less shows less than a screen of some captures. */
const leastBytes = 1e6

/**
 * Reads what a user wrote: a size (`512MB`, `2GiB`), a time (`90s`, `10min`, `2h`), or both with a comma.
 * @throws {CaptureError} where it is neither
 */
export function ringOption(text: string): Ring {
  const ring: { bytes?: number; seconds?: number } = {}
  for (const part of text.split(',')) {
    const [, digits = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*$/i.exec(part) ?? []
    const [size, time] = [bytesIn[unit.toLowerCase()], secondsIn[unit.toLowerCase()]]
    if (unit.toLowerCase() === 'm') throw new CaptureError(`--ring ${text}: ${digits}min or ${digits}MB?`)
    if (size !== undefined && ring.bytes === undefined) ring.bytes = Math.floor(Number(digits) * size)
    else if (time !== undefined && ring.seconds === undefined) ring.seconds = Number(digits) * time
    else throw new CaptureError(`--ring ${text}: give a size or a time, as 512MB or 10min`)
  }
  if (ring.bytes !== undefined && ring.bytes < leastBytes)
    throw new CaptureError(`--ring ${text}: too small to be of use; 1MB at least`)
  if (ring.seconds !== undefined && ring.seconds < 1)
    throw new CaptureError(`--ring ${text}: too short to be of use; 1s at least`)
  return ring
}
