import { compileFilter } from '../filter/filter.ts'

/** A filter in our own language, whichever it was typed in. */
export const inOwnWords = (text: string): string => (text.trim() === '' ? '' : compileFilter(text).text)

/** What matches both filters; an empty one matches everything. */
export const both = (one: string, other: string): string => joined('&&', one, other)

/** What matches one of them; where one is empty, the other. */
export const either = (one: string, other: string): string => joined('||', one, other)

export const not = (text: string): string => `!(${text})`

const joined = (operator: '&&' | '||', ...texts: readonly string[]): string => {
  const given = texts.filter(text => text !== '')
  if (given.length < 2) return given.join('')
  return given.map(text => (standsBeside(text, operator) ? text : `(${text})`)).join(` ${operator} `)
}

/** True for one test, and for several that are joined in the same way. */
const standsBeside = (text: string, operator: '&&' | '||'): boolean =>
  [...alone, operator === '&&' ? 'and' : 'or'].includes(compileFilter(text).expression.kind)

const alone: readonly string[] = ['exists', 'compare', 'in', 'stack', 'not']
