import { arrangementOf } from '../layout.ts'
import type { State } from '../state.ts'
import { fit, type Row, type Span, textOf, width } from '../text.ts'
import type { View } from '../view.ts'
import { Block } from './pane.tsx'

/** The first line: which capture, how much of it is known, what goes on. */
export function Header({ state, theme }: View) {
  const rect = arrangementOf(state).header
  const right = rightOf(state)
  const room = rect.width - width(textOf(right)) - 1
  return <Block rect={rect} rows={[[...fit(leftOf(state), Math.max(10, room)), ...right]]} theme={theme} />
}

function leftOf({ capture, marked, packet }: State): Row {
  if (capture === undefined) return [{ text: ' vpnscope', role: 'title' }]
  const { name, count, damage } = capture
  const spans: Span[] = [
    { text: ` ${baseName(name)}`, role: 'title' },
    { text: ` · ${packet} of ${count} packet${count === 1 ? '' : 's'}` },
  ]
  if (marked.size > 0) spans.push({ text: ` · ${marked.size} marked`, role: 'match' })
  // What is wrong matters more than where the file lies, which the start of the sentence says.
  if (damage !== undefined) spans.push({ text: ` · ! ${damage.replace(`${name}: `, '')}`, role: 'warning' })
  return spans
}

const baseName = (path: string): string => path.split('/').at(-1) ?? path

const barWidth = 16

/** Progress of the survey, of a search or of a save. */
function rightOf({ capture, busy, follow }: State): Row {
  if (busy) return progress(busy.what, busy.done, busy.total)
  if (capture && !capture.complete)
    return capture.total > 0
      ? progress('reading', capture.done, capture.total)
      : [{ text: follow ? 'following ' : 'waiting for more ', role: 'info' }]
  return []
}

function progress(what: string, done: number, total: number): Row {
  const share = total > 0 ? Math.min(1, done / total) : 0
  const full = Math.round(share * barWidth)
  return [
    { text: `${what} `, role: 'info' },
    { text: '█'.repeat(full), role: 'good' },
    { text: '░'.repeat(barWidth - full), role: 'dim' },
    { text: ` ${String(Math.floor(share * 100)).padStart(3)} % `, role: 'info' },
  ]
}
