import { block } from '../src/dissect/block.ts'
import { expectedChecksum } from '../src/dissect/checksum.ts'
import { printDetails } from '../src/dissect/detail-lines.ts'
import { type Field, glossary } from '../src/dissect/field.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { nhrpLesson } from './lessons/links.ts'
import { extensionFields, walkExtensions } from './nhrp-extensions.ts'
import { type Address, nhrpFields as f, nhrpAddresses, nhrpTypes } from './nhrp-fields.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |            ar$afn             |          ar$pro.type          |
// |                          ar$pro.snap                          |
// |  ar$pro.snap  |   ar$hopcnt   |            ar$pktsz           |
// |           ar$chksum           |            ar$extoff          |
// | ar$op.version |   ar$op.type  |    ar$shtl    |    ar$sstl    |
// | Src Proto Len | Dst Proto Len |             Flags             |
// |                         Request ID                            |
// |  Source NBMA address, subaddress, source and destination protocol address, clients, extensions

const fixed = block(
  [f.family, 16],
  [f.protocol, 16],
  [f.longProtocol, 40],
  [f.hops, 8],
  [f.size, 16],
  [f.checksum, 16],
  [f.extensionOffset, 16],
  [f.version, 8],
  [f.type, 8],
  [f.outerLength, 8],
  [f.subLength, 8],
  [f.sourceLength, 8],
  [f.destinationLength, 8],
)

const addressFields = Object.fromEntries(
  Object.entries(nhrpAddresses).flatMap(([name, way]) =>
    Object.entries(way).map(([kind, entry]): [string, Field] => [`${name} ${kind}`, entry]),
  ),
)

const a = nhrpAddresses
const [registrationRequest, purgeRequest, errorIndication, trafficIndication] = [3, 5, 7, 8]

export const nhrp = protocol({
  id: 'nhrp',
  name: 'NBMA Next Hop Resolution Protocol',
  short: 'NHRP',
  reference: 'RFC 2332',
  about:
    'Tells routers in one large tunnel network where on the Internet another one is, so that they can talk without the hub between. DMVPN lives by it.',
  lesson: nhrpLesson,
  fields: glossary(f, addressFields, extensionFields),
  begins: fixed,
  claims: [
    [etherTypes, 0x2001],
    [ipProtocols, 54],
  ],
  walk(r) {
    r.block(fixed)
    const type = r.of(f.type)
    const extensions = r.of(f.extensionOffset)
    const [outer, sub] = [r.of(f.outerLength) & 63, r.of(f.subLength) & 63]
    const [source, destination] = [r.of(f.sourceLength), r.of(f.destinationLength)]
    r.limitTo(r.of(f.size), f.size)
    if (r.checking && r.whole && !r.excerpted) {
      const checksum = r.of(f.checksum)
      r.verify(f.checksum, checksum, expectedChecksum(r, r.start, r.limit, checksum))
    }
    walkKind(r, type)
    walkAddress(r, a.sourceOuter, outer)
    r.octets(f.sourceSub, sub)
    walkAddress(r, a.sourceInner, source)
    walkAddress(r, a.destinationInner, destination)
    if (type === errorIndication || type === trafficIndication) return walkQuotation(r, type, extensions)
    walkClients(r, extensions)
    if (extensions > 0) walkExtensions(r, walkEntries)
    return r.carry(undefined)
  },
  trailer(r) {
    const type = r.bytes[r.start + typeAt]
    if (type === errorIndication || type === trafficIndication) walkExtensions(r, walkEntries)
  },
  summary(v) {
    const type = v.number(f.type)
    const id = v.has(f.request) ? `, ID ${v.number(f.request)}` : ''
    const about = v.show(a.destinationInner.four) || v.show(a.destinationInner.six)
    return `${nhrpTypes[type] ?? `type ${type}`}${id}${about === '' ? '' : `, ${about}`}`
  },
  line: printDetails,
})

function walkKind(r: Reader, type: number): void {
  if (type === errorIndication || type === trafficIndication) {
    r.u16(f.unused)
    r.u16(f.errorCode)
    r.u16(f.errorOffset)
    return
  }
  r.u16(
    type < registrationRequest ? f.resolutionFlags : type < purgeRequest ? f.registrationFlags : f.purgeFlags,
  )
  r.u32(f.request)
}

function walkAddress(r: Reader, way: Address, length: number): void {
  if (length === 4) r.ipv4(way.four)
  else if (length === 16) r.ipv6(way.six)
  else r.octets(way.other, length)
}

/** The packet that an indication is about; an erroneous one begins as this one does. Extensions may follow it. */
function walkQuotation(r: Reader, type: number, extensions: number): Next {
  const length = extensions > 0 ? extensions - (r.pos - r.start) : r.left
  if (length < 0) r.malformed(`${f.extensionOffset.label} is ${extensions}, inside what came before`)
  return r.excerpt(type === trafficIndication ? etherTypes.find(ipv4) : nhrp, true, length)
}

const ipv4 = 0x0800
/** Where the type of the packet stands. */
const typeAt = 17

function walkClients(r: Reader, extensions: number): void {
  const end = extensions > 0 ? extensions : r.left + (r.pos - r.start)
  const length = end - (r.pos - r.start)
  if (length < 0) r.malformed(`${f.extensionOffset.label} is ${extensions}, inside what came before`)
  if (length === 0) return
  r.open(f.entries, length)
  walkEntries(r)
  r.close()
}

function walkEntries(r: Reader): void {
  while (r.more()) {
    r.open(f.entry)
    r.u8(f.code)
    r.u8(f.prefix)
    r.u16(f.unused)
    r.u16(f.mtu)
    r.u16(f.holding)
    const outer = r.u8(f.clientLength) & 63
    const sub = r.u8(f.clientSubLength) & 63
    const inner = r.u8(f.clientInnerLength)
    r.u8(f.preference)
    walkAddress(r, a.clientOuter, outer)
    r.octets(f.clientSub, sub)
    walkAddress(r, a.clientInner, inner)
    r.close()
  }
}
