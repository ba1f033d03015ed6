import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { Chalk } from 'chalk'
import { openTerminal, type TestTerminal, terminalMissing } from '../test/terminal.ts'

/** Columns and rows of the screens that are measured. */
export const size = { columns: 200, rows: 50 } as const

/** Why screens cannot be measured here; undefined: they can. */
export const screensMissing = terminalMissing ?? (existsSync('/proc/self/stat') ? undefined : 'no /proc')

/** Milliseconds between a frame and the next key, in which a program does what it has put off. */
const rest = 50
/** Milliseconds that a screen may take. */
const patience = 20_000
/** In a second, on every Linux, as far as programs are told. */
const ticks = 100

const chalk = new Chalk({ level: 3 })

/** A program in a terminal of its own, and the CPU time that it takes. */
export class Watched {
  readonly #terminal: TestTerminal

  private constructor(terminal: TestTerminal) {
    this.#terminal = terminal
  }

  /** @param state a folder for what the program remembers, in place of the user's */
  static async open(command: readonly string[], state: string): Promise<Watched> {
    const env = { XDG_STATE_HOME: state, LC_ALL: 'C.UTF-8', TZ: 'UTC' }
    return new Watched(await openTerminal(command, { ...size, env }))
  }

  /** Seconds of user and system time of all its threads since it was started, to a hundredth. */
  get cpu(): number {
    const stat = readFileSync(`/proc/${this.#terminal.pid}/stat`, 'latin1')
    // The name of the program, in brackets, may hold blanks: proc(5) counts from 1, and the name is field 2.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[14 - 3]) + Number(fields[15 - 3])) / ticks
  }

  /** Waits for a text on the screen. */
  shows(text: RegExp): Promise<void> {
    return this.#terminal.untilText(text, { timeout: patience })
  }

  /** Presses a key, waits for the frame that follows, and returns how many bytes the program wrote. */
  async press(key: string): Promise<number> {
    this.#terminal.bytesWritten = 0
    this.#terminal.press(key)
    await this.#terminal.until(screen => screen.bytesWritten > 0, {
      timeout: patience,
      what: `${key} pressed`,
    })
    await wait(rest)
    return this.#terminal.bytesWritten
  }

  /** The rows of the screen with their styles, as a program would write them. */
  painted(): string[] {
    return Array.from({ length: size.rows }, (_, row) => this.#paintedRow(row))
  }

  close(): Promise<void> {
    return this.#terminal.close()
  }

  #paintedRow(row: number): string {
    let painted = ''
    let run = ''
    let style = chalk
    let name = ''
    for (let column = 0; column < size.columns; column++) {
      const { char, width: _, ...look } = this.#terminal.cell(column, row)
      const next = JSON.stringify(look)
      if (next !== name) {
        painted += style(run)
        run = ''
        style = brush(look)
        name = next
      }
      run += char
    }
    return painted + style(run)
  }
}

type Look = Omit<ReturnType<TestTerminal['cell']>, 'char' | 'width'>

function brush({ fg, bg, ...attributes }: Look): typeof chalk {
  let style = chalk
  if (fg !== 'default') style = typeof fg === 'number' ? style.ansi256(fg) : style.hex(fg)
  if (bg !== 'default') style = typeof bg === 'number' ? style.bgAnsi256(bg) : style.bgHex(bg)
  for (const name of ['bold', 'dim', 'italic', 'underline', 'inverse'] as const)
    if (attributes[name]) style = style[name]
  return style
}
