import type { Reader } from '../src/dissect/reader.ts'

/**
 * For `message`: bytes of all whole messages at the cursor, which together make one layer. `lengthAt` tells how long the one
 * is that begins so many bytes ahead, 0 where too little of it is here, -1 where none can begin.
 */
export function together(r: Reader, lengthAt: (r: Reader, ahead: number) => number): number {
  let all = 0
  for (;;) {
    const length = all < r.left ? lengthAt(r, all) : 0
    // Where the capture ends in one of them, the layer stays the same.
    if (length === 0 && all > 0 && !r.whole) return r.left
    if (length <= 0 || all + length > r.left) return all > 0 ? all : length
    all += length
  }
}
