import { printDetails } from '../src/dissect/detail-lines.ts'
import { bytes, field, hex } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { sstpAttributeMeanings, sstpMessageMeanings } from './numbers/tunnel-meanings.ts'
import { ppp } from './ppp.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// | Maj=1 | Min=0 |  Reserved   |C|   R   |        Length         |
// |  PPP frame …                                                     C is 0
// |         Message Type          |        Num Attributes         |  C is 1
// |   Reserved    | Attribute ID  |   R   |        Length         |  as often as it says
// |  Value …                                                      |

const packet = 'MS-SSTP §2.2.1'
const attribute = 'MS-SSTP §2.2.4'
const messages: Readonly<Record<number, string>> = {
  1: 'Call connect request',
  2: 'Call connect ack',
  3: 'Call connect nak',
  4: 'Call connected',
  5: 'Call abort',
  6: 'Call disconnect',
  7: 'Call disconnect ack',
  8: 'Echo request',
  9: 'Echo response',
}
const attributes: Readonly<Record<number, string>> = {
  0: 'No error',
  1: 'Encapsulated protocol ID',
  2: 'Status info',
  3: 'Crypto binding',
  4: 'Crypto binding request',
}

const f = {
  major: field('sstp.majorversion', 'Major version', {
    explain: 'There is only version 1.0.',
    section: packet,
  }),
  minor: field('sstp.minorversion', 'Minor version', {
    explain: 'Has never been anything but 0.',
    section: packet,
  }),
  reserved: field('sstp.reserved_bits', 'Reserved', {
    explain: 'Seven bits in front of the one that marks control packets; nothing uses them.',
    section: packet,
  }),
  control: field('sstp.iscontrol', 'Control packet', {
    type: 'flag',
    explain: 'Set where the tunnel itself is spoken of, not set where it carries a packet.',
    section: packet,
  }),
  length: field('sstp.length', 'Length', {
    explain:
      'Bytes of this packet, header included: TCP and TLS do not say where one ends. The upper four bits are sent as 0.',
    section: packet,
    show: value => bytes(value & 0x0fff),
  }),
  type: field('sstp.messagetype', 'Message type', {
    explain:
      'The client asks, the server answers, the client shows that nobody sits between; then PPP flows.',
    section: 'MS-SSTP §2.2.2',
    meanings: sstpMessageMeanings,
    values: messages,
  }),
  count: field('sstp.numattrib', 'Number of attributes', {
    explain: 'How many attributes follow.',
    section: 'MS-SSTP §2.2.2',
  }),
  attribute: field('sstp.attribute', 'Attribute', {
    type: 'group',
    explain: 'What a control message says.',
    section: attribute,
  }),
  attributeReserved: field('sstp.attribreserved', 'Reserved', {
    explain: 'A byte that is sent as 0.',
    section: attribute,
  }),
  id: field('sstp.attribid', 'Attribute ID', {
    explain: 'What the attribute is; in a status, which attribute it complains of.',
    section: attribute,
    meanings: sstpAttributeMeanings,
    values: attributes,
  }),
  attributeLengthReserved: field('sstp.attriblengthreserved', 'Reserved', {
    explain: 'Four bits that are sent as 0.',
    section: attribute,
  }),
  attributeLength: field('sstp.attriblength', 'Attribute length', {
    explain: 'Bytes of the attribute, these four included.',
    section: attribute,
    show: bytes,
  }),
  encapsulated: field('sstp.encapsulatedprotocol', 'Encapsulated protocol', {
    explain: 'What the tunnel is to carry: PPP, there is nothing else.',
    section: 'MS-SSTP §2.2.5',
    values: { 1: 'PPP' },
  }),
  reserved3: field('sstp.reserved', 'Reserved', {
    type: 'bytes',
    explain: 'Three bytes that are sent as 0.',
    section: 'MS-SSTP §2.2.6',
  }),
  hash: field('sstp.hash', 'Hash protocol', {
    explain:
      'With which hashes server and client can show that their TLS ends in each other: 1 is SHA-1, 2 SHA-256.',
    section: 'MS-SSTP §2.2.6',
    values: { 1: 'SHA-1', 2: 'SHA-256', 3: 'SHA-1 or SHA-256' },
  }),
  nonce: field('sstp.nonce', 'Nonce', {
    type: 'bytes',
    explain: 'Random bytes of the server, so that no old proof is good again.',
    section: 'MS-SSTP §2.2.6',
  }),
  certificate: field('sstp.cert_hash', 'Certificate hash', {
    type: 'bytes',
    explain: 'The hash of the certificate that the client saw: one in the middle would have shown another.',
    section: 'MS-SSTP §2.2.7',
  }),
  mac: field('sstp.compoundmac', 'Compound MAC', {
    type: 'bytes',
    explain: 'Made with keys from the PPP authentication: it binds the TLS connection to the user inside.',
    section: 'MS-SSTP §2.2.7',
  }),
  status: field('sstp.status', 'Status', {
    explain: 'What was wrong with the attribute.',
    section: 'MS-SSTP §2.2.8',
    show: hex(8),
  }),
  value: field('sstp.attribvalue', 'Attribute value', {
    type: 'bytes',
    explain: 'The value as it was sent, or of an attribute that nobody specified.',
    section: attribute,
  }),
  data: field('sstp.dataunknown', 'Remaining data', {
    type: 'bytes',
    explain: 'What follows the attributes.',
    section: packet,
  }),
}

const headerLength = 4
const version = 0x10
const lengthAt = (r: Reader, at: number): number => ((r.peek(at + 2) & 0x0f) << 8) | r.peek(at + 3)

/** True where packets with version, flag and length follow each other up to the end: 27 bits of each are known. */
export function looksLikeSstp(r: Reader): boolean {
  let at = 0
  while (at < r.left) {
    if (r.peek(at) !== version || r.peek(at + 1) < 0 || r.peek(at + 1) > 1) return false
    const length = lengthAt(r, at)
    if (r.peek(at + 3) < 0 || length < headerLength) return false
    at += length
  }
  return at > 0 && at === r.left
}

export const sstp = protocol({
  id: 'sstp',
  name: 'Secure Socket Tunneling Protocol',
  short: 'SSTP',
  reference: 'https://learn.microsoft.com/openspecs/windows_protocols/ms-sstp',
  about:
    'Microsoft’s VPN that looks like a visit to a web site: PPP in TLS on port 443. It is to be seen only behind a proxy that ends the TLS, in HTTP.',
  fields: f,
  claims: [],
  message(r, sure) {
    if (r.peek(headerLength - 1) < 0) return 0
    const length = lengthAt(r, 0)
    return r.peek() === version && length >= headerLength && (sure || looksLikeSstp(r)) ? length : -1
  },
  walk(r) {
    r.bits(f.major, 4)
    r.bits(f.minor, 4)
    r.bits(f.reserved, 7)
    const isControl = r.flag(f.control)
    r.limitTo(r.u16(f.length) & 0x0fff, f.length)
    if (!isControl) return r.carry(ppp)
    r.u16(f.type)
    const count = r.u16(f.count)
    for (let i = 0; i < count && r.left > 0; i++) walkAttribute(r)
    if (r.left > 0) r.rest(f.data)
    return r.carry(undefined)
  },
  summary: summarize,
  line: printDetails,
})

const [encapsulated, status, binding, bindingRequest] = [1, 2, 3, 4]

function walkAttribute(r: Reader): void {
  r.open(f.attribute)
  r.u8(f.attributeReserved)
  const id = r.u8(f.id)
  r.bits(f.attributeLengthReserved, 4)
  r.claim(r.bits(f.attributeLength, 12), f.attributeLength)
  if (id === encapsulated) r.u16(f.encapsulated)
  else if (id === status) walkStatus(r)
  else if (id === binding || id === bindingRequest) walkBinding(r, id)
  else if (r.left > 0) r.rest(f.value)
  r.close()
}

function walkStatus(r: Reader): void {
  r.octets(f.reserved3, 3)
  r.u8(f.id)
  r.u32(f.status)
  if (r.left > 0) r.rest(f.value)
}

function walkBinding(r: Reader, id: number): void {
  r.octets(f.reserved3, 3)
  r.u8(f.hash)
  r.octets(f.nonce, 32)
  if (id === bindingRequest) return
  r.octets(f.certificate, 32)
  r.octets(f.mac, 32)
}

function summarize(v: LayerView): string {
  if (v.number(f.control) === 0) return `data, ${v.show(f.length)}`
  const type = v.number(f.type)
  return (messages[type] ?? `control message ${type}`).toLowerCase()
}
