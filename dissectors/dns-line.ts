import { display, type LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { f } from './dns-fields.ts'
import { optionFields } from './dns-opt.ts'
import { recordFields as d } from './dns-records.ts'
import { recordTypes } from './numbers/dns.ts'

const bit = { response: 0x8000, authority: 0x400, cut: 0x200, wanted: 0x100, available: 0x80 } as const
const [genuine, unchecked, odd] = [0x20, 0x10, 0x6cf]
const internet = 1
/** A record so long that only -v says what it holds. */
const authority = 6

/**
 * DNS as tcpdump prints it: `6699+ A? www.example.com. (33)`, and of answers `6699 1/0/0 A 192.0.2.80 (49)`, where the numbers
 * count answers, authorities and additional records. -vv has these too, -vvv names and times of all.
 */
export function printDns(v: LayerView, line: Line): void {
  const { out } = line
  if (!v.has(f.additionals)) {
    line.plain(v)
    return
  }
  const flags = v.number(f.flags)
  out.decimal(v.number(f.id)).ascii(operations[(flags >> 11) & 15] ?? ` op${(flags >> 11) & 15}`)
  if (flags & bit.response) printAnswer(v, line, flags)
  else printQuestion(v, line, flags)
  out.ascii(' (').decimal(v.extent).ascii(')')
}

function printQuestion(v: LayerView, line: Line, flags: number): void {
  const { out } = line
  if (flags & bit.wanted) out.ascii('+')
  if (flags & unchecked) out.ascii('%')
  if (flags & odd) out.ascii(' [b2&3=0x').hex(flags).ascii(']')
  const counts = [
    v.number(f.answers),
    v.number(f.questions),
    v.number(f.authorities),
    v.number(f.additionals),
  ]
  for (const [i, unit] of ['a', 'q', 'n', 'au'].entries())
    if (counts[i] !== (unit === 'q' ? 1 : 0)) out.ascii(` [${counts[i]}${unit}]`)
  printQuestions(v, line)
  if (line.options.verbose > 1) printRecords(v, line, [counts[0]!, counts[2]!, counts[3]!], allSections)
}

const allSections = [' an:', ' ns:', ' ar:'] as const

function printAnswer(v: LayerView, line: Line, flags: number): void {
  const { out, options } = line
  out.ascii(outcomes[flags & 15] ?? ` Resp${flags & 15}`)
  if (flags & bit.authority) out.ascii('*')
  if (!(flags & bit.available)) out.ascii('-')
  if (flags & bit.cut) out.ascii('|')
  if (flags & genuine) out.ascii('$')
  const questions = v.number(f.questions)
  if (questions !== 1) out.ascii(` [${questions}q]`)
  if (options.verbose > 1 && questions > 0) {
    out.ascii(' q:')
    printQuestions(v, line)
  }
  const counts = [v.number(f.answers), v.number(f.authorities), v.number(f.additionals)]
  out.ascii(` ${counts.join('/')}`)
  printRecords(v, line, counts, options.verbose > 1 ? ['', ' ns:', ' ar:'] : [''])
}

/** ` A? www.example.com.`, several with commas between them. */
function printQuestions(v: LayerView, { out }: Line): void {
  let before = ''
  for (let at = v.at(f.questionName); at >= 0; at = v.at(f.questionName, at)) {
    const until = v.at(f.questionName, at)
    const type = valueAt(v, f.questionType, at, until)
    const asked = [' (QM)', ' (QU)'][valueAt(v, f.unicast, at, until)] ?? ''
    const kind = valueAt(v, f.questionClass, at, until)
    if (Number.isNaN(type) || Number.isNaN(kind)) return
    out.ascii(`${before} ${typeName(type)}${asked}${kind === internet ? '' : ` ${className(kind)}`}? `)
    out.text(dotted(display(v.found, at, v)))
    before = ','
  }
}

const valueAt = (v: LayerView, field: (typeof f)[keyof typeof f], after: number, until: number): number =>
  v.found.values[v.at(field, after, until < 0 ? undefined : until)] ?? Number.NaN

/** The records of as many sections as there are headings for. */
function printRecords(
  v: LayerView,
  line: Line,
  counts: readonly number[],
  headings: readonly string[],
): void {
  let at = v.at(f.name)
  for (const [i, heading] of headings.entries())
    for (let n = 0; n < counts[i]!; n++) {
      if (at < 0) return
      const next = v.at(f.name, at)
      line.out.ascii(n === 0 ? heading : ',')
      printRecord(v, line, at, next)
      at = next
    }
}

function printRecord(v: LayerView, { out, options }: Line, at: number, next: number): void {
  const type = valueAt(v, f.type, at, next)
  if (Number.isNaN(type)) return
  if (options.verbose > 2) {
    const ttl = valueAt(v, f.ttl, at, next)
    out.ascii(' ').text(dotted(display(v.found, at, v)))
    if (!Number.isNaN(ttl)) out.ascii(` [${ttl}s]`)
  }
  if (valueAt(v, f.flush, at, next) === 1) out.ascii(' (Cache flush)')
  out.ascii(` ${typeName(type)}`)
  const said =
    (type !== authority || options.verbose > 0) &&
    contents[type]?.((field, after = at) => v.at(field, after, next < 0 ? undefined : next), v)
  if (said) out.ascii(' ').text(said)
}

type Find = (field: (typeof d)[keyof typeof d] | typeof optionFields.size, after?: number) => number
type Contents = (find: Find, v: LayerView) => string

const shown =
  (...fields: readonly (typeof d)[keyof typeof d][]): Contents =>
  (find, v) =>
    fields
      .map(field => [field, find(field)] as const)
      .map(([{ type }, at]) =>
        at < 0 ? '' : type === 'group' ? dotted(display(v.found, at, v)) : plainValue(v, at),
      )
      .join(' ')

/** Numbers without their units. */
const plainValue = (v: LayerView, at: number): string =>
  v.found.fields[at]!.type === 'uint' ? String(v.found.values[at]) : display(v.found, at, v)

/** What the records of common types say; of others the type is enough for a line. */
const contents: Readonly<Record<number, Contents>> = {
  1: shown(d.a),
  2: shown(d.ns),
  5: shown(d.cname),
  6: shown(d.mainServer, d.mailbox, d.serial),
  12: shown(d.ptr),
  15: shown(d.exchange, d.preference),
  16: texts,
  28: shown(d.aaaa),
  33: (find, v) => `${shown(d.target)(find, v)}:${shown(d.port, d.priority, d.weight)(find, v)}`,
  39: shown(d.dname),
  41: (find, v) => `UDPsize=${v.found.values[find(optionFields.size)] ?? '?'}`,
}

function texts(find: Find, v: LayerView): string {
  const all: string[] = []
  for (let at = find(d.text); at >= 0; at = find(d.text, at)) all.push(`"${display(v.found, at, v)}"`)
  return all.join(' ')
}

const dotted = (name: string): string => (name === '<Root>' ? '.' : `${name}.`)
const typeName = (type: number): string => recordTypes[type] ?? `Type${type}`
const className = (kind: number): string => classes[kind] ?? `(Class ${kind})`
const classes: Readonly<Record<number, string>> = { 2: 'CSNET', 3: 'CHAOS', 4: 'HS', 254: 'NONE', 255: 'ANY' }
const operations = ['', ' inv_q', ' stat', ' op3', ' notify', ' update']
const outcomes = [
  '',
  ' FormErr',
  ' ServFail',
  ' NXDomain',
  ' NotImp',
  ' Refused',
  ' YXDomain',
  ' YXRRSet',
  ' NXRRSet',
  ' NotAuth',
  ' NotZone',
]
