import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { addressesAround } from './eth-fields.ts'
import { f } from './llc-fields.ts'

/** Names of access points in text (addrtoname.c of tcpdump); the others print as `sap aa`. */
const pointNames: Readonly<Record<number, string>> = {
  0: 'null',
  2: '802.1b-gsap',
  3: '802.1b-isap',
  6: 'ip-sap',
  14: 'proway-nm',
  66: '802.1d',
  78: 'eia-rs511',
  126: 'x.25/llc2',
  142: 'proway',
  254: 'iso-clns',
  255: 'global',
}

const commands: Readonly<Record<number, string>> = {
  3: 'ui',
  15: 'dm',
  67: 'disc',
  99: 'ua',
  111: 'sabme',
  135: 'frmr',
  175: 'xid',
  227: 'test',
}

const supervisory = ['rr', 'rnr', 'rej', '03']
const space = 0x20

/** LLC as OpenBSD's tcpdump prints it: what SNAP carries, else the frame itself. */
export function printLlc(v: LayerView, line: Line): void {
  if (!v.has(f.unnumbered) && !v.has(f.supervisory) && !v.has(f.information)) return
  if (v.has(f.organization) && line.options.verbose > 0) printSnap(v, line)
  const known = v.next !== undefined && v.next.protocol.id !== 'data'
  if (known) line.inner(v)
  else printFrame(v, line)
}

/** `snap 0:0:c:20:0 `: organization and protocol, byte by byte. */
function printSnap(v: LayerView, line: Line): void {
  const at = v.start(f.organization)
  line.out.ascii('snap ')
  const length = v.has(f.type) || v.has(f.ciscoProtocol) || v.has(f.protocol) ? 5 : 3
  for (let i = 0; i < length; i++) line.out.ascii(i > 0 ? ':' : '').hex(v.bytes[at + i]!)
  line.out.char(space)
}

function printFrame(v: LayerView, line: Line): void {
  const { out } = line
  printPoints(v, line)
  const final = (v.number(f.source) & 1) | (isPolled(v) ? 2 : 0)
  const letter = 'CRPF'[final]!
  if (v.has(f.unnumbered)) {
    const command = v.number(f.unnumbered) & 0xef
    const name = commands[command]
    if (name === undefined) out.hex(command, 2)
    else out.ascii(name)
    out.char(0x2f).ascii(letter)
  } else {
    const low = v.number(v.has(f.supervisory) ? f.supervisory : f.information) & 0xff
    const high = v.number(v.has(f.supervisory) ? f.supervisory : f.information) >> 9
    if (v.has(f.supervisory)) out.ascii(supervisory[(low >> 2) & 3]!).ascii(' (')
    else
      out
        .ascii('I (s=')
        .decimal(low >> 1)
        .char(0x2c)
    out.ascii('r=').decimal(high).char(0x2c).ascii(letter).char(0x29)
  }
  out.ascii(' len=').decimal(v.extent - v.length)
}

function isPolled(v: LayerView): boolean {
  if (v.has(f.unnumbered)) return (v.number(f.unnumbered) & 0x10) !== 0
  return (v.number(v.has(f.supervisory) ? f.supervisory : f.information) & 0x100) !== 0
}

/** `802.1d `, `sap 06 > sap 08 `; with the stations around it where -e has not printed them. */
function printPoints(v: LayerView, line: Line): void {
  const { out, options } = line
  const destination = v.number(f.destination)
  const source = v.number(f.source) & 0xfe
  const station = options.link ? -1 : addressesAround(v)
  const same = source === destination
  if (station >= 0) out.mac(v.bytes, station + 6).char(space)
  if (!same) printPoint(source, line)
  if (!same || station >= 0) out.ascii(same ? '> ' : ' > ')
  if (station >= 0) out.mac(v.bytes, station).char(space)
  printPoint(destination, line)
  out.char(space)
}

function printPoint(point: number, line: Line): void {
  const name = line.options.numeric ? undefined : pointNames[point]
  if (name === undefined) line.out.ascii('sap ').hex(point, 2)
  else line.out.ascii(name)
}
