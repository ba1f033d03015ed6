import { protocols } from '../../dissectors/index.ts'
import { FilterError, UntranslatedError } from './errors.ts'
import type { Expression } from './expression.ts'
import { parameterWords } from './tcpdump-parameters.ts'
import { castOf, type Given, ofEtherType, type Qualifiers, termOf } from './tcpdump-terms.ts'
import { both, compared, either, there } from './tcpdump-tree.ts'
import {
  etherTypes,
  families,
  ipProtocolNumbers,
  portsNamed,
  protocolsBy,
  untranslated,
} from './tcpdump-words.ts'

/** Words that a number may follow: which field it is in, and what else has to be there. */
const numbered: Readonly<Record<string, { fields: readonly string[]; within?: string; most: number }>> = {
  vlan: { fields: ['vlan.id', 'ieee8021ad.id'], most: 0xfff },
  mpls: { fields: ['mpls.label'], most: 0xfffff },
  pppoes: { fields: ['pppoe.session_id'], within: 'pppoes', most: 0xffff },
  geneve: { fields: ['geneve.vni'], most: 0xffffff },
}

const lengths: Readonly<Record<string, '<=' | '>='>> = { less: '<=', greater: '>=' }
const casts: ReadonlySet<string> = new Set(['broadcast', 'multicast'])
/** Protocols that are read. */
export const ids: ReadonlySet<string> = new Set(protocols.map(({ id }) => id))

/** What stands behind a word that has no qualifiers: a number that is a part of it, or a word that is. */
export type Following = {
  number(): (Given & { readonly value: number }) | undefined
  /** One of these words, if it is one. */
  any(words: readonly string[]): Given | undefined
  /** A word that has to be there. */
  word(expected: string): Given
}

/** Whether a word is an address, a port or a protocol as the qualifiers of the term before have it, and nothing on its own. */
export function belongs(word: string, { kind }: Qualifiers): boolean {
  if (families.has(word)) return false
  const isPort = kind === 'port' || kind === 'portrange'
  const { tcp, udp } = isPort ? portsNamed(word) : noPorts
  if (tcp !== undefined || udp !== undefined) return true
  const isKeyword =
    untranslated.has(word) ||
    parameterWords.has(word) ||
    protocolsBy.has(word) ||
    ids.has(word) ||
    ipProtocolNumbers.has(word) ||
    etherTypes.has(word) ||
    casts.has(word) ||
    Object.hasOwn(numbered, word) ||
    Object.hasOwn(lengths, word)
  return !isKeyword
}

const noPorts = { tcp: undefined, udp: undefined }

/** `esp`, `vlan 5`, `less 100`, `ip multicast`. @throws {FilterError} */
export function aloneOf(word: Given, following: Following): Expression {
  const { text } = word
  const sentence = untranslated.get(text)
  if (sentence !== undefined)
    throw new UntranslatedError(`${text} has no translation: ${sentence}`, word.at, word.end)
  if (Object.hasOwn(lengths, text)) return lengthTest(word, following)
  if (Object.hasOwn(numbered, text)) {
    const number = following.number()
    if (number) return numberTest(word, number)
  }
  if (casts.has(text)) return castOf(undefined, word)
  const family = families.get(text)
  const cast = family && following.any([...casts])
  return cast ? castOf(family, { ...cast, at: word.at }) : protocolTest(word)
}

const wrong = ({ at, end }: Given, message: string, expected?: string) =>
  new FilterError(message, at, end, expected)

function lengthTest(word: Given, following: Following): Expression {
  const number = following.number()
  if (!number) throw new FilterError(`${word.text} what?`, word.end, word.end, 'a number of bytes')
  return compared(
    { at: word.at, end: number.end },
    'frame.len',
    lengths[word.text] ?? '==',
    `${number.value}`,
  )
}

function numberTest(word: Given, number: Given & { readonly value: number }): Expression {
  const { fields, within, most } = numbered[word.text]!
  if (number.value > most)
    throw wrong(number, `${number.text} is more than ${word.text} has`, `a number up to ${most}`)
  const span = { at: word.at, end: number.end }
  const test = either(fields.map(field => compared(span, field, '==', `${number.value}`)))
  return within === undefined ? test : both([there(span, within), test])
}

/** A protocol that is read here is its layer, others are known by the number that announces them. */
function protocolTest(word: Given): Expression {
  const names = protocolsBy.get(word.text) ?? (ids.has(word.text) ? [word.text] : [])
  if (names.length > 0) return either(names.map(name => there(word, name)))
  const etherType = etherTypes.get(word.text)
  if (etherType !== undefined) return ofEtherType(word, etherType)
  const qualifiers: Qualifiers = { family: undefined, direction: undefined, kind: 'proto' }
  if (ipProtocolNumbers.has(word.text)) return termOf(qualifiers, word)
  throw wrong(word, `${word.text} is no word of tcpdump’s`, 'host, net, port, a protocol, or a comparison')
}
