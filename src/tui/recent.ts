import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { CaptureError, reasonOf } from '../capture/errors.ts'
import { Output } from '../capture/output.ts'

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
    const list = listPath()
    mkdirSync(dirname(list), { recursive: true, mode: 0o700 })
    const output = new Output(list)
    const paths = [added, ...read().filter(other => other !== added)].slice(0, most)
    output.write(Buffer.from(paths.map(each => `${each}\n`).join('')))
    output.commit()
  })
}

/** Where the XDG base directories say that such lists belong; a relative XDG_STATE_HOME does not count. */
function listPath(): string {
  const given = process.env['XDG_STATE_HOME'] ?? ''
  return join(isAbsolute(given) ? given : join(homedir(), '.local', 'state'), 'vpnscope', 'recent')
}

function read(): string[] {
  const text = quietly(() => readFileSync(listPath(), 'utf8')) ?? ''
  return [...new Set(text.split('\n').filter(isAbsolute))].slice(0, most)
}

const isFile = (path: string): boolean => quietly(() => statSync(path).isFile()) ?? false

/** The list is a convenience: what the system refuses is passed over. */
function quietly<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof CaptureError)) reasonOf(error)
    return undefined
  }
}
