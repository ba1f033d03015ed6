import { crc32 } from 'node:zlib'
import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { llc } from './llc.ts'
import { etherTypes } from './numbers/ether-types.ts'
import { linkTypes } from './numbers/link-types.ts'

//  +----------------------+----------------------+-----------+---------------+-------+
//  | destination (6 bytes)| source (6 bytes)     | type (2)  | payload       | FCS   |
//  +----------------------+----------------------+-----------+---------------+-------+

const group = field('eth.ig', 'Individual or group', {
  type: 'flag',
  explain:
    'The first bit on the wire: 0 for one station, 1 for a group (multicast, or broadcast when all bits are 1).',
  section: 'IEEE 802 §8.2.2',
  values: { 0: 'one station', 1: 'group' },
})
const local = field('eth.lg', 'Universal or local', {
  type: 'flag',
  explain:
    'Says who chose the address: 0, the maker of the interface; 1, someone on this network, as for bridges and tunnels.',
  section: 'IEEE 802 §8.2.2',
  values: { 0: 'assigned by the maker', 1: 'assigned locally' },
})

const f = {
  destination: field('eth.dst', 'Destination', {
    type: 'ether',
    explain: 'The station on this link that is to take the frame; switches forward by it.',
    section: 'IEEE 802.3 §3.2.4',
    parts: [
      [undefined, 6],
      [local, 1],
      [group, 1],
    ],
  }),
  source: field('eth.src', 'Source', {
    type: 'ether',
    explain: 'The station on this link that sent the frame; switches learn from it which port leads there.',
    section: 'IEEE 802.3 §3.2.5',
    parts: [
      [undefined, 6],
      [local, 1],
      [group, 1],
    ],
  }),
  type: field('eth.type', 'Type', {
    explain: 'Names the protocol of the payload; values from 0x0600 on are EtherTypes.',
    section: 'IEEE 802.3 §3.2.6',
    values: etherTypes,
  }),
  length: field('eth.len', 'Length', {
    explain:
      'Bytes of payload without padding; values up to 1500 mean that an LLC header follows instead of a type.',
    section: 'IEEE 802.3 §3.2.6',
  }),
  padding: field('eth.padding', 'Padding', {
    type: 'bytes',
    explain:
      'Fills a short frame up to the 60 bytes (without check sequence) that Ethernet needs to notice collisions.',
    section: 'IEEE 802.3 §3.2.8',
  }),
  trailer: field('eth.trailer', 'Trailer', {
    type: 'bytes',
    explain:
      'Bytes behind the packet that no length accounts for: padding of an outer network, or a capture device’s stamp.',
  }),
  checkSequence: field('eth.fcs', 'Frame check sequence', {
    explain:
      'A CRC-32 over the frame, by which the receiver notices damage on the wire. Most interfaces strip it before a capture sees it.',
    section: 'IEEE 802.3 §3.2.9',
    show: hex(8),
  }),
}

/** Smallest frame without its check sequence (IEEE 802.3 §4.4.2). */
const minimum = 60

export const eth = protocol({
  id: 'eth',
  name: 'Ethernet',
  reference: 'IEEE 802.3',
  about: 'Carries packets between stations on one link, addressed by the interfaces’ own 48-bit addresses.',
  fields: { ...f, local, group },
  link: true,
  claims: [
    [linkTypes, 1],
    [etherTypes, 25944],
  ],
  walk(r) {
    r.ether(f.destination)
    r.ether(f.source)
    const type = (r.peek() << 8) | r.peek(1)
    if (type <= 1500 && type >= 0) {
      const length = r.u16(f.length)
      return r.carry(llc, length)
    }
    return r.payload(etherTypes, r.u16(f.type))
  },
  trailer(r) {
    const short = r.start + minimum - r.pos
    if (short > 0) r.octets(f.padding, Math.min(short, r.left))
    const sequence = r.frame.fcsBytes === 4 || (r.left >= 4 && r.whole && endsInCrc(r)) ? 4 : 0
    if (r.left > sequence) r.octets(f.trailer, r.left - sequence)
    if (sequence > 0) r.u32le(f.checkSequence)
  },
  summary: v => `${v.show(f.source)} → ${v.show(f.destination)}, ${v.show(f.type)}`,
  line(v, line) {
    if (line.options.link) {
      const type = v.has(f.type) ? v.number(f.type) : v.number(f.length)
      line.out
        .mac(v.bytes, v.position(v.at(f.source)))
        .char(space)
        .mac(v.bytes, v.position(v.at(f.destination)))
      line.out.char(space).hex(type, 4).char(space).decimal(v.found.frame.wireLength).ascii(': ')
    }
    line.inner(v)
  },
})

const space = 0x20

/** True when the last four bytes of the frame are the CRC-32 of all before them. */
function endsInCrc(r: Reader): boolean {
  const end = r.limit - 4
  return crc32(r.bytes.subarray(r.start, end)) === r.view.getUint32(end, true)
}
