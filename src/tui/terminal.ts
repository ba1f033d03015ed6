import { EventEmitter } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { constants } from 'node:os'
import { ReadStream } from 'node:tty'
import { reasonOf } from '../capture/errors.ts'
import { TtyOutput } from './tty-output.ts'

/** A sentence for the user: why there is no terminal to work on. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError'
}

// Alternate screen, no cursor, no wrapping at the right edge, so that nothing ever scrolls, and pastes told from keys.
const entering = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h'
const leaving = '\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l'
// Buttons and wheel, moves with a button held, and reports that know no limit to the right.
const mouseOn = '\x1b[?1000h\x1b[?1002h\x1b[?1006h'
const mouseOff = '\x1b[?1006l\x1b[?1002l\x1b[?1000l'
// An update may have been cut off in the middle: shows everything, in the terminal's own style.
const settling = '\x1b[?2026l\x1b[m'

const deadly = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const
/** Exit codes of a process that a signal ended start here, as shells count them. */
const signalled = 128
/** Milliseconds after which a suspension that the system ignored is over: nobody is there to continue us. */
const ignoredAfter = 100
const usual = { columns: 80, rows: 24 }

/**
 * The user's terminal: taken over by `enter`, given back by `leave`, and given back as well whatever ends the process:
 * its own end, an exception, which Node reports afterwards, and SIGINT, SIGTERM and SIGQUIT, which then exit with 128
 * and the signal's number. SIGHUP kills, and so does a terminal that is gone.
 *
 * Events: `resize`; `resumed`, when the screen is ours again and shows nothing; `drain`, when everything is written.
 */
export class Terminal extends EventEmitter<{ resize: []; resumed: []; drain: [] }> {
  /** Keys and mouse; to Ink its `stdin`. */
  readonly input: ReadStream
  columns = usual.columns
  rows = usual.rows
  readonly #output: TtyOutput
  readonly #mouse: boolean
  #entered = false
  #suspended: NodeJS.Timeout | undefined
  readonly #listeners: readonly (readonly [string, () => void])[]

  private constructor(input: ReadStream, mouse: boolean) {
    super()
    this.input = input
    this.#mouse = mouse
    this.#output = new TtyOutput(
      () => this.emit('drain'),
      () => this.#exit('SIGHUP'),
    )
    this.#measure()
    this.#listeners = [
      ['exit', () => this.leave()],
      ['uncaughtExceptionMonitor', () => this.leave()],
      ...deadly.map(signal => [signal, () => this.#exit(signal)] as const),
      ['SIGTSTP', this.suspend],
      ['SIGCONT', () => this.#resume()],
      ['SIGWINCH', () => this.#measure() && this.emit('resize')],
    ]
  }

  /**
   * The terminal of standard output, with the keyboard of standard input, or of `/dev/tty` if packets come in there.
   * @throws {TerminalError} where there is none
   */
  static open(options: { readonly mouse?: boolean } = {}): Terminal {
    if (!process.stdout.isTTY) throw new TerminalError('standard output is not a terminal')
    return new Terminal(process.stdin.isTTY ? process.stdin : openKeyboard(), options.mouse ?? true)
  }

  /** Takes the terminal over. */
  enter(): void {
    if (this.#entered) return
    this.#entered = true
    for (const [event, listener] of this.#listeners) process.on(event, listener)
    this.input.on('end', this.#hungUp).on('error', this.#hungUp)
    process.stdout.on('error', this.#hungUp)
    this.#take()
  }

  /** Gives the terminal back, at once, as often as it is called; whatever is written from then on is dropped. */
  leave(): void {
    if (!this.#entered) return
    this.#entered = false
    for (const [event, listener] of this.#listeners) process.off(event, listener)
    if (!this.#suspended) this.#giveBack()
    clearTimeout(this.#suspended)
    this.#suspended = undefined
    this.input.off('end', this.#hungUp).off('error', this.#hungUp)
    process.stdout.off('error', this.#hungUp)
  }

  /** Leaves for good, and lets the process end. */
  close(): void {
    this.leave()
    this.input.pause()
    if (this.input !== process.stdin) this.input.destroy()
    this.#output.close()
  }

  /** @returns false when the terminal has not taken everything; then `drain` follows */
  write(text: string): boolean {
    if (!this.#entered || this.#suspended) return true
    return this.#output.write(text)
  }

  /** Gives the terminal back and stops the process and its job, like Ctrl-Z in a shell; `resumed` follows on `fg`. */
  readonly suspend = (): void => {
    if (!this.#entered || this.#suspended) return
    this.#giveBack()
    // With no listener the signal does what it does to every program.
    process.off('SIGTSTP', this.suspend)
    this.#suspended = setTimeout(() => this.#resume(), ignoredAfter)
    process.kill(0, 'SIGTSTP')
  }

  readonly #hungUp = () => this.#exit('SIGHUP')

  #exit(signal: (typeof deadly)[number]): void {
    this.leave()
    if (signal === 'SIGHUP') {
      // Node's own way out insists on a terminal that still answers, and aborts where there is none.
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    }
    process.exit(signalled + constants.signals[signal])
  }

  #take(): void {
    setRaw(this.input, true)
    this.#output.write(this.#mouse ? entering + mouseOn : entering)
  }

  #giveBack(): void {
    this.#output.writeNow(settling + (this.#mouse ? mouseOff : '') + leaving)
    setRaw(this.input, false)
  }

  /** Continued, after a suspension of ours or a SIGSTOP, which nobody is told of: the shell was here in between. */
  #resume(): void {
    if (!this.#entered) return
    if (this.#suspended) {
      clearTimeout(this.#suspended)
      this.#suspended = undefined
      process.on('SIGTSTP', this.suspend)
    } else setRaw(this.input, false)
    this.#take()
    // Node asks for the size on this signal only, and the shell kept it while we were stopped.
    process.emit('SIGWINCH', 'SIGWINCH')
    this.emit('resumed')
  }

  /** @returns whether the size is another one */
  #measure(): boolean {
    const { columns, rows } = this
    this.columns = process.stdout.columns || usual.columns
    this.rows = process.stdout.rows || usual.rows
    return this.columns !== columns || this.rows !== rows
  }
}

/** Terminals that are gone refuse, and need it no more. */
function setRaw(input: ReadStream, raw: boolean): void {
  try {
    input.setRawMode(raw)
  } catch {
    // The end of the input says so too.
  }
}

function openKeyboard(): ReadStream {
  let file: number
  try {
    file = openSync('/dev/tty', 'r')
  } catch (error) {
    throw new TerminalError(
      `no terminal to read keys from: standard input is not one, and /dev/tty: ${reasonOf(error)}`,
    )
  }
  try {
    return new ReadStream(file)
  } catch (error) {
    closeSync(file)
    throw error
  }
}
