import { Writable } from 'node:stream'
import { type Cells, noCells, readCells, Styles } from './cells.ts'

/** The terminal as the screen needs it. */
export type Surface = {
  readonly columns: number
  readonly rows: number
  /** @returns false when the terminal has not taken everything; then a `drain` follows */
  write(text: string): boolean
  on(event: 'drain' | 'resize' | 'resumed', then: () => void): unknown
}

// The terminal shows nothing between these two; one that does not know them shows the same a little earlier.
const beginUpdate = '\x1b[?2026h'
const endUpdate = '\x1b[?2026l'

/** What Ink writes besides frames: nothing, a newline, and at the end a visible cursor, which is the terminal's to show. */
const noFrame = /^(?:\x1b\[\?\d+[hl])?\n?$/

/** Cells between two changes that cost less to write again than to step over. */
const bridged = 4

/** A line as it stands on the screen. */
type Line = { readonly text: string; readonly cells: Cells }

/** Collects what is sent to the terminal, and knows in which style the terminal writes. */
class Pen {
  text = ''
  style = 0
  readonly #styles: Styles

  constructor(styles: Styles) {
    this.#styles = styles
  }

  use(style: number): void {
    if (style === this.style) return
    const parameters = this.#styles.parameters(style)
    this.text += this.style === 0 || style === 0 ? `\x1b[${parameters}m` : `\x1b[0;${parameters}m`
    this.style = style
  }

  put(cells: Cells, column: number): void {
    this.use(cells.styles[column] ?? 0)
    this.text += cells.characters[column] ?? ' '
  }

  moveTo(row: number, column: number): void {
    this.text += column === 0 ? `\x1b[${row + 1}H` : `\x1b[${row + 1};${column + 1}H`
  }

  /** Erases from the cursor to the right edge. */
  eraseRight(): void {
    this.use(0)
    this.text += '\x1b[K'
  }
}

const same = (a: Cells, b: Cells, column: number): boolean =>
  (a.characters[column] ?? ' ') === (b.characters[column] ?? ' ') &&
  (a.styles[column] ?? 0) === (b.styles[column] ?? 0)

/** Whether the cells from `start` to `end` can be written in the style that is set, and are few. */
const bridges = (cells: Cells, start: number, end: number, style: number): boolean => {
  if (end - start > bridged) return false
  for (let column = start; column < end; column++) if ((cells.styles[column] ?? 0) !== style) return false
  return true
}

/** Writes a line from its begin: for characters of which terminals may think differently how wide they are. */
function rewrite(pen: Pen, row: number, cells: Cells): void {
  pen.moveTo(row, 0)
  pen.eraseRight()
  for (let column = 0; column < cells.characters.length; column++) pen.put(cells, column)
}

/** Writes the cells of a line that changed. */
function amend(pen: Pen, row: number, before: Cells, after: Cells): void {
  const length = after.characters.length
  const erases = before.characters.length > length + bridged
  const end = erases ? length : Math.max(length, before.characters.length)
  /** Where the cursor is in this row; -1: in another one. */
  let at = -1
  for (let column = 0; column < end; column++) {
    if (same(before, after, column)) continue
    if (at >= 0 && bridges(after, at, column, pen.style))
      for (; at < column; at++) pen.text += after.characters[at] ?? ' '
    else if (at !== column) {
      if (at < 0) pen.moveTo(row, column)
      else pen.text += `\x1b[${column + 1}G`
    }
    pen.put(after, column)
    at = column + 1
  }
  if (!erases) return
  if (at !== length) pen.moveTo(row, length)
  pen.eraseRight()
}

/**
 * Where Ink draws, with `debug: true`, so that each write is a whole frame: only the cells that differ from what the
 * terminal shows are sent, each at its place, so that nothing scrolls and nothing flickers. A frame that comes while
 * the terminal is still busy with the last one waits, and gives way to a newer one.
 *
 * There is no `resize` event, for which Ink would draw the frame of the old size once more: it takes the new size when
 * the next frame is rendered.
 *
 * Out of a frame come only characters and styles: no other escape sequence reaches the terminal.
 */
export class Screen extends Writable {
  readonly isTTY = true
  readonly #surface: Surface
  readonly #styles = new Styles()
  /** What the terminal shows, by row; undefined: unknown. */
  #shown: Line[] | undefined
  #frame: string | undefined
  #busy = false

  constructor(surface: Surface) {
    super({ decodeStrings: false })
    this.#surface = surface
    surface.on('drain', () => {
      this.#busy = false
      this.#draw()
    })
    surface.on('resize', () => this.forget())
    surface.on('resumed', () => {
      this.#busy = false
      this.redraw()
    })
  }

  get columns(): number {
    return this.#surface.columns
  }

  get rows(): number {
    return this.#surface.rows
  }

  /** This, as the stream that Ink asks for; it uses no more of it than is here. */
  get stdout(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream
  }

  /** Lets the next frame be drawn whole, because the terminal may show anything. */
  forget(): void {
    this.#shown = undefined
  }

  /** Draws the last frame anew. */
  redraw(): void {
    this.forget()
    this.#draw()
  }

  override _write(frame: string | Buffer, _encoding: BufferEncoding, done: () => void): void {
    const text = String(frame)
    if (!noFrame.test(text)) {
      this.#frame = text
      this.#draw()
    }
    done()
  }

  #draw(): void {
    if (this.#busy || this.#frame === undefined) return
    const pen = new Pen(this.#styles)
    if (!this.#shown) pen.text = '\x1b[2J'
    this.#shown = this.#drawLines(pen, this.#frame, this.#shown ?? [])
    pen.use(0)
    if (pen.text !== '') this.#busy = !this.#surface.write(beginUpdate + pen.text + endUpdate)
  }

  #drawLines(pen: Pen, frame: string, before: readonly Line[]): Line[] {
    const { columns, rows } = this.#surface
    const lines = frame.split('\n', rows)
    return Array.from({ length: rows }, (_, row) => {
      const text = lines[row] ?? ''
      const shown = before[row]
      if (shown?.text === text) return shown
      const cells = readCells(text, this.#styles, columns)
      const old = shown?.cells ?? noCells
      if (cells.even && old.even) amend(pen, row, old, cells)
      else rewrite(pen, row, cells)
      return { text, cells }
    })
  }
}
