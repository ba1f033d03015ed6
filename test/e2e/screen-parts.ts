import type { TestTerminal } from '../terminal.ts'
import type { Cell } from '../terminal-cell.ts'

/** What stands where on the screen of vpnscope, found by what it says there. */

export type Part = {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}
export type Parts = {
  readonly packets: Part
  readonly tree: Part
  readonly bytes: Part
  readonly explanation: Part
}

const heading = /^[─►>-] /

/**
 * The panes in their first arrangement, each below its title; `right` and `bottom` are exclusive.
 * @throws where one is missing
 */
export function parts(terminal: TestTerminal): Parts {
  const { columns, rows } = terminal
  const titles = terminal.lines().flatMap((line, row) => (row > 0 && heading.test(line) ? [row] : []))
  const tree = titles.find(row => /^. Layers /.test(terminal.line(row)))
  const explanation = titles.find(row => tree !== undefined && row > tree)
  const list = titles.find(row => /^. +No /.test(terminal.line(row)))
  if (list === undefined || tree === undefined || explanation === undefined)
    throw new Error(`not all panes are there:\n${terminal.text()}`)
  const middle = terminal.line(tree).search(/[┬►+>] Bytes/)
  return {
    packets: { left: 0, right: columns, top: list + 1, bottom: tree },
    tree: { left: 0, right: middle, top: tree + 1, bottom: explanation },
    bytes: { left: middle + 1, right: columns, top: tree + 1, bottom: explanation },
    explanation: { left: 0, right: columns, top: explanation + 1, bottom: rows - 1 },
  }
}

/** The lines of a part, without the blanks at their ends. */
export function linesOf(terminal: TestTerminal, { left, right, top, bottom }: Part): string[] {
  return Array.from({ length: bottom - top }, (_, i) =>
    terminal
      .line(top + i)
      .slice(left, right)
      .trimEnd(),
  )
}

/** The line of the tree, or of the list, that the cursor stands in, without the cursor. */
export function cursorLine(terminal: TestTerminal, part: 'packets' | 'tree' = 'tree'): string {
  const line = linesOf(terminal, parts(terminal)[part]).find(each => /^ [►>] /.test(each))
  if (line === undefined) throw new Error(`no cursor in the ${part}:\n${terminal.text()}`)
  return line.slice(3).trim()
}

/** The title of the explanation: name, place, size. */
export const lesson = (terminal: TestTerminal) =>
  terminal
    .line(parts(terminal).explanation.top - 1)
    .replace(/^.. ?|[─-]+$/g, '')
    .trim()

/** The name of what is selected, as the explanation has it. */
export const selectedName = (terminal: TestTerminal) => lesson(terminal).split(/ [─-] /)[0] ?? ''

/** The bytes that the lesson is about: `bytes 0x0024–0x0027` is [36, 40]. */
export function selectedRange(terminal: TestTerminal): readonly [start: number, end: number] {
  const [, first, last] = /bytes? 0x([0-9a-f]+)(?:[–-]0x([0-9a-f]+))?/.exec(lesson(terminal)) ?? []
  if (first === undefined) throw new Error(`no position in ${lesson(terminal)}`)
  return [Number.parseInt(first, 16), Number.parseInt(last ?? first, 16) + 1]
}

/** The number of the selected packet, from the first line. */
export const selectedPacket = (terminal: TestTerminal) =>
  Number(/[·.] ([\d,]+) of/.exec(terminal.line(0))?.[1]?.replaceAll(',', ''))

export type ShownByte = {
  readonly offset: number
  readonly text: string
  /** Column and row of its first digit. */
  readonly column: number
  readonly row: number
  readonly cell: Cell
}

/** The bytes of the hex pane with their places, as far as they are on the screen. `digits`: of each byte. */
export function shownBytes(terminal: TestTerminal, digits = 2): ShownByte[] {
  const { bytes } = parts(terminal)
  return linesOf(terminal, bytes).flatMap((line, i) => {
    const [all, offset] = /^ *([0-9a-f]{4,8}) /.exec(line) ?? []
    if (all === undefined || offset === undefined) return []
    // At least two blanks, or a bracket and a blank, stand before the characters.
    const end = line.slice(all.length).search(/[^ [(][ )\]]{2}/) + all.length + 1
    const found: ShownByte[] = []
    let skip = 0
    for (let at = all.length; at < (end > all.length ? end : line.length); at++) {
      if (skip-- > 0 || /[^0-9a-f]/.test(line[at]!)) continue
      const column = bytes.left + at
      const row = bytes.top + i
      const text = line.slice(at, at + digits)
      found.push({
        offset: Number.parseInt(offset, 16) + found.length,
        text,
        column,
        row,
        cell: terminal.cell(column, row),
      })
      skip = digits - 1
    }
    return found
  })
}

/** Offsets of the bytes that stand out: inverse those of a selected field, bold those of a selected layer. */
export const highlighted = (terminal: TestTerminal): number[] =>
  shownBytes(terminal)
    .filter(({ cell }) => cell.inverse || cell.bold)
    .map(({ offset }) => offset)

/** The numbers from `start` up to but not including `end`. */
export const range = (start: number, end: number): number[] =>
  Array.from({ length: end - start }, (_, i) => start + i)
