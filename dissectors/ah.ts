import { data } from '../src/dissect/data.ts'
import { field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { esp } from './esp.ts'
import { printPort } from './ip-line.ts'
import { ahLesson } from './lessons/ipsec.ts'
import { ipProtocolMeanings } from './numbers/ip-protocol-meanings.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { sequenceSaid, spiSaid } from './spi-said.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Next Header   |  Payload Len  |          RESERVED             |
// |                 Security Parameters Index (SPI)               |
// |                    Sequence Number Field                      |
// |                Integrity Check Value-ICV (variable)           |

/** Bytes of the header before its integrity check value. */
const fixed = 12

const lengthField = field('ah.length', 'Payload length', {
  explain:
    'The length of this header, not of what follows, in words of 4 bytes. 2 is taken off, because IPv6 does not count the first 8 bytes of an extension header.',
  here: value => {
    const length = (value + 2) * 4
    const rest = length - fixed
    return `(${value} + 2) × 4 = ${length} bytes${rest > 0 ? `, of which ${rest} are the check value` : ''}.`
  },
  section: 'RFC 4302 §2.2',
  show: value => `${(value + 2) * 4} bytes (${value})`,
})

const f = {
  nextHeader: field('ah.next_header', 'Next header', {
    explain:
      'Names what is protected: 4 is a whole IPv4 packet (tunnel mode), 6 or 17 only the payload of this one (transport mode).',
    section: 'RFC 4302 §2.1',
    values: ipProtocols,
    meanings: ipProtocolMeanings,
  }),
  length: lengthField,
  reserved: field('ah.reserved', 'Reserved', {
    explain: 'Free for later use; sent as 0, and covered by the check value all the same.',
    section: 'RFC 4302 §2.3',
    show: hex(4),
  }),
  spi: field('ah.spi', 'Security parameters index', {
    explain:
      'Names the security association, the agreement under which this packet was signed, to the receiver, which chose the number. Each direction has its own.',
    here: spiSaid,
    section: 'RFC 4302 §2.4',
    show: hex(8),
  }),
  sequence: field('ah.sequence', 'Sequence number', {
    explain:
      'Counts the packets of this association from 1 on. An attacker who records a signed packet and sends it again is found out by its old number.',
    here: sequenceSaid,
    section: 'RFC 4302 §2.5',
  }),
  icv: field('ah.icv', 'Integrity check value', {
    type: 'bytes',
    explain:
      'A keyed hash over the packet, IP header included. What routers change counts as 0: in IPv4 DS field, flags, fragment offset, time to live and checksum, in IPv6 traffic class, flow label and hop limit (§3.3.3.1). Addresses count, and NAT changes them, so AH does not pass NAT.',
    here: (_value, layer) => sizes[(layer.number(lengthField) + 2) * 4 - fixed] ?? '',
    section: 'RFC 4302 §2.6',
  }),
}

const espNumber = 50

/** Bytes of check values in use and the algorithms that make them; up to 4 bytes of padding may follow (RFC 4302 §2.6). */
const sizes: Readonly<Record<number, string>> = {
  12: '12 bytes are those of HMAC-MD5-96, HMAC-SHA-1-96, AES-XCBC-96 and AES-CMAC-96.',
  16: '16 bytes are those of HMAC-SHA-256-128.',
  20: '20 bytes are the 16 of HMAC-SHA-256-128 and 4 of padding, which make the header a multiple of 8 bytes.',
  24: '24 bytes are those of HMAC-SHA-384-192, or the vector of 8 bytes and the value of 16 that AES-GMAC has.',
  28: '28 bytes are the 24 of HMAC-SHA-384-192 or AES-GMAC and 4 of padding, which make the header a multiple of 8 bytes.',
  32: '32 bytes are those of HMAC-SHA-512-256.',
  36: '36 bytes are the 32 of HMAC-SHA-512-256 and 4 of padding, which make the header a multiple of 8 bytes.',
}

function checkLength(r: Reader, length: number): void {
  if (length === 0) r.note('error', 'No check value: this header proves nothing')
  else if (sizes[length] === undefined)
    r.noteField(
      'warning',
      `No algorithm in use makes ${length} bytes, with or without padding (RFC 4302 §2.6)`,
    )
}

export const ah = protocol({
  id: 'ah',
  name: 'Authentication Header',
  short: 'AH',
  reference: 'RFC 4302',
  about: 'Proves who sent a packet and that nobody changed it, IP header included. It hides nothing.',
  lesson: ahLesson,
  fields: f,
  claims: [[ipProtocols, 51]],
  walk(r) {
    const next = r.u8(f.nextHeader)
    const length = (r.u8(f.length) + 2) * 4
    if (r.checking && length % 8 !== 0 && length >= fixed && r.addresses.size === 16)
      r.noteField('warning', 'In IPv6 the length of a header is to be a multiple of 8 bytes (RFC 4302 §2.2)')
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
    r.octets(f.icv, length - fixed)
    if (r.checking) checkLength(r, length - fixed)
    if (r.noting && next === espNumber)
      r.note('info', 'ESP inside AH (transport adjacency, RFC 2401 §4.3): so the IP header is protected too')
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
