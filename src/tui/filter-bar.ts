import { type Judgement, judge, offersOf } from './filter-judgement.ts'
import { clamp } from './layout.ts'
import { offerRows } from './offer-rows.ts'
import type { Prompt, State } from './state.ts'
import { fit, type Role, type Row, textOf, width as widthOf, wrap } from './text.ts'
import { typedLine } from './typed-line.ts'

/** What stands before a translation, and its lines, at most. */
const thatIs = '   that is '
const mostLines = 3

const roles: Readonly<Record<Judgement['word'], Role>> = {
  empty: 'dim',
  valid: 'good',
  incomplete: 'warning',
  wrong: 'error',
}

/**
 * The rows of the filter that is being typed: what the word may become, what it is in our language, the line itself, and
 * what there is to say of it.
 */
export function filterRows(state: State, prompt: Prompt): readonly Row[] {
  const { columns, rows } = state.size
  const judgement = judge(prompt.text)
  const question = questionOf(prompt, columns)
  const word = judgement.word === 'empty' ? '' : ` ${judgement.word} `
  const typable = columns - widthOf(question) - word.length
  const isWrong = judgement.word === 'wrong' || judgement.word === 'incomplete'
  const role = roles[judgement.word]
  const line = typedLine(prompt, typable, isWrong ? { ...judgement, role } : undefined)
  const bar: Row = [
    { text: question, role: 'key' },
    ...fit(
      line.row.map(piece => ({ role, ...piece })),
      typable,
    ),
    { text: word, role },
  ]
  const below = isWrong
    ? complaintRow(judgement, widthOf(question) + line.columnOf(judgement.at), columns)
    : hintRow(judgement)
  const said = translationRows(judgement, columns)
  const offers = prompt.text === '' && prompt.offered < 0 ? [] : offersOf(prompt)
  const room = { columns, rows, taken: said.length }
  return [...offerRows(offers, prompt.offered, 'Tab, ↓', room), ...said, bar, below]
}

/** What the filter is added to is told as far as there is room. */
const questionOf = ({ within }: Prompt, columns: number): string =>
  within === '' ? ' / ' : ` ${textOf(fit([{ text: within }], Math.min(widthOf(within), columns >> 1)))} && `

const hintRow = ({ word, doubt }: Judgement): Row => {
  if (doubt !== '') return [{ text: `   ${doubt}`, role: 'warning' }]
  const text =
    word === 'empty'
      ? '   esp, inner.ip.dst == 10.0.0.1, host 10.0.0.1 · ↑ older ones · empty: all'
      : '   Enter filters · Tab completes · Esc keeps what was there'
  return [{ text, role: 'dim' }]
}

/** What was typed in tcpdump's language, in ours: so that people learn it. */
function translationRows({ translation }: Judgement, columns: number): readonly Row[] {
  if (translation === '') return []
  const lines = wrap(translation, columns - thatIs.length - 2)
  return lines.slice(0, mostLines).map((text, i) => [
    { text: i === 0 ? thatIs : ' '.repeat(thatIs.length), role: 'dim' },
    { text: i === mostLines - 1 && lines.length > mostLines ? `${text} …` : text, role: 'good' },
  ])
}

/** The place of what is wrong, and as much of the sentence as there is room for beside it. */
function complaintRow({ sentences, at, end, word }: Judgement, column: number, columns: number): Row {
  const role = roles[word]
  const carets = `^${'~'.repeat(clamp(end - at, 1, Math.max(1, columns - column - 1)) - 1)}`
  for (const sentence of sentences) {
    const right = `${' '.repeat(column)}${carets} ${sentence}`
    if (widthOf(right) < columns) return [{ text: right, role }]
    const left = ` ${sentence} `
    if (widthOf(left) <= column) return [{ text: `${left.padEnd(column)}${carets}`, role }]
    // The line above shows the place, too; what to write is worth more.
    if (widthOf(left) < columns) return [{ text: left, role }]
  }
  return [{ text: ` ${sentences.at(-1) ?? ''}`, role }]
}
