import { commandAction, describe } from './commands.ts'
import { completions } from './completions.ts'
import type { FindWhere, Prompt, SaveOf } from './state.ts'
import { type Row, width } from './text.ts'
import { typedLine } from './typed-line.ts'

const questions = {
  command: ':',
  find: 'find ',
  filter: '/ ',
  save: 'save ',
  answer: 'answer: ',
  overwrite: '',
  leave: '',
  reveal: '',
} as const

/** A line that is being typed in `columns` columns, and what could be typed. */
export function promptRow(prompt: Prompt, columns: number): Row {
  if (prompt.kind === 'overwrite')
    return questionRow('Replace the file that is there?', 'replace', `leave  ${prompt.text}`)
  if (prompt.kind === 'leave')
    return questionRow('The captured packets are not saved. Quit all the same?', 'quit', 'stay; s saves them')
  if (prompt.kind === 'reveal')
    return questionRow(`Packet ${prompt.text} does not match the filter. Show all packets?`, 'show', 'stay')
  const question = ` ${questions[prompt.kind]}${asideOf(prompt)}`
  const { row } = typedLine(prompt, columns - width(question) - 1)
  return [{ text: question, role: 'key' }, ...row, ...hintOf(prompt)]
}

const savedOf: Readonly<Record<SaveOf, string>> = {
  all: 'all packets',
  filtered: 'filtered packets',
  marked: 'marked packets',
  flow: 'this SA, session or conversation',
  inner: 'what is inside tunnels',
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

const asideOf = ({ kind, where, as, of }: Prompt): string => {
  if (kind === 'find') return `${as} in the ${places[where]}: `
  return kind === 'save' ? `${savedOf[of]} to: ` : ''
}

function hintOf({ kind, text, typed, where }: Prompt): Row {
  const dim = (words: string): Row => [{ text: `   ${words}`, role: 'dim' }]
  if (kind === 'answer') return dim('Enter gives the answer, Esc looks at the bytes again')
  if (kind === 'find') return dim(`Tab in the ${places[next[where]]} · Shift-Tab text, regex, hex`)
  if (kind === 'save') return dim('Tab others · .pcapng or .pcap')
  const described = describe(text.trim())
  const problem = commandAction(text)
  if (described !== '') return dim(described)
  const isBegun = completions(typed).some(name => name !== text)
  if (text === '') return dim('Tab lists all commands')
  return dim(!isBegun && typeof problem === 'string' ? problem : '')
}
