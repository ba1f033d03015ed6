import { Box, Text } from 'ink'
import { inset, titleRoom } from '../geometry.ts'
import { arrangementOf, type Rect } from '../layout.ts'
import type { Pane as PaneName, State } from '../state.ts'
import { fit, type Row, type Span, textOf, width } from '../text.ts'
import type { Theme } from '../theme.ts'

/** Rows in their place on the screen; what is missing below stays blank. */
export function Block({
  rect,
  rows,
  theme,
}: {
  readonly rect: Rect
  readonly rows: readonly Row[]
  readonly theme: Theme
}) {
  const lines = Array.from({ length: rect.height }, (_, i) => theme.paint(fit(rows[i] ?? [], rect.width)))
  return (
    <Box
      position="absolute"
      marginLeft={rect.left}
      marginTop={rect.top}
      width={rect.width}
      height={rect.height}
    >
      <Text>{lines.join('\n')}</Text>
    </Box>
  )
}

/** A pane: a line with its title, then its rows, with a bar at its left where another pane is. `right`: never cut. */
export function Pane({
  state,
  pane,
  title,
  right = [],
  rows,
  theme,
}: {
  readonly state: State
  readonly pane: PaneName
  readonly title: Row
  readonly right?: Row
  readonly rows: readonly Row[]
  readonly theme: Theme
}) {
  const rect = arrangementOf(state).panes.get(pane)
  if (rect === undefined) return null
  const bar: Row = rect.left > 0 ? [{ text: '│ ', role: 'dim' }] : [{ text: ' '.repeat(inset(rect)) }]
  const body = Array.from({ length: rect.height - 1 }, (_, i): Row => [...bar, ...(rows[i] ?? [])])
  return <Block rect={rect} rows={[titleRow(state, pane, rect, title, right), ...body]} theme={theme} />
}

/** `─ Layers ─────┬`: the line above a pane, with its name, and where bars of other panes meet it. */
function titleRow(state: State, pane: PaneName, rect: Rect, title: Row, right: Row): Row {
  const lead: Span =
    state.focus === pane
      ? { text: '► ', role: 'key' }
      : { text: `${rect.left > 0 ? junction(state, rect, rect.left) : '─'} `, role: 'dim' }
  const shown = fit(title, Math.min(width(textOf(title)), titleRoom(rect, width(textOf(right)))))
  const named: Row = [lead, ...shown, { text: ' ' }]
  const tail: Row = right.length > 0 ? [{ text: ' ' }, ...right, { text: ' ' }] : []
  const line = (from: number, to: number): Span => ({
    text: Array.from({ length: Math.max(0, to - from) }, (_, i) =>
      junction(state, rect, rect.left + from + i),
    ).join(''),
    role: 'dim',
  })
  const end = rect.width - (right.length > 0 ? 1 : 0)
  return [...named, line(width(textOf(named)), end - width(textOf(tail))), ...tail, line(end, rect.width)]
}

/** The sign of the line at a column: bars of panes above end in it, bars of panes below begin. */
function junction(state: State, rect: Rect, column: number): string {
  const others = [...arrangementOf(state).panes.values()].filter(
    other => other.left === column && other.left > 0,
  )
  const above = others.some(other => other.top + other.height === rect.top)
  const below = others.some(other => other.top === rect.top)
  if (above) return below ? '├' : '┴'
  return below ? '┬' : '─'
}
