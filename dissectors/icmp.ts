import { expectedChecksum } from '../src/dissect/checksum.ts'
import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { walkExtendedReply, walkExtendedRequest } from './extended-echo.ts'
import { extensionFields } from './icmp-extension-fields.ts'
import { quote, walkBehindQuote } from './icmp-extensions.ts'
import { codes, f } from './icmp-fields.ts'
import { printIcmp } from './icmp-line.ts'
import { mobilityFields, walkMobility } from './icmp-mobility.ts'
import { pingFields, walkPing } from './icmp-ping.ts'
import { icmpLesson } from './lessons/network.ts'
import { icmpTypes } from './numbers/icmp-types.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { reservedBytes } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Type      |     Code      |          Checksum             |
// |           Identifier          |        Sequence Number        |  echo
// |     unused    |    Length     |         Next-Hop MTU          |  errors
// |      Internet Header + at least 64 bits of Original Data Datagram
// |      Extension structure (RFC 4884)                           |

const ipv4 = 2048

export const icmp = protocol({
  id: 'icmp',
  name: 'Internet Control Message Protocol',
  short: 'ICMP',
  reference: 'RFC 792',
  about:
    'Carries IP’s own messages: errors about packets that did not arrive, and ping. Path MTU discovery needs it, so do tunnels.',
  lesson: icmpLesson,
  fields: glossary(f, extensionFields, mobilityFields, pingFields),
  claims: [[ipProtocols, 1]],
  walk(r) {
    const type = r.u8(f.type)
    const code = r.u8(codes[type] ?? f.code)
    const checksum = r.u16(f.checksum)
    if (r.checking && r.whole && !r.excerpted)
      r.verify(f.checksum, checksum, expectedChecksum(r, r.start, r.limit, checksum))
    return walkMessage(r, type, code)
  },
  trailer(r) {
    const type = r.peek(r.start - r.pos)
    if (type === 3 || type === 11 || type === 12)
      walkBehindQuote(r, r.start + 8, r.peek(r.start + 5 - r.pos) * 4)
  },
  summary: summarize,
  line: printIcmp,
})

function walkMessage(r: Reader, type: number, code: number): Next {
  switch (type) {
    case 0:
    case 8:
      r.u16(f.identifier)
      r.u16(f.sequence)
      return walkPing(r)
    case 3:
    case 11:
    case 12:
      return walkError(r, type, code)
    case 4:
      reservedBytes(r, f.unused, 4)
      if (r.checking) r.note('info', 'Source quench is no longer sent or obeyed (RFC 6633)')
      return quote(r, ipv4)
    case 5:
      r.ipv4(f.gateway)
      return quote(r, ipv4)
    case 31:
      r.u32(f.wordPointer)
      return quote(r, ipv4)
    case 40:
      reservedBytes(r, f.reserved, 2)
      r.u16(f.photurisPointer)
      return quote(r, ipv4)
    case 9:
      return walkAdvertisement(r)
    default:
      walkQuery(r, type)
      return undefined
  }
}

/** Unreachable, time exceeded, parameter problem: one word, the datagram at fault, extensions. */
function walkError(r: Reader, type: number, code: number): Next {
  const tooBig = type === 3 && code === 4
  const told = Math.max(0, r.peek(1))
  if (type === 12) r.u8(f.pointer)
  else if (tooBig || told > 0) reservedBytes(r, f.unused, told > 0 ? 1 : 2)
  const length = told > 0 ? r.u8(f.length) * 4 : 0
  if (tooBig) {
    const mtu = r.u16(f.mtu)
    if (r.checking && mtu > 0 && mtu < 68)
      r.noteField('warning', `No link has an MTU of ${mtu}: IPv4 needs 68 bytes`)
  } else reservedBytes(r, f.unused, told > 0 ? 2 : type === 12 ? 3 : 4)
  return quote(r, ipv4, length)
}

function walkAdvertisement(r: Reader): Next {
  const count = r.u8(f.addressCount)
  const words = r.u8(f.addressEntrySize)
  r.u16(f.lifetime)
  if (words < 2) r.malformed(`Addr entry size ${words} has no room for an address and a preference`)
  for (let i = 0; i < count; i++) {
    r.open(f.router, words * 4)
    r.ipv4(f.routerAddress)
    r.u32(f.preferenceLevel)
    r.octets(f.routerRest, (words - 2) * 4)
    r.close()
  }
  walkMobility(r)
  return undefined
}

/** Messages that carry no datagram. */
function walkQuery(r: Reader, type: number): void {
  switch (type) {
    case 10:
      reservedBytes(r, f.reserved, 4)
      break
    case 13:
    case 14:
      r.u16(f.identifier)
      r.u16(f.sequence)
      r.u32(f.originate)
      r.u32(f.receive)
      r.u32(f.transmit)
      break
    case 15:
    case 16:
    case 37:
      r.u16(f.identifier)
      r.u16(f.sequence)
      break
    case 17:
    case 18:
      r.u16(f.identifier)
      r.u16(f.sequence)
      r.ipv4(f.mask)
      break
    case 30:
      walkTraceroute(r)
      break
    case 38:
      r.u16(f.identifier)
      r.u16(f.sequence)
      r.u32(f.nameLifetime)
      r.rest(f.names)
      break
    case 41:
      r.u8(f.subtype)
      reservedBytes(r, f.reserved, 3)
      break
    case 42:
      r.u16(f.identifier)
      walkExtendedRequest(r, f)
      break
    case 43:
      r.u16(f.identifier)
      walkExtendedReply(r, f)
      break
  }
  r.rest(f.data)
}

function walkTraceroute(r: Reader): void {
  r.u16(f.tracerouteId)
  reservedBytes(r, f.unused, 2)
  r.u16(f.outboundHops)
  r.u16(f.returnHops)
  r.u32(f.linkSpeed)
  r.u32(f.linkMtu)
}

function summarize(v: LayerView): string {
  const type = v.number(f.type)
  const name = icmpTypes[type] ?? `Type ${type}`
  const code = codes[type]
  if (code !== undefined && type !== 9 && type !== 42) {
    const mtu = v.has(f.mtu) && v.number(f.mtu) > 0 ? `, next-hop MTU ${v.number(f.mtu)}` : ''
    return `${name}: ${v.show(code)}${mtu}`
  }
  if (v.has(f.sequence)) return `${name}, id ${v.show(f.identifier)}, seq ${v.number(f.sequence)}`
  return name
}
