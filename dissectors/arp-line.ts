import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { f } from './arp-fields.ts'
import { addressesAround } from './eth-fields.ts'

const ethernet = 1

/** ARP as OpenBSD's tcpdump prints it. Link addresses that repeat the frame's own are left out. */
export function printArp(v: LayerView, line: Line): void {
  if (!v.has(f.opcode)) return
  if (!v.has(f.targetIpv4) || !v.has(f.targetMac)) {
    printForeign(v, line)
    return
  }
  const opcode = v.number(f.opcode)
  if (opcode === 1) printRequest(v, line)
  else if (opcode === 2) printReply(v, line)
  else if (opcode === 3) printReverse(v, line)
  else if (opcode === 4) printReverseReply(v, line)
  else line.out.ascii('arp-#').decimal(opcode)
  if (opcode < 5 && v.number(f.hardwareType) !== ethernet)
    line.out.ascii(' hardware #').decimal(v.number(f.hardwareType))
}

/** Addresses of another kind, or cut short. */
function printForeign(v: LayerView, line: Line): void {
  if (v.status === 'malformed') {
    line.out.ascii('truncated-arp')
    line.complete = true
  }
  if (v.status !== 'complete') return
  line.out.ascii('arp-#').decimal(v.number(f.opcode))
  line.out.ascii(' for proto #').decimal(v.number(f.protocolType))
  line.out.ascii(' (').decimal(v.number(f.protocolSize)).ascii(') hardware #')
  line.out.decimal(v.number(f.hardwareType)).ascii(' (').decimal(v.number(f.hardwareSize)).ascii(')')
}

function printRequest(v: LayerView, line: Line): void {
  const { out } = line
  const mac = v.start(f.targetMac)
  out.ascii('arp who-has ').ipv4(v.bytes, v.start(f.targetIpv4))
  if (!isZero(v.bytes, mac)) out.ascii(' (').mac(v.bytes, mac).ascii(')')
  out.ascii(' tell ').ipv4(v.bytes, v.start(f.senderIpv4))
  printUnlike(v, line, v.start(f.senderMac), 6)
}

function printReply(v: LayerView, line: Line): void {
  const { out } = line
  const mac = v.start(f.senderMac)
  out.ascii('arp reply ').ipv4(v.bytes, v.start(f.senderIpv4))
  printUnlike(v, line, mac, 6)
  out.ascii(' is-at ').mac(v.bytes, mac)
  printUnlike(v, line, v.start(f.targetMac), 0)
}

function printReverse(v: LayerView, line: Line): void {
  line.out.ascii('rarp who-is ').mac(v.bytes, v.start(f.targetMac))
  line.out.ascii(' tell ').mac(v.bytes, v.start(f.senderMac))
}

function printReverseReply(v: LayerView, line: Line): void {
  line.out.ascii('rarp reply ').mac(v.bytes, v.start(f.targetMac))
  line.out.ascii(' at ').ipv4(v.bytes, v.start(f.targetIpv4))
}

/** The link address at `mac` in parentheses, unless the frame's header has the same one (`at` bytes in). */
function printUnlike(v: LayerView, line: Line, mac: number, at: number): void {
  const around = addressesAround(v)
  if (around < 0) return
  for (let i = 0; i < 6; i++)
    if (v.bytes[around + at + i] !== v.bytes[mac + i]) {
      line.out.ascii(' (').mac(v.bytes, mac).ascii(')')
      return
    }
}

const isZero = (bytes: Uint8Array, start: number): boolean => {
  for (let i = start; i < start + 6; i++) if (bytes[i] !== 0) return false
  return true
}
