import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
export const collectGarbage: () => void = runInNewContext('gc')

/**
 * Bytes in buffers that somebody still holds. The collector gives buffers back on a thread of its own, some time after
 * it was called, so it is asked until no more of them go.
 */
export async function heldBytes(): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let unchanged = 0; unchanged < 3; unchanged++) {
    collectGarbage()
    await pause(10)
    const { arrayBuffers } = process.memoryUsage()
    if (arrayBuffers < least) unchanged = 0
    least = Math.min(least, arrayBuffers)
  }
  return least
}
