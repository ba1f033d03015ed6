import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Readable, Stream, Writable } from 'node:stream'
import { builtProgram } from './built.ts'

/** How a program ended. The number of a signal is its name here. */
export type Exit = { readonly code: number; readonly signal: string | undefined }

/** How a program that captures is started. */
export type Command = {
  readonly command: readonly [string, ...string[]]
  /** Asks its questions on the terminal, and so hears the terminal's Ctrl-C. */
  readonly onTerminal?: boolean
  /** Keeps by itself what nobody takes yet. */
  readonly keeps?: boolean
}

/** A program that was started. */
export type Started = {
  readonly stdin: Writable
  /** What it captures. */
  readonly stream: Readable
  readonly stderr: Readable
  /** Resolves when it has ended; what it said last may still come. */
  readonly exit: Promise<Exit>
  /** Ends it without a word. */
  kill(): void
}

/** Where its standard input comes from, and where what it captures and what it says go to. */
type Ends = readonly [stdin: 'pipe' | Stream, stream: 'pipe' | Stream, stderr: 'pipe' | Stream]

/** Starts a program with pipes to us. */
export function start(command: Command): Started {
  const { child, stream } = run(command, ['pipe', 'pipe', 'pipe'])
  const { stdin, stderr } = child
  if (stdin === null || stderr === null || stream === null) throw new Error('no pipes')
  return { stdin, stream, stderr, exit: exitOf(child), kill: () => child.kill('SIGTERM') }
}

/** Starts a program, and behind it a keeper unless it keeps what it captures itself. */
export function run(
  { command, onTerminal, keeps }: Command,
  [stdin, out, stderr]: Ends,
): { child: ChildProcess; stream: Readable | null } {
  const [program, ...words] = command
  // A session of its own keeps the terminal's Ctrl-C away: who captures is told to stop, and loses nothing.
  const detached = !onTerminal
  const keeper = keeps ? undefined : startKeeper(out)
  const child = spawn(program, words, { stdio: [stdin, keeper?.stdin ?? out, stderr], detached })
  // The keeper sees the end when the child has closed it, and not only when we have.
  keeper?.stdin?.destroy()
  return { child, stream: (keeper ?? child).stdout }
}

/** Undefined where it is not built; then a reader has to be quick. */
function startKeeper(out: 'pipe' | Stream): ChildProcess | undefined {
  const program = builtProgram('capture-keeper.js')
  if (program === undefined) return undefined
  const keeper = spawn(process.execPath, [program], { stdio: ['pipe', out, 'ignore'], detached: true })
  // Then the child cannot write, and its end tells.
  keeper.on('error', () => undefined)
  keeper.stdin?.on('error', () => undefined)
  return keeper
}

export const exitOf = (child: ChildProcess): Promise<Exit> =>
  new Promise(resolve => {
    child.once('error', () => resolve({ code: 127, signal: undefined }))
    child.once('exit', (code, signal) => resolve({ code: code ?? 0, signal: signal ?? signalOf(code ?? 0) }))
  })

/** A shell tells the signal that ended its child as 128 and the signal's number, ksh93 as 256 and the number. */
function signalOf(code: number): string | undefined {
  const number = code > 256 ? code - 256 : code - 128
  if (number <= 0 || code === 255) return undefined
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0]
}
