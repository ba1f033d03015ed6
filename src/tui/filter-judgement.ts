import { FilterError } from '../filter/errors.ts'
import { type Completion, compileFilter, completions, type Expression } from '../filter/filter.ts'
import { named } from '../filter/names.ts'
import { remembered } from './layout.ts'
import type { Prompt } from './state.ts'

/** What there is to say of a filter while it is typed. */
export type Judgement = {
  readonly word: 'empty' | 'valid' | 'incomplete' | 'wrong'
  /** The filter in our own language, where it was typed in another one. */
  readonly translation: string
  /** What a filter that is valid may not mean. */
  readonly doubt: string
  /** What is wrong, first with what was expected, then shorter, and where in the text. */
  readonly sentences: readonly string[]
  readonly at: number
  readonly end: number
}

const nothingWrong = { translation: '', doubt: '', sentences: [], at: 0, end: 0 } as const

/** Judges a filter; the last answer is remembered. */
export const judge: (text: string) => Judgement = remembered((text: string) => [text] as const, judged)

function judged(text: string): Judgement {
  if (text.trim() === '') return { word: 'empty', ...nothingWrong }
  try {
    const filter = compileFilter(text)
    const translation = filter.translated ? filter.text : ''
    return { word: 'valid', ...nothingWrong, translation, doubt: doubtAbout(filter.expression) }
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    const { message, expected, at, end } = error
    const isAnswered = expected === undefined || message.endsWith('?')
    const told = [message, message.replace(/: .*/, '')].map(each => `${each}; expected: ${expected}`)
    const sentences = isAnswered ? [message] : [...told, message]
    return { ...nothingWrong, word: goesOn(text, error) ? 'incomplete' : 'wrong', sentences, at, end }
  }
}

/** A flag alone is true of all packets that have it, set or not: as in Wireshark, and rarely meant. */
function doubtAbout(expression: Expression): string {
  // Thousands may stand in a row: they are no reason to nest.
  const open = [expression]
  for (let e = open.pop(); e !== undefined; e = open.pop()) {
    if (e.kind === 'not') open.push(e.of)
    else if (e.kind === 'and' || e.kind === 'or' || e.kind === 'xor') open.push(e.right, e.left)
    else if (e.kind === 'exists' && e.of.kind === 'reference' && isTold(e.of.name))
      return `${e.of.name} == 1 asks for set ones; alone it asks only whether it is there`
  }
  return ''
}

/** True for a flag that is there set or not. What ARP says is there only where it is so. */
const isTold = (name: string): boolean => named(name)?.kind === 'flag' && !name.startsWith('arp.is')

/** What is wrong is at the end, where more may come or the last word may become another one. */
function goesOn(text: string, { at, end, expected = '' }: FilterError): boolean {
  const length = text.trimEnd().length
  if (at >= length) return true
  if (end < length) return false
  if (/address|bytes/.test(expected) && isAddressBegun(text.slice(at))) return true
  return /^["']/.test(text.slice(at)) || completions(text, text.length).some(each => each.at < text.length)
}

/** The first numbers of an address. */
const isAddressBegun = (text: string): boolean =>
  (/^(\d{1,3}\.){0,3}\d{0,3}$/.test(text) && text.split('.').every(part => Number(part) < 256)) ||
  /^[0-9a-f]{0,4}:[0-9a-f:]*$/i.test(text)

/** Of what a capture is made of, protocols alone have no slash. */
export const isStack = (name: string): boolean => name.includes('/')

/** What the word at the cursor may become; of a line that Tab has filled in, the word that was typed. */
export const offersOf: (prompt: Prompt) => readonly Completion[] = remembered(
  ({ typed, typedTo, known }: Prompt) => [typed, typedTo, known] as const,
  (typed, typedTo, known) =>
    completions(typed, typedTo, {
      protocols: known.filter(name => !isStack(name)),
      stacks: known.filter(isStack),
    }),
)

/** The line with one of the offers in it. */
export function withOffer(prompt: Prompt, offered: number): Prompt {
  const offer = offersOf(prompt)[offered]
  if (offer === undefined) return prompt
  const { typed } = prompt
  const text = typed.slice(0, offer.at) + offer.text + typed.slice(offer.end)
  return { ...prompt, text, cursor: offer.at + offer.text.length, offered }
}
