import type { Cell } from '../../test/terminal-cell.ts'
import { hexOf, mix, type Window } from './colours.ts'

/** Cells side by side in one style. */
export type Run = {
  /** Column of the first one, and columns of all. */
  readonly column: number
  readonly columns: number
  readonly text: string
  readonly letters: string
  /** Undefined: the window's own. */
  readonly ground: string | undefined
  readonly bold: boolean
  readonly italic: boolean
  readonly underline: boolean
}

/** How much of its ground faint text takes on. */
const faint = 0.45

/**
 * Runs of equal style in a row of cells. What a font may have in another width, anything but Latin letters, is a run of
 * its own, so that nothing after it gets out of line.
 */
export function runsOf(row: readonly Cell[], window: Window): Run[] {
  const runs: Run[] = []
  row.forEach((cell, column) => {
    if (cell.width === 0) return
    const run = runOf(cell, column, window)
    const last = runs.at(-1)
    if (last && joins(last, run)) {
      runs[runs.length - 1] = { ...last, columns: last.columns + run.columns, text: last.text + run.text }
    } else runs.push(run)
  })
  return runs
}

function runOf(cell: Cell, column: number, window: Window): Run {
  const fg = hexOf(cell.fg, window.letters)
  const bg = hexOf(cell.bg, window.ground)
  const [letters, ground] = cell.inverse ? [bg, fg] : [fg, bg]
  return {
    column,
    columns: cell.width,
    text: cell.char,
    letters: cell.dim ? mix(letters, ground, faint) : letters,
    ground: ground === window.ground ? undefined : ground,
    bold: cell.bold,
    italic: cell.italic,
    underline: cell.underline,
  }
}

const plain = /^[ -~\xa1-\xff]*$/
const lines = /^[─│┬┴┤├┼┌┐└┘]*$/

/** Whether a run is of lines, which are drawn and not written. */
export const isLines = ({ text }: Run): boolean => lines.test(text)

const joins = (last: Run, next: Run): boolean =>
  ((plain.test(last.text) && plain.test(next.text)) || (isLines(last) && isLines(next))) &&
  last.letters === next.letters &&
  last.ground === next.ground &&
  last.bold === next.bold &&
  last.italic === next.italic &&
  last.underline === next.underline
