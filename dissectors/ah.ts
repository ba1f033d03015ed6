import { data } from '../src/dissect/data.ts'
import { field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { esp } from './esp.ts'
import { printPort } from './ip-line.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Next Header   |  Payload Len  |          RESERVED             |
// |                 Security Parameters Index (SPI)               |
// |                    Sequence Number Field                      |
// |                Integrity Check Value-ICV (variable)           |

/** Bytes of the header before its integrity check value. */
const fixed = 12

const f = {
  nextHeader: field('ah.next_header', 'Next header', {
    explain:
      'Names what is protected: 4 is a whole IPv4 packet (tunnel mode), 6 or 17 only the payload of this one (transport mode).',
    section: 'RFC 4302 §2.1',
    values: ipProtocols,
  }),
  length: field('ah.length', 'Payload length', {
    explain: value =>
      `The length of this header in 4-byte words, less 2, as IPv6 counts: (${value} + 2) × 4 = ${(value + 2) * 4} bytes, of which ${(value + 2) * 4 - fixed} are the check value.`,
    section: 'RFC 4302 §2.2',
    show: value => `${(value + 2) * 4} bytes (${value})`,
  }),
  reserved: field('ah.reserved', 'Reserved', {
    explain: 'Free for later use; sent as 0, and covered by the check value all the same.',
    section: 'RFC 4302 §2.3',
    show: hex(4),
  }),
  spi: field('ah.spi', 'Security parameters index', {
    explain:
      'Names the security association to the receiver, which chose the number: with it, it finds the key and the algorithm. Each direction has its own.',
    section: 'RFC 4302 §2.4',
    show: hex(8),
  }),
  sequence: field('ah.sequence', 'Sequence number', {
    explain:
      'Counts the packets of this association from 1 on, so that an old packet sent again is noticed and dropped.',
    section: 'RFC 4302 §2.5',
  }),
  icv: field('ah.icv', 'Integrity check value', {
    type: 'bytes',
    explain:
      'A keyed hash over the packet, IP header included, as far as routers leave it alone. NAT changes addresses, so AH does not pass it.',
    section: 'RFC 4302 §2.6',
  }),
}

export const ah = protocol({
  id: 'ah',
  name: 'Authentication Header',
  short: 'AH',
  reference: 'RFC 4302',
  about: 'Proves who sent a packet and that nobody changed it, IP header included. It hides nothing.',
  fields: f,
  claims: [[ipProtocols, 51]],
  walk(r) {
    const next = r.u8(f.nextHeader)
    const length = (r.u8(f.length) + 2) * 4
    if (r.checking && length % 8 !== 0 && length >= fixed && r.addresses.size === 16)
      r.noteField('warning', 'In IPv6 the length of a header is to be a multiple of 8 bytes')
    const reserved = r.u16(f.reserved)
    if (r.checking && reserved !== 0) r.noteField('warning', 'The reserved bytes are to be 0')
    const spi = r.u32(f.spi)
    if (r.checking && spi < 256)
      r.noteField('warning', spi === 0 ? 'SPI 0 is never sent' : 'SPIs 1 to 255 are reserved')
    const sequence = r.u32(f.sequence)
    if (r.checking && sequence === 0)
      r.noteField(
        'info',
        'The first packet has number 1: 0 is sent only where extended numbers pass 2³², or where nobody counts',
      )
    if (length < fixed)
      r.malformed(`Payload length makes ${length} bytes, less than the ${fixed} before the check value`)
    if (r.checking && length === fixed) r.note('error', 'No check value: this header proves nothing')
    r.octets(f.icv, length - fixed)
    return r.payload(ipProtocols, next)
  },
  summary: v => `SPI ${v.show(f.spi)}, sequence ${v.number(f.sequence)}, ${v.show(f.nextHeader)} inside`,
  addressed: true,
  line: printAh,
})

function printAh(v: LayerView, line: Line): void {
  const { out, options } = line
  out.ascii('ah ')
  printEndpoints(v, line)
  if (!v.has(f.sequence)) return
  out.ascii(' spi 0x').hex(v.number(f.spi), 8)
  out.ascii(' seq ').decimal(v.number(f.sequence)).ascii(' len ').decimal(v.extent)
  line.complete = true
  if (options.verbose === 0) return
  out.ascii(' [ ')
  printInside(v, line)
  out.ascii(' ]')
  line.complete = true
}

/** What is protected; transport protocols have the addresses of the packet in front of them. */
function printInside(v: LayerView, line: Line): void {
  const inner = v.next
  if (v.status === 'truncated' || v.status === 'malformed' || v.extent <= v.length)
    line.out.ascii('truncated')
  else if (inner === undefined || inner.protocol === data)
    line.out
      .ascii('ip-proto-')
      .decimal(v.number(f.nextHeader))
      .ascii(' len ')
      .decimal(v.extent - v.length)
  else {
    const { addresses, addressed } = inner.protocol
    if (!addresses && !addressed && inner.protocol !== esp) {
      printEndpoints(v, line, inner)
      line.out.ascii(': ')
    }
    line.inner(v)
  }
}

/** `source > destination` of the packet around, with the ports of `inner` where it has them. */
export function printEndpoints(v: LayerView, line: Line, inner?: LayerView): void {
  let packet = v.outer
  while (packet !== undefined && !packet.protocol.addresses) packet = packet.outer
  const fields = packet?.protocol.addresses
  if (packet === undefined || fields === undefined) return
  for (const [i, field] of fields.entries()) {
    const at = packet.position(packet.at(field))
    if (i === 1) line.out.ascii(' > ')
    if (field.type === 'ipv6') line.out.ipv6(packet.bytes, at)
    else line.out.ipv4(packet.bytes, at)
    const port = inner?.protocol.ports?.[i]
    if (inner !== undefined && port !== undefined) printPort(inner.number(port), port, line)
  }
}
