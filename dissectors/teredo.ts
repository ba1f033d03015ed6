import { ipv4Text } from '../src/addresses.ts'
import { bytes, field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { ipv6 } from './ipv6.ts'
import { teredoLesson } from './lessons/links.ts'
import { udpPorts } from './numbers/ports.ts'

// Authentication, where a client talks to its server:
// |      0x00     |      0x01     | ID-len        | AU-len        |
// | Client identifier (ID-len)    | Authentication value (AU-len) |
// | Nonce value (8 bytes)                         | Confirmation  |
//
// Origin indication, where a server or relay tells where the packet came from:
// |      0x00     |      0x00     | Origin port, each bit inverted|
// |        Origin IPv4 address, each bit inverted                 |
//
// Then IPv6, or nothing.

/** Reads what the sender inverted, so that NAT devices which look for addresses to replace do not find them. */
const inverted = (all: Uint8Array, start: number, length: number): Uint8Array =>
  all.slice(start, start + length).map(byte => ~byte)

const indicator = (explain: string) =>
  field('teredo.indicator', 'Indicator', { explain, section: 'RFC 4380 §5.1.1', show: hex(4) })

const f = {
  authentication: field('teredo.auth', 'Authentication', {
    type: 'group',
    explain:
      'By it, client and server know that the answer belongs to the question, and if they share a secret, who asked.',
    section: 'RFC 4380 §5.1.1',
  }),
  authenticationIndicator: indicator(
    '0x0001 announces authentication. IPv6 cannot begin so, for its first four bits are 6.',
  ),
  idLength: field('teredo.auth.idlen', 'Client identifier length', {
    explain: 'Bytes of the client’s name; 0 where no secret is used, which is the rule.',
    section: 'RFC 4380 §5.1.1',
    show: bytes,
  }),
  valueLength: field('teredo.auth.aulen', 'Authentication value length', {
    explain: 'Bytes of proof; 0 where no secret is used.',
    section: 'RFC 4380 §5.1.1',
    show: bytes,
  }),
  id: field('teredo.auth.id', 'Client identifier', {
    type: 'bytes',
    explain: 'Names the client, so that the server finds the secret that both share.',
    section: 'RFC 4380 §5.2.2',
  }),
  value: field('teredo.auth.value', 'Authentication value', {
    type: 'bytes',
    explain: 'A keyed hash over nonce, confirmation, origin and the IPv6 packet: the proof of who sent it.',
    section: 'RFC 4380 §5.2.2',
  }),
  nonce: field('teredo.auth.nonce', 'Nonce value', {
    type: 'bytes',
    explain: 'Eight random bytes of the client. An answer that does not repeat them is not the server’s.',
    section: 'RFC 4380 §5.2.1',
  }),
  confirmation: field('teredo.auth.conf', 'Confirmation byte', {
    type: 'bytes',
    explain: '0 where all is well; any other value asks the client to get a new key.',
    section: 'RFC 4380 §5.1.1',
  }),
  origin: field('teredo.orig', 'Origin indication', {
    type: 'group',
    explain: 'Shows the client what its packets look like outside: address and port that its NAT gave them.',
    section: 'RFC 4380 §5.1.1',
  }),
  originIndicator: indicator('0x0000 announces an origin. It may stand behind authentication or alone.'),
  originPort: field('teredo.orig.port', 'Origin UDP port', {
    explain:
      'The port outside the NAT, each bit inverted, because some NAT devices replace what looks like a port.',
    section: 'RFC 4380 §5.1.1',
    show: value => `${~value & 0xffff} (0x${value.toString(16).padStart(4, '0')} inverted)`,
  }),
  originAddress: field('teredo.orig.addr', 'Origin IPv4 address', {
    type: 'ipv4',
    explain:
      'The address outside the NAT, inverted for the same reason. With the port it goes into the client’s IPv6 address.',
    section: 'RFC 4380 §5.1.1',
    read: (all, start, length) => (length < 4 ? '' : ipv4Text(inverted(all, start, 4), 0)),
  }),
}

export const teredo = protocol({
  id: 'teredo',
  name: 'Teredo',
  reference: 'RFC 4380, RFC 6081',
  about:
    'Gives hosts behind a NAT an IPv6 address and carries their packets over UDP. Old Windows did so unasked.',
  lesson: teredoLesson,
  fields: f,
  claims: [[udpPorts, 3544]],
  walk(r) {
    if (announced(r, 1)) walkAuthentication(r)
    if (announced(r, 0)) walkOrigin(r)
    if (r.left === 0) return r.carry(undefined)
    if (r.peek() >> 4 === 6) return r.carry(ipv6)
    r.status('unknown')
    r.note('warning', 'No IPv6 packet follows')
    return r.carry(undefined)
  },
  summary: v => {
    if (v.has(f.originAddress)) return `origin ${v.show(f.originAddress)}`
    return v.has(f.nonce) ? `authentication, nonce ${v.show(f.nonce)}` : 'IPv6 over UDP'
  },
})

/** True where an indicator of this kind stands; of half an indicator nothing can be told, and the walk stops. */
function announced(r: Reader, kind: number): boolean {
  if (r.peek() !== 0) return false
  if (r.peek(1) < 0) r.u16(f.originIndicator)
  return r.peek(1) === kind
}

function walkAuthentication(r: Reader): void {
  r.open(f.authentication)
  r.u16(f.authenticationIndicator)
  const id = r.u8(f.idLength)
  const value = r.u8(f.valueLength)
  r.octets(f.id, id)
  r.octets(f.value, value)
  r.octets(f.nonce, 8)
  r.octets(f.confirmation, 1)
  r.close()
}

function walkOrigin(r: Reader): void {
  r.open(f.origin)
  r.u16(f.originIndicator)
  r.u16(f.originPort)
  r.ipv4(f.originAddress)
  r.close()
}
