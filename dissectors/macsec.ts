import { bytes, field, hex } from '../src/dissect/field.ts'
import { type Next, protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { macsecLesson } from './lessons/links.ts'
import { etherTypeMeanings, etherTypes } from './numbers/ether-types.ts'
import { sequenceSaid } from './spi-said.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |V|E|S|S|E|C|AN | 0 |    SL     |         Packet Number         |
// | |S|C|C| | |   |   |           |                               |
// |     Packet Number (rest)      |     SCI (8 bytes, optional)   |
// |                     Secure Data, ICV (16 bytes)               |

const bit = { station: 0x40, identifier: 0x20, encrypted: 0x08, changed: 0x04 } as const
const icvLength = 16
const leastData = 48

const flag = (name: string, label: string, explain: string) =>
  field(`macsec.TCI.${name}`, label, { type: 'flag', explain, section: 'IEEE 802.1AE §9.5' })

const f = {
  control: field('macsec.TCI', 'TAG control information', {
    explain: 'Says who sent the frame in which form, and whether the receiver can read it without a key.',
    section: 'IEEE 802.1AE §9.5',
    show: hex(2),
    parts: [
      [
        field('macsec.TCI.V', 'Version', {
          explain: 'Only 0 is defined; a receiver drops the other.',
          section: 'IEEE 802.1AE §9.5',
        }),
        1,
      ],
      [
        flag(
          'ES',
          'End station',
          'When set, the sender is the station in the source address, and the channel need not be named.',
        ),
        1,
      ],
      [
        flag(
          'SC',
          'Secure channel identifier present',
          'When set, the tag names the sender’s channel in eight bytes more.',
        ),
        1,
      ],
      [
        flag(
          'SCB',
          'Single copy broadcast',
          'When set, the channel is one of a passive optical network’s broadcast.',
        ),
        1,
      ],
      [
        flag(
          'E',
          'Encryption',
          'When set, the payload is encrypted, otherwise it is only protected against changes.',
        ),
        1,
      ],
      [
        flag(
          'C',
          'Changed text',
          'When set, the payload differs from what was sent in; with a cipher it always does.',
        ),
        1,
      ],
    ],
  }),
  association: field('macsec.AN', 'Association number', {
    explain:
      'Which of up to four keys of the channel is in use, so that a new one can take over without a gap.',
    section: 'IEEE 802.1AE §9.6',
  }),
  reserved: field('macsec.SL.reserved', 'Reserved', {
    explain: 'Two bits in front of the short length, sent as 0.',
    section: 'IEEE 802.1AE §9.7',
  }),
  shortLength: field('macsec.SL', 'Short length', {
    explain: 'How many bytes of data follow where they are so few that Ethernet has to fill the frame up.',
    meanings: { 0: '0: at least 48 bytes of data follow, and the frame’s end is their end.' },
    section: 'IEEE 802.1AE §9.7',
    show: bytes,
  }),
  packetNumber: field('macsec.PN', 'Packet number', {
    explain:
      'Counts the frames of this key, so that an old one sent again is noticed. It also goes into the cipher: no number may come twice.',
    here: sequenceSaid,
    section: 'IEEE 802.1AE §9.8',
  }),
  system: field('macsec.SCI.system_identifier', 'System identifier', {
    type: 'ether',
    explain: 'The address of the sender, which names its channel together with the port.',
    section: 'IEEE 802.1AE §9.9',
  }),
  port: field('macsec.SCI.port_identifier', 'Port identifier', {
    explain: 'Which of the sender’s ports the channel belongs to.',
    section: 'IEEE 802.1AE §9.9',
  }),
  data: field('macsec.data', 'Secure data', {
    type: 'group',
    explain: 'The user’s frame from its type on, as a whole behind the cipher.',
    section: 'IEEE 802.1AE §9.10',
  }),
  encrypted: field('macsec.encrypted', 'Encrypted data', {
    type: 'bytes',
    explain:
      'Type and payload of the user’s frame, readable only with the key that both stations agreed on (MKA).',
    section: 'IEEE 802.1AE §9.10',
  }),
  type: field('macsec.etype', 'EtherType', {
    explain: 'Names what is inside: the frame’s own type, which the tag pushed back.',
    meanings: etherTypeMeanings,
    values: etherTypes,
  }),
  icv: field('macsec.ICV', 'Integrity check value', {
    type: 'bytes',
    explain: 'Covers addresses, tag and data: without the key nobody can make or change a frame unnoticed.',
    section: 'IEEE 802.1AE §9.11',
  }),
}

export const macsec = protocol({
  id: 'macsec',
  name: 'MAC Security tag',
  short: 'MACsec',
  reference: 'IEEE 802.1AE',
  about:
    'Encrypts and protects Ethernet frames from one station or switch to the next, at the speed of the wire.',
  lesson: macsecLesson,
  fields: f,
  claims: [[etherTypes, 0x88e5]],
  walk(r) {
    const flags = r.peek()
    r.bits(f.control, 6)
    r.bits(f.association, 2)
    r.bits(f.reserved, 2)
    const short = r.bits(f.shortLength, 6)
    if (r.u32(f.packetNumber) === 0) r.noteField('warning', 'Packet numbers begin with 1')
    if (flags & bit.identifier) {
      r.ether(f.system)
      r.u16(f.port)
    }
    if (r.checking) check(r, flags, short)
    const isShort = short > 0 && short < leastData
    if (isShort) r.limitTo(r.pos - r.start + short + icvLength, f.shortLength)
    return walkData(r, flags, r.left - icvLength)
  },
  trailer(r) {
    if (r.left >= icvLength) r.octets(f.icv, icvLength)
  },
  summary: v => `packet ${v.number(f.packetNumber)}, association ${v.number(f.association)}`,
})

function check(r: Reader, flags: number, short: number): void {
  if (flags & 0x80) r.noteOn(f.control, 'error', 'Version 1 is not defined')
  if (flags & bit.station && flags & bit.identifier)
    r.noteOn(f.control, 'warning', 'An end station is not to name its channel as well')
  if (short >= leastData) r.noteOn(f.shortLength, 'warning', 'A short length is less than 48')
}

/** What is not changed can be read on; the check value behind it is the trailer. */
function walkData(r: Reader, flags: number, length: number): Next {
  if (!(flags & (bit.encrypted | bit.changed)))
    return r.payload(etherTypes, r.u16(f.type), Math.max(0, length - 2))
  r.status('opaque')
  r.note('info', 'Encrypted: type and payload of the frame can be read only with its key')
  if (length < 0) r.malformed('there is no room for an integrity check value')
  r.open(f.data, length)
  r.rest(f.encrypted)
  r.close()
  r.octets(f.icv, icvLength)
  return r.carry(undefined, 0)
}
