import { escapeControls } from '../src/byte-writer.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { pfReasons } from './numbers/pf.ts'
import { f, none, noProcess } from './pflog-fields.ts'

const actions: Readonly<Record<number, string>> = {
  0: 'pass',
  1: 'block',
  2: 'scrub',
  4: 'nat',
  5: 'nat',
  6: 'binat',
  7: 'binat',
  8: 'rdr',
  9: 'rdr',
  12: 'match',
}

const out = 2

/** pf's header as OpenBSD's tcpdump prints it: with -e, `rule 2.vpn.4/(match) pass in on em0: `. */
export function printPflog(v: LayerView, line: Line): void {
  if (line.options.link && v.has(f.direction)) printHeader(v, line)
  line.inner(v)
}

function printHeader(v: LayerView, line: Line): void {
  const text = line.out
  const isVerbose = line.options.verbose > 0 && v.has(f.user)
  const reason = v.number(f.reason)
  text.ascii('rule ').text(ruleOf(v)).ascii('/(')
  text.ascii(pfReasons[reason] ?? `unkn ${reason}`).ascii(') ')
  if (isVerbose) printOwner(v.number(f.ruleUser), v.number(f.ruleProcess), line)
  text.ascii(actions[v.number(f.action)] ?? '').ascii(v.number(f.direction) === out ? ' out on ' : ' in on ')
  text.text(nameIn(v, f.interfaceName)).ascii(': ')
  if (isVerbose && v.number(f.process) !== noProcess) printOwner(v.number(f.user), v.number(f.process), line)
  if (isVerbose && v.number(f.rewritten) > 0 && v.has(f.destinationPort)) {
    const source = v.show(f.sourceIpv4) || v.show(f.sourceIpv6) || '?'
    const destination = v.show(f.destinationIpv4) || v.show(f.destinationIpv6) || '?'
    text.ascii(`[rewritten: src ${source}:${v.number(f.sourcePort)}, `)
    text.ascii(`dst ${destination}:${v.number(f.destinationPort)}] `)
  }
}

function printOwner(user: number, process: number, line: Line): void {
  line.out.ascii('[uid ').decimal(user).ascii(', pid ').decimal(process).ascii('] ')
}

const decoder = new TextDecoder()

/** A name in a field of fixed size: what stands before the first zero byte. */
export function nameIn(v: LayerView, name: typeof f.interfaceName): string {
  const record = v.at(name)
  if (record < 0) return ''
  const start = v.position(record)
  const whole = v.bytes.subarray(start, start + (v.found.bitLengths[record]! >> 3))
  const end = whole.indexOf(0)
  return escapeControls(decoder.decode(end < 0 ? whole : whole.subarray(0, end)))
}

/** `2`, `2.vpn.4` in an anchor, `def` for the default rule. */
export function ruleOf(v: LayerView): string {
  const rule = v.number(f.rule)
  if (rule === none) return 'def'
  const anchor = nameIn(v, f.ruleset)
  if (anchor === '') return String(rule)
  const subRule = v.number(f.subRule)
  return `${rule}.${anchor}.${subRule === none ? 'def' : subRule}`
}
