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
  return given.length < 2 ? given.join('') : given.map(apart).join(` ${operator} `)
}

/** A filter that can stand beside others. */
const apart = (text: string): string => (isOne(text) ? text : `(${text})`)

const isOne = (text: string): boolean =>
  ['exists', 'compare', 'in', 'stack', 'not'].includes(compileFilter(text).expression.kind)
