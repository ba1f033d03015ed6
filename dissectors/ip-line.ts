import { data } from '../src/dissect/data.ts'
import type { Field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { nameOf } from '../src/dissect/number-space.ts'
import { f } from './ip-fields.ts'
import { printOptions } from './ip-options-line.ts'

/** IPv4 and what it carries, as OpenBSD's tcpdump prints it: the payload first, then what the header adds. */
export function printIp(v: LayerView, line: Line): void {
  const { out, options } = line
  if (!v.has(f.version)) return
  if (v.number(f.version) !== 4) {
    out.ascii('bad-ip-version ').decimal(v.number(f.version))
    line.complete = true
    return
  }
  const headerLength = v.number(f.headerLength) * 4
  const length = lengthOf(v)
  if (headerLength < 20 || headerLength > length) {
    line.complete = true
    out.ascii('bad-hlen ').decimal(headerLength)
    return
  }
  if (!v.has(f.destination)) return
  const protocol = v.number(f.protocol)
  const missing = v.found.frame.wireLength - v.offset - length
  if (v.found.bufferOf[v.index] === 0 && missing < 0 && !v.quoted)
    out.ascii('truncated-ip - ').decimal(-missing).ascii(' bytes missing!')
  const offset = v.number(f.fragmentOffset) * 8
  if (offset > 0) {
    addresses(v, line)
    out.ascii(':')
  } else if (options.verbose === 0 && (protocol === 4 || protocol === 41)) {
    line.inner(v)
    out.ascii(' (encap)')
    return
  } else {
    const { next } = v
    if (!next?.protocol.addressed) endpoints(v, next, line)
    if (next === undefined || next.protocol === data)
      out
        .ascii('ip-proto-')
        .decimal(protocol)
        .char(space)
        .decimal(length - headerLength)
    else line.inner(v)
  }
  tail(v, line, headerLength, length, offset)
}

const space = 0x20

/** Bytes of the packet; a sender that leaves the cutting to its network card says 0. */
const lengthOf = (v: LayerView): number => (v.number(f.length) === 0 ? v.extent : v.number(f.length))

function addresses(v: LayerView, line: Line): void {
  const source = v.start(f.source)
  line.out
    .ipv4(v.bytes, source)
    .ascii(' > ')
    .ipv4(v.bytes, source + 4)
}

/** `source > destination: `, with the ports of what is inside where it has them. */
function endpoints(v: LayerView, next: LayerView | undefined, line: Line): void {
  const { out } = line
  const { bytes } = v
  const ports = next?.protocol.ports
  const source = v.start(f.source)
  out.ipv4(bytes, source)
  if (ports) printPort(next!.number(ports[0]), ports[0], line)
  out.ascii(' > ').ipv4(bytes, source + 4)
  if (ports) printPort(next!.number(ports[1]), ports[1], line)
  out.ascii(': ')
}

/** A port as `.53` or `.domain`, behind an address; nothing where the port is cut off. */
export function printPort(value: number, f: Field, line: Line): void {
  if (Number.isNaN(value)) return
  line.out.char(0x2e)
  const name = line.options.numeric || !f.values ? undefined : nameOf(f.values, value)
  if (name === undefined) line.out.decimal(value)
  else line.out.ascii(name)
}

/** What the bits for congestion read like: able to notify of it, met with it. */
const marks = ['', ' (C)', ' (E)', ' (EC)']

function tail(v: LayerView, line: Line, headerLength: number, length: number, offset: number): void {
  const { out, options } = line
  const flags = v.number(f.flags)
  const more = (flags & 1) === 1
  const tos = v.number(f.dsField)
  const timeToLive = v.number(f.timeToLive)
  if (more || offset > 0)
    out
      .ascii(' (frag ')
      .decimal(v.number(f.identification))
      .char(0x3a)
      .decimal(length - headerLength)
      .char(0x40)
      .decimal(offset)
      .ascii(more ? '+)' : ')')
  if (flags & 2) out.ascii(' (DF)')
  if (tos > 0)
    out
      .ascii(' [tos 0x')
      .hex(tos)
      .ascii(marks[tos & 3]!)
      .ascii(']')
  if (timeToLive <= 1) out.ascii(' [ttl ').decimal(timeToLive).ascii(']')
  if (options.verbose === 0) return
  out.ascii(' (')
  if (timeToLive > 1) out.ascii('ttl ').decimal(timeToLive).ascii(', ')
  if (!more && offset === 0) out.ascii('id ').decimal(v.number(f.identification)).ascii(', ')
  out.ascii('len ').decimal(v.number(f.length))
  const check = v.check(f.checksum)
  if (check && !check.good)
    out.ascii(', bad ip cksum ').hex(v.number(f.checksum)).ascii('! -> ').hex(check.expected)
  if (headerLength > 20) {
    out.ascii(', optlen=').decimal(headerLength - 20)
    printOptions(v, line)
  }
  out.ascii(')')
}
