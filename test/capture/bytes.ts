import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll } from 'vitest'
import type { FrameSource } from '../../src/capture/frame-source.ts'
import { openSource } from '../../src/capture/source.ts'
import { emptyFrame, type Frame, keep } from '../../src/frame.ts'

/** Bytes written as hex; spaces and line ends mean nothing. */
export const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'))

export const joined = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts))

export type Contents = {
  readonly frames: readonly Frame[]
  readonly source: FrameSource
}

/** All frames of a source, kept. */
export async function readAll(source: FrameSource): Promise<Contents> {
  const frames: Frame[] = []
  const frame = emptyFrame()
  do {
    while (source.next(frame)) frames.push(keep(frame))
  } while (await source.more())
  source.close()
  return { frames, source }
}

/** Reads a capture that arrives through a pipe in these pieces. */
export const readPieces = async (pieces: readonly Uint8Array[]): Promise<Contents> =>
  readAll(await openSource('-', { stdin: Readable.from(pieces) }))

export const read = (bytes: Uint8Array): Promise<Contents> => readPieces([bytes])

/** A directory that is removed after the tests of a file. */
export function temporaryDirectory() {
  const directory = mkdtempSync(join(tmpdir(), 'vpnscope-test-'))
  afterAll(() => rmSync(directory, { recursive: true }))
  const path = (name: string) => join(directory, name)
  return {
    directory,
    path,
    write(name: string, bytes: Uint8Array | string): string {
      writeFileSync(path(name), bytes)
      return path(name)
    },
  }
}

/** `seconds.fraction` with all digits that the capture has. */
export const timeOf = (frame: Frame): string =>
  `${frame.seconds}.${String(frame.fraction).padStart(frame.digits, '0')}`

/** Two records of 4 and 5 bytes, microseconds, little endian: 24 + 20 + 21 bytes. */
export const twoRecords = hex(`
  d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000
  00f15365 40e20100 04000000 04000000 61626364
  01f15365 3f420f00 05000000 dc050000 6566676869`)

/** A section, an Ethernet interface, and a packet of 6 bytes in microseconds, little endian: 28 + 20 + 40 bytes. */
export const onePacket = hex(`
  0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000
  01000000 14000000 0100 0000 00000400 14000000
  06000000 28000000 00000000 240a0600 40222018 06000000 3c000000 616263646566 0000 28000000`)
