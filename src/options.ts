import { resolve } from 'node:path'
import { readRule } from '../dissectors/decode-as.ts'
import { readAssociation } from '../dissectors/esp-algorithms.ts'
import { allOf, filterOf, type Recipe, recipeNamed } from './capture/recipes.ts'
import { type Ring, ringOption } from './capture/ring.ts'
import { Rules } from './dissect/rules.ts'
import type { Filter } from './filter/filter.ts'
import { columnsOption, fieldStyleOption, flagsFor, wantedOption } from './filter-options.ts'
import { dashed, type Given, parseFlags, UsageError } from './flags.ts'
import { linkTypeNumber } from './link-types.ts'
import { timeStyles } from './print/clock.ts'
import type { PrintOptions } from './print/print.ts'
import type { StoryOptions } from './print/story.ts'
import type { Dump } from './print/tcpdump.ts'
import { filterWords, isPipe, type PacketSource, sourceOf } from './source-options.ts'

/** What a capture from interfaces needs. */
export type CaptureOptions = {
  /** What recipes, `-f` and the words at the end let through together, in libpcap's language; empty: everything. */
  readonly filter: string
  readonly engine: 'cap' | 'tcpdump' | 'dumpcap' | undefined
  /** Bytes of each packet, 0 for all. */
  readonly snapLength: number
  readonly promiscuous: boolean
  readonly ring: Ring | undefined
}

/** When `-w` begins a new file; undefined: never for this reason. */
export type Rotation = {
  /** After so many million bytes (10^6). */
  readonly megabytes: number | undefined
  readonly seconds: number | undefined
  /** How many files there may be. */
  readonly count: number | undefined
}

/** Everything that the command line can say. */
export type Options = PrintOptions &
  PacketSource &
  CaptureOptions & {
    /** Text with hex dumps to read in the place of a capture. */
    readonly hex: string | undefined
    readonly linkType: number | undefined
    /** Which packets are wanted of what is read or captured; undefined: all. */
    readonly wanted: Filter | undefined
    /** The capture file to write, `-` for standard output. */
    readonly write: string | undefined
    readonly rotation: Rotation
    /** Print a list and nothing else. */
    readonly list: 'interfaces' | 'recipes' | 'keys' | undefined
    /** Print not the packets, but what they tell together. */
    readonly story: StoryOptions['story'] | undefined
    /** Print the number of packets only. */
    readonly countOnly: boolean
    /** Something was asked for that only printing can give: text, JSON, a number of packets. */
    readonly printing: boolean
    readonly mouse: boolean
    readonly ascii: boolean
    readonly theme: 'dark' | 'light' | 'mono' | undefined
    readonly help: boolean
    readonly version: boolean
  }

/**
 * Understands a command line.
 * @throws {UsageError} where it asks for what cannot be, with a sentence
 * @throws {CaptureError} where a ring makes no sense
 */
export function readOptions(args: readonly string[]): Options {
  const given = parseFlags(args, flagsFor(args))
  const options = {
    ...sourceOf(given),
    hex: given.text('hex'),
    linkType: linkTypeOption(given.text('link-type')),
    wanted: wantedOption(given, filterWords(given)),
    rules: rulesOf(given),
    ...captureOptions(given),
    write: given.text('w'),
    rotation: {
      megabytes: wholeOption(given, 'C'),
      seconds: wholeOption(given, 'G'),
      count: wholeOption(given, 'W'),
    },
    list: listOf(given),
    ...printOptions(given),
    mouse: !given.has('no-mouse'),
    ascii: given.has('ascii'),
    theme: choice(given, 'theme', ['dark', 'light', 'mono']),
    help: given.has('help'),
    version: given.has('version'),
  }
  if (!options.help && !options.version && !options.list) refuseConflicts(given, options)
  return options
}

function listOf(given: Given): Options['list'] {
  if (given.has('D')) {
    const [word] = given.words
    if (word !== undefined) throw new UsageError(`-D ${word}: -D lists all interfaces and takes no name`)
    return 'interfaces'
  }
  if (given.has('list-keys')) return 'keys'
  return recipeNames(given).includes('list') ? 'recipes' : undefined
}

function captureOptions(given: Given): CaptureOptions {
  const ring = given.text('ring')
  const words = given.has('i') && !given.texts('i').some(isPipe) ? given.words.join(' ') : ''
  return {
    filter: allOf([...given.texts('f'), words, filterOf(recipesOf(given))]),
    engine: choice(given, 'engine', ['cap', 'tcpdump', 'dumpcap']),
    snapLength: snapOption(given.text('s')),
    promiscuous: !given.has('p'),
    ring: ring === undefined ? undefined : ringOption(ring),
  }
}

function printOptions(given: Given) {
  const format = choice(given, 'T', ['text', 'json', 'tree', 'fields', 'ladder', 'sas']) ?? 'text'
  const story = format === 'ladder' || format === 'sas' ? format : undefined
  const columns = columnsOption(given)
  return {
    story,
    format: formatOf(given, format, columns !== undefined),
    columns: columns ?? noColumns,
    fieldStyle: fieldStyleOption(given),
    countOnly: given.has('count'),
    count: countOption(given.text('c')),
    numeric: given.has('n'),
    link: given.has('e'),
    quiet: given.has('q'),
    verbose: given.times('v'),
    time: timeStyles[Math.min(given.times('t'), timeStyles.length - 1)]!,
    dump: dumpOption(given.times('x'), given.times('X'), given.has('e')),
    printing: printingFlags.some(name => given.has(name)),
  } as const
}

const noColumns = { columns: [], depth: 'peel', selection: undefined, flows: false } as const

function formatOf(given: Given, format: string, fields: boolean): Options['format'] {
  const isJson = given.has('json') || format === 'json'
  if (fields && (isJson || (format !== 'text' && format !== 'fields')))
    throw new UsageError(`--fields: prints lines of its own; leave out ${isJson ? 'JSON' : `-T ${format}`}`)
  if (fields) return 'fields'
  return isJson ? 'json' : format === 'tree' ? 'tree' : 'text'
}

/** Whoever gives one of these wants lines, not a screen. */
const printingFlags = ['c', 'count', 'fields', 'T', 'json', 'e', 'q', 't', 'v', 'x', 'X'] as const

/** What says how to capture, and means nothing without an interface. */
const capturingFlags = ['f', 'recipe', 'engine', 's', 'p'] as const

/** Refuses what contradicts itself, and what would be left out without a word. */
function refuseConflicts(given: Given, { read, piped, hex, devices, write, wanted }: Options): void {
  refuseSeveral(given)
  const source = given.has('r') ? '-r' : hex === undefined ? undefined : '--hex'
  if (given.has('i') && source !== undefined)
    throw new UsageError(`${source} and -i: packets come from a capture or from an interface, not from both`)
  const idle = capturingFlags.find(name => given.has(name))
  if (piped && idle)
    throw new UsageError(
      `${dashed(idle)}: for a capture from an interface; what comes through a pipe was captured elsewhere`,
    )
  if (idle && devices.length === 0)
    throw new UsageError(`${dashed(idle)}: for a capture from an interface; give -i INTERFACE too`)
  if (given.has('ring') && devices.length === 0 && !piped && read !== '-')
    throw new UsageError('--ring: for packets that keep coming; give -i INTERFACE or -r - too')
  if (write !== undefined && wanted !== undefined && devices.length > 0)
    throw new UsageError(
      '-Y and -w: what is captured is written as it comes; -f chooses what that is, or -r FILE -Y … -w … later',
    )
  refuseWriting(given, read ?? hex, write)
  if (write !== undefined && devices.length === 0 && (read ?? hex) === undefined)
    throw new UsageError('-w: there is nothing to write; give -i INTERFACE or -r FILE too')
}

/**
 * Packets come from one file, and only those that lack a link type are told one.
 * @throws {UsageError} where the options say otherwise
 */
export function refuseSeveral(given: Given): void {
  const second = [...given.texts('r'), ...given.texts('hex')][1]
  if (second !== undefined) throw new UsageError(`${second}: one capture at a time`)
  if (given.has('link-type') && !given.has('hex'))
    throw new UsageError('--link-type: for packets of --hex; a capture says it itself')
}

function refuseWriting(given: Given, source: string | undefined, write: string | undefined): void {
  const rotating = ['C', 'G', 'W'].find(name => given.has(name))
  if (rotating && write === undefined) throw new UsageError(`-${rotating}: for files that -w writes`)
  if (rotating && write === '-')
    throw new UsageError(`-${rotating}: standard output cannot be divided into files`)
  if (given.has('W') && !given.has('C') && !given.has('G'))
    throw new UsageError('-W: counts the files that -C or -G begin; give one of them too')
  const lines = ['T', 'json', 'fields', 'count'].find(name => given.has(name))
  if (lines && write === '-')
    throw new UsageError(`${dashed(lines)}: standard output takes packets (-w -) or text, not both`)
  if (lines && write !== undefined && source !== undefined)
    throw new UsageError(`${dashed(lines)} and -w: a capture is printed or written to a file, not both`)
  if (write !== undefined && source !== undefined && write !== '-' && resolve(write) === resolve(source))
    throw new UsageError(`-w ${write}: would overwrite the capture that it is read from`)
}

const recipeNames = (given: Given): string[] => given.texts('recipe').flatMap(text => text.split(','))

function recipesOf(given: Given): Recipe[] {
  if (listOf(given)) return []
  return recipeNames(given).map(name => {
    const recipe = recipeNamed(name.trim())
    if (recipe) return recipe
    throw new UsageError(`--recipe ${name}: no such recipe; vpnscope --recipe list shows them`)
  })
}

const nouns: Readonly<Record<string, string>> = { T: 'format', theme: 'theme', engine: 'engine' }

function choice<Name extends string>(given: Given, flag: string, names: readonly Name[]): Name | undefined {
  const text = given.text(flag)
  const found = names.find(name => name === text)
  if (text === undefined || found !== undefined) return found
  throw new UsageError(`${dashed(flag)} ${text}: no such ${nouns[flag]}. Try one of: ${names.join(', ')}`)
}

function countOption(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new UsageError(`-c ${text}: not a number of packets; 1 is the least`)
}

const units: Readonly<Record<string, string>> = { C: 'million bytes', G: 'seconds', W: 'files' }

function wholeOption(given: Given, flag: string): number | undefined {
  const text = given.text(flag)
  if (text === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new UsageError(`-${flag} ${text}: not a number of ${units[flag]}; 1 is the least`)
}

/** libpcap takes no more. */
const longestSnap = 262_144

function snapOption(text = '0'): number {
  if (/^\d{1,6}$/.test(text) && Number(text) <= longestSnap) return Number(text)
  throw new UsageError(`-s ${text}: not a number of bytes up to ${longestSnap}; 0 is the whole packet`)
}

/** @throws {UsageError} for the name of no link type */
export function linkTypeOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = linkTypeNumber(text)
  if (number === undefined)
    throw new UsageError(`--link-type ${text}: no such link type. Try one of: EN10MB, RAW, LINUX_SLL2`)
  return number
}

/**
 * What `-d` and `--esp` say.
 * @throws {UsageError} for one that cannot be
 */
export function rulesOf(given: Given): Rules {
  return given.texts('esp').reduce(associationOption, given.texts('d').reduce(ruleOption, new Rules()))
}

function associationOption(rules: Rules, text: string): Rules {
  const association = readAssociation(text)
  if (typeof association === 'string') throw new UsageError(`--esp ${association}`)
  return rules.knowing(association)
}

function ruleOption(rules: Rules, text: string): Rules {
  const rule = readRule(text)
  if (typeof rule === 'string') throw new UsageError(`-d ${rule}`)
  return rules.with(rule)
}

function dumpOption(hex: number, ascii: number, link: boolean): Dump | undefined {
  if (hex + ascii === 0) return undefined
  return { ascii: ascii > 0, link: link || hex > 1 || ascii > 1 }
}
