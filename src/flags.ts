import parse from 'yargs-parser'
import { alike } from './alike.ts'

/** The command line cannot be followed: what is wrong with it, as a sentence. */
export class UsageError extends Error {}

type Flag = {
  readonly describe: string
  readonly group: 'Reading' | 'Capturing' | 'Writing' | 'Printing' | 'Screen' | 'More'
  readonly alias?: string
  readonly value?: string
  readonly counts?: true
}

export type Flags = Readonly<Record<string, Flag>>

/** The options, as help lists them. `value` names the argument of those that take one. */
export const flags: Flags = {
  r: { group: 'Reading', describe: 'read packets from a capture file; - is standard input', value: 'FILE' },
  hex: {
    group: 'Reading',
    describe: 'read packets from hex dumps as tcpdump, hexdump and xxd print them',
    value: 'FILE',
  },
  'link-type': {
    group: 'Reading',
    describe: 'what the hex-dumped packets start with, as EN10MB or RAW',
    value: 'TYPE',
  },
  d: {
    group: 'Reading',
    describe:
      'decode what a port or another number announces as a protocol: udp.port=51000:wireguard, ip.proto=99:gre; again for more',
    value: 'RULE',
  },
  esp: {
    group: 'Reading',
    describe:
      'the algorithms of ESP, which packets do not tell: aes-gcm-16, 0x1001=aes-cbc/hmac-sha2-256-128, 0x1001@192.0.2.1=null/hmac-sha1-96; again for more',
    value: 'ALGORITHM',
  },
  i: {
    group: 'Capturing',
    describe:
      'capture from an interface: em0, its number in -D, ssh://user@host[:port]/em0; several: -i em0 -i em1; - is standard input, a path is a FIFO',
    value: 'INTERFACE',
  },
  D: { group: 'Capturing', describe: 'list the interfaces' },
  f: {
    group: 'Capturing',
    describe:
      'capture only what this libpcap filter lets through; it may also stand at the end, as in tcpdump',
    value: 'FILTER',
  },
  recipe: {
    group: 'Capturing',
    describe: 'a filter that is ready: ike, ipsec, tunnels, …; several: ike,gre; list shows them all',
    value: 'NAME',
  },
  p: { group: 'Capturing', describe: 'leave the interface out of promiscuous mode' },
  s: { group: 'Capturing', describe: 'capture only so many bytes of each packet', value: 'BYTES' },
  engine: { group: 'Capturing', describe: 'what captures: cap, tcpdump or dumpcap', value: 'NAME' },
  ring: {
    group: 'Capturing',
    describe: 'forget the oldest packets above a size or an age: 512MB, 10min, or both: 512MB,10min',
    value: 'SIZE|TIME',
  },
  w: {
    group: 'Writing',
    describe: 'write the packets to a capture file, pcapng if it is so named; - is standard output',
    value: 'FILE',
  },
  C: { group: 'Writing', describe: 'begin a new file after so many million bytes', value: 'MB' },
  G: {
    group: 'Writing',
    describe: 'begin a new file after so many seconds; FILE may hold the time, as %H%M%S',
    value: 'SECONDS',
  },
  W: {
    group: 'Writing',
    describe: 'with -C: keep so many files, the oldest is overwritten; with -G: stop after so many',
    value: 'COUNT',
  },
  U: { group: 'Writing', describe: 'changes nothing: packets are written at once anyway' },
  Y: {
    group: 'Reading',
    describe:
      'only the packets that this display filter lets through: esp, inner.ip.dst == 10.0.0.1; words behind FILE may also be tcpdump’s',
    value: 'FILTER',
  },
  c: { group: 'Printing', describe: 'stop after so many packets', value: 'N' },
  fields: {
    group: 'Printing',
    describe: 'print these fields of each packet, with tabs between them: frame.number,ip.src,esp.spi',
    value: 'LIST',
  },
  E: {
    group: 'Printing',
    describe:
      'how fields are printed: "header=y,separator=,,quote=d,occurrence=f,aggregator=;" as in tshark; again for more',
    value: 'SETTINGS',
  },
  count: { group: 'Printing', describe: 'print only the number of packets' },
  T: {
    group: 'Printing',
    describe:
      'how to print packets: text, json (one object a line), tree, or fields that -e names; or what they tell together: ladder or sas',
    value: 'FORMAT',
  },
  json: { group: 'Printing', describe: 'the same as -T json; beside -T ladder and -T sas, these as JSON' },
  n: { group: 'Printing', describe: 'ports as numbers, not names' },
  e: { group: 'Printing', describe: 'print the link header too' },
  q: { group: 'Printing', describe: 'say less about protocols' },
  t: {
    group: 'Printing',
    describe: 'no time; -tt since 1970, -ttt since the last packet, -tttt with date, -ttttt since the first',
    counts: true,
  },
  v: { group: 'Printing', describe: 'say more, check checksums; -vv and -vvv say even more', counts: true },
  x: { group: 'Printing', describe: 'dump the bytes in hex; -xx with the link header', counts: true },
  X: {
    group: 'Printing',
    describe: 'dump the bytes in hex and ASCII; -XX with the link header',
    counts: true,
  },
  l: { group: 'Printing', describe: 'changes nothing: lines are written at once anyway' },
  theme: {
    group: 'Screen',
    describe: 'colours on the screen: dark, light or mono; default: as the terminal says',
    value: 'NAME',
  },
  ascii: { group: 'Screen', describe: 'no signs on the screen but ASCII' },
  'no-mouse': { group: 'Screen', describe: 'leave the mouse to the terminal' },
  'list-keys': { group: 'Screen', describe: 'list all keys, as a file can set others' },
  help: { group: 'More', describe: 'show this help', alias: 'h' },
  version: { group: 'More', describe: 'show the version', alias: 'V' },
}

/** Some of the options, for commands that share them. */
export const flagsNamed = (...names: readonly string[]): Flags =>
  Object.fromEntries(names.map(name => [name, flags[name]!]))

/** The options of `vpnscope learn`. */
export const learnFlags = flagsNamed('d', 'esp', 'theme', 'ascii', 'no-mouse', 'help')

const aliasOf = (letter: string, table: Flags) =>
  Object.entries(table).find(([, flag]) => flag.alias === letter)?.[0]

/** The option as people type it: `-r`, `--hex`. */
export const dashed = (name: string): string => (name.length === 1 ? `-${name}` : `--${name}`)

/** What a command line gives, option by option. */
export class Given {
  readonly #values: Readonly<Record<string, unknown>>
  /** What belongs to no option. */
  readonly words: readonly string[]

  constructor(values: Readonly<Record<string, unknown>>, words: readonly string[]) {
    this.#values = values
    this.words = words
  }

  has(name: string): boolean {
    const value = this.#values[name]
    return value !== undefined && value !== false && value !== 0
  }

  /** How often a letter that counts was given. */
  times(name: string): number {
    return Number(this.#values[name] ?? 0)
  }

  /** All values that an option was given, in their order. */
  texts(name: string): string[] {
    const value = this.#values[name]
    return value === undefined ? [] : [value].flat().map(String)
  }

  /** The value of an option that is given once; the last one where it is given more often, as in getopt. */
  text(name: string): string | undefined {
    return this.texts(name).at(-1)
  }
}

/**
 * Understands a command line as getopt does: letters combine (`-XXvvvr FILE`), a value may follow at once (`-c10`).
 *
 * @param command whose help lists the options
 * @throws {UsageError} for an option that is not there, lacks its value, or has one that it does not take
 */
export function parseFlags(args: readonly string[], table: Flags = flags, command = 'vpnscope'): Given {
  const entries = Object.entries(table)
  const { _: words, ...values } = parse(separate(args, table, command), {
    string: entries.filter(([, flag]) => flag.value).map(([name]) => name),
    boolean: entries.filter(([, flag]) => !flag.value && !flag.counts).map(([name]) => name),
    count: entries.filter(([, flag]) => flag.counts).map(([name]) => name),
    configuration: {
      'camel-case-expansion': false,
      'boolean-negation': false,
      'dot-notation': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
    },
  })
  const given = new Given(values, words.map(String))
  const missing = entries.find(([name, flag]) => flag.value && given.texts(name).includes(''))
  if (missing) throw new UsageError(`${dashed(missing[0])}: ${missing[1].value} is missing`)
  return given
}

/** `-XXvr FILE` → `-X -X -v -r=FILE`. */
function separate(args: readonly string[], table: Flags, command: string): string[] {
  const separated: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--') return [...separated, ...args.slice(i)]
    if (arg.startsWith('--')) {
      // A value of `-` would pass for an option of its own.
      const joined = longFlag(arg, table, command) && i + 1 < args.length
      separated.push(joined ? `${arg}=${args[++i]}` : arg)
      continue
    }
    if (!/^-./.test(arg)) {
      separated.push(arg)
      continue
    }
    if (isLong(arg.slice(1), table)) throw unknownFlag(arg, table, command)
    for (let at = 1; at < arg.length; at++) {
      const letter = arg[at]!
      const name = aliasOf(letter, table) ?? letter
      if (!Object.hasOwn(table, name)) throw unknownFlag(`-${letter}`, table, command)
      separated.push(dashed(name))
      const value = table[name]?.value
      if (!value) continue
      const given = at + 1 < arg.length ? arg.slice(at + 1) : args[++i]
      if (given === undefined) throw new UsageError(`-${letter}: ${value} is missing`)
      separated[separated.length - 1] = `${dashed(letter)}=${given}`
      break
    }
  }
  return separated
}

const isLong = (name: string, table: Flags): boolean => name.length > 1 && Object.hasOwn(table, name)

/** Whether the value of `--name` is the next word; false as well where it has none, or stands behind a sign of equality. */
function longFlag(arg: string, table: Flags, command: string): boolean {
  const [, name = '', value] = /^--([^=]*)(=.*)?$/s.exec(arg) ?? []
  if (!isLong(name, table)) throw unknownFlag(`--${name}`, table, command)
  const takesValue = table[name]?.value !== undefined
  if (value !== undefined && !takesValue) throw new UsageError(`--${name} takes no value`)
  return takesValue && value === undefined
}

/** Says which option may have been meant: one of as many dashes as it has, or one that looks alike. */
function unknownFlag(typed: string, table: Flags, command: string): UsageError {
  const name = typed.replace(/^-+/, '')
  const near = Object.hasOwn(table, name)
    ? [name]
    : alike(
        name,
        Object.keys(table).filter(key => isLong(key, table)),
        2,
      )
  const advice =
    near.length > 0 ? `did you mean ${near.map(dashed).join(' or ')}?` : `${command} --help lists them`
  return new UsageError(`${typed}: no such option; ${advice}`)
}
