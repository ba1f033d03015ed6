import { data } from '../src/dissect/data.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { printPort } from './ip-line.ts'
import { noNextHeader } from './ipv6-extension.ts'
import { f } from './ipv6-fields.ts'
import { o } from './ipv6-option-fields.ts'

const headerLength = 40
const isTunnel = (next: number): boolean => next === 4 || next === 41

/** IPv6 and what it carries, as OpenBSD's tcpdump prints it: the payload first, then what the header adds. */
export function printIpv6(v: LayerView, line: Line): void {
  const { out } = line
  if (!v.has(f.version)) return
  const version = v.number(f.version)
  if (version !== 6) {
    out.ascii('bad-ip6-version ').decimal(version)
    line.complete = true
    return
  }
  if (!v.has(f.destination)) return
  const missing = v.found.frame.wireLength - v.offset - headerLength - v.number(f.payloadLength)
  if (v.found.bufferOf[v.index] === 0 && missing < 0 && !v.quoted)
    out.ascii('truncated-ip6 - ').decimal(-missing).ascii(' bytes missing!')
  const next = v.number(f.nextHeader)
  const ports = v.next?.protocol.ports
  if (!ports && !v.next?.protocol.addressed && (line.options.verbose > 0 || !isTunnel(next))) {
    out.ipv6(v.bytes, v.start(f.source)).ascii(' > ')
    out.ipv6(v.bytes, v.start(f.destination)).ascii(': ')
  }
  printCarried(v, line, next)
  printTail(v, line)
}

function printTail(v: LayerView, line: Line): void {
  const { out } = line
  const trafficClass = v.number(f.trafficClass)
  const flowLabel = v.number(f.flowLabel)
  const hopLimit = v.number(f.hopLimit)
  if (trafficClass > 0) out.ascii(' [class 0x').hex(trafficClass).char(0x5d)
  if (flowLabel > 0) out.ascii(' [flowlabel 0x').hex(flowLabel).char(0x5d)
  if (hopLimit <= 1) out.ascii(' [hlim ').decimal(hopLimit).char(0x5d)
  if (line.options.verbose === 0) return
  out.ascii(' (len ').decimal(v.number(f.payloadLength))
  if (hopLimit > 1) out.ascii(', hlim ').decimal(hopLimit)
  out.char(0x29)
}

/** What stands behind an IPv6 header or an extension header whose Next Header field says `next`. */
export function printCarried(v: LayerView, line: Line, next: number): void {
  const { out } = line
  const inner = v.next
  if (inner === undefined && (v.status === 'truncated' || v.status === 'malformed')) return
  if (next === noNextHeader) out.ascii('no next header')
  else if (inner === undefined || inner.protocol === data) {
    out.ascii('ip-proto-').decimal(next).char(0x20).decimal(bytesBehind(v))
  } else {
    if (inner.protocol.ports) printEndpoints(v, inner, line)
    line.inner(v)
    if (line.options.verbose === 0 && isTunnel(next)) out.ascii(' (encap)')
  }
}

/** `source.port > destination.port: ` with the addresses of the IPv6 header in front of `v`. */
function printEndpoints(v: LayerView, inner: LayerView, line: Line): void {
  const { out } = line
  const ports = inner.protocol.ports
  const header = headerOf(v)
  if (!ports || !header) return
  out.ipv6(header.bytes, header.position(header.at(f.source)))
  printPort(inner.number(ports[0]), ports[0], line)
  out.ascii(' > ').ipv6(header.bytes, header.position(header.at(f.destination)))
  printPort(inner.number(ports[1]), ports[1], line)
  out.ascii(': ')
}

/** The IPv6 header that `v` is or extends. */
function headerOf(v: LayerView): LayerView | undefined {
  for (let layer: LayerView | undefined = v; layer; layer = layer.outer)
    if (layer.has(f.destination)) return layer
  return undefined
}

/**
 * Bytes behind `v` by the word of the IPv6 header: its payload length less the headers up to here; where that says
 * nothing, all that was on the wire.
 */
export function bytesBehind(v: LayerView): number {
  const header = headerOf(v)
  if (header === undefined) return 0
  const length = header.number(f.payloadLength)
  const end = length > 0 ? header.offset + headerLength + length : v.found.frame.wireLength
  return end - v.offset - v.length
}

const padding = new Set([0, 1])
const routerAlert = 5
const jumbo = 0xc2

/** A header of options by its short name and, with -v, its options, each with a blank behind it. */
export function printOptions(v: LayerView, line: Line, name: string): void {
  const { out } = line
  out.ascii(name)
  if (v.status === 'complete' || v.next !== undefined) out.char(0x20)
  if (line.options.verbose === 0) return
  const { values } = v.found
  let next = v.at(o.type)
  while (next >= 0) {
    const type = next
    next = v.at(o.type, type)
    const until = next < 0 ? v.found.fieldCount : next
    const number = values[type]!
    const length = padding.has(number) ? -1 : v.at(o.length, type, until)
    if (length < 0) continue
    const alert = number === routerAlert ? v.at(o.routerAlert, type, until) : -1
    const large = number === jumbo ? v.at(o.jumboLength, type, until) : -1
    if (alert >= 0) out.ascii('(rtalert: 0x').hex(values[alert]!, 4)
    else if (large >= 0) out.ascii('(jumbo: ').decimal(values[large]!)
    else out.ascii('(type 0x').hex(number, 2).ascii(': len=').decimal(values[length]!)
    out.ascii(') ')
  }
}
