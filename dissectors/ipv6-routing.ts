import type { LayerView } from '../src/dissect/layer-view.ts'
import type { Line } from '../src/dissect/line.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { completeDestination, nextExtension, setDestination } from './ipv6-extension.ts'
import { printCarried } from './ipv6-line.ts'
import { f } from './ipv6-routing-fields.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |  Next Header  |  Hdr Ext Len  |  Routing Type | Segments Left |
// |                      type-specific data                       |

/** What lies behind the first 4 bytes, by routing type; the header's length bounds it. */
const walks: Readonly<Record<number, (r: Reader, segmentsLeft: number) => void>> = {
  0: walkSourceRoute,
  2: walkHomeAddress,
  3: walkRpl,
  4: walkSegments,
  5: r => {
    while (r.more()) r.u16(f.shortSid)
  },
  6: r => {
    while (r.more()) r.u32(f.longSid)
  },
}

export const ipv6Routing = protocol({
  id: 'ipv6.routing',
  name: 'IPv6 Routing Header',
  short: 'IPv6 Routing',
  reference: 'RFC 8200 §4.4, RFC 8754',
  about:
    'A list of stops that the packet has to make on its way. Segment routing makes programs of it, mobile hosts hide their travels behind it.',
  fields: f,
  claims: [[ipProtocols, 43]],
  walk(r) {
    const next = r.u8(f.next)
    const length = r.u8(f.length) * 8 + 8
    const type = r.u8(f.type)
    const segmentsLeft = r.u8(f.segmentsLeft)
    r.open(f.list)
    r.claim(length - 4, f.length)
    const walk = walks[type]
    if (walk === undefined) r.octets(f.unknownData, length - 4)
    else walk(r, segmentsLeft)
    r.close()
    return nextExtension(r, next)
  },
  summary: v => `${v.show(f.type)}, ${v.number(f.segmentsLeft)} segments left`,
  line: printRouting,
})

function walkSourceRoute(r: Reader, segmentsLeft: number): void {
  const addresses = r.left >> 4
  if (r.checking) {
    if (segmentsLeft > 0)
      r.note(
        'warning',
        'Source routes let anyone bounce traffic off this host; RFC 5095 forbids to follow them',
      )
    if (segmentsLeft > addresses) noteSegments(r, segmentsLeft, addresses)
  }
  if (r.u32(f.reserved) !== 0) r.noteField('warning', 'The reserved bytes are not 0')
  let last = -1
  while (r.more()) last = r.ipv6(f.address)
  if (segmentsLeft > 0 && last >= 0) setDestination(r, last)
}

function walkHomeAddress(r: Reader, segmentsLeft: number): void {
  if (r.checking && segmentsLeft > 1) noteSegments(r, segmentsLeft, 1)
  if (r.u32(f.mobileReserved) !== 0) r.noteField('warning', 'The reserved bytes are not 0')
  const home = r.ipv6(f.homeAddress)
  if (segmentsLeft > 0) setDestination(r, home)
}

//  | CmprI | CmprE |  Pad  |               Reserved                |
//  |                     Addresses[1..n], shortened                |

function walkRpl(r: Reader, segmentsLeft: number): void {
  const inner = r.bits(f.compressedInner, 4)
  const final = r.bits(f.compressedLast, 4)
  const pad = r.bits(f.padLength, 4)
  if (r.bits(f.rplReserved, 20) !== 0) r.noteField('warning', 'Reserved bits are set')
  const innerLength = 16 - inner
  const finalLength = 16 - final
  const count = Math.max(0, Math.floor((r.left - pad - finalLength) / innerLength) + 1)
  if (r.checking && segmentsLeft > count) noteSegments(r, segmentsLeft, count)
  for (let i = 1; i < count; i++) r.octets(f.shortAddress, innerLength)
  const last = r.octets(f.shortAddress, finalLength)
  r.octets(f.padding, pad)
  if (segmentsLeft > 0) completeDestination(r, final, last)
}

//  |  Last Entry   |     Flags     |              Tag              |
//  |                  Segment List[0..n] (16 bytes each)           |
//  |                            TLVs                               |

function walkSegments(r: Reader, segmentsLeft: number): void {
  const last = r.u8(f.lastEntry)
  if (r.checking && segmentsLeft > last + 1) noteSegments(r, segmentsLeft, last + 1)
  const flags = r.u8(f.flags)
  if (r.checking && flags & 0xdf) r.noteField('warning', 'Unused flags are set')
  r.u16(f.tag)
  const first = r.pos
  for (let i = 0; i <= last; i++) r.ipv6(f.segment)
  if (segmentsLeft > 0) setDestination(r, first)
  while (r.more()) walkTlv(r)
}

const pad1 = 0
const hmac = 5

function walkTlv(r: Reader): void {
  r.open(f.tlv)
  const type = r.u8(f.tlvType)
  if (type !== pad1) {
    const length = r.u8(f.tlvLength)
    r.claim(length + 2, f.tlvLength)
    if (type === hmac) {
      r.flag(f.destinationFlag)
      if (r.bits(f.hmacReserved, 15) !== 0) r.noteField('warning', 'Reserved bits are set')
      r.u32(f.hmacKey)
      r.octets(f.hmac, length - 6)
    } else r.octets(f.tlvData, length)
  }
  r.close()
}

function noteSegments(r: Reader, left: number, held: number): void {
  r.note('error', `${left} segments left, but the list holds ${held}`)
}

function printRouting(v: LayerView, line: Line): void {
  const { out } = line
  out.ascii('srcrt')
  if (!v.has(f.segmentsLeft)) return
  out
    .ascii(' (len=')
    .decimal(v.number(f.length))
    .ascii(', type=')
    .decimal(v.number(f.type))
    .ascii(', segleft=')
    .decimal(v.number(f.segmentsLeft))
  if (v.number(f.reserved) > 0 || (line.options.verbose > 0 && v.has(f.reserved)))
    out.ascii(', rsv=0x').hex(v.number(f.reserved))
  let index = 0
  for (let at = v.at(f.address); at >= 0; at = v.at(f.address, at))
    out.ascii(', [').decimal(index++).char(0x5d).ipv6(v.bytes, v.position(at))
  out.char(0x29)
  printCarried(v, line, v.number(f.next))
}
