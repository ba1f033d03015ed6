import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openTerminal, type TestTerminal, terminalMissing } from '../terminal.ts'
import { ordinaryModes } from '../terminal-modes.ts'
import { type Bundle, bundle } from './fixtures/bundle.ts'

const columns = 200
const rows = 50
const takenModes = { alternate: true, cursor: false, wraps: false, mouse: true, paste: true, frozen: false }

let program: Bundle
beforeAll(async () => {
  program = await bundle('demo.tsx')
}, 30_000)
afterAll(() => program.remove())

async function open(command: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<TestTerminal> {
  const terminal = await openTerminal(command, { columns, rows, env })
  onTestFinished(() => terminal.close())
  return terminal
}

const start = async (env: NodeJS.ProcessEnv = {}) => {
  const terminal = await open([process.execPath, program.file], env)
  await terminal.untilText('keys 0')
  return terminal
}

/** Starts the program in a shell with job control, as a user does. */
async function startInShell(): Promise<TestTerminal> {
  const terminal = await open(['bash', '--norc', '--noprofile', '-i'], { PS1: '$ ', DEMO: program.file })
  await terminal.untilText('$ ')
  terminal.type(`${process.execPath} $DEMO\r`)
  await terminal.untilText('keys 0')
  return terminal
}

/** A FIFO that the program writes lines to; it ends when the program does, its only writer, however that happens. */
function witness(): { readonly path: string; readonly words: ReadStream } {
  const path = join(program.folder, `witness-${randomUUID()}`)
  execFileSync('mkfifo', [path])
  return { path, words: createReadStream(path, 'utf8') }
}

/** Runs a program, and tells the witness what it complains of and how it ends. */
const told = (path: string) => `exec 3>"${path}"; "$0" "$1" 2>&3; echo "ended $?" >&3`

const pidOf = (terminal: TestTerminal) => Number(/pid (\d+)/.exec(terminal.line(rows - 1))?.[1])

/** Rows that are not what the program means to show, with its cursor in row `cursor`. */
function misplaced(terminal: TestTerminal, cursor: number): string[] {
  const { rows, columns } = terminal
  return terminal.lines().filter((line, row) => {
    if (row === rows - 1) return !line.startsWith(`${columns}x${rows} pid`)
    const right = line === `${`row ${row} of ${rows}`.padEnd(columns - 1, '.')}${row % 10}`
    return !right || terminal.cell(0, row).inverse !== (row === cursor)
  })
}

const suite = terminalMissing === undefined ? describe : describe.skip

suite(`a program in a terminal ${terminalMissing ?? ''}`, { timeout: 30_000 }, () => {
  it('takes the terminal and gives it back', async () => {
    const terminal = await start()
    expect(terminal.modes()).toEqual(takenModes)
    expect(misplaced(terminal, 0)).toEqual([])
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    expect(terminal.modes()).toEqual(ordinaryModes)
    expect(terminal.text().trim()).toBe('')
  })

  it('keeps every row in its place through 50 keys, with few bytes for each', async () => {
    const terminal = await start()
    terminal.bytesWritten = 0
    for (let key = 1; key <= 50; key++) {
      terminal.press(key <= 48 ? 'j' : 'k')
      await terminal.untilText(`keys ${key} `)
      expect(misplaced(terminal, key <= 48 ? key : 96 - key)).toEqual([])
    }
    // Two rows change their looks, 200 characters each, and a few characters of the last row.
    expect(terminal.bytesWritten / 50).toBeLessThan(520)
  })

  it('draws a new size whole', async () => {
    const terminal = await start()
    terminal.resize(120, 30)
    await terminal.untilText('120x30 ')
    expect(misplaced(terminal, 0)).toEqual([])
    terminal.resize(200, 60)
    await terminal.untilText('200x60 ')
    expect(misplaced(terminal, 0)).toEqual([])
  })

  it('draws everything anew on request', async () => {
    const terminal = await start()
    terminal.bytesWritten = 0
    terminal.press('ctrl-l')
    await terminal.untilText('last ctrl-l')
    expect(terminal.bytesWritten).toBeGreaterThan(49 * 200)
    expect(misplaced(terminal, 0)).toEqual([])
  })

  it('hears keys, the mouse and pastes', async () => {
    const terminal = await start()
    terminal.press('alt-left')
    await terminal.untilText('last alt-left ')
    terminal.press('escape')
    await terminal.untilText('last escape ')
    terminal.click(199, 49, { button: 'right' })
    await terminal.untilText('keys 4 last release:right@199,49 ')
    terminal.wheel(-1, 3, 4)
    await terminal.untilText('last wheel-up:none@3,4 ')
    terminal.drag([1, 2], [3, 4])
    await terminal.untilText('keys 8 last release:left@3,4 ')
    terminal.paste('q\rq')
    await terminal.untilText('last paste:"q\\nq" ')
  })

  it('lets a clipboard sequence through between frames', async () => {
    const terminal = await start()
    terminal.press('c')
    await terminal.untilText('last c ')
    expect(terminal.clipboard).toEqual(['copied é'])
  })

  it('stops for the shell and comes back on fg', async () => {
    const terminal = await startInShell()
    terminal.press('j', 'ctrl-z')
    await terminal.untilText('Stopped')
    expect({ ...terminal.modes(), paste: false }).toEqual(ordinaryModes)
    terminal.type('echo between $((6 * 7))\r')
    await terminal.untilText('between 42')
    terminal.resize(100, 30)
    terminal.type('fg\r')
    await terminal.untilText('100x30 ')
    await terminal.untilText('keys 2 last ctrl-z')
    expect(terminal.modes()).toEqual(takenModes)
    expect(misplaced(terminal, 1)).toEqual([])
    // A second time, for the signal is listened to anew.
    terminal.press('ctrl-z')
    await terminal.untilText('between 42')
    terminal.type('fg\r')
    await terminal.untilText('keys 3 last ctrl-z')
    expect(misplaced(terminal, 1)).toEqual([])
    terminal.press('q')
    await terminal.until(() => !terminal.isAlternate)
    terminal.type('exit $?\r')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
  })

  it('stops for a SIGTSTP from elsewhere, and survives a SIGSTOP', async () => {
    const terminal = await startInShell()
    for (const signal of ['SIGTSTP', 'SIGSTOP'] as const) {
      const pid = pidOf(terminal)
      process.kill(pid, signal)
      // After SIGSTOP the shell writes into the picture, which is why everything is drawn anew.
      await terminal.untilText('Stopped')
      terminal.type('fg\r')
      await terminal.until(screen => screen.modes().cursor === false && misplaced(screen, 0).length === 0)
      expect(pidOf(terminal)).toBe(pid)
      terminal.press('j', 'k')
      await terminal.untilText('last k ')
      expect(misplaced(terminal, 0)).toEqual([])
    }
  })

  it('goes on when nobody is there to continue it', async () => {
    // Without a shell above it the process is of an orphaned group, in which the system ignores SIGTSTP.
    const terminal = await start()
    terminal.raw = ''
    terminal.press('ctrl-z')
    await terminal.until(() => /\?1049l.*\?1049h/s.test(terminal.raw), { what: 'left and entered again' })
    await terminal.untilText('keys 1 last ctrl-z')
    expect(terminal.modes()).toEqual(takenModes)
    expect(misplaced(terminal, 0)).toEqual([])
  })

  it.each([
    ['SIGINT', { code: 130, signal: undefined }],
    ['SIGQUIT', { code: 131, signal: undefined }],
    ['SIGTERM', { code: 143, signal: undefined }],
    ['SIGHUP', { code: 0, signal: 1 }],
  ] as const)('gives the terminal back on %s', async (signal, end) => {
    const terminal = await start()
    terminal.signal(signal)
    expect(await terminal.exit).toEqual(end)
    expect(terminal.modes()).toEqual(ordinaryModes)
    expect(terminal.text().trim()).toBe('')
  })

  it.each([
    ['an exception', 'x', 'thrown on purpose'],
    ['a rejection', 'r', 'rejected on purpose'],
  ])('gives the terminal back on %s, then reports it', async (_, key, message) => {
    const terminal = await start()
    terminal.press(key)
    expect(await terminal.exit).toEqual({ code: 1, signal: undefined })
    expect(terminal.modes()).toEqual(ordinaryModes)
    expect(terminal.text()).toMatch(new RegExp(`^ *Error: ${message}$`, 'm'))
    expect(terminal.text()).toMatch(/^ +at /m)
  })

  it('ends quietly when the terminal hangs up', async () => {
    const { path, words } = witness()
    const terminal = await open(['sh', '-c', `trap : HUP; ${told(path)}`, process.execPath, program.file])
    await terminal.untilText('keys 0')
    terminal.hangUp()
    expect(await text(words)).toBe('Hangup\nended 129\n')
  })

  it('ends quietly when the terminal is gone and no signal says so', async () => {
    const { path, words } = witness()
    // In a session without a terminal nobody sends SIGHUP; reading fails, and so does writing.
    const command = ['setsid', '--wait', 'sh', '-c', told(path), process.execPath, program.file]
    const terminal = await open(command)
    await terminal.untilText('keys 0')
    terminal.hangUp()
    expect(await text(words)).toBe('Hangup\nended 129\n')
  })

  it('reads keys from the terminal when packets come in', async () => {
    const terminal = await open(['sh', '-c', `echo packets | exec "$0" "$1"`, process.execPath, program.file])
    await terminal.untilText('keys 0')
    terminal.press('j')
    await terminal.untilText('keys 1 last j')
    expect(misplaced(terminal, 1)).toEqual([])
    terminal.press('q')
    expect(await terminal.exit).toEqual({ code: 0, signal: undefined })
    expect(terminal.modes()).toEqual(ordinaryModes)
  })

  it('says so when there is no keyboard, and when there is no screen', async () => {
    const node = `${process.execPath} ${program.file}`
    const deaf = await open(['setsid', '--wait', 'sh', '-c', `${node} </dev/null`])
    expect((await deaf.exit).code).toBe(2)
    expect(deaf.text()).toContain(
      'no terminal to read keys from: standard input is not one, and /dev/tty: no such device',
    )
    const blind = await open(['sh', '-c', `${node} | cat; exec sleep 0`])
    await blind.exit
    expect(blind.text().trim()).toBe('standard output is not a terminal')
  })

  it('does not pile up frames when the terminal is slow, and reads keys all the same', async () => {
    const { path, words } = witness()
    const terminal = await start({ WITNESS: path })
    terminal.bytesWritten = 0
    terminal.pause()
    // Each draws the screen whole, 11 kB: together far more than what fits between the program and us.
    for (let i = 0; i < 60; i++) terminal.press('ctrl-l')
    terminal.press('j')
    for await (const line of createInterface(words)) if (line === 'j') break
    terminal.resume()
    await terminal.untilText('keys 61 last j')
    expect(misplaced(terminal, 1)).toEqual([])
    expect(terminal.bytesWritten).toBeLessThan(30 * 11_000)
  })
})
