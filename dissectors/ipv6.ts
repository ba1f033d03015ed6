import { block } from '../src/dissect/block.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { nextHeader, noNextHeader } from './ipv6-extension.ts'
import { f } from './ipv6-fields.ts'
import { printIpv6 } from './ipv6-line.ts'
import { ipv6Lesson } from './lessons/network.ts'
import { channelTypes } from './numbers/channel-types.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { linkTypes } from './numbers/link-types.ts'
import { nextProtocols } from './numbers/next-protocols.ts'
import { pppProtocols } from './numbers/ppp.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |Version| Traffic Class |           Flow Label                  |
// |         Payload Length        |  Next Header  |   Hop Limit   |
// |                         Source Address (16 bytes)             |
// |                      Destination Address (16 bytes)           |

const headerLength = 40
const hopByHop = 0

const header = block(
  [f.version, 4],
  [f.trafficClass, 8],
  [f.flowLabel, 20],
  [f.payloadLength, 16],
  [f.nextHeader, 8],
  [f.hopLimit, 8],
  [f.source, 128],
  [f.destination, 128],
)

export const ipv6 = protocol({
  id: 'ipv6',
  name: 'Internet Protocol version 6',
  short: 'IPv6',
  reference: 'RFC 8200',
  about:
    'Carries a packet from host to host across any number of networks, with addresses of 128 bits. Options are headers of their own; only the sender cuts packets.',
  lesson: ipv6Lesson,
  fields: f,
  begins: header,
  plain: {
    where: [[f.version, 6]],
    length: f.payloadLength,
    behind: true,
    next: [ipProtocols, f.nextHeader],
  },
  addresses: [f.source, f.destination],
  claims: [
    [etherTypes, 34525],
    [ipProtocols, 41],
    [linkTypes, 229],
    [pppProtocols, 0x57],
    [nextProtocols, 2],
    [channelTypes, 0x57],
  ],
  walk(r) {
    r.block(header)
    const version = r.of(f.version)
    if (version !== 6) {
      r.noteOn(f.version, 'error', `Version ${version} in the place of 6: what follows is not read`)
      return r.carry(undefined)
    }
    const length = r.of(f.payloadLength)
    const next = r.of(f.nextHeader)
    const source = r.placeOf(f.source)
    const destination = r.placeOf(f.destination)
    r.addresses.bytes = r.bytes
    r.addresses.source = source
    r.addresses.destination = destination
    r.addresses.size = 16
    if (length > 0 || next === noNextHeader) r.limitTo(headerLength + length, f.payloadLength)
    else if (r.checking && r.left > 0) noteNoLength(r, next)
    if (r.checking) check(r, r.of(f.hopLimit), source, destination)
    return nextHeader(r, next)
  },
  summary: v => `${v.show(f.source)} → ${v.show(f.destination)}, hop limit ${v.number(f.hopLimit)}`,
  line: printIpv6,
})

/** A jumbogram says 0, and so does a sender that leaves the cutting to its network card. */
function noteNoLength(r: Reader, next: number): void {
  const sent = 'captured on the sender before its network card cut the packet'
  if (next === hopByHop) r.note('info', `Payload length 0: a jumbogram, or ${sent}`)
  else r.note('info', `Payload length 0: ${sent}`)
}

function check(r: Reader, hopLimit: number, source: number, destination: number): void {
  if (hopLimit === 0) r.note('warning', 'Hop limit is 0: no router may pass the packet on')
  if (r.bytes[source] === 0xff)
    r.note('error', 'The source is a multicast address, but only one host can have sent this')
  if (r.bytes.subarray(destination, destination + 16).every(byte => byte === 0))
    r.note('error', 'The destination is the unspecified address, which names no one')
}
