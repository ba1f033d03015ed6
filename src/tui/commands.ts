import { readRule } from '../../dissectors/decode-as.ts'
import { allNames } from '../print/names.ts'
import type { Action } from './actions.ts'
import { keymap } from './bindings.ts'
import type { Known } from './known-names.ts'
import { sortable, sortProblem } from './sorting.ts'
import { layoutKinds, panes, radixes, type SaveOf, timeModes } from './state.ts'

/** A command that takes an argument. */
type Command = {
  readonly name: string
  /** What the argument is called; in brackets where it may be missing. */
  readonly argument: string
  readonly does: string
  /** It is about the packets of a capture. */
  readonly ofCapture?: true
  /** The action, or what is wrong with the argument. */
  readonly send: (argument: string) => Action | string
  readonly choices?: readonly string[]
  /** What it takes is somewhere outside: the line is told when somebody asks. */
  readonly known?: Known
}

const oneOf = <T extends string>(choices: readonly T[], text: string): T | undefined =>
  choices.find(choice => choice === text)

export const themes = ['dark', 'light', 'mono'] as const

const find =
  (where: 'info' | 'tree' | 'bytes', kind: 'text' | 'regex' | 'hex') =>
  (text: string): Action | string =>
    text === '' ? 'nothing to find; give a text' : { type: 'find', find: { text, where, kind } }

function saveCommand(name: string, of: SaveOf, does: string): Command {
  const send = (path: string): Action | string =>
    path === '' ? `${name}: to which file?` : { type: 'save', path, of, over: false }
  return { name, argument: 'FILE', known: 'files', does, ofCapture: true, send }
}

export const commands: readonly Command[] = [
  { name: 'goto', argument: 'N', does: 'to packet N', ofCapture: true, send: goTo },
  {
    name: 'open',
    argument: 'FILE',
    known: 'files',
    does: 'open another capture',
    send: path => (path === '' ? 'open: which file?' : { type: 'open', path }),
  },
  {
    name: 'listen',
    argument: 'INTERFACE',
    known: 'interfaces',
    does: 'capture on an interface',
    send: device => (device === '' ? 'listen: on which interface?' : { type: 'listen', device }),
  },
  saveCommand('save-as', 'all', 'save all packets'),
  saveCommand('save-marked', 'marked', 'save the marked packets'),
  saveCommand('save-filtered', 'filtered', 'save the packets that match the filter'),
  saveCommand('save-flow', 'flow', 'save the SA, session or conversation of the packet'),
  saveCommand('save-inner', 'inner', 'save what is inside the tunnels of listed packets'),
  {
    name: 'find-text',
    argument: 'TEXT',
    does: 'find text in the lines of the list',
    ofCapture: true,
    send: find('info', 'text'),
  },
  {
    name: 'find-regex',
    argument: 'PATTERN',
    does: 'find a regular expression in the lines of the list',
    ofCapture: true,
    send: find('info', 'regex'),
  },
  {
    name: 'find-tree',
    argument: 'TEXT',
    does: 'find text in layers and fields',
    ofCapture: true,
    send: find('tree', 'text'),
  },
  { name: 'find-hex', argument: 'BYTES', does: 'find bytes', ofCapture: true, send: find('bytes', 'hex') },
  {
    name: 'decode',
    argument: 'udp.port=51000:wireguard|clear',
    does: 'decode a number as a protocol',
    send: decode,
  },
  {
    name: 'explain',
    argument: '[NAME]',
    // Thousands of names: they are listed when somebody asks.
    get choices() {
      return nameChoices()
    },
    does: 'what a name means; without one, the selected field',
    send: name => (name === '' ? { type: 'explain' } : { type: 'explain', name }),
  },
  {
    name: 'learn',
    argument: '[TOUR]',
    known: 'tours',
    does: 'a guided tour; without a name, the one that was left',
    send: name => ({ type: 'learn', name }),
  },
  {
    name: 'diff',
    argument: '[N M]',
    does: 'two packets side by side; without numbers, marked ones',
    ofCapture: true,
    send: diff,
  },
  {
    name: 'filter',
    argument: '[NAME]',
    known: 'filters',
    does: 'the filter kept so; also save NAME, forget NAME, list',
    send: keptFilter,
  },
  {
    name: 'column',
    argument: 'add|remove FIELD',
    choices: ['add', 'remove'],
    does: 'a column for a field, or no longer',
    send: column,
  },
  {
    name: 'sort',
    argument: '[-]COLUMN',
    get choices() {
      return sortable
    },
    does: 'by a column or field, - from the end; number: as they came',
    ofCapture: true,
    send: by => sortProblem(by) || { type: 'sort', by },
  },
  {
    name: 'times',
    argument: timeModes.join('|'),
    choices: timeModes,
    does: 'what the time column counts',
    send: text => choose(timeModes, text, mode => ({ type: 'time', mode })),
  },
  {
    name: 'arrange',
    argument: layoutKinds.join('|'),
    choices: layoutKinds,
    does: 'how the panes are arranged',
    send: text => choose(layoutKinds, text, kind => ({ type: 'layout', kind })),
  },
  {
    name: 'pane',
    argument: panes.join('|'),
    choices: panes,
    does: 'to this pane',
    send: text => choose(panes, text, pane => ({ type: 'focus', pane })),
  },
  {
    name: 'bytes-in',
    argument: radixes.join('|'),
    choices: radixes,
    does: 'how bytes are written',
    send: text => choose(radixes, text, radix => ({ type: 'radix', radix })),
  },
  {
    name: 'theme',
    argument: themes.join('|'),
    choices: themes,
    does: 'colours for this background',
    send: text => choose(themes, text, name => ({ type: 'theme', name })),
  },
]

let nameList: readonly string[] | undefined
const nameChoices = (): readonly string[] =>
  (nameList ??= [...new Set(allNames().map(({ name }) => name))].sort())

function choose<T extends string>(
  choices: readonly T[],
  text: string,
  send: (choice: T) => Action,
): Action | string {
  const choice = oneOf(choices, text)
  return choice === undefined ? `${text}: not one of ${choices.join(', ')}` : send(choice)
}

function decode(text: string): Action | string {
  if (text === 'clear') return { type: 'decode', rule: undefined }
  const rule = readRule(text)
  return typeof rule === 'string' ? rule : { type: 'decode', rule }
}

function column(text: string): Action | string {
  const [, how = '', name = ''] = /^(\S*)\s*(.*)$/.exec(text) ?? []
  if (how !== 'add' && how !== 'remove') return 'column: add or remove which field?'
  return { type: 'column', how, ...(name && { name }) }
}

function diff(text: string): Action | string {
  if (text === '') return { type: 'diff' }
  const [, left, right] = /^(\d{1,15})[ ,]+(\d{1,15})$/.exec(text) ?? []
  return left === undefined
    ? 'diff: which two packets? As in :diff 3 4'
    : { type: 'diff', packets: [Number(left), Number(right)] }
}

function keptFilter(text: string): Action | string {
  if (text === 'list' || text === '') return { type: 'kept-filter', how: 'list', name: '' }
  const [, how, name = '', filter] = /^(save|forget)(?: +(\S+))?(?: +(\S.*))?$/.exec(text) ?? []
  if (how === 'save' && filter !== undefined) return { type: 'kept-filter', how, name, text: filter }
  if ((how !== 'save' && how !== 'forget') || filter !== undefined)
    return { type: 'kept-filter', how: 'use', name: text }
  return name === '' ? `filter: ${how} under which name?` : { type: 'kept-filter', how, name }
}

function goTo(text: string): Action | string {
  return /^\d{1,15}$/.test(text)
    ? { type: 'jump', packet: Number(text) }
    : `goto: ${text} is no packet number`
}

/** Bindings that make sense as commands: those that do not edit the line itself. */
const plain = keymap.filter(binding =>
  binding.in.some(context => context !== 'prompt' && context !== 'question'),
)
/** All that the command line knows by name. */
export const commandNames = [
  ...new Set([...plain.map(binding => binding.name), ...commands.map(command => command.name)]),
].sort()

/** Something is typed that there is nothing to do with while no capture is open. */
export function isOfCapture(line: string): boolean {
  const [name = '', argument = ''] = line.trim().split(/\s+/)
  const command = commands.find(entry => entry.name === name)
  if (command) return command.ofCapture === true || (name === 'filter' && !/^(list|forget|)$/.test(argument))
  const binding = plain.find(entry => entry.name === name) ?? plain.find(entry => entry.keys.includes(name))
  return (
    /^\d+$/.test(name) || binding?.in.every(context => context !== 'start' && context !== 'help') === true
  )
}

/** What a typed line asks for, or a sentence about what is wrong with it. */
export function commandAction(line: string): Action | string {
  const [, name = '', argument = ''] = /^\s*(\S*)\s*(.*?)\s*$/.exec(line) ?? []
  if (name === '') return { type: 'said', message: undefined }
  if (/^\d+$/.test(name)) return goTo(name)
  if ((name === '?' || name === 'help') && argument !== '') return { type: 'explain', name: argument }
  const command = commands.find(entry => entry.name === name)
  if (command) return command.send(argument)
  const binding = plain.find(entry => entry.name === name) ?? plain.find(entry => entry.keys.includes(name))
  if (binding === undefined) return `${name}: no such command${hint(name)}`
  if (typeof binding.send !== 'function') return binding.send
  if (binding.keys.some(keys => keys.endsWith('<letter>')) && [...argument].length !== 1)
    return `${name}: which letter?`
  const times = /^\d{1,15}$/.test(argument) ? Number(argument) : undefined
  return binding.send({ times, letter: argument })
}

const hint = (name: string): string => {
  const near =
    commandNames.find(other => other.startsWith(name)) ??
    commandNames.find(other => other.includes(name)) ??
    commandNames.find(other => isSlip(name, other))
  return near === undefined ? '; Tab lists them' : `; did you mean ${near}?`
}

/** One letter is wrong, missing, too many, or has changed places with the next. */
function isSlip(typed: string, name: string): boolean {
  let same = 0
  while (same < name.length && typed[same] === name[same]) same++
  const [rest, wanted] = [typed.slice(same), name.slice(same)]
  return (
    rest.slice(1) === wanted.slice(1) ||
    rest.slice(1) === wanted ||
    rest === wanted.slice(1) ||
    (rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2))
  )
}

/** What a command takes and does, for those who look at what Tab offers. */
export function describe(name: string): string {
  const command = commands.find(entry => entry.name === name)
  if (command) return `${command.argument}: ${command.does}`
  return plain.find(entry => entry.name === name)?.does ?? ''
}
