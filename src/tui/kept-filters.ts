import { escapeControls } from '../byte-writer.ts'
import { CaptureError, reasonOf } from '../capture/errors.ts'
import { keepLines, keptLines, keptPath, quietly } from './kept-lines.ts'

/** Filters that were applied last and are remembered. */
const mostRecent = 100
/** Longer ones are not remembered. */
const longest = 4096

/** Filters applied before, the newest last. Those with control characters were not typed here. */
export const recentFilters = (): string[] =>
  keptLines(recentPath()).filter(isPlain).slice(0, mostRecent).reverse()

/** Remembers a filter for the next time that vpnscope runs; where that cannot be, nothing happens. */
export function rememberFilter(text: string): void {
  if (text === '' || !isPlain(text)) return
  quietly(() => {
    const others = keptLines(recentPath()).filter(other => other !== text && isPlain(other))
    keepLines(recentPath(), [text, ...others].slice(0, mostRecent))
  })
}

/** Filters under names, in the order in which they were kept. */
export function keptFilters(): ReadonlyMap<string, string> {
  const lines = keptLines(namedPath()).filter(isPlain)
  return new Map(
    lines.flatMap(line => {
      const [, name, text] = /^(\S+) +(\S.*)$/.exec(line) ?? []
      return name !== undefined && text !== undefined ? [[name, text] as const] : []
    }),
  )
}

/**
 * Keeps a filter under a name, or with an empty text no longer.
 * @throws {CaptureError} where it cannot be written down
 */
export function keepFilter(name: string, text: string): void {
  const kept = new Map(keptFilters())
  kept.delete(name)
  if (text !== '') kept.set(name, text)
  const path = namedPath()
  try {
    keepLines(
      path,
      Array.from(kept, entry => entry.join(' ')),
    )
  } catch (error) {
    throw error instanceof CaptureError ? error : new CaptureError(`${path}: ${reasonOf(error)}`)
  }
}

const isPlain = (text: string): boolean => text.length <= longest && escapeControls(text) === text

const recentPath = (): string => keptPath('state', 'filters')
const namedPath = (): string => keptPath('config', 'filters')
