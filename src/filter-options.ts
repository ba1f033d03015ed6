import { existsSync } from 'node:fs'
import { type Columns, columnsOf } from './filter/columns.ts'
import { errorLines } from './filter/error-lines.ts'
import { compileFilter, type Filter, FilterError, type Languages } from './filter/filter.ts'
import { type Flags, flags, type Given, UsageError } from './flags.ts'
import { type FieldStyle, plainStyle } from './print/fields.ts'

/** With `-T fields`, as in tshark, -e names a field; otherwise it is tcpdump's. */
export function flagsFor(args: readonly string[]): Flags {
  const asks = args.some(
    (arg, i) => /^-\w*Tfields$/.test(arg) || (arg === 'fields' && /^-\w*T$/.test(args[i - 1] ?? '')),
  )
  return asks ? { ...flags, e: { group: 'Printing', describe: 'a field to print', value: 'FIELD' } } : flags
}

/**
 * The packets that are wanted, of -Y and of the words behind the capture.
 * @throws {UsageError} where they are no filter
 */
export function wantedOption(given: Given, words: readonly string[]): Filter | undefined {
  const filters = given.texts('Y').map(text => understood(text, 'display'))
  if (words.length > 0) filters.push(understood(words.join(' '), 'both', () => refuseFile(words)))
  if (filters.length < 2) return filters[0]
  return compileFilter(filters.map(({ text }) => `(${text})`).join(' && '), 'display')
}

function understood(text: string, languages: Languages, unless?: () => void): Filter {
  try {
    return compileFilter(text, languages)
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    unless?.()
    throw new UsageError(errorLines(text, error))
  }
}

/** Whoever names two captures meant no filter. */
function refuseFile(words: readonly string[]): void {
  const file = words.find(word => existsSync(word) || /\.(pcap|pcapng|cap)(\.gz)?$/.test(word))
  if (file !== undefined) throw new UsageError(`${file}: one capture at a time`)
}

/**
 * The fields that are printed, of --fields and of `-T fields -e`; undefined: none are asked for.
 * @throws {UsageError} where one of them has no name
 */
export function columnsOption(given: Given): Columns | undefined {
  const isLong = given.text('T') === 'fields'
  const texts = [...given.texts('fields').flatMap(split), ...(isLong ? given.texts('e') : [])]
  if (texts.length === 0) {
    if (isLong) throw new UsageError('-T fields: no field was named; -e FIELD does, once for each')
    if (given.has('fields')) throw new UsageError('--fields: no field was named; as in frame.number,ip.src')
    if (given.has('E')) throw new UsageError('-E: for fields; give --fields or -T fields too')
    return undefined
  }
  for (const text of texts) {
    try {
      columnsOf([text])
    } catch (error) {
      if (error instanceof FilterError) throw new UsageError(errorLines(text, error, '--fields'))
      throw error
    }
  }
  return columnsOf(texts)
}

/** At commas, but not at those in brackets and parentheses. */
const split = (text: string): string[] =>
  (text.match(/(?:[^,[(]|\[[^\]]*\]?|\([^)]*\)?)+/g) ?? []).map(name => name.trim()).filter(Boolean)

const styleNames = 'bom|header|separator|quote|occurrence|aggregator'
const styleForm = new RegExp(`^(?:${styleNames})=.*$`, 's')
const styleBreak = new RegExp(`,(?=(?:${styleNames})=)`)
const quotes = { d: '"', s: "'", n: '' } as const

/**
 * How fields are printed: `header=y,separator=,`, in one -E or in several.
 * @throws {UsageError} where tshark's words are not used
 */
export function fieldStyleOption(given: Given): FieldStyle {
  let style = plainStyle
  for (const setting of given.texts('E').flatMap(text => text.split(styleBreak))) {
    const value = setting.slice(setting.indexOf('=') + 1)
    const changed = styleForm.test(setting)
      ? styleWith(setting.slice(0, setting.indexOf('=')), value)
      : undefined
    if (changed === undefined)
      throw new UsageError(
        `-E ${setting}: not understood. Try: header=y, separator=, (or /t, /s), quote=d|s|n, occurrence=f|l|a, aggregator=;, bom=y`,
      )
    style = { ...style, ...changed }
  }
  return style
}

function styleWith(name: string, value: string): Partial<FieldStyle> | undefined {
  if (name === 'header' || name === 'bom')
    return value === 'y' || value === 'n' ? { [name]: value === 'y' } : undefined
  if (name === 'quote')
    return value === 'd' || value === 's' || value === 'n' ? { quote: quotes[value] } : undefined
  if (name === 'occurrence')
    return value === 'f' || value === 'l' || value === 'a' ? { occurrence: value } : undefined
  const sign = value === '/t' ? '\t' : value === '/s' ? ' ' : value
  if (sign.length !== 1) return undefined
  return name === 'separator' ? { separator: sign } : { aggregator: sign }
}
