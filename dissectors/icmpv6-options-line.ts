import type { Field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { o } from './icmpv6-option-fields.ts'

/** One option in the records of a layer: those from `from` up to `until` are its own. */
type Option = {
  readonly v: LayerView
  readonly line: Line
  readonly from: number
  readonly until: number
  readonly words: number
}

/** The options of neighbour discovery as OpenBSD's tcpdump prints them with -v. */
export function printOptions(v: LayerView, line: Line): void {
  let from = v.at(o.type)
  while (from >= 0) {
    const next = v.at(o.type, from)
    const until = next < 0 ? v.found.fieldCount : next
    const length = v.at(o.length, from, until)
    const words = length < 0 ? 0 : v.found.values[length]!
    if (words === 0) {
      line.out.ascii('[ndp opt]')
      return
    }
    printOption({ v, line, from, until, words }, v.found.values[from]!)
    from = next
  }
}

/** The record of a field of the option, -1 where it is not there. */
const at = (option: Option, f: Field, after = option.from): number => option.v.at(f, after, option.until)

function value(option: Option, f: Field): number {
  const record = at(option, f)
  return record < 0 ? Number.NaN : option.v.found.values[record]!
}

function printOption(option: Option, type: number): void {
  const { line, words } = option
  const { out } = line
  switch (type) {
    case 1:
      printLink(option, '(src lladdr: ', o.sourceLink)
      break
    case 2:
      printLink(option, '(tgt lladdr: ', o.targetLink)
      break
    case 3:
      printPrefix(option)
      break
    case 4:
      out.ascii('(redirect)')
      break
    case 5:
      printMtu(option)
      break
    case 24:
      printRoute(option)
      break
    case 25:
      if (at(option, o.serverLifetime) < 0) {
        out.ascii('[ndp opt]')
        break
      }
      out.ascii('(rdnss: lifetime=').decimal(value(option, o.serverLifetime)).ascii('s')
      if (words < 3) out.ascii('!')
      for (let server = at(option, o.server); server >= 0; server = at(option, o.server, server))
        out.ascii(', addr=').ipv6(option.v.bytes, option.v.position(server))
      out.ascii(')')
      break
    case 31:
      out.ascii('(dnssl: opt_len=').decimal(words).ascii(')')
      break
    default:
      out.ascii('(unknown opt_type=').decimal(type).ascii(', opt_len=').decimal(words).ascii(')')
  }
}

function printLink(option: Option, before: string, f: Field): void {
  const { v, line, words } = option
  const ether = at(option, f)
  const record = ether < 0 ? at(option, o.link) : ether
  line.out.ascii(before)
  // Of an address that the capture cuts short a shorter field is there.
  if (record >= 0 && v.found.bitLengths[record]! >= 48) line.out.mac(v.bytes, v.position(record))
  line.out.ascii(words === 1 ? ')' : '!)')
}

function printMtu(option: Option): void {
  const { out } = option.line
  const mtu = value(option, o.mtu)
  if (Number.isNaN(mtu)) out.ascii('[ndp opt]')
  else
    out
      .ascii('(mtu: mtu=')
      .decimal(mtu)
      .ascii(option.words === 1 ? ')' : '!)')
}

function printLifetime(line: Line, seconds: number): void {
  if (seconds === 0xffffffff) line.out.ascii('infinity, ')
  else line.out.decimal(seconds).ascii(', ')
}

function printPrefix(option: Option): void {
  const { v, line, words } = option
  const { out } = line
  const flags = value(option, o.prefixFlags)
  const prefix = at(option, o.prefix)
  if (prefix < 0) {
    out.ascii('[ndp opt]')
    return
  }
  out.ascii('(prefix info: ')
  if (flags & 0x80) out.ascii('L')
  if (flags & 0x40) out.ascii('A')
  if (flags !== 0) out.ascii(' ')
  out.ascii('valid_ltime=')
  printLifetime(line, value(option, o.valid))
  out.ascii('preferred_ltime=')
  printLifetime(line, value(option, o.preferred))
  out.ascii('prefix=').ipv6(v.bytes, v.position(prefix))
  out.char(0x2f).decimal(value(option, o.prefixLength))
  out.ascii(words === 4 ? ')' : '!)')
}

const preferences = ['medium', 'high', 'rsv', 'low']

function printRoute(option: Option): void {
  const { v, line, words } = option
  const { out } = line
  const lifetime = value(option, o.routeLifetime)
  if (words > 3 || Number.isNaN(lifetime)) {
    out.ascii('[ndp opt]')
    return
  }
  const address = new Uint8Array(16)
  const prefix = at(option, o.routePrefix)
  if (prefix >= 0) {
    const start = v.position(prefix)
    address.set(v.bytes.subarray(start, start + (v.found.bitLengths[prefix]! >> 3)))
  }
  const preference = (value(option, o.routeFlags) >> 3) & 3
  out
    .ascii('(route-info: ')
    .ipv6(address, 0)
    .char(0x2f)
    .decimal(value(option, o.prefixLength))
    .ascii(`, pref=${preferences[preference]}, lifetime=`)
    .decimal(lifetime)
    .ascii('s)')
}
