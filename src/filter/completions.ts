import { allProtocols } from '../dissect/protocol.ts'
import { valueNames } from './constants.ts'
import type { Span } from './expression.ts'
import { type Token, tokensOf } from './lex.ts'
import { catalogue, functions, keywords, type Named, named } from './names.ts'
import { areBytes } from './values.ts'

/** What could be typed in the place of a piece of the text. */
export type Completion = Span & {
  readonly text: string
  /** What it is called, for people. */
  readonly label: string
  /** A sentence about what it is for; empty: the label says it. */
  readonly explain: string
}

type Candidate = Omit<Completion, 'at' | 'end'>

/** More than anybody looks through. */
const most = 200

/** What a capture is made of, the most frequent first. */
export type Seen = {
  /** Ids of protocols. */
  readonly protocols: readonly string[]
  /** Whole stacks, `eth/ip/esp`. */
  readonly stacks: readonly string[]
}

const nothingSeen: Seen = { protocols: [], stacks: [] }

/**
 * What could stand at the cursor, the likeliest first: protocols and fields, named values, operators. What the open capture
 * has comes before the rest.
 */
export function completions(text: string, cursor: number, seen = nothingSeen): Completion[] {
  const quoted = stackWord(text, cursor)
  if (quoted !== undefined) return chosen(stackSteps, quoted.typed, quoted, seen)
  const before = /[A-Za-z_][A-Za-z0-9_.]*$/.exec(text.slice(0, cursor))?.[0] ?? ''
  const behind = /^[A-Za-z0-9_.]*/.exec(text.slice(cursor))?.[0] ?? ''
  const span = { at: cursor - before.length, end: cursor + (before === '' ? 0 : behind.length) }
  // A number or an address may go on: what follows it is offered behind a blank.
  if (before === '' && /[\w.:]$/.test(text.slice(0, cursor))) return []
  const tokens = tokensBefore(text.slice(0, span.at))
  if (tokens === undefined) return []
  return chosen(candidates(tokens, seen), before, span, seen)
}

/** Undefined where the text before the word is no filter, or ends inside a string. */
function tokensBefore(text: string): Token[] | undefined {
  try {
    return tokensOf(text).slice(0, -1)
  } catch {
    return undefined
  }
}

function candidates(tokens: readonly Token[], seen: Seen): () => readonly Candidate[] {
  const last = tokens.at(-1)
  if (last === undefined || isOpening(last)) return beginnings
  const compared = comparedBefore(tokens)
  if (compared !== undefined) return () => [...valuesOf(compared), ...names().filter(isValue)]
  if (isStackSign(tokens)) return () => stackPatterns(seen)
  if (last.kind === 'sign' && /^[-+*/%&,{]$|^\.\.$/.test(last.text)) return names
  if (last.kind === 'word' && keywords.has(last.text)) return names
  if (isUnknown(tokens)) return () => []
  return () => (last.text === 'stack' ? stackSigns : operatorsOf(named(plain(last.text))))
}

/** A protocol is nothing that a field is compared with. */
const isValue = ({ text }: Candidate): boolean => named(text)?.kind !== 'protocol'

/** A word where a name has to stand, which is none, such as tcpdump’s `host`: nobody knows what follows it. */
function isUnknown(tokens: readonly Token[]): boolean {
  const [before, last] = [tokens.at(-2), tokens.at(-1)!]
  const isFirst = before === undefined || isOpening(before)
  return isFirst && last.kind === 'word' && last.text !== 'stack' && named(plain(last.text)) === undefined
}

const isOpening = ({ kind, text }: Token): boolean =>
  kind === 'sign'
    ? ['(', '!', '&&', '||', '^^'].includes(text)
    : kind === 'word' && ['and', 'or', 'xor', 'not', 'any', 'all'].includes(text)

/** Without what says the layer. */
const plain = (name: string): string => (named(name) ? name : name.replace(/^(inner|outer)\./, ''))

const relations = /^(==|!=|===|~=|!==|<|<=|>|>=|eq|ne|lt|le|gt|ge|any_eq|all_ne|all_eq|any_ne)$/

/** The field whose value comes next: `ip.proto ==`, `ip.proto in {6,`. */
function comparedBefore(tokens: readonly Token[]): Named | undefined {
  const last = tokens.at(-1)!
  const set = tokens.findLastIndex(({ text }) => text === '{')
  const inSet = set > 0 && (last.text === '{' || last.text === ',') && tokens[set - 1]!.text === 'in'
  const at = inSet ? set - 2 : tokens.length - 2
  if (!inSet && !relations.test(last.text)) return undefined
  const field = tokens[at]
  return field?.kind === 'word' ? named(plain(field.text)) : undefined
}

const valuesOf = (field: Named): Candidate[] =>
  valueNames(field).map(({ name, value }) => ({
    text: /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !catalogue().has(name) ? name : JSON.stringify(name),
    label: String(value),
    explain: meaningOfValue(field, value),
  }))

/** What a value means; empty: nobody says it. */
const meaningOfValue = ({ fields }: Named, value: number): string =>
  fields.map(({ meanings }) => meanings?.[value]).find(meaning => meaning !== undefined) ?? ''

function beginnings(): Candidate[] {
  const words = [
    { text: 'not', label: 'the opposite', explain: '' },
    { text: 'stack', label: 'layers inside each other', explain: 'stack ~ "esp/ip/udp", ** for any number' },
    { text: 'any', label: 'one of several values', explain: 'any ip.addr != 10.0.0.1' },
    { text: 'all', label: 'every one of several values', explain: 'all tcp.port > 1023' },
    { text: 'inner.', label: 'in the innermost layer', explain: 'inner.ip.dst == 10.0.0.1' },
    { text: 'outer.', label: 'in the outermost layer', explain: 'outer.ip.ttl < 64' },
  ]
  return [...names(), ...words]
}

let known: readonly Candidate[] | undefined

function names(): readonly Candidate[] {
  known ??= allNames()
  return known
}

function allNames(): Candidate[] {
  const calls = Object.entries(functions).map(([name, label]) => ({ text: `${name}(`, label, explain: '' }))
  return [...catalogue().values()].map(candidateOf).concat(calls)
}

function candidateOf({ name, label, protocol, fields, pseudo }: Named): Candidate {
  if (protocol !== undefined) return { text: name, label, explain: protocol.about }
  return { text: name, label, explain: pseudo ? '' : (fields[0]?.explain ?? '') }
}

const sign = (text: string, label: string): Candidate => ({ text, label, explain: '' })

const connectives: readonly Candidate[] = [
  sign('&&', 'and'),
  sign('||', 'or'),
  sign('and', 'both'),
  sign('or', 'one of both'),
  sign('xor', 'one of both, not both'),
]
const stackSigns: Candidate[] = [sign('~', 'has such layers'), sign('!~', 'has no such layers')]
const comparisons: readonly Candidate[] = [
  sign('==', 'is'),
  sign('!=', 'is not, none of its values'),
  sign('in', 'is one of a set'),
]
const orders: readonly Candidate[] = [
  sign('<', 'is less'),
  sign('<=', 'is not more'),
  sign('>', 'is more'),
  sign('>=', 'is not less'),
]
const searches: readonly Candidate[] = [
  sign('contains', 'has these bytes or this text in it'),
  sign('matches', 'fits a regular expression'),
]

/** What can follow a field, or a value. */
function operatorsOf(field: Named | undefined): Candidate[] {
  if (field === undefined) return [...connectives]
  const { kind } = field
  if (kind === 'none') return [...connectives]
  if (kind === 'protocol') return [...connectives, ...searches]
  if (areBytes(kind) || kind === 'text') return [...comparisons, ...searches, ...connectives]
  return [...comparisons, ...orders, sign('&', 'has these bits'), ...connectives]
}

/** The step of a stack pattern that the cursor is in. */
function stackWord(text: string, cursor: number): (Span & { typed: string }) | undefined {
  const match = /stack\s*(?:!?~|matches)\s*"([^"]*)$/.exec(text.slice(0, cursor))
  if (!match) return undefined
  const typed = /[^/^]*$/.exec(match[1]!)![0]
  const behind = /^[^/"$\s]*/.exec(text.slice(cursor))![0]
  return { at: cursor - typed.length, end: cursor + behind.length, typed }
}

/** Behind `stack ~`, `stack !~` or `stack matches`. */
const isStackSign = (tokens: readonly Token[]): boolean =>
  tokens.at(-2)?.text === 'stack' && /^(?:!?~|matches)$/.test(tokens.at(-1)?.text ?? '')

/** Patterns: all that a packet of the capture is made of, then single protocols, behind which more may be typed. */
const stackPatterns = ({ stacks }: Seen): Candidate[] => [
  ...stacks.map(stack => ({ text: `"^${stack}$"`, label: 'packets like this one are here', explain: '' })),
  ...stackSteps().map(step => ({ ...step, text: `"${step.text}` })),
]

const stackSteps = (): Candidate[] => [
  ...allProtocols.map(({ id, name, about }) => ({ text: id, label: name, explain: about })),
  sign('*', 'any one layer'),
  sign('**', 'any number of layers'),
]

/** Those that begin as it was typed, then those of which a later part does; of each first what is in the capture. */
function chosen(
  from: () => readonly Candidate[],
  typed: string,
  { at, end }: Span,
  { protocols }: Seen,
): Completion[] {
  const places = new Map(protocols.map((id, place) => [id, place]))
  const prefix = /^(inner|outer)\./.exec(typed)?.[0] ?? ''
  const wanted = typed.slice(prefix.length).toLowerCase()
  const ranked: Candidate[][] = [[], [], []]
  for (const candidate of from()) {
    const rank = rankOf(candidate, wanted, prefix !== '')
    if (rank !== undefined) ranked[rank]!.push(candidate)
  }
  return ranked
    .flatMap(candidates => byPlace(candidates, places))
    .slice(0, most)
    .map(candidate => ({ ...candidate, text: prefix + candidate.text, at, end }))
}

/** Protocols of the capture, then their fields, then all others; of each the short names first. */
function byPlace(
  candidates: readonly Candidate[],
  places: ReadonlyMap<string, number>,
): readonly Candidate[] {
  const placeOf = (text: string) => {
    // Whole stacks come from the capture.
    if (text.startsWith('"^')) return -1
    const id = text.replace(/^"/, '')
    const around = places.get(id.split('.', 1)[0] ?? '')
    return places.get(id) ?? (around === undefined ? 2 * places.size : places.size + around)
  }
  return candidates
    .map(candidate => ({ candidate, place: placeOf(candidate.text), dots: dotsIn(candidate.text) }))
    .sort((a, b) => a.place - b.place || a.dots - b.dots)
    .map(({ candidate }) => candidate)
}

const dotsIn = (text: string): number => (text.startsWith('"') ? 0 : text.split('.').length)

/** Undefined: it does not fit. `layered`: what has no layers cannot stand here. */
function rankOf({ text: own, label }: Candidate, wanted: string, layered: boolean): 0 | 1 | 2 | undefined {
  const meant = named(own)
  const isInLayers = meant !== undefined && (meant.pseudo === undefined || meant.pseudo.carrier !== undefined)
  if (layered && !isInLayers) return undefined
  const text = own.toLowerCase()
  // Without a letter protocols are enough: fields are thousands.
  if (wanted === '') return layered || !text.includes('.') || text.endsWith('.') ? 0 : undefined
  if (text.startsWith(wanted) || meant?.protocol?.short.toLowerCase().startsWith(wanted)) return 0
  if (text.includes(`.${wanted}`) || text.includes(`"${wanted}`)) return 1
  return label.toLowerCase().startsWith(wanted) ? 2 : undefined
}
