import { keptLines, keptPath } from './kept-lines.ts'
import { ownLines } from './own-lines.ts'

/** Reads which keys the user wants, before anything is loaded that has to know them. */
export const readOwnKeys = (): void => {
  ownLines.push(...keptLines(keptPath('config', 'keys')))
}
