import { escapeControls } from '../byte-writer.ts'
import type { NetworkInterface } from '../capture/interfaces.ts'

/** The table of `-D`, ready to be written: a line each, further lines for what does not fit beside. */
export function interfaceTable(interfaces: readonly NetworkInterface[]): string {
  if (interfaces.length === 0) return 'no network interfaces\n'
  const headings = ['', 'name', 'state', 'kind', 'addresses']
  const entries = interfaces.map(entryOf)
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...entries.flat().map(cells => cells[column]!.length)),
  )
  const line = (cells: readonly string[]) => cells.map((cell, column) => fit(cell, column, widths)).join('  ')
  return [headings, ...entries.flat()].map(cells => `${line(cells).trimEnd()}\n`).join('')
}

const fit = (cell: string, column: number, widths: readonly number[]): string =>
  column === 0 ? cell.padStart(widths[0]!) : cell.padEnd(widths[column]!)

/** The lines of one interface: its first address beside it, the others and its description below. */
function entryOf({ number, name, state, kind, addresses, description }: NetworkInterface): string[][] {
  const [first = '', ...others] = [...addresses, ...(description ? [`"${description}"`] : [])]
  const below = others.map(text => ['', '', '', '', escapeControls(text)])
  return [
    [String(number), escapeControls(name), state, escapeControls(kind), escapeControls(first)],
    ...below,
  ]
}
