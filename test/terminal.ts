import { setTimeout as wait } from 'node:timers/promises'
import xterm from '@xterm/headless'
import type { IPty } from 'node-pty'
import { sequenceOf } from './key-sequences.ts'
import { type Cell, cellOf } from './terminal-cell.ts'
import { type Modes, modesOf, watchModes } from './terminal-modes.ts'

/** A program in a real pseudo-terminal, with a terminal emulator of others reading what it draws. */

const pty = await import('node-pty').catch((error: unknown) => String(error))

/** Why no program can be run in a terminal here; undefined: it can. */
export const terminalMissing = typeof pty === 'string' ? pty : undefined

type Options = {
  readonly columns?: number
  readonly rows?: number
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
}

type Mouse = { readonly button?: 'left' | 'middle' | 'right'; readonly held?: 'ctrl' | 'shift' | 'alt' }

const longest = 10_000
const buttons = { left: 0, middle: 1, right: 2 }
const heldBits = { shift: 4, alt: 8, ctrl: 16 }

export type Exit = { readonly code: number; readonly signal: number | undefined }

/**
 * Runs a program in a terminal of its own.
 * @param command the program and its arguments
 * @throws when `terminalMissing`
 */
export function openTerminal(command: readonly string[], options: Options = {}): Promise<TestTerminal> {
  if (typeof pty === 'string') return Promise.reject(new Error(`no pseudo-terminal: ${pty}`))
  const [file, ...args] = command
  const { columns = 80, rows = 24, cwd = process.cwd() } = options
  // CI would make Ink believe that there is no terminal, NO_COLOR and FORCE_COLOR are the test's to set.
  const { CI: _, NO_COLOR: __, FORCE_COLOR: ___, ...env } = process.env
  const child = pty.spawn(file!, args, {
    name: 'xterm-256color',
    cols: columns,
    rows,
    cwd,
    encoding: null,
    env: { ...env, COLORTERM: 'truecolor', ...options.env },
  })
  return Promise.resolve(new TestTerminal(child, columns, rows))
}

/** Coordinates are columns and rows from 0. */
export class TestTerminal {
  /** Bytes the program has written since this was last set to 0. */
  bytesWritten = 0
  /** All the bytes since `raw` was last set to '', as Latin-1. */
  raw = ''
  /** What the program has put on the clipboard by OSC 52, oldest first. */
  readonly clipboard: string[] = []
  /** How the program ended; everything it wrote is on the screen by then. */
  readonly exit: Promise<Exit>
  ended: Exit | undefined
  readonly #child: IPty
  readonly #screen: xterm.Terminal
  readonly #modes: ReadonlyMap<number, boolean>
  readonly #watchers = new Set<() => void>()

  constructor(child: IPty, columns: number, rows: number) {
    this.#child = child
    this.#screen = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 1000 })
    this.#modes = watchModes(this.#screen)
    this.#screen.parser.registerOscHandler(52, data => {
      this.clipboard.push(Buffer.from(data.split(';')[1] ?? '', 'base64').toString())
      return true
    })
    // Questions to the terminal, such as what it is, are answered by the emulator.
    this.#screen.onData(answer => this.write(answer))
    this.#screen.onWriteParsed(() => this.#look())
    child.onData(data => {
      // With `encoding: null` these are bytes, whatever the declaration says.
      const bytes = Buffer.from(data)
      this.bytesWritten += bytes.length
      this.raw += bytes.toString('latin1')
      this.#screen.write(bytes)
    })
    this.exit = new Promise(resolve => {
      child.onExit(({ exitCode, signal }) => {
        this.#screen.write('', () => {
          this.ended = { code: exitCode, signal: signal || undefined }
          resolve(this.ended)
          this.#look()
        })
      })
    })
  }

  get pid(): number {
    return this.#child.pid
  }

  get columns(): number {
    return this.#screen.cols
  }

  get rows(): number {
    return this.#screen.rows
  }

  get isAlternate(): boolean {
    return this.#screen.buffer.active.type === 'alternate'
  }

  /** The lines on the screen, without the blanks at their ends. */
  lines(): string[] {
    return Array.from({ length: this.rows }, (_, row) => this.line(row))
  }

  text(): string {
    return this.lines().join('\n')
  }

  line(row: number): string {
    return this.#line(row)?.translateToString(true) ?? ''
  }

  cell(column: number, row: number): Cell {
    const cell = this.#line(row)?.getCell(column)
    if (!cell) throw new Error(`no cell in column ${column} of row ${row}`)
    return cellOf(cell)
  }

  /** Where a text first stands; undefined: nowhere. */
  find(text: string): { readonly column: number; readonly row: number } | undefined {
    for (let row = 0; row < this.rows; row++) {
      const column = this.line(row).indexOf(text)
      if (column >= 0) return { column, row }
    }
    return undefined
  }

  cursor(): { readonly column: number; readonly row: number } {
    return { column: this.#screen.buffer.active.cursorX, row: this.#screen.buffer.active.cursorY }
  }

  modes(): Modes {
    return modesOf(this.#modes, this.isAlternate)
  }

  write(bytes: string | Uint8Array): void {
    if (!this.ended) this.#child.write(typeof bytes === 'string' ? bytes : Buffer.from(bytes))
  }

  press(...keys: readonly string[]): void {
    for (const key of keys) this.write(sequenceOf(key))
  }

  type(text: string): void {
    this.write(text)
  }

  paste(text: string): void {
    this.write(this.modes().paste ? `\x1b[200~${text}\x1b[201~` : text)
  }

  /** A button pressed and released; does nothing when the program has not asked for the mouse, like a terminal. */
  click(column: number, row: number, mouse: Mouse = {}): void {
    this.#report(codeOf(mouse), column, row)
    this.#report(codeOf(mouse), column, row, 'm')
  }

  /** @param by notches, up where negative */
  wheel(by: number, column = 0, row = 0): void {
    for (let i = 0; i < Math.abs(by); i++) this.#report(by < 0 ? 64 : 65, column, row)
  }

  drag(
    from: readonly [column: number, row: number],
    to: readonly [column: number, row: number],
    mouse: Mouse = {},
  ): void {
    this.#report(codeOf(mouse), ...from)
    this.#report(codeOf(mouse) | 32, ...to)
    this.#report(codeOf(mouse), ...to, 'm')
  }

  #report(code: number, column: number, row: number, final: 'M' | 'm' = 'M'): void {
    if (this.modes().mouse) this.write(`\x1b[<${code};${column + 1};${row + 1}${final}`)
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows)
    this.#child.resize(columns, rows)
  }

  /** Sent to the program that was started; a shell does not pass it on. */
  signal(name: NodeJS.Signals): void {
    process.kill(this.pid, name)
  }

  /** Stops reading, so that the terminal takes nothing any more once its buffers are full. */
  pause(): void {
    this.#child.pause()
  }

  resume(): void {
    this.#child.resume()
  }

  /** The terminal goes away, as when its window is closed or the line is cut. */
  hangUp(): void {
    // Declared on the Unix terminal only.
    if ('destroy' in this.#child && typeof this.#child.destroy === 'function') this.#child.destroy()
  }

  /**
   * Waits until the screen is as it should be.
   * @throws with the screen in the message, when that takes more than `timeout` ms or the program ends first
   */
  async until(
    holds: (screen: this) => unknown,
    { timeout = longest, what = String(holds) }: { timeout?: number; what?: string } = {},
  ): Promise<void> {
    const stopped = new AbortController()
    let watcher: (() => void) | undefined
    const held = new Promise<string | undefined>(resolve => {
      watcher = () => {
        if (holds(this)) resolve(undefined)
        else if (this.ended) resolve(`the program ended with ${JSON.stringify(this.ended)}`)
      }
      this.#watchers.add(watcher)
      if (!this.modes().frozen || this.ended) watcher()
    })
    const late = wait(timeout, `not within ${timeout} ms`, { signal: stopped.signal }).catch(() => undefined)
    const failure = await Promise.race([held, late])
    stopped.abort()
    this.#watchers.delete(watcher!)
    if (failure !== undefined)
      throw new Error(`${what}: ${failure}; the screen:\n${framed(this.lines(), this.columns)}`)
  }

  /** Waits until a text, or what the expression matches, is on the screen. */
  untilText(text: string | RegExp, options: { timeout?: number } = {}): Promise<void> {
    const holds = () => (typeof text === 'string' ? this.text().includes(text) : text.test(this.text()))
    return this.until(holds, { ...options, what: `${text} on the screen` })
  }

  /** Ends the program, if it still runs. */
  async close(): Promise<void> {
    if (!this.ended) {
      try {
        process.kill(this.pid, 'SIGKILL')
      } catch {
        // It has just ended by itself.
      }
      await this.exit
    }
    this.#screen.dispose()
  }

  #line(row: number) {
    const { active } = this.#screen.buffer
    return active.getLine(active.baseY + row)
  }

  /** In the middle of a synchronized update there is nothing to see yet. */
  #look(): void {
    if (this.modes().frozen && !this.ended) return
    for (const watcher of this.#watchers) watcher()
  }
}

const codeOf = ({ button = 'left', held }: Mouse): number =>
  buttons[button] | (held === undefined ? 0 : heldBits[held])

const framed = (lines: readonly string[], columns: number): string => {
  const edge = `+${'-'.repeat(columns)}+`
  return [edge, ...lines.map(line => `|${line.padEnd(columns)}|`), edge].join('\n')
}
