import type { ByteWriter } from '../src/byte-writer.ts'
import type { Field } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { bit, eoip, f, ppp } from './gre-fields.ts'
import { routeFamily, routingFields } from './gre-routing.ts'

/** GRE and what it carries as OpenBSD's tcpdump prints it. */
export function printGre(v: LayerView, line: Line): void {
  const { out } = line
  const flags = v.has(f.flags) ? v.number(f.flags) : v.number(f.enhancedFlags)
  const type = v.number(f.protocolType)
  const version = flags & 7
  if (version > 1) out.ascii('gre-unknown-version=').decimal(version)
  else if (version === 0) printPlain(v, line, flags, type)
  else if (type === eoip) printEoip(v, line, flags)
  else if (type === ppp) printPptp(v, line, flags)
  else if (!Number.isNaN(type)) out.ascii('unknown-gre1-proto-').hex(type, 4)
}

function printPlain(v: LayerView, line: Line, flags: number, type: number): void {
  const { out, options } = line
  const verbose = options.verbose > 0
  out.ascii('gre')
  if (verbose) printFlags(out, flags & ~bit.acknowledgment)
  if (Number.isNaN(type)) return
  if (verbose) out.char(space).hex(type, 4)
  if (flags & bit.checksum && verbose && v.has(f.checksum)) out.ascii(' sum 0x').hex(v.number(f.checksum))
  if (flags & bit.routing && v.has(f.offset)) out.ascii(' off 0x').hex(v.number(f.offset))
  const keyField = v.has(f.bridgedKey) ? f.bridgedKey : f.key
  if (v.has(keyField)) {
    const key = v.number(keyField)
    out
      .ascii(' key=')
      .decimal(key)
      .char(bar)
      .decimal(key >>> 8)
    out.char(plus).hex(key & 0xff, 2)
  }
  counted(v, out, ' seq ', f.sequenceNumber)
  printRoutes(v, out)
  if (v.next === undefined && (v.status === 'truncated' || v.status === 'malformed')) return
  out.char(space)
  if (type === 0) out.ascii('keep-alive')
  else if (v.next === undefined || v.next.protocol.id === 'data') out.ascii('unknown-proto-').hex(type, 4)
  else line.inner(v)
}

function printPptp(v: LayerView, line: Line, flags: number): void {
  const { out, options } = line
  out.ascii('pptp')
  if (options.verbose > 0) printFlags(out, flags)
  const wrong =
    flags & bit.checksum ? ' cpset!' : flags & bit.routing ? ' rpset!' : flags & bit.key ? '' : ' kpunset!'
  if (wrong !== '' || flags & bit.strictRoute) {
    out.ascii(wrong || ' spset!')
    return
  }
  if (options.verbose > 0) counted(v, out, ' len ', f.payloadLength)
  counted(v, out, ' callid ', f.callId)
  counted(v, out, ' seq ', f.sequenceNumber)
  counted(v, out, ' ack ', f.acknowledgmentNumber)
  if (!(flags & bit.sequence) || !v.has(f.sequenceNumber)) return
  missing(v, out, 'pptp')
  out.ascii(': ')
  line.inner(v)
}

function printEoip(v: LayerView, line: Line, flags: number): void {
  const { out, options } = line
  out.ascii('eoip')
  if ((flags & 0xfff8) !== bit.key) {
    out
      .ascii(' unknown-eoip-flags-')
      .hex(flags & 0xfff8, 4)
      .char(0x21)
    return
  }
  if (!v.has(f.tunnelId)) return
  if (options.verbose > 0) {
    counted(v, out, ' len=', f.payloadLength)
    counted(v, out, ' tunnel-id=', f.tunnelId)
  } else counted(v, out, ' ', f.tunnelId)
  missing(v, out, 'eoip')
  out.ascii(': ')
  if (v.number(f.payloadLength) === 0) out.ascii('keepalive')
  else line.inner(v)
}

/** Complains where the payload length promises more than the packet around has. */
function missing(v: LayerView, out: ByteWriter, name: string): void {
  const behind = v.extent - (v.found.ends[v.index]! - v.offset)
  const short = v.number(f.payloadLength) - behind
  if (short > 0) out.ascii(` truncated-${name} - `).decimal(short).ascii(' bytes missing!')
}

function printFlags(out: ByteWriter, flags: number): void {
  out.ascii(' [')
  for (const [mask, letter] of letters) if (flags & mask) out.ascii(letter)
  out.char(0x5d)
}

const letters = [
  [bit.checksum, 'C'],
  [bit.routing, 'R'],
  [bit.key, 'K'],
  [bit.sequence, 'S'],
  [bit.strictRoute, 's'],
  [bit.acknowledgment, 'A'],
] as const

function counted(v: LayerView, out: ByteWriter, label: string, field: Field): void {
  if (v.has(field)) out.ascii(label).decimal(v.number(field))
}

/** ` (rtaf=ip 192.0.2.1 *192.0.2.2)`: the place to go to next has the star. */
function printRoutes(v: LayerView, out: ByteWriter): void {
  const g = routingFields
  let next = v.at(g.entry)
  while (next >= 0) {
    const entry = next
    next = v.at(g.entry, entry)
    const until = next < 0 ? v.found.fieldCount : next
    const value = (field: Field): number => v.found.values[v.at(field, entry, until)] ?? Number.NaN
    const family = value(g.family)
    const length = value(g.entryLength)
    if (Number.isNaN(length) || (family === 0 && length === 0)) return
    if (family === routeFamily.ip) {
      out.ascii(' (rtaf=ip')
      printPlaces(v, out, entry, until, g.address, 4)
    } else if (family === routeFamily.autonomousSystem) {
      out.ascii(' (rtaf=asn')
      printPlaces(v, out, entry, until, g.system, 2)
    } else out.ascii(' (rtaf=0x').hex(family)
    out.char(0x29)
  }
}

/** The places of an entry, whose records are those from `entry` up to `until`. */
function printPlaces(
  v: LayerView,
  out: ByteWriter,
  entry: number,
  until: number,
  field: Field,
  size: number,
): void {
  const g = routingFields
  const { values } = v.found
  const offset = values[v.at(g.entryOffset, entry, until)]!
  const length = values[v.at(g.entryLength, entry, until)]!
  if (offset % size) out.ascii(' badoffset=').decimal(offset)
  else if (length % size) out.ascii(' badlength=').decimal(length)
  else if (offset >= length) out.ascii(' badoff/len=').decimal(offset).char(0x2f).decimal(length)
  else {
    const first = v.at(field, entry, until)
    for (let at = first; at >= 0; at = v.at(field, at, until)) {
      out.ascii((at - first) * size === offset ? ' *' : ' ')
      if (size === 4) out.ipv4(v.bytes, v.position(at))
      else out.hex(values[at]!)
    }
  }
}

const space = 0x20
const bar = 0x7c
const plus = 0x2b
