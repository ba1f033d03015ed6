import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, onTestFinished } from 'vitest'
import { openTerminal, type TestTerminal, terminalMissing } from '../terminal.ts'

/** The built program in a terminal, as its users have it. */

const program = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))
if (!existsSync(program)) throw new Error('dist/cli.js is missing: npm run build makes it')

/** The command line of vpnscope. */
export const vpnscope = [process.execPath, program] as const

/** The same for a shell. */
export const shellCommand = vpnscope.map(word => `'${word}'`).join(' ')

/** A capture that comes with the program. */
export const bundled = (name: string) => fileURLToPath(new URL(`../../captures/${name}`, import.meta.url))

export const walkthrough = bundled('walkthrough.pcap')

/** A description of tests that need a terminal; where there is none, its name says why they are left out. */
export const describeScreen = (name: string, stories: () => void) =>
  (terminalMissing === undefined ? describe : describe.skip)(
    `${name}${terminalMissing === undefined ? '' : ` (left out: ${terminalMissing})`}`,
    { timeout: 60_000 },
    stories,
  )

/** A folder of its own for the test that asks. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vpnscope-e2e-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export type Options = {
  readonly columns?: number
  readonly rows?: number
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
}

/** A command in a terminal of 120x40, with a list of recent captures of its own, UTF-8 and times in UTC. */
export async function run(command: readonly string[], options: Options = {}): Promise<TestTerminal> {
  const { columns = 120, rows = 40, env, cwd } = options
  // The pseudo-terminal sets TERM itself.
  const named = env?.['TERM'] === undefined ? command : ['env', `TERM=${env['TERM']}`, ...command]
  const terminal = await openTerminal(named, {
    columns,
    rows,
    ...(cwd !== undefined && { cwd }),
    env: { XDG_STATE_HOME: temporaryFolder(), LC_ALL: 'C.UTF-8', TZ: 'UTC', COLORFGBG: '', ...env },
  })
  onTestFinished(() => terminal.close())
  return terminal
}

/** The same for a script of the shell. */
export const runShell = (script: string, options?: Options) => run(['sh', '-c', script], options)

/** vpnscope with these arguments, once the whole capture has been read and its first packet is shown. */
export async function open(args: readonly string[], options: Options = {}): Promise<TestTerminal> {
  const terminal = await run([...vpnscope, ...args], options)
  await untilRead(terminal)
  return terminal
}

/** Waits until the screen shows the first packet of a capture that has been read to its end. */
export const untilRead = (terminal: TestTerminal) =>
  terminal.until(
    () => /[·.] 1 of [1-9][\d,]* packets?\b/.test(terminal.line(0)) && !/ %/.test(terminal.line(0)),
    {
      what: 'a capture, read to its end',
    },
  )

/** Presses keys one after the other, each once the screen shows what the one before has changed. */
export async function press(terminal: TestTerminal, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const before = look(terminal)
    terminal.press(key)
    await terminal.until(() => look(terminal) !== before, { what: `something changed by ${key}` })
  }
}

/** Presses a key until something is so, at most `most` times. */
export async function pressUntil(
  terminal: TestTerminal,
  key: string,
  holds: () => boolean,
  most = 40,
): Promise<void> {
  for (let i = 0; i < most && !holds(); i++) await press(terminal, key)
  await terminal.until(holds, { timeout: 1, what: `${holds} after ${most} times ${key}` })
}

/** What can be read, whether a blank was written or never touched. */
export const words = (terminal: TestTerminal) =>
  terminal
    .lines()
    .map(line => line.trimEnd())
    .join('\n')

/** All that can be seen: characters, colours and attributes. */
export function look(terminal: TestTerminal): string {
  const rows: string[] = []
  for (let row = 0; row < terminal.rows; row++)
    for (let column = 0; column < terminal.columns; column++) {
      const { char, fg, bg, bold, dim, underline, inverse } = terminal.cell(column, row)
      rows.push(`${char}${fg}${bg}${+bold}${+dim}${+underline}${+inverse}`)
    }
  return rows.join()
}
