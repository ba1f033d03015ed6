import parse from 'yargs-parser'
import { linkTypeNumber } from './link-types.ts'
import { timeStyles } from './print/clock.ts'
import type { PrintOptions } from './print/print.ts'
import type { Dump } from './print/tcpdump.ts'

/** Everything that the command line can say. */
export type Options = PrintOptions & {
  /** The capture to read, `-` for standard input. */
  readonly read: string | undefined
  /** Text with hex dumps to read in the place of a capture. */
  readonly hex: string | undefined
  readonly linkType: number | undefined
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

/** The command line cannot be followed: what is wrong with it, as a sentence. */
export class UsageError extends Error {}

type Flag = {
  readonly describe: string
  readonly alias?: string
  readonly value?: string
  readonly counts?: true
}

/** The options, as help lists them. `value` names the argument of those that take one. */
export const flags: Readonly<Record<string, Flag>> = {
  r: { describe: 'read packets from a capture file; - is standard input', value: 'FILE' },
  hex: { describe: 'read packets from hex dumps as tcpdump, hexdump and xxd print them', value: 'FILE' },
  'link-type': { describe: 'what the hex-dumped packets start with, as EN10MB or RAW', value: 'TYPE' },
  c: { describe: 'stop after so many packets', value: 'N' },
  count: { describe: 'print only the number of packets' },
  T: { describe: 'how to print: text, json (one object a line) or tree', value: 'FORMAT' },
  json: { describe: 'the same as -T json' },
  n: { describe: 'ports as numbers, not names' },
  e: { describe: 'print the link header too' },
  q: { describe: 'say less about protocols' },
  t: {
    describe: 'no time; -tt since 1970, -ttt since the last packet, -tttt with date, -ttttt since the first',
    counts: true,
  },
  v: { describe: 'say more, check checksums; -vv and -vvv say even more', counts: true },
  x: { describe: 'dump the bytes in hex; -xx with the link header', counts: true },
  X: { describe: 'dump the bytes in hex and ASCII; -XX with the link header', counts: true },
  theme: {
    describe: 'colours on the screen: dark, light or mono; default: as the terminal says',
    value: 'NAME',
  },
  ascii: { describe: 'no signs on the screen but ASCII' },
  'no-mouse': { describe: 'leave the mouse to the terminal' },
  help: { describe: 'show this help', alias: 'h' },
  version: { describe: 'show the version', alias: 'V' },
}

const names = Object.entries(flags)
const aliasOf = (letter: string) => names.find(([, flag]) => flag.alias === letter)?.[0]

/** Understands a command line as getopt does: letters combine (`-XXvvvr FILE`), a value may follow at once (`-c10`). */
export function readOptions(args: readonly string[]): Options {
  const argv = parse(separate(args), {
    string: names.filter(([, flag]) => flag.value).map(([name]) => name),
    boolean: names.filter(([, flag]) => !flag.value && !flag.counts).map(([name]) => name),
    count: names.filter(([, flag]) => flag.counts).map(([name]) => name),
    configuration: {
      'camel-case-expansion': false,
      'boolean-negation': false,
      'dot-notation': false,
      'duplicate-arguments-array': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
    },
  })
  const unknown = Object.keys(argv).find(name => name !== '_' && !(name in flags))
  if (unknown) throw new UsageError(`${dashed(unknown)}: no such option; vpnscope --help lists them`)
  const missing = names.find(([name, flag]) => flag.value && argv[name] === '')
  if (missing) throw new UsageError(`${dashed(missing[0])}: ${missing[1].value} is missing`)
  const files = argv._.map(String)
  const text = (name: string): string | undefined => argv[name]
  const times = (name: string): number => argv[name] ?? 0
  if (files.length > 1 || (files.length === 1 && text('r') !== undefined))
    throw new UsageError(`${files.at(-1)}: one capture at a time`)
  return {
    read: text('r') ?? files[0],
    hex: text('hex'),
    linkType: linkTypeOption(text('link-type')),
    format: argv['json'] ? 'json' : formatOption(text('T')),
    countOnly: argv['count'] === true,
    count: countOption(text('c')),
    numeric: argv['n'] === true,
    link: argv['e'] === true,
    quiet: argv['q'] === true,
    verbose: times('v'),
    time: timeStyles[Math.min(times('t'), timeStyles.length - 1)]!,
    dump: dumpOption(times('x'), times('X'), argv['e'] === true),
    printing: printingFlags.some(name => argv[name]),
    mouse: argv['no-mouse'] !== true,
    ascii: argv['ascii'] === true,
    theme: themeOption(text('theme')),
    help: argv['help'] === true,
    version: argv['version'] === true,
  }
}

/** Whoever gives one of these wants lines, not a screen. */
const printingFlags = ['c', 'count', 'T', 'json', 'e', 'q', 't', 'v', 'x', 'X'] as const

const dashed = (name: string) => (name.length === 1 ? `-${name}` : `--${name}`)

/** `-XXvr FILE` → `-X -X -v -r FILE`. */
function separate(args: readonly string[]): string[] {
  const separated: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--') return [...separated, ...args.slice(i)]
    if (!/^-[^-]/.test(arg)) {
      // A value of `-` would pass for an option of its own.
      const joined = arg.startsWith('--') && flags[arg.slice(2)]?.value && i + 1 < args.length
      separated.push(joined ? `${arg}=${args[++i]}` : arg)
      continue
    }
    for (let at = 1; at < arg.length; at++) {
      const letter = arg[at]!
      separated.push(dashed(aliasOf(letter) ?? letter))
      if (!flags[letter]?.value) continue
      const value = at + 1 < arg.length ? arg.slice(at + 1) : args[++i]
      if (value === undefined) throw new UsageError(`-${letter}: ${flags[letter].value} is missing`)
      separated[separated.length - 1] = `${dashed(letter)}=${value}`
      break
    }
  }
  return separated
}

function formatOption(text = 'text'): Options['format'] {
  if (text === 'text' || text === 'json' || text === 'tree') return text
  throw new UsageError(`-T ${text}: no such format. Try one of: text, json, tree`)
}

function countOption(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new UsageError(`-c ${text}: not a number of packets; 1 is the least`)
}

function linkTypeOption(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const number = linkTypeNumber(text)
  if (number === undefined)
    throw new UsageError(`--link-type ${text}: no such link type. Try one of: EN10MB, RAW, LINUX_SLL2`)
  return number
}

function dumpOption(hex: number, ascii: number, link: boolean): Dump | undefined {
  if (hex + ascii === 0) return undefined
  return { ascii: ascii > 0, link: link || hex > 1 || ascii > 1 }
}

function themeOption(text: string | undefined): Options['theme'] {
  if (text === undefined || text === 'dark' || text === 'light' || text === 'mono') return text
  throw new UsageError(`--theme ${text}: no such theme. Try one of: dark, light, mono`)
}
