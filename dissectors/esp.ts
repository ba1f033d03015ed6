import { block } from '../src/dissect/block.ts'
import { field, hex } from '../src/dissect/field.ts'
import { protocol } from '../src/dissect/protocol.ts'
import type { Reader } from '../src/dissect/reader.ts'
import { ipProtocols } from './numbers/ip-protocols.ts'

//  0                   1                   2                   3
//  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
// |               Security Parameters Index (SPI)                 |
// |                      Sequence Number                          |
// |                    Payload Data (variable)                    |
// |               |     Padding (0-255 bytes)                     |
// |                               |  Pad Length   | Next Header   |
// |         Integrity Check Value-ICV   (variable)                |

const f = {
  spi: field('esp.spi', 'Security parameters index', {
    explain:
      'Names the security association to the receiver, which chose the number: with it, it finds keys and algorithms. Each direction has its own.',
    section: 'RFC 4303 §2.1',
    show: hex(8),
  }),
  sequence: field('esp.sequence', 'Sequence number', {
    explain: value =>
      `Counts the packets of this association from 1 on, so that an old packet sent again is noticed and dropped. This is packet ${value}; with extended sequence numbers the upper 32 bits are not sent.`,
    section: 'RFC 4303 §2.2',
  }),
  encrypted: field('esp.encrypted_data', 'Encrypted data', {
    type: 'bytes',
    explain:
      'The initialization vector, then encrypted: the payload, padding, its length and the next header. The integrity check value, in most associations the last 12 to 32 bytes, is not encrypted.',
    section: 'RFC 4303 §2.3',
  }),
}

const header = block([f.spi, 32], [f.sequence, 32])

export const esp = protocol({
  id: 'esp',
  name: 'Encapsulating Security Payload',
  short: 'ESP',
  reference: 'RFC 4303',
  about: 'Carries a packet encrypted and authenticated, under the keys that two IPsec peers agreed on.',
  fields: f,
  claims: [[ipProtocols, 50]],
  walk(r) {
    r.block(header)
    if (r.checking) check(r)
    return r.opaque(
      f.encrypted,
      'Encrypted: what is inside can be read only with the keys of this association',
    )
  },
  summary: v => `SPI ${v.show(f.spi)}, sequence ${v.number(f.sequence)}`,
  line(v, line) {
    line.out.ascii('esp')
    if (!v.has(f.sequence)) return
    line.out.ascii(' spi 0x').hex(v.number(f.spi), 8)
    line.out.ascii(' seq ').decimal(v.number(f.sequence)).ascii(' len ').decimal(v.extent)
    line.complete = true
  },
})

/** What can be told without keys. */
function check(r: Reader): void {
  const spi = r.of(f.spi)
  if (spi < 256) r.noteOn(f.spi, 'warning', spi === 0 ? 'SPI 0 is never sent' : 'SPIs 1 to 255 are reserved')
  if (r.of(f.sequence) === 0)
    r.noteOn(
      f.sequence,
      'info',
      'The first packet has number 1: 0 is sent only where extended numbers pass 2³², or where nobody counts',
    )
  if (!r.whole || r.excerpted) return
  // Payload, padding, its length and the next header fill words of 4 bytes, and so does every check value in use.
  if (r.left === 0) r.note('error', 'Nothing follows: not even padding length and next header fit')
  else if (r.left % 4 !== 0)
    r.note('warning', `${r.left} bytes follow, but ESP pads what it encrypts to a multiple of 4 bytes`)
}
