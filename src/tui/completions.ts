import { protocolIds, tables } from '../../dissectors/decode-as.ts'
import { catalogue } from '../filter/names.ts'
import { commandNames, commands } from './commands.ts'
import type { Known } from './known-names.ts'
import { optional, spokenName } from './packet-columns.ts'

/** What a line asks for that has to be looked up outside, and how that begins; undefined: nothing. */
export function soughtBy(line: string): { readonly known: Known; readonly begun: string } | undefined {
  const [, name, begun] = /^\s*(\S+) +(.*)$/.exec(line) ?? []
  const known = commands.find(entry => entry.name === name)?.known
  return known && begun !== undefined ? { known, begun } : undefined
}

/**
 * Lines that a line may go on as. `announced`: numbers of the selected packet that can be decoded otherwise; `known`: what
 * `soughtBy` asked for.
 */
export function completions(
  line: string,
  announced: readonly string[] = [],
  known: readonly string[] = [],
): readonly string[] {
  const [name = '', ...rest] = line.trimStart().split(/ +/)
  if (rest.length === 0) return commandsLike(name)
  if (name === 'decode') return decodings(rest.join(' '), announced).map(text => `decode ${text}`)
  if (name === 'column' && rest.length > 1) return fieldsFor(line.trimStart(), rest.slice(1).join(' '))
  const command = commands.find(entry => entry.name === name)
  const choices = command?.known ? known : (command?.choices ?? [])
  return choices.filter(choice => choice.startsWith(rest.join(' '))).map(choice => `${name} ${choice}`)
}

/** Names of commands; the only one that is left stands ready for what it takes. */
function commandsLike(begun: string): readonly string[] {
  const near = commandNames.filter(name => name.startsWith(begun))
  const only = near.length === 1 && commands.find(({ name }) => name === near[0])
  return only ? [`${only.name} `] : near
}

/** Rules that a text may go on as: first the numbers, then the protocol. */
function decodings(text: string, announced: readonly string[]): readonly string[] {
  const [, numbers, protocol] = /^(.*[:,])(.*)$/.exec(text) ?? []
  if (numbers !== undefined && protocol !== undefined)
    return protocolIds(numbers).flatMap(id => (id.startsWith(protocol) ? `${numbers}${id}` : []))
  const all = [...announced.map(number => `${number}:`), ...tables().map(table => `${table}=`), 'clear']
  return all.filter(other => other.startsWith(text))
}

/** The line with each field that its last word may become. */
const fieldsFor = (line: string, begun: string): readonly string[] =>
  [...optional.map(spokenName), ...catalogue().keys()]
    .filter(field => field.startsWith(begun) && field !== begun)
    .map(field => line.slice(0, line.length - begun.length) + field)
