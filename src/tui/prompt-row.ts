import { unicodeGlyphs } from '../print/glyphs.ts'
import { commandAction, completions, describe } from './commands.ts'
import type { FindWhere, Prompt } from './state.ts'
import { type Row, width } from './text.ts'

const questions = { command: ':', find: 'find ', save: 'save ', overwrite: '', leave: '' } as const

/** A line that is being typed in `columns` columns, and what could be typed. */
export function promptRow(prompt: Prompt, columns: number): Row {
  if (prompt.kind === 'overwrite')
    return questionRow('Replace the file that is there?', 'replace', `leave  ${prompt.text}`)
  if (prompt.kind === 'leave')
    return questionRow('The captured packets are not saved. Quit all the same?', 'quit', 'stay; s saves them')
  const { text, cursor } = prompt
  const question = ` ${questions[prompt.kind]}${asideOf(prompt)}`
  const from = firstShown(prompt, columns - width(question) - 1)
  const end = cursor + (characterAt(text, cursor)?.length ?? 0)
  return [
    { text: question, role: 'key' },
    ...(from > 0 ? [{ text: unicodeGlyphs.ellipsis, role: 'dim' as const }] : []),
    { text: text.slice(from, cursor) },
    { text: text.slice(cursor, end) || ' ', ground: 'selected' },
    { text: text.slice(end) },
    ...hintOf(prompt),
  ]
}

/** What the screen calls where things can be found, and the order of Tab. */
const places: Readonly<Record<FindWhere, string>> = { info: 'list', tree: 'layers', bytes: 'bytes' }
const next: Readonly<Record<FindWhere, FindWhere>> = { info: 'tree', tree: 'bytes', bytes: 'info' }

const questionRow = (question: string, yes: string, no: string): Row => [
  { text: ` ${question}`, role: 'warning' },
  { text: '  y', role: 'key' },
  { text: ` ${yes}  ` },
  { text: 'n', role: 'key' },
  { text: ` ${no}` },
]

const characters = new Intl.Segmenter()

const characterAt = (text: string, at: number): string | undefined =>
  characters.segment(text.slice(at))[Symbol.iterator]().next().value?.segment

/** Where what is shown of a line begins, so that the cursor is in `columns` columns: a long one loses its start. */
function firstShown({ text, cursor }: Prompt, columns: number): number {
  let left = columns - width(text.slice(0, cursor))
  // The character under the cursor may be a wide one; the sign that something is missing takes another column.
  if (left >= 2) return 0
  for (const { segment, index } of characters.segment(text.slice(0, cursor))) {
    if (left >= 3) return index
    left += width(segment)
  }
  return cursor
}

const asideOf = ({ kind, where, as, marked }: Prompt): string => {
  if (kind === 'find') return `${as} in the ${places[where]}: `
  return kind === 'save' ? `${marked ? 'marked' : 'all'} packets to: ` : ''
}

function hintOf({ kind, text, typed, where }: Prompt): Row {
  const dim = (words: string): Row => [{ text: `   ${words}`, role: 'dim' }]
  if (kind === 'find') return dim(`Tab in the ${places[next[where]]} · Shift-Tab text, regex, hex`)
  if (kind === 'save') return dim('Tab all or marked · .pcapng or .pcap')
  const described = describe(text.trim())
  const problem = commandAction(text)
  if (described !== '') return dim(described)
  const offers = completions(typed)
    .filter(name => name !== text)
    .slice(0, 6)
  return dim(offers.length > 0 ? `Tab ${offers.join(' ')}` : typeof problem === 'string' ? problem : '')
}
