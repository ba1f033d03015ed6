import { existsSync } from 'node:fs'
import type { Rules } from './dissect/rules.ts'
import { type Flags, flagsNamed, parseFlags, UsageError } from './flags.ts'
import { linkTypeOption, refuseSeveral, rulesOf } from './options.ts'

/** What `vpnscope explain` is asked for. */
export type ExplainOptions = {
  /** The capture, `-` for standard input; undefined: a name is explained, or names are listed. */
  readonly read: string | undefined
  readonly hex: string | undefined
  readonly linkType: number | undefined
  readonly rules: Rules
  /** Packets, ascending, without doubles; empty: the first one. */
  readonly packets: readonly Range[]
  /** What differs between two packets, in place of what each of them is. */
  readonly diff: boolean
  /** A protocol, field or value. */
  readonly name: string | undefined
  /** List the names that begin so. */
  readonly list: string | undefined
  readonly format: 'text' | 'md' | 'html'
  readonly depth: 'brief' | 'full'
  readonly ascii: boolean
  readonly help: boolean
}

/** Packets from one number to another, both included. */
export type Range = { readonly from: number; readonly to: number }

/** The options of `vpnscope explain`, as its help lists them. */
export const explainFlags: Flags = {
  ...flagsNamed('r', 'hex', 'link-type', 'd', 'esp'),
  n: { group: 'Printing', describe: 'which packets: 2 or 2,5-7; the first one without it', value: 'NUMBERS' },
  diff: { group: 'Printing', describe: 'what differs between two packets, as in -n 2,3 --diff, and why' },
  format: {
    group: 'Printing',
    describe: 'text, md or html: one page that needs nothing else',
    value: 'FORMAT',
  },
  depth: {
    group: 'Printing',
    describe: 'full, or brief: what each field holds, and no more than that',
    value: 'DEPTH',
  },
  list: { group: 'Printing', describe: 'list the names that there is something to say about' },
  ascii: { group: 'Printing', describe: 'no signs but ASCII' },
  help: { group: 'More', describe: 'show this help', alias: 'h' },
}

/**
 * Understands what stands behind `vpnscope explain`.
 * @throws {UsageError} where it asks for what cannot be, with a sentence
 */
export function readExplainOptions(args: readonly string[]): ExplainOptions {
  const given = parseFlags(args, explainFlags, 'vpnscope explain')
  const list = given.has('list')
  const read = given.text('r')
  const hex = given.text('hex')
  const words = given.words.join(' ')
  const options = {
    linkType: linkTypeOption(given.text('link-type')),
    rules: rulesOf(given),
    packets: rangesOf(given.text('n')),
    format: choice(given.text('format'), 'format', ['text', 'md', 'html']),
    depth: choice(given.text('depth'), 'depth', ['full', 'brief']),
    diff: given.has('diff'),
    ascii: given.has('ascii'),
    help: given.has('help'),
    list: list ? words : undefined,
    hex,
  }
  if (!options.help) refuseSeveral(given)
  if (options.diff && countOf(options.packets) !== 2)
    throw new UsageError('--diff compares two packets; -n 2,3 names them')
  if (list || read !== undefined || hex !== undefined || options.help) {
    if (!list && words !== '') throw new UsageError(`${words}: one capture at a time`)
    return { ...options, read, name: undefined }
  }
  if (words === '')
    throw new UsageError(
      'explain what? A capture (explain FILE -n 2) or a name (explain ip.ttl); explain --list has the names',
    )
  const isFile = words === '-' || existsSync(words)
  if (!isFile && given.words.length > 1 && existsSync(given.words[0]!)) refuseWords(given.words[1]!, words)
  if (!isFile && (given.has('n') || looksLikeFile(words))) throw new UsageError(`${words}: no such file`)
  return { ...options, read: isFile ? words : undefined, name: isFile ? undefined : words }
}

function refuseWords(second: string, words: string): never {
  if (existsSync(second) || looksLikeFile(second)) throw new UsageError(`${second}: one capture at a time`)
  throw new UsageError(`${words}: explain takes a capture or a name, not both`)
}

const looksLikeFile = (text: string): boolean => /^[.~]{0,2}\/|\.(pcap|pcapng|cap|ntar)(\.gz)?$/i.test(text)

const countOf = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0)

/** No capture has more packets, and no number of one more digits. */
const longestNumber = 15

function rangesOf(text: string | undefined): readonly Range[] {
  if (text === undefined) return []
  const ranges = text.split(',').map(piece => {
    const [, from = '', to = from] = /^(\d+)(?:-(\d+))?$/.exec(piece.trim()) ?? []
    const range = { from: Number(from), to: Number(to) }
    if (from === '' || to.length > longestNumber || range.from < 1 || range.to < range.from)
      throw new UsageError(`-n ${text}: not numbers of packets; as in 2 or 2,5-7, and 1 is the first`)
    return range
  })
  return joined(ranges.sort((a, b) => a.from - b.from))
}

/** Ranges without those parts that they share. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const apart: Range[] = []
  for (const { from, to } of ranges) {
    const before = apart.at(-1)
    if (before && from <= before.to) apart[apart.length - 1] = { ...before, to: Math.max(before.to, to) }
    else apart.push({ from, to })
  }
  return apart
}

function choice<Name extends string>(text: string | undefined, flag: string, names: readonly Name[]): Name {
  const found = text === undefined ? names[0] : names.find(name => name === text)
  if (found !== undefined) return found
  throw new UsageError(`--${flag} ${text}: no such ${flag}. Try one of: ${names.join(', ')}`)
}
