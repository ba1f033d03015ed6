import type { Size, State } from './state.ts'
import { fit, type Row } from './text.ts'

/** A line of the start page; `entry` is the index of what it offers, -1 where it offers nothing. */
type StartLine = { readonly row: Row; readonly entry: number }

/** Rows that the lines have: header and footer take one each, and what is not in sight is told in one. */
export const startHeight = ({ rows }: Size): number => Math.max(1, rows - 3)

/** All lines of the start page. */
export function startLines({ start, size }: Pick<State, 'start' | 'size'>): readonly StartLine[] {
  const { entries, cursor } = start
  const heading = (...row: Row): StartLine => ({ row, entry: -1 })
  const title = heading(
    { text: '  Which capture?', role: 'title' },
    { text: '   :open FILE opens another', role: 'dim' },
  )
  const lines = [heading(), title]
  const widths = labelWidths(entries)
  entries.forEach(({ section, label, detail }, i) => {
    if (section !== entries[i - 1]?.section)
      lines.push(heading(), heading({ text: `  ${section}`, role: 'dim' }))
    const row: Row = [
      { text: i === cursor ? '  ► ' : '    ', role: 'key' },
      { text: label.padEnd(widths.get(section) ?? 0) },
      { text: `  ${detail}`, role: 'dim' },
    ]
    lines.push({ row: fit(row, size.columns, i === cursor ? 'cursor' : 'none'), entry: i })
  })
  return lines
}

const longestLabel = 30

/** Columns that the labels of each section need. */
function labelWidths(entries: State['start']['entries']): ReadonlyMap<string, number> {
  const widths = new Map<string, number>()
  for (const { section, label } of entries)
    widths.set(section, Math.min(longestLabel, Math.max(widths.get(section) ?? 0, label.length)))
  return widths
}

/** The line of the cursor; 0: there is nothing to choose, or the headings above the first entry belong to it. */
export const startCursorLine = (state: Pick<State, 'start' | 'size'>): number =>
  state.start.cursor === 0
    ? 0
    : Math.max(
        0,
        startLines(state).findIndex(({ entry }) => entry === state.start.cursor),
      )

/** What is on the screen between header and footer. */
export function startRows(state: State): readonly Row[] {
  const lines = startLines(state)
  const { top } = state.start
  const end = top + startHeight(state.size)
  const offered = (some: readonly StartLine[]): number => some.filter(({ entry }) => entry >= 0).length
  const above = offered(lines.slice(0, top))
  const below = offered(lines.slice(end))
  const hidden = [above > 0 ? `${above} above` : '', below > 0 ? `${below} more below` : '']
  const told = hidden.filter(text => text !== '').join(', ')
  const shown = Array.from({ length: end - top }, (_, i): Row => lines[top + i]?.row ?? [])
  return [...shown, [{ text: told && `    ${told}`, role: 'info' }]]
}

/** The entry in a row of the screen; -1: none. */
export function startEntryAt(state: State, row: number): number {
  const line = row - 1
  return line < 0 || line >= startHeight(state.size)
    ? -1
    : (startLines(state)[state.start.top + line]?.entry ?? -1)
}
