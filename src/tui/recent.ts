import { statSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { keepLines, keptLines, keptPath, quietly } from './kept-lines.ts'

const most = 12

/**
 * Absolute paths of the captures opened last, newest first, 12 at most; only files that are still there. Empty where
 * the list cannot be read. A path may hold any character but a line end.
 */
export function recentFiles(): string[] {
  return quietly(() => read().filter(isFile)) ?? []
}

/**
 * Puts a capture at the top of the list, unless it is no ordinary file (standard input, a pipe) or a temporary one.
 * Where the list cannot be written, it stays as it was.
 */
export function remember(path: string): void {
  quietly(() => {
    const added = resolve(path)
    if (path === '-' || /[\r\n]|\.tmp$/.test(added) || !isFile(added)) return
    keepLines(listPath(), [added, ...read().filter(other => other !== added)].slice(0, most))
  })
}

const listPath = (): string => keptPath('state', 'recent')

const read = (): string[] => [...new Set(keptLines(listPath()).filter(isAbsolute))].slice(0, most)

const isFile = (path: string): boolean => quietly(() => statSync(path).isFile()) ?? false
