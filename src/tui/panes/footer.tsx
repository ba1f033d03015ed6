import { type Binding, isInFooter, keymap } from '../bindings.ts'
import { commandRows } from '../command-bar.ts'
import { filterRows } from '../filter-bar.ts'
import { keyText } from '../help-rows.ts'
import { contextOf, modeOf } from '../keymap.ts'
import { arrangementOf } from '../layout.ts'
import { pendingRows } from '../pending-rows.ts'
import { promptRow } from '../prompt-row.ts'
import { spelled } from '../spelled.ts'
import type { State } from '../state.ts'
import { type Row, textOf, width } from '../text.ts'
import type { Theme } from '../theme.ts'
import type { View } from '../view.ts'
import { Block } from './pane.tsx'

/** The last line, or several over the panes: what is being typed, what there is to say, or else the keys of the pane. */
export function Footer({ state, theme }: View) {
  const rows = footerRows(state, theme)
  const { footer } = arrangementOf(state)
  const rect = { ...footer, top: footer.top + 1 - rows.length, height: rows.length }
  return <Block rect={rect} rows={rows} theme={theme} />
}

/** One line, but for filters and commands that are typed and for keys that begin many: there is more to say. */
function footerRows(state: State, theme: Theme): readonly Row[] {
  if (state.prompt?.kind === 'filter') return filterRows(state, state.prompt)
  if (state.prompt?.kind === 'command') return commandRows(state, state.prompt)
  const waits = state.pending.length > 0 || state.times !== undefined
  return waits && !state.prompt ? pendingRows(state) : [footerRow(state, theme)]
}

function footerRow(state: State, theme: Theme): Row {
  if (state.prompt) return promptRow(state.prompt, state.size.columns)
  if (state.message) return [{ text: ` ${state.message.text}`, role: state.message.severity }]
  return keysRow(state, theme)
}

/** The keys of the focused pane, as the keymap has them; two that say the same stand together. */
function keysRow(state: State, theme: Theme): Row {
  const context = contextOf(state)
  const mode = modeOf(state)
  const ofMode = keymap.filter(binding => mode && isInFooter(binding, mode))
  const ofPane = keymap.filter(
    binding =>
      isInFooter(binding, context) &&
      !(context === 'help' && binding.name === 'help') &&
      (mode === undefined || binding.name === 'help' || binding.name === 'quit'),
  )
  const bindings = [...ofMode, ...ofPane]
  const labels = [...new Set(bindings.map(binding => binding.footer!))]
  const keysOf = (label: string) =>
    bindings
      .filter(binding => binding.footer === label)
      .map(firstKey)
      .reverse()
  const entries = labels.map(label =>
    spelled(
      [
        { text: ` ${keysOf(label).join('')}`, role: 'key' },
        { text: ` ${label}`, role: 'dim' },
      ],
      theme,
    ),
  )
  return fitting(entries, state.size.columns)
}

/** Help, which has all keys, and the way out come last, and stay where there is no room for the others. */
const lasting = 2

function fitting(entries: readonly Row[], columns: number): Row {
  const shown = [...entries]
  const row = () => shown.flatMap((entry, i): Row => (i > 0 ? [{ text: ' ' }, ...entry] : entry))
  while (shown.length > lasting && width(textOf(row())) > columns) shown.splice(-lasting - 1, 1)
  return row()
}

const firstKey = ({ keys }: Binding): string => keyText(keys[0]!)
