import { printDetails } from '../src/dissect/detail-lines.ts'
import type { Field } from '../src/dissect/field.ts'
import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { eap } from './eap.ts'
import { udpPorts } from './numbers/ports.ts'
import { attributes, f, radiusCodes } from './radius-fields.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Code      |  Identifier   |            Length             |
// |                     Authenticator, 16 bytes                   |
// |     Type      |    Length     |  Value …      as often as needed

const [vendorSpecific, eapMessage] = [26, 79]

export const radius = protocol({
  id: 'radius',
  name: 'Remote Authentication Dial In User Service',
  short: 'RADIUS',
  reference: 'RFC 2865, RFC 2866, RFC 2869, RFC 3579, RFC 5176',
  about:
    'A gateway asks a server whether a user may come in, and tells it afterwards how long and how much. Most of it is in clear, and what protects it is MD5 and a shared secret.',
  fields: glossary(f, attributes),
  claims: [[udpPorts, 1645, 1646, 1812, 1813, 3799]],
  walk(r) {
    r.u8(f.code)
    r.u8(f.identifier)
    r.limitTo(r.u16(f.length), f.length)
    r.octets(f.authenticator, 16)
    const first = r.pos
    let eapBytes = 0
    while (r.more()) eapBytes += walkAttribute(r)
    return eapBytes > 0 ? together(r, first, eapBytes) : r.carry(undefined)
  },
  summary: summarize,
  line: printDetails,
})

/** Returns how many bytes of EAP the attribute holds. */
function walkAttribute(r: Reader): number {
  r.open(f.attribute)
  const type = r.u8(f.type)
  const length = r.u8(f.attributeLength)
  r.claim(length, f.attributeLength)
  const size = length - 2
  const isEap = type === eapMessage
  if (type === vendorSpecific && size >= 4) walkVendor(r)
  else if (isEap) r.octets(f.eap, size)
  else if (size > 0) walkValue(r, attributes[type], size)
  r.close()
  return isEap ? size : 0
}

function walkValue(r: Reader, value: Field | undefined, size: number): void {
  if (value?.type === 'uint' && size === 4) r.u32(value as Field<'uint'>)
  else if (value?.type === 'ipv4' && size === 4) r.ipv4(value as Field<'ipv4'>)
  else if (value?.type === 'text' || value?.type === 'bytes') r.octets(value as Field<'text' | 'bytes'>, size)
  else r.octets(f.value, size)
}

/** The attributes of a vendor, where they look like those of everybody else. */
function walkVendor(r: Reader): void {
  r.u32(f.vendor)
  while (r.more() && r.peek(1) >= 2 && r.peek(1) <= r.left) {
    r.u8(f.vendorType)
    const size = r.u8(f.vendorLength) - 2
    if (size > 0) r.octets(f.value, size)
  }
  if (r.left > 0) r.rest(f.value)
}

/** Attributes are short, so that a message of EAP comes in several, one behind the other (RFC 3579 §3.1). */
function together(r: Reader, first: number, length: number): Next {
  const bytes = new Uint8Array(length)
  let filled = 0
  for (let at = first; at < r.pos; at += r.bytes[at + 1]!)
    if (r.bytes[at] === eapMessage) {
      bytes.set(r.bytes.subarray(at + 2, at + r.bytes[at + 1]!), filled)
      filled += r.bytes[at + 1]! - 2
    }
  return r.inside({ name: 'eap-message', label: 'EAP message', bytes }, eap)
}

function summarize(v: LayerView): string {
  const code = v.number(f.code)
  const name = radiusCodes[code] ?? `code ${code}`
  const user = attributes[1]
  const address = attributes[8]
  const who = user && v.has(user) ? `, ${v.show(user)}` : ''
  const where = address && v.has(address) ? `, ${v.show(address)}` : ''
  return `${name}, id ${v.number(f.identifier)}${who}${where}`
}
