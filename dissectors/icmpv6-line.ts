import type { Field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { printChecksum, printQuotedPort } from './icmp-line.ts'
import { codes, f } from './icmpv6-fields.ts'
import { mldFields as m, responseDelay } from './icmpv6-mld.ts'
import { n } from './icmpv6-nd-fields.ts'
import { printOptions } from './icmpv6-options-line.ts'
import { f as ip } from './ipv6-fields.ts'
import { timeOf } from './numbers/multicast.ts'

const space = 0x20

/** ICMPv6 as OpenBSD's tcpdump prints it behind the addresses. */
export function printIcmpv6(v: LayerView, line: Line): void {
  const type = v.number(f.type)
  line.complete = true
  if (!holds(v, type)) {
    line.out.ascii('[|icmp6]')
    return
  }
  if (type !== 143) line.out.ascii('icmp6: ')
  message(v, line, type)
  if (line.options.verbose > 0) printChecksum(line, 'icmp6', v.number(f.checksum), v.check(f.checksum))
}

/** True where the message holds what its text needs. */
function holds(v: LayerView, type: number): boolean {
  if (type === 2) return v.has(f.mtu)
  if (type === 4) return v.has(f.pointer)
  return v.has(codes[type] ?? f.code)
}

function message(v: LayerView, line: Line, type: number): void {
  const { out, options } = line
  const code = v.number(codes[type] ?? f.code)
  switch (type) {
    case 1:
      printUnreachable(v, line, code)
      return
    case 2:
      out.ascii('too big ').decimal(v.number(f.mtu))
      return
    case 3:
      if (code === 0) {
        out.ascii('time exceeded in-transit for ')
        printQuoted(v, line, ip.destination)
      } else if (code === 1) out.ascii('ip6 reassembly time exceeded')
      else out.ascii('time exceeded code-#').decimal(code)
      return
    case 4:
      printProblem(v, line, code)
      return
    case 128:
    case 129:
      out.ascii(type === 128 ? 'echo request' : 'echo reply')
      if (options.verbose > 0 && v.has(f.sequence))
        out
          .ascii(' (id:')
          .hex(v.number(f.identifier), 4)
          .ascii(' seq:')
          .decimal(v.number(f.sequence))
          .ascii(')')
      return
    case 138:
      out.ascii('router renum ').ascii(code === 0 ? 'command' : code === 1 ? 'result' : `code-#${code}`)
      return
    case 139:
      out.ascii('FQDN request')
      return
    case 140:
      out.ascii('FQDN reply')
      return
  }
  if (type >= 133 && type <= 137) printDiscovery(v, line, type)
  else if (!printListener(v, line, type)) out.ascii('type-#').decimal(type)
}

/** An address of the packet that the message quotes; false where too little of that is here. */
function printQuoted(v: LayerView, line: Line, f: Field<'ipv6'>): boolean {
  const packet = v.next
  const record = packet?.quoted ? packet.at(f) : -1
  if (record < 0) line.out.ascii('[|icmp6]')
  else line.out.ipv6(packet!.bytes, packet!.position(record))
  return record >= 0
}

const reasons: Readonly<Record<number, string>> = { 0: 'route', 1: 'prohibited', 3: 'address' }

function printUnreachable(v: LayerView, line: Line, code: number): void {
  const { out } = line
  if (!printQuoted(v, line, ip.destination)) return
  if (code === 2) {
    out.ascii(' beyond scope of source address ')
    printQuoted(v, line, ip.source)
  } else if (code === 4) {
    const whole = printQuotedPort(v.next!.next, v.next!.number(ip.nextHeader), line)
    out.ascii(whole ? ' unreachable' : '[|icmp6]')
  } else out.ascii(' unreachable ').ascii(reasons[code] ?? `code-#${code}`)
}

/** The misspelling is tcpdump’s; scripts look for it. */
const problems: Readonly<Record<number, string>> = { 0: 'errorneous', 1: 'next header', 2: 'option' }

function printProblem(v: LayerView, line: Line, code: number): void {
  line.out.ascii('parameter problem ')
  const what = problems[code]
  if (what === undefined) line.out.ascii('code-#').decimal(code)
  else line.out.ascii(what).ascii(' - octet ').decimal(v.number(f.pointer))
}

function printDiscovery(v: LayerView, line: Line, type: number): void {
  const { out, options } = line
  const verbose = options.verbose > 0
  if (type === 133) out.ascii('router solicitation ')
  else if (type === 134) {
    out.ascii('router advertisement')
    if (verbose && v.has(n.retransmit)) printRouter(v, line)
  } else if (type === 135) printAddress(v, line, 'neighbor sol: who has ', n.soughtTarget)
  else if (type === 136) {
    printAddress(v, line, 'neighbor adv: tgt is ', n.target)
    if (verbose && v.number(n.naFlags) >= 0x20000000)
      out
        .ascii('(')
        .ascii(v.flag(n.isRouter) ? 'R' : '')
        .ascii(v.flag(n.solicited) ? 'S' : '')
        .ascii(v.flag(n.override) ? 'O' : '')
        .ascii(')')
  } else {
    printAddress(v, line, 'redirect ', n.destination)
    printAddress(v, line, ' to ', n.nextHop)
  }
  if (verbose) printOptions(v, line)
}

function printAddress(v: LayerView, line: Line, before: string, f: Field<'ipv6'>): void {
  const record = v.at(f)
  line.out.ascii(before)
  if (record < 0) line.out.ascii('[|icmp6]')
  else line.out.ipv6(v.bytes, v.position(record))
}

const preferences = ['medium', 'high', 'rsv', 'low']

function printRouter(v: LayerView, line: Line): void {
  const managed = v.flag(n.managed)
  const other = v.flag(n.other)
  line.out
    .ascii('(chlim=')
    .decimal(v.number(n.hopLimit))
    .ascii(', ')
    .ascii(managed ? 'M' : '')
    .ascii(other ? 'O' : '')
    .ascii(managed || other ? ', ' : '')
    .ascii(`pref=${preferences[v.number(n.preference)]}, `)
    .ascii('router_ltime=')
    .decimal(v.number(n.routerLifetime))
    .ascii(', reachable_time=')
    .decimal(v.number(n.reachable))
    .ascii(', retrans_time=')
    .decimal(v.number(n.retransmit))
    .ascii(')')
}

function printListener(v: LayerView, line: Line, type: number): boolean {
  const { out } = line
  if (type === 143) {
    out.ascii('multicast listener report v2')
    if (v.has(m.recordCount)) printRecords(v, line)
    return true
  }
  if (type < 130 || type > 132) return false
  out.ascii('multicast listener ').ascii(type === 130 ? 'query ' : type === 131 ? 'report ' : 'done ')
  if (v.has(m.code)) {
    out.ascii('v2 ')
    printQuery(v, line)
  } else if (v.has(m.delay)) {
    out.ascii('max resp delay: ').decimal(v.number(m.delay))
    printAddress(v, line, ' addr: ', m.address)
  }
  return true
}

function printQuery(v: LayerView, line: Line): void {
  const { out, options } = line
  const verbose = options.verbose > 0
  if (verbose)
    out
      .ascii(' [max resp delay=')
      .decimal(responseDelay(v.number(m.code)))
      .ascii(']')
  printAddress(v, line, ' [gaddr ', m.address)
  if (verbose && v.has(m.interval)) {
    const robustness = v.number(m.robustness)
    if (v.flag(m.suppress)) out.ascii(' sflag')
    if (robustness > 0) out.ascii(' robustness=').decimal(robustness)
    out.ascii(' qqi=').decimal(timeOf(v.number(m.interval)))
  }
  const sources = v.number(m.sourceCount)
  if (sources > 0 && options.verbose > 1) {
    out.ascii(' {')
    for (let at = v.at(m.source); at >= 0; at = v.at(m.source, at))
      out.char(space).ipv6(v.bytes, v.position(at))
    out.ascii(' }')
  } else if (sources > 0) out.ascii(', ').decimal(sources).ascii(' source(s)')
  out.ascii(']')
}

const recordWords = ['', 'is_in', 'is_ex', 'to_in', 'to_ex', 'allow', 'block']

function printRecords(v: LayerView, line: Line): void {
  const { out, options } = line
  const { values } = v.found
  out.ascii(', ').decimal(v.number(m.recordCount)).ascii(' group record(s)')
  if (options.verbose === 0) return
  for (let at = v.at(m.recordType); at >= 0; at = v.at(m.recordType, at)) {
    const address = v.at(m.recordAddress, at)
    const count = v.at(m.recordSourceCount, at)
    if (address < 0 || count < 0) return
    const type = values[at]!
    out.ascii(' [gaddr ').ipv6(v.bytes, v.position(address))
    out.char(space).ascii(recordWords[type] || ` [v2-report-#${type}]`)
    if (options.verbose === 1) out.ascii(', ').decimal(values[count]!).ascii(' source(s)]')
    else {
      out.ascii(' {')
      let source = address
      for (let i = 0; i < values[count]!; i++) {
        source = v.at(m.recordSource, source)
        if (source < 0) return
        out.char(space).ipv6(v.bytes, v.position(source))
      }
      out.ascii(' }]')
    }
  }
}
