import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import { ntpModeMeanings } from './numbers/configuration-meanings.ts'
import { udpPorts } from './numbers/ports.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |LI | VN  |Mode |    Stratum    |     Poll      |   Precision   |
// |            Root Delay         |        Root Dispersion        |  32 bits each
// |                          Reference ID                         |
// |  Reference, Origin, Receive and Transmit Timestamp (64 each)  |

/** `2026-01-01 00:00:00.500 UTC` for 64 bits of seconds since 1900 and their fraction. */
function readTime(bytes: Uint8Array, start: number, length: number): string {
  if (length !== 8) return 'incomplete'
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, length)
  const seconds = view.getUint32(0)
  if (seconds === 0) return 'not known'
  // From 2036 on the count starts again at 0 (RFC 5905 §6).
  const since1970 = seconds - 2208988800 + (seconds < 2208988800 ? 2 ** 32 : 0)
  const ms = since1970 * 1000 + Math.floor((view.getUint32(4) * 1000) / 2 ** 32)
  return `${new Date(ms).toISOString().slice(0, 23).replace('T', ' ')} UTC`
}

const time = (name: string, label: string, explain: string) =>
  field(`ntp.${name}`, label, { type: 'bytes', explain, section: 'RFC 5905 §7.3', read: readTime })

const short = (value: number): string => `${(value / 65536).toFixed(6)} seconds`
const power = (value: number): string => `2^${value > 127 ? value - 256 : value} seconds`

const f = {
  flags: field('ntp.flags', 'Flags', {
    explain: 'A warning of a leap second, the version, and who speaks to whom.',
    section: 'RFC 5905 §7.3',
    show: hex(2),
    parts: [
      [
        field('ntp.flags.li', 'Leap indicator', {
          explain: 'Warns of a second more or less at the end of the day; 3: this clock is not set.',
          meanings: {
            1: 'The last minute of this day has 61 seconds.',
            2: 'The last minute of this day has 59 seconds, which has never happened.',
            3: 'The clock of the sender is not set, as after its start.',
          },
          section: 'RFC 5905 §7.3',
          values: { 0: 'No warning', 1: '61 seconds', 2: '59 seconds', 3: 'Not synchronized' },
        }),
        2,
      ],
      [
        field('ntp.flags.vn', 'Version', {
          explain: 'The version of the protocol; 3 and 4 understand each other.',
          section: 'RFC 5905 §7.3',
        }),
        3,
      ],
      [
        field('ntp.flags.mode', 'Mode', {
          explain: 'Client and server, equals, or one who tells everybody.',
          section: 'RFC 5905 §7.3',
          meanings: ntpModeMeanings,
          values: {
            0: 'Reserved',
            1: 'Symmetric active',
            2: 'Symmetric passive',
            3: 'Client',
            4: 'Server',
            5: 'Broadcast',
            6: 'Control',
            7: 'Private',
          },
        }),
        3,
      ],
    ],
  }),
  stratum: field('ntp.stratum', 'Stratum', {
    explain: 'How many servers lie between this clock and a real one, which has 1. 0: see the reference.',
    meanings: {
      0: 'No clock to speak of: the reference ID says why, such as RATE for too many questions.',
      1: 'The server has a real clock of its own, such as a receiver of GPS.',
      2: 'The server has its time from one with a real clock.',
      16: 'The server is not synchronized, and nobody should take its time.',
    },
    section: 'RFC 5905 §7.3',
  }),
  poll: field('ntp.ppoll', 'Poll', {
    explain: 'How long it may be until the next question.',
    section: 'RFC 5905 §7.3',
    show: power,
  }),
  precision: field('ntp.precision', 'Precision', {
    explain: 'How finely the clock of the sender ticks.',
    section: 'RFC 5905 §7.3',
    show: power,
  }),
  delay: field('ntp.rootdelay', 'Root delay', {
    explain: 'How long packets take to the real clock and back.',
    section: 'RFC 5905 §7.3',
    show: short,
  }),
  dispersion: field('ntp.rootdispersion', 'Root dispersion', {
    explain: 'How far off this clock may be at most.',
    section: 'RFC 5905 §7.3',
    show: short,
  }),
  reference: field('ntp.refid', 'Reference ID', {
    explain:
      'Where the sender has its time from: four letters for a real clock, else the address of a server.',
    section: 'RFC 5905 §7.3',
    show: hex(8),
  }),
  referenceTime: time('reftime', 'Reference timestamp', 'When the clock of the sender was set last.'),
  origin: time(
    'org',
    'Origin timestamp',
    'When the question left, sent back by the server: a guard against forged answers.',
  ),
  receive: time('rec', 'Receive timestamp', 'When the question arrived at the server.'),
  transmit: time(
    'xmt',
    'Transmit timestamp',
    'When this packet left. Many clients send a random number, so as not to tell their time.',
  ),
  rest: field('ntp.extension', 'Extensions and authentication', {
    type: 'bytes',
    explain: 'Extension fields, or a key’s number and a digest that proves who the sender is.',
    section: 'RFC 5905 §7.5',
  }),
  control: field('ntp.control', 'Control message', {
    type: 'bytes',
    explain: 'Questions about the server itself. They have been used to flood others with long answers.',
    section: 'RFC 9327 §2',
  }),
}

export const ntp = protocol({
  id: 'ntp',
  name: 'Network Time Protocol',
  short: 'NTP',
  reference: 'RFC 5905',
  about: 'Sets clocks by those of others, and takes into account how long the packets travelled.',
  fields: f,
  claims: [[udpPorts, 123]],
  walk(r) {
    const mode = r.u8(f.flags) & 7
    if (mode === 6 || mode === 7) {
      r.rest(f.control)
      return r.carry(undefined)
    }
    r.u8(f.stratum)
    r.u8(f.poll)
    r.u8(f.precision)
    r.u32(f.delay)
    r.u32(f.dispersion)
    r.u32(f.reference)
    r.octets(f.referenceTime, 8)
    r.octets(f.origin, 8)
    r.octets(f.receive, 8)
    r.octets(f.transmit, 8)
    if (r.left > 0) r.rest(f.rest)
    return r.carry(undefined)
  },
  summary(v) {
    const flags = v.number(f.flags)
    const mode = [
      'reserved',
      'symmetric active',
      'symmetric passive',
      'client',
      'server',
      'broadcast',
      'control',
      'private',
    ]
    const stratum = v.has(f.stratum) && v.number(f.stratum) > 0 ? `, stratum ${v.number(f.stratum)}` : ''
    return `version ${(flags >> 3) & 7}, ${mode[flags & 7] ?? ''}${stratum}`
  },
})
