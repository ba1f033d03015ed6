import type { Readable } from 'node:stream'
import { isPcap } from '../pcap.ts'

/** Nobody greets with more bytes. */
const longest = 1 << 16

/**
 * Leaves out what a shell over there prints when it starts, before the capture begins. A stream that is no capture stays
 * as it is.
 */
export async function withoutGreeting(stream: Readable): Promise<void> {
  let held = Buffer.alloc(0)
  while (held.length < longest) {
    const chunk: Buffer | null = stream.read()
    if (chunk) held = Buffer.concat([held, chunk])
    const begin = beginIn(held)
    if (begin >= 0) {
      stream.unshift(held.subarray(begin))
      return
    }
    if (stream.destroyed) return
    if (!chunk && !(await more(stream))) break
  }
  if (held.length > 0 && !stream.readableEnded) stream.unshift(held)
}

/** Where a capture begins; -1: nowhere. */
function beginIn(bytes: Buffer): number {
  for (let at = 0; at + 4 <= bytes.length; at++) if (isPcap(bytes.readUInt32LE(at))) return at
  return -1
}

/** False: the end has come. */
const more = (stream: Readable): Promise<boolean> =>
  new Promise(resolve => {
    const settle = (isMore: boolean) => () => {
      for (const [event, listener] of listeners) stream.off(event, listener)
      resolve(isMore)
    }
    const listeners = [
      ['readable', settle(true)],
      ['end', settle(false)],
      ['close', settle(false)],
      ['error', settle(false)],
    ] as const
    for (const [event, listener] of listeners) stream.on(event, listener)
  })
