import { explain } from '../print/explanation.ts'
import { nodeAt, recordRange } from '../print/node-ranges.ts'
import { type Given, isRight } from '../print/quiz.ts'
import type { Question, Wanted } from '../print/quiz-question.ts'
import { nodeText } from '../print/tree-nodes.ts'
import { isAsked, scoreText } from './quiz-mode.ts'
import type { Detail, State } from './state.ts'
import { type Role, type Row, wrap } from './text.ts'

/** Lines are no longer than people like to read. */
const longestLine = 110
const letters = 'abcd'

const hints: Readonly<Record<Wanted['kind'], string>> = {
  byte: 'Move the cursor there and press Enter.',
  name: 'Press Enter and type its name.',
  number: 'Press Enter and type the number.',
  choice: 'Press the letter of the answer.',
}

/** The question, or what came of the answer; undefined: nothing is asked. */
export function quizRows(state: State, columns: number): readonly Row[] | undefined {
  const { quiz, detail } = state
  if (!isAsked(state) || quiz === undefined || detail === undefined) return undefined
  const lines = (text: string, role?: Role, lead = ''): Row[] =>
    wrap(text, Math.min(columns, longestLine) - lead.length).map(
      (line, i): Row => [
        { text: i === 0 ? lead : ' '.repeat(lead.length), role: 'key' },
        { text: line, ...(role && { role }) },
      ],
    )
  const { question, given } = quiz
  if (question === undefined)
    return lines('This packet leaves nothing to ask; ] goes on to the next one.', 'info')
  if (given) return answeredRows(detail, question, given, lines)
  return [
    ...lines(question.text, 'title'),
    [],
    ...(question.wanted.kind === 'choice'
      ? question.wanted.choices.flatMap((choice, i) => lines(choice, 'value', `${letters[i]}  `))
      : []),
    ...lines(hints[question.wanted.kind], 'dim'),
  ]
}

type Lines = (text: string, role?: Role) => Row[]

function answeredRows(detail: Detail, question: Question, given: Given, lines: Lines): Row[] {
  const right = isRight(question, given)
  const { found, nodes } = detail
  return [
    ...lines(question.text, 'dim'),
    ...(right ? lines('✓ Right.', 'good') : lines(`✗ No: ${wrong(detail, question, given)}`, 'warning')),
    ...lines(question.answer, 'title'),
    ...explain(found, nodes, question.node).text.flatMap(text => lines(text)),
    ...lines('Enter asks the next question.', 'dim'),
  ]
}

/** What the answer says that was given. */
function wrong(detail: Detail, { wanted }: Question, given: Given): string {
  switch (given.kind) {
    case 'byte':
      return `this is ${whose(detail, given.byte)}.`
    case 'text':
      return `it is not ${given.text.trim()}.`
    case 'choice':
      return wanted.kind === 'choice' ? `it is not “${wanted.choices[given.choice]}”.` : ''
  }
}

/** `“Time to live” of header 2, IPv4`; of a byte that fields share, all of them. */
function whose({ found, nodes }: Detail, byte: number): string {
  const node = nodes[nodeAt(found, nodes, 0, byte)]
  if (node === undefined) return 'no field'
  const { short } = found.protocols[node.layer]!
  const own = nodes.flatMap((each, i) => {
    if (each.kind !== 'field' || each.layer !== node.layer || each.end > i + 1) return []
    const { start, end } = recordRange(found, each.record)
    return start <= byte && byte < end ? [`“${nodeText(found, nodes, each).label}”`] : []
  })
  return node.kind === 'layer'
    ? `header ${node.layer + 1}, ${short}`
    : `${own.join(' and ')} of header ${node.layer + 1}, ${short}`
}

/** `Quiz ─ 2 of 3 right`; empty where nothing is asked. */
export function quizTitle(state: State): string {
  const { quiz } = state
  if (!isAsked(state) || quiz === undefined) return ''
  return quiz.answered === 0 ? 'Quiz' : `Quiz ─ ${scoreText(quiz)}`
}
