import { block } from '../src/dissect/block.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { addressParts, f } from './eth-fields.ts'
import { printEthernet } from './eth-line.ts'
import { ethLesson } from './lessons/links.ts'
import { carryLlc, isLength } from './llc.ts'
import { nodeZlib } from './node-modules.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'
import { linkTypes } from './numbers/link-types.ts'
import { linuxProtocols } from './numbers/linux-protocols.ts'
import { nextProtocols } from './numbers/next-protocols.ts'

//  +----------------------+----------------------+-----------+---------------+-------+
//  | destination (6 bytes)| source (6 bytes)     | type (2)  | payload       | FCS   |
//  +----------------------+----------------------+-----------+---------------+-------+

const addresses = block([f.destination, 48], [f.source, 48])

/** Smallest frame without its check sequence (IEEE 802.3 §4.4.2). */
const minimum = 60
const leastType = 0x600

export const eth = protocol({
  id: 'eth',
  name: 'Ethernet',
  reference: 'IEEE 802.3',
  about: 'Carries packets between stations on one link, addressed by the interfaces’ own 48-bit addresses.',
  lesson: ethLesson,
  fields: { ...f, ...addressParts },
  begins: addresses,
  plain: { next: [etherTypes] },
  claims: [
    [linkTypes, 1],
    [etherTypes, 25944],
    [linuxProtocols, 3],
    [nextProtocols, 3],
    [ipProtocols, 143],
  ],
  walk(r) {
    r.block(addresses)
    if (r.checking && r.bytes[r.placeOf(f.source)]! & 1)
      r.note('warning', 'The source is a group address: no station can have sent this')
    if (isLength(r)) return walkLength(r)
    const type = (r.peek() << 8) | r.peek(1)
    const payload = Math.max(0, r.left - 2 - fcsBytes(r))
    if (type >= leastType || type < 0) return r.payload(etherTypes, r.u16(f.type), payload)
    r.u16(f.invalid)
    r.noteField('error', 'Neither a length nor a type: too large for one, too small for the other')
    return r.carry(undefined, payload)
  },
  trailer(r) {
    if (!r.whole) r.rest(f.trailer)
    const known = fcsBytes(r)
    const sequence = known > 0 || (r.left >= 4 && endsInCrc(r)) ? 4 : 0
    const short = r.limit - r.start < minimum ? 0 : r.start + minimum - r.pos
    if (short > 0) readPadding(r, Math.min(short, r.left - known))
    if (r.left > sequence) r.octets(f.trailer, r.left - sequence)
    if (sequence === 0 || r.left < sequence) return
    const value = r.u32le(f.checkSequence)
    if (r.checking) r.verify(f.checkSequence, value, crc(r, r.limit - 4), 8)
  },
  summary: v =>
    `${v.show(f.source)} → ${v.show(f.destination)}, ${v.show(f.type) || v.show(f.length) || v.show(f.invalid)}`,
  line: printEthernet,
})

function walkLength(r: Reader) {
  const length = r.u16(f.length)
  if (length > r.left) r.noteField('error', `Length claims ${length} bytes, the frame leaves ${r.left}`)
  return carryLlc(r, length)
}

/** Bytes of check sequence that the capture says are behind this frame; it speaks of the outermost one only. */
const fcsBytes = (r: Reader): number =>
  r.start === r.frame.start && r.bytes === r.frame.bytes ? r.frame.fcsBytes : 0

function readPadding(r: Reader, length: number): void {
  if (length <= 0) return
  const start = r.octets(f.padding, length)
  if (!r.checking) return
  for (let i = start; i < start + length; i++) {
    if (r.bytes[i] === 0) continue
    r.noteField('info', 'Not all zero: a pattern of the sender, or what its memory held before')
    return
  }
}

const crc = (r: Reader, end: number): number => nodeZlib().crc32(r.bytes.subarray(r.start, end))

/** True when the last four bytes of the frame are the CRC-32 of all before them. */
const endsInCrc = (r: Reader): boolean => crc(r, r.limit - 4) === r.view.getUint32(r.limit - 4, true)
