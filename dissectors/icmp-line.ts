import type { Check } from '../src/dissect/dissection.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { nameOf } from '../src/dissect/number-space.ts'
import { codes, f } from './icmp-fields.ts'
import { f as ip } from './ip-fields.ts'

const space = 0x20

/** OpenBSD's words for messages that have nothing to add. */
const plain: Readonly<Record<number, string>> = {
  0: 'echo reply',
  4: 'source quench',
  8: 'echo request',
  10: 'router solicitation',
  13: 'time stamp request',
  14: 'time stamp reply',
  15: 'information request',
  16: 'information reply',
  17: 'address mask request',
}

/** Before and behind the address that cannot be reached. */
const unreachable: Readonly<Record<number, readonly [string, string]>> = {
  0: ['net ', ''],
  1: ['host ', ''],
  5: ['', ' - source route failed'],
  6: ['net ', ' - unknown'],
  7: ['host ', ' - unknown'],
  8: ['', ' - source host isolated'],
  9: ['net ', ' - admin prohibited'],
  10: ['host ', ' - admin prohibited'],
  11: ['net ', ' - tos prohibited'],
  12: ['host ', ' - tos prohibited'],
  13: ['host ', ' - admin prohibited filter'],
  14: ['host ', ' - host precedence violation'],
  15: ['host ', ' - precedence cutoff'],
}

const redirects: Readonly<Record<number, readonly [string, string]>> = {
  0: ['redirect ', ' to net '],
  1: ['redirect ', ' to host '],
  2: ['redirect-tos ', ' to net '],
  3: ['redirect-tos ', ' to net '],
}

/** ICMP as OpenBSD's tcpdump prints it behind the addresses. */
export function printIcmp(v: LayerView, line: Line): void {
  const { out, options } = line
  const type = v.number(f.type)
  line.complete = true
  if (!holds(v, type)) {
    out.ascii('[|icmp]')
    return
  }
  out.ascii('icmp: ')
  if (options.quiet) {
    out
      .decimal(type)
      .char(space)
      .decimal(v.number(codes[type] ?? f.code))
    return
  }
  message(v, line, type)
  if (options.verbose > 0) printChecksum(line, 'icmp', v.number(f.checksum), v.check(f.checksum))
  if (options.verbose > 1 && v.next?.quoted && !v.quoted) {
    out.ascii(' for ')
    line.inner(v)
  }
  line.complete = true
}

/** True where the message holds what its text needs. */
function holds(v: LayerView, type: number): boolean {
  if (type === 12) return v.has(f.pointer)
  if (type === 18) return v.has(f.mask)
  return v.has(codes[type] ?? f.code)
}

/** ` [icmp cksum ok]`, where the message is here whole. */
export function printChecksum(line: Line, name: string, actual: number, check: Check | undefined): void {
  if (check === undefined) return
  if (check.good) line.out.ascii(` [${name} cksum ok]`)
  else line.out.ascii(` [bad ${name} cksum `).hex(actual).ascii('! -> ').hex(check.expected).ascii(']')
}

/**
 * ` udp port 500` of a quoted datagram. tcpdump looks for a port in every protocol, in the two bytes where TCP and
 * UDP have theirs; false where they are not here.
 */
export function printQuotedPort(transport: LayerView | undefined, protocol: number, line: Line): boolean {
  const { out, options } = line
  if (protocol === 6) out.ascii(' tcp port ')
  else if (protocol === 17) out.ascii(' udp port ')
  else out.ascii(' protocol ').decimal(protocol).ascii(' port ')
  if (transport === undefined || transport.length < 4) return false
  const port = transport.protocol.ports?.[1]
  const at = transport.found.baseOf(transport.index) + transport.offset + 2
  const value = port ? transport.number(port) : (transport.bytes[at]! << 8) | transport.bytes[at + 1]!
  const name = options.numeric || !port?.values ? undefined : nameOf(port.values, value)
  if (name === undefined) out.decimal(value)
  else out.ascii(name)
  return true
}

function message(v: LayerView, line: Line, type: number): void {
  const { out } = line
  switch (type) {
    case 3:
      printUnreachable(v, line)
      return
    case 5:
      printRedirect(v, line)
      return
    case 9:
      printAdvertisement(v, line)
      return
    case 11: {
      const code = v.number(f.timeExceededCode)
      if (code > 1) out.ascii('time exceeded-#').decimal(code)
      else out.ascii(code === 1 ? 'ip reassembly time exceeded' : 'time exceeded in-transit')
      return
    }
    case 12: {
      const code = v.number(f.parameterCode)
      if (code === 1) out.ascii('requested option absent')
      else out.ascii(code === 2 ? 'bad length ' : 'parameter problem - octet ').decimal(v.number(f.pointer))
      return
    }
    case 18:
      out.ascii('address mask is 0x').hex(v.number(f.mask), 8)
      return
  }
  const name = plain[type]
  if (name === undefined) out.ascii('type-#').decimal(type)
  else out.ascii(name)
  if (line.options.verbose > 0 && (type === 0 || type === 8) && v.has(f.sequence))
    out.ascii(' (id:').hex(v.number(f.identifier), 4).ascii(' seq:').decimal(v.number(f.sequence)).ascii(')')
}

/** Where the quoted datagram was going; false where too little of it is here. */
function printTarget(v: LayerView, line: Line): boolean {
  const datagram = v.next
  const record = datagram?.quoted ? datagram.at(ip.destination) : -1
  if (record < 0) return false
  line.out.ipv4(datagram!.bytes, datagram!.position(record))
  return true
}

function printUnreachable(v: LayerView, line: Line): void {
  const { out } = line
  const code = v.number(f.unreachableCode)
  const [before, behind] = unreachable[code] ?? [code > 4 ? `#${code} ` : '', '']
  out.ascii(before)
  if (!printTarget(v, line)) {
    out.ascii('[|icmp]')
    return
  }
  const protocol = v.next!.number(ip.protocol)
  if (code === 2) out.ascii(' protocol ').decimal(protocol)
  if (code === 3 && !printQuotedPort(v.next!.next, protocol, line)) {
    out.ascii('[|icmp]')
    return
  }
  out.ascii(' unreachable').ascii(behind)
  if (code === 4) {
    out.ascii(' - need to frag')
    if (v.number(f.mtu) > 0) out.ascii(' (mtu ').decimal(v.number(f.mtu)).ascii(')')
  }
}

function printRedirect(v: LayerView, line: Line): void {
  const { out } = line
  const code = v.number(f.redirectCode)
  const [before, between] = redirects[code] ?? [`redirect-#${code} `, ' to net ']
  out.ascii(before)
  if (!printTarget(v, line)) out.ascii('[|icmp]')
  else out.ascii(between).ipv4(v.bytes, v.start(f.gateway))
}

function printAdvertisement(v: LayerView, line: Line): void {
  const { out } = line
  out.ascii('router advertisement')
  if (!v.has(f.lifetime)) return
  const lifetime = v.number(f.lifetime)
  out.ascii(' lifetime ')
  if (lifetime >= 3600) out.decimal(Math.floor(lifetime / 3600)).char(0x3a)
  if (lifetime >= 60) {
    const minutes = Math.floor(lifetime / 60) % 60
    out.padded(minutes, lifetime >= 3600 ? 2 : 1).char(0x3a)
  }
  out.padded(lifetime % 60, lifetime >= 60 ? 2 : 1)
  out.char(space).decimal(v.number(f.addressCount)).char(0x3a)
  const words = v.number(f.addressEntrySize)
  if (words !== 2) {
    out.ascii(' [size ').decimal(words).ascii(']')
    return
  }
  let address = v.at(f.routerAddress)
  while (address >= 0) {
    out.ascii(' {').ipv4(v.bytes, v.position(address)).char(space)
    const preference = v.at(f.preferenceLevel, address)
    if (preference >= 0) out.decimal(v.found.values[preference]!)
    out.ascii('}')
    address = v.at(f.routerAddress, address)
  }
}
