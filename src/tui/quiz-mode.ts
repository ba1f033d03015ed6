import { type Given, isRight, questionFor } from '../print/quiz.ts'
import type { Question } from '../print/quiz-question.ts'
import { bufferOf } from './folding.ts'
import { newPrompt } from './prompts.ts'
import type { Reducers } from './reduce.ts'
import { select, selectByte } from './selecting.ts'
import type { State } from './state.ts'

/** Questions about the selected packet, one after the other, and the score. */
export type QuizView = {
  readonly isLeft: boolean
  /** How many questions there have been, which decides what comes next. */
  readonly seed: number
  /** Keys of the latest questions, the last one at the end. */
  readonly asked: readonly string[]
  /** The packet that the question is about; 0: none yet. */
  readonly packet: number
  /** Undefined: this packet leaves nothing to ask. */
  readonly question: Question | undefined
  /** Undefined: it is not answered yet. */
  readonly given: Given | undefined
  readonly right: number
  readonly answered: number
}

export const reducers: Reducers<
  'quiz' | 'quiz-next' | 'quiz-enter' | 'quiz-choose' | 'quiz-answer' | 'quiz-leave'
> = {
  quiz: state => {
    if (state.detail === undefined) return say(state, 'there is no packet to ask about')
    const layout = { ...state.layout, explanation: true, zoomed: false }
    const { quiz = start } = state
    return ask({ ...state, layout, focus: 'bytes', message: undefined, quiz: { ...quiz, isLeft: false } })
  },
  'quiz-next': state => ask(state),
  'quiz-enter': state => enter(state),
  'quiz-choose': (state, { choice }) => choose(state, choice),
  'quiz-answer': (state, { text }) =>
    text.trim() === '' || state.quiz?.given ? state : answer(state, { kind: 'text', text }),
  'quiz-leave': state => {
    const { quiz } = state
    if (quiz === undefined) return state
    const score = quiz.answered === 0 ? 'the quiz is left' : `${scoreText(quiz)}; Q goes on`
    return say({ ...state, quiz: { ...quiz, isLeft: true, question: undefined } }, score)
  },
}

const start: QuizView = {
  isLeft: false,
  seed: 0,
  asked: [],
  packet: 0,
  question: undefined,
  given: undefined,
  right: 0,
  answered: 0,
}

const say = (state: State, text: string): State => ({ ...state, message: { text, severity: 'info' } })

/** `2 of 3 right`. */
export const scoreText = ({ right, answered }: QuizView): string => `${right} of ${answered} right`

/** Questions are asked, and the learner does not look things up in the list or the layers. */
export const isAsked = ({ quiz, detail, focus }: State): boolean =>
  quiz !== undefined && !quiz.isLeft && detail !== undefined && (focus === 'bytes' || focus === 'explanation')

/** Questions that do not come again soon. */
const mostKept = 12

/** The next question, with the cursor where it is to be. */
function ask(state: State): State {
  const { quiz, detail } = state
  if (quiz === undefined || detail === undefined) return state
  const { found, nodes, number } = detail
  const question = questionFor(found, nodes, quiz.seed, quiz.packet === number ? quiz.asked : [])
  const keys = question ? [...quiz.asked, question.key].slice(-mostKept) : quiz.asked
  const next = { ...quiz, seed: quiz.seed + 1, asked: keys, packet: number, question, given: undefined }
  const asked = { ...state, quiz: next, tops: { ...state.tops, explanation: 0 } }
  // The first node is one of the frame, and so are the bytes that questions are about.
  return question ? selectByte({ ...asked, selected: 0 }, question.cursor) : asked
}

/** Asks anew where another packet is shown. */
export function arrive(state: State): State {
  const { quiz, detail } = state
  if (quiz === undefined || quiz.isLeft || detail === undefined) return state
  return quiz.packet === detail.number || detail.number !== state.packet ? state : ask(state)
}

function enter(state: State): State {
  const { quiz, detail } = state
  const kind = quiz?.question?.wanted.kind
  if (quiz === undefined || detail === undefined || kind === undefined || quiz.given) return ask(state)
  if (kind === 'choice') return say(state, 'press the letter of an answer')
  if (kind !== 'byte') return { ...state, message: undefined, prompt: newPrompt(state, 'answer', '') }
  if (bufferOf(detail, state.selected) !== 0)
    return say(state, 'the question is about the frame; B goes there')
  return answer(state, { kind: 'byte', byte: state.byte })
}

function choose(state: State, choice: number): State {
  const { question, given } = state.quiz ?? start
  const { wanted } = question ?? {}
  if (given) return say(state, 'this is answered; Enter asks the next one')
  if (wanted?.kind !== 'choice') return say(state, 'there is nothing to choose from; Enter answers')
  return choice < wanted.choices.length ? answer(state, { kind: 'choice', choice }) : state
}

/** Keeps the answer, and shows what the question was about. */
function answer(state: State, given: Given): State {
  const { quiz } = state
  if (quiz?.question === undefined) return state
  const right = quiz.right + (isRight(quiz.question, given) ? 1 : 0)
  const told = { ...state, quiz: { ...quiz, given, right, answered: quiz.answered + 1 } }
  const shown = select(told, quiz.question.node)
  return { ...shown, tops: { ...shown.tops, explanation: 0 } }
}
