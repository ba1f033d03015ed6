import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'

/** The built program capturing for a test that reads what it prints. */

/** The built program. */
export const cli = join(import.meta.dirname, '..', 'dist', 'cli.js')

export type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

export type LiveOptions = { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string }

export class LiveProgram {
  stdout = ''
  stderr = ''
  readonly exit: Promise<Ended>
  readonly #child: ChildProcessByStdio<null, Readable, Readable>
  #ended = false
  readonly #watchers = new Set<() => void>()

  /** Ends with the test. */
  constructor(args: readonly string[], { env = {}, cwd }: LiveOptions = {}) {
    this.#child = spawn(process.execPath, [cli, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd,
      env: { ...process.env, TZ: 'UTC', ...env },
    })
    this.#child.stdout.setEncoding('latin1').on('data', text => {
      this.stdout += text
      this.#look()
    })
    this.#child.stderr.setEncoding('utf8').on('data', text => {
      this.stderr += text
      this.#look()
    })
    this.exit = once(this.#child, 'close').then(([code, signal]) => {
      this.#ended = true
      this.#look()
      return { code, signal }
    })
    onTestFinished(() => void this.#child.kill('SIGKILL'))
  }

  /** The same, once it listens on so many interfaces. */
  static async listening(args: readonly string[], options?: LiveOptions, count = 1): Promise<LiveProgram> {
    const program = new LiveProgram(args, options)
    await program.until(() => program.stderr.split('capturing on ').length > count)
    return program
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get lines(): string[] {
    return this.stdout.split('\n').filter(line => line !== '')
  }

  /** @throws when the program ends first */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!holds() && !this.#ended) return
        this.#watchers.delete(look)
        if (holds()) resolve()
        else reject(new Error(`${holds}: the program ended; it said\n${this.stdout}\n${this.stderr}`))
      }
      this.#watchers.add(look)
      look()
    })
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** Nobody reads its standard output any more. */
  hangUp(): void {
    this.#child.stdout.destroy()
  }

  #look(): void {
    for (const watcher of [...this.#watchers]) watcher()
  }
}
