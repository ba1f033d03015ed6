import { type Binding, isInFooter, keymap } from '../bindings.ts'
import { keyText } from '../help-rows.ts'
import { contextOf } from '../keymap.ts'
import { arrangementOf } from '../layout.ts'
import { promptRow } from '../prompt-row.ts'
import type { State } from '../state.ts'
import type { Row, Span } from '../text.ts'
import type { View } from '../view.ts'
import { Block } from './pane.tsx'

/** The last line: what is being typed, what there is to say, or else the keys of the pane. */
export function Footer({ state, theme }: View) {
  return <Block rect={arrangementOf(state).footer} rows={[footerRow(state)]} theme={theme} />
}

function footerRow(state: State): Row {
  if (state.prompt) return promptRow(state.prompt, state.size.columns)
  if (state.pending.length > 0 || state.times !== undefined) {
    const typed = `${state.times ?? ''}${state.pending.map(keyText).join(' ')}`
    return [
      { text: ` ${typed}`, role: 'key' },
      { text: ' … Esc forgets it', role: 'dim' },
    ]
  }
  if (state.message) return [{ text: ` ${state.message.text}`, role: state.message.severity }]
  return keysRow(state)
}

/** The keys of the focused pane, as the keymap has them; two that say the same stand together. */
function keysRow(state: State): Row {
  const context = contextOf(state)
  const bindings = keymap.filter(
    binding => isInFooter(binding, context) && !(context === 'help' && binding.name === 'help'),
  )
  const labels = [...new Set(bindings.map(binding => binding.footer!))]
  const keysOf = (label: string) =>
    bindings
      .filter(binding => binding.footer === label)
      .map(firstKey)
      .reverse()
  return labels.flatMap((label): Span[] => [
    { text: ` ${keysOf(label).join('')}`, role: 'key' },
    { text: ` ${label} `, role: 'dim' },
  ])
}

const firstKey = ({ keys }: Binding): string => keyText(keys[0]!)
