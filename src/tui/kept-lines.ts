import { mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { CaptureError, reasonOf } from '../capture/errors.ts'
import { Output } from '../capture/output.ts'

/** Where the XDG base directories say that things belong; a relative path in the environment does not count. */
const folders = {
  state: ['XDG_STATE_HOME', '.local/state'],
  config: ['XDG_CONFIG_HOME', '.config'],
} as const

/** The path of a small file of ours: what we remember (`state`), or what people have set (`config`). */
export function keptPath(kind: keyof typeof folders, name: string): string {
  const [variable, usual] = folders[kind]
  const given = process.env[variable] ?? ''
  return join(isAbsolute(given) ? given : join(homedir(), usual), 'vpnscope', name)
}

/** The lines of a small file, without empty ones; none where it cannot be read. */
export const keptLines = (path: string): string[] =>
  (quietly(() => readFileSync(path, 'utf8')) ?? '').split('\n').filter(line => line !== '')

/**
 * Writes such a file, all of it or nothing. No line may hold a line end.
 * @throws where the system refuses: a CaptureError, or an error of the system
 */
export function keepLines(path: string, lines: readonly string[]): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const output = new Output(path)
  output.write(Buffer.from(lines.map(line => `${line}\n`).join('')))
  output.commit()
}

/** For what is a convenience: what the system refuses is passed over. */
export function quietly<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof CaptureError)) reasonOf(error)
    return undefined
  }
}
