import { fit, type Row, textOf, width } from './text.ts'

/** A line across the screen with a title in it: what stands below lies over the panes. */
export function ruleRow(title: string, columns: number): Row {
  if (title === '') return [{ text: '─'.repeat(columns), role: 'dim' }]
  const shown = fit([{ text: title, role: 'title' }], Math.max(1, Math.min(width(title), columns - 4)))
  return [
    { text: '─ ', role: 'dim' },
    ...shown,
    { text: ` ${'─'.repeat(Math.max(0, columns - 3 - width(textOf(shown))))}`, role: 'dim' },
  ]
}
