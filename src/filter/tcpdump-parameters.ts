import { FilterError } from './errors.ts'
import type { Expression, Span } from './expression.ts'
import type { Following } from './tcpdump-alone.ts'
import { type Given, numberFrom } from './tcpdump-terms.ts'
import {
  both,
  combined,
  compared,
  denied,
  either,
  named,
  quoted,
  ranged,
  there,
  written,
} from './tcpdump-tree.ts'

/** A test that a word makes with what stands behind it. */
type Make = (span: Span, following: Following) => Expression

const wrong = ({ at, end, text }: Given, expected: string) =>
  new FilterError(`${text} does not follow here`, at, end, expected)

/** A number, or one of these names of numbers, that a field is. */
const valued =
  (field: string, names: Readonly<Record<string, number>> = {}): Make =>
  (span, following) => {
    const expected = ['a number', ...Object.keys(names)].join(', ')
    const given = following.word(expected)
    const value = Object.hasOwn(names, given.text) ? names[given.text] : numberFrom(given.text)
    if (value === undefined) throw wrong(given, expected)
    return compared({ at: span.at, end: given.end }, field, '==', `${value}`)
  }

/** A text that a field is. */
const called =
  (field: string, expected: string): Make =>
  (span, following) => {
    const given = following.word(expected)
    const all = { at: span.at, end: given.end }
    return compared(all, field, '==', quoted(given, given.text))
  }

const reasons = { match: 0, 'bad-offset': 1, fragment: 2, short: 3, normalize: 4, memory: 5 }
const actions = { pass: 0, accept: 0, block: 1, drop: 1, scrub: 2, nat: 4, binat: 6, rdr: 8 }

/** Types of IS-IS packets, by the words for several of them. */
const isisTypes: Readonly<Record<string, readonly number[]>> = {
  l1: [15, 17, 18, 24, 26],
  l2: [16, 17, 20, 25, 27],
  iih: [15, 16, 17],
  lsp: [18, 20],
  snp: [24, 25, 26, 27],
  csnp: [24, 25],
  psnp: [26, 27],
}

const ofIsis =
  (types: readonly number[]): Make =>
  span =>
    ranged(
      span,
      'isis.type',
      types.map(type => [`${type}`, `${type}`]),
    )

/** The bits of LLC's control field that make a type, and which of them count. */
const llcTypes: Readonly<Record<string, readonly [mask: number, bits: number]>> = {
  i: [0x01, 0x00],
  s: [0x03, 0x01],
  u: [0x03, 0x03],
  rr: [0x0f, 0x01],
  rnr: [0x0f, 0x05],
  rej: [0x0f, 0x09],
  ui: [0xef, 0x03],
  ua: [0xef, 0x63],
  disc: [0xef, 0x43],
  sabme: [0xef, 0x6f],
  test: [0xef, 0xe3],
  xid: [0xef, 0xaf],
  frmr: [0xef, 0x87],
}

/** `llc`, `llc ui`. */
const llc: Make = (span, following) => {
  const type = following.any(Object.keys(llcTypes))
  if (type === undefined) return there(span, 'llc')
  const [mask, bits] = llcTypes[type.text]!
  const all = { at: span.at, end: type.end }
  return compared(
    all,
    combined(all, named(all, 'llc.control'), '&', written(all, hex(mask))),
    '==',
    hex(bits),
  )
}

const hex = (value: number) => `0x${value.toString(16).padStart(2, '0')}`

/** `iso`, `iso proto \\isis`. */
const iso: Make = (span, following) => {
  const osi = compared(span, 'llc.dsap', '==', '254')
  if (following.any(['proto']) === undefined) return osi
  const given = following.word('isis or 0x83')
  if (given.text !== 'isis' && numberFrom(given.text) !== 0x83) throw wrong(given, 'isis or 0x83')
  return there({ at: span.at, end: given.end }, 'isis')
}

/** What this host sent, by the two links that tell. */
const sent = (span: Span): Expression =>
  either([compared(span, 'sll.pkttype', '==', '4'), compared(span, 'pflog.dir', '==', '2')])

const received = (span: Span): Expression =>
  both([either([there(span, 'sll'), there(span, 'pflog')]), denied(span, sent(span))])

const parametered: Readonly<Record<string, Make>> = {
  inbound: received,
  outbound: sent,
  ifname: called('pflog.ifname', 'an interface'),
  on: called('pflog.ifname', 'an interface'),
  rset: called('pflog.ruleset', 'a rule set'),
  ruleset: called('pflog.ruleset', 'a rule set'),
  rnr: valued('pflog.rulenr'),
  rulenum: valued('pflog.rulenr'),
  srnr: valued('pflog.subrulenr'),
  subrulenum: valued('pflog.subrulenr'),
  reason: valued('pflog.reason', reasons),
  action: valued('pflog.action', actions),
  ifindex: valued('sll.ifindex'),
  llc,
  iso,
  ...Object.fromEntries(Object.entries(isisTypes).map(([word, types]) => [word, ofIsis(types)])),
}

/** Words that stand alone or have a name or number of their own behind them. */
export const parameterWords: ReadonlySet<string> = new Set(Object.keys(parametered))

/** `ifname em0`, `llc ui`, `lsp`; undefined: it is none of these words. @throws {FilterError} */
export function withParameter(word: Given, following: Following): Expression | undefined {
  return parameterWords.has(word.text) ? parametered[word.text]!(word, following) : undefined
}
