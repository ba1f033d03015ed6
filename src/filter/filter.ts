import type { Depth } from '../dissect/dissect.ts'
import type { Dissection } from '../dissect/dissection.ts'
import type { Selection } from '../dissect/selection.ts'
import type { Shape } from '../store/shapes.ts'
import { selectionOf } from './columns.ts'
import { compile } from './compile.ts'
import { FilterError, UntranslatedError } from './errors.ts'
import type { Expression } from './expression.ts'
import { formatExpression } from './format.ts'
import type { PacketFacts } from './packet-facts.ts'
import { parseExpression } from './parse.ts'
import { Needs } from './source.ts'
import { parseTcpdump } from './tcpdump-parse.ts'
import type { Glance } from './verdicts.ts'

export { type Completion, completions, type Seen } from './completions.ts'
export type { Expression } from './expression.ts'
export { FilterError, formatExpression }

/** A question about packets, ready to be asked. */
export type Filter = {
  readonly expression: Expression
  /** In the display language: as it was typed, or translated from tcpdump's. */
  readonly text: string
  /** The text was in tcpdump's language. */
  readonly translated: boolean
  /** How closely a frame has to be looked at before `matches` is asked. */
  readonly depth: Depth
  /** The fields that have to be recorded then; undefined: all, or none where the depth is `peel`. */
  readonly selection: Selection | undefined
  /** All packets before have to be seen: `PacketFacts.flows`. */
  readonly flows: boolean
  matches(found: Dissection, about: PacketFacts): boolean
  /** The answer from layers alone; undefined: the frame has to be looked at. */
  ofShape(shape: Shape): boolean | undefined
  /** How the bytes of a frame of this shape answer; undefined: layers answer, or the frame has to be dissected. */
  forShape(shape: Shape): Glance | undefined
}

/** Which languages a text may be in. */
export type Languages = 'display' | 'both'

/**
 * Understands a filter: in the display language or, where it is none, in tcpdump's.
 * @throws {FilterError} where it is neither, about the language that the text is closer to
 */
export function compileFilter(text: string, languages: Languages = 'both'): Filter {
  let expression: Expression | undefined
  try {
    expression = parseExpression(text)
    return filterOf(expression, text, false)
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    if (languages === 'display') throw otherLanguage(text) ?? error
    return translated(text, error, expression !== undefined)
  }
}

/** What to write instead of an expression of tcpdump's; undefined: the text is none. */
function otherLanguage(text: string): FilterError | undefined {
  try {
    return new FilterError(
      'this is tcpdump’s language, which -Y does not read',
      0,
      text.length,
      `${formatExpression(parseTcpdump(text))}; or the words as they are, behind the capture without -Y`,
    )
  } catch (error) {
    if (error instanceof FilterError) return undefined
    throw error
  }
}

/**
 * A text that is no display filter. `isRead`: it only makes no sense as one. Where it is none of tcpdump's either, the
 * language is meant in which the text goes further.
 */
function translated(text: string, error: FilterError, isRead: boolean): Filter {
  try {
    const expression = parseTcpdump(text)
    return filterOf(expression, formatExpression(expression), true)
  } catch (other) {
    if (!(other instanceof FilterError)) throw other
    const isBegun = other.at >= text.trimEnd().length
    const isMeant = other.at > error.at || other instanceof UntranslatedError
    throw isMeant && (!isRead || isBegun) ? other : error
  }
}

function filterOf(expression: Expression, text: string, isTranslated: boolean): Filter {
  const needs = new Needs()
  const test = compile(expression, needs)
  return {
    expression,
    text,
    translated: isTranslated,
    depth: needs.depth,
    selection: selectionOf(needs),
    flows: needs.flows,
    matches: (found, about) => test.matches(found, about),
    ofShape(shape) {
      const verdict = test.of(shape)
      return typeof verdict === 'boolean' ? verdict : undefined
    },
    forShape(shape) {
      const verdict = test.of(shape)
      return typeof verdict === 'function' ? verdict : undefined
    },
  }
}
