import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { o } from './ip-option-fields.ts'

const endOfList = 0
const noOperation = 1
const recordRoute = 7

/** How OpenBSD's tcpdump calls options; others are `IPOPT-n`. */
const names: Readonly<Record<number, string>> = {
  7: 'RR',
  68: 'TS',
  130: 'SECURITY',
  131: 'LSRR',
  137: 'SSRR',
}
const routes = new Set([7, 131, 137])

/** The options of an IPv4 header as OpenBSD's tcpdump prints them, each with a blank in front. */
export function printOptions(v: LayerView, line: Line): void {
  const { out } = line
  const { values } = v.found
  const last = v.found.last[v.index]!
  for (let at = v.at(o.type); at >= 0; at = v.at(o.type, at)) {
    const type = values[at]!
    const length = v.at(o.length, at)
    if (type === noOperation) out.ascii(' NOP')
    else if (type === endOfList) {
      const padding = v.at(o.padding, at)
      out.ascii(' EOL')
      if (padding >= 0) out.char(0x2d).decimal(v.found.bitLengths[padding]! >> 3)
    } else if (length >= 0 && length < last) printOption(v, line, type, length)
  }
}

function printOption(v: LayerView, line: Line, type: number, length: number): void {
  const { out } = line
  const size = v.found.values[length]!
  const name = names[type]
  if (name !== undefined && routes.has(type)) {
    if (type === recordRoute) out.ascii(' RR{').decimal(size).ascii('}=')
    out.char(0x20).ascii(name).char(0x7b)
    printRoute(v, line, size, length)
    out.char(0x7d)
  } else if (name !== undefined) out.char(0x20).ascii(name).char(0x7b).decimal(size).char(0x7d)
  else out.ascii(' IPOPT-').decimal(type).char(0x7b).decimal(size).char(0x7d)
}

/** The addresses of a route; `#` stands in front of the one that the pointer means. */
function printRoute(v: LayerView, line: Line, size: number, length: number): void {
  const { out } = line
  const { fields, values } = v.found
  if (fields[length + 1] !== o.pointer) return
  const pointer = values[length + 1]!
  if ((size + 1) % 4 !== 0) out.ascii(' [bad length ').decimal(size).char(0x5d)
  if (pointer < 4 || pointer % 4 !== 0 || pointer > size + 2)
    out.ascii(' [bad ptr ').decimal(pointer).char(0x5d)
  let place = 4
  for (let at = length + 2; at < v.found.last[v.index]!; at++) {
    const f = fields[at]
    if (f !== o.recordedAddress && f !== o.sourceAddress && f !== o.emptyAddress) break
    if (place === pointer) out.char(0x23)
    else if (place > 4) out.char(0x20)
    out.ipv4(v.bytes, v.position(at))
    place += 4
  }
  if (place === pointer) out.char(0x23)
}
