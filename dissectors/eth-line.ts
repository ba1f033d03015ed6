import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { f } from './eth-fields.ts'

/** Names of EtherTypes in text (nametoaddr.c of libpcap); the others print as four hex digits. */
const typeNames: Readonly<Record<number, string>> = {
  512: 'pup',
  1536: 'xns',
  2048: 'ip',
  2054: 'arp',
  1280: 'sprite',
  24577: 'mopdl',
  24578: 'moprc',
  24579: 'decnet',
  24580: 'lat',
  24583: 'sca',
  32821: 'rarp',
  32824: 'lanbridge',
  32828: 'decdns',
  32830: 'decdts',
  32859: 'vexp',
  32860: 'vprod',
  32923: 'atalk',
  33011: 'atalkarp',
  34525: 'ip6',
  36864: 'loopback',
}

const space = 0x20

/** Ethernet as OpenBSD's tcpdump prints it: the header with -e, or where nothing is known of the payload. */
export function printEthernet(v: LayerView, line: Line): void {
  if (line.options.link || !isKnown(v)) printHeader(v, line)
  line.inner(v)
}

/** `00:00:5e:00:53:01 00:00:5e:00:53:02 0800 98: ` */
function printHeader(v: LayerView, line: Line): void {
  const { out, options } = line
  const kind = v.number(v.has(f.length) ? f.length : v.has(f.type) ? f.type : f.invalid)
  if (Number.isNaN(kind)) return
  const destination = v.start(f.destination)
  out
    .mac(v.bytes, destination + 6)
    .char(space)
    .mac(v.bytes, destination)
    .char(space)
  if (!options.quiet) {
    const name = options.numeric ? undefined : typeNames[kind]
    if (name === undefined) out.hex(kind, 4)
    else out.ascii(name)
    out.char(space)
  }
  out.decimal(v.extent).ascii(': ')
}

/** True when a dissector took the payload, behind tags or not. */
function isKnown(v: LayerView): boolean {
  let next = v.next
  while (next?.protocol.boundless) next = next.next
  return next !== undefined && next.protocol.id !== 'data'
}
