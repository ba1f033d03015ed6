import { commandAction, completions, describe } from '../commands.ts'
import { keyText } from '../help-rows.ts'
import { type Binding, contextOf, keymap } from '../keymap.ts'
import { arrangementOf } from '../layout.ts'
import type { Prompt, State } from '../state.ts'
import type { Row, Span } from '../text.ts'
import type { View } from '../view.ts'
import { Block } from './pane.tsx'

/** The last line: what is being typed, what there is to say, or else the keys of the pane. */
export function Footer({ state, theme }: View) {
  return <Block rect={arrangementOf(state).footer} rows={[footerRow(state)]} theme={theme} />
}

function footerRow(state: State): Row {
  if (state.prompt) return promptRow(state.prompt)
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
  const bindings = keymap.filter(binding => binding.footer !== undefined && binding.in.includes(context))
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

const questions = { command: ':', find: 'find ', save: 'save ', overwrite: '' } as const

function promptRow(prompt: Prompt): Row {
  if (prompt.kind === 'overwrite')
    return [
      { text: ` ${prompt.text} exists. Replace it?`, role: 'warning' },
      { text: '  y', role: 'key' },
      { text: ' replace  ' },
      { text: 'n', role: 'key' },
      { text: ' leave' },
    ]
  const { text, cursor } = prompt
  const under = text.slice(cursor) === '' ? ' ' : [...text.slice(cursor)][0]!
  return [
    { text: ` ${questions[prompt.kind]}${asideOf(prompt)}`, role: 'key' },
    { text: text.slice(0, cursor) },
    { text: under, ground: 'selected' },
    { text: text.slice(cursor + under.length) },
    ...hintOf(prompt),
  ]
}

const asideOf = ({ kind, where, as, marked }: Prompt): string => {
  if (kind === 'find') return `${as} in ${where}: `
  return kind === 'save' ? `${marked ? 'marked' : 'all'} packets to: ` : ''
}

function hintOf({ kind, text, typed, where }: Prompt): Row {
  const dim = (words: string): Row => [{ text: `   ${words}`, role: 'dim' }]
  if (kind === 'find')
    return dim(
      `Tab ${where === 'info' ? 'in the tree' : where === 'tree' ? 'in bytes' : 'in the list'} · Shift-Tab text, regex, hex`,
    )
  if (kind === 'save') return dim('Tab all or marked · .pcapng or .pcap')
  const described = describe(text.trim())
  const problem = commandAction(text)
  if (described !== '') return dim(described)
  const offers = completions(typed)
    .filter(name => name !== text)
    .slice(0, 6)
  return dim(offers.length > 0 ? `Tab ${offers.join(' ')}` : typeof problem === 'string' ? problem : '')
}
