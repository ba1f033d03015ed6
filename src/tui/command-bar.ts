import { announcedIn } from './announced.ts'
import { describe } from './commands.ts'
import { completions } from './completions.ts'
import { keyText } from './help-rows.ts'
import { bindingOf } from './keymap.ts'
import { type Offer, offerRows } from './offer-rows.ts'
import { promptRow } from './prompt-row.ts'
import type { Prompt, State } from './state.ts'
import type { Row } from './text.ts'

/** The rows of the command that is being typed: what it may become, each with what it does, and the line itself. */
export function commandRows(state: State, prompt: Prompt): readonly Row[] {
  const { columns, rows } = state.size
  return [
    ...offerRows(offersOf(state, prompt), prompt.offered, 'Tab', { columns, rows, taken: 0 }),
    promptRow(prompt, columns),
  ]
}

/** Nothing where nothing was typed and nobody asked, where the line is an older one, or where it is what it can become. */
function offersOf(state: State, { text, typed, offered, recalled, known }: Prompt): readonly Offer[] {
  if ((typed.trim() === '' && offered < 0) || recalled > 0) return []
  const all = completions(typed, announcedIn(state), known)
  return all.length === 1 && all[0]!.trimEnd() === text.trimEnd() ? [] : all.map(offerOf)
}

/** With the keys that do the same. */
const offerOf = (line: string): Offer => {
  const name = line.trimEnd()
  const keys = bindingOf(name)?.keys ?? []
  return { text: lastPart(name), label: describe(name), explain: keys.map(keyText).join(' ') }
}

/** Of a command with what it takes that alone, and of a path what lies in the folder. */
const lastPart = (line: string): string => line.replace(/^\S+ +/, '').replace(/^.*\/(?=.)/, '')
