import { expectedChecksum, pseudoHeader } from '../src/dissect/checksum.ts'
import { glossary } from '../src/dissect/field.ts'
import type { LayerView } from '../src/dissect/layer-view.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { nameFields } from './domain-name.ts'
import { walkExtendedReply, walkExtendedRequest } from './extended-echo.ts'
import { extensionFields } from './icmp-extension-fields.ts'
import { quote, walkBehindQuote } from './icmp-extensions.ts'
import { codes, f } from './icmpv6-fields.ts'
import { printIcmpv6 } from './icmpv6-line.ts'
import { mldFields, walkListener, walkReport } from './icmpv6-mld.ts'
import { redirectOptions, walkDiscovery } from './icmpv6-nd.ts'
import { n } from './icmpv6-nd-fields.ts'
import { nodeFields, walkNodeQuery, walkNodeReply } from './icmpv6-node-information.ts'
import { o } from './icmpv6-option-fields.ts'
import { walkBehindRedirected } from './icmpv6-options.ts'
import { rare } from './icmpv6-rare-option-fields.ts'
import { renumberingFields, walkRenumbering } from './icmpv6-renumbering.ts'
import { rplFields, walkRpl } from './icmpv6-rpl.ts'
import { icmpv6Lesson } from './lessons/sessions.ts'
import { icmpv6Types } from './numbers/icmpv6-types.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { reservedBits, reservedBytes } from './reserved.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |     Type      |     Code      |          Checksum             |
// |           Identifier          |        Sequence Number        |  echo
// |    Length     |     Unused    |             ...               |  errors
// |      As much of the invoking packet as fits into 1280 bytes   |
// |      Extension structure (RFC 4884)                           |

const ipv6 = 34525

export const icmpv6 = protocol({
  id: 'icmpv6',
  name: 'Internet Control Message Protocol version 6',
  short: 'ICMPv6',
  reference: 'RFC 4443, RFC 4861',
  about:
    'Carries IPv6’s own messages: errors, ping, and what ARP, IGMP and router discovery do for IPv4. Without it IPv6 does not work.',
  lesson: icmpv6Lesson,
  fields: glossary(
    f,
    n,
    o,
    rare,
    mldFields,
    nodeFields,
    nameFields,
    renumberingFields,
    rplFields,
    extensionFields,
  ),
  claims: [[ipProtocols, 58]],
  walk(r) {
    const type = r.u8(f.type)
    const code = r.u8(codes[type] ?? f.code)
    const checksum = r.u16(f.checksum)
    if (r.checking && r.whole && !r.excerpted && r.addresses.size === 16) {
      const sum = pseudoHeader(r, 58, r.limit - r.start)
      r.verify(f.checksum, checksum, expectedChecksum(r, r.start, r.limit, checksum, sum))
    }
    return type < 128 ? walkError(r, type) : walkMessage(r, type, code)
  },
  trailer(r) {
    const type = r.peek(r.start - r.pos)
    if (type === 137) walkBehindRedirected(r, r.start + redirectOptions)
    else if (type === 1 || type === 3)
      walkBehindQuote(r, r.start + 8, Math.max(0, r.peek(r.start + 4 - r.pos)) * 8)
  },
  summary: summarize,
  line: printIcmpv6,
})

function walkError(r: Reader, type: number): Next {
  switch (type) {
    case 1:
    case 3: {
      const told = r.peek() > 0
      const length = told ? r.u8(f.length) * 8 : 0
      reservedBytes(r, f.reserved, told ? 3 : 4)
      return quote(r, ipv6, length)
    }
    case 2: {
      const mtu = r.u32(f.mtu)
      if (r.checking && mtu < 1280)
        r.noteField('warning', `No IPv6 link has an MTU of ${mtu}: IPv6 needs 1280 bytes`)
      return quote(r, ipv6)
    }
    case 4:
      r.u32(f.pointer)
      return quote(r, ipv6)
  }
  r.rest(f.data)
  return undefined
}

function walkMessage(r: Reader, type: number, code: number): Next {
  if (type === 128 || type === 129) {
    r.u16(f.identifier)
    r.u16(f.sequence)
    return r.carry(undefined)
  }
  if (type >= 133 && type <= 154 && !others.has(type)) return walkDiscovery(r, type)
  walkOther(r, type, code)
  r.rest(f.data)
  return undefined
}

/** Types among those of neighbour discovery that carry no options. */
const others = new Set([138, 139, 140, 143, 150, 151, 152, 153])

function walkOther(r: Reader, type: number, code: number): void {
  switch (type) {
    case 130:
    case 131:
    case 132:
      walkListener(r, type === 130)
      break
    case 138:
      walkRenumbering(r, code)
      break
    case 139:
      walkNodeQuery(r, code)
      break
    case 140:
      walkNodeReply(r)
      break
    case 143:
      walkReport(r)
      break
    case 151:
      r.u16(f.queryInterval)
      r.u16(f.robustness)
      break
    case 155:
      walkRpl(r, code)
      break
    case 156:
      walkLocators(r)
      break
    case 157:
    case 158:
      r.u8(f.duplicateStatus)
      reservedBits(r, r.u8(f.duplicateReserved))
      r.u16(f.duplicateLifetime)
      r.octets(f.duplicateEui, 8)
      r.ipv6(f.duplicateAddress)
      break
    case 160:
      r.u16(f.identifier)
      walkExtendedRequest(r, f)
      break
    case 161:
      r.u16(f.identifier)
      walkExtendedReply(r, f)
      break
  }
}

function walkLocators(r: Reader): void {
  const count = r.u8(f.locatorCount)
  r.u8(f.operation)
  reservedBytes(r, f.reserved, 2)
  for (let i = 0; i < count; i++) {
    r.u64(f.locator)
    r.u16(f.preference)
    r.u16(f.locatorLifetime)
  }
}

function summarize(v: LayerView): string {
  const type = v.number(f.type)
  const name = icmpv6Types[type] ?? `Type ${type}`
  if (v.has(n.soughtTarget)) return `${name}: who has ${v.show(n.soughtTarget)}`
  if (v.has(n.target)) return `${name}: ${v.show(n.target)} is here`
  if (v.has(f.mtu)) return `${name}, MTU ${v.number(f.mtu)}`
  if (v.has(f.sequence)) return `${name}, id ${v.show(f.identifier)}, seq ${v.number(f.sequence)}`
  if (v.has(mldFields.address)) return `${name}, ${v.show(mldFields.address)}`
  const code = codes[type]
  return code !== undefined && type !== 160 ? `${name}: ${v.show(code)}` : name
}
