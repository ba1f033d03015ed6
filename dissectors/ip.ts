import { hexText } from '../src/addresses.ts'
import { block } from '../src/dissect/block.ts'
import { expectedChecksum } from '../src/dissect/checksum.ts'
import { glossary } from '../src/dissect/field.ts'
import type { Fragment } from '../src/dissect/fragments.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { f } from './ip-fields.ts'
import { printIp } from './ip-line.ts'
import { optionFields, walkOptions } from './ip-options.ts'
import { ipLesson } from './lessons/network.ts'
import { channelTypes } from './numbers/channel-types.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { linkTypes } from './numbers/link-types.ts'
import { nextProtocols } from './numbers/next-protocols.ts'
import { pppProtocols } from './numbers/ppp.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |Version|  IHL  |Type of Service|          Total Length         |
// |         Identification        |Flags|      Fragment Offset    |
// |  Time to Live |    Protocol   |         Header Checksum       |
// |                       Source Address                          |
// |                    Destination Address                        |
// |                    Options                    |    Padding    |

const header = block(
  [f.version, 4],
  [f.headerLength, 4],
  [f.dsField, 8],
  [f.length, 16],
  [f.identification, 16],
  [f.flags, 3],
  [f.fragmentOffset, 13],
  [f.timeToLive, 8],
  [f.protocol, 8],
  [f.checksum, 16],
  [f.source, 32],
  [f.destination, 32],
)

const dontFragment = 2
const moreFragments = 1

export const ip = protocol({
  id: 'ip',
  name: 'Internet Protocol version 4',
  short: 'IPv4',
  reference: 'RFC 791',
  about:
    'Carries a packet from host to host across any number of networks, on best effort: it may be lost, doubled or cut into fragments.',
  lesson: ipLesson,
  fields: glossary(f, optionFields),
  begins: header,
  plain: {
    where: [
      [f.version, 4],
      [f.headerLength, 5],
      [f.flags, 0, moreFragments],
      [f.fragmentOffset, 0],
    ],
    length: f.length,
    next: [ipProtocols, f.protocol],
  },
  addresses: [f.source, f.destination],
  claims: [
    [etherTypes, 2048],
    [ipProtocols, 4],
    [linkTypes, 228],
    [pppProtocols, 0x21],
    [nextProtocols, 1],
    [channelTypes, 0x21],
  ],
  walk(r) {
    r.block(header)
    const version = r.of(f.version)
    const headerLength = r.of(f.headerLength) * 4
    if (version !== 4) {
      r.noteOn(f.version, 'error', `Version ${version} in the place of 4: what follows is not read`)
      return r.carry(undefined)
    }
    if (headerLength < 20) r.malformed(`Header length ${headerLength} is less than 20 bytes`)
    const length = r.of(f.length)
    const flags = r.of(f.flags)
    const offset = r.of(f.fragmentOffset) * 8
    const carried = r.of(f.protocol)
    const source = r.placeOf(f.source)
    r.addresses.bytes = r.bytes
    r.addresses.source = source
    r.addresses.destination = r.placeOf(f.destination)
    r.addresses.size = 4
    // A sender that leaves the cutting to its network card captures its own large packets with length 0.
    if (length === 0)
      r.note('info', 'Total length 0: captured on the sender before its network card cut the packet')
    else r.limitTo(length, f.length)
    if (headerLength > 20) walkOptions(r, headerLength - 20)
    if (r.checking) {
      const checksum = r.of(f.checksum)
      r.verify(f.checksum, checksum, expectedChecksum(r, r.start, r.pos, checksum))
      if (flags & 4) r.note('warning', 'The reserved bit is set')
      if (r.of(f.timeToLive) === 0) r.note('warning', 'Time to live is 0: no router may pass the packet on')
      if (r.bytes[source]! >= 224 && r.bytes[source]! < 240)
        r.note('error', 'The source is a multicast address, but only one host can have sent this')
      checkFragment(r, flags, offset, carried)
    }
    const more = (flags & 1) === 1
    if (more || offset > 0) return fragment(r, r.of(f.identification), carried, offset, more)
    return r.payload(ipProtocols, carried)
  },
  isFragment: v => v.number(f.fragmentOffset) > 0 || (v.number(f.flags) & moreFragments) === moreFragments,
  summary: v => {
    const from = `${v.show(f.source)} → ${v.show(f.destination)}, TTL ${v.number(f.timeToLive)}`
    return v.number(f.fragmentOffset) > 0 || v.number(f.flags) & 1
      ? `${from}, fragment ${v.show(f.identification)} at byte ${v.number(f.fragmentOffset) * 8}`
      : from
  },
  line: printIp,
})

const tcp = 6

/** Says what is odd about a fragment, for odd ones are how packets are smuggled past filters. */
function checkFragment(r: Reader, flags: number, offset: number, carried: number): void {
  const more = (flags & moreFragments) === 1
  if (!more && offset === 0) return
  if (flags & dontFragment) r.note('warning', 'A fragment that says it must not be one')
  if (more && r.left % 8 !== 0)
    r.note('error', `${r.left} bytes are no multiple of 8, as all fragments but the last have to be`)
  if (offset + r.left > maxPayload)
    r.note('error', `Ends at byte ${offset + r.left} of a datagram that has at most ${maxPayload}`)
  if (offset === 8 && carried === tcp)
    r.note('warning', 'Starts inside the TCP header, which hides its flags from filters (RFC 1858)')
}

/** The longest datagram less the shortest header. */
const maxPayload = 65515

/** One piece of a datagram: goes on in the whole where this piece completes it, else its bytes are data. */
function fragment(r: Reader, identification: number, carried: number, offset: number, more: boolean): Next {
  // What is cut short, by the capture or by the frame around, can never be put together.
  const cut = !r.whole || r.limit - r.start < r.of(f.length)
  if (r.session === undefined || cut || r.excerpted)
    return offset === 0 ? r.excerpt(r.payload(ipProtocols, carried), false) : r.carry(undefined)
  const { bytes, source } = r.addresses
  const key = `${identification} ${carried} ${hexText(bytes, source, 8)}`
  const found = r.session.ipFragments.add(r.frame, key, offset, more, r.bytes, r.pos, r.left, carried)
  noteFragment(r, found, identification)
  return found.whole ? r.inside(found.whole, r.payload(ipProtocols, carried)) : r.carry(undefined)
}

/** Tells in which company the fragment is, for the reader who looks at it alone. */
export function noteFragment(r: Reader, found: Fragment, identification: number, digits = 4): void {
  if (r.sink === null) return
  const [first] = found.frames
  const id = `0x${identification.toString(16).padStart(digits, '0')}`
  if (found.whole)
    r.note('info', `Completes datagram ${id}, whose fragments are frames ${found.frames.join(', ')}`)
  else if (first === r.frame.number) r.note('info', `First fragment seen of datagram ${id}`)
  else r.note('info', `Fragment of datagram ${id}, which began in frame ${first}`)
  if (found.doubt) r.note('warning', found.doubt)
}
