import { Box, Text } from 'ink'
import { inset } from '../geometry.ts'
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

/** A pane: a line with its title, then its rows, with a bar at its left where another pane is. */
export function Pane({
  state,
  pane,
  title,
  rows,
  theme,
}: {
  readonly state: State
  readonly pane: PaneName
  readonly title: Row
  readonly rows: readonly Row[]
  readonly theme: Theme
}) {
  const rect = arrangementOf(state).panes.get(pane)
  if (rect === undefined) return null
  const bar: Row = rect.left > 0 ? [{ text: '│ ', role: 'dim' }] : [{ text: ' '.repeat(inset(rect)) }]
  const body = Array.from({ length: rect.height - 1 }, (_, i): Row => [...bar, ...(rows[i] ?? [])])
  return <Block rect={rect} rows={[titleRow(state, pane, rect, title), ...body]} theme={theme} />
}

/** `─ Layers ─────┬`: the line above a pane, with its name, and where bars of other panes meet it. */
function titleRow(state: State, pane: PaneName, rect: Rect, title: Row): Row {
  const lead: Span =
    state.focus === pane
      ? { text: '► ', role: 'key' }
      : { text: `${rect.left > 0 ? junction(state, rect, rect.left) : '─'} `, role: 'dim' }
  const named: Row = [lead, ...title, { text: ' ' }]
  const used = width(textOf(named))
  let line = ''
  for (let column = rect.left + used; column < rect.left + rect.width; column++)
    line += junction(state, rect, column)
  return [...named, { text: line, role: 'dim' }]
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
