import type { Find } from './state.ts'

/** What was typed cannot be looked for: why, as a sentence. */
export class FindError extends Error {}

/** Characters that a search may have: the place of a mistake is found by trying every beginning of the pattern. */
const longestFind = 1000

/**
 * The expression that finds what was typed: in lines of text, or in the bytes of a frame, each a character of Latin-1.
 * In bytes a text is found as Latin-1 and as UTF-8.
 * @throws {FindError} where it is no regular expression, are no hex digits, or is too long
 */
export function patternOf({ text, where, kind }: Find): RegExp {
  if (text === '') throw new FindError('there is nothing to find; give a text')
  if (text.length > longestFind)
    throw new FindError(`${text.length} characters are too many to find; ${longestFind} are the most`)
  if (kind === 'regex') return typed(text, where === 'bytes' ? 's' : 'm')
  if (where !== 'bytes') return new RegExp(text.replace(signs, '\\$&'), 'giu')
  return new RegExp(kind === 'hex' ? latin1(hexBytes(text)) : inBytes(text), 'g')
}

/** What means something to a regular expression. */
const signs = /[\\^$.*+?()[\]{}|/]/g

/**
 * Where the pattern is found in a text from `from` up to `until`, in order. Places are those of a walk from the start
 * of the text without overlaps; what takes up no character is none.
 * @throws {FindError} where the pattern asks for more than can be kept in mind
 */
export function* placesOf(pattern: RegExp, text: string, from: number, until: number): Generator<number> {
  pattern.lastIndex = 0
  for (let match = next(pattern, text); match !== null; match = next(pattern, text)) {
    if (match.index >= until) return
    if (match[0] === '') pattern.lastIndex++
    else if (match.index >= from) yield match.index
  }
}

function next(pattern: RegExp, text: string): RegExpExecArray | null {
  try {
    return pattern.exec(text)
  } catch (error) {
    // Patterns are compiled when they are first used, and their way back is on a stack.
    if (error instanceof SyntaxError || error instanceof RangeError)
      throw new FindError(`${pattern.source}: is too large a pattern; write it more simply`)
    throw error
  }
}

/** A regular expression as it was typed. Small letters stand for large ones too, unless something in it is exact. */
function typed(text: string, flags: string): RegExp {
  const all = isExact(text) ? `g${flags}` : `gi${flags}`
  const problem = problemOf(text, all)
  if (problem === undefined) return new RegExp(text, all)
  // What follows the mistake does not change it.
  let length = text.length
  while (length > 1 && problemOf(text.slice(0, length - 1), all) === problem) length--
  const until = [...text.slice(0, length)]
  throw new FindError(
    `${text}: is no regular expression: ${problem} at character ${until.length} (${until.at(-1)})`,
  )
}

/** What is wrong with a regular expression, in the engine's words. */
function problemOf(text: string, flags: string): string | undefined {
  try {
    new RegExp(text, flags)
    return undefined
  } catch (error) {
    const { message } = error as SyntaxError
    const problem = message.slice(message.lastIndexOf(': ') + 2)
    return problem.charAt(0).toLowerCase() + problem.slice(1)
  }
}

const escapes = /\\(?:x[\da-f]{2}|u[\da-f]{4}|[pk][{<].*?[}>]|c[a-z]|.)/gis

/** It has a large letter, or names a character by its number: \xc0 is not to stand for \xe0. */
const isExact = (text: string): boolean =>
  /\p{Lu}/u.test(text.replace(escapes, '')) || (text.match(escapes) ?? []).some(one => /^\\[xu]/.test(one))

/** The bytes that hex digits stand for; blanks and colons between them mean nothing. */
function hexBytes(text: string): Buffer {
  const [good] = /^(?:\s*0x)?[\da-f\s:]*/i.exec(text)!
  const [wrong] = text.slice(good.length)
  if (wrong !== undefined)
    throw new FindError(`${text}: character ${good.length + 1} (${wrong}) is no hex digit, blank or colon`)
  const digits = text.replace(/^\s*0x|[\s:]/gi, '')
  if (digits === '') throw new FindError(`${text}: there are no hex digits in it`)
  if (digits.length % 2 === 1)
    throw new FindError(`${text}: ${digits.length} hex digits are half a byte too many`)
  return Buffer.from(digits, 'hex')
}

const latin1 = (bytes: Uint8Array): string =>
  Array.from(bytes, byte => `\\x${byte.toString(16).padStart(2, '0')}`).join('')

/** A text in either encoding, small letters and large ones alike. */
function inBytes(text: string): string {
  const encoded = (encoding: 'latin1' | 'utf8') =>
    Array.from(text, letter => {
      const forms = [...new Set([letter, letter.toLowerCase(), letter.toUpperCase()])]
      const fitting = encoding === 'utf8' ? forms : forms.filter(form => /^[\0-\xff]+$/.test(form))
      return `(?:${fitting.map(form => latin1(Buffer.from(form, encoding))).join('|')})`
    }).join('')
  const utf8 = encoded('utf8')
  return /^[\0-\xff]*$/.test(text) ? `${encoded('latin1')}|${utf8}` : utf8
}
